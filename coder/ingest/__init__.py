"""Reads what people send: a module for each format, behind a registry that decides by content."""
