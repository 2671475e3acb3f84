"""What the window shows before an inquiry is open: the inquiry opened last, four choices,
and others opened lately."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.jobs import Progress
from coder.ui import theme
from coder.ui.background import Work
from coder.ui.elided import ElidedButton

_CHOICES = (
    ("sample", "Open the sample inquiry", "A small invented one, to try everything on"),
    ("new", "New inquiry…", "Begin with a title and, if there is one, the call for evidence"),
    ("open", "Open…", "An inquiry that is on this machine already"),
    ("open-shared", "Open a shared copy…", "A file that a colleague gave you"),
)
_LETTERS = 104
"""So many letters the column of choices is wide at most."""


class Welcome(QWidget):
    """The first screen. `wanted` gives the act that is chosen; `recent` a project folder."""

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
        self.go_on = ElidedButton(self)
        self.go_on.setObjectName("first")
        self.go_on.gap = Qt.TextElideMode.ElideMiddle
        self.go_on.setAutoDefault(True)
        self.go_on.clicked.connect(lambda: self.recent.emit(self.go_on.toolTip()))
        column.addWidget(self.go_on)
        self.buttons: dict[str, QPushButton] = {}
        for name, words, about in _CHOICES:
            button = self.buttons[name] = QPushButton(f"{words}\n{about}", self)
            button.setObjectName("choice")
            button.setAutoDefault(True)
            button.setAccessibleName(words)
            button.setAccessibleDescription(about)
            button.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
            column.addWidget(button)
        self.doing = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName("Progress")
        for widget in (self.doing, self._bar):
            column.addWidget(widget)
            widget.hide()
        self._heading = QLabel("Opened lately", self)
        self._heading.setObjectName("section")
        column.addSpacing(16)
        column.addWidget(self._heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column.addLayout(self._recent)
        column.addStretch(3)
        middle = self._middle = QWidget(self)
        middle.setLayout(column)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 8)
        row.addStretch(1)

    def follow(self, work: Work) -> None:
        """Shows how far this piece of work has come, in place of the choices, until it ends."""
        self.doing.setText(f"{work.title} …")
        self._bar.setValue(0)
        self._show_work(True)
        work.progressed.connect(self._progress)
        work.ended.connect(lambda: self._show_work(False))

    def _progress(self, progress: Progress) -> None:
        self.doing.setText(f"{progress.label} …")
        self._bar.setValue(round(progress.fraction * 1000))

    def _show_work(self, shown: bool) -> None:
        for widget in (self.doing, self._bar):
            widget.setVisible(shown)
        for button in (self.go_on, *self.buttons.values()):
            button.setEnabled(not shown)
        if self.isVisible():
            self.first().setFocus()

    def first(self) -> QPushButton:
        """What somebody most likely wants: the inquiry opened last, or at the very first start the
        sample."""
        return self.buttons["sample"] if self.go_on.isHidden() else self.go_on

    def show_recent(self, projects: tuple[tuple[str, str], ...]) -> None:
        """Offers to go on with the latest project, and lists the others opened lately that are
        still there, by folder and title."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._middle.setMaximumWidth(_LETTERS * self.fontMetrics().averageCharWidth())
        there = [(Path(folder), title) for folder, title in projects]
        there = [(folder, title) for folder, title in there if (folder / "project.db").is_file()]
        self.go_on.setVisible(bool(there))
        for folder, title in there[:1]:
            self.go_on.setText(f"Go on with {title}\n{folder}")
            self.go_on.setToolTip(str(folder))
            self.go_on.setAccessibleName(f"Go on with {title}")
            self.go_on.setAccessibleDescription(str(folder))
        self._heading.setVisible(len(there) > 1)
        for folder, title in there[1:]:
            button = ElidedButton(f"{title}    {folder}", self)
            button.setToolTip(str(folder))
            button.setObjectName("recent")
            button.gap = Qt.TextElideMode.ElideMiddle
            button.setAutoDefault(True)
            button.setIcon(theme.icon("document", theme.current().accent, 16))
            button.clicked.connect(lambda _=False, folder=folder: self.recent.emit(str(folder)))
            self._recent.addWidget(button)
