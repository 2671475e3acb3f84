"""Decides by content what a file is, and has it read: the one door through which files come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from coder.domain.draft import Draft, DraftDocument, Opened, Problem, Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.ingest import looks, looks_lines
from coder.ingest.looks import Look
from coder.ingest.pages.ocr import begin_file
from coder.ingest.people.guess import filled

DEEPEST = 10
"""How many files may lie inside one another and still be read."""
MOST_WITHIN = 500
"""How many files inside one file are read, at whatever depth."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what people call it, its usual name endings, how its content is told, and
    what reads it, as `module:function` of this package, imported when it is needed.

    A reader takes a Source and gives a Draft; one that `holds_many` submissions takes also the
    folder into which it may unpack (None: into memory, and a table is one document) and gives
    Opened. Without a reader, `remedy` says what a person can do.
    """

    name: str
    endings: tuple[str, ...]
    test: Callable[[Look], bool]
    reader: str = ""
    remedy: str = ""
    holds_many: bool = False


@dataclass
class _Nesting:
    """Where reading is: how deep inside the file that was given, and how many were read in it."""

    depth: int = 0
    within: int = 0


_nesting: ContextVar[_Nesting | None] = ContextVar("nesting", default=None)


def read(source: Source, into: Path | None = None) -> Draft | Opened:
    """The submission that a file makes, or what a container of several holds, unpacked below the
    folder `into` (which must be there) or into memory. What the file is, its content says, not its
    name.

    Raises Unreadable where it is missing, empty, damaged, locked or of a kind that is not read.
    """
    kind, look = _recognise(source)
    if not kind.reader:
        what = f"“{source.name}” is {kind.name} and cannot be read as it is."
        raise Unreadable(what, kind.remedy)
    reader = _function(kind.reader)
    with _inside():
        found = _reading(source, lambda one: reader(one, into) if kind.holds_many else reader(one))
    if isinstance(found, Opened):
        return replace(found, drafts=tuple((name, filled(one)) for name, one in found.drafts))
    if _nesting.get() is None:
        found = filled(found)
    claimed = _claimed(look, kind)
    if claimed is None or not found.documents:
        return found
    first, *rest = found.documents
    note = f"“{source.name}” is named like {claimed.name} but is {kind.name}, and was read as one."
    return replace(found, documents=(replace(first, problems=(note, *first.problems)), *rest))


def read_one(source: Source) -> Draft:
    """The submission that a file makes. Raises Unreadable as `read` does, and for a container."""
    found = read(source)
    if isinstance(found, Opened):
        raise Unreadable(
            f"“{source.name}” holds several files, where one text is needed.",
            "Unpack it first and choose the one that is meant.",
        )
    return found


def read_within(source: Source) -> tuple[tuple[DraftDocument, ...], tuple[Problem, ...]]:
    """The documents that a file inside another makes (an attachment, a member of a zip), with
    those of the files inside it in their turn, and what could not be read. Never raises Unreadable;
    nesting is bounded by `DEEPEST` and the whole by `MOST_WITHIN`."""
    nesting = _nesting.get() or _Nesting()
    nesting.within += 1
    if nesting.depth >= DEEPEST or nesting.within > MOST_WITHIN:
        too = (
            "It lies too deep inside other files"
            if nesting.within <= MOST_WITHIN
            else (f"More than {MOST_WITHIN} files lie inside this one; this is one of the rest")
        )
        return (), (Problem(source.name, f"{too} and is not read."),)
    try:
        found = read(source)
    except EvidenceError as problem:
        return (), (Problem(source.name, str(problem)),)
    if isinstance(found, Draft):
        return found.documents, found.problems
    documents = [document for _, draft in found.drafts for document in draft.documents]
    problems = [*found.problems, *(one for _, draft in found.drafts for one in draft.problems)]
    for place, member in enumerate(found.members, start=1):
        inner, unread = read_within(member)
        documents += inner
        problems += unread
        more = len(found.members) - place
        if more and nesting.within > MOST_WITHIN:
            problems.append(Problem(source.name, f"{more} more files in it are not read."))
            break
    return tuple(documents), tuple(problems)


def kind_of(source: Source) -> str:
    """What a file is by its content, in words: `a PDF`, `an e-mail`. Raises Unreadable where it
    is missing, empty, or nothing that is known."""
    return _recognise(source)[0].name


@contextmanager
def _inside() -> Iterator[None]:
    """One step deeper; the first begins a new count."""
    nesting = _nesting.get()
    token = None if nesting else _nesting.set(nesting := _Nesting())
    if token:
        begin_file()
    assert nesting is not None
    nesting.depth += 1
    try:
        yield
    finally:
        nesting.depth -= 1
        if token:
            _nesting.reset(token)


def _function(reader: str) -> Callable[..., Draft | Opened]:
    module, _, name = reader.partition(":")
    found: Callable[..., Draft | Opened] = getattr(import_module(f"coder.ingest.{module}"), name)
    return found


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


_RESEND = "Open it and save it as .docx, .pdf or plain text, or ask the sender to do so."

FORMATS: tuple[Format, ...] = (
    Format("a PDF", (".pdf",), looks.pdf, "single:from_pdf"),
    Format(
        "a Word document", (".docx", ".docm", ".dotx", ".dotm"), looks.word, "single:from_docx"
    ),
    Format("an Outlook message", (".msg", ".oft"), looks.outlook, "outlook.msg:read_msg"),
    Format("a mail packed by Outlook", (".tnef",), looks.tnef, "outlook.tnef:read_tnef"),
    Format(
        "an Office file locked with a password", (), looks.locked_office, "",
        "Ask for a copy without a password, or open it and save it unlocked.",
    ),
    Format("an old Word document", (".doc", ".dot"), looks.old_word, "old_word.doc:read_doc"),
    Format(
        "a spreadsheet", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), looks.spreadsheet,
        "table:read_table", holds_many=True,
    ),
    Format("a presentation", (".pptx", ".ppt", ".odp"), looks.slides, "", _RESEND),
    Format(
        "an OpenDocument text", (".odt", ".ott", ".fodt"), looks.open_document, "single:from_odt"
    ),
    Format("an e-book", (".epub",), looks.ebook, "", _RESEND),
    Format("a Rich Text file", (".rtf",), looks.rich_text, "single:from_rtf"),
    Format(
        "a project of a program for qualitative analysis", (".qdpx",), looks.project_file, "",
        "Bring it in by itself, with “Import from another program…”, or alone with `import`.",
    ),
    Format(
        "a zip archive", (".zip",), looks.archive, "packed.archive:read_archive", holds_many=True
    ),
    Format(
        "a packed file", (".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz"), looks.packed,
        "packed.packed:read_packed", holds_many=True,
    ),
    Format("a tar archive", (".tar",), looks.tar, "packed.packed:read_tar", holds_many=True),
    Format(
        "a packed archive", (".7z", ".rar"), looks.sealed, "",
        "Unpack it first and add what is in it.",
    ),
    Format(
        "a picture", (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".webp"),
        looks.picture, "pages.picture:read_picture",
    ),
    Format(
        "a recording",
        (".mp4", ".m4v", ".mov", ".3gp", ".3g2", ".mkv", ".webm", ".avi", ".wmv", ".mpg", ".mpeg",
         ".mts", ".flv", ".f4v", ".mp3", ".m4a", ".wav", ".aac", ".ogg", ".oga", ".opus", ".flac",
         ".wma", ".amr", ".aif", ".aiff", ".caf"),
        looks.recording, "single:from_media",
    ),
    Format(
        "a playlist", (".m3u", ".m3u8"), looks.playlist, "", "Add the recording itself instead."
    ),
    Format(
        "a mailbox of several mails", (".mbox", ".mbx"), looks.mailbox, "mail.mbox:read_mailbox",
        holds_many=True,
    ),
    Format("an e-mail", (".eml", ".mbox"), looks.mail, "mail.eml:read_eml"),
    Format("a web page", (".htm", ".html", ".xhtml"), looks.web_page, "single:from_html"),
    Format("a Word document saved as XML", (".xml",), looks.word_xml, "old_word.doc:read_word_xml"),
    Format("an XML file", (".xml", ".svg"), looks.xml, "", _RESEND),
    Format(
        "a subtitle file", (".vtt", ".srt", ".sbv"), looks_lines.subtitles,
        "timed.subtitles:read_subtitles",
    ),
    Format(
        "a table", (".csv", ".tsv", ".tab"), looks_lines.table, "table:read_table", holds_many=True
    ),
    Format("a copy of posts", (), looks_lines.posts, "posts:read_posts"),
    Format("a Markdown text", (".md", ".markdown"), looks.markdown, "single:from_markdown"),
    Format("a plain text", (".txt", ".text"), looks.plain_text, "single:from_text"),
)  # fmt: skip
"""Every format that is known, in the order in which they are tried."""

_PLAIN = {"a Markdown text", "a plain text", "a subtitle file"}
