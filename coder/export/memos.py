"""Memos as a file for the team: what coders wrote, as they wrote it, and not for publication."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from coder import places
from coder.domain.dates import day_shown
from coder.domain.text import counted
from coder.export.atomic import write_whole, writer_for
from coder.export.csv_rows import as_csv
from coder.export.markdown import escaped
from coder.export.wording import day, printable

TITLE = "Memos and journal"
NOTE = (
    "Internal, not for publication: memos are researchers’ own notes. No name is masked in them,"
    " not even of respondents who asked not to be named."
)
COLUMNS = ("kind", "about", "detail", "coder", "written", "memo")


@dataclass(frozen=True, slots=True)
class Line:
    """A memo as a file shows it: the kind of thing it is about, that thing and more of it in words,
    who wrote it, when (ISO 8601), and what."""

    kind: str
    subject: str
    detail: str
    coder: str
    at: str
    text: str


def write_memos(inquiry: str, today: date, lines: Sequence[Line], path: Path) -> None:
    """Writes the memos to `path` in the kind of file that its ending says, whole or not at all.

    Raises EvidenceError where the ending is not known or the file cannot be written.
    """
    writer = writer_for(_WRITERS, path, "memos")
    write_whole(path, writer(inquiry, today, lines))


def _csv(inquiry: str, today: date, lines: Sequence[Line]) -> bytes:
    """The note stands in the first row, above the columns, so that nobody who opens the file can
    miss it."""
    del inquiry, today
    rows = ((one.kind, one.subject, one.detail, one.coder, one.at, one.text) for one in lines)
    return as_csv([[NOTE], COLUMNS, *rows])


def _markdown(inquiry: str, today: date, lines: Sequence[Line]) -> bytes:
    blocks = [
        f"# {_line(inquiry)}",
        f"{TITLE} · {day(today)} · {counted(len(lines), 'memo')}",
        f"**{NOTE}**",
    ]
    for kind, group in _by_kind(lines):
        blocks.append(f"## {kind}")
        for line in group:
            blocks += [f"### {_line(line.subject)}", f"*{_line(_about(line))}*"]
            blocks += [escaped(part) for part in line.text.split("\n\n") if part.strip()]
    return printable("\n\n".join(blocks) + "\n").encode()


def _word(inquiry: str, today: date, lines: Sequence[Line]) -> bytes:
    """A Word file in the looks of a quote pack."""
    from docx import Document

    document = Document(str(places.resources() / "pack.docx"))
    title = printable(inquiry)
    document.add_paragraph(TITLE, style="Kicker")
    document.add_paragraph(title, style="Title")
    summary = f"{day(today)} · {counted(len(lines), 'memo')}"
    document.add_paragraph(summary, style="Pack Summary")
    document.add_paragraph("", style="Pack Note").add_run(NOTE).bold = True
    for kind, group in _by_kind(lines):
        document.add_heading(kind, 1)
        for line in group:
            _word_memo(document, line)
    document.sections[0].header.paragraphs[0].add_run(f"{title} · {TITLE} · internal")
    properties = document.core_properties
    properties.title, properties.subject = title[:255], TITLE
    properties.author = properties.last_modified_by = ""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_memo(document: Any, line: Line) -> None:
    document.add_heading(printable(line.subject), 2)
    document.add_paragraph(printable(_about(line)), style="Pack Note")
    for part in printable(line.text).split("\n"):
        if part.strip():
            document.add_paragraph(part)


def _by_kind(lines: Sequence[Line]) -> Iterator[tuple[str, Iterator[Line]]]:
    """The memos, kind after kind in the order in which the kinds come up."""
    order = {kind: place for place, kind in enumerate(dict.fromkeys(line.kind for line in lines))}
    return groupby(sorted(lines, key=lambda line: order[line.kind]), key=lambda line: line.kind)


def _about(line: Line) -> str:
    return " · ".join(filter(None, (line.detail, line.coder, day_shown(line.at))))


def _line(text: str) -> str:
    return escaped(" ".join(text.split()))


_WRITERS: dict[str, Callable[[str, date, Sequence[Line]], bytes]] = {
    ".docx": _word,
    ".csv": _csv,
    ".md": _markdown,
}

ENDINGS = tuple(_WRITERS)
"""The file endings that `write_memos` knows."""
