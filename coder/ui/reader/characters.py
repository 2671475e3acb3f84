"""Where characters begin and end as people see them: an emoji of several code points is one."""

from __future__ import annotations

from PySide6.QtCore import QTextBoundaryFinder

from coder.domain.text import Utf16Map

_REACH = 128
"""Code points looked at on either side of a place; no character is longer than that."""


def whole_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """The span `[start, end)` stretched so that neither end lies inside an extended grapheme
    cluster (Unicode annex 29, as Qt knows it); an empty span goes before the cluster."""
    first = _edge(text, start, before=True)
    return first, first if start == end else _edge(text, end, before=False)


def _edge(text: str, place: int, *, before: bool) -> int:
    if not 0 < place < len(text) or _is_plain(text, place):
        return place
    begin = max(0, place - _REACH)
    while begin < place - 1 and not _begins_plainly(text, begin):
        begin += 1
    around = text[begin : place + _REACH]
    units = Utf16Map(around)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, around)
    finder.setPosition(units.to_units(place - begin))
    if not finder.isAtBoundary():
        (finder.toPreviousBoundary if before else finder.toNextBoundary)()
    return begin + units.to_points(finder.position())


def _is_plain(text: str, place: int) -> bool:
    """Whether the place lies between two characters of ASCII, where none is parted but a line
    break of two."""
    pair = text[place - 1 : place + 1]
    return pair.isascii() and pair != "\r\n"


def _begins_plainly(text: str, place: int) -> bool:
    return place == 0 or _is_plain(text, place)
