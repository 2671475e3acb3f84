"""The codebook going out, coming in, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from coder.domain.text import counted
from coder.jobs import Job
from coder.project.codebook_files import CodebookPlan, CodebookReport
from coder.ui import messages
from coder.ui.background import Work
from coder.ui.codebook.preview import CodebookPreview
from coder.ui.folders import documents
from coder.ui.printing.acts import preview
from coder.ui.session import Session

if TYPE_CHECKING:
    from coder.ui.window import Window

WRITTEN = (
    "Word (*.docx);;CSV for spreadsheets (*.csv);;Markdown (*.md);;REFI-QDA, for other programs"
    " (*.qdc)"
)
READ = (
    "Codebooks (*.docx *.csv *.tsv *.xlsx *.xls *.ods *.md *.markdown *.txt *.qdc);;All files (*)"
)


class CodebookChores(QObject):
    """What is done with the whole codebook of the open project, beside the window where it takes
    time. `note` gives a line for the status bar."""

    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.session: Session | None = None

    def does(self) -> dict[str, Callable[[], None]]:
        """What each of its actions in the registry does."""
        return {
            "import-codebook": self.choose_file,
            "export-codebook": self.export,
            "print-codebook": self.print,
        }

    def export(self) -> None:
        """Asks for a file and writes the codebook into it."""
        session = self.session
        path, _ = QFileDialog.getSaveFileName(
            self._parent.window(),
            "Export the codebook",
            str(documents() / "codebook.docx"),
            WRITTEN,
        )
        if session is not None and path:
            target, files, sight = Path(path), session.project.codebook_files, session.sight
            work = self._start(f"Writing {target.name}", lambda _: files.export(target, sight))
            work.finished.connect(self._exported)

    def choose_file(self) -> None:
        """Asks for a codebook file and shows what taking it in would do."""
        path, _ = QFileDialog.getOpenFileName(
            self._parent.window(), "Import a codebook", str(documents()), READ
        )
        if path:
            self.look_at(Path(path))

    def look_at(self, path: Path) -> None:
        """Shows what taking in this file would do."""
        session = self.session
        if session is not None:
            work = self._start(
                f"Reading {path.name}", lambda _: session.project.codebook_files.plan(path)
            )
            work.finished.connect(self._show_plan)

    def print(self) -> None:
        """Shows the codebook as it would be printed, and prints it on wish."""
        session = self.session
        if session is not None:
            files, sight = session.project.codebook_files, session.sight
            preview(self._parent, "Print the codebook", "codebook", lambda _: files.pages(sight))

    def _show_plan(self, plan: CodebookPlan) -> None:
        shown = CodebookPreview(plan, self._parent.window())
        shown.wanted.connect(lambda chosen: self._take(shown, chosen))
        shown.open()

    def _take(self, shown: CodebookPreview, chosen: set[str]) -> None:
        session = self.session
        if session is None:
            return
        files = session.project.codebook_files
        for number in messages.attempt(shown, lambda: files.take(shown.plan, chosen)):
            shown.close()
            codes = counted(number, "code")
            self.note.emit(f"{codes} came in from “{shown.plan.name}”. Ctrl+Z takes them out.")

    def _exported(self, report: CodebookReport) -> None:
        messages.inform(
            self._parent.window(),
            f"“{report.path.name}” is written.",
            str(report),
            f"It lies in {report.path.parent}",
        )

    def _start(self, title: str, act: Callable[[Job], Any]) -> Work:
        work = cast("Window", self._parent.window()).workshop.start(title, act)
        work.matters = False
        work.failed.connect(lambda problem: messages.tell(self._parent.window(), problem))
        return work
