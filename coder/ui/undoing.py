"""Undo and redo: what they would do, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coder.domain.errors import EvidenceError
from coder.domain.text import counted
from coder.ui import messages

if TYPE_CHECKING:
    from coder.ui.window import Window


class Undoing(QObject):
    """Undo and redo in one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"undo": self.undo, "redo": partial(self._turn_back, redo=True)}

    def undo(self) -> None:
        """Undoes the latest act; asks first where a withdrawal, which stays, came after it, and
        where transcripts would go with it."""
        session = self._window.session
        project = session.project if session else None
        stays = project.passed_over() if project else ""
        label = project.next_labels()[0] if project and stays else ""
        if not stays:
            self._undo_or_ask()
        elif not label:
            self._window.status.note(
                f"“{stays}” cannot be undone, and there is nothing else to undo."
            )
        else:
            messages.ask(
                self._window,
                f"“{stays}” cannot be undone.",
                f"What you did before it can be: “{label}”.",
                "Undo that instead",
                "Leave it",
                self._undo_or_ask,
            )

    def _undo_or_ask(self) -> None:
        """Undoes, unless that takes a recording out whose transcript a machine took long to make:
        then asks."""
        session = self._window.session
        refs = session.project.transcripts_undone() if session else []
        if not refs:
            self._turn_back(redo=False)
            return
        what = (
            f"{refs[0]} and its transcript"
            if len(refs) == 1
            else (f"{counted(len(refs), 'submission')} and their transcripts")
        )
        messages.ask(
            self._window,
            f"This takes {what} out again.",
            "Undo the import?",
            "Undo the import",
            "Leave it",
            partial(self._turn_back, redo=False),
        )

    def _turn_back(self, *, redo: bool) -> None:
        if self._window.session is None:
            return
        project = self._window.session.project
        if not redo and project.undoes_merge():
            self._window.together.take_back(project)
            return
        try:
            label = project.redo() if redo else project.undo()
        except EvidenceError as problem:
            messages.tell(self._window, problem)
            return
        done = "Done again" if redo else "Undone"
        nothing = "Nothing to do again." if redo else "Nothing to undo."
        self._window.status.note(f"{done}: {label}" if label else nothing)

    def allow(self) -> None:
        """Greys out redo where nothing was undone."""
        session = self._window.session
        redo = session.project.next_labels()[1] if session else None
        self._window.registry["redo"].setEnabled(redo is not None)

    def name_acts(self) -> None:
        """Says in the menu what undo and redo would do."""
        if self._window.session is None:
            return
        undo, redo = self._window.session.project.next_labels()
        for name, words, label in (("undo", "Undo", undo), ("redo", "Redo", redo)):
            self._window.registry[name].setText(f"{words}: {label}" if label else words)
