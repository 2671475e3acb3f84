"""Writes a codebook as a table that spreadsheet programs open rightly: one row for each code."""

from __future__ import annotations

import csv
import io

from coder.domain.cells import guarded
from coder.domain.codebook_file import COLOUR, EXAMPLES, KEY, PATH, SUBMISSIONS, TAGS, TEXTS
from coder.export.codebook_outline import CodebookOutline, CodeSection, example_line

COLUMNS = (PATH, COLOUR, KEY, *TEXTS.values(), TAGS, SUBMISSIONS, EXAMPLES)


def write(book: CodebookOutline) -> bytes:
    """The codebook as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it.
    Cells that would be run as formulas begin with an apostrophe."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows(map(_cells, book.sections))
    return text.getvalue().encode("utf-8-sig")


def _cells(section: CodeSection) -> tuple[str | int, ...]:
    entry = section.entry
    examples = "\n\n".join(f"“{one.quote}” — {example_line(one)}" for one in section.examples)
    said = (entry.path, entry.colour, entry.key, *(getattr(entry, name) for name in TEXTS))
    return (*map(guarded, said), section.tags, section.submissions, guarded(examples))
