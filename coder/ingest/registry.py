"""Decides by content what a file is, and has it read: the one door through which files come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from coder.domain.draft import Draft, DraftDocument, Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind, Paragraph
from coder.ingest import looks
from coder.ingest.looks import Look

_LARGEST_TEXT = 64 * 1024 * 1024
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what people call it, its usual name endings, how its content is told, and
    what reads it. Without a reader, `remedy` says what a person can do."""

    name: str
    endings: tuple[str, ...]
    test: Callable[[Look], bool]
    reader: Callable[[Source], Draft] | None = None
    remedy: str = ""


def read(source: Source) -> Draft:
    """The submission that a file makes. What the file is, its content says, not its name.

    Raises Unreadable where it is missing, empty, damaged, locked or of a kind that is not read.
    """
    kind, look = _recognise(source)
    if kind.reader is None:
        what = f"“{source.name}” is {kind.name} and cannot be read as it is."
        raise Unreadable(what, kind.remedy)
    draft = _reading(source, kind.reader)
    claimed = _claimed(look, kind)
    if claimed is None or not draft.documents:
        return draft
    first, *rest = draft.documents
    note = f"“{source.name}” is named like {claimed.name} but is {kind.name}, and was read as one."
    return replace(draft, documents=(replace(first, problems=(note, *first.problems)), *rest))


def read_document(source: Source) -> DraftDocument:
    """The document that a file makes, as part of a submission. Raises Unreadable as `read` does.

    Of a file that holds several documents (a mail with attachments) it is the first, and its
    problems name the others.
    """
    first, *rest = read(source).documents
    left = tuple(f"“{other.title}” inside it was not read." for other in rest)
    return replace(first, problems=(*first.problems, *left))


def kind_of(source: Source) -> str:
    """What a file is by its content, in words: `a PDF`, `an e-mail`. Raises Unreadable where it
    is missing, empty, or nothing that is known."""
    return _recognise(source)[0].name


def _recognise(source: Source) -> tuple[Format, Look]:
    look = _reading(source, Look.at)
    if not look.head:
        raise Unreadable(f"“{source.name}” is empty.", "Ask for it to be sent again.")
    for kind in FORMATS:
        if kind.test(look):
            return kind, look
    claimed = next((kind for kind in FORMATS if look.ending in kind.endings), None)
    if claimed is None:
        raise Unreadable(
            f"“{source.name}” is a kind of file that is not known here.",
            "Open it in the program that made it and save it as .docx, .pdf or plain text.",
        )
    raise Unreadable(
        f"“{source.name}” is named like {claimed.name} but is damaged or something else.",
        "Ask for it to be sent again.",
    )


def _reading(source: Source, reader: Callable[[Source], _Read]) -> _Read:
    try:
        return reader(source)
    except OSError as problem:
        raise Unreadable(
            f"“{source.name}” could not be read ({problem.strerror or 'the disk gave an error'}).",
            "Check that the file is still there and that the disk is connected.",
        ) from problem
    except (MemoryError, RecursionError) as problem:
        raise Unreadable(
            f"“{source.name}” is too large or too deeply nested to be read.",
            "Ask for a simpler copy.",
        ) from problem


def _claimed(look: Look, kind: Format) -> Format | None:
    """The format that the name belongs to, where that is another than the content's."""
    if look.ending in kind.endings:
        return None
    named = next((other for other in FORMATS if look.ending in other.endings), None)
    return None if named is None or {named.name, kind.name} <= _PLAIN else named


def _read_mail(source: Source) -> Draft:
    from coder.ingest.eml import read_eml

    return read_eml(source)


def _read_docx(source: Source) -> Draft:
    from coder.ingest.docx import read_docx

    return _written(source, *read_docx(source))


def _read_pdf(source: Source) -> Draft:
    from coder.ingest.pdf import read_pdf

    return _written(source, *read_pdf(source))


def _read_html(source: Source) -> Draft:
    from coder.domain.paragraphs import lay_out
    from coder.ingest.html import html_parts

    return _written(source, *lay_out(html_parts(_bounded(source))), ())


def _read_text(source: Source) -> Draft:
    from coder.ingest.text import decode, read_text

    return _written(source, *read_text(_visible(source, decode(_bounded(source)))), ())


def _read_markdown(source: Source) -> Draft:
    from coder.ingest.text import decode, read_markdown

    return _written(source, *read_markdown(_visible(source, decode(_bounded(source)))), ())


