"""The margins: paragraph numbers on the left, stripes with the codes' names on the right."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from coder.domain.paragraphs import index_at
from coder.ui.reader.marks import Mark
from coder.ui.reader.paint import painting
from coder.ui.reader.rows import row_at
from coder.ui.reader.sheet import Sheet
from coder.ui.reader.stripes import Stripe, arrange

_SMALL = 0.78


def margin_font(sheet: Sheet) -> QFont:
    """The face of the margins: the window's own, smaller than the text, in step with its zoom."""
    font = QFont(QApplication.font())
    font.setPointSizeF(sheet.font().pointSizeF() * _SMALL)
    return font


class Numbers(QWidget):
    """Paragraph numbers beside the lines on which their paragraphs begin."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        sheet.moved.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the numbers of the paragraphs that begin in view."""
        sheet = self._sheet
        with painting(self) as painter:
            painter.fillRect(event.rect(), QColor(sheet.colours.page))
            painter.setFont(margin_font(sheet))
            painter.setPen(QColor(sheet.colours.muted))
            for number, baseline in self.places():
                edge = self.width() - 14 - painter.fontMetrics().horizontalAdvance(number)
                painter.drawText(QPointF(edge, baseline), number)

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


class Stripes(QWidget):
    """A stripe for each coding in view, in the code's colour, with its name beside its top."""

    activated = Signal(str)
    menu_wanted = Signal(list, QPoint)
    pointed = Signal(str)

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Codings beside the text"))
        sheet.moved.connect(self.update)

    def stripes(self) -> list[Stripe]:
        """The stripes in view, as they are painted."""
        metrics = QFontMetricsF(margin_font(self._sheet))
        return arrange(self._sheet, self.width(), metrics)

    def at(self, place: QPoint) -> list[Mark]:
        """The marks whose stripe or name lies under a place, the nearest first."""
        return [stripe.mark for stripe in self.stripes() if stripe.holds(QPointF(place))]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints stripes and names."""
        with painting(self) as painter:
            painter.fillRect(event.rect(), QColor(self._sheet.colours.page))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(margin_font(self._sheet))
            for stripe in self.stripes():
                self._paint(painter, stripe)

    def _paint(self, painter: QPainter, stripe: Stripe) -> None:
        colours = self._sheet.colours
        mark = stripe.mark
        pointed = mark.id == self._sheet.pointed
        colour = QColor(mark.colour)
        bar = stripe.bar.adjusted(-1, 0, 1, 0) if pointed else stripe.bar
        if mark.muted:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(bar, 2, 2)
        if stripe.label is None:
            return
        dot = QRectF(stripe.label.left(), stripe.label.center().y() - 3.5, 7, 7)
        painter.drawRoundedRect(dot.adjusted(0.5, 0.5, -0.5, -0.5) if mark.muted else dot, 2, 2)
        painter.setPen(QColor(colours.muted if mark.muted else colours.text))
        words = stripe.label.adjusted(13, 0, 0, 0)
        name = painter.fontMetrics().elidedText(
            mark.name, Qt.TextElideMode.ElideRight, int(words.width())
        )
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if pointed:
            edge = words.center().y() + painter.fontMetrics().height() / 2
            long = painter.fontMetrics().horizontalAdvance(name)
            painter.fillRect(QRectF(words.left(), edge, long, 1.5), colour)
        painter.drawText(words, place, name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells which stripe is pointed at."""
        found = self.at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(found[0].id if found else "")

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self.pointed.emit("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the press, so that the text's selection stays."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Activates the coding under the pointer."""
        found = self.at(event.position().toPoint())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(found[0].id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu for the codings under the pointer."""
        self.menu_wanted.emit([mark.id for mark in self.at(event.pos())], event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Shows who put which code where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.at(event.pos())
            QToolTip.showText(event.globalPos(), tip(found[:1]), self)
            return True
        return super().event(event)


def tip(marks: list[Mark]) -> str:
    """A tooltip naming codes and coders; empty for none."""
    return "<br>".join(
        f"<b>{escape(mark.name)}</b>" + (f" · {escape(mark.coder)}" if mark.coder else "")
        for mark in marks
    )
