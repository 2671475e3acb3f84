"""The inside of a Word 97–2003 file, and of Word 6 and 95 ([MS-DOC]): where its characters are.

All texts of a document (body, notes, headers, comments, text boxes) stand behind one another and
are counted together in UTF-16 units, from which this module makes a character each. The bytes lie
in pieces, in the order of editing; how runs and paragraphs look is kept by place in the file.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.ingest.old_word.looks import (
    Look,
    Run,
    character_looks,
    numbered_styles,
    pages,
    paragraph_looks,
    runs,
)
from coder.ingest.ole import Compound
from coder.ingest.outlook.charsets import Pages, ansi_page

_MAGIC = (0xA5EC, 0xA5DC)
_OLDER = (b"\xdb\xa5", b"\x31\xbe")
_WORD_97 = 0x00C1
_ENCRYPTED = 0x0100
_SECOND_TABLE = 0x0200
_COMPLEX = 0x0004
_EIGHT_BIT = 0x40000000
_MOST = 100_000_000
_STORIES = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes",
            "header_boxes")  # fmt: skip

FOOTNOTE_MARKS, FOOTNOTES, COMMENT_MARKS, COMMENTS = 2, 3, 4, 5
HEADERS, COMMENTERS, ENDNOTE_MARKS, ENDNOTES = 11, 36, 46, 47
_STYLES, _CHARACTERS, _PARAGRAPHS, _FONTS, _PIECES = 1, 12, 13, 15, 33
_NO_TEXT = re.compile("[\x00\x06\x0f-\x12\x16-\x1d\xff\ufffd\uffff]")
_LEAST_TEXT = 5


class Locked(Unreadable):
    """A file that only a password opens."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters `[start, end)` of the whole, `width` bytes each, from `place` in the file."""

    start: int
    end: int
    place: int
    width: int


@dataclass(slots=True)
class WordFile:
    """The characters of a file, and what is known of them; `lists` says whether it may hold
    automatic numbers, `objects` counts what other programs put in. `looks` and `runs` hold from
    places in the file on."""

    text: str
    stories: dict[str, tuple[int, int]]
    decode: Callable[[str], str]
    lists: bool = True
    damaged: bool = False
    objects: int = 0
    table: bytes = b""
    tables: list[tuple[int, int]] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    looks: tuple[list[int], list[Look]] = field(default_factory=lambda: ([], []))
    runs: tuple[list[int], list[Run]] = field(default_factory=lambda: ([], []))

    def part(self, index: int) -> bytes:
        """One of the tables of the file by its place in the header (FibRgFcLcb97)."""
        place, length = self.tables[index] if index < len(self.tables) else (0, 0)
        return self.table[place : place + length]

    def places(self, index: int, size: int) -> list[int]:
        """The places (PLC) of a table whose entries are of `size` bytes."""
        data = self.part(index)
        count = (len(data) - 4) // (4 + size) + 1 if len(data) >= 4 else 0
        return list(struct.unpack_from(f"<{count}I", data)) if count else []

    def look(self, at: int) -> Look:
        """How the paragraph is set that ends with the character `at`."""
        starts, looks = self.looks
        index = bisect_right(starts, self._in_file(at)) - 1
        return looks[index] if index >= 0 else Look()

    def run(self, at: int) -> Run:
        """How the character `at` is set."""
        starts, runs = self.runs
        index = bisect_right(starts, self._in_file(at)) - 1
        return runs[index] if index >= 0 else Run()

    def unseen(self, start: int, end: int) -> list[bool]:
        """Which of the characters are hidden or deleted."""
        if not any(run.unseen for run in self.runs[1]):
            return [False] * (end - start)
        return [self.run(at).unseen for at in range(start, end)]

    def font(self, number: int) -> str:
        """The name of a font, empty where there is none of that number ([MS-DOC] 2.9.286): it
        stands behind 40 bytes of each entry, of which the first is the length of the rest."""
        fonts = self.part(_FONTS)
        place = 4
        for _ in range(number):
            place += fonts[place] + 1 if place < len(fonts) else 0
        entry = fonts[place : place + fonts[place] + 1] if place < len(fonts) else b""
        name = entry[40:].decode("utf-16-le", "replace")
        return name.partition("\0")[0]

    def _in_file(self, at: int) -> int:
        index = bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1
        if index < 0:
            return -1
        piece = self.pieces[index]
        return piece.place + (at - piece.start) * piece.width


