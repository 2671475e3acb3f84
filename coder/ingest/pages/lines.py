"""The lines of a PDF's pages with their places, as PDFium finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice, pairwise, takewhile
from typing import Any

from coder.ingest.beside import note_mark
from coder.ingest.pages.hyphens import HYPHEN

_FREE_TEXT, _NOTE, _WIDGET = 3, 1, 20
_MARKUP = frozenset({_NOTE, _FREE_TEXT, 9, 10, 11, 12})
_LEAST_DROP = 0.3
_SMALL, _RISE = 0.85, 0.12
_LONGEST_MARK = 3
_WIDE, _EVEN = 2.0, 0.4
_LABEL = re.compile(
    r"((?:[•▪●■◦○–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]?|\d{1,2}(?:\.\d{1,2})+\.?))\t([^\t]*)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page. Places are points from the page's left and lower edge, `size` is
    the height of its letters; `level` is false where the text is turned."""

    text: str
    page: int
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    level: bool = True


def page_lines(page: Any, number: int) -> list[Line]:
    """The lines of a page (a PdfPage; `number` from 1) in the order in which they are written."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        codes = [pdfium.FPDFText_GetUnicode(text, i) for i in range(text.count_chars())]
        return [line for run in _runs(codes, text) if (line := _line(run, codes, text, number))]
    finally:
        text.close()


def _runs(codes: list[int], text: Any) -> Iterator[range]:
    """The characters of each line; a hyphen that does end one belongs to it."""
    start = 0
    for place, code in enumerate(codes):
        if code in (10, 13):
            yield range(start, place)
            start = place + 1
        elif code == ord(HYPHEN) and _drops(place, len(codes), text):
            yield range(start, place + 1)
            start = place + 1
    yield range(start, len(codes))


def _drops(place: int, count: int, text: Any) -> bool:
    """Whether the text goes on lower, or in another column, after a hyphen."""
    if place == 0 or place + 1 >= count:
        return True
    left, low, _, high = text.get_charbox(place - 1, loose=True)
    next_left, next_low, _, _ = text.get_charbox(place + 1, loose=True)
    return bool(abs(next_low - low) > _LEAST_DROP * (high - low) or next_left < left)


def _line(run: range, codes: list[int], text: Any, number: int) -> Line | None:
    import pypdfium2.raw as pdfium

    seen = [place for place in run if codes[place] > 32 and codes[place] != 0xA0]
    if not seen:
        return None
    last = run[-1]
    marks = _raised(seen, codes, text)
    gaps = _gaps(run, codes, text)
    words = "".join(
        "-" if codes[place] == ord(HYPHEN) and place != last
        else "\t" if place in gaps
        else marks.get(place, chr(codes[place]))
        for place in run
    )  # fmt: skip
    left, bottom, _, top = text.get_charbox(seen[0], loose=True)
    right = text.get_charbox(seen[-1], loose=True)[2]
    level = abs(pdfium.FPDFText_GetCharAngle(text, seen[0])) < 0.02
    words = readable(words).strip(" \t")
    if label := _LABEL.fullmatch(words):
        words = f"{label[1]} {label[2]}"
    return Line(words, number, left, right, bottom, top - bottom, level)


def _raised(seen: list[int], codes: list[int], text: Any) -> dict[int, str]:
    """The figures that are set smaller than their neighbour and above the line: marks of notes and
    powers, which would else run together with what they hang on. At the beginning of a line one
    stands before its note, and gets a space behind it."""
    marks: dict[int, str] = {}
    for before, place in pairwise([None, *seen]):
        if place is None or not 48 <= codes[place] <= 57:
            continue
        if before in marks and before == place - 1 and not _above(before, place, text):
            marks[place] = note_mark(codes[place] - 48)
            continue
        beside = [before] if before == place - 1 else _behind(place, codes)
        if any(_above(place, one, text) for one in beside if one is not None):
            marks[place] = note_mark(codes[place] - 48)
    if seen[0] in marks:
        last = next(place for place in count(seen[0]) if place + 1 not in marks)
        marks[last] += " "
    return marks


def _behind(place: int, codes: list[int]) -> list[int]:
    """What stands right behind the first figure of a mark: more of them, and what it marks."""
    word = takewhile(lambda one: codes[one] > 32, range(place + 1, len(codes)))
    return list(islice(word, _LONGEST_MARK))


def _above(place: int, beside: int, text: Any) -> bool:
    _, low, _, high = text.get_charbox(place, loose=True)
    _, foot, _, top = text.get_charbox(beside, loose=True)
    return bool(high - low < _SMALL * (top - foot) and low - foot > _RISE * (top - foot))


def _gaps(run: range, codes: list[int], text: Any) -> set[int]:
    """The spaces that are so wide that they part the cells of a table. A line of which all spaces
    are as wide is stretched to the edge of its column."""
    widths = {}
    for place in run[1:-1]:
        before, behind = codes[place - 1], codes[place + 1]
        if codes[place] == 32 and all(one > 32 and not _leftward(one) for one in (before, behind)):
            _, low, right, high = text.get_charbox(place - 1, loose=True)
            left = text.get_charbox(place + 1, loose=True)[0]
            widths[place] = (left - right) / max(0.1, high - low)
    gaps = {place for place, width in widths.items() if width > _WIDE}
    stretched = len(gaps) > 2 and max(widths.values()) - min(widths.values()) < _EVEN
    return set() if stretched else gaps


def _leftward(code: int) -> bool:
    """Whether a letter is of a script that runs to the left, where places go down."""
    return 0x590 <= code <= 0x8FF or 0xFB1D <= code <= 0xFEFC


def readable(text: str) -> str:
    """With whole characters where there are surrogates, a plain bullet for Word's own, and
    without control characters, but for the hyphens that end lines."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = re.sub("[\uf0b7\uf0a7\uf076]", "•", text)
    text = re.sub("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    text = re.sub(r"[ \xa0]*\t[ \xa0\t]*", "\t", text)
    return re.sub(r"[ \xa0]+", " ", text)


def page_annotations(page: Any) -> Iterator[tuple[bool, str]]:
    """What was written onto a page afterwards: comments, and the filled-in fields of a form as
    `name: value` (then the first is true)."""
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind in _MARKUP and (comment := _value(annotation, b"Contents")):
                yield False, comment
            elif kind == _WIDGET and (value := _value(annotation, b"V")) not in ("", "Off"):
                yield True, f"{_value(annotation, b'T')}: {value}".removeprefix(": ")
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _value(annotation: Any, key: bytes) -> str:
    import ctypes

    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(annotation, key, pointer, size)
    text = buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")
    return readable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
