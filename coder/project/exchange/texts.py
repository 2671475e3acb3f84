"""Texts that came in a file as they are kept here, and where the places that the file gives lie in
them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from coder.domain.interchange import SyncPoint, derived
from coder.domain.model import Paragraph, Segment
from coder.domain.segments import laid_out
from coder.ingest.refi.units import Places, RawText, Units
from coder.ingest.text import read_text

Point = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A text as it is kept here, and `point`, which turns a place of the file into a code point of
    it."""

    text: str
    point: Point


def as_written(raw: RawText) -> Placed:
    """A text that was written here, every character of it, with places in code points."""
    return Placed(raw.raw, lambda place: place)


def tidied(raw: RawText, units: Units) -> Placed:
    """A text of another program, with line feeds as line ends."""
    return Placed(raw.text, Places(raw, units).point)


def onto(here: str, placed: Placed) -> Placed | None:
    """The same places in the text that is here already; None where it says something else. Line
    ends may differ: programs hand a text on with their own."""
    if here == placed.text:
        return Placed(here, placed.point)
    known = RawText(here)
    if known.text != RawText(placed.text).text:
        return None
    pairs = list(_pairs(known.raw))
    return Placed(here, lambda place: _shifted(pairs, placed.point(place)))


def _pairs(raw: str) -> Iterator[int]:
    """Where line ends of two characters stand, counted as one."""
    place, before = raw.find("\r\n"), 0
    while place >= 0:
        yield place - before
        before += 1
        place = raw.find("\r\n", place + 2)


def _shifted(pairs: Sequence[int], place: int) -> int:
    return place + bisect_left(pairs, place)


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text that stays as it is, numbered as those of a plain text are."""
    joined, numbered = read_text(text)
    found, place = [], 0
    for one in numbered:
        words = joined[one.start : one.end]
        start = text.find(words, place)
        if start < 0:
            continue
        place = start + len(words)
        found.append(replace(one, start=start, end=place))
    return tuple(found)


def transcribed(
    document_id: str, placed: Placed, sync: Sequence[SyncPoint]
) -> tuple[list[Segment], Placed] | None:
    """A transcript's lines as segments with their times, and the text that they make; empty lines
    stay out. None where no time is given.

    A line begins and ends when its ends are spoken: at the time of a sync point there, or in
    proportion between two.
    """
    times = _Times(placed, sync)
    if not times.places:
        return None
    segments: list[Segment] = []
    kept: list[tuple[int, int]] = []
    start = 0
    for line in placed.text.split("\n"):
        end = start + len(line)
        if line.strip():
            kept.append((start, end))
            begins = times.of(start, bisect_left)
            ends = max(begins, times.of(end, bisect_right))
            made = derived(document_id, "line", start)
            segments.append(Segment(made, document_id, len(segments), begins, ends, line))
        start = end + 1
    laid = laid_out(segments)
    starts = [old for old, _ in kept]
    text = "\n".join(one.text for one in laid)

    def point(place: int) -> int:
        at = placed.point(place)
        index = max(0, bisect_right(starts, at) - 1)
        if not kept:
            return 0
        old, end = kept[index]
        return laid[index].start + max(0, min(at, end) - old)

    return laid, Placed(text, point)


class _Times:
    """When the places of a transcript are spoken, by its sync points."""

    def __init__(self, placed: Placed, sync: Sequence[SyncPoint]) -> None:
        told = sorted(
            (placed.point(one.position), one.ms)
            for one in sync
            if one.position is not None and one.ms is not None
        )
        self.places = [place for place, _ in told]
        self._moments = [max(0, ms) for _, ms in told]

    def of(self, place: int, side: Callable[[Sequence[int], int], int]) -> int:
        """When a place is spoken. Of several sync points at one place, `side` says whether the
        first (`bisect_left`) or the last (`bisect_right`) counts."""
        index = side(self.places, place)
        exact = index if side is bisect_left else index - 1
        if 0 <= exact < len(self.places) and self.places[exact] == place:
            return self._moments[exact]
        if index in (0, len(self.places)):
            return self._moments[min(index, len(self.places) - 1)]
        before, behind = self.places[index - 1], self.places[index]
        earlier, later = self._moments[index - 1], self._moments[index]
        return earlier + (later - earlier) * (place - before) // max(1, behind - before)


def spoken_span(segments: Sequence[Segment], begin: int, end: int) -> tuple[int, int] | None:
    """The words of a transcript that are spoken in `[begin, end)` milliseconds, whole sentences;
    None where there are none."""
    heard = [one for one in segments if one.end_ms > begin and one.start_ms < end]
    return (heard[0].start, heard[-1].end) if heard else None
