"""Shares the work out among coders, from one window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coder.domain.errors import EvidenceError
from coder.domain.model import Submission
from coder.domain.text import counted
from coder.project.assigning import drawn
from coder.project.evidence import State
from coder.ui import messages
from coder.ui.assigning.dialog import AssignDialog, Giving, Way

if TYPE_CHECKING:
    from coder.ui.window import Window


class AssignActs(QObject):
    """Who codes what, in one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.shown: AssignDialog | None = None

    def does(self) -> dict[str, Callable[[], None]]:
        """What its action in the registry does."""
        return {"assign": self.open}

    def open(self) -> None:
        """Shows how far everyone is, and gives them submissions."""
        session = self._window.session
        if session is None:
            return
        chosen = self._window.evidence.list.view(self._window.evidence.list.current())
        ref = chosen.submission.ref if chosen and chosen.state is not State.ASIDE else ""
        people = session.project.people()
        dialog = self.shown = AssignDialog(people, ref, len(self._listed()), self._window)
        dialog.look_wanted.connect(lambda wanted: dialog.tell(self._meant(wanted)))
        self._window.evidence.loader.loaded.connect(dialog.look)
        dialog.give_wanted.connect(self._give)
        dialog.back_wanted.connect(self._take_back)
        dialog.give.setVisible(not session.project.read_only)
        dialog.back.setVisible(not session.project.read_only)
        self._refresh()
        dialog.open()

    def _refresh(self) -> None:
        session, dialog = self._window.session, self.shown
        if session is None or dialog is None:
            return
        work = self._window.workshop.start(
            "Looking how far everyone is",
            lambda _: (session.project.assigning.shares(), session.project.assigning.whole()),
        )
        work.matters = False
        work.finished.connect(lambda found: dialog.show_shares(*found))

    def _listed(self) -> list[Submission]:
        model = self._window.evidence.list.model
        return [one.view.submission for one in model.matching if one.state is not State.ASIDE]

    def _meant(self, wanted: Giving) -> Sequence[Submission]:
        """The submissions that are asked for, as they stand now."""
        views = self._window.evidence.list.model.views
        if wanted.way is Way.SAMPLE:
            return [one.submission for one in drawn(views, wanted.size, wanted.seed)]
        if wanted.way is Way.LISTED:
            return self._listed()
        if wanted.way is Way.CHOSEN:
            current = self._window.evidence.list.current()
            return [one.submission for one in views if one.submission.id == current]
        return [one.submission for one in views if not one.given and one.state is not State.ASIDE]

    def _give(self, wanted: Giving) -> None:
        def do() -> str:
            session = self._window.session
            if session is None:
                return ""
            assigning = session.project.assigning
            if wanted.way is Way.LEFT:
                made = assigning.share_out(wanted.coders, wanted.seed)
            else:
                refs = [one.ref for one in self._meant(wanted)]
                made = assigning.assign(refs, wanted.coders, twice=wanted.twice)
            return f"{counted(made, 'assignment')} made."

        self._try(do)

    def _take_back(self, wanted: Giving) -> None:
        def do() -> str:
            session = self._window.session
            if session is None:
                return ""
            refs = [one.ref for one in self._meant(wanted)]
            gone = session.project.assigning.take_back(refs, wanted.coders)
            return f"{counted(gone, 'assignment')} taken back."

        self._try(do)

    def _try(self, do: Callable[[], str]) -> None:
        try:
            told = do()
        except EvidenceError as problem:
            messages.tell(self.shown or self._window, problem)
            return
        self._window.status.note(told)
        self._refresh()
