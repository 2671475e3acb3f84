"""The window “Models for transcription”: which there are, and getting, trying and removing them."""
