"""Reads what a view shows: at once where that is short, beside the window where it is long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from coder.ui import messages
from coder.ui.background import Work, workshop_of

T = TypeVar("T")

SHORT = 300
"""Of a project with up to so many submissions, anything is read at once: it takes some 20 ms."""


class Look(Generic[T]):
    """What one view reads, again and again; of several under way only the last is shown. `show`
    takes what was read."""

    def __init__(self, view: QWidget, title: str, show: Callable[[T], None]) -> None:
        self._view = view
        self._title = title
        self._show = show
        self._work: Work | None = None

    @property
    def reading(self) -> bool:
        """Whether something is being read beside the window."""
        return self._work is not None

    def drop(self) -> None:
        """Shows nothing of what is being read."""
        self._work = None

    def at_once(self, read: Callable[[], T]) -> None:
        """Reads and shows it, for what takes no more than some milliseconds."""
        self.drop()
        self._show(read())

    def beside(self, read: Callable[[], T]) -> None:
        """Reads it in another thread, and shows it then."""
        work = workshop_of(self._view).quietly(self._title, lambda _: read())
        work.finished.connect(lambda found: self._finish(work, found))
        work.failed.connect(lambda problem: self._fail(work, problem))
        self._work = work

    def _finish(self, work: Work, found: T) -> None:
        if work is self._work:
            self._work = None
            self._show(found)

    def _fail(self, work: Work, problem: BaseException) -> None:
        if work is self._work:
            self._work = None
            messages.tell(self._view, problem)
