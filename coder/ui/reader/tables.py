"""Where the cells of a table stand: side by side in columns, each wrapped within its own, or one
below the other where there are too many columns for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QTextLayout

from coder.ui.reader.display import SOFT_BREAK

GAP = 1.2
"""Space between two columns, in heights of a line."""

_WIDEST_WORD = 6.0
"""The longest word, in heights of a line, for which a column is widened; longer ones are broken."""

_TALLEST = 12
"""Lines by which other cells of a row may be longer than its first: one scrolls by the first."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column begins, in pixels from the first one's left edge, and how wide it is."""

    left: float
    width: float


def columns(
    rows: Sequence[Sequence[str]], metrics: QFontMetricsF, width: float
) -> list[Column] | None:
    """The columns of a table whose rows have these cells, within `width` pixels.

    Narrow columns get what they need, and the wide ones share what is left, in which their cells
    wrap. None where there is not even room for their words.
    """
    wanted: list[float] = []
    least: list[float] = []
    for row in rows:
        for index, cell in enumerate(row):
            if index == len(wanted):
                wanted.append(0)
                least.append(0)
            wanted[index] = max(wanted[index], _widest(cell.split(SOFT_BREAK), metrics))
            least[index] = max(least[index], _widest(cell.split(), metrics))
    most = _WIDEST_WORD * metrics.height()
    gap = GAP * metrics.height()
    widths = _shared(wanted, [min(most, each) for each in least], width - gap * (len(wanted) - 1))
    found = []
    left = 0.0
    for given in widths:
        found.append(Column(left, given))
        left += given + gap
    return found or None


def _widest(parts: Sequence[str], metrics: QFontMetricsF) -> float:
    return max((metrics.horizontalAdvance(part) + 1 for part in parts), default=0)


def _shared(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """What each gets of the room: as much as the others, but never less than its least nor more
    than it wants; nothing where there is not enough for the least."""
    if sum(wanted) <= room:
        return list(wanted)
    if sum(least) > room:
        return []
    low, high = 0.0, max(wanted)
    for _ in range(20):
        share = (low + high) / 2
        given = [max(few, min(want, share)) for few, want in zip(least, wanted, strict=True)]
        low, high = (share, high) if sum(given) <= room else (low, share)
    return [max(few, min(want, low)) for few, want in zip(least, wanted, strict=True)]


def parted(text: str, parts: Sequence[int]) -> list[str]:
    """The cells of a row as it is shown, where `parts` names the characters between them."""
    return [text[one + 1 : other] for one, other in pairwise([-1, *parts, len(text)])]


def set_cells(layout: QTextLayout, parts: Sequence[int], places: Sequence[Column]) -> list[int]:
    """Breaks a row's lines anew with each cell in its column, and gives the cell, from 0, that each
    line is of. Heights are to be set afterwards; `parts` here are UTF-16 units.

    Gives nothing where a cell is so much longer than the first that scrolling, which goes by the
    lines of the first, would pass over some.
    """
    edge = layout.lineAt(0).x()
    cells = _broken(layout, parts, lambda cell: places[min(cell, len(places) - 1)], edge)
    counts = Counter(cells)
    return cells if max(counts.values()) <= counts[0] + _TALLEST else []


def stack_cells(layout: QTextLayout, parts: Sequence[int], hang: float) -> None:
    """Breaks a row's lines anew with its cells one below the other, those after the first moved in
    by `hang` pixels."""
    edge, width = layout.lineAt(0).x(), layout.lineAt(0).width()
    first, later = Column(0, width), Column(hang, width - hang)
    _broken(layout, parts, lambda cell: later if cell else first, edge)


def _broken(
    layout: QTextLayout, parts: Sequence[int], column: Callable[[int], Column], edge: float
) -> list[int]:
    ends = {part + 1 for part in parts}
    cells: list[int] = []
    cell = 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        here = column(cell)
        line.setLeadingIncluded(True)
        line.setLineWidth(here.width)
        line.setPosition(QPointF(edge + here.left, 0))
        cells.append(cell)
        cell += line.textStart() + line.textLength() in ends
    layout.endLayout()
    return cells
