"""What the page of disagreements does: looks for them beside the window, and settles them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from coder.domain.palette import shade
from coder.domain.text import counted
from coder.jobs import Job
from coder.project.settling import Adopted, Case, Options, Queue
from coder.ui import messages, theme
from coder.ui.audit.acts import PLACE
from coder.ui.audit.define_dialog import DefineDialog
from coder.ui.background import Work
from coder.ui.picker import Choice, Picker
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window


class SettlingActs(QObject):
    """The acts on disagreements in one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._page = window.audit.disagreements
        self._session: Session | None = None
        self._work: Work | None = None
        self._page.look_wanted.connect(self._look)
        self._page.act_wanted.connect(self._act)
        self._page.adopt_wanted.connect(self.adopt)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {"disagreements": self.show, "adopt-agreed": self.adopt}

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        self._work = None

    def show(self) -> None:
        """Goes to the page."""
        self._window.audit.show_page(self._page)
        self._window.go_to_place(PLACE)

    def adopt(self) -> None:
        """Makes agreed tags of all on which the coders agree."""
        session = self._session
        if session is None:
            return
        options = self._page.options

        def do(_: Job) -> Adopted:
            return session.project.settling.adopt(options)

        work = self._window.workshop.start("Adopting what all agree on", do)
        work.failed.connect(lambda problem: messages.tell(self._window, problem))
        work.finished.connect(self._tell_adopted)

    # Below: how it is done

    def _tell_adopted(self, done: Adopted) -> None:
        gone = f", {done.gone:,} taken away that are agreed on no longer" if done.gone else ""
        stood = f"; {done.standing:,} stood already" if done.standing else ""
        self._window.status.note(f"{counted(done.made, 'agreed tag')} made{gone}{stood}.")

    def _look(self, options: Options) -> None:
        """Looks for the disagreements beside the window; what is asked for last is shown."""
        session = self._session
        if session is None:
            return

        def look(_: Job) -> Queue:
            return session.project.settling.queue(options)

        work = self._work = self._window.workshop.quietly("Comparing what coders put", look)
        work.finished.connect(lambda queue: self._show_queue(work, queue, options))
        work.failed.connect(lambda problem: messages.tell(self._window, problem))

    def _show_queue(self, work: Work, queue: Queue, options: Options) -> None:
        if work is self._work:
            self._page.show_queue(queue, options)

    def _act(self, name: str) -> None:
        session, case = self._session, self._page.case
        if session is None or case is None:
            return
        settling, why = session.project.settling, self._page.view.why.text()
        if name.startswith("accept-"):
            side = case.place.sides[int(name.removeprefix("accept-")) - 1]
            self._settle(case, lambda: settling.accept(case, side, why), "Settled")
        elif name == "both":
            self._settle(case, lambda: settling.keep_both(case, why), "All of it is kept")
        elif name == "leave":
            self._settle(case, lambda: settling.leave(case, why), "Left as it is")
        elif name == "reopen":
            self._settle(case, lambda: settling.reopen(case), "Open again")
        elif name == "recode":
            self._recode(session, case)
        else:
            self._define(session, case)

    def _settle(self, case: Case, act: Callable[[], object], said: str) -> None:
        for _ in messages.attempt(self._window, act):
            self._page.take_away(case)
            self._window.status.note(f"{said}: {case.ref}. Ctrl+Z takes it back.")

    def _recode(self, session: Session, case: Case) -> None:
        """Offers codes for the passage, or for the words of it that are selected."""
        span, why = self._page.view.text.selected(), self._page.view.why.text()
        settling = session.project.settling

        def do(ids: list[str]) -> None:
            self._settle(case, lambda: settling.recode(case, ids, why, span), "Recoded")

        on = "the selected words" if span else "this passage"
        picker = Picker(self._window, _choices(session), f"Which code for {on}?", several=True)
        picker.chosen.connect(do)
        text = self._page.view.text
        picker.open_at(text.mapToGlobal(QPoint(0, text.height())))

    def _define(self, session: Session, case: Case) -> None:
        codes = [session.codes[one] for one in case.place.codes if one in session.codes]
        if not codes:
            return
        why = self._page.view.why.text() or (case.decision.why if case.decision else "")
        dialog = DefineDialog(codes, why, self._window)
        dialog.accepted.connect(partial(self._write, session, dialog))
        dialog.open()

    def _write(self, session: Session, dialog: DefineDialog) -> None:
        book, code = session.project.codebook, dialog.code
        fields = {dialog.field: dialog.text}
        for _ in messages.attempt(self._window, lambda: book.define(code, **fields)):
            self._window.status.note(f"The codebook says so of “{code.name}” now.")


def _choices(session: Session) -> list[Choice]:
    dark = theme.current().dark
    return [
        Choice(
            view.code.id,
            view.path.replace("/", " / "),
            colour=shade(view.code.colour, dark),
            name=view.code.name,
        )
        for view in session.project.codebook.tree()
    ]
