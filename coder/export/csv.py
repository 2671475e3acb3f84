"""Writes quotes as a table that spreadsheet programs open rightly: one row for each quote."""

from __future__ import annotations

import codecs
import csv
from typing import BinaryIO

from coder.domain.cells import guarded
from coder.domain.citation import UNCHECKED
from coder.domain.model import Permission
from coder.domain.text import clock, listed
from coder.export.outline import Pack
from coder.export.selection import Released
from coder.export.wording import printable

COLUMNS = (
    "ref", "attribution", "citation", "quote", "code", "coder", "document", "paragraph", "time",
    "speaker", "permission", "type", "note", "id",
    "region", "question", "before", "after",
)  # fmt: skip

_ANONYMOUS = "anonymous: only names are masked"


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the quotes as CSV (RFC 4180) in UTF-8, with the mark at its start by which Excel
    knows it.

    A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, “CSV
    injection”); `cells.unguarded` gives back what it was.
    """
    stream.write(codecs.BOM_UTF8)
    rows = csv.writer(_Encoded(stream))
    rows.writerow(COLUMNS)
    for quote in pack.selection.quotes:
        rows.writerow([guarded(printable(cell)) for cell in _cells(quote)])


class _Encoded:
    """What `csv` writes text to, and a stream gets as UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode())


def note(quote: Released) -> str:
    """What whoever uses the quote must know, in a few words."""
    notes = [
        *([UNCHECKED] if quote.machine_draft else []),
        *([_ANONYMOUS] if quote.permission is Permission.ANONYMOUS else []),
    ]
    return "; ".join(notes)


def _cells(quote: Released) -> tuple[str, ...]:
    return (
        quote.ref,
        quote.attribution,
        quote.citation,
        quote.quote,
        quote.code,
        "; ".join(quote.coders),
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