def _read_media(source: Source) -> Draft:
    from coder.ingest.media import read_media

    return Draft((read_media(source),))


def _bounded(source: Source) -> bytes:
    data = source.read(_LARGEST_TEXT + 1)
    if len(data) > _LARGEST_TEXT:
        raise Unreadable(
            f"“{source.name}” is too large for a text (more than 64 MB).",
            "Check that it is the right file.",
        )
    return data


def _visible(source: Source, text: str) -> str:
    if "\0" in text:
        raise Unreadable(
            f"“{source.name}” is not plain text all through.", "Ask for it to be sent again."
        )
    return text


def _written(
    source: Source, text: str, paragraphs: tuple[Paragraph, ...], problems: tuple[str, ...]
) -> Draft:
    if not text.strip():
        raise Unreadable(f"“{source.name}” holds no text.", " ".join(problems))
    kind = DocumentKind.DOCUMENT
    document = DraftDocument(source.name, kind, source, text, paragraphs, problems=problems)
    return Draft((document,))


_RESEND = "Open it and save it as .docx, .pdf or plain text, or ask the sender to do so."

FORMATS: tuple[Format, ...] = (
    Format("a PDF", (".pdf",), looks.pdf, _read_pdf),
    Format(
        "a Word document", (".docx", ".docm", ".dotx", ".dotm"), looks.word, _read_docx
    ),
    Format(
        "an Outlook message", (".msg",), looks.outlook, None,
        "Open it in Outlook and save it as .eml, or forward it to yourself as a mail.",
    ),
    Format(
        "an Office file locked with a password", (), looks.locked_office, None,
        "Ask for a copy without a password, or open it and save it unlocked.",
    ),
    Format(
        "an old Word document", (".doc", ".dot"), looks.old_word, None,
        "Open it in Word or LibreOffice and save it as .docx.",
    ),
    Format("a spreadsheet", (".xlsx", ".xlsm", ".xls", ".ods"), looks.spreadsheet, None, _RESEND),
    Format("a presentation", (".pptx", ".ppt", ".odp"), looks.slides, None, _RESEND),
    Format(
        "an OpenDocument text", (".odt", ".ott"), looks.open_document, None,
        "Open it in LibreOffice or Word and save it as .docx.",
    ),
    Format("an e-book", (".epub",), looks.ebook, None, _RESEND),
    Format(
        "a Rich Text file", (".rtf",), looks.rich_text, None,
        "Open it in Word or LibreOffice and save it as .docx.",
    ),
    Format(
        "a zip archive", (".zip",), looks.archive, None, "Unpack it first and add what is in it."
    ),
    Format(
        "a packed archive", (".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz"), looks.packed,
        None, "Unpack it first and add what is in it.",
    ),
    Format(
        "a picture", (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".webp"),
        looks.picture, None, "If it shows text, type it or recognise it into a text file.",
    ),
    Format(
        "a recording",
        (".mp4", ".m4v", ".mov", ".3gp", ".3g2", ".mkv", ".webm", ".avi", ".wmv", ".mpg", ".mpeg",
         ".mts", ".flv", ".f4v", ".mp3", ".m4a", ".wav", ".aac", ".ogg", ".oga", ".opus", ".flac",
         ".wma", ".amr", ".aif", ".aiff", ".caf"),
        looks.recording, _read_media,
    ),
    Format(
        "a playlist", (".m3u", ".m3u8"), looks.playlist, None, "Add the recording itself instead."
    ),
    Format(
        "a mailbox of several mails", (".mbox",), looks.mailbox, None,
        "Save its mails one by one as .eml and add those.",
    ),
    Format("an e-mail", (".eml", ".mbox"), looks.mail, _read_mail),
    Format("a web page", (".htm", ".html", ".xhtml"), looks.web_page, _read_html),
    Format(
        "a Word document saved as XML", (".xml",), looks.word_xml, None,
        "Open it in Word or LibreOffice and save it as .docx.",
    ),
    Format("an XML file", (".xml", ".svg"), looks.xml, None, _RESEND),
    Format("a Markdown text", (".md", ".markdown"), looks.markdown, _read_markdown),
    Format("a plain text", (".txt", ".text"), looks.plain_text, _read_text),
)  # fmt: skip
"""Every format that is known, in the order in which they are tried."""

_PLAIN = {kind.name for kind in FORMATS if kind.reader in (_read_text, _read_markdown)}
