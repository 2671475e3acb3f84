"""The audit place: the host of what is looked over before a report goes out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from coder.ui.audit.report_page import ReportPage
from coder.ui.session import Session


class AuditPlace(QStackedWidget):
    """The pages of the audit. `jump` opens a passage in the evidence place: submission, document,
    start, end. `chosen` says that another finding is chosen."""

    jump = Signal(str, str, int, int)
    note = Signal(str)
    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.report = ReportPage(self)
        self.addWidget(self.report)
        self.report.jump.connect(self.jump)
        self.report.note.connect(self.note)
        self.report.chosen.connect(self.chosen)

    def open_session(self, session: Session | None) -> None:
        """Works on another project, or on none."""
        self.report.open_session(session)

    def enter(self) -> None:
        """Comes into view."""
        self.report.enter()

    def find_words(self) -> None:
        """Goes to the field that narrows what is shown by words."""
        self.report.find_words()

    def copy_cited(self) -> None:
        """Puts the words of the evidence that are shown on the clipboard, with their citation."""
        self.report.copy_cited()

    def submission_at_hand(self) -> str:
        """The id of the submission in which the words of the chosen finding stand, or nothing."""
        return self.report.submission_at_hand()

    def restyle(self) -> None:
        """Takes on the theme in use."""
        self.report.restyle()
