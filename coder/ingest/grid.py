"""Reads tables as rows of cells, from comma-separated text (RFC 4180 and as found) or workbooks."""

from __future__ import annotations

import csv
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.text import counted
from coder.ingest.beside import unread

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_ROWS = 100_000
MOST_COLUMNS = 16_384
_MOST_TEXT = 64 * 1024 * 1024
_MOST_UNFOLDED = 512 * 1024 * 1024
_MOST_CELLS = 20_000_000
_DELIMITERS = ",;\t|"
_SAMPLED = 200
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>')
_BESIDE = (
    ("xl/comments", "cell note", re.compile(rb"<(?:\w+:)?comment[ />]")),
    ("xl/drawings/drawing", "drawing", re.compile(rb"<(?:\w+:)?txBody[ >]")),
    ("xl/drawings/drawing", "picture", re.compile(rb"<(?:\w+:)?pic[ >]")),
    ("xl/drawings/drawing", "chart", re.compile(rb"<(?:\w+:)?graphicFrame[ >]")),
    ("content.xml", "cell note", re.compile(rb"<office:annotation[ />]")),
    ("content.xml", "drawing", re.compile(rb"<draw:(?:custom-shape|text-box)[ >]")),
    ("content.xml", "picture", re.compile(rb"<draw:image[ >]")),
    ("xl/worksheets/", "", re.compile(
        rb'<(?:\w+:)?c(?:\s(?![^<>]*t="str")[^<>]*)?><(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</[^<>]*>)'
        rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></[^<>]*>)?</"
    )),
)  # fmt: skip
"""What a workbook may hold beside cells with values ([ECMA-376] part 1, 18.7 and 20.5; OASIS ODF
1.3 part 3): in which part, what it is, and where one begins."""
_SEP = re.compile(r'\A"?sep=(.)"?\n', re.IGNORECASE)

_ZIP_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, IndexError, OSError, RuntimeError,
    ValueError, struct.error,
)  # fmt: skip


Rows = tuple[tuple[str, ...], ...]
"""The cells of a table, row by row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table as they stand, blank ones too, and what a person must know of it.

    Of a workbook they are those of its largest sheet; `sheets` are all that hold something, with
    their names and in their order, where there are several.
    """

    rows: Rows
    problems: tuple[str, ...] = ()
    sheets: tuple[tuple[str, Rows], ...] = ()


def text_grid(text: str) -> Grid:
    """The table that a text is; the sign between cells is found out, or told by a first line
    `sep=;`. Raises Unreadable for more than 100,000 rows, or more columns than a workbook has."""
    told = _SEP.match(text)
    if told:
        text = text[told.end() :]
    sign = told[1] if told else delimiter(text)
    csv.field_size_limit(_MOST_TEXT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True)
    rows = tuple(tuple(row) for row in islice(reader, MOST_ROWS + 2))
    _check_rows(len(rows))
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise Unreadable(
            f"The table has more than {MOST_COLUMNS:,} columns.", "Cut it into several files."
        )
    lead = (("",),) if told else ()
    unclosed = "A quotation mark is never closed, so rows after it may have run together."
    return Grid((*lead, *rows), (unclosed,) if _unclosed(text, sign) else ())


def delimiter(text: str) -> str:
    """The sign that cuts most rows into the same number of cells; a comma where none does."""
    return max(_DELIMITERS, key=lambda sign: _regularity(text, sign))


def regular(text: str, whole: bool) -> bool:
    """Whether a text, or the start of one, is a table: most rows have the same number of cells,
    at least two, and the first of that kind has headings, not numbers."""
    text = _SEP.sub("", text)
    sign = delimiter(text)
    share, width = _regularity(text, sign)
    rows = _sample(text, sign)
    top = next((row for row in rows if len(_filled(row)) > 1), [])
    numbers = sum(map(_is_number, top))
    return (
        share >= 0.6
        and width > 1
        and (len(rows) > 1 or not whole)
        and 2 * numbers < len(_filled(top))
    )


