"""What the window shows before an inquiry is open: three choices, and those opened lately."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coder.ui import theme

_CHOICES = (
    ("sample", "Open the sample inquiry", "A small invented one, to try everything on"),
    ("new", "New inquiry…", "Begin with a title and, if there is one, the call for evidence"),
    ("open", "Open…", "An inquiry that is on this machine already"),
)


class Welcome(QWidget):
    """The first screen. `wanted` gives `sample`, `new` or `open`; `recent` a project folder."""

    wanted = Signal(str)
    recent = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel("Evidence Coder", self)
        title.setObjectName("title")
        line = QLabel(
            "Read, transcribe, tag and quote the evidence to your inquiry, all on this machine.",
            self,
        )
        line.setObjectName("muted")
        line.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(line)
        column.addSpacing(16)
        self.buttons: dict[str, QPushButton] = {}
        for name, words, about in _CHOICES:
            button = self.buttons[name] = QPushButton(f"{words}\n{about}", self)
            button.setObjectName("choice")
            button.setAccessibleName(words)
            button.setAccessibleDescription(about)
            button.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
            column.addWidget(button)
        self._heading = QLabel("Opened lately", self)
        self._heading.setObjectName("section")
        column.addSpacing(16)
        column.addWidget(self._heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column.addLayout(self._recent)
        column.addStretch(3)
        middle = QWidget(self)
        middle.setLayout(column)
        middle.setMaximumWidth(620)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 8)
        row.addStretch(1)

    def show_recent(self, folders: tuple[str, ...]) -> None:
        """Lists the projects opened lately that are still there."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        there = [Path(folder) for folder in folders if (Path(folder) / "project.db").is_file()]
        self._heading.setVisible(bool(there))
        for folder in there:
            button = QPushButton(f"{folder.name}    {folder.parent}", self)
            button.setObjectName("flat")
            button.setIcon(theme.icon("document", theme.current().accent, 16))
            button.clicked.connect(lambda _=False, folder=folder: self.recent.emit(str(folder)))
            self._recent.addWidget(button)
