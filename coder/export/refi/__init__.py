"""Writes REFI-QDA 1.5: project files (.qdpx) and codebooks (.qdc)."""
