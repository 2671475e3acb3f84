"""Bringing evidence in: what would become which submission is shown before anything is written."""
