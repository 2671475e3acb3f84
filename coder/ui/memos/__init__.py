"""Memos and the journal in the window."""
