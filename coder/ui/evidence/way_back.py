"""The way back to the quotes or the audit from which one was sent to a passage."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

_NAMES = {1: "Back to quotes", 2: "Back to the audit"}


class WayBack(QWidget):
    """A strip above the text. `wanted` gives the place to which one goes back."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._place = 0
        self.button = QPushButton(self)
        self.button.setObjectName("flat")
        self.button.clicked.connect(self.take)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 16, 0)
        row.addWidget(self.button)
        row.addStretch(1)
        self.hide()

    def offer(self, place: int, keys: str) -> None:
        """Offers the way to the quotes (1) or the audit (2), which these keys go too."""
        self._place = place
        self.button.setText(f"←  {_NAMES[place]}" + (f"   {keys}" if keys else ""))
        self.button.setAccessibleName(_NAMES[place])
        self.show()

    def take(self) -> None:
        """Goes back, where one was sent from somewhere."""
        if not self.isHidden():
            self.hide()
            self.wanted.emit(self._place)
