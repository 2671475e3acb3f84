"""What stands right of the quotes: side by side where there is room, else one above the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Beside(QSplitter):
    """Two panels that stack where both do not fit beside each other."""

    def __init__(self, first: QWidget, second: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._both = (first, second)
        self.setChildrenCollapsible(False)
        for place, one in enumerate(self._both):
            self.addWidget(one)
            self.setStretchFactor(place, 1)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of the two needs."""
        return QSize(max(self._needed()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Looks again whether both fit when one of them needs more room, or less."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _needed(self) -> list[int]:
        return [max(one.minimumWidth(), one.minimumSizeHint().width()) for one in self._both]

    def _fit(self) -> None:
        roomy = self.width() >= sum(self._needed()) + self.handleWidth()
        wanted = Qt.Orientation.Horizontal if roomy else Qt.Orientation.Vertical
        if wanted is not self.orientation():
            self.setOrientation(wanted)
