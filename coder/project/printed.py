"""Texts that the window has set on pages, kept as files."""

from __future__ import annotations

from pathlib import Path

from coder.export.atomic import write_whole


def save_pdf(data: bytes, path: Path) -> None:
    """Keeps a PDF at `path`, whole or not at all. Raises EvidenceError where it cannot be
    written."""
    write_whole(path, data)
