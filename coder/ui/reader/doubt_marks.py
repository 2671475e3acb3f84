"""What is in doubt in a transcript, marked beside the text: a sign where a doubtful sentence
begins, and a dotted line where no speech was found. Neither takes room, so no text moves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QApplication

from coder.ui.reader.rows import Row, row_at

if TYPE_CHECKING:
    from coder.ui.reader.sheet import Sheet

_SIZE = 8.5
"""How large a sign is, in pixels, and how far from the text."""
_GAP = 0.5
_LEADING = 7.0
"""Half of the space between sentences, in pixels."""

_NEAR = 9
"""How many pixels above or below a mark the pointer may rest."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A sign beside the line that holds the code point `place`, with why it is there; `strong` for
    what is most likely wrong."""

    place: int
    reason: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence before the code point `place`, or behind the end of the text: how long it lasts in a
    word or two, and all of it in a sentence."""

    place: int
    lasts: str
    reason: str


@dataclass(frozen=True, slots=True)
class DoubtMarks:
    """The signs and gaps of a text, each ascending."""

    beside: Sequence[Beside] = ()
    gaps: Sequence[Gap] = ()


def paint_signs(painter: QPainter, sheet: Sheet, width: int) -> None:
    """Paints the signs in view at the right edge of a margin as wide as this, and how long each gap
    lasts."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark, baseline in signs_in_view(sheet):
        middle = QPointF(width - _GAP - _SIZE / 2, baseline - _SIZE / 2)
        ink = sheet.colours.text if mark.strong else sheet.colours.muted
        paint_sign(painter, middle, _SIZE, QColor(ink), strong=mark.strong)
    painter.setFont(_small(sheet))
    painter.setPen(QColor(sheet.colours.muted))
    metrics = painter.fontMetrics()
    for gap, y in gaps_in_view(sheet):
        told = f"no speech {gap.lasts}"
        if metrics.horizontalAdvance(told) + 8 > width:
            told = gap.lasts
        place = QRectF(0, y - metrics.height() / 2, width - 6, metrics.height())
        aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, aligned, told)


def paint_sign(
    painter: QPainter, middle: QPointF, size: float, ink: QColor, *, strong: bool
) -> None:
    """Paints a ring with a point, or where something is most likely wrong a full square on its
    corner; `size` in pixels."""
    painter.save()
    if strong:
        painter.translate(middle)
        painter.rotate(45)
        side = size * 0.8
        painter.fillRect(QRectF(-side / 2, -side / 2, side, side), ink)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.4))
        painter.drawEllipse(middle, size / 2 - 0.7, size / 2 - 0.7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(middle, 1.4, 1.4)
    painter.restore()


def paint_gaps(painter: QPainter, sheet: Sheet) -> None:
    """Paints a dotted line across the column where no speech was found."""
    painter.setPen(QPen(QColor(sheet.colours.rule), 1.2, Qt.PenStyle.DotLine))
    width = sheet.viewport().width()
    for _, y in gaps_in_view(sheet):
        painter.drawLine(QLineF(QPointF(2, y), QPointF(width - 4, y)))


def reason_at(sheet: Sheet, y: int) -> str:
    """What is to be said of the mark at this height, or nothing."""
    near = [(abs(at - 5.0 - y), mark.reason) for mark, at in signs_in_view(sheet)]
    near += [(abs(at - y), gap.reason) for gap, at in gaps_in_view(sheet)]
    far, reason = min(near, default=(_NEAR + 1, ""))
    return reason if far <= _NEAR else ""


def signs_in_view(sheet: Sheet) -> Iterator[tuple[Beside, int]]:
    """The signs beside lines in view, with the baselines of these."""
    frame = sheet.frame()
    marks = sheet.doubt_marks.beside
    for mark in marks[bisect_left(marks, frame.start, key=lambda one: one.place) :]:
        if mark.place >= frame.end:
            break
        place = _row_of(sheet, frame.rows, mark.place)
        if place >= 0:
            yield mark, frame.rows[place].baseline


def gaps_in_view(sheet: Sheet) -> Iterator[tuple[Gap, float]]:
    """The gaps between lines in view, with their heights in pixels."""
    frame = sheet.frame()
    gaps = sheet.doubt_marks.gaps
    for gap in gaps[bisect_left(gaps, frame.start, key=lambda one: one.place) :]:
        if gap.place > frame.end:
            break
        place = _row_of(sheet, frame.rows, gap.place)
        if place >= 0:
            yield gap, _between(frame.rows, place, behind=gap.place >= len(sheet.text))


def _between(rows: Sequence[Row], place: int, *, behind: bool) -> float:
    """The middle between a line and the one above it, or below the last."""
    if behind:
        return rows[place].bottom + _LEADING
    above = rows[place - 1].bottom if place else rows[place].top - 2 * _LEADING
    return max(above, rows[place].top - 4 * _LEADING) / 2 + rows[place].top / 2


def _row_of(sheet: Sheet, rows: Sequence[Row], point: int) -> int:
    """The number of the line in view that holds a code point; -1 where none does."""
    unit = sheet.map.to_units(point)
    place = row_at(rows, unit)
    return place if place >= 0 and rows[place].start <= unit <= rows[place].end else -1


def _small(sheet: Sheet) -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(sheet.font().pointSizeF() * 0.66)
    return font
