"""Where each coding's stripe and name stand in the right margin."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from coder.ui.reader.marks import Mark
from coder.ui.reader.rows import Row, row_at
from coder.ui.reader.sheet import Sheet

LANE = 10.0
BAR = 4.0
TARGET = 24.0
"""The least height, in pixels, that can be hit with ease (WCAG 2.2, 2.5.8)."""

_EDGE = 8.0
_LEAST_NAME = 56.0


@dataclass(frozen=True)
class Stripe:
    """A mark's stripe in pixels of the margin, and the place of its name where there is room."""

    mark: Mark
    bar: QRectF
    target: QRectF
    label: QRectF | None

    def holds(self, place: QPointF) -> bool:
        """Whether a click at this place is meant for this stripe."""
        return self.target.contains(place) or (
            self.label is not None and self.label.contains(place)
        )


def arrange(sheet: Sheet, width: float, metrics: QFontMetricsF) -> list[Stripe]:
    """The stripes of the marks in view. A name stands at its stripe's top, or at the top of the
    view where the stripe comes from above; names that would collide move down, and one that would
    lose touch with its stripe is left to the tooltip."""
    rows = sheet.rows()
    if not rows:
        return []
    start = sheet.map.to_points(rows[0].start)
    end = sheet.map.to_points(rows[-1].end) + 1
    marks = sheet.marks.over(start, end)
    pitch, names = _columns(sheet.marks.lanes, width)
    height = max(TARGET, metrics.height() + 4)
    free = 0.0
    stripes = []
    for mark in marks:
        top, bottom = _extent(sheet, rows, mark)
        left = _EDGE + sheet.marks.lane(mark.id) * pitch
        bar = QRectF(left, top + 2, min(BAR, pitch - 1), bottom - top - 4)
        target = QRectF(left - (pitch - bar.width()) / 2, top, pitch, max(TARGET, bottom - top))
        label = None
        at = max(top + (rows[0].bottom - rows[0].top - height) / 2, free, 0.0)
        if width - names >= _LEAST_NAME and at + height <= bottom + 2 * height:
            label = QRectF(names, at, width - names - 4, height)
            free = at + height
        stripes.append(Stripe(mark, bar, target, label))
    return stripes


def _columns(lanes: int, width: float) -> tuple[float, float]:
    """How far apart lanes stand, and where the names begin. Lanes take no more than half."""
    room = max(width / 2 - _EDGE, 3.0) if width >= 2 * _LEAST_NAME else width - _EDGE
    pitch = min(LANE, room / max(lanes, 1))
    return pitch, _EDGE + max(lanes, 2) * pitch + 6


def _extent(sheet: Sheet, rows: list[Row], mark: Mark) -> tuple[float, float]:
    first = max(0, row_at(rows, sheet.map.to_units(mark.start)))
    last = max(first, row_at(rows, sheet.map.to_units(mark.end) - 1))
    return rows[first].top, rows[last].bottom
