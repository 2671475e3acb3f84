"""The line at the bottom: what just happened, what is under way, who is coding, and that all is
saved."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from coder.jobs import Progress
from coder.ui.background import Work


class Status(QStatusBar):
    """Messages at left; work with its progress, time left and Cancel at right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 12, 0)
        self._doing = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._bar.setAccessibleName("Progress")
        self._cancel = QPushButton("Cancel", self)
        self._cancel.setObjectName("flat")
        self._state = QLabel(self)
        self._state.setObjectName("muted")
        for widget in (self._doing, self._bar, self._cancel, self._state):
            self.addPermanentWidget(widget)
        self._quiet()

    def note(self, words: str) -> None:
        """Says a line for some seconds."""
        self.showMessage(words, 9_000)

    def show_state(self, words: str) -> None:
        """Says at the right end how things stand: the coder, and *saved*."""
        self._state.setText(words)

    def follow(self, work: Work) -> None:
        """Shows this piece of work until it ends."""
        self._doing.setText(work.title)
        self._bar.setRange(0, 0)
        for widget in (self._doing, self._bar, self._cancel):
            widget.show()
        self._cancel.setEnabled(True)
        self._cancel.clicked.connect(work.cancel)
        self._cancel.clicked.connect(lambda: self._cancel.setEnabled(False))
        work.progressed.connect(self._progress)
        work.ended.connect(self._quiet)

    def _progress(self, progress: Progress) -> None:
        left = ""
        if progress.seconds_left is not None and 0 < progress.fraction < 1:
            left = f" · {_spoken(progress.seconds_left)} left"
        percent = f" {progress.fraction:.0%}" if progress.total else ""
        self._doing.setText(f"{progress.label}{percent}{left}")
        self._bar.setRange(0, 1000 if progress.total else 0)
        self._bar.setValue(round(progress.fraction * 1000))

    def _quiet(self) -> None:
        for widget in (self._doing, self._bar, self._cancel):
            widget.hide()


def _spoken(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    return f"about {round(seconds / 60)} min"
