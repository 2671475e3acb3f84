"""What stands right of the quotes: side by side where there is room, else one above the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Beside(QSplitter):
    """Two panels that stack where both do not fit beside each other."""

    def __init__(self, first: QWidget, second: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._both = (first, second)
        self.setChildrenCollapsible(False)
        self.addWidget(first)
        self.addWidget(second)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = [max(one.minimumWidth(), one.minimumSizeHint().width()) for one in self._both]
        self.setMinimumWidth(max(needed))
        roomy = self.width() >= sum(needed) + self.handleWidth()
        wanted = Qt.Orientation.Horizontal if roomy else Qt.Orientation.Vertical
        if wanted is not self.orientation():
            self.setOrientation(wanted)
