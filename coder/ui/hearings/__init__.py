"""Transcription in the window: the queue as it is worked through, seen, and changed."""
