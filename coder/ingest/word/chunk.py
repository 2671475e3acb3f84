"""Reads the documents of another kind that a Word file may carry inside its text (altChunk)."""

from __future__ import annotations

from collections import Counter

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.ingest.beside import Part

_PAGES = (".htm", ".html", ".xhtml")


def chunk_parts(name: str, data: bytes, unread: Counter[str]) -> list[Part] | None:
    """The paragraphs of an inserted web page (alone or packed as MHTML), Word or Rich Text file or
    plain text; None for anything else, and for one that is damaged. Adds what is not read of it,
    such as what an inserted Word file has inserted in its turn."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    try:
        if start.startswith(b"pk\x03\x04"):
            from coder.ingest.word.docx import inner_parts

            return inner_parts(Source(name, data=data), unread)
        if start.startswith(b"{\\rt"):
            from coder.ingest.rich_text.rtf import rtf_parts

            return rtf_parts(Source(name, data=data), unread)
    except Unreadable:
        return None
    return _text_parts(name, data, start)


def _text_parts(name: str, data: bytes, start: bytes) -> list[Part] | None:
    from coder.ingest.html import html_parts

    if start.startswith((b"mime-version:", b"content-type:", b"from:")):
        page = _page_of(data)
        return None if page is None else html_parts(page)
    if name.endswith(_PAGES) or start.startswith((b"<!doctype html", b"<html", b"<body")):
        return html_parts(data)
    if name.endswith(".txt"):
        from coder.domain.model import Style
        from coder.ingest.text import decode

        return [(line, Style.BODY) for line in decode(data).split("\n")]
    return None


def _page_of(data: bytes) -> bytes | None:
    """The page in an MHTML file (RFC 2557), or None."""
    import email
    from email.policy import compat32

    for part in email.message_from_bytes(data, policy=compat32).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else None
    return None
