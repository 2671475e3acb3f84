"""The lines in view and where on them a stretch of text lies."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLine

from coder.domain.model import Style

_MIRRORED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line on screen. `start` and `end` are UTF-16 units of the document, the rest pixels of the
    viewport; `origin` is where the line's block has its position 0 in units."""

    start: int
    end: int
    top: int
    bottom: int
    baseline: int
    left: float
    origin: int
    line: QTextLine
    mixed: bool
    style: Style

    def bands(self, start: int, end: int) -> Iterator[QRectF]:
        """The rectangles of this line's part of `[start, end)`: one, or several where the
        direction of the writing changes."""
        start = max(start, self.start) - self.origin
        end = min(end, self.end) - self.origin
        if start > end:
            return
        stretches = self._pieces(start, end) if self.mixed else [self._piece(start, end)]
        for left, right in stretches:
            yield QRectF(self.left + left, self.top, right - left, self.bottom - self.top)

    def _piece(self, start: int, end: int) -> tuple[float, float]:
        """From one place to another, but not into the space that the line was broken at."""
        edge = self.line.naturalTextRect().right()
        left, right = (min(_first(self.line.cursorToX(place)), edge) for place in (start, end))
        return left, right

    def _pieces(self, start: int, end: int) -> list[tuple[float, float]]:
        """The extents of the runs of glyphs; a cursor's place is ambiguous where runs meet."""
        runs = self.line.glyphRuns(start, end - start) if end > start else []
        boxes = [run.boundingRect() for run in runs]
        return [(box.left(), box.right()) for box in boxes]


def _first(pair: object) -> float:
    """The position of the pair (position, cursor) that PySide gives and its stubs do not name."""
    return pair[0]  # type: ignore[index]


def is_mixed(text: str) -> bool:
    """Whether the text holds characters that are written from right to left."""
    return _MIRRORED.search(text) is not None


def row_at(rows: Sequence[Row], unit: int) -> int:
    """The index of the row that holds a UTF-16 position, or of the last one before it; -1 where
    the position lies before all of them."""
    return bisect_right(rows, unit, key=lambda row: row.start) - 1
