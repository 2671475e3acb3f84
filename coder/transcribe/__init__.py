"""Speech to timed text: recordings are decoded by their clock and heard by a Whisper engine."""
