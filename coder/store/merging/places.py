"""Where passages stand in a transcript that others corrected meanwhile."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from coder.domain.carrying import carried, still_there
from coder.domain.rewording import Rewording, Span, visible

Line = tuple[str, str]
"""A segment's id and its words."""


@dataclass(frozen=True, slots=True)
class _Region:
    """A stretch of the old text that became another: where it lies, and what became of it."""

    span: Span
    change: Rewording


class Moved:
    """What became of the places of a transcript between two states of its lines."""

    def __init__(self, old: Sequence[Line], new: Sequence[Line]) -> None:
        self.old = "\n".join(text for _, text in old)
        self.new = "\n".join(text for _, text in new)
        self._regions: list[_Region] = []
        self._texts: list[str] = []
        text = self.old
        for span, words in reversed(_changed(old, new)):
            text = text[: span[0]] + words + text[span[1] :]
            self._regions.append(_Region(span, Rewording(self.old[slice(*span)], words)))
            self._texts.append(text)

    def place(self, span: Span, quote: str) -> tuple[Span, bool]:
        """Where a passage with these words is now, and whether that is certain."""
        found, sure = span, self.old[slice(*span)] == quote
        if not sure:
            found = _nearest(self.old, quote, span) or _within(self.old, span)
        for region, text in zip(self._regions, self._texts, strict=True):
            sure = sure and still_there(found, region.span, region.change, text) is not None
            try:
                found = carried(found, region.span, region.change, text)
            except ValueError:
                found = _beside(text, region.span[0])
        return found, sure

    def part(self, span: Span) -> Span | None:
        """Where words that are left out of a passage are now; None where none is left."""
        found: Span | None = span
        for region, text in zip(self._regions, self._texts, strict=True):
            if found:
                found = still_there(found, region.span, region.change, text)
        return found


def _changed(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[Span, str]]:
    """The stretches of the old text that became others, in order, with their new words. Line breaks
    belong to the stretch where lines came or went."""
    starts = [0]
    for _, text in old:
        starts.append(starts[-1] + len(text) + 1)
    length = max(0, starts[-1] - 1)
    found: list[tuple[Span, str]] = []
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = (old[head : len(old) - tail], new[head : len(new) - tail])
    matcher = SequenceMatcher(None, *middle, autojunk=False)
    pieces = [
        [head + place for place in places]
        for kind, *places in matcher.get_opcodes()
        if kind != "equal"
    ]
    for a, b, c, d in pieces:
        words = "\n".join(text for _, text in new[c:d])
        if a < b and c < d:
            found.append(((starts[a], starts[b] - 1), words))
        elif a < b:
            span = (starts[a], starts[b]) if b < len(old) else (max(0, starts[a] - 1), length)
            found.append((span, ""))
        elif a < len(old):
            found.append(((starts[a], starts[a]), f"{words}\n"))
        else:
            found.append(((length, length), f"\n{words}" if old else words))
    return found


def _alike(one: Sequence[Line], other: Sequence[Line]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _nearest(text: str, quote: str, span: Span) -> Span | None:
    """The place nearest to this one where these words stand."""
    places = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        return None
    near = bisect_right(places, span[0])
    best = min(places[max(0, near - 1) : near + 1], key=lambda place: abs(place - span[0]))
    return best, best + len(quote)


def _within(text: str, span: Span) -> Span:
    start, end = min(span[0], len(text)), min(span[1], len(text))
    return visible(text, start, end) or _beside(text, start)


def _beside(text: str, place: int) -> Span:
    """The word nearest to a place of a text; nothing where it has none."""
    if not text.strip():
        return 0, 0
    return Rewording("", text).nearest(0) if place <= 0 else _word_at(text, place)


def _word_at(text: str, place: int) -> Span:
    start = len(text[:place].rstrip())
    if not start:
        return Rewording("", text).nearest(0)
    begin = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    return begin, start
