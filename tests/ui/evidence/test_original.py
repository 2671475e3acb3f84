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


def test_a_picture_made_smaller_is_smooth(pane: OriginalPane, qtbot, tmp_path: Path) -> None:
    stripes = b"\x00\x00\xff\xff" * 900 * 900
    fine = QImage(stripes, 3600, 900, QImage.Format.Format_Grayscale8)
    assert fine.save(str(tmp_path / "fine.png"))

    pane.show_file(tmp_path / "fine.png", "fine.png")
    qtbot.waitUntil(lambda: not pane._picture._image.isNull())
    drawn = pane._picture.grab().toImage()

    row = [drawn.pixelColor(x, drawn.height() // 2).lightness() for x in range(50, 500)]
    assert max(row) - min(row) < 100


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


def test_the_words_of_a_mail_are_shown_as_plain_text(
    pane: OriginalPane, qtbot, tmp_path: Path
) -> None:
    path = tmp_path / "letter.eml"
    path.write_text("From: Ada <ada@halls.example>\nSubject: Hello\n\nWe <b>sang</b>.\n")

    pane.show_file(path, "letter.eml")

    qtbot.waitUntil(lambda: bool(pane._text.toPlainText()))
    assert pane._body.currentWidget() is pane._text
    assert pane._text.isReadOnly()
    assert pane._text.toPlainText().startswith("From: Ada <ada@halls.example>\nSubject: Hello\n")
    assert "We <b>sang</b>." in pane._text.toPlainText()


def test_the_pane_goes_where_the_next_original_cannot_be_shown_and_comes_back(
    window: Window, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("We sang.", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>We cooked.</p>", encoding="utf-8")
    with Project.create(tmp_path / "halls", "Halls", "SIC", "Noor Hadley") as project:
        project.intake.bring([tmp_path / "a.txt", tmp_path / "b.html"])
    assert window.open_project(tmp_path / "halls")
    desk = window.evidence.desk
    window.registry["original"].trigger()
    pane = desk.beside._pane
    assert pane is not None

    window.evidence.list.step(1)
    assert not pane.isVisible()
    assert not desk.notices._original.isChecked()
    window.registry["original"].trigger()
    assert pane.isVisible()
    assert pane._body.currentWidget() is pane._other

    window.evidence.list.step(-1)
    assert pane.isVisible()
    window.evidence.list.step(1)
    assert pane.isVisible()
