"""Asks whether something lies in a file or in a folder, of which the system's own dialogs each ask
for one only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coder.ui.flow import SnugDialog

_LETTERS = 86


class Lies(StrEnum):
    """Where an inquiry lies."""

    FILE = "file"
    FOLDER = "folder"


_WORDS = {Lies.FILE: "A &file", Lies.FOLDER: "A f&older"}


class ChooseSource(SnugDialog):
    """Says what will happen, and offers a file and a folder, in the order of `sources`, which says
    what each would be. `chosen` gives which."""

    chosen = Signal(object)

    def __init__(
        self, title: str, about: str, sources: Mapping[Lies, str], parent: QWidget
    ) -> None:
        super().__init__(_LETTERS, parent)
        self.setWindowTitle(title)
        words = QLabel(about, self)
        words.setWordWrap(True)
        cancel = QPushButton("Cancel", self)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(words)
        self.buttons: dict[Lies, QPushButton] = {}
        for source, what in sources.items():
            button = self.buttons[source] = QPushButton(f"{_WORDS[source]}\n{what}", self)
            button.setObjectName("choice")
            button.setAccessibleName(_WORDS[source].replace("&", ""))
            button.setAccessibleDescription(what)
            button.clicked.connect(self.accept)
            button.clicked.connect(lambda _=False, source=source: self.chosen.emit(source))
            layout.addWidget(button)
        layout.addLayout(foot)
        next(iter(self.buttons.values())).setFocus()
