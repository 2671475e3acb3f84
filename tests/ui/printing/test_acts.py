"""Packs and codebooks on their way to paper or into a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from coder.domain.errors import Refused
from coder.domain.packing import PackOptions
from coder.domain.quotes import QuoteFilter
from coder.project import Project
from coder.ui.printing.acts import print_text, write_pack_pdf
from coder.ui.printing.preview import PrintPreview
from coder.ui.window import Window

PUBLIC = "the choir opened its hall"


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(said.split())


@pytest.fixture
def project(opened: Window) -> Project:
    """The small project with two passages, one of them sensitive, by a respondent with a name."""
    assert opened.session is not None
    made = opened.session.project
    made.evidence.change("STR0001", permission="named", respondent="Ada Brook")
    text = opened.evidence.desk.document
    assert text is not None
    for said, name in ((PUBLIC, "Places to meet"), ("every Thursday", "Volunteering")):
        start = text.text.index(said)
        codings = made.codings.tag(text, start, start + len(said), [made.codebook.at(name)])
    made.codings.set_sensitive(codings, sensitive=True)
    return made


def test_a_pdf_holds_what_may_leave_and_nothing_else(project: Project, tmp_path: Path) -> None:
    report = write_pack_pdf(project, QuoteFilter(), tmp_path / "pack.pdf")
    assert report.quotes == 1
    assert str(report.path) == str(tmp_path / "pack.pdf")
    said = words(report.path)
    assert PUBLIC in said
    assert "Ada Brook (STR0001, para 2)" in said
    assert "1 passage from 1 submission is left out: 1 marked sensitive" in said
    assert "every Thursday" not in said
    report = write_pack_pdf(project, QuoteFilter(), report.path, PackOptions(sensitive=True))
    assert "every Thursday" in words(report.path)


def test_a_pdf_of_nothing_is_not_written(project: Project, tmp_path: Path) -> None:
    project.evidence.change("STR0001", permission="withheld")
    with pytest.raises(Refused, match="nothing was written"):
        write_pack_pdf(project, QuoteFilter(), tmp_path / "pack.pdf")
    assert list(tmp_path.glob("*pack*")) == []


def test_a_pack_is_saved_as_a_pdf_from_the_file_dialog(
    qtbot, opened: Window, project: Project, tmp_path: Path, told: Callable[[], str]
) -> None:
    opened.chores.write_pack(tmp_path / "Pack.PDF")
    qtbot.waitUntil(lambda: not opened.workshop.running, timeout=20_000)
    assert "“Pack.PDF” is written. 1 quote from 1 submission" in told()
    assert PUBLIC in words(tmp_path / "Pack.PDF")


@pytest.fixture
def preview(opened: Window, project: Project, dialog: Callable[..., PrintPreview]) -> PrintPreview:
    """The pages of the pack, shown."""
    opened.registry["print-pack"].trigger()
    return dialog(PrintPreview)


def test_a_pack_is_shown_as_it_will_be_printed(preview: PrintPreview) -> None:
    assert preview.windowTitle() == "Print quote pack"
    assert PUBLIC in " ".join(preview.document.getAllText(0).text().split())
    assert preview.go.isDefault()
    QTest.keyClick(preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    preview.zoom(0.8)
    preview.reject()


def test_what_is_shown_is_saved(
    qtbot, opened: Window, preview: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "shown"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    preview.save.click()
    qtbot.waitUntil(lambda: not opened.workshop.running)
    assert PUBLIC in words(tmp_path / "shown.pdf")


def test_printing_asks_for_a_printer_first(
    preview: PrintPreview, dialog: Callable[..., QPrintDialog]
) -> None:
    preview.go.click()
    asked = dialog(QPrintDialog)
    assert asked.maxPage() == preview.document.pageCount()
    asked.reject()
    preview.reject()


def test_what_is_printed_is_set_for_the_paper_of_the_printer(
    qtbot, opened: Window, project: Project, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    text, _ = project.packs.pages(QuoteFilter(), tmp_path / "pack.pdf")
    print_text(opened, text, printer)
    qtbot.waitUntil(lambda: not opened.workshop.running)
    assert PUBLIC in words(tmp_path / "paper.pdf")
