"""Copies of a project brought together: what stands is a function of the set of all acts."""
