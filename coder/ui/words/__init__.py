"""The window on words: how often they stand, where, and in what company."""
