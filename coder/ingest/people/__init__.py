"""Guesses about who is speaking and what they ask."""
