"""Segments of a transcript: where they lie, and what a correction makes of their words and times.

A word that a person wrote is certain: its probability is 1. Times are milliseconds on the
recording's clock and never leave the segment.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import overload
from unicodedata import category

from coder.domain.model import Segment, Word, new_id
from coder.domain.rewording import Piece, Rewording
from coder.domain.text import whole_words

_CLOSING = ("Po", "Pe", "Pf")
"""What Unicode calls signs that close or part: they end a word and begin none."""

_KEPT = attrgetter(*(field.name for field in fields(Segment)[:-1]))
"""All that a segment says but where it starts, in the order of its fields: thousands are placed
anew at once, and this takes a third of the time of `replace`."""


class WordTimes(Sequence[tuple[int, int]]):
    """When each word of a transcript is spoken, as `(code point, ms)`, ascending; a segment whose
    words have no times stands as one. Each is worked out when it is asked for."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._ends = list(accumulate(max(1, len(one.words)) for one in segments))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        place = bisect_right(self._ends, index)
        segment = self._segments[place]
        if not segment.words:
            return segment.start, segment.start_ms
        word = segment.words[index - (self._ends[place - 1] if place else 0)]
        return segment.start + word.start, word.start_ms


def laid_out(segments: Iterable[Segment]) -> list[Segment]:
    """The segments with the places where they lie in the text, a line each."""
    placed, start = [], 0
    for segment in segments:
        placed.append(segment if segment.start == start else Segment(*(*_KEPT(segment), start)))
        start += len(segment.text) + 1
    return placed


def order_of(segment: Segment) -> tuple[float, str]:
    """By what segments are put in order; two copies of a project may give the same position."""
    return segment.position, segment.id


def between(before: float, after: float | None) -> float | None:
    """A position between two others (behind the first where no other follows); None where they
    lie so close that there is none."""
    if after is None:
        return float(int(before) + 1)
    middle = (before + after) / 2
    return middle if before < middle < after else None


def reworded(segment: Segment, text: str) -> Segment:
    """The segment with another text.

    Words that stayed keep time and probability. Words in place of others share their time by
    length, and words put in between get the pause there. What was there first is kept as `heard`.
    A segment without word times stays without. A person stands by what they wrote.
    """
    heard = segment.heard or segment.text
    words = tuple(_timed(segment, Rewording(segment.text, text))) if segment.words else ()
    heard = "" if heard == text else heard
    return replace(segment, text=text, words=words, heard=heard, checked=True)


def certain(segment: Segment) -> Segment:
    """The segment with nothing in doubt: a person has listened and heard the same."""
    words = tuple(replace(word, probability=1.0) for word in segment.words)
    return replace(segment, words=words, checked=True)


def parted(segment: Segment, at: int) -> tuple[Segment, Segment] | None:
    """The segment in two, at the word boundary at or before `at` (code points of its text; a comma
    or point stays with its word); None where nothing would be left on one side.

    The second has a new id, and no position of its own yet. It begins when its first word does, or
    in proportion where words have no times.
    """
    at = _boundary(segment.text, at)
    first, rest = segment.text[:at].rstrip(), segment.text[at:].lstrip()
    if not first.strip() or not rest.strip():
        return None
    at = len(segment.text) - len(rest)
    words, later = _words_parted(segment, at)
    length = segment.end_ms - segment.start_ms
    begins = later[0].start_ms if later else segment.start_ms + length * at // len(segment.text)
    ends = words[-1].end_ms if words else begins
    heard = _heard_parted(segment, at)
    return (
        replace(segment, text=first, end_ms=ends, words=words, heard=heard[0]),
        replace(
            segment, id=new_id(), text=rest, start_ms=begins, words=later, heard=heard[1], start=0
        ),
    )


def joined(first: Segment, second: Segment) -> Segment:
    """Both as the first one, a space between them. Its doubts are those of the more doubtful."""
    shift = len(first.text) + 1
    words = (*first.words, *(_shifted(word, shift) for word in second.words))
    heard = ""
    if first.heard or second.heard:
        heard = f"{first.heard or first.text} {second.heard or second.text}"
    return replace(
        first,
        text=f"{first.text} {second.text}",
        end_ms=max(first.end_ms, second.end_ms),
        speaker=first.speaker or second.speaker,
        confidence=min(first.confidence, second.confidence),
        no_speech=max(first.no_speech, second.no_speech),
        compression=max(first.compression, second.compression),
        temperature=max(first.temperature, second.temperature),
        words=words,
        heard=heard,
        checked=first.checked and second.checked,
    )


def _boundary(text: str, at: int) -> int:
    """The beginning of the word at a place, or the end of the signs that follow a word there."""
    if not 0 < at < len(text):
        return at
    at = whole_words(text, at, at + 1)[0]
    while 0 < at < len(text) and not text[at - 1].isspace() and category(text[at]) in _CLOSING:
        at += 1
    return at


def _shifted(word: Word, by: int) -> Word:
    return replace(word, start=word.start + by, end=word.end + by)


