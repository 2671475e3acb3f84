"""Writes a quote pack as an Excel workbook: a row for each quote, its sources, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from coder.domain.citation import TYPE_NAMES
from coder.domain.dates import day_of
from coder.domain.text import listed
from coder.export.outline import Pack, Source
from coder.export.selection import Released
from coder.export.wording import printable
from coder.export.workbook import Column, Look, Value, book, parts

_DAY_MS = 86_400_000

_BEFORE = (
    Column("Reference", 11),
    Column("Source", 28),
    Column("Quote", 80),
)
_AFTER = (
    Column("Code", 30),
    Column("Citation", 24),
    Column("Theme", 22),
    Column("Type", 22),
    Column("Permission", 12),
    Column("Document", 26),
    Column("Paragraph", 11),
    Column("Time", 10, Look.TIME),
    Column("Speaker", 22),
    Column("Received", 13, Look.DATE),
    Column("Words", 8, Look.NUMBER),
    Column("Names masked", 9, Look.PLAIN),
    Column("Unchecked machine transcript", 12, Look.PLAIN),
    Column("Coder", 16),
    Column("Id", 28),
)
_PRINTED = ("Code", "Citation")
_SOURCES = (
    Column("Reference", 12),
    Column("Source", 50),
    Column("Type", 28),
    Column("Received", 14, Look.DATE),
)


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the pack as `.xlsx`: the sheets *Quotes*, *Sources* and *About*.

    A quote that is longer than a cell goes on in the columns *Quote, part 2* and so on. Raises
    EvidenceError where there are more quotes than a sheet has rows, OSError where the disk refuses.
    """
    with book(stream, printable(pack.heading), "Quote pack", pack.created) as made:
        wide = _parts(pack.selection.quotes)
        more = tuple(Column(f"Quote, part {number}", 80) for number in range(2, wide + 1))
        made.table(
            "Quotes",
            (*_BEFORE, *more, *_AFTER),
            _rows(pack, wide),
            printed=len(_BEFORE) + len(more) + len(_PRINTED),
        )
        made.table("Sources", _SOURCES, map(_source, pack.sources))
        made.notes("About", _about(pack, wide))


def _parts(quotes: Iterable[Released]) -> int:
    """How many cells the longest quote takes."""
    return max((len(parts(quote.quote)) for quote in quotes), default=1)


def _rows(pack: Pack, wide: int) -> Iterator[Sequence[Value]]:
    themes = _themes(pack)
    received = {source.ref: _received(source) for source in pack.sources}
    for quote in pack.selection.quotes:
        said = parts(quote.quote)
        yield (
            quote.ref,
            quote.attribution,
            *said,
            *[None] * (wide - len(said)),
            quote.code,
            quote.citation,
            themes.get(quote.code_id, quote.code),
            TYPE_NAMES[quote.type],
            quote.permission.value,
            quote.document,
            quote.paragraph,
            None if quote.time_ms is None else quote.time_ms / _DAY_MS,
            listed(quote.speakers),
            received.get(quote.ref),
            len(quote.quote.split()),
            quote.masked,
            quote.machine_draft,
            "; ".join(quote.coders),
            quote.id,
        )


def _themes(pack: Pack) -> dict[str, str]:
    """The name of the theme on top of each code, by the code's id."""
    found, top = {}, ""
    for theme in pack.themes:
        top = theme.name if theme.depth == 0 else top
        found[theme.id] = top
    return found


def _source(source: Source) -> Sequence[Value]:
    return (source.ref, source.attribution, source.type, _received(source))


def _received(source: Source) -> Value:
    return day_of(source.received[:10]) or source.received


def _about(pack: Pack, wide: int) -> Iterator[tuple[str, Value]]:
    yield "Quote pack", pack.inquiry
    if pack.title:
        yield "Quotes on", pack.title
    yield "Made on", pack.created
    yield "It holds", pack.summary()
    for note in pack.notes():
        yield "Note", note
    if wide > 1:
        yield "Note", "A quote that is longer than a cell goes on in the columns “Quote, part …”."
    yield "Quotes", "A row is a passage under one code; a passage under two codes has two rows."
    yield "Id", "By its id a quote is found again in the inquiry: document, start and length."
