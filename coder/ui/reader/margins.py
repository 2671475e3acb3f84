"""The left margin: paragraph numbers, speakers and pauses."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from coder.domain.paragraphs import index_at
from coder.ui.reader.doubt_marks import paint_signs, reason_at
from coder.ui.reader.layout import small_font
from coder.ui.reader.paint import painting
from coder.ui.reader.pauses import EDGE, PauseMark, in_view, paint_labels
from coder.ui.reader.rows import row_at
from coder.ui.reader.sheet import Sheet

_SMALLER = 0.88


def margin_font(sheet: Sheet) -> QFont:
    """The face of the margins: the window's own, smaller than the text, in step with its zoom."""
    return small_font(sheet.font())


def _pause_font(sheet: Sheet) -> QFont:
    """The face of the marks of pauses: smaller than numbers, which they stand between."""
    font = margin_font(sheet)
    font.setPointSizeF(font.pointSizeF() * _SMALLER)
    return font


class Margin(QWidget):
    """A widget beside the column, painted anew when something in view moves. The wheel scrolls the
    text here as it does there."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        sheet.moved.connect(self.update)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls or zooms the text."""
        QCoreApplication.sendEvent(self._sheet.viewport(), event)


class Numbers(Margin):
    """Paragraph numbers beside the lines on which their paragraphs begin, and who speaks there."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the numbers of the paragraphs that begin in view."""
        sheet = self._sheet
        with painting(self) as painter:
            painter.fillRect(event.rect(), QColor(sheet.colours.page))
            painter.setFont(margin_font(sheet))
            painter.setPen(QColor(sheet.colours.muted))
            for number, baseline in self.places():
                edge = self.width() - EDGE - painter.fontMetrics().horizontalAdvance(number)
                painter.drawText(QPointF(edge, baseline), number)
            if sheet.pauses:
                painter.setFont(_pause_font(sheet))
                paint_labels(painter, sheet, self.pauses(), self.width())
            if sheet.speakers:
                self._paint_names(painter)
            paint_signs(painter, sheet, self.width())

    def _paint_names(self, painter: QPainter) -> None:
        """Paints who speaks where a turn begins, left of the numbers."""
        font = margin_font(self._sheet)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._sheet.colours.text))
        digits = "0" * len(str(len(self._sheet.paragraphs)))
        numbers = painter.fontMetrics().horizontalAdvance(digits) + 24
        room = self.width() - numbers - 4
        for name, baseline in self.names():
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
            edge = self.width() - numbers - painter.fontMetrics().horizontalAdvance(shown)
            painter.drawText(QPointF(edge, baseline), shown)

    def pauses(self) -> list[PauseMark]:
        """The pauses before the words in view."""
        return in_view(self._sheet, QFontMetricsF(_pause_font(self._sheet)))

    def names(self) -> list[tuple[str, int]]:
        """The speakers whose turns begin in view, with their baselines in pixels."""
        sheet = self._sheet
        frame = sheet.frame()
        rows = frame.rows
        first = bisect_left(sheet.speakers, frame.start, key=lambda turn: turn[0])
        found = []
        for point, name in sheet.speakers[first:]:
            if point >= frame.end:
                break
            unit = sheet.map.to_units(point)
            place = row_at(rows, unit)
            if place >= 0 and rows[place].start <= unit <= rows[place].end and name:
                found.append((name, rows[place].baseline))
        return found

    def event(self, event: QEvent) -> bool:
        """Says a speaker's name in full where the pointer rests on it, why a sentence is in doubt,
        and of a mark what it is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            y = event.pos().y()
            near = [one.pause.shown() for one in self.pauses() if -12 <= y - one.baseline <= 3]
            near += [name for name, at in self.names() if at - 16 <= y <= at + 6]
            told = reason_at(self._sheet, y) or (near[0] if near else "")
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def places(self) -> list[tuple[str, int]]:
        """The numbers in view with their baselines, in pixels. A number that goes on from the
        paragraph before is not said again."""
        sheet = self._sheet
        rows = sheet.rows()
        if not rows:
            return []
        first = index_at(sheet.paragraphs, sheet.map.to_points(rows[0].start))
        found = []
        for index in range(max(0, first), len(sheet.paragraphs)):
            paragraph = sheet.paragraphs[index]
            unit = sheet.map.to_units(paragraph.start)
            place = row_at(rows, unit)
            if unit > rows[-1].end:
                break
            if place < 0 or unit > rows[place].end:  # above the view, or in a closed fold
                continue
            before = sheet.paragraphs[index - 1].number if index else ""
            if paragraph.number and paragraph.number != before:
                found.append((paragraph.number, rows[place].baseline))
        return found
