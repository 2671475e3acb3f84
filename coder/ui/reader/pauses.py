"""Marks of pauses: beside the text how long nobody spoke, and within a line two small raised bars
where. None of them is part of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from coder.domain.pauses import Pause
from coder.domain.text import clock
from coder.ui.reader.rows import Row, place_on, row_at

if TYPE_CHECKING:
    from coder.ui.reader.sheet import Sheet

EDGE = 14
"""How far from its right edge the left margin is written on, in pixels."""

_GAP = 0.35
"""How far above the first line of a paragraph a mark has its middle, in heights of the line: half
of the room that is left between paragraphs."""
_BELOW = 1.5
"""How far below the number of its line a mark stands, in heights of a capital."""
_RAISED, _TALL = 0.5, 0.22
"""How far above the baseline the bars within a line begin, and how tall they are, in heights of the
line: raised like a sign of a note, so that no letter is taken for them."""
_LONG_S = 100


@dataclass(frozen=True, slots=True)
class PauseMark:
    """A pause in view: what the margin says and the baseline of it there, and where within a line
    the bars stand; None between two lines. All in pixels of the viewport."""

    pause: Pause
    label: str
    baseline: float
    bars: QRectF | None


def in_view(sheet: Sheet, margin: QFontMetricsF) -> list[PauseMark]:
    """The pauses before the words in view, `margin` being the type of what stands beside them.
    One between two lines where it is marked already that no speech was found is left out."""
    frame = sheet.frame()
    silent = {gap.place for gap in sheet.doubt_marks.gaps}
    first = bisect_left(sheet.pauses, frame.start, key=lambda pause: pause.before)
    found = []
    for pause in sheet.pauses[first:]:
        if pause.before >= frame.end:
            break
        unit = sheet.map.to_units(pause.before)
        place = row_at(frame.rows, unit)
        if place < 0:
            continue
        row = frame.rows[place]
        between = pause.before == 0 or sheet.text[pause.before - 1] == "\n"
        if between and pause.before in silent:
            continue
        high = margin.capHeight()
        if between:
            em = QFontMetricsF(sheet.font()).height()
            baseline, bars = row.top - em * _GAP + high / 2, None
        else:
            numbered = row.start == row.origin
            baseline = row.baseline + (high * _BELOW if numbered else 0)
            bars = _bars(frame.rows, place, unit)
        found.append(PauseMark(pause, _label(pause), baseline, bars))
    return found


def paint_bars(painter: QPainter, sheet: Sheet, marks: Sequence[PauseMark]) -> None:
    """Paints the bars within lines."""
    for mark in marks:
        if mark.bars is not None:
            _paint_pair(painter, mark.bars, QColor(sheet.colours.muted))


def paint_labels(painter: QPainter, sheet: Sheet, marks: Sequence[PauseMark], width: int) -> None:
    """Paints how long each pause is, in the margin of this width and in the painter's own type."""
    metrics = QFontMetricsF(painter.font())
    high = metrics.capHeight()
    muted = QColor(sheet.colours.muted)
    painter.setPen(muted)
    for mark in _apart(marks, metrics.height()):
        left = width - EDGE - metrics.horizontalAdvance(mark.label)
        painter.drawText(QPointF(left, mark.baseline), mark.label)
        wide = high * 0.6
        pair = QRectF(left - wide - 5, mark.baseline - high, wide, high)
        _paint_pair(painter, pair, muted)


def _apart(marks: Sequence[PauseMark], height: float) -> Iterator[PauseMark]:
    """The marks of which none lies on another: of several in a line the first is written."""
    last = None
    for mark in marks:
        if last is None or mark.baseline - last >= height * 0.6:
            yield mark
            last = mark.baseline


def _bars(rows: Sequence[Row], place: int, unit: int) -> QRectF | None:
    """Where the bars stand: in the space before a word, or behind the last word of the line above
    where the line was broken there; None where that is out of view."""
    row = rows[place]
    if unit == row.start:
        if place == 0 or rows[place - 1].origin != row.origin:
            return None
        row = rows[place - 1]
        middle = row.left + row.line.naturalTextRect().right() + 4
    else:
        there = place_on(row.line, unit - row.origin)
        before = place_on(row.line, unit - 1 - row.origin)
        middle = row.left + (there + before) / 2
    pitch = row.bottom - row.top
    return QRectF(middle - 2, row.baseline - pitch * _RAISED, 4, pitch * _TALL)


def _paint_pair(painter: QPainter, box: QRectF, colour: QColor) -> None:
    wide = max(1.0, box.width() * 0.35)
    painter.fillRect(QRectF(box.left(), box.top(), wide, box.height()), colour)
    painter.fillRect(QRectF(box.right() - wide, box.top(), wide, box.height()), colour)


def _label(pause: Pause) -> str:
    """How long it is, as short as it can be said: `4 s`, `2:05`."""
    return f"{pause.seconds} s" if pause.seconds < _LONG_S else clock(pause.seconds * 1000)
