"""Where the columns of a table begin, so that a figure never stands under another's heading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

GAP = 1.2
"""Space between two columns, in heights of a line."""
_LEAST = 0.2
"""The share of the page's width that must be left for the last column, whose cells may wrap."""


def stops(rows: Sequence[str], metrics: QFontMetricsF, width: float) -> list[float] | None:
    """The tab stops, in pixels, at which the columns of these rows (cells parted by tabs) line up.

    None where they do not fit side by side into `width`.
    """
    widest: list[float] = []
    for row in rows:
        for column, cell in enumerate(row.split("\t")):
            room = metrics.horizontalAdvance(cell)
            if column == len(widest):
                widest.append(room)
            widest[column] = max(widest[column], room)
    places = list(accumulate(room + GAP * metrics.height() for room in widest[:-1]))
    wanted = (places[-1] if places else 0) + min(widest[-1], width * _LEAST)
    return places if wanted <= width else None


def own_stops(row: str, metrics: QFontMetricsF) -> list[float]:
    """Tab stops for one row by itself: its cells follow one another, and nothing pretends to be a
    column."""
    cells = row.split("\t")[:-1]
    return list(
        accumulate(metrics.horizontalAdvance(cell) + GAP * metrics.height() for cell in cells)
    )


def set_stops(layout: QTextLayout, places: Sequence[float], hang: float) -> None:
    """Breaks a row's lines anew with these tab stops; lines after the first begin at `hang`."""
    edge, width = layout.lineAt(0).x(), layout.lineAt(0).width()
    option = layout.textOption()
    option.setTabs([QTextOption.Tab(place, QTextOption.TabType.LeftTab) for place in places])
    layout.setTextOption(option)
    layout.beginLayout()
    moved = 0.0
    while (line := layout.createLine()).isValid():
        line.setLeadingIncluded(True)
        line.setLineWidth(width - moved)
        line.setPosition(QPointF(edge + moved, 0))
        moved = hang
    layout.endLayout()
