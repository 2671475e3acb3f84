"""The codings on a page as an index: which lie where, how deep, and in which lane.

Knows nothing of Qt. Positions are code points, half-open `[start, end)`.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from coder.domain.model import Paragraph
from coder.domain.paragraphs import index_at

LINE = 110
"""More code points than a line of the page holds: two stripes closer than this within a paragraph
may meet on one line, and get different lanes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding as the page shows it. `colour` is `#rrggbb`; a `muted` one steps back: its stripe
    is hollow and its passage carries no tint."""

    id: str
    start: int
    end: int
    name: str
    colour: str
    coder: str = ""
    muted: bool = False


class Marks:
    """The marks of one document, found by place in a bisection.

    Lanes are first-fit and stay as they are while a mark stays, so no stripe jumps aside when
    another comes or goes.
    """

    def __init__(self, marks: Iterable[Mark] = (), paragraphs: Sequence[Paragraph] = ()) -> None:
        self._paragraphs = paragraphs
        self._sorted = sorted(marks, key=_order)
        self._by_id = {mark.id: mark for mark in self._sorted}
        self._starts = [mark.start for mark in self._sorted]
        self._furthest: list[int] = []
        self._index(0)
        self._lanes = self._first_fit()
        self._lanes_used = max(self._lanes.values(), default=-1) + 1

    def __len__(self) -> int:
        return len(self._sorted)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._sorted)

    def get(self, mark_id: str) -> Mark | None:
        """The mark with this id, if it is here."""
        return self._by_id.get(mark_id)

    def lane(self, mark_id: str) -> int:
        """The lane of a mark's stripe, counted from 0 beside the text."""
        return self._lanes[mark_id]

    @property
    def lanes(self) -> int:
        """How many lanes are in use or were."""
        return self._lanes_used

    def over(self, start: int, end: int) -> list[Mark]:
        """The marks that share at least one code point with `[start, end)`, in reading order."""
        first = bisect_right(self._furthest, start)
        last = bisect_left(self._starts, end)
        return [mark for mark in self._sorted[first:last] if mark.end > start]

    def at(self, point: int) -> list[Mark]:
        """The marks that hold the code point at `point`, the shortest first."""
        return sorted(self.over(point, point + 1), key=lambda mark: mark.end - mark.start)

    def beside(self, point: int, forward: bool) -> Mark | None:
        """The next mark that begins after `point`, or the last one that begins before it."""
        place = bisect_right(self._starts, point) if forward else bisect_left(self._starts, point)
        if forward:
            return self._sorted[place] if place < len(self._sorted) else None
        return self._sorted[place - 1] if place else None

    def add(self, mark: Mark) -> None:
        """Puts a mark in, in place of one with the same id."""
        self.remove(mark.id)
        place = bisect_left(self._sorted, _order(mark), key=_order)
        self._sorted.insert(place, mark)
        self._starts.insert(place, mark.start)
        self._by_id[mark.id] = mark
        self._index(place)
        end = self._reach(mark)
        taken = {
            self._lanes[other.id]
            for other in self.over(mark.start - LINE, end)
            if other.id != mark.id and self._reach(other) > mark.start
        }
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        self._lanes[mark.id] = lane
        self._lanes_used = max(self._lanes_used, lane + 1)

    def remove(self, mark_id: str) -> Mark | None:
        """Takes a mark out and gives it back; None where there was none."""
        mark = self._by_id.pop(mark_id, None)
        if mark is None:
            return None
        place = bisect_left(self._sorted, _order(mark), key=_order)
        del self._sorted[place], self._starts[place], self._lanes[mark_id]
        self._index(place)
        return mark

    def go_on_with(self, paragraphs: Sequence[Paragraph]) -> None:
        """Takes note that the text has grown: by which paragraphs lanes are found from now on."""
        self._paragraphs = paragraphs

    def _index(self, changed: int) -> None:
        """Brings up to date, from the mark at `changed` on, how far marks reach up to each."""
        before = self._furthest[changed - 1] if changed else 0
        ends = (mark.end for mark in self._sorted[changed:])
        self._furthest[changed:] = list(accumulate(ends, max, initial=before))[1:]

    def _first_fit(self) -> dict[str, int]:
        lanes: dict[str, int] = {}
        free: list[int] = []
        busy: list[tuple[int, int]] = []
        for mark in self._sorted:
            while busy and busy[0][0] <= mark.start:
                heapq.heappush(free, heapq.heappop(busy)[1])
            lane = heapq.heappop(free) if free else len(busy)
            heapq.heappush(busy, (self._reach(mark), lane))
            lanes[mark.id] = lane
        return lanes

    def _reach(self, mark: Mark) -> int:
        """Where the last line that the mark touches ends at the furthest, the break behind it
        included."""
        last = index_at(self._paragraphs, mark.end - 1)
        bound = self._paragraphs[last].end + 1 if last >= 0 else mark.end + LINE
        return max(mark.end, min(mark.end + LINE, bound))


def _order(mark: Mark) -> tuple[int, int, str]:
    return (mark.start, -mark.end, mark.id)


def depths(marks: Iterable[Mark]) -> list[tuple[int, int, int]]:
    """Stretches `(start, end, depth)` with how many unmuted marks lie on each, in order; stretches
    without any are left out, and neighbours of one depth are joined."""
    edges = sorted(
        edge
        for mark in marks
        if not mark.muted and mark.start < mark.end
        for edge in ((mark.start, 1), (mark.end, -1))
    )
    stretches: list[tuple[int, int, int]] = []
    depth = before = 0
    for place, steps in groupby(edges, key=lambda edge: edge[0]):
        change = sum(step for _, step in steps)
        if change == 0:
            continue
        if depth:
            stretches.append((before, place, depth))
        depth += change
        before = place
    return stretches
