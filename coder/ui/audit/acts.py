"""What the audit does to the rest of the window: asks for reports, checks them, saves what it
found."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from coder.jobs import Job
from coder.project.checking import ReportCheck
from coder.ui import messages
from coder.ui.audit.report_page import looks
from coder.ui.background import Work
from coder.ui.folders import documents
from coder.ui.saving import write_beside
from coder.ui.session import Session
from coder.ui.window_state import state_file

if TYPE_CHECKING:
    from coder.ui.window import Window

REPORTS = "Word documents (*.docx *.docm)"
LISTS = "CSV for spreadsheets (*.csv);;Web page (*.html)"
PLACE = 2
"""The number of the audit place in the rail."""

_MOST = 5


class AuditActs(QObject):
    """The acts of the audit place of one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._page = window.audit.report
        self._session: Session | None = None
        self._work: Work | None = None
        self._page.choose_wanted.connect(self.choose)
        self._page.check_wanted.connect(lambda path: self.check(Path(path)))
        self._page.stop_wanted.connect(self._stop)
        self._page.copy_wanted.connect(self.save_copy)
        self._page.list_wanted.connect(self.save_list)

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "check-report": self.choose,
            "check-again": self.check_again,
            "show-finding": self.show_finding,
            "save-commented": self.save_copy,
            "save-findings": self.save_list,
        }

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self._session = session
        self._work = None
        self._page.offer(self._lately())

    def choose(self) -> None:
        """Asks for a report and checks it."""
        if self._session is None:
            return
        lately = self._lately()
        folder = lately[0].parent if lately else documents()
        path, _ = QFileDialog.getOpenFileName(self._window, "Check a report", str(folder), REPORTS)
        if path:
            self.check(Path(path))

    def check(self, path: Path) -> None:
        """Checks a report beside the window, and shows what was found."""
        session = self._session
        if session is None or self._work is not None:
            return
        self._window.audit.show_page(self._page)
        self._window.go_to_place(PLACE)
        self._page.begin(path)
        seen = looks(path)

        def look(job: Job) -> ReportCheck:
            return session.project.checking.check(path, job)

        work = self._work = self._window.workshop.start(f"Checking {path.name}", look)
        work.matters = False
        work.progressed.connect(self._page.progress)
        work.finished.connect(lambda checked: self._show(session, checked, seen))
        work.failed.connect(self._failed)
        work.stopped.connect(self._page.give_up)
        work.ended.connect(lambda: self._ended(work))

    def check_again(self) -> None:
        """Checks the report that is shown once more."""
        if self._page.checked is None:
            self.choose()
        else:
            self.check(self._page.checked.path)

    def show_finding(self) -> None:
        """Goes to the words in the evidence that the chosen finding is about."""
        if self._page.checked is None:
            self._window.status.note("Check a report first.")
        else:
            self._page.show_in_document()

    def save_copy(self) -> None:
        """Asks for a name and writes the copy with comments."""
        checked = self._page.checked
        if checked is None or self._session is None:
            self._window.status.note("Check a report first.")
            return
        offered = checked.path.with_name(f"{checked.path.stem}-checked{checked.path.suffix}")
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            "Save the commented report",
            str(offered),
            f"Word document (*{checked.path.suffix})",
        )
        if path:
            checking = self._session.project.checking
            write_beside(self._window, Path(path), partial(checking.write_back, checked))

    def save_list(self) -> None:
        """Asks for a name and writes the list of findings."""
        checked = self._page.checked
        if checked is None or self._session is None:
            self._window.status.note("Check a report first.")
            return
        offered = checked.path.with_name(f"{checked.path.stem}-checked.csv")
        path, _ = QFileDialog.getSaveFileName(self._window, "Save the list", str(offered), LISTS)
        if path:
            checking = self._session.project.checking
            write_beside(self._window, Path(path), partial(checking.write_list, checked))

    # Below: how it is done

    def _show(self, session: Session, checked: ReportCheck, seen: object) -> None:
        if session is not self._session:
            return
        self._page.show_check(checked, seen)
        self._remember(checked.path)

    def _failed(self, problem: BaseException) -> None:
        self._page.give_up()
        messages.tell(self._window, problem)

    def _ended(self, work: Work) -> None:
        if self._work is work:
            self._work = None

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _key(self) -> str:
        assert self._session is not None
        return f"reports/{self._session.project.inquiry.id}"

    def _lately(self) -> list[Path]:
        """The reports that were checked lately and are still there, the latest first."""
        if self._session is None:
            return []
        try:
            kept = json.loads(str(state_file().value(self._key(), "[]")))
        except ValueError:
            return []
        return [path for one in kept if (path := Path(str(one))).is_file()]

    def _remember(self, path: Path) -> None:
        kept = [path, *(one for one in self._lately() if one != path)][:_MOST]
        state_file().setValue(self._key(), json.dumps([str(one) for one in kept]))
        self._page.offer(kept)
