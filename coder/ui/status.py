"""The line at the bottom: what just happened, what is under way, who is coding, and that all is
saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from coder.jobs import Progress
from coder.ui.background import Work


class Status(QStatusBar):
    """Messages at left; work with its progress, time left and Cancel at right, and a way to the
    clashes that are open. `clashes_wanted` asks to see them."""

    clashes_wanted = Signal()

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
        self.clashes = QPushButton(self)
        self.clashes.setObjectName("flat")
        self.clashes.setToolTip("Where a merge could not keep what both had done")
        self.clashes.clicked.connect(self.clashes_wanted)
        self._state = QLabel(self)
        self._state.setObjectName("muted")
        for widget in (self._doing, self._bar, self._cancel, self.clashes, self._state):
            self.addPermanentWidget(widget)
        self._works: list[Work] = []
        self._latest: dict[Work, Progress] = {}
        self._cancel.clicked.connect(self._stop)
        self.offer_clashes("")
        self._show()

    def note(self, words: str) -> None:
        """Says a line for some seconds."""
        self.showMessage(words, 9_000)

    def show_state(self, words: str) -> None:
        """Says at the right end how things stand: the coder, and *saved*."""
        self._state.setText(words)

    def offer_clashes(self, words: str) -> None:
        """Says how many clashes are open, as a way to their list; nothing where none is."""
        self.clashes.setText(words)
        self.clashes.setVisible(bool(words))

    def follow(self, work: Work) -> None:
        """Shows this piece of work until it ends; of several, the one that began last."""
        self._works.append(work)
        work.progressed.connect(lambda progress: self._heard(work, progress))
        work.ended.connect(lambda: self._forget(work))
        self._show()

    def _heard(self, work: Work, progress: Progress) -> None:
        self._latest[work] = progress
        self._show()

    def _forget(self, work: Work) -> None:
        self._works.remove(work)
        self._latest.pop(work, None)
        self._show()

    def _stop(self) -> None:
        if self._works:
            self._works[-1].cancel()
            self._cancel.setEnabled(False)

    def _show(self) -> None:
        for widget in (self._doing, self._bar, self._cancel):
            widget.setVisible(bool(self._works))
        if not self._works:
            return
        work = self._works[-1]
        progress = self._latest.get(work)
        others = f" · and {len(self._works) - 1} more" if len(self._works) > 1 else ""
        self._doing.setText(f"{told(progress) if progress else work.title}{others}")
        self._bar.setRange(0, 1000 if progress and progress.total else 0)
        self._bar.setValue(round(progress.fraction * 1000) if progress else 0)
        self._cancel.setEnabled(not work.job.cancelled)


def told(progress: Progress) -> str:
    """How far a piece of work is, in a line: what, how much of it, and the time left."""
    percent = f" {progress.fraction:.0%}" if progress.total else ""
    left = spoken_left(progress)
    return f"{progress.label}{percent}{f' · {left}' if left else ''}"


def spoken_left(progress: Progress | None) -> str:
    """How long it will take, as a person says it; nothing where that is not known."""
    if progress is None or progress.seconds_left is None or not 0 < progress.fraction < 1:
        return ""
    return f"{spoken_time(progress.seconds_left)} left"


def spoken_time(seconds: float) -> str:
    """A length of time as a person says it: `about 40 s`, `about 12 min`, `about 2 h 10 min`."""
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} min"
    return f"about {minutes // 60} h {minutes % 60} min"
