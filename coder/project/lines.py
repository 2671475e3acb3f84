"""The lines of a transcript while they are being changed, and everyone's tags and quotes in baskets
carried with their words."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from coder.domain import segments
from coder.domain.carrying import carried, carried_item
from coder.domain.errors import Refused
from coder.domain.model import Coding, Segment
from coder.domain.rewording import Rewording, Span
from coder.project.codings import take_over
from coder.project.decisions import kept_standing
from coder.store.journal import Step


class Lines:
    """The lines of a segment's transcript as they stood before the act."""

    def __init__(self, tx: Step, segment: Segment) -> None:
        self.document_id = segment.document_id
        self._lines = tx.read.lines(segment.document_id)
        self._index = {line: place for place, (line, _, _) in enumerate(self._lines)}
        self.text = "\n".join(text for _, _, text in self._lines)

    def of(self, segment_id: str) -> Span:
        """Where a segment lies in the text."""
        place = self._index[segment_id]
        start = sum(len(text) + 1 for _, _, text in self._lines[:place])
        return start, start + len(self._lines[place][2])

    def with_break(self, segment_id: str) -> Span:
        """Where a segment lies, with the line break that goes when it goes."""
        start, end = self.of(segment_id)
        if end < len(self.text):
            return start, end + 1
        return max(0, start - 1), end

    def position(self, segment_id: str) -> float:
        """The position of a segment as the lines were read last."""
        return self._lines[self._index[segment_id]][1]

    def next(self, segment_id: str) -> str:
        """The id of the segment behind another; empty behind the last."""
        place = self._index[segment_id] + 1
        return self._lines[place][0] if place < len(self._lines) else ""

    def before(self, segment_id: str) -> str:
        """The id of the segment before another; empty before the first."""
        place = self._index[segment_id]
        return self._lines[place - 1][0] if place else ""

    def run(self, first: str, last: str) -> list[str]:
        """The ids of all segments from one to another."""
        return [line for line, _, _ in self._lines[self._index[first] : self._index[last] + 1]]

    def behind(self, tx: Step, segment_id: str) -> Segment:
        """The segment behind another. Raises Refused where that is the last."""
        following = self.next(segment_id)
        found = tx.read.segment(following) if following else None
        if found is None:
            raise Refused("This is the last sentence, so there is none to join it with.")
        return found

    def number(self, tx: Step) -> None:
        """Gives all lines whole positions again, so that there is room between any two."""
        _number(tx, [(line, position) for line, position, _ in self._lines])
        self._lines = [(line, place, text) for place, (line, _, text) in enumerate(self._lines)]

    def carry(self, tx: Step, region: Span, change: Rewording) -> int:
        """Moves the document's tags, and its quotes in baskets, after this region was reworded;
        gives how many tags have other words than before."""
        text = self.text[: region[0]] + change.new + self.text[region[1] :]
        with kept_standing(tx, self.document_id, lambda *span: carried(span, region, change, text)):
            touched = self._carry_tags(tx, region, change, text)
        for item in tx.read.quoted(self.document_id, region[0]):
            tx.put(carried_item(item, region, change, text))
        return len(touched)

    def _carry_tags(self, tx: Step, region: Span, change: Rewording, text: str) -> set[str]:
        """Moves the document's tags; gives the ids of those with other words than before."""
        touched = set()
        for coding in tx.read.codings_behind(self.document_id, region[0]):
            start, end = carried((coding.start, coding.end), region, change, text)
            quote = text[start:end]
            if quote != coding.quote:
                touched.add(coding.id)
            if (start, end, quote) != (coding.start, coding.end, coding.quote):
                tx.put(replace(coding, start=start, end=end, quote=quote))
        if touched:
            _join_twins(tx, tx.read.codings(self.document_id), touched)
        return touched


def _join_twins(tx: Step, codings: Sequence[Coding], touched: Collection[str]) -> None:
    """Where a tag has come to lie on the same words as another of its code and coder, the one that
    was there first stays with the memos of both."""
    standing: dict[tuple[str, str, int, int], Coding] = {}
    for coding in sorted(codings, key=lambda one: (one.created_at, one.id)):
        place = (coding.code_id, coding.coder_id, coding.start, coding.end)
        twin = standing.get(place)
        if twin is None or not {coding.id, twin.id} & set(touched):
            standing[place] = coding
        else:
            standing[place] = take_over(tx, twin, coding)


def find_places(tx: Step) -> None:
    """Gives the sentences that an undo or redo brings back their place among those that were put
    there meanwhile, perhaps in the very position they had: by time, where the others are in its
    order. Where nothing was, they are back in their own."""
    back = tx.made("segments")
    found = [tx.read.segment(one) for one in back]
    for document_id in {one.document_id for one in found if one}:
        standing = tx.read.places(document_id)
        if tx.read.moved_since(document_id, tx.id) and not _ascend(standing):
            _number(tx, [(line, position) for line, position, _ in _by_time(standing, back)])


_Place = tuple[str, float, int]
"""Id, position and beginning of a segment."""


def _ascend(places: Sequence[_Place]) -> bool:
    return _timely(places) and all(one[1] < other[1] for one, other in pairwise(places))


def _timely(places: Sequence[_Place]) -> bool:
    return all(one[2] <= other[2] for one, other in pairwise(places))


def _by_time(places: Sequence[_Place], back: Collection[str]) -> list[_Place]:
    """Places in a new order, in which those that stayed follow one another as before."""
    came = [one for one in places if one[0] in back]
    stayed = [one for one in places if one[0] not in back]
    timely = _timely(came) and _timely(stayed)

    def order(one: _Place) -> tuple[float, float, bool]:
        line, position, start_ms = one
        first, then = (start_ms, position) if timely else (position, start_ms)
        return first, then, line in back

    return sorted(places, key=order)


def _number(tx: Step, lines: Sequence[tuple[str, float]]) -> None:
    """Gives segments, by id and position, whole positions in this order."""
    for number, (line, position) in enumerate(lines):
        segment = tx.read.segment(line)
        if segment is not None and position != number:
            tx.put(replace(segment, position=number))


def room_behind(tx: Step, lines: Lines, segment_id: str) -> float:
    """A position right behind a segment; where there is none, all are numbered anew."""
    following = lines.next(segment_id)
    before, after = lines.position(segment_id), lines.position(following) if following else None
    found = segments.between(before, after)
    if found is None:
        lines.number(tx)
        return lines.position(segment_id) + 0.5
    return found


def room_between(tx: Step, lines: Lines, behind: str, before: str, count: int) -> list[float]:
    """As many ascending positions as asked for, behind one segment and before another (empty for
    the ends of the transcript); where there is no room, all are numbered anew."""
    found = _spread(lines, behind, before, count)
    if any(one >= other for one, other in pairwise(found)):
        lines.number(tx)
        found = _spread(lines, behind, before, count)
    return found[1:-1]


def _spread(lines: Lines, behind: str, before: str, count: int) -> list[float]:
    low = lines.position(behind) if behind else None
    high = lines.position(before) if before else None
    return [
        -math.inf if low is None else low,
        *spread_between(low, high, count),
        math.inf if high is None else high,
    ]


def spread_between(low: float | None, high: float | None, count: int) -> list[float]:
    """As many positions as asked for between two others (None: without end), evenly spread. Where
    the two are too close, some are the same."""
    if low is not None and high is not None:
        return [low + (high - low) * step / (count + 1) for step in range(1, count + 1)]
    if high is not None:
        return [high - count + step for step in range(count)]
    first = 0.0 if low is None else math.floor(low) + 1.0
    return [first + step for step in range(count)]
