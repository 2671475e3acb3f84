"""How far coders agree: coefficients over counted patterns of ratings, and over runs of text."""
