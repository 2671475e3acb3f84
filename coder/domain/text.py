"""Positions in text: code points for us, UTF-16 units for Qt, and the words between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Converts positions in one text between code points and UTF-16 units, both ways.

    Only the characters beyond the Basic Multilingual Plane are remembered (each takes two units),
    so the map of a text without any is empty, and a look-up is a bisection.
    """

    def __init__(self, text: str) -> None:
        self._points = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + index + 1 for index, point in enumerate(self._points)]

    def to_units(self, point: int) -> int:
        """The UTF-16 position of a code point position."""
        return point + bisect_left(self._points, point)

    def to_points(self, unit: int) -> int:
        """The code point position of a UTF-16 position; inside a surrogate pair, the pair's own."""
        return unit - bisect_right(self._units, unit)


def occurrence(text: str, words: str, nth: int = 1) -> int:
    """Where the `nth` (from 1) occurrence of `words` begins in `text`, or -1.

    Occurrences may overlap.
    """
    place = -1
    for _ in range(nth):
        place = text.find(words, place + 1)
        if place < 0:
            break
    return place


def snippet(text: str, start: int, end: int, around: int = 60) -> str:
    """The words of `[start, end)` in `«»` with about `around` code points on either side, on one
    line and cut at word boundaries."""
    left = max(0, start - around)
    right = min(len(text), end + around)
    before = text[left:start]
    after = text[end:right]
    if left > 0:
        before = "…" + before[before.find(" ") + 1 :]
    if right < len(text):
        cut = after.rfind(" ")
        after = (after if cut < 0 else after[:cut]).rstrip() + "…"
    return re.sub(r"\s+", " ", f"{before}«{text[start:end]}»{after}").strip()


def clock(ms: int) -> str:
    """A time in a recording as citations give it: `02:14`, `1:02:14` beyond an hour."""
    seconds = ms // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes:02}:{second:02}"
