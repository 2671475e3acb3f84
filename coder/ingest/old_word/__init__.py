"""Word files before 2007."""
