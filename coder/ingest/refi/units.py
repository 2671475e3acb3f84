"""In which units a project file counts the places of its selections, found out from its texts.

The standard counts Unicode code points. Programs count UTF-16 units too, and a line end of two
characters (CR LF) as two or as one, whatever it is in the text that they hand over; and some count
the byte order mark. A person selects whole words, so the right units are those in which most
selections begin and end at the edges of words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import product

from coder.domain.text import whole_words

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_MOST = 20_000
"""So many selections are enough to tell."""

AS_THEY_ARE, ONE, TWO = "as they are", "one", "two"


@dataclass(frozen=True, slots=True)
class Units:
    """A way of counting: characters beyond the basic plane as one or two, line ends as they stand
    in the file, as one or as two, and the byte order mark or not."""

    astral: int = 1
    breaks: str = AS_THEY_ARE
    mark: int = 0

    def __str__(self) -> str:
        unit = "UTF-16 units" if self.astral == 2 else "Unicode code points"
        breaks = "" if self.breaks == AS_THEY_ARE else f", with line ends as {self.breaks}"
        return unit + breaks + (", with the byte order mark" if self.mark else "")


STANDARD = Units()

_EVERY = [
    Units(astral, breaks, mark)
    for mark, breaks, astral in product((0, 1), (AS_THEY_ARE, ONE, TWO), (1, 2))
]


class RawText:
    """A text as it stands in a file. `text` is the same with line feeds as line ends."""

    def __init__(self, raw: str, *, marked: bool = False) -> None:
        self.raw = raw
        self.marked = marked
        self.text = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw

    @cached_property
    def _astral(self) -> list[int]:
        return [] if self.text.isascii() else [m.start() for m in _ASTRAL.finditer(self.text)]

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    @cached_property
    def _pairs(self) -> list[int]:
        """Where a line end of two characters stands in `text`."""
        found = re.finditer("\r\n", self.raw) if "\r" in self.raw else ()
        return [match.start() - before for before, match in enumerate(found)]

    def wide(self, units: Units) -> list[int]:
        """The places in `text` of what counts as two."""
        astral = self._astral if units.astral == 2 else []
        breaks = {AS_THEY_ARE: self._pairs, ONE: [], TWO: self._breaks}[units.breaks]
        return list(merge(astral, breaks))


class Places:
    """Turns places that a file gives for a text into code points of its `text`."""

    def __init__(self, text: RawText, units: Units) -> None:
        self._offset = units.mark if text.marked else 0
        self._passed = [place + before + 1 for before, place in enumerate(text.wide(units))]

    def point(self, place: int) -> int:
        """The code point that a place means; within a character of two, its beginning."""
        place -= self._offset
        return place - bisect_right(self._passed, place)


Spans = Sequence[tuple[int, int]]
"""Where selections stand; one without any length is a place where something begins."""


def units_of(texts: Iterable[tuple[RawText, Spans]]) -> Units:
    """The units in which these selections are given, each text with those in it. Where several
    fit alike, or there is nothing to tell by, the first: those of the standard before others."""
    scores = dict.fromkeys(_EVERY, 0)
    seen = 0
    for text, spans in texts:
        told: dict[tuple[int, ...], int] = {}
        for units in _EVERY:
            key = (units.mark if text.marked else 0, *text.wide(units))
            if key not in told:
                told[key] = _score(text, spans, units)
            scores[units] += told[key]
        seen += len(spans)
        if seen > _MOST:
            break
    return max(_EVERY, key=scores.__getitem__)


def _score(text: RawText, spans: Spans, units: Units) -> int:
    """How well the ends of these selections fit: those at edges of words most, and of these most
    those that have no white space inside."""
    places = Places(text, units)
    return sum(_edges(text.text, places.point(start), places.point(end)) for start, end in spans)


def _edges(text: str, start: int, end: int) -> int:
    if not 0 <= start <= end <= len(text):
        return 0
    return _begins(text, start) + (_ends(text, start, end) if start < end else 0)


def _begins(text: str, start: int) -> int:
    """How likely it is that something begins here; the end of a text is as good as a word."""
    if start == len(text):
        return 3
    return 2 * (whole_words(text, start, start + 1)[0] == start) + (not text[start].isspace())


def _ends(text: str, start: int, end: int) -> int:
    """How likely it is that a selection ends here; a line is often selected with its end."""
    bare = text[end - 1] == "\n" or not text[end - 1].isspace()
    return 2 * (whole_words(text, start, end)[1] == end) + bare
