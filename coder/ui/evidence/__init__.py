"""The place where evidence is read and tagged: list, desk and themes."""
