"""Finding words in all the evidence, and tagging many places at once."""
