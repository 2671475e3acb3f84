"""The trail as an internal paper for the file: who did what and when, oldest first, what it was
narrowed to, how much each coder did, and the fingerprint of the journal that it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby
from pathlib import Path
from typing import BinaryIO

from coder.domain.text import counted
from coder.export.atomic import whole, writer_for
from coder.export.csv_rows import put_rows
from coder.export.docx_package import About
from coder.export.docx_package import write as write_package
from coder.export.docx_tables import Column, Row, table
from coder.export.docx_template import open_template
from coder.export.docx_words import paragraph, runs
from coder.export.wording import day

TITLE = "Trail of the work"
NOTE = (
    "Internal, for the file and not for publication: no name is masked here, not even of"
    " respondents who asked not to be named."
)
PARTLY = "What the person who saved it could not see, since they code blind, is not in it."
COLUMNS = ("step", "when", "coder", "act", "change", "before", "after")
_TABLE = (
    Column("Step", 9, numbers=True),
    Column("Time", 10),
    Column("Who", 20),
    Column("What", 61),
)
_CODERS = (Column("Coder", 70), Column("Steps", 30, numbers=True))
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands above the trail: the inquiry, when it was taken, what was asked for in words
    (empty for everything), the number of steps, of each coder by name, and the fingerprint. Not
    `whole` is what somebody took who does not see all."""

    inquiry: str
    taken: datetime
    asked: str
    steps: int
    coders: Mapping[str, int]
    fingerprint: str
    whole: bool = True

    @property
    def summary(self) -> str:
        """When it was taken, of how many steps, and of which."""
        which = self.asked or "everything"
        return f"{day(self.taken)}, {self.taken:%H:%M} · {counted(self.steps, 'step')} · {which}"

    @property
    def notes(self) -> list[str]:
        """What whoever reads it must know."""
        proof = (
            f"Fingerprint of the journal: {self.fingerprint}. Given to Verify later, it tells"
            " whether all that was in the journal then still stands there unchanged."
        )
        return [NOTE, *([] if self.whole else [PARTLY]), proof]


@dataclass(frozen=True, slots=True)
class Entry:
    """A step: its number, when (ISO 8601), by whom, in words, and each change with what stood there
    before and after. `more` counts those of its changes that are not told one by one."""

    seq: int
    at: str
    coder: str
    words: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    more: int = 0

    @property
    def rest(self) -> str:
        """What is said of the changes that are not told; empty where there are none."""
        return f"and {counted(self.more, 'more change')}" if self.more else ""


def write_trail(sheet: Sheet, entries: Iterable[Entry], path: Path) -> None:
    """Writes the trail to `path` in the kind of file that its ending says, whole or not at all.

    Raises EvidenceError where the ending is not known or the file cannot be written.
    """
    writer = writer_for(_WRITERS, path, "the trail")
    with whole(path) as stream:
        writer(sheet, entries, stream)


def _csv(sheet: Sheet, entries: Iterable[Entry], stream: BinaryIO) -> None:
    """A row for each change, below what whoever opens the file must not miss."""
    above = [[TITLE, sheet.inquiry], [sheet.summary], *([note] for note in sheet.notes)]
    coders = [[coder, str(number)] for coder, number in sheet.coders.items()]
    rows = (row for entry in entries for row in _rows(entry))
    put_rows(stream, chain(above, coders, [COLUMNS], rows))


def _rows(entry: Entry) -> Iterator[tuple[object, ...]]:
    rest = [(entry.rest, "", "")] if entry.more else []
    for words, before, after in [*entry.changes, *rest] or [("", "", "")]:
        yield entry.seq, entry.at, entry.coder, entry.words, words, before, after


def _word(sheet: Sheet, entries: Iterable[Entry], stream: BinaryIO) -> None:
    template = open_template(None)
    about = About(f"{sheet.inquiry} · {TITLE} · internal", TITLE, sheet.taken.date())
    write_package(stream, template, _body(sheet, entries, template.text_width), about)


def _body(sheet: Sheet, entries: Iterable[Entry], width: int) -> Iterator[str]:
    yield paragraph("Kicker", TITLE)
    yield paragraph("Title", sheet.inquiry)
    yield paragraph("PackSummary", sheet.summary)
    internal, *others = sheet.notes
    yield f'<w:p><w:pPr><w:pStyle w:val="PackNote"/></w:pPr>{runs(internal, "<w:b/>")}</w:p>'
    for note in others:
        yield paragraph("PackNote", note)
    counts = [(coder, f"{number:,}") for coder, number in sheet.coders.items()]
    yield paragraph("Heading3", "Who did how much")
    yield from table(_CODERS, counts, width * 6 // 10, "Steps of each coder")
    yield paragraph("Heading3", "Who did what")
    yield from table(_TABLE, _by_day(entries), width, "Steps, oldest first")


def _by_day(entries: Iterable[Entry]) -> Iterator[Row]:
    timed = ((datetime.fromisoformat(one.at).astimezone(), one) for one in entries)
    for date, several in groupby(timed, key=lambda one: one[0].date()):
        yield day(date)
        for at, entry in several:
            yield f"{entry.seq:,}" if entry.seq > 0 else "", f"{at:%H:%M}", entry.coder, entry.words
            for more in _left_out(entry):
                yield "", "", "", more


def _left_out(entry: Entry) -> Iterator[str]:
    """What the words of a step leave out, each in a row of its own, so that pages may part them."""
    for words, before, after in entry.changes:
        if words not in entry.words:
            yield f"– {words}"
        if _CUT in words and before:
            yield f"before: {before}"
        if _CUT in words and after:
            yield f"after: {after}"
    if entry.more:
        yield f"– {entry.rest}"


_WRITERS: dict[str, Callable[[Sheet, Iterable[Entry], BinaryIO], None]] = {
    ".csv": _csv,
    ".docx": _word,
}

ENDINGS = tuple(_WRITERS)
"""The file endings that `write_trail` knows."""
