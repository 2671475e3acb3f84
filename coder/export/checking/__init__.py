"""Checks the quotations and citations of a report, a Word file, against the evidence."""
