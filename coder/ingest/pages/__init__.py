"""Pages and pictures: PDF, photographs, text recognition."""
