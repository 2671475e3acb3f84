"""Codebooks as files: which kinds there are, and how one is written whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coder import places
from coder.export import codebook_csv, codebook_docx, codebook_markdown
from coder.export.atomic import write_whole, writer_for
from coder.export.codebook_outline import CodebookOutline
from coder.export.refi import qdc


def _word(book: CodebookOutline) -> bytes:
    return codebook_docx.write(book, places.resources() / "pack.docx")


_WRITERS: dict[str, Callable[[CodebookOutline], bytes]] = {
    ".docx": _word,
    ".csv": codebook_csv.write,
    ".md": codebook_markdown.write,
    ".qdc": qdc.write,
}

ENDINGS = tuple(_WRITERS)
"""The file endings that `write_codebook` knows."""

BARE = frozenset({".qdc"})
"""The endings of files that hold no examples."""


def write_codebook(book: CodebookOutline, path: Path) -> None:
    """Writes the codebook to `path`, in the kind of file that its ending says, whole or not at all.

    Raises EvidenceError where the ending is not known or the file cannot be written.
    """
    writer = writer_for(_WRITERS, path, "a codebook")
    write_whole(path, writer(book))
