"""What is being done with a model: how far it has come, how it ended, and Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from coder.jobs import Progress
from coder.ui.background import Work
from coder.ui.elided import Elided
from coder.ui.status import told


class Doing(QWidget):
    """One piece of work while it goes on; afterwards a sentence on how it ended."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self.label = Elided(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName("Progress")
        self.cancel = QPushButton("Cancel", self)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self._stop)
        self.ended = QLabel(self)
        self.ended.setWordWrap(True)
        self.ended.setObjectName("muted")
        words = QVBoxLayout()
        words.addWidget(self.label)
        words.addWidget(self.bar)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.ended)
        self._show(working=False)

    @property
    def busy(self) -> bool:
        """Whether something is going on."""
        return self._work is not None

    def follow(self, work: Work) -> None:
        """Shows this piece of work until it ends."""
        self._work = work
        self.label.setText(f"{work.title} …")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._show(working=True)
        work.progressed.connect(self._heard)
        work.ended.connect(lambda: self._end(work))

    def say(self, words: str) -> None:
        """Says how something ended."""
        self.ended.setText(words)
        self._show(working=self.busy)

    def _heard(self, progress: Progress) -> None:
        self.label.setText(told(progress))
        self.bar.setRange(0, 1000 if progress.total else 0)
        self.bar.setValue(round(progress.fraction * 1000))

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self.cancel.setEnabled(False)

    def _end(self, work: Work) -> None:
        if work is self._work:  # and not what it led to
            self._work = None
            self._show(working=False)

    def _show(self, *, working: bool) -> None:
        for widget in (self.label, self.bar, self.cancel):
            widget.setVisible(working)
        self.ended.setVisible(not working and bool(self.ended.text()))
