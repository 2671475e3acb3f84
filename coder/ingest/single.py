"""Formats that make one document: the draft of each."""

from __future__ import annotations

from coder.domain.draft import Draft, DraftDocument, Source
from coder.domain.errors import Blank, Unreadable
from coder.domain.model import DocumentKind, Paragraph
from coder.domain.paragraphs import lay_out

_LARGEST_TEXT = 64 * 1024 * 1024


def written(
    source: Source, text: str, paragraphs: tuple[Paragraph, ...], problems: tuple[str, ...] = ()
) -> Draft:
    """The draft of one written document. Raises Blank where there is no text in it."""
    if not text.strip():
        raise Blank(f"“{source.name}” holds no text.", " ".join(problems))
    kind = DocumentKind.DOCUMENT
    document = DraftDocument(source.name, kind, source, text, paragraphs, problems=problems)
    return Draft((document,))


def text_bytes(source: Source) -> bytes:
    """The bytes of what should be a text. Raises Unreadable for more than 64 MB of them."""
    data = source.read(_LARGEST_TEXT + 1)
    if len(data) > _LARGEST_TEXT:
        raise Unreadable(
            f"“{source.name}” is too large for a text (more than 64 MB).",
            "Check that it is the right file.",
        )
    return data


def from_docx(source: Source) -> Draft:
    """A Word file. Raises Unreadable."""
    from coder.ingest.docx import read_docx

    return written(source, *read_docx(source))


def from_pdf(source: Source) -> Draft:
    """A PDF. Raises Unreadable."""
    from coder.ingest.pdf import read_pdf

    return written(source, *read_pdf(source))


def from_html(source: Source) -> Draft:
    """A web page, as the text that a reader of it would see. Raises Unreadable."""
    from coder.ingest.html import html_parts

    return written(source, *lay_out(html_parts(text_bytes(source))))


def from_text(source: Source) -> Draft:
    """A plain text in any encoding. Raises Unreadable."""
    from coder.ingest.text import decode, read_text

    return written(source, *read_text(_visible(source, decode(text_bytes(source)))))


def from_markdown(source: Source) -> Draft:
    """A Markdown text. Raises Unreadable."""
    from coder.ingest.text import decode, read_markdown

    return written(source, *read_markdown(_visible(source, decode(text_bytes(source)))))


def from_media(source: Source) -> Draft:
    """A recording, probed and not decoded. Raises Unreadable."""
    from coder.ingest.media import read_media

    return Draft((read_media(source),))


def _visible(source: Source, text: str) -> str:
    if "\0" in text:
        raise Unreadable(
            f"“{source.name}” is not plain text all through.", "Ask for it to be sent again."
        )
    return text
