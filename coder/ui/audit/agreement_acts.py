"""What the page of agreement does beside the window: compares, works out intervals, saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from coder.domain.errors import NotFound, Refused
from coder.jobs import Job
from coder.project.agreement import AgreementOptions, AgreementReport
from coder.ui import messages
from coder.ui.audit.acts import PLACE
from coder.ui.audit.agreement_page import Look
from coder.ui.audit.disagreements_page import Wanted
from coder.ui.background import AUDITING, Work
from coder.ui.folders import documents
from coder.ui.saving import write_beside
from coder.ui.session import Session

T = TypeVar("T")

if TYPE_CHECKING:
    from coder.ui.window import Window

PAGES = (
    "Word document (*.docx);;CSV for spreadsheets (*.csv);;Picture (*.png);;"
    "Picture that stays sharp (*.svg)"
)


class AgreementActs(QObject):
    """The acts of the page of agreement of one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._page = window.audit.agreement
        self._session: Session | None = None
        self._work: Work | None = None
        self._page.compare_wanted.connect(self.compare)
        self._page.stop_wanted.connect(self._stop)
        self._page.save_wanted.connect(self.save)
        self._page.assign_wanted.connect(self._assign)
        self._page.differences_wanted.connect(self._show_differences)
        self._page.refs.shown = self._listed

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "agreement": self.show,
            "compare-again": self.show_again,
            "save-agreement": self.save,
            "show-differences": self.show_differences,
        }

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._stop()
        self._session, self._work = session, None

    def show(self) -> None:
        """Shows the page."""
        self._window.audit.show_page(self._page)
        self._window.go_to_place(PLACE)

    def show_again(self) -> None:
        """Shows the page and compares again."""
        self._page.stale = True
        self.show()

    def compare(self) -> None:
        """Compares what is chosen: the figures at once, their intervals after."""
        session, options = self._session, self._page.options()
        if session is None:
            return

        def look(job: Job) -> Look:
            return _look(session, options, job)

        self._page.begin_anew()
        self._start(session, "Comparing…", look, self._show)

    def save(self) -> None:
        """Asks for a name and writes the report."""
        report, session = self._page.report, self._session
        if report is None or session is None:
            self._window.status.note("Compare coders first.")
            return
        offered = documents() / "Agreement.docx"
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Save the agreement as a page", str(offered), PAGES
        )
        if path:
            export = partial(session.project.agreement.export, report)
            write_beside(self._window, Path(path), export)

    def show_differences(self) -> None:
        """Shows what the coders differ on of the line that is chosen."""
        if self._page.report is None:
            self._window.status.note("Compare coders first.")
        else:
            self._page.show_differences()

    # Below: how it is done

    def _show_differences(self, wanted: Wanted) -> None:
        page = self._window.audit.disagreements
        page.narrow_to(wanted)
        self._window.registry["disagreements"].trigger()

    def _listed(self) -> list[str]:
        model = self._window.evidence.list.model
        return [one.view.submission.ref for one in model.matching]

    def _assign(self) -> None:
        self._window.registry["assign"].trigger()

    def _work_out(self) -> None:
        """Works out the intervals of the figures that are shown."""
        session, report = self._session, self._page.report
        if session is None or report is None:
            return
        options = replace(report.options, samples=AgreementOptions().samples)

        def look(job: Job) -> AgreementReport:
            return session.project.agreement.report(options, job)

        self._start(session, "Working out intervals…", look, self._page.show_report)

    def _start(
        self, session: Session, doing: str, act: Callable[[Job], T], show: Callable[[T], None]
    ) -> None:
        """Does it beside the window in place of what is under way."""
        self._stop()
        self._page.begin(doing)
        work = self._work = self._window.workshop.quietly(doing, act, AUDITING)

        def finished(result: T) -> None:
            if self._is_current(work, session):
                self._work = None
                self._page.end()
                show(result)

        def failed(problem: BaseException) -> None:
            if self._is_current(work, session):
                self._work = None
                self._page.end()
                self._page.give_up()
                messages.tell(self._window, problem)

        def stopped() -> None:
            if self._is_current(work, session):
                self._work = None
                self._page.end()
                self._page.give_up()

        work.progressed.connect(
            lambda news: self._page.progress(news) if self._work is work else None
        )
        work.finished.connect(finished)
        work.failed.connect(failed)
        work.stopped.connect(stopped)

    def _is_current(self, work: Work, session: Session) -> bool:
        return self._work is work and self._session is session

    def _show(self, look: Look) -> None:
        self._page.show_look(look)
        if look.report is not None:
            self._work_out()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()


def _look(session: Session, options: AgreementOptions, job: Job) -> Look:
    """Compares what is still there of what was chosen, without intervals."""
    agreement = session.project.agreement
    coders, twice = agreement.coders(), agreement.coded_twice()
    refs = {one.ref for one in twice}
    names = {one.name for one in coders}
    options = replace(
        options,
        coders=tuple(one for one in options.coders if one in names),
        submissions=tuple(one for one in options.submissions if one in refs),
        samples=0,
    )
    try:
        return Look(coders, twice, agreement.report(options, job))
    except (Refused, NotFound) as problem:
        return Look(coders, twice, None, problem)