def _words_parted(segment: Segment, at: int) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    cut = bisect_left(segment.words, at, key=lambda word: word.start)
    later = tuple(_shifted(word, -at) for word in segment.words[cut:])
    return tuple(replace(word, end=min(word.end, at)) for word in segment.words[:cut]), later


def _heard_parted(segment: Segment, at: int) -> tuple[str, str]:
    """What was there first, parted where the text is."""
    if not segment.heard:
        return "", ""
    place = Rewording(segment.text, segment.heard).part(at)
    if 0 < place < len(segment.heard):
        place = _boundary(segment.heard, place)
    return segment.heard[:place].rstrip(), segment.heard[place:].lstrip()


def _timed(segment: Segment, change: Rewording) -> Iterator[Word]:
    pieces = [piece for piece in change.pieces if piece.new < piece.new_end]
    kept = {id(piece): list(_kept(segment, change, piece)) for piece in pieces if piece.kept}
    clock = segment.start_ms
    for place, piece in enumerate(pieces):
        if piece.kept:
            yield from kept[id(piece)]
            clock = kept[id(piece)][-1].end_ms if kept[id(piece)] else clock
            continue
        after = next((kept[id(p)][0] for p in pieces[place:] if kept.get(id(p))), None)
        latest = after.start_ms if after else segment.end_ms
        begins, ends = _time_of(segment, change, piece) or (clock, latest)
        begins = min(max(begins, clock), max(latest, clock))
        ends = min(max(ends, begins), max(latest, begins))
        words = change.new_words[piece.new : piece.new_end]
        for (start, end), (from_ms, to_ms) in zip(words, _shares(words, begins, ends), strict=True):
            yield Word(start, end, from_ms, to_ms, 1.0)
        clock = ends


def _kept(segment: Segment, change: Rewording, piece: Piece) -> Iterator[Word]:
    """The recognised words that lie in words which stayed, in their new places."""
    for step in range(piece.old_end - piece.old):
        start, end = change.old_words[piece.old + step]
        shift = change.new_words[piece.new + step][0] - start
        first = bisect_left(segment.words, start, key=lambda word: word.start)
        for word in segment.words[first:]:
            if word.end > end:
                break
            yield _shifted(word, shift)


def _time_of(segment: Segment, change: Rewording, piece: Piece) -> tuple[int, int] | None:
    """When the old words of a piece are spoken; None where none of them has a time."""
    if piece.old == piece.old_end:
        return None
    start, end = change.old_words[piece.old][0], change.old_words[piece.old_end - 1][1]
    spoken = [word for word in segment.words if word.start < end and word.end > start]
    return (spoken[0].start_ms, spoken[-1].end_ms) if spoken else None


def _shares(words: list[tuple[int, int]], begins: int, ends: int) -> Iterator[tuple[int, int]]:
    """The time parted among words by their lengths."""
    whole = sum(end - start for start, end in words)
    edges, passed = [begins], 0
    for start, end in words:
        passed += end - start
        edges.append(begins + round((ends - begins) * passed / whole))
    return pairwise(edges)


def spoken_at(segments: Sequence[Segment], start: int) -> int | None:
    """When the word at `start` of a transcript is spoken, in milliseconds; the segment's own time
    where its words have none, None before the first segment."""
    place = bisect_right(segments, start, key=lambda segment: segment.start) - 1
    if place < 0:
        return None
    segment = segments[place]
    for word in segment.words:
        if segment.start + word.end > start:
            return word.start_ms
    return segment.start_ms


def spoken_by(segments: Sequence[Segment], start: int, end: int) -> list[str]:
    """Who speaks in the words `[start, end)` of a transcript, sentence by sentence; empty where
    nobody is named."""
    first = max(0, bisect_right(segments, start, key=lambda segment: segment.start) - 1)
    last = bisect_left(segments, end, key=lambda segment: segment.start)
    within = [one for one in segments[first:last] if one.end > start]
    return [" ".join(one.speaker.split()) for one in within]


def spoken_between(segments: Sequence[Segment], start: int, end: int) -> tuple[int, int] | None:
    """From when to when the words of `[start, end)` of a transcript are spoken: from its first
    word to the end of its last, or the segments' own times where words have none. None where
    there are no words."""
    first = max(0, bisect_right(segments, start, key=lambda segment: segment.start) - 1)
    touched = []
    for segment in segments[first:]:
        if segment.start >= end:
            break
        if segment.end > start:
            touched.append(segment)
    if not touched or start >= end:
        return None
    begins, ends = touched[0], touched[-1]
    opening = [word for word in begins.words if begins.start + word.end > start]
    closing = [word for word in ends.words if ends.start + word.start < end]
    from_ms = opening[0].start_ms if opening else begins.start_ms
    return from_ms, max(from_ms, closing[-1].end_ms if closing else ends.end_ms)


def turns(segments: Iterable[Segment]) -> list[tuple[int, str]]:
    """Where in the text another speaker begins, with the name (empty for nobody known); nothing
    where nobody is named."""
    found: list[tuple[int, str]] = []
    for segment in segments:
        if segment.speaker != (found[-1][1] if found else ""):
            found.append((segment.start, segment.speaker))
    return found
