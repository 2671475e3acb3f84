"""What several pages of the audit are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.jobs import Progress
from coder.project import Project
from coder.ui import clipboard


def copy_cited(project: Project, document_id: str, start: int, end: int) -> str:
    """Puts the passage `[start, end)` of a document on the clipboard with its citation; gives the
    words that say so."""
    words = project.quotes.cited(project.document(document_id), start, end)
    clipboard.put_quote(words)
    return f"Copied: {words[words.rindex('”') + 2 :]}"


def put_in_middle(page: QWidget, column: QLayout) -> None:
    """Lays a column out in the middle of a page that has nothing else on it, a little above the
    centre."""
    middle = QHBoxLayout()
    middle.addStretch(1)
    middle.addLayout(column)
    middle.addStretch(1)
    layout = QVBoxLayout(page)
    layout.addStretch(2)
    layout.addLayout(middle)
    layout.addStretch(3)


def advance(bar: QProgressBar, progress: Progress) -> None:
    """Shows on a bar how far something is, once that can be told."""
    if progress.total > 1:
        bar.setRange(0, 1000)
        bar.setValue(round(progress.fraction * 1000))


class Waiting(QWidget):
    """A page that shows how far something is, named to a screen reader. `stop` is its button, which
    emits `stop_wanted`."""

    stop_wanted = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._doing = QLabel(self)
        self._doing.setObjectName("section")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(360)
        self._bar.setAccessibleName(name)
        self.stop = QPushButton("Cancel", self)
        self.stop.clicked.connect(self.stop_wanted)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for widget in (self._doing, self._bar, self.stop):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def begin(self, doing: str) -> None:
        """Shows that something has begun."""
        self.say(doing)
        self._bar.setRange(0, 0)

    def say(self, doing: str) -> None:
        """Says what is being done."""
        self._doing.setText(doing)

    def advance(self, progress: Progress) -> None:
        """Shows how far it is."""
        advance(self._bar, progress)


class Outdated(QFrame):
    """A strip that says that what is shown is of before, with a button that emits
    `renew_wanted`."""

    renew_wanted = Signal()

    def __init__(self, said: str, renew: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        button = QPushButton(renew, self)
        button.clicked.connect(self.renew_wanted)
        strip = QHBoxLayout(self)
        strip.setContentsMargins(12, 6, 8, 6)
        strip.addWidget(QLabel(said, self), 1)
        strip.addWidget(button)
