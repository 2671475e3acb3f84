"""Reads a codebook that was written here, by another program or by hand: Word, tables, Markdown,
REFI-QDA."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from coder.domain.codebook_file import PATH, CodeEntry
from coder.domain.draft import Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.ingest.codebook_lines import line_codes
from coder.ingest.codebook_markdown import markdown_lines
from coder.ingest.codebook_table import Rows, has_codes, table_codes
from coder.ingest.grid import MOST_ROWS, book_grid, text_grid
from coder.ingest.text import decode

_LARGEST = 20 * 1024 * 1024
_MOST_CODES = 5_000
_DEEPEST = 20


def read_codebook(source: Source) -> tuple[CodeEntry, ...]:
    """The codes of a codebook file (docx, csv, tsv, xlsx, ods, md, txt, qdc), each path once, in
    the order of the file.

    Raises Unreadable for a file that cannot be read, EvidenceError where no codes are found in it
    or it is of another kind.
    """
    ending = source.name.rpartition(".")[2].lower()
    reader = _READERS.get(ending)
    if reader is None:
        raise EvidenceError(
            f"“{source.name}” is not a kind of file that a codebook is read from.",
            "Save it as .docx, .csv, .xlsx, .md or .qdc.",
        )
    data = source.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise Unreadable(
            f"“{source.name}” is larger than 20 MB.", "A codebook is small: is this the right file?"
        )
    codes = tuple(_once(reader(Source(source.name, data=data))))
    if not codes:
        raise EvidenceError(f"No codes were found in “{source.name}”.", _REMEDIES[reader])
    if len(codes) > _MOST_CODES:
        raise EvidenceError(
            f"“{source.name}” holds {len(codes):,} codes, more than {_MOST_CODES:,}.",
            "Is this the right file?",
        )
    return codes


def _once(codes: Iterable[CodeEntry]) -> Iterator[CodeEntry]:
    """Each path once, as it stands first; nothing that is too deep to be meant."""
    seen = set()
    for code in codes:
        whole = all(code.path.split("/")) and code.depth < _DEEPEST
        if whole and code.path.casefold() not in seen:
            seen.add(code.path.casefold())
            yield code


def _text(source: Source) -> list[CodeEntry]:
    return line_codes(markdown_lines(decode(source.read())))


def _separated(source: Source) -> list[CodeEntry]:
    """A table written here is parted by commas, whatever its texts look like."""
    text = decode(source.read())
    if not text.startswith(f"{PATH},"):
        return table_codes(text_grid(text).rows)
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline="")):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            break
    return table_codes(rows)


def _book(source: Source) -> list[CodeEntry]:
    grid = book_grid(source)
    sheets: list[Rows] = [rows for _, rows in grid.sheets] or [grid.rows]
    return table_codes(next(filter(has_codes, sheets), ()))


def _exchanged(source: Source) -> list[CodeEntry]:
    from coder.ingest.refi.qdc import codes_of

    return codes_of(source)


def _word(source: Source) -> list[CodeEntry]:
    from coder.ingest.codebook_word import word_parts

    lines, tables = word_parts(source)
    tabled = [code for table in tables for code in table_codes(table)]
    return tabled or line_codes(lines)


_READERS: dict[str, Callable[[Source], list[CodeEntry]]] = {
    "csv": _separated, "tsv": _separated, "tab": _separated, "xlsx": _book, "xlsm": _book,
    "xls": _book, "ods": _book, "docx": _word, "md": _text, "markdown": _text, "txt": _text,
    "qdc": _exchanged,
}  # fmt: skip

_TABLE_REMEDY = (
    "Give the table a first row of headings, such as Path (or Code and Parent), Definition,"
    " Use when, Do not use when."
)
_REMEDIES: dict[Callable[[Source], list[CodeEntry]], str] = {
    _separated: _TABLE_REMEDY,
    _book: _TABLE_REMEDY,
    _word: "Give each code a heading, with its definition below, or make a table with the headings"
    " Code, Parent and Definition.",
    _text: "Give each code a heading (## Code) or an item of a list (- Code: what it means).",
    _exchanged: "Export it again from the program that made it, as REFI-QDA codebook.",
}

ENDINGS = tuple(_READERS)
"""The endings, without a point, of the files that `read_codebook` reads."""
