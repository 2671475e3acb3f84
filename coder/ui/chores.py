"""What the window does in several steps: open, bring in, export; with files to choose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from coder import places, settings
from coder.domain.errors import EvidenceError
from coder.domain.packing import PLAIN, PackOptions
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job
from coder.project import Project
from coder.project.packs import PackReport
from coder.project.sample import is_sample, make_sample
from coder.ui import messages
from coder.ui.background import Work
from coder.ui.dialogs.account import AccountDialog
from coder.ui.dialogs.new_inquiry import NewInquiryDialog
from coder.ui.dialogs.particulars import ParticularsDialog
from coder.ui.folders import documents
from coder.ui.importing.flow import Importing
from coder.ui.packing.formats import remembered
from coder.ui.printing.acts import preview, write_pack_pdf
from coder.ui.saving import write_beside
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

ACCOUNTS = "Word (*.docx);;CSV for spreadsheets (*.csv);;Markdown (*.md);;JSON (*.json)"


class Chores(QObject):
    """The longer acts of one window. Work that takes time runs in its workshop. `sample_opened`
    says that the sample inquiry is there to be shown."""

    sample_opened = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.importing = Importing(window)

    # Inquiries

    def new_inquiry(self) -> None:
        """Asks what the inquiry is, and makes it."""
        dialog = NewInquiryDialog(documents(), self._window)
        dialog.accepted.connect(lambda: self._make(dialog))
        dialog.open()

    def open_sample(self) -> None:
        """Opens the sample inquiry; makes it first, where it is not there yet."""
        folder = places.user_data() / "sample"
        try:
            there = is_sample(folder)
        except EvidenceError as problem:
            messages.tell(self._window, problem)
            return
        if there:
            self._show_sample(folder)
            return
        work = self._start("Making the sample inquiry", lambda job: make_sample(folder, job))
        self._window.welcome.follow(work)
        work.finished.connect(lambda _: self._show_sample(folder))

    def _show_sample(self, folder: Path) -> None:
        if self._window.open_project(folder):
            self.sample_opened.emit()

    # Evidence

    def choose_files(self) -> None:
        """Asks for files and brings them in."""
        paths, _ = QFileDialog.getOpenFileNames(self._window, "Import files", str(documents()))
        if paths:
            self.importing.bring([Path(path) for path in paths])

    def take_offer(self) -> None:
        """Does what the empty middle offers: stops the look through files that it tells of, or asks
        for files."""
        if not self.importing.stop_looking():
            self.choose_files()

    def choose_folder(self) -> None:
        """Asks for a folder and brings in every file below it."""
        folder = QFileDialog.getExistingDirectory(self._window, "Import a folder", str(documents()))
        if folder:
            self.importing.bring([Path(folder)])

    def change_particulars(self, submission_id: str, parent: QWidget | None = None) -> None:
        """Asks who a submission is from and what the respondent allows; over the window, or what
        is open in it."""
        session = self._session()
        if session is None:
            return
        project = session.project
        dialog = ParticularsDialog(
            project.submission(submission_id),
            project.pseudonyms,
            parent or self._window,
            project.signing.of(submission_id),
        )

        def save() -> None:
            changes = dialog.changes()
            change = partial(project.evidence.change, submission_id, **changes)
            if changes and not messages.attempt(self._window, change):
                return
            pseudonym = dialog.new_pseudonym()
            if pseudonym is not None:
                self._window.leaving.set_pseudonym(submission_id, pseudonym)

        dialog.accepted.connect(save)
        dialog.open()

    def toggle_checked(self) -> None:
        """Notes that a machine's text that is shown was compared with its recording or picture, or
        not."""
        session, shown = self._session(), self._window.evidence.desk.document
        if session is None or shown is None:
            self._window.status.note("Show a machine's text first, then mark it as checked.")
            return
        checked = shown.machine_draft
        set_checked = partial(session.project.set_checked, shown.id, checked=checked)
        if messages.attempt(self._window, set_checked):
            self._window.status.note(
                "Marked as checked: packs no longer call it unchecked."
                if checked
                else "A machine draft again: packs say that nobody has checked it."
            )

    def recognise(self) -> None:
        """Reads the text of the picture or scanned page that is shown."""
        session, shown = self._session(), self._window.evidence.desk.document
        if session is None or shown is None:
            self._window.status.note("Show a picture or a scanned page first.")
            return
        recognition = session.project.recognition
        work = self._start(
            f"Recognising {shown.title}", lambda job: recognition.recognise(shown.id, job)
        )
        work.finished.connect(
            lambda made: self._window.status.note(
                f"“{made.title}” stands beside it: compare the two before you quote it."
            )
        )

    def show_account(self) -> None:
        """Adds up what was received, and shows what became of it."""
        session = self._session()
        if session is None:
            return
        account = session.project.account
        dialog = AccountDialog(self._window.evidence.list.model.views, self._window)
        dialog.submission_wanted.connect(self._window.show_submission)
        dialog.export_wanted.connect(self._export_account)
        work = self._start("Adding up", lambda _: (account.table(), account.files()))
        work.matters = False
        work.finished.connect(lambda told: dialog.show_account(*told))
        dialog.open()

    def _export_account(self) -> None:
        """Asks for a file and writes the account into it."""
        session = self._session()
        start = str(documents() / "account.docx")
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Export the account of submissions", start, ACCOUNTS
        )
        if session is not None and path:
            write_beside(self._window, Path(path), session.project.account.export)

    # Quotes

    def write_pack(
        self, path: Path, wanted: QuoteFilter | None = None, options: PackOptions = PLAIN
    ) -> None:
        """Writes quotes, those that the filters of the quotes place let through where nothing else
        is wanted, as the kind of file that the ending of `path` says."""
        session = self._session()
        if session is None:
            return
        unseen = "" if wanted and wanted.basket else self._window.quotes.unseen()
        project, asked = session.project, wanted or self._window.quotes.wanted()
        work = self._start(
            f"Writing {path.name}",
            (lambda job: write_pack_pdf(project, asked, path, options, job))
            if path.suffix.lower() == ".pdf"
            else (lambda job: project.packs.write(asked, path, options, job)),
        )
        work.finished.connect(lambda report: self._packed(path, report, unseen))

    def print_pack(self) -> None:
        """Shows the quotes that the filters let through as they would be printed, with what was
        chosen for the pack before."""
        session = self._session()
        if session is None:
            return
        place = self._window.quotes
        wanted, options = place.wanted(), replace(remembered().options, joined=place.pane.joined)
        project = session.project
        preview(
            self._window,
            "Print quote pack",
            "quote-pack",
            lambda job: project.packs.pages(wanted, Path("quote-pack.pdf"), options, job)[0],
        )

    def back_up(self, project: Project) -> None:
        """Copies the database into the project's backups, where there is no copy of today yet."""
        work = self._start("Backing up", lambda _: project.back_up())
        work.matters = False

    # Below: how each of them ends

    def _session(self) -> Session | None:
        return self._window.session

    def _start(self, title: str, act: Callable[[Job], Any]) -> Work:
        work = self._window.workshop.start(title, act)
        work.failed.connect(lambda problem: messages.tell(self._window, problem))
        return work

    def _make(self, dialog: NewInquiryDialog) -> None:
        wanted = dialog.wanted
        if wanted is None:
            return
        name = settings.coder_name(settings.load())
        try:
            project = Project.create(
                wanted.folder,
                wanted.title,
                wanted.prefix,
                name,
                closes=wanted.closes,
                codes=wanted.codes,
            )
        except EvidenceError as problem:
            messages.tell(self._window, problem)
            return
        self._window.show_project(project)

    def _packed(self, path: Path, report: PackReport, unseen: str) -> None:
        told = f"{report}\n\nMade as you see it now, {unseen}." if unseen else str(report)
        box = messages.inform(
            self._window, f"“{path.name}” is written.", told, f"It lies in {path.parent}"
        )
        opens = box.addButton("Open", QMessageBox.ButtonRole.ActionRole)
        opens.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        show = box.addButton("Show in folder", QMessageBox.ButtonRole.ActionRole)
        folder = QUrl.fromLocalFile(str(path.parent))
        show.clicked.connect(lambda: QDesktopServices.openUrl(folder))
