"""What is in view: the lines and the marks on them, found once and kept until something moves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from coder.ui.reader.display import PlaceMap
from coder.ui.reader.marks import Mark, Marks, levels
from coder.ui.reader.rows import Row


class Frame:
    """The lines in view, in the order of the text, with what the margins and the page want to know
    about them. Positions are code points, heights pixels of the viewport."""

    def __init__(self, rows: Sequence[Row], places: PlaceMap, marks: Marks) -> None:
        self.rows = rows
        self._places = places
        self._all = marks
        self._starts = [row.start for row in rows]
        self.start = places.to_points(rows[0].start) if rows else 0
        self.end = places.to_points(rows[-1].end) + 1 if rows else 0

    @cached_property
    def marks(self) -> list[Mark]:
        """The marks in view, in reading order."""
        return self._all.over(self.start, self.end) if self.rows else []

    @cached_property
    def levels(self) -> list[tuple[int, int, int]]:
        """Stretches in view that are coded: once (1) or several times (2)."""
        return levels(self.marks, self.start, self.end)

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """The upper edge of the lines in view that `[start, end)` touches, and the lower edge."""
        first = max(0, bisect_right(self._starts, self._places.to_units(start)) - 1)
        last = max(first, bisect_right(self._starts, self._places.to_units(end) - 1) - 1)
        if self.rows[last].cell <= 0:
            return self.rows[first].top, self.rows[last].bottom
        beside = self.rows[first : last + 1]
        return min(row.top for row in beside), max(row.bottom for row in beside)
