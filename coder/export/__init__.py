"""Quotes on their way out: which may leave the project, and a writer for each kind of file."""
