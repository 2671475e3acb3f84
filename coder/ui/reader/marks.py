"""The codings on a page as an index: which lie where, how deep, and in which lane.

Knows nothing of Qt. Positions are code points, half-open `[start, end)`.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from coder.domain.model import Paragraph

LINE = 110
"""More code points than a line of the page holds: two stripes closer than this within a paragraph
may meet on one line, and get different lanes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding as the page shows it. `colour` is `#rrggbb`; a `muted` one steps back: its stripe
    is hollow and its passage carries no tint. Only an `own` one can be drawn longer or shorter.
    `when` and `memo` are said where the pointer rests on its stripe."""

    id: str
    start: int
    end: int
    name: str
    colour: str
    coder: str = ""
    muted: bool = False
    own: bool = True
    when: str = ""
    memo: str = ""


class Marks:
    """The marks of one document, found by place whatever their number.

    Lanes are first-fit, among all marks or among those of one coder, and stay as they are while a
    mark stays, so no stripe jumps aside when another comes or goes. `version` goes up with every
    change.
    """

    def __init__(self, marks: Iterable[Mark] = (), paragraphs: Sequence[Paragraph] = ()) -> None:
        self.version = 0
        self._sorted = sorted(marks, key=_order)
        self._by_id = {mark.id: mark for mark in self._sorted}
        self._starts = [mark.start for mark in self._sorted]
        self._coders = Counter(mark.coder for mark in self._sorted)
        self._places = _Places(self._sorted)
        self._lines = _Lines(paragraphs)
        self._lanes: dict[str, dict[str, int]] = {}

    def __len__(self) -> int:
        return len(self._sorted)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._sorted)

    @property
    def coders(self) -> list[str]:
        """The names of the coders who have marks here, in alphabetical order."""
        return sorted(coder for coder, count in self._coders.items() if count)

    def get(self, mark_id: str) -> Mark | None:
        """The mark with this id, if it is here."""
        return self._by_id.get(mark_id)

    def lane(self, mark_id: str, by: str = "code") -> int:
        """The lane of a mark's stripe, counted from 0 beside the text: among all marks, or by
        `"coder"` among those of its coder."""
        if by not in self._lanes:
            self._lanes[by] = self._first_fit(by)
        return self._lanes[by][mark_id]

    def over(self, start: int, end: int) -> list[Mark]:
        """The marks that share at least one code point with `[start, end)`, in reading order."""
        return sorted(self._places.over(start, end), key=_order)

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
        self.version += 1
        place = bisect_left(self._sorted, _order(mark), key=_order)
        self._sorted.insert(place, mark)
        self._starts.insert(place, mark.start)
        self._by_id[mark.id] = mark
        self._coders[mark.coder] += 1
        for by, lanes in self._lanes.items():
            lanes[mark.id] = self._free_lane(mark, by, lanes)
        self._places.add(mark)

    def remove(self, mark_id: str) -> Mark | None:
        """Takes a mark out and gives it back; None where there was none."""
        mark = self._by_id.pop(mark_id, None)
        if mark is None:
            return None
        self.version += 1
        place = bisect_left(self._sorted, _order(mark), key=_order)
        del self._sorted[place], self._starts[place]
        self._coders[mark.coder] -= 1
        self._places.remove(mark)
        for lanes in self._lanes.values():
            del lanes[mark_id]
        return mark

    def go_on_with(self, paragraphs: Sequence[Paragraph]) -> None:
        """Takes note that the text has grown: by which paragraphs lanes are found from now on."""
        self._lines = _Lines(paragraphs)

    def _free_lane(self, mark: Mark, by: str, lanes: dict[str, int]) -> int:
        group = _group(mark, by)
        taken = {
            lanes[other.id]
            for other in self._places.over(mark.start - LINE, self._lines.reach(mark))
            if _group(other, by) == group and self._lines.reach(other) > mark.start
        }
        return next(lane for lane in range(len(taken) + 1) if lane not in taken)

    def _first_fit(self, by: str) -> dict[str, int]:
        lanes: dict[str, int] = {}
        free: dict[str, list[int]] = {}
        busy: dict[str, list[tuple[int, int]]] = {}
        for mark in self._sorted:
            group = _group(mark, by)
            idle, used = free.setdefault(group, []), busy.setdefault(group, [])
            while used and used[0][0] <= mark.start:
                heapq.heappush(idle, heapq.heappop(used)[1])
            lane = heapq.heappop(idle) if idle else len(used)
            heapq.heappush(used, (self._lines.reach(mark), lane))
            lanes[mark.id] = lane
        return lanes


class _Places:
    """Marks by place: each lies in one or two stretches of a length about its own, so what a span
    touches is found by looking at few stretches of each length."""

    _LEAST = 512

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._by_length: dict[int, dict[int, dict[str, Mark]]] = {}
        for mark in marks:
            self.add(mark)

    def add(self, mark: Mark) -> None:
        length, stretches = self._stretches(mark)
        here = self._by_length.setdefault(length, {})
        for stretch in stretches:
            here.setdefault(stretch, {})[mark.id] = mark

    def remove(self, mark: Mark) -> None:
        length, stretches = self._stretches(mark)
        for stretch in stretches:
            del self._by_length[length][stretch][mark.id]

    def over(self, start: int, end: int) -> list[Mark]:
        found: dict[str, Mark] = {}
        for length, here in self._by_length.items():
            for stretch in range(start // length, max(start, end - 1) // length + 1):
                found.update(here.get(stretch, ()))
        return [mark for mark in found.values() if mark.start < end and mark.end > start]

    def _stretches(self, mark: Mark) -> tuple[int, range]:
        length = self._LEAST
        while length < mark.end - mark.start:
            length *= 4
        return length, range(mark.start // length, max(mark.start, mark.end - 1) // length + 1)


class _Lines:
    """How far a mark may reach on the page: to the end of the last line that it touches."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._starts = [paragraph.start for paragraph in paragraphs]
        self._ends = [paragraph.end for paragraph in paragraphs]

    def reach(self, mark: Mark) -> int:
        """Where the last line that the mark touches ends at the furthest, the break behind it
        included."""
        last = bisect_right(self._starts, mark.end - 1) - 1
        bound = self._ends[last] + 1 if last >= 0 else mark.end + LINE
        return max(mark.end, min(mark.end + LINE, bound))


def _group(mark: Mark, by: str) -> str:
    return mark.coder if by == "coder" else ""


def _order(mark: Mark) -> tuple[int, int, str]:
    return (mark.start, -mark.end, mark.id)


def levels(marks: Iterable[Mark], start: int, end: int) -> list[tuple[int, int, int]]:
    """Stretches of `[start, end)` with 1 where one unmuted mark lies on them and 2 where several
    do, in order; neighbours alike are joined."""
    found: list[tuple[int, int, int]] = []
    for one, other, depth in depths(marks):
        here, there, level = max(one, start), min(other, end), min(depth, 2)
        if here >= there:
            continue
        if found and found[-1][1:] == (here, level):
            here = found.pop()[0]
        found.append((here, there, level))
    return found


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
