"""Work that takes time, done in a thread of its own, with its news brought back to the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from coder.domain.errors import Cancelled
from coder.jobs import Job

DESK = "desk"
"""The lane of what a person waits for."""

LOOKING = "looking"
"""The lane of what is read for a view, which does not wait for an import."""

QUOTING = "quoting"
"""The lane of what the list of quotes asks for as one types, which waits for nothing else."""

HEARING = "hearing"
"""The lane of what takes long and nobody waits for: listening again, finding speakers."""

MODELS = "models"
"""The lane of fetching, trying and removing models, which waits for no transcription."""

AUDITING = "auditing"
"""The lane of what the audit looks over, which may take long and holds up nothing else."""

QUEUE = "queue"
"""The lane of what the queue of recordings is told, so that nothing is in the way of stopping."""


class Work(QObject):
    """One piece of work under way. All signals arrive in the window's thread. `matters` says that
    a person should be asked before it is stopped.

    `finished` carries what the work gave, `failed` the exception, `ended` comes last in any case;
    then the work is gone.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.matters = True
        self.job = Job(self.progressed.emit)

    def cancel(self) -> None:
        """Asks the work to stop where nothing is left half done."""
        self.job.cancel()


class Workshop(QObject):
    """Runs pieces of work beside the window: in each lane one after another."""

    begun = Signal(object)
    _went = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pools = {
            lane: ThreadPoolExecutor(1, f"evidence-{lane}")
            for lane in (DESK, LOOKING, QUOTING, HEARING, MODELS, AUDITING, QUEUE)
        }
        self.running: list[Work] = []
        self._went.connect(self._tell)

    def start(self, title: str, act: Callable[[Job], Any], lane: str = DESK) -> Work:
        """Begins the work; connect to the signals of what is given before returning to Qt."""
        work = self._begin(title, act, lane)
        self.begun.emit(work)
        return work

    def quietly(self, title: str, act: Callable[[Job], Any], lane: str = LOOKING) -> Work:
        """Begins work that nobody is told of and that may be stopped at any time: reading what a
        view is to show."""
        work = self._begin(title, act, lane)
        work.matters = False
        return work

    def aside(self, act: Callable[[], Any]) -> None:
        """Does something small that nobody waits for, such as loading what will be needed soon."""
        self._pools[DESK].submit(act)

    def busy_with(self) -> str:
        """The title of work that a person should be asked about before it is stopped, or
        nothing."""
        return next((work.title for work in self.running if work.matters), "")

    def finish(self) -> None:
        """Stops what is running and waits until it has stopped."""
        for work in self.running:
            work.matters = False
            work.cancel()
        for pool in self._pools.values():
            pool.submit(lambda: None).result()

    def close(self) -> None:
        """Stops everything and waits until no thread is left."""
        self.finish()
        for pool in self._pools.values():
            pool.shutdown()

    def _begin(self, title: str, act: Callable[[Job], Any], lane: str) -> Work:
        work = Work(title, self)
        self.running.append(work)
        self._pools[lane].submit(self._do, work, act)
        return work

    def _do(self, work: Work, act: Callable[[Job], Any]) -> None:
        """In the other thread. How it went is told from the window's, when Qt is at it again, so
        that nobody connects too late and a work is not deleted while it is still telling."""
        try:
            result = act(work.job)
        except Cancelled:
            tell = work.stopped.emit
        except Exception as problem:  # noqa: BLE001  told to the person by whoever started it
            tell = partial(work.failed.emit, problem)
        else:
            tell = partial(work.finished.emit, result)
        self._went.emit(work, tell)

    def _tell(self, work: Work, tell: Callable[[], None]) -> None:
        self.running.remove(work)
        tell()
        work.ended.emit()
        work.deleteLater()


def workshop_of(part: QObject) -> Workshop:
    """The workshop of the window that something is part of. Raises LookupError where there is
    none."""
    at: QObject | None = part
    while at is not None:
        found = at.findChild(Workshop, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if found is not None:
            return found
        at = at.parent()
    raise LookupError(part.objectName())
