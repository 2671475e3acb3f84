"""Text on pages: set, previewed, printed, or saved as a PDF."""
