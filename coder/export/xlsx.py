"""Writes a quote pack as an Excel workbook: a row for each quote, the counts, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import BinaryIO

from coder.domain.account import NAMES, AccountTable
from coder.domain.citation import TYPE_NAMES
from coder.domain.dates import day_of
from coder.domain.text import listed
from coder.export.account_lines import COLUMNS, RECEIVED
from coder.export.csv import note
from coder.export.method import TITLE as METHOD
from coder.export.outline import NOT_KNOWN, Pack, Source
from coder.export.selection import Released
from coder.export.wording import printable
from coder.export.workbook import Book, Column, Look, Value, book, parts

_DAY_MS = 86_400_000

_LAST_PRINTED = "Note"

_COUNTS = (
    Column("Heading", 34),
    Column("Code", 40),
    Column("Level", 7, Look.NUMBER),
    Column("Quotes", 9, Look.NUMBER),
    Column("Raised by", 10, Look.NUMBER),
    Column("Out of", 9, Look.NUMBER),
    Column("Share", 8, Look.SHARE),
    Column("In a word", 12),
    Column("In a sentence", 70),
    Column("More letters of campaigns", 12, Look.NUMBER),
)
_SOURCES = (
    Column("Reference", 12),
    Column("Source", 50),
    Column("Type", 28),
    Column("Received", 14, Look.DATE),
)
_ACCOUNT = tuple(
    Column(name, width, look)
    for name, width, look in zip(
        COLUMNS, (50, 14, 14, 14), (Look.TEXT, *[Look.NUMBER] * 3), strict=True
    )
)


_ROW = "A row is a passage under one code; a passage under two codes has two rows."
_ROW_BY_HAND = "A row is a quote where it stands in the basket."


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the pack as `.xlsx`: the sheets *Quotes*, *Counts*, *Sources*, *Account* and *About*,
    those of them for which there is something.

    A quote that is longer than a cell goes on in the columns *Quote, part 2* and so on. Raises
    EvidenceError where there are more quotes than a sheet has rows, OSError where the disk refuses.
    """
    with book(stream, printable(pack.heading), "Quote pack", pack.created) as made:
        wide = max((len(parts(quote.quote)) for quote in pack.selection.quotes), default=1)
        asked = _asked(pack, wide)
        columns = [column for column, _ in asked]
        rows: Iterator[Sequence[Value]]
        rows = ([value(quote) for _, value in asked] for quote in pack.selection.quotes)
        if pack.by_hand:
            columns = [Column("Heading", 30), *columns]
            rows = ([heading, *(v(one) for _, v in asked)] for heading, one in pack.rows())
        printed = 1 + [column.name for column in columns].index(_LAST_PRINTED)
        made.table("Quotes", columns, rows, printed)
        _add_counts(made, pack)
        if pack.sources:
            made.table("Sources", _SOURCES, map(_source, pack.sources))
        if pack.method:
            made.table("Account", _ACCOUNT, _account(pack.method.account))
        made.notes("About", _about(pack, wide))


