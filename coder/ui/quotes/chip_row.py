"""What is asked for as a row of chips, each with a cross that takes it away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from coder.domain.quotes import QuoteFilter
from coder.ui.flow import Flow, Snug
from coder.ui.quotes.told import chips


class ChipRow(Snug):
    """`wanted` gives the filter that is left when a chip is taken away."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = Flow(6)
        self.setLayout(self._row)
        self.buttons: list[QPushButton] = []

    def tell(self, wanted: QuoteFilter, named: Callable[[str], str]) -> None:
        """Shows what is asked for; nothing where everything is."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for chip in chips(wanted, named):
            button = QPushButton(f"{chip.words}  ×".replace("&", "&&"), self)
            button.setObjectName("chip")
            button.setAccessibleName(f"Ask no more for: {chip.words}")
            button.setToolTip("Take this away")
            button.clicked.connect(partial(self.wanted.emit, chip.without))
            self._row.add(button)
            button.show()
            self.buttons.append(button)
        self.setVisible(bool(self.buttons))
