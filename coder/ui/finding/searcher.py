"""Searches beside the window: what is typed next ends the search before it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from coder.domain.errors import Cancelled
from coder.domain.query import Query
from coder.domain.sight import Sight
from coder.jobs import Job
from coder.project.finding import Finding


class Searcher(QObject):
    """One thread that searches. `found` brings a `Found` each time more is known, `failed` the
    exception, `ended` that this was all; none of them of a search that another has replaced."""

    found = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _told = Signal(object, str, object)

    def __init__(self, finding: Finding, parent: QObject) -> None:
        super().__init__(parent)
        self._finding = finding
        self._pool = ThreadPoolExecutor(1, "evidence-search")
        self._job = Job()
        self._told.connect(self._tell)

    def look(self, query: Query, sight: Sight) -> None:
        """Begins a search; the one before it ends here."""
        self.stop()
        self._job = Job()
        self._pool.submit(self._look, query, sight, self._job)

    def stop(self) -> None:
        """Ends what is being searched; nothing more is told of it."""
        self._finding.stop(self._job)

    def close(self) -> None:
        """Stops, and waits until no thread is left."""
        self.stop()
        self._pool.shutdown()

    def _look(self, query: Query, sight: Sight, job: Job) -> None:
        """In the other thread."""
        try:
            for found in self._finding.look(query, job, sight):
                self._told.emit(job, "found", found)
            self._told.emit(job, "ended", None)
        except Cancelled:
            return
        except Exception as problem:  # noqa: BLE001  told to the person who searches
            self._told.emit(job, "failed", problem)

    def _tell(self, job: Job, what: str, news: object) -> None:
        if job is not self._job or job.cancelled:
            return
        if what == "found":
            self.found.emit(news)
        elif what == "failed":
            self.failed.emit(news)
        else:
            self.ended.emit()
