"""Writes quotes as a table that spreadsheet programs open rightly: one row for each quote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from coder.domain.citation import UNCHECKED
from coder.domain.model import Permission
from coder.domain.text import clock, listed
from coder.export.csv_rows import put_rows
from coder.export.outline import Pack
from coder.export.selection import Released

COLUMNS = (
    "ref", "attribution", "citation", "quote", "code", "coder", "document", "paragraph", "time",
    "speaker", "permission", "type", "note", "id",
    "region", "question", "before", "after",
)  # fmt: skip

_ANONYMOUS = "anonymous: only names are masked"


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the quotes as CSV, one after the other; those of a basket with their headings."""
    columns: tuple[str, ...]
    rows: Iterator[tuple[str, ...]]
    if pack.by_hand:
        columns = (*COLUMNS, "heading")
        rows = ((*_cells(quote, pack), heading) for heading, quote in pack.rows())
    else:
        columns = COLUMNS
        rows = (_cells(quote, pack) for quote in pack.selection.quotes)
    put_rows(stream, chain([columns], rows))


def note(quote: Released) -> str:
    """What whoever uses the quote must know, in a few words."""
    notes = [
        *([UNCHECKED] if quote.machine_draft else []),
        *([_ANONYMOUS] if quote.permission is Permission.ANONYMOUS else []),
    ]
    return "; ".join(notes)


def _cells(quote: Released, pack: Pack) -> tuple[str, ...]:
    return (
        quote.ref,
        quote.attribution,
        quote.citation,
        quote.quote,
        quote.code,
        "; ".join(quote.coders) if pack.options.team_notes else "",
        quote.document,
        quote.paragraph,
        "" if quote.time_ms is None else clock(quote.time_ms),
        listed(quote.speakers),
        quote.permission.value,
        quote.type.value,
        note(quote),
        quote.id,
        quote.region,
        quote.question,
        quote.before,
        quote.after,
    )