def _asked(pack: Pack, wide: int) -> list[tuple[Column, Callable[[Released], Value]]]:
    """The columns of the sheet of quotes, each of which takes `wide` cells, and how a quote gives
    their values."""
    received = {source.ref: _received(source) for source in pack.sources}
    themes = _themes(pack)

    def part(number: int) -> Callable[[Released], Value]:
        return lambda quote: next(iter(parts(quote.quote)[number:]), None)

    def time(quote: Released) -> Value:
        return None if quote.time_ms is None else quote.time_ms / _DAY_MS

    asked: list[tuple[Column, Callable[[Released], Value]]] = [
        (Column("Reference", 11), attrgetter("ref")),
        (Column("Source", 28), attrgetter("attribution")),
        (Column("Quote", 80), part(0)),
        *((Column(f"Quote, part {number + 1}", 80), part(number)) for number in range(1, wide)),
        (Column("Code", 30), attrgetter("code")),
        (Column("Citation", 24), attrgetter("citation")),
        (Column("Note", 24), note),
        (Column("Theme", 22), lambda quote: themes.get(quote.code_id, quote.code)),
        (Column("Type", 22), lambda quote: TYPE_NAMES[quote.type]),
        (Column("Region", 18), attrgetter("region")),
        (Column("Permission", 12), attrgetter("permission.value")),
        (Column("Document", 26), attrgetter("document")),
        (Column("Paragraph", 11), attrgetter("paragraph")),
        (Column("Time", 10, Look.TIME), time),
        (Column("Speaker", 22), lambda quote: listed(quote.speakers)),
        (Column("Question", 30), attrgetter("question")),
        (Column("Received", 13, Look.DATE), lambda quote: received.get(quote.ref)),
        (Column("Words", 8, Look.NUMBER), lambda quote: len(quote.quote.split())),
        (Column("Names masked", 9, Look.PLAIN), attrgetter("masked")),
        (Column("Machine draft", 12, Look.PLAIN), attrgetter("machine_draft")),
        (Column("Coder", 16), lambda quote: "; ".join(quote.coders)),
        (Column("Id", 28), attrgetter("id")),
        (Column("Words before", 50), attrgetter("before")),
        (Column("Words after", 50), attrgetter("after")),
    ]
    unasked = {
        *(() if pack.sources else ("Received",)),
        *(() if pack.options.team_notes else ("Coder",)),
        *(() if pack.options.context else ("Words before", "Words after")),
    }
    return [pair for pair in asked if pair[0].name not in unasked]


def _themes(pack: Pack) -> dict[str, str]:
    """The name of the theme on top of each code, by the code's id."""
    found, top = {}, ""
    for theme in pack.themes:
        top = theme.name if theme.depth == 0 else top
        found[theme.id] = top
    return found


def _add_counts(made: Book, pack: Pack) -> None:
    """The sheet of who raised what: a column for each type of respondent and each region that is
    told of anywhere."""
    raised = [section.raised for section in pack.sections if section.raised]
    kinds = [kind for kind in TYPE_NAMES if any(kind in one.types for one in raised)]
    regions = sorted({region for one in raised for region in one.regions})

    def rows() -> Iterator[Sequence[Value]]:
        for section in pack.sections:
            theme, one = section.theme, section.raised
            yield (
                theme.name,
                theme.path if theme.id else None,
                theme.depth + 1,
                section.number,
                *((one.raised, one.of) if one else (None, None)),
                one.raised / one.of if one and one.of else None,
                one.word if one else None,
                section.count,
                one.letters if one else None,
                *(one.types.get(kind, 0) if one else None for kind in kinds),
                *(one.regions.get(region, 0) if one else None for region in regions),
            )

    columns = (
        *_COUNTS,
        *(Column(TYPE_NAMES[kind], 12, Look.NUMBER) for kind in kinds),
        *(Column(f"Region: {region}", 12, Look.NUMBER) for region in regions),
    )
    made.table("Counts", columns, rows())


def _source(source: Source) -> Sequence[Value]:
    return (source.ref, source.attribution, source.type, _received(source))


def _received(source: Source) -> Value:
    return day_of(source.received[:10]) or source.received or NOT_KNOWN


def _account(table: AccountTable) -> Iterator[Sequence[Value]]:
    for row in table.rows:
        if row.total:
            yield (NAMES[row.standing], row.submissions, row.files, row.total)
    yield (RECEIVED, table.submissions, table.files, table.received)


def _about(pack: Pack, wide: int) -> Iterator[tuple[str, Value]]:
    yield "Quote pack", pack.inquiry
    if pack.title:
        yield "Quotes on", pack.title
    yield "Made on", pack.created
    yield "It holds", pack.summary()
    for one in pack.notes():
        yield "Note", one
    if wide > 1:
        yield "Note", "A quote that is longer than a cell goes on in the columns “Quote, part …”."
    yield "Quotes", _ROW_BY_HAND if pack.by_hand else _ROW
    yield "Id", "By its id a quote is found again in the inquiry: document, start and length."
    if pack.method:
        for rule in (*pack.method.notes, *pack.method.rules):
            yield METHOD, rule
