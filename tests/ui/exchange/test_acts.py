"""Another program's project in the window: looked at, brought in, told; and the inquiry out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from coder.project import Project
from coder.project.interchange import is_project_file
from coder.ui.codebook.preview import CodebookPreview
from coder.ui.exchange.dialog import TakeOverDialog
from coder.ui.window import Window
from tests.ingest.refi import others


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "Street.qdpx"
    path.write_bytes(others.nvivo().packed())
    return path


@pytest.fixture
def looked(qtbot, opened: Window, theirs: Path) -> TakeOverDialog:
    """The dialog that shows what the file would bring."""
    opened.exchange.bring(theirs)
    dialog = opened.exchange.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isVisible, timeout=20_000)
    return dialog


def refs(window: Window) -> list[str]:
    return [view.submission.ref for view in window.evidence.list.model.views]


def quiet(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)


def test_nothing_comes_in_before_it_is_wanted(
    qtbot, opened: Window, looked: TakeOverDialog
) -> None:
    assert "1 submission, 1 document, 3 codes, 5 tags and 1 coder" in looked.words.text()
    assert "UTF-16" in looked.about.text()
    assert "Sets of codes and sources: 2." in looked.left.toPlainText()
    assert looked.go.isDefault()
    assert refs(opened) == ["STR0001"]

    looked.reject()

    assert opened.exchange.dialog is None
    assert refs(opened) == ["STR0001"]


def test_it_comes_in_as_one_act_and_is_told(qtbot, opened: Window, looked: TakeOverDialog) -> None:
    looked.go.click()
    qtbot.waitUntil(lambda: "came in" in looked.words.text(), timeout=20_000)
    qtbot.waitUntil(lambda: refs(opened) == ["STR0001", "STR0002"])

    assert looked.close_it.text() == "Close"
    assert not looked.go.isVisible()
    looked.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Street.qdpx\n\n1 submission")
    assert "Maps and diagrams: 1." in copied
    looked.close_it.click()
    opened.registry["undo"].trigger()
    qtbot.waitUntil(lambda: refs(opened) == ["STR0001"])


def test_a_second_time_there_is_nothing_to_bring(
    qtbot, opened: Window, looked: TakeOverDialog, theirs: Path
) -> None:
    looked.go.click()
    qtbot.waitUntil(lambda: looked.close_it.text() == "Close", timeout=20_000)
    looked.reject()
    opened.exchange.bring(theirs)
    again = opened.exchange.dialog
    assert again is not None

    qtbot.waitUntil(lambda: again.close_it.text() == "Close", timeout=20_000)

    assert again.words.text() == "Nothing in it is new: all of it is here already."
    again.reject()


def test_it_can_be_stopped_and_then_nothing_is_there(qtbot, opened: Window, theirs: Path) -> None:
    assert opened.session is not None
    with opened.session.project._store._turn:  # so that it waits for its turn to write
        opened.exchange.bring(theirs)
        dialog = opened.exchange.dialog
        assert dialog is not None
        dialog.close()
        assert dialog.isVisible()
        assert dialog.words.text() == "Stopping …"
        assert not dialog.close_it.isEnabled()
    quiet(qtbot, opened)

    assert opened.exchange.dialog is None
    assert refs(opened) == ["STR0001"]


def test_a_file_that_is_no_project_is_told(qtbot, opened: Window, tmp_path: Path, told) -> None:
    path = tmp_path / "bad.qdpx"
    path.write_bytes(others.File("no xml").packed())
    opened.exchange.bring(path)
    quiet(qtbot, opened)

    assert "“bad.qdpx” holds no REFI-QDA project" in told()
    assert opened.exchange.dialog is None


def test_a_project_that_is_dropped_comes_in_as_one(qtbot, opened: Window, theirs: Path) -> None:
    opened.chores.importing.bring([theirs])

    assert opened.exchange.dialog is not None
    quiet(qtbot, opened)
    opened.exchange.dialog.reject()


def test_a_codebook_is_shown_as_a_codebook(
    qtbot, opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.qdc"
    path.write_bytes(others.taguette())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    opened.registry["import-project"].trigger()
    quiet(qtbot, opened)

    [preview] = opened.findChildren(CodebookPreview)
    assert [one.entry.path for one in preview.plan.proposals][:2] == [
        "interesting",
        "interesting/people",
    ]
    preview.close()


def test_without_an_inquiry_a_new_one_is_made(
    qtbot, window: Window, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "New"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(theirs), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(folder), ""))
    window.registry["import-project"].trigger()
    dialog = window.exchange.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "came in" in dialog.words.text(), timeout=20_000)

    assert window.session is not None
    assert window.session.project.folder == folder
    assert not window.session.project.read_only
    qtbot.waitUntil(lambda: refs(window) == ["S0001"])
    dialog.reject()


@pytest.mark.parametrize(
    ("kind", "name"),
    [("REFI-QDA, for other programs (*.qdpx)", "out"), ("", "whole.zip")],
)
def test_the_inquiry_goes_out_as_one_file(
    qtbot,
    opened: Window,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told,
    kind: str,
    name: str,
) -> None:
    target = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), kind))
    opened.registry["export-project"].trigger()
    quiet(qtbot, opened)
    [box] = [one for one in opened.findChildren(QMessageBox) if one.isVisible()]
    assert any(button.text() == "Show in folder" for button in box.buttons())

    words = told()

    assert "is written" in words
    assert "not for publication" in words
    written = target if target.suffix else target.with_suffix(".qdpx")
    assert is_project_file(written) is (written.suffix == ".qdpx")
    assert written.is_file()


def test_an_inquiry_that_is_only_read_takes_nothing_in(
    qtbot, window: Window, folder: Path, theirs: Path, told
) -> None:
    with Project.open(folder, "Ines"):
        window.open_project(folder)
        told()
        window.exchange.bring(theirs)
        assert "reading only" in told()
        window.close_project()
