"""The original beside the text: pictures and pages are shown, the rest only after a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QMessageBox, QWidget

from coder.project import Project
from coder.ui.evidence.original import OriginalPane, shown_here
from coder.ui.window import Window


@pytest.fixture
def pane(qtbot) -> Iterator[OriginalPane]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(600, 500)
    made = OriginalPane(parent)
    made.resize(600, 500)
    parent.show()
    yield made
    made.clear()
    parent.close()


def picture(path: Path) -> Path:
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b5a96"))
    assert image.save(str(path))
    return path


def pages(path: Path, count: int) -> Path:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QSizeF(100, 100), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    for place in range(count):
        if place:
            writer.newPage()
        painter.drawText(200, 400, f"Page {place + 1}")
    painter.end()
    return path


def test_a_picture_is_as_wide_as_the_pane_and_can_be_enlarged(
    pane: OriginalPane, qtbot, tmp_path: Path
) -> None:
    pane.show_file(picture(tmp_path / "photo.png"), "photo.png")
    qtbot.waitUntil(lambda: not pane._picture._image.isNull())
    width = pane._picture.width()

    pane._larger.click()

    assert width == pane._area.viewport().width()
    assert pane._picture.width() == round(width * 1.25)


def test_a_pdf_is_shown_at_the_page_of_the_paragraph(pane: OriginalPane, tmp_path: Path) -> None:
    pane.show_file(pages(tmp_path / "report.pdf", 3), "report.pdf", page=3)

    assert pane._body.currentWidget() is pane._pages
    assert pane._pdf.pageCount() == 3
    assert pane._pages.pageNavigator().currentPage() == 2


def test_what_is_cleared_is_no_longer_held_open(pane: OriginalPane, tmp_path: Path) -> None:
    pane.show_file(pages(tmp_path / "report.pdf", 1), "report.pdf")

    pane.clear()

    assert pane._pdf.pageCount() == 0


def test_a_broken_picture_is_said_to_be_one(pane: OriginalPane, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"no picture")

    pane.show_file(path, "photo.png")

    qtbot.waitUntil(lambda: "cannot be shown" in pane._words.text())


def test_another_program_is_started_only_after_a_question(
    pane: OriginalPane, tmp_path: Path
) -> None:
    path = tmp_path / "letter.doc"
    path.write_bytes(b"words")
    pane.show_file(path, "letter.doc")
    assert pane._body.currentWidget() is pane._other

    pane._open.click()

    [box] = pane.findChildren(QMessageBox)
    assert box.isVisible()
    assert "letter.doc" in box.text()
    box.reject()


@pytest.mark.parametrize("name", ["run.exe", "page.url", "macro.docm", "x.sh"])
def test_what_could_run_is_never_handed_on(pane: OriginalPane, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")

    pane.show_file(path, name)

    assert not pane._open.isVisible()
    assert "could run something" in pane._words.text()
    assert not shown_here(path)


def test_the_original_opens_beside_the_text_and_goes_with_the_next_document(
    window: Window, tmp_path: Path
) -> None:
    for name, words in (("a.txt", "We sang."), ("b.txt", "We cooked.")):
        (tmp_path / name).write_text(words, encoding="utf-8")
    with Project.create(tmp_path / "halls", "Halls", "SIC", "Noor Hadley") as project:
        project.intake.bring([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert window.open_project(tmp_path / "halls")
    desk = window.evidence.desk

    window.registry["original"].trigger()
    assert desk.beside._pane is not None
    assert desk.beside._pane.isVisible()
    assert desk.notices._original.isChecked()
    window.evidence.list.step(1)
    assert desk.beside._pane._name.text() == "b.txt"

    desk.beside._pane._close.click()

    assert not desk.beside._pane.isVisible()
    assert not desk.notices._original.isChecked()
    assert desk.reader.isVisible()
