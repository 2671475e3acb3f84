"""What the page on consistency does to the rest of the window: looks through the tags beside it,
dismisses, recodes, and saves what was found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from coder.domain.model import Coding
from coder.jobs import Job
from coder.project import StepDone
from coder.project.consistency import TOUCHED, Look, Options
from coder.ui import messages
from coder.ui.audit.acts import PLACE
from coder.ui.background import LOOKING, Work
from coder.ui.codebook.asking import ask_text
from coder.ui.folders import documents
from coder.ui.picker import Picker
from coder.ui.saving import write_beside
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

T = TypeVar("T")

_LISTS = "Word document (*.docx);;CSV for spreadsheets (*.csv)"


class ConsistencyActs(QObject):
    """The acts of the page on consistency of one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._page = window.audit.consistency
        self._session: Session | None = None
        self._work: Work | None = None
        self._stale = False
        self._page.look_wanted.connect(self.look)
        self._page.stop_wanted.connect(self._stop)
        self._page.save_wanted.connect(self.save)
        self._page.dismiss_wanted.connect(self.dismiss)
        self._page.restore_wanted.connect(self.restore)
        self._page.recode_wanted.connect(self.recode)
        self._page.define_wanted.connect(window.evidence.themes.acts.open_card)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "consistency": self.show,
            "consistency-again": self.look,
            "dismiss-finding": self.dismiss,
            "save-consistency": self.save,
        }

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        self._work = None
        if session is not None:
            session.changed.connect(self._changed)
            session.sight_changed.connect(self._forget)

    def show(self) -> None:
        """Goes to the page."""
        if self._session is not None:
            self._window.audit.show_page(self._page)
            self._window.go_to_place(PLACE)

    def look(self) -> None:
        """Looks through all tags that are to be seen, beside the window, and shows what is odd."""
        session = self._session
        if session is None or self._work is not None:
            return
        self.show()
        self._page.begin()
        options = Options(sight=session.sight)

        def find(job: Job) -> Look:
            return session.project.consistency.findings(options, job)

        work = self._work = self._window.workshop.start("Looking through all tags", find, LOOKING)
        work.matters = False
        self._stale = False
        work.progressed.connect(self._page.progress)
        work.finished.connect(lambda found: self._show(session, found))
        work.failed.connect(self._failed)
        work.stopped.connect(self._page.give_up)
        work.ended.connect(lambda: self._ended(work))

    def dismiss(self) -> None:
        """Asks why the chosen finding is as it is, and has it told no more."""
        session, judged = self._session, self._page.current()
        if session is None or judged is None or judged.dismissal:
            self._window.status.note("Choose a finding on the page Consistency first.")
            return
        said = judged.before.reason if judged.before else ""
        ask_text(
            self._window,
            "Dismiss this finding",
            f"{judged.finding.said}\n\nWhy is it as it should be? Colleagues will read this.",
            said,
            lambda reason: self._try(
                lambda: session.project.consistency.dismiss(judged.finding, reason)
            ),
            lines=True,
            ok="Dismiss",
        )

    def restore(self) -> None:
        """Has the chosen finding, which was dismissed, told again."""
        session, judged = self._session, self._page.current()
        if session is not None and judged is not None and judged.dismissal is not None:
            dismissal = judged.dismissal
            self._try(lambda: session.project.consistency.restore(dismissal))

    def recode(self, coding_id: str) -> None:
        """Offers every code that may take the place of that of a tag of one's own."""
        session = self._session
        if session is None:
            return
        codings = session.project.codings
        for coding in self._try(lambda: codings.one(coding_id)):
            name = session.codes[coding.code_id].name
            choices = self._window.evidence.tagging.choices(session)
            picker = Picker(self._page, choices, f"Recode “{name}” as…")
            picker.chosen.connect(partial(self._recode, session, coding))
            view = self._page.view
            picker.open_at(view.mapToGlobal(view.rect().center()))

    def save(self) -> None:
        """Asks for a name and writes the findings that are shown."""
        session, shown = self._session, list(self._page.model.judged)
        if session is None or self._page.found is None:
            self._window.status.note("Look through the tags first.")
            return
        offered = documents() / "consistency.docx"
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Save the findings", str(offered), _LISTS
        )
        if path:
            save = partial(session.project.consistency.save, shown)
            write_beside(self._window, Path(path), save)

    # Below: how it is done

    def _recode(self, session: Session, coding: Coding, ids: list[str]) -> None:
        code = session.codes[ids[0]]
        self._try(lambda: session.project.codings.recode([coding], code))

    def _try(self, act: Callable[[], T]) -> tuple[T, ...]:
        return messages.attempt(self._window, act)

    def _show(self, session: Session, found: Look) -> None:
        if session is not self._session:
            return
        self._page.show_found(found)
        if self._stale:
            self._page.outdate()

    def _changed(self, step: StepDone) -> None:
        """A dismissal is seen at once; of everything else it is said that there is something."""
        session, found = self._session, self._page.found
        if self.sender() is not session or session is None:
            return
        if any(step.touches(table) for table in TOUCHED if table != "dismissals"):
            self._stale = True
            self._page.outdate()
        elif found is not None and step.touches("dismissals"):
            findings = [one.finding for one in found.judged]
            judged = session.project.consistency.judge(findings, at=found.at)
            self._page.judge(judged)

    def _forget(self) -> None:
        """Others' tags are to be seen, or not, that were not, or were: what was found is not told
        any more."""
        self._stop()
        self._page.open_session(self._session)

    def _failed(self, problem: BaseException) -> None:
        self._page.give_up()
        messages.tell(self._window, problem)

    def _ended(self, work: Work) -> None:
        if self._work is work:
            self._work = None

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
