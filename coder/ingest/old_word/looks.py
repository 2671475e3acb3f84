"""How runs and paragraphs of an old Word file look ([MS-DOC] 2.4.6): by place in the file, on pages
of 512 bytes, each a list of changes to the style.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

_PAGE = 512
_DELETED, _HIDDEN, _SYMBOL, _FONT = 0x0800, 0x083C, 0x6A09, 0x4A4F
_ROW_END, _IN_TABLE, _NUMBERED = 0x2417, 0x2416, 0x460B
_TAB_STOPS, _TABLE_SHAPE = 0xC615, 0xD608
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_NUMBERED_HERE = re.compile(rb"\x0b\x46(?!\0\0)")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: its style's number, and its part in tables and lists."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """How characters are set: whether they are hidden or deleted, in which font, and for a bracket
    that stands for a symbol, its font and character."""

    unseen: bool = False
    font: int = 0
    symbol: tuple[int, int] | None = None


def pages(main: bytes, plc: bytes) -> Iterator[bytes]:
    """The pages of 512 bytes that a table of pages (PlcBte) names."""
    count = max(0, (len(plc) - 4) // 8)
    for (number,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
        start = (number & 0x3FFFFF) * _PAGE
        page = main[start : start + _PAGE]
        if len(page) == _PAGE:
            yield page


def runs(
    pages: Iterator[bytes], read: Callable[[bytes], Iterator[tuple[int, _Found]]]
) -> tuple[list[int], list[_Found]]:
    """Places in the file, in order, and what holds from each of them on."""
    runs = sorted((run for page in pages for run in read(page)), key=lambda run: run[0])
    return [place for place, _ in runs], [found for _, found in runs]


def paragraph_looks(page: bytes) -> Iterator[tuple[int, Look]]:
    """The paragraphs of a page of looks ([MS-DOC] 2.9.177): places, entries of 13 bytes of which
    the first is the place of the look in words, and at the end their number."""
    count = min(page[-1], 29)
    for index in range(count):
        (start,) = struct.unpack_from("<I", page, 4 * index)
        at = page[4 * (count + 1) + 13 * index] * 2
        if not at or at > _PAGE - 4:
            yield start, Look()
            continue
        size = page[at] * 2 - 1 if page[at] else page[at + 1] * 2
        at += 1 if page[at] else 2
        look = page[at : at + size]
        seen = dict(_changes(look[2:]))
        yield (
            start,
            Look(
                int.from_bytes(look[:2], "little"),
                bool(seen.get(_IN_TABLE)),
                bool(seen.get(_ROW_END)),
                bool(seen.get(_NUMBERED)),
            ),
        )


def character_looks(page: bytes) -> Iterator[tuple[int, Run]]:
    """The runs of a page of looks ([MS-DOC] 2.9.33)."""
    count = min(page[-1], 101)
    for index in range(count):
        (start,) = struct.unpack_from("<I", page, 4 * index)
        at = page[4 * (count + 1) + index] * 2
        seen = dict(_changes(page[at + 1 : at + 1 + page[at]])) if at else {}
        unseen = bool(seen.get(_HIDDEN, 0) & 1 or seen.get(_DELETED, 0) & 1)
        symbol = seen.get(_SYMBOL)
        yield (
            start,
            Run(
                unseen,
                seen.get(_FONT, 0),
                None if symbol is None else (symbol & 0xFFFF, symbol >> 16),
            ),
        )


def _changes(data: bytes) -> Iterator[tuple[int, int]]:
    """What a list of changes sets, with the values that are numbers ([MS-DOC] 2.6.1)."""
    place = 0
    while place + 2 < len(data):
        (change,) = struct.unpack_from("<H", data, place)
        place += 2
        size = _SIZES[change >> 13]
        if change == _TABLE_SHAPE:
            size = int.from_bytes(data[place : place + 2], "little") + 1
        elif change == _TAB_STOPS and data[place] == 255:
            return
        elif not size:
            size = data[place] + 1
        yield change, int.from_bytes(data[place : place + min(size, 4)], "little")
        place += size


def numbered_styles(sheet: bytes) -> set[int]:
    """The numbers of the styles whose paragraphs Word numbers by itself: those that set it and
    those based on them ([MS-DOC] 2.9.271, 2.9.260)."""
    place = 2 + int.from_bytes(sheet[:2], "little")
    bases: list[int] = []
    numbered: set[int] = set()
    while place + 2 <= len(sheet):
        size = int.from_bytes(sheet[place : place + 2], "little")
        style = sheet[place + 2 : place + 2 + size]
        if _NUMBERED_HERE.search(style):
            numbered.add(len(bases))
        bases.append(int.from_bytes(style[2:4], "little") >> 4)
        place += 2 + size + size % 2
    grown = True
    while grown:
        based = {style for style, base in enumerate(bases) if base in numbered} - numbered
        numbered |= based
        grown = bool(based)
    return numbered
