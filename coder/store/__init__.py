"""The project on disk: its schema, its one writing seam with a journal, and typed reads."""
