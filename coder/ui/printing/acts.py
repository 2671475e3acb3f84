"""What is printed: set in another thread, shown, and from there put on paper or into a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from coder.domain.packing import PLAIN, PackOptions
from coder.domain.printed import Printed
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job
from coder.project import Project
from coder.project.packs import PackReport
from coder.project.printed import save_pdf
from coder.ui import messages
from coder.ui.background import Work, workshop_of
from coder.ui.printing.pages import pdf, set_on
from coder.ui.printing.preview import PrintPreview


def write_pack_pdf(
    project: Project,
    wanted: QuoteFilter,
    path: Path,
    options: PackOptions = PLAIN,
    job: Job | None = None,
) -> PackReport:
    """Writes a quote pack as a PDF, under the rules of `project.packs.write`; for any thread."""
    job = job or Job()
    text, report = project.packs.pages(wanted, path, options, job)
    save_pdf(pdf(text, job), path)
    return report


def preview(parent: QWidget, title: str, name: str, make: Callable[[Job], Printed]) -> Work:
    """Sets the text that `make` gives and shows its pages under this title; `name` is what a PDF
    of it is called. `make` and the setting are done beside the window."""

    def work(job: Job) -> tuple[Printed, bytes]:
        text = make(job)
        return text, pdf(text, job)

    found = _start(parent, "Laying out the pages", work)
    found.finished.connect(lambda made: _show(parent.window(), title, name, *made))
    return found


def _show(parent: QWidget, title: str, name: str, text: Printed, made: bytes) -> None:
    shown = PrintPreview(title, name, made, parent)
    shown.print_wanted.connect(partial(_ask_printer, shown, text, parent))
    shown.save_wanted.connect(partial(_save, shown, parent))
    shown.open()


def _save(shown: PrintPreview, parent: QWidget, path: Path) -> None:
    data = shown.pdf
    work = _start(parent, f"Writing {path.name}", lambda _: save_pdf(data, path))
    work.finished.connect(shown.accept)


def _ask_printer(shown: PrintPreview, text: Printed, parent: QWidget) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(text.title)
    dialog = QPrintDialog(printer, shown)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, shown.document.pageCount())
    dialog.accepted.connect(lambda: print_text(parent, text, printer))
    dialog.accepted.connect(shown.accept)
    QDialog.open(dialog)


def print_text(parent: QWidget, text: Printed, printer: QPrinter) -> Work:
    """Sets the text for the printer's paper and prints it, beside the window."""
    return _start(parent, "Printing", lambda job: set_on(printer, text, job).paint(printer, job))


def _start(parent: QWidget, title: str, act: Callable[[Job], object]) -> Work:
    work = workshop_of(parent).start(title, act)
    work.matters = False
    work.failed.connect(lambda problem: messages.tell(parent.window(), problem))
    return work
