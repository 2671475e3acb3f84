"""Quote packs as files: which kinds there are, and how one is written whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from coder.domain.errors import EvidenceError
from coder.export import csv, docx, html, json, markdown, xlsx
from coder.export.atomic import whole, writer_for
from coder.export.outline import Pack, Source, compose

__all__ = ["ENDINGS", "Pack", "Source", "compose", "write_pack"]


_WRITERS: dict[str, Callable[[Pack, BinaryIO], None]] = {
    ".docx": docx.write,
    ".xlsx": xlsx.write,
    ".csv": csv.write,
    ".html": html.write,
    ".md": markdown.write,
    ".json": json.write,
}

ENDINGS = tuple(_WRITERS)
"""The file endings that `write_pack` knows."""


PDF = ".pdf"
"""The ending of a file that only the window can make (`Packs.pages`)."""


def write_pack(pack: Pack, path: Path) -> None:
    """Writes the pack to `path`, in the kind of file that its ending says, whole or not at all.

    Raises EvidenceError where the ending is not known or the file cannot be written.
    """
    if path.suffix.lower() == PDF:
        raise EvidenceError(
            "A PDF is made in the window, which can set type.",
            "Export it there, or write a .html file and print that from a browser.",
        )
    writer = writer_for(_WRITERS, path, "a quote pack")
    with whole(path) as stream:
        writer(pack, stream)
