"""What lies under the words: tints for codings, the selection, the sentence being spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPen, QPolygonF

from coder.domain.model import Style
from coder.ui.reader.marks import Mark, depths
from coder.ui.reader.rows import Row, row_at

if TYPE_CHECKING:
    from coder.ui.reader.sheet import Sheet

_APART = (Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER)


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A painter that is ended whatever happens: one left open takes the program down."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def paint_grounds(painter: QPainter, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Paints everything that lies under the words of these rows, the selection on top."""
    if not rows:
        return
    colours = sheet.colours
    _paint_furniture(painter, sheet, rows)
    start = sheet.map.to_points(rows[0].start)
    end = sheet.map.to_points(rows[-1].end) + 1
    marks = sheet.marks.over(start, end)
    stretches = [
        (sheet.map.to_units(max(start, one)), sheet.map.to_units(min(end, other)), depth)
        for one, other, depth in depths(marks)
        if one < end and other > start
    ]
    tint, strong = QColor(colours.tint), QColor(colours.strong)
    line = QColor(colours.muted)
    for one, other, depth in stretches:
        for band in _bands(rows, one, other):
            inner = _inset(band)
            painter.fillRect(inner, strong if depth > 1 else tint)
            if depth > 1:
                painter.fillRect(_underline(inner, 1), line)
    for span in sheet.additions:
        if span[0] < end and span[1] > start:
            _fill(painter, sheet, rows, span, QColor(colours.spoken))
    if sheet.spoken is not None:
        _fill(painter, sheet, rows, sheet.spoken, QColor(colours.spoken))
    cursor = sheet.textCursor()
    if cursor.hasSelection():
        chosen = (cursor.selectionStart(), cursor.selectionEnd())
        for band in _bands(rows, *chosen, fewest=4):
            painter.fillRect(band, QColor(colours.selection))
    _paint_lines(painter, sheet, rows, marks, start, end)


def _paint_lines(
    painter: QPainter,
    sheet: Sheet,
    rows: Sequence[Row],
    marks: Sequence[Mark],
    start: int,
    end: int,
) -> None:
    """The lines under words: of muted marks, of the one pointed at, and of doubtful words."""
    to_units = sheet.map.to_units
    for mark in marks:
        if not mark.muted and mark.id != sheet.pointed:
            continue
        thick = 2 if mark.id == sheet.pointed else 1
        for band in _bands(rows, to_units(mark.start), to_units(mark.end)):
            painter.fillRect(_underline(_inset(band), thick), QColor(mark.colour))
    painter.setPen(QPen(QColor(sheet.colours.muted), 1.4, Qt.PenStyle.DotLine))
    for one, other in sheet.doubtful_within(start, end):
        for row, band in _banded(rows, to_units(one), to_units(other)):
            y = row.baseline + 3.5
            painter.drawLine(QLineF(QPointF(band.left(), y), QPointF(band.right(), y)))


def _paint_furniture(painter: QPainter, sheet: Sheet, rows: Sequence[Row]) -> None:
    """A hairline under each row of a table, and a bar beside what is quoted in a reply."""
    rule = QColor(sheet.colours.rule)
    width = sheet.viewport().width()
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row.style in _APART:
            painter.fillRect(QRectF(6, row.top, 3, row.bottom - row.top), rule)
        elif row.style is Style.TABLE and (after is None or after.origin != row.origin):
            painter.fillRect(QRectF(4, row.bottom - 1, width - 8, 1), rule)


def paint_folds(painter: QPainter, sheet: Sheet, rows: Sequence[Row]) -> None:
    """A triangle beside each fold's first line; behind that of a closed one, how much it hides."""
    painter.setFont(sheet.font())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    muted = QColor(sheet.colours.muted)
    for row in rows:
        index = sheet.fold_of(row) if row.style in _APART else -1
        if index < 0:
            continue
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(muted)
        painter.drawPolygon(_triangle((row.top + row.bottom) / 2, closed=sheet.is_closed(index)))
        if sheet.is_closed(index):
            painter.setPen(muted)
            right = row.left + row.line.naturalTextRect().right()
            room = round(sheet.viewport().width() - right - 12)
            label = painter.fontMetrics().elidedText(
                sheet.folds[index].label, Qt.TextElideMode.ElideRight, room
            )
            painter.drawText(QPointF(right + 6, row.baseline), label)


def _triangle(middle: float, *, closed: bool) -> QPolygonF:
    corners = ((13, -5), (13, 5), (19, 0)) if closed else ((11, -3), (21, -3), (16, 3))
    return QPolygonF([QPointF(x, middle + y) for x, y in corners])


def _fill(
    painter: QPainter, sheet: Sheet, rows: Sequence[Row], span: tuple[int, int], colour: QColor
) -> None:
    start, end = (sheet.map.to_units(place) for place in span)
    for band in _bands(rows, start, end):
        painter.fillRect(_inset(band), colour)


def _bands(rows: Sequence[Row], start: int, end: int, fewest: float = 0) -> Iterator[QRectF]:
    for _, band in _banded(rows, start, end, fewest):
        yield band


def _banded(
    rows: Sequence[Row], start: int, end: int, fewest: float = 0
) -> Iterator[tuple[Row, QRectF]]:
    for row in rows[max(0, row_at(rows, start)) :]:
        if row.start >= end:
            return
        for band in row.bands(start, end):
            if band.width() < fewest:
                band.setWidth(fewest)
            if band.width():
                yield row, band


def _inset(band: QRectF) -> QRectF:
    return band.adjusted(0, 2, 0, -2)


def _underline(band: QRectF, thickness: int) -> QRectF:
    return QRectF(band.left(), band.bottom() - thickness, band.width(), thickness)
