"""Formats that make one document: the draft of each."""

from __future__ import annotations

from dataclasses import replace

from coder.domain.draft import Draft, DraftDocument, Source
from coder.domain.errors import Blank, Unreadable
from coder.domain.model import DocumentKind, Paragraph
from coder.domain.paragraphs import lay_out

_LARGEST_TEXT = 64 * 1024 * 1024


def written(
    source: Source, text: str, paragraphs: tuple[Paragraph, ...], problems: tuple[str, ...] = ()
) -> Draft:
    """The draft of one written document, or of the transcript that it is by its lines. Raises Blank
    where there is no text in it."""
    from coder.ingest.mail.links import elsewhere, told
    from coder.ingest.timed.transcript_text import as_transcript

    if not text.strip():
        raise Blank(f"“{source.name}” holds no text.", " ".join(problems))
    kind = DocumentKind.DOCUMENT
    problems += told(elsewhere(text), f"“{source.name}”")
    document = DraftDocument(source.name, kind, source, text, paragraphs, problems=problems)
    return as_transcript(Draft((document,)))


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
    from coder.ingest.word.docx import read_docx

    return _written_or_pictured(source, *read_docx(source), "Word")


def from_odt(source: Source) -> Draft:
    """An OpenDocument text. Raises Unreadable."""
    from coder.ingest.open_text.odt import read_odt

    return _written_or_pictured(source, *read_odt(source), "LibreOffice")


def from_rtf(source: Source) -> Draft:
    """A Rich Text file. Raises Unreadable."""
    from coder.ingest.rich_text.rtf import read_rtf

    return written(source, *read_rtf(source))


def from_pdf(source: Source) -> Draft:
    """A PDF; one whose pages are pictures is a document whose text is what could be recognised,
    or empty. Raises Unreadable."""
    from coder.ingest.pages.pdf import read_pdf

    found = read_pdf(source)
    if not found.pictured:
        return written(source, found.text, found.paragraphs, found.problems)
    document = DraftDocument(
        source.name, DocumentKind.DOCUMENT, source, found.text, found.paragraphs,
        problems=found.problems, machine=found.machine,
    )  # fmt: skip
    return Draft((document,))


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
    from coder.ingest.timed.media import read_media

    return Draft((read_media(source),))


def _written_or_pictured(
    source: Source,
    text: str,
    paragraphs: tuple[Paragraph, ...],
    problems: tuple[str, ...],
    program: str,
) -> Draft:
    """The draft of a file that may hold nothing but pictures, as photographed letters are sent:
    then each of them becomes a document. `program` is what opens such files."""
    if text.strip():
        return written(source, text, paragraphs, problems)
    from coder.ingest.packed.package import pictures
    from coder.ingest.pages.picture import read_picture

    found = pictures(source, program)
    if not found:
        return written(source, text, paragraphs, problems)
    note = f"“{source.name}” holds only pictures; each is a document of its own."
    first, *rest = (one for picture in found for one in read_picture(picture).documents)
    return Draft((replace(first, problems=(note, *first.problems)), *rest))


def _visible(source: Source, text: str) -> str:
    if "\0" in text:
        raise Unreadable(
            f"“{source.name}” is not plain text all through.", "Ask for it to be sent again."
        )
    return text
