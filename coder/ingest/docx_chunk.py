"""Reads the documents of another kind that a Word file may carry inside its text (altChunk)."""

from __future__ import annotations

from coder.domain.model import Style

_PAGES = (".htm", ".html", ".xhtml")


def chunk_parts(name: str, data: bytes) -> list[tuple[str, Style]] | None:
    """The paragraphs of an inserted web page or plain text; None for anything else."""
    if name.endswith(_PAGES):
        from coder.ingest.html import html_parts

        return html_parts(data)
    if name.endswith(".txt"):
        from coder.ingest.text import decode

        return [(line, Style.BODY) for line in decode(data).split("\n")]
    return None
