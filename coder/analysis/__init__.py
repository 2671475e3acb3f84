"""What can be computed from texts and codings."""
