"""Widgets in lines: a row that goes on in the next line where there is no room for all, and a
frame and a dialog that keep room for lines that are broken."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QLayoutItem, QWidget, QWidgetItem

_BESIDE = 40
"""So many pixels of the screen a dialog leaves free beside it."""


class Snug(QFrame):
    """A frame that is never lower than the lines in it need at its width, however little room there
    is."""

    def event(self, event: QEvent) -> bool:
        layout = self.layout()
        if layout and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
        return super().event(event)


class SnugDialog(QDialog):
    """A dialog at least so many letters wide where the screen has room for them, and never lower
    than the lines in it need."""

    def __init__(self, letters: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._letters = letters

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        letters = self._letters * self.fontMetrics().averageCharWidth()
        room = self.screen().availableGeometry().width() - _BESIDE
        least = layout.totalMinimumSize().expandedTo(QSize(min(letters, room), 0))
        wide = max(self.width(), least.width())
        if layout.hasHeightForWidth():
            least.setHeight(layout.totalHeightForWidth(wide))
        self.setMinimumSize(least)


class Flow(QLayout):
    """Gives each widget the width that it wants, from left to right, line below line. After
    https://doc.qt.io/qt-6/qtwidgets-layouts-flowlayout-example.html"""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add(self, widget: QWidget) -> None:
        """Puts a widget behind the others."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(0, len(shown) - 1)
        height = max((size.height() for size in shown), default=0)
        return QSize(sum(size.width() for size in shown) + gaps, height)

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        return least

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """How high the lines are in this width; puts the widgets there where that is wanted."""
        x, y, line = rect.left(), rect.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                x, y, line = rect.left(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + self.spacing(), max(line, size.height())
        return y + line - rect.top()
