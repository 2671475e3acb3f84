"""The codebook going out, coming in, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QMarginsF, QObject, Qt, Signal
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from coder.domain.text import counted
from coder.jobs import Job
from coder.project.codebook_files import CodebookPlan, CodebookReport
from coder.ui import messages
from coder.ui.background import Work
from coder.ui.codebook.preview import CodebookPreview
from coder.ui.folders import documents
from coder.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from coder.ui.window import Window

WRITTEN = (
    "Word (*.docx);;CSV for spreadsheets (*.csv);;Markdown (*.md);;REFI-QDA, for other programs"
    " (*.qdc)"
)
READ = (
    "Codebooks (*.docx *.csv *.tsv *.xlsx *.xls *.ods *.md *.markdown *.txt *.qdc);;All files (*)"
)
_POINTS = 10
_MARGIN_MM = 4
"""On top of the two centimetres that a `QTextDocument` keeps free when it prints by itself."""


class CodebookChores(QObject):
    """What is done with the whole codebook of the open project, beside the window where it takes
    time. `note` gives a line for the status bar."""

    note = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.session: Session | None = None
        self._printer: QPrinter | None = None  # the preview paints onto it and does not keep it

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
            work = self._start("Laying out the codebook", lambda _: files.page(sight))
            work.finished.connect(self._show_page)

    def _show_plan(self, plan: CodebookPlan) -> None:
        preview = CodebookPreview(plan, self._parent.window())
        preview.wanted.connect(lambda chosen: self._take(preview, chosen))
        preview.open()

    def _take(self, preview: CodebookPreview, chosen: set[str]) -> None:
        session = self.session
        if session is None:
            return
        files = session.project.codebook_files
        for number in messages.attempt(preview, lambda: files.take(preview.plan, chosen)):
            preview.close()
            codes = counted(number, "code")
            self.note.emit(f"{codes} came in from “{preview.plan.name}”. Ctrl+Z takes them out.")

    def _exported(self, report: CodebookReport) -> None:
        messages.inform(
            self._parent.window(),
            f"“{report.path.name}” is written.",
            str(report),
            f"It lies in {report.path.parent}",
        )

    def _show_page(self, page: str) -> None:
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName("Codebook")
        _set_up(self._printer)
        preview = QPrintPreviewDialog(self._printer, self._parent.window())
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.setWindowTitle("Print the codebook")
        preview.paintRequested.connect(lambda onto: print_page(page, onto))
        preview.resize(860, 900)
        preview.open()

    def _start(self, title: str, act: Callable[[Job], Any]) -> Work:
        work = cast("Window", self._parent.window()).workshop.start(title, act)
        work.matters = False
        work.failed.connect(lambda problem: messages.tell(self._parent.window(), problem))
        return work


def print_page(page: str, printer: QPrinter) -> None:
    """Prints a page of HTML, with its own pages as the printer's paper asks."""
    document = QTextDocument()
    document.setDefaultFont(QFont("Source Serif 4", _POINTS))
    document.setDocumentMargin(0)
    document.setHtml(page)
    document.print_(printer)


def _set_up(printer: QPrinter) -> None:
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
        QPageLayout.Unit.Millimeter,
    )
    printer.setPageLayout(layout)
