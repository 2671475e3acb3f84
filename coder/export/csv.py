"""Writes quotes as a table that spreadsheet programs open rightly: one row for each quote."""

from __future__ import annotations

import csv
import io

from coder.domain.cells import FORMULA
from coder.domain.citation import UNCHECKED
from coder.domain.model import Permission
from coder.domain.text import clock, listed
from coder.export.selection import Released, Selection
from coder.export.wording import printable

COLUMNS = (
    "ref", "attribution", "citation", "quote", "code", "coder", "document", "paragraph", "time",
    "speaker", "permission", "type", "note",
)  # fmt: skip

_ANONYMOUS = "anonymous: only names are masked"


def write(selection: Selection) -> bytes:
    """The quotes as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it.

    A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, “CSV
    injection”).
    """
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows([harmless(cell) for cell in _cells(quote)] for quote in selection.quotes)
    return printable(text.getvalue()).encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell's text, with an apostrophe before it where it would be run as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(quote: Released) -> tuple[str, ...]:
    notes = [
        *([UNCHECKED] if quote.machine_draft else []),
        *([_ANONYMOUS] if quote.permission is Permission.ANONYMOUS else []),
    ]
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
        "; ".join(notes),
    )
