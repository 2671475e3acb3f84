"""The lines in view and where on them a stretch of text lies."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextLine

from coder.domain.model import Style
from coder.ui.reader.display import Kind

if TYPE_CHECKING:
    from coder.ui.reader.layout import PageLayout
    from coder.ui.reader.paper import Paper

_MIRRORED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line on screen. `start` and `end` are UTF-16 units of the document, the rest pixels of the
    viewport; `origin` is where the line's block has its position 0 in units, `kind` how the block
    is set, `cell` the number of the line's cell where those of a table stand side by side, or -1,
    `room` what lies above it and belongs to it.
    """

    start: int
    end: int
    top: int
    bottom: int
    baseline: int
    left: float
    origin: int
    line: QTextLine
    mixed: bool
    kind: Kind
    cell: int = -1
    room: int = 0

    @property
    def style(self) -> Style:
        """The style of the line's paragraph."""
        return self.kind.style

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
        left, right = (min(place_on(self.line, place), edge) for place in (start, end))
        return left, right

    def _pieces(self, start: int, end: int) -> list[tuple[float, float]]:
        """The extents of the runs of glyphs; a cursor's place is ambiguous where runs meet."""
        runs = self.line.glyphRuns(start, end - start) if end > start else []
        boxes = [run.boundingRect() for run in runs]
        return [(box.left(), box.right()) for box in boxes]


def lines_in_view(paper: Paper, layout: PageLayout) -> list[Row]:
    """The lines that are in the paper's viewport, in the order of the text."""
    height = paper.viewport().height()
    offset = paper.contentOffset()
    block = paper.firstVisibleBlock()
    top = offset.y()
    found: list[Row] = []
    while block.isValid() and top < height:
        if block.isVisible():
            below = top + layout.blockBoundingRect(block).height()
            found += _lines_of(block, layout, top, offset.x(), height)
            top = below
        block = block.next()
    return found


def _lines_of(
    block: QTextBlock, layout: PageLayout, top: float, left: float, height: int
) -> list[Row]:
    kind = layout.kind(block)
    look = layout.look(kind)
    cells = layout.cells(block)
    room = layout.room_above(kind)
    lines = block.layout()
    origin = block.position()
    mixed = is_mixed(block.text())
    found = []
    for index in range(lines.lineCount()):
        line = lines.lineAt(index)
        baseline = round(top + line.y() + line.ascent())
        above = 0 if index else room
        if baseline + look.below < 0 or baseline - look.above - above >= height:
            continue
        start = origin + line.textStart()
        found.append(
            Row(
                start,
                start + line.textLength(),
                baseline - look.above,
                baseline + look.below,
                baseline,
                left,
                origin,
                line,
                mixed,
                kind,
                cells[index] if cells else -1,
                above,
            )
        )
    return found


def place_on(line: QTextLine, unit: int) -> float:
    """Where on its line the caret stands at a unit of the line's block, in pixels."""
    pair: object = line.cursorToX(unit)  # the stubs do not name that PySide gives (place, unit)
    return pair[0]  # type: ignore[index]


def is_mixed(text: str) -> bool:
    """Whether the text holds characters that are written from right to left."""
    return _MIRRORED.search(text) is not None


def row_at(rows: Sequence[Row], unit: int) -> int:
    """The index of the row that holds a UTF-16 position, or of the last one before it; -1 where
    the position lies before all of them."""
    return bisect_right(rows, unit, key=lambda row: row.start) - 1