def book_grid(source: Source) -> Grid:
    """The largest sheet of a workbook (Excel's or OpenDocument), and the others; cells that are
    worked out give their values. Raises Unreadable."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    data = source.read(_MOST_UNFOLDED + 1)
    beside = _check_unfolded(source.name, data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _largest(book, tuple(_beside(beside)))
    except PasswordError as problem:
        raise Unreadable(
            f"“{source.name}” is locked with a password.",
            "Ask for a copy without one, or open it and save it unlocked.",
        ) from problem
    except (CalamineError, OSError, ValueError, OverflowError) as problem:
        raise Unreadable(
            f"“{source.name}” is cut short or damaged.",
            "Open it in Excel or LibreOffice and save a fresh copy, or export it as .csv.",
        ) from problem


def _largest(book: CalamineWorkbook, problems: tuple[str, ...]) -> Grid:
    sheets = [sheet for name in book.sheet_names if (sheet := _sheet(book, name)) is not None]
    sheets = [sheet for sheet in sheets if sheet.height]
    if not sheets:
        return Grid((), problems)
    _check_rows(max(sheet.total_height for sheet in sheets))
    best = max(sheets, key=lambda sheet: (sheet.height > 1, sheet.height * sheet.width))
    read = {sheet.name: _rows(sheet) for sheet in sheets}
    if sum(len(cell) for rows in read.values() for row in rows for cell in row) > _MOST_TEXT:
        raise Unreadable("The table holds more than 64 MB of text.", "Cut it into several files.")
    return Grid(read[best.name], problems, tuple(read.items()) if len(read) > 1 else ())


def _rows(sheet: CalamineSheet) -> Rows:
    return tuple(tuple(map(_words, row)) for row in sheet.to_python(skip_empty_area=False))


def _beside(found: Counter[str]) -> Iterator[str]:
    """Sentences on what a workbook holds beside its cells."""
    unvalued = found.pop("", 0)
    yield from unread(found)
    if unvalued:
        cells = counted(unvalued, "cell holds", "cells hold")
        yield (
            f"{cells} a formula whose value is not stored in the file, and came in empty: open it "
            "in Excel or LibreOffice, save it and bring it in again."
        )


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet | None:
    """A sheet by its name; None where it is a chart or holds macros."""
    from python_calamine import WorksheetNotFound

    try:
        return book.get_sheet_by_name(name)
    except WorksheetNotFound:
        return None


def _words(cell: Any) -> str:
    """A cell as a person would write it."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        whole_day = cell.time() == time()
        return cell.date().isoformat() if whole_day else cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def _check_rows(count: int) -> None:
    if count > MOST_ROWS + 1:
        raise Unreadable(
            f"The table has more than {MOST_ROWS:,} rows.", "Cut it into several files."
        )


def _check_unfolded(name: str, data: bytes) -> Counter[str]:
    """Refuses what would unfold without end, or has cells so far apart that the room between them
    would fill the memory. Sizes are counted, not believed. Gives what lies beside the cells, and
    under the empty name how many cells have no value."""
    beside: Counter[str] = Counter()
    if not data.startswith(b"PK"):
        return beside
    hostile = Unreadable(
        f"“{name}” unpacks to an unreasonable size.",
        "It may be hostile: ask the sender what it is before trying anything else.",
    )
    room = _MOST_UNFOLDED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            for info in members.infolist():
                if info.file_size > room:
                    raise hostile
                part = members.read(info)
                room -= len(part)
                if info.filename.startswith("xl/worksheets/") and _spread(part) > _MOST_CELLS:
                    raise hostile
                for part_of, what, pattern in _BESIDE:
                    if info.filename.startswith(part_of):
                        beside[what] += len(pattern.findall(part))
    except _ZIP_DAMAGE as problem:
        raise Unreadable(
            f"“{name}” is cut short, damaged or locked.", "Ask for it to be sent again."
        ) from problem
    return beside


def _spread(sheet: bytes) -> int:
    """How many cells the area would have that holds every filled cell of a sheet ([ECMA-376]
    part 1, 18.3.1.4)."""
    width = height = 0
    for found in _CELL.finditer(sheet):
        letters, row = found.groups()
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        width, height = max(width, column), max(height, int(row))
    return width * height


def _regularity(text: str, sign: str) -> tuple[float, int]:
    """The share of rows that have the usual number of cells, and that number, where it is more
    than one."""
    widths = Counter(len(row) for row in _sample(text, sign))
    if not widths:
        return 0.0, 0
    width, count = widths.most_common(1)[0]
    return (count / widths.total(), width) if width > 1 else (0.0, 0)


def _sample(text: str, sign: str) -> list[list[str]]:
    """The first rows that are not blank, without one that may be cut off."""
    csv.field_size_limit(_MOST_TEXT)
    start = text[:200_000]
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=sign, skipinitialspace=True)
    rows = [row for row in islice(reader, _SAMPLED) if any(map(str.strip, row))]
    return rows[:-1] if len(rows) > 2 and not text.endswith("\n") else rows


def _unclosed(text: str, sign: str) -> bool:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True, strict=True
    )
    try:
        for _ in reader:
            pass
    except csv.Error as problem:
        return "end of data" in str(problem)
    return False


def _filled(row: list[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"\s*[-+]?\d+(?:[.,]\d+)*%?\s*", cell) is not None
