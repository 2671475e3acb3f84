"""Evidence Coder: import, transcribe, code and quote evidence to an inquiry, offline."""

__version__ = "0.1.0"
