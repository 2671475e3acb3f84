"""Lines of words that end in … where there is no room for all of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStyle, QStyleOptionButton, QStylePainter


class Elided(QLabel):
    """A label of one line that gives way; what does not fit is in its tool tip."""

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setPen(self.palette().color(self.foregroundRole()))
            room = self.contentsRect()
            end = Qt.TextElideMode.ElideRight
            words = self.fontMetrics().elidedText(self.text(), end, room.width())
            painter.drawText(room, self.alignment(), words)
        finally:
            painter.end()


class ElidedButton(QPushButton):
    """A button that gives way at the `gap` in each line; what does not fit is in its tool tip."""

    gap = Qt.TextElideMode.ElideRight

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = (
            self.style()
            .subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
            .width()
        )
        lines = self.text().split("\n")
        option.text = "\n".join(
            option.fontMetrics.elidedText(line, self.gap, room) for line in lines
        )
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
