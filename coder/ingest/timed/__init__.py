"""Recordings, subtitles and transcripts of meetings."""
