"""Tells in the status line, quietly and for as long as there are any, that clashes are open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from coder.domain.text import counted
from coder.project import StepDone
from coder.ui.looking import Look
from coder.ui.session import Session
from coder.ui.status import Status

_SOON = 400
"""So many milliseconds after a change they are counted, once for several changes."""


class ClashCount(QObject):
    """Counts the open clashes of a session in sight, when it begins and whenever that may have
    changed."""

    def __init__(self, session: Session, status: Status) -> None:
        super().__init__(session)
        self._session = session
        self._status = status
        self._number = 0
        self._counting: Look[int] = Look(status, "Counting the clashes", self._show)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.count)
        session.changed.connect(self._changed)
        session.sight_changed.connect(self._soon.start)

    def count(self) -> None:
        """Counts them beside the window, and tells."""
        merging, sight = self._session.project.merging, self._session.sight
        self._counting.beside(lambda: merging.number_open(sight))

    def stop(self) -> None:
        """Tells of none any more."""
        self._soon.stop()
        self._counting.drop()
        self._show(0)

    def _changed(self, step: StepDone) -> None:
        """Only what brings copies in, and what is taken back, makes clashes; where some are open
        any act may settle one."""
        if self._number or step.kind != "act":
            self._soon.start()

    def _show(self, number: int) -> None:
        self._number = number
        self._status.offer_clashes(
            f"{counted(number, 'clash', 'clashes')} to look at" if number else ""
        )