def open_word(source: Source) -> WordFile:
    """The characters of a file. Raises Unreadable where it is locked, damaged or older still."""
    if source.read(2) in _OLDER:
        raise Unreadable(
            f"“{source.name}” was written by a Word older than Word 6 and cannot be read as it is.",
            "Open it in LibreOffice and save it as .docx.",
        )
    with Compound(source) as file:
        main = file.stream("WordDocument")
        tables = {number: file.stream(f"{number}Table") for number in (0, 1)}
        damaged, objects = file.damaged, len(file.names(("ObjectPool",)))
    try:
        magic, version = struct.unpack_from("<HH", main)
        (flags,) = struct.unpack_from("<H", main, 10)
        if magic not in _MAGIC:
            raise ValueError("no Word file")
        if flags & _ENCRYPTED:
            raise Locked(
                f"“{source.name}” is locked with a password.",
                "Ask for a copy without a password, or open it and save it unlocked.",
            )
        table = tables[1 if flags & _SECOND_TABLE else 0]
        found = _word_6(main, flags) if version < _WORD_97 else _word_97(main, table)
    except (struct.error, IndexError, ValueError, OverflowError) as problem:
        raise Unreadable(
            f"“{source.name}” is damaged: its text cannot be found.",
            "Ask for it to be sent again in another format.",
        ) from problem
    found.damaged = damaged or "\0" in found.text
    found.objects = objects
    return found


def _word_97(main: bytes, table: bytes) -> WordFile:
    lengths = struct.unpack_from("<8i", main, 0x4C)
    (count,) = struct.unpack_from("<H", main, 152)
    tables = list(struct.iter_unpack("<II", main[154 : 154 + 8 * min(count, 200)]))
    place, length = tables[_PIECES]
    pieces = list(_pieces(table[place : place + length]))
    text, missing = _text(main, pieces)
    if (len(_NO_TEXT.findall(text)) - missing) * _LEAST_TEXT > len(text):
        raise ValueError("no text where it should be")
    found = WordFile(text, _stories(lengths), _joined, table=table, tables=tables, pieces=pieces)
    found.looks = runs(pages(main, found.part(_PARAGRAPHS)), paragraph_looks)
    styles = numbered_styles(found.part(_STYLES))
    starts, looks = found.looks
    found.looks = (
        starts,
        [replace(look, numbered=look.numbered or look.style in styles) for look in looks],
    )
    found.lists = any(look.numbered for look in found.looks[1])
    found.runs = runs(pages(main, found.part(_CHARACTERS)), character_looks)
    return found


def _word_6(main: bytes, flags: int) -> WordFile:
    """Word 6 and 95: one byte a character, in the code page of the language, mostly in one go."""
    first, last = struct.unpack_from("<II", main, 0x18)
    (language,) = struct.unpack_from("<H", main, 6)
    lengths = struct.unpack_from("<8i", main, 0x34)
    pieces = [_Piece(0, max(0, min(last, len(main)) - first), first, 1)]
    if flags & _COMPLEX:
        place, length = struct.unpack_from("<II", main, 0x160)
        listed = _pieces(main[place : place + length])
        pieces = [_Piece(one.start, one.end, one.place, 1) for one in listed]
    text = "".join(main[one.place : one.place + one.end - one.start].decode("latin-1")
                   for one in pieces)  # fmt: skip
    known = Pages([ansi_page(language)], [text.encode("latin-1")])
    return WordFile(
        text, _stories(lengths), lambda line: known.decode(line.encode("latin-1", "replace"))
    )


def _stories(lengths: tuple[int, ...]) -> dict[str, tuple[int, int]]:
    """Where each of the texts lies. Raises ValueError for lengths that cannot be."""
    if min(lengths) < 0 or sum(lengths) > _MOST:
        raise ValueError("texts of impossible lengths")
    found: dict[str, tuple[int, int]] = {}
    start = 0
    for name, length in zip(_STORIES, lengths, strict=True):
        found[name] = start, start + length
        start += length
    return found


def _pieces(clx: bytes) -> Iterator[_Piece]:
    """The pieces of the text ([MS-DOC] 2.9.38): behind lists of formatting (1) comes the table (2)
    of places and descriptors. Raises ValueError where there is no table."""
    place = 0
    while clx[place] == 1:
        place += 3 + int.from_bytes(clx[place + 1 : place + 3], "little")
    if clx[place] != 2:
        raise ValueError("no table of pieces")
    (length,) = struct.unpack_from("<I", clx, place + 1)
    plc = clx[place + 5 : place + 5 + length]
    count = (len(plc) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", plc)
    total = 0
    for index in range(count):
        (at,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
        start, end = starts[index], starts[index + 1]
        total += max(0, end - start)
        if start > end or total > _MOST:
            raise ValueError("pieces out of order")
        if at & _EIGHT_BIT:
            yield _Piece(start, end, (at & ~_EIGHT_BIT) // 2, 1)
        else:
            yield _Piece(start, end, at, 2)


def _text(main: bytes, pieces: list[_Piece]) -> tuple[str, int]:
    """All characters, each a UTF-16 unit, and how many are missing, for which U+0000 stands."""
    texts: list[str] = []
    missing = 0
    for piece in pieces:
        length = piece.end - piece.start
        data = main[piece.place : piece.place + length * piece.width]
        if piece.width == 1:
            text = data.decode("cp1252", "replace")
        else:
            units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) & ~1])
            text = "".join(map(chr, units))
        texts.append(text.ljust(min(length, len(main)), "\0"))
        missing += len(texts[-1]) - len(text)
    return "".join(texts), missing


def _joined(units: str) -> str:
    """The text with its halves of characters put together."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
