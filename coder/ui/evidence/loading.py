"""Reads the list of submissions: at once where it is short, beside the window where it is long."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from coder.project import Project
from coder.ui import looking
from coder.ui.evidence.listing import Entry, entry
from coder.ui.evidence.submissions import SubmissionList
from coder.ui.looking import Look
from coder.ui.session import Session


class ListLoader(QObject):
    """Fills the list. `loaded` says that it shows what is in the project."""

    loaded = Signal()

    def __init__(self, shown: SubmissionList) -> None:
        super().__init__(shown)
        self._list = shown
        self._look = Look(shown, "Reading the list", self._show_in_turns)

    @property
    def reading(self) -> bool:
        """Whether the list is being read."""
        return self._look.reading

    def begin(self, session: Session | None) -> None:
        """Shows another project's submissions, or none."""
        self._list.wait()
        self.read(session)

    def read(self, session: Session | None, *, much: bool = False) -> None:
        """Reads the list anew, beside the window where it is long or `much` was changed; what is
        shown stays until that is done."""
        if session is None:
            self._look.drop()
            self._list.show_entries([])
            return
        project = session.project
        if much or project.evidence.count() > looking.SHORT:
            self._look.beside(lambda: _entries(project))
            return
        self._look.drop()
        self._list.show_entries(_entries(project))
        self.loaded.emit()

    def _show_in_turns(self, entries: list[Entry]) -> None:
        """Shows the list, and lets Qt do other things before a document is shown as well."""
        self._list.show_entries(entries)
        QTimer.singleShot(0, self, self.loaded.emit)


def _entries(project: Project) -> list[Entry]:
    """The submissions, prepared for the list."""
    return [entry(view) for view in project.evidence.all()]
