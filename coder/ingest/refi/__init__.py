"""Reads REFI-QDA 1.5: project files (.qdpx, .qde) and codebooks (.qdc), of any program."""
