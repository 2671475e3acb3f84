"""The pictures of `docs`: a file for each place of the window, with what is to be seen there."""
