"""Questions that take a while, of which only the latest is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from coder.jobs import Job
from coder.ui.background import Work, Workshop

Act = Callable[[Job], Any]


class Asking(QObject):
    """Asks in the workshop's thread. `answered` brings what was asked for last; one that has been
    replaced is stopped and never told. `failed` brings the exception, `stopped` says that a person
    stopped it, `progressed` how far it is, and `began` that it was begun."""

    answered = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    progressed = Signal(object)
    began = Signal()

    def __init__(self, workshop: Workshop, parent: QObject) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._wanted: tuple[str, Act] | None = None
        self._work: Work | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._work is not None

    def ask(self, title: str, act: Act) -> None:
        """Asks this in place of whatever was asked before."""
        self._wanted = (title, act)
        if self._work is not None:
            self._work.cancel()
        else:
            self._begin()

    def stop(self) -> None:
        """Stops; nothing more is told."""
        self._wanted = None
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _begin(self) -> None:
        if self._wanted is None:
            return
        (title, act), self._wanted = self._wanted, None
        work = self._work = self._workshop.start(title, act)
        work.matters = False
        work.progressed.connect(lambda progress: self._tell(work, self.progressed, progress))
        work.finished.connect(lambda answer: self._tell(work, self.answered, answer))
        work.failed.connect(lambda problem: self._tell(work, self.failed, problem))
        work.stopped.connect(lambda: self._tell(work, self.stopped))
        work.ended.connect(lambda: self._ended(work))
        self.began.emit()

    def _tell(self, work: Work, signal: Any, *news: object) -> None:
        if work is self._work and self._wanted is None:
            signal.emit(*news)

    def _ended(self, work: Work) -> None:
        if work is self._work:
            self._work = None
            self._begin()
