"""Turns the characters of an old Word file into paragraphs ([MS-DOC] 2.4): tables, fields, notes.

Notes follow the body, then comments, text boxes, and what headers and footers say that the body
does not; the numbers of lists are made by Word when it shows them and are not in the text.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from coder.domain.model import Style
from coder.ingest.beside import Part, comment, fresh_margins, note_mark, unread
from coder.ingest.old_word.file import (
    COMMENT_MARKS,
    COMMENTERS,
    COMMENTS,
    ENDNOTE_MARKS,
    ENDNOTES,
    FOOTNOTE_MARKS,
    FOOTNOTES,
    HEADERS,
    WordFile,
)

_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_CELL, _PARAGRAPH = "\x07", "\r"
_ENDS = _CELL + _PARAGRAPH + "\x0c\x0e"
_CHARACTERS = {
    "\x0b": "\n", "\x1e": "\N{NON-BREAKING HYPHEN}", "\x1f": "\N{SOFT HYPHEN}", "\t": "\t",
}  # fmt: skip
_PICTURES = "\x01\x08"
_COMMENT_SIZE = 30
_MARGINS = ("Header", "Header", "Footer", "Footer", "Header", "Footer")
_SEPARATORS = 6
_CODE = re.compile("\x13[^\x13-\x15]{0,200}")
_REFILLED = re.compile(
    "\x13\\s*(?:DATE|TIME|FILENAME|FILESIZE|SAVEDATE|PRINTDATE|EDITTIME)\\b", re.IGNORECASE
)
_COMPOSED = re.compile("\x13\\s*(?:EQ|MACROBUTTON\\s+\\S+)\\s+", re.IGNORECASE)
_TALLEST_CELL = 3


class Reading:
    """One file while its texts are read."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._unread: Counter[str] = Counter()
        self._numbered = False
        marks = sorted({*file.places(FOOTNOTE_MARKS, 2)[:-1], *file.places(ENDNOTE_MARKS, 2)[:-1]})
        self._marks = {at: note_mark(count) for count, at in enumerate(marks, start=1)}

    def parts(self) -> list[Part]:
        """Everything there is to read, in order."""
        start, end = self._file.stories["body"]
        body = list(self._story(start, end))
        boxes = [(f"Text box: {text}", Style.NOTE) for text in self._lines("boxes")]
        margins = [*self._margins(), *(("Header", text) for text in self._lines("header_boxes"))]
        notes = [*self._notes(), *self._comments()]
        return [*body, *notes, *boxes, *fresh_margins(margins, body)]

    def problems(self) -> Iterator[str]:
        """Sentences on what was not read."""
        if self._numbered:
            yield (
                "The numbers that Word gives to lists by itself are not in the text; with "
                "LibreOffice installed they would be."
            )
        if self._file.damaged:
            yield "The file is damaged; what could be read of it is here."
        yield from unread(self._unread + Counter({"embedded object": self._file.objects}))

    @property
    def refilled(self) -> bool:
        """Whether there are fields that a program fills in anew whenever it opens the file."""
        return any(_REFILLED.match(code) for code in _CODE.findall(self._file.text))

    @property
    def composed(self) -> bool:
        """Whether there are fields that say something without a result stored beside them."""
        return any(_COMPOSED.match(code) for code in _CODE.findall(self._file.text))

    def _at(self, name: str) -> tuple[int, int]:
        return self._file.stories[name]

    def _lines(self, name: str) -> Iterator[str]:
        """The paragraphs of a story that are not blank."""
        return (text for text, _ in self._story(*self._at(name)) if text.strip())

    def _notes(self) -> Iterator[Part]:
        """Footnotes and endnotes in the order of their marks."""
        told: dict[int, str] = {}
        for marks, texts, name in (
            (FOOTNOTE_MARKS, FOOTNOTES, "footnotes"),
            (ENDNOTE_MARKS, ENDNOTES, "endnotes"),
        ):
            places = self._file.places(marks, 2)
            told.update(zip(places, self._split(texts, name), strict=False))
        for at, mark in self._marks.items():
            if told.get(at):
                yield f"{mark} {told[at]}", Style.NOTE

    def _comments(self) -> Iterator[Part]:
        authors = list(_strings(self._file.part(COMMENTERS)))
        marks = self._file.part(COMMENT_MARKS)
        count = max(0, (len(marks) - 4) // (4 + _COMMENT_SIZE))
        for index, text in enumerate(self._split(COMMENTS, "comments")):
            at = 4 * (count + 1) + _COMMENT_SIZE * index + 20
            who = int.from_bytes(marks[at : at + 2], "little")
            if text:
                yield comment(authors[who] if who < len(authors) else "", text)

    def _margins(self) -> Iterator[tuple[str, str]]:
        """Headers and footers: six of each section, behind the separators of notes."""
        for count, text in enumerate(self._split(HEADERS, "headers")):
            if count >= _SEPARATORS and text:
                yield _MARGINS[(count - _SEPARATORS) % len(_MARGINS)], text

    def _split(self, index: int, name: str) -> Iterator[str]:
        """The texts of a story one by one, each on lines of its own."""
        first, last = self._at(name)
        places = self._file.places(index, 0)
        for start, end in pairwise(places):
            story = self._story(min(first + start, last), min(first + end, last))
            yield "\n".join(filter(None, (text.strip() for text, _ in story)))

    def _story(self, start: int, end: int) -> Iterator[Part]:
        """The paragraphs of `[start, end)`; a row of a table is one, with tabs between cells."""
        text = self._file.text[start:end]
        outside = _outside_fields(text, self._file.unseen(start, end))
        line: list[str] = []
        cell: list[str] = []
        row: list[list[str]] = []
        for offset, char in enumerate(text):
            at = start + offset
            if char not in _ENDS:
                if outside[offset]:
                    line.append(self._shown(char, at))
                continue
            look = self._file.look(at)
            words = self._file.decode("".join(line))
            line.clear()
            if char == _CELL and (look.row_end or (not cell and not words and _filled(row))):
                yield from _row(row)
                row = []
            elif char == _CELL:
                row.append([*cell, words])
                cell = []
            elif look.in_table and char == _PARAGRAPH:
                cell.append(words)
            else:
                yield from _row([*row, cell] if cell else row)
                row, cell = [], []
                yield self._paragraph(words, at)
        yield from _row([*row, cell])
        yield self._file.decode("".join(line)), Style.BODY

    def _paragraph(self, words: str, at: int) -> Part:
        look = self._file.look(at)
        if 1 <= look.style <= 9:
            return words, Style.HEADING
        self._numbered |= look.numbered and bool(words.strip())
        return words, Style.LIST if look.numbered else Style.BODY

    def _shown(self, char: str, at: int) -> str:
        """What a reader sees of a character."""
        mark = self._marks.get(at, "")
        if char == "(" or "\uf000" <= char <= "\uf0ff":
            return self._symbol(char, at) + mark
        if char >= " ":
            return char + mark
        if char in _PICTURES:
            self._unread["picture"] += 1
        return _CHARACTERS.get(char, mark)

    def _symbol(self, char: str, at: int) -> str:
        """A character of a font of symbols, or the bracket that it is."""
        from coder.ingest.word.symbols import symbol

        run = self._file.run(at)
        if char == "(" and run.symbol is None:
            return char
        font, code = run.symbol or (run.font, ord(char))
        return symbol(self._file.font(font), f"{code:X}") or "•"


def _outside_fields(text: str, unseen: list[bool]) -> list[bool]:
    """Which characters are to be seen: not the codes of fields, only their results."""
    shown = [not one for one in unseen]
    begun: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if char == _FIELD:
            begun.append((at, -1))
        elif char == _RESULT and begun:
            begun[-1] = begun[-1][0], at
        elif char == _FIELD_END and begun:
            first, result = begun.pop()
            composed = _COMPOSED.match(text[first:at]) if result < 0 else None
            hidden_to = first + composed.end() - 1 if composed else at if result < 0 else result
            for place in range(first, hidden_to + 1):
                shown[place] = False
    return shown


def _filled(row: list[list[str]]) -> bool:
    return any(text for cell in row for text in cell)


def _row(cells: list[list[str]]) -> Iterator[Part]:
    """A row as one paragraph, or where it only arranges the page, each paragraph in it."""
    filled = [[text for text in cell if text.strip()] for cell in cells]
    if max(map(len, filled), default=0) > _TALLEST_CELL or sum(map(bool, filled)) < 2:
        yield from ((text, Style.BODY) for cell in filled for text in cell)
        return
    texts = (" ".join(text.strip().replace("\n", " ") for text in cell) for cell in filled)
    yield "\t".join(texts).rstrip(), Style.TABLE


def _strings(data: bytes) -> Iterator[str]:
    """Names one after the other, each behind its length in characters."""
    place = 0
    while place + 2 <= len(data):
        (length,) = struct.unpack_from("<H", data, place)
        place += 2
        yield data[place : place + 2 * length].decode("utf-16-le", "replace")
        place += 2 * length
