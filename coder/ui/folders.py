"""Where a person's own files lie, for dialogs that ask for one."""

from __future__ import annotations

from pathlib import Path


def documents() -> Path:
    """The folder of documents, or the person's home where there is none."""
    folder = Path.home() / "Documents"
    return folder if folder.is_dir() else Path.home()
