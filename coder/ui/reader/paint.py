"""What lies under the words: tints for codings, the selection, the sentence being spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPaintDevice, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from coder.domain.model import Style
from coder.ui.reader.frame import Frame
from coder.ui.reader.handles import KNOB, handles_in_view
from coder.ui.reader.marks import Mark
from coder.ui.reader.rows import Row, row_at

if TYPE_CHECKING:
    from coder.ui.reader.sheet import Sheet

_SHORT = 0.25
"""The part of the column's width that the rule above notes takes."""
_APART = (Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER)


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A painter that is ended whatever happens: one left open takes the program down."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def paint_grounds(painter: QPainter, sheet: Sheet, frame: Frame, rows: Sequence[Row]) -> None:
    """Paints everything that lies under the words of these rows of those in view, the selection on
    top."""
    if not rows:
        return
    start = sheet.map.to_points(rows[0].start)
    end = sheet.map.to_points(rows[-1].end) + 1
    _paint_furniture(painter, sheet, rows)
    _paint_tints(painter, sheet, rows, frame.levels)
    _paint_lights(painter, sheet, rows, start, end)
    _paint_lines(painter, sheet, rows, frame.marks, start, end)


def _paint_tints(
    painter: QPainter,
    sheet: Sheet,
    rows: Sequence[Row],
    levels: Sequence[tuple[int, int, int]],
) -> None:
    """What is coded: once in a tint, more often in a stronger one with a line below."""
    tint, strong = QColor(sheet.colours.tint), QColor(sheet.colours.strong)
    line = QColor(sheet.colours.muted)
    to_units = sheet.map.to_units
    for one, other, level in levels:
        for band in _bands(rows, to_units(one), to_units(other)):
            inner = _inset(band)
            painter.fillRect(inner, strong if level > 1 else tint)
            if level > 1:
                painter.fillRect(_underline(inner, 1), line)


def _paint_lights(
    painter: QPainter, sheet: Sheet, rows: Sequence[Row], start: int, end: int
) -> None:
    """What is new to this letter, spoken, found, selected, or being drawn to."""
    colours = sheet.colours
    lit = [(span, colours.spoken) for span in sheet.additions]
    lit += [(sheet.spoken, colours.spoken)] if sheet.spoken else []
    lit += [(sheet.drawn, colours.selection)] if sheet.drawn else []
    lit += [(span, colours.found) for span in sheet.found_within(start, end)]
    for span, colour in lit:
        if span[0] < end and span[1] > start:
            _fill(painter, sheet, rows, span, QColor(colour))
    anchor, caret = sheet.ends()
    if anchor == caret:
        return
    chosen = (min(anchor, caret), max(anchor, caret))
    colour = colours.found_now if sheet.is_found(*chosen) else colours.selection
    first, last = (sheet.map.to_units(place) for place in chosen)
    for band in _bands(rows, first, last, fewest=4):
        painter.fillRect(band, QColor(colour))


def _paint_lines(
    painter: QPainter,
    sheet: Sheet,
    rows: Sequence[Row],
    marks: Sequence[Mark],
    start: int,
    end: int,
) -> None:
    """The lines under words: of muted marks, of those pointed at or active, of doubtful words."""
    to_units = sheet.map.to_units
    for mark in marks:
        told = mark.id in (sheet.pointed, sheet.active)
        if not mark.muted and not told:
            continue
        thick = 2 if told else 1
        for band in _bands(rows, to_units(mark.start), to_units(mark.end)):
            painter.fillRect(_underline(_inset(band), thick), QColor(mark.colour))
    painter.setPen(QPen(QColor(sheet.colours.muted), 1.4, Qt.PenStyle.DotLine))
    for one, other in sheet.doubtful_within(start, end):
        for row, band in _banded(rows, to_units(one), to_units(other)):
            y = row.baseline + 3.5
            painter.drawLine(QLineF(QPointF(band.left(), y), QPointF(band.right(), y)))


def _paint_furniture(painter: QPainter, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Bars beside what is quoted in a reply, hairlines under a table's rows, a short rule above
    notes, and where a page begins a line that says so."""
    rule = QColor(sheet.colours.rule)
    width = sheet.viewport().width()
    for origin, of_block in groupby(rows, key=lambda row: row.origin):
        lines = list(of_block)
        first, kind = lines[0], lines[0].kind
        if kind.style in _APART:
            painter.fillRect(QRectF(6, first.top, 3, lines[-1].bottom - first.top), rule)
        elif kind.style is Style.TABLE:
            lowest = max(row.bottom for row in lines)
            painter.fillRect(QRectF(4, lowest - 1, width - 8, 1), rule)
        if first.start == origin:
            above = first.top - first.room
            if kind.page:
                _paint_page_break(painter, sheet, kind.page, (above, first.top))
            if kind.style is Style.NOTE and kind.first:
                middle = first.top - (first.bottom - first.top) / 3
                painter.fillRect(QRectF(4, middle, width * _SHORT, 1), QColor(sheet.colours.muted))


def _paint_page_break(
    painter: QPainter, sheet: Sheet, page: int, between: tuple[float, float]
) -> None:
    """A hairline across the column with the page's name in its middle."""
    font = QFont(QApplication.font())
    font.setPointSizeF(sheet.font().pointSizeF() * 0.74)
    painter.setFont(font)
    name = sheet.tr("page {}").format(page)
    width = sheet.viewport().width()
    half = painter.fontMetrics().horizontalAdvance(name) / 2 + 10
    middle = round((between[0] + between[1]) / 2)
    for left, right in ((4, width / 2 - half), (width / 2 + half, width - 4)):
        painter.fillRect(QRectF(left, middle, right - left, 1), QColor(sheet.colours.rule))
    painter.setPen(QColor(sheet.colours.muted))
    place = QRectF(0, between[0], width, between[1] - between[0])
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)


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


def paint_handles(painter: QPainter, sheet: Sheet, frame: Frame) -> None:
    """What the ends of the active mark are drawn by: a stem on each end with a knob."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for handle in handles_in_view(sheet, frame):
        colour = QColor(handle.colour)
        painter.fillRect(QRectF(handle.x - 1, handle.top, 2, handle.bottom - handle.top), colour)
        painter.setPen(QPen(QColor(sheet.colours.page), 1.5))
        painter.setBrush(colour)
        painter.drawEllipse(handle.knob, KNOB, KNOB)


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
