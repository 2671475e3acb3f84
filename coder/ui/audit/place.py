"""The audit place: the host of what is looked over before a report goes out."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from coder.ui.audit.consistency_page import ConsistencyPage
from coder.ui.audit.report_page import ReportPage
from coder.ui.session import Session
from coder.ui.trail.page import TrailPage


class AuditPage(Protocol):
    """What a page of the audit can do, beside being a widget. `jump` opens a passage in the
    evidence place: submission, document, start, end; `note` tells something in the status bar."""

    jump: SignalInstance
    note: SignalInstance

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""

    def enter(self) -> None:
        """Comes into view: looks anew where something has changed, and takes the focus."""

    def find_words(self) -> None:
        """Goes to the field that narrows what is shown by words."""

    def copy_cited(self) -> None:
        """Puts the words of the evidence that are chosen on the clipboard, with their citation."""

    def restyle(self) -> None:
        """Takes on the theme in use."""


class AuditPlace(QWidget):
    """The pages of the audit, one of which is shown. `jump` opens a passage in the evidence place:
    submission, document, start, end. `chosen` says that another finding is chosen, or another page
    shown."""

    jump = Signal(str, str, int, int)
    note = Signal(str)
    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("Pages of the audit")
        self.tabs.setDocumentMode(True)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self._stack = QStackedWidget(self)
        self._pages: list[AuditPage] = []
        self.consistency = ConsistencyPage(self)
        self._add("Consistency", self.consistency)
        self.trail = TrailPage(self)
        self._add("Trail", self.trail)
        self.report = ReportPage(self)
        self._add("Check a report", self.report)
        self.report.chosen.connect(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._turn)

    def _add(self, title: str, page: QWidget) -> None:
        one = cast("AuditPage", page)
        self._stack.addWidget(page)
        self._pages.append(one)
        self.tabs.addTab(title)
        one.jump.connect(self.jump)
        one.note.connect(self.note)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        for page in self._pages:
            page.open_session(session)

    def show_page(self, page: QWidget) -> None:
        """Turns to one of the pages."""
        self.tabs.setCurrentIndex(self._stack.indexOf(page))

    def page(self) -> AuditPage:
        """The page that is shown."""
        return self._pages[self._stack.currentIndex()]

    def enter(self) -> None:
        """Comes into view."""
        self.page().enter()

    def find_words(self) -> None:
        """Goes to the field that narrows what is shown by words."""
        self.page().find_words()

    def copy_cited(self) -> None:
        """Puts the words of the evidence that are shown on the clipboard, with their citation."""
        self.page().copy_cited()

    def submission_at_hand(self) -> str:
        """The id of the submission in which the words of the chosen finding stand, or nothing."""
        shown = self._stack.currentWidget() is self.report
        return self.report.submission_at_hand() if shown else ""

    def restyle(self) -> None:
        """Takes on the theme in use."""
        for page in self._pages:
            page.restyle()

    def _turn(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.enter()
        self.chosen.emit()
