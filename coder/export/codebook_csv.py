"""Writes a codebook as a table that spreadsheet programs open rightly: one row for each code."""

from __future__ import annotations

from coder.domain.codebook_file import COLOUR, EXAMPLES, KEY, PATH, SUBMISSIONS, TAGS, TEXTS
from coder.export.codebook_outline import CodebookOutline, CodeSection, example_line
from coder.export.csv_rows import as_csv

COLUMNS = (PATH, COLOUR, KEY, *TEXTS.values(), TAGS, SUBMISSIONS, EXAMPLES)


def write(book: CodebookOutline) -> bytes:
    """The codebook as CSV."""
    return as_csv([COLUMNS, *map(_cells, book.sections)])


def _cells(section: CodeSection) -> tuple[str | int, ...]:
    entry = section.entry
    examples = "\n\n".join(f"“{one.quote}” — {example_line(one)}" for one in section.examples)
    said = (entry.path, entry.colour, entry.key, *(getattr(entry, name) for name in TEXTS))
    return (*said, section.tags, section.submissions, examples)
