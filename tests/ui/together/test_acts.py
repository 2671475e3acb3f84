"""Copies shared, opened and merged in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox

from coder.project import Project
from coder.project.sharing import is_shared, needs_passphrase
from coder.ui.together.choosing import Lies
from coder.ui.together.merge_dialog import MergeDialog
from coder.ui.together.share_dialog import Way
from coder.ui.window import Window
from tests.ui.together.conftest import PASSPHRASE


@pytest.fixture
def mine(window: Window, copies: Path) -> Window:
    """The window on the inquiry that the copies are of."""
    assert window.open_project(copies / "project")
    return window


@pytest.fixture
def looked(qtbot, mine: Window, copies: Path) -> MergeDialog:
    """The dialog that shows what the colleague's copy would bring."""
    mine.together.look_at(copies / "asha")
    dialog = mine.together.merging
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isVisible, timeout=20_000)
    return dialog


def quiet(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=30_000)


def tags(window: Window) -> int:
    assert window.session is not None
    project = window.session.project
    return len(project.codings.of(project.evidence.all()[0].documents[0].id))


def chosen(monkeypatch: pytest.MonkeyPatch, how: str, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, how, lambda *_: (str(path), ""))


def test_a_copy_is_shared_with_what_a_colleague_was_given(
    qtbot, mine: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, "getSaveFileName", tmp_path / "for Asha")
    qtbot.waitUntil(lambda: bool(mine.evidence.list.model.views))
    mine.registry["share-copy"].trigger()
    dialog = mine.together.sharing
    assert dialog is not None
    dialog.to.setCurrentText("Asha Rao")
    dialog.ways[Way.GIVEN].setChecked(True)
    dialog.go.click()
    quiet(qtbot, mine)

    assert is_shared(tmp_path / "for Asha.evidence")
    [box] = [box for box in mine.findChildren(QMessageBox) if box.isVisible()]
    assert box.text() == "“for Asha.evidence” is written."
    assert "1 submission" in box.informativeText()
    assert "Show in folder" in [button.text() for button in box.buttons()]
    box.close()


def test_nothing_comes_in_before_it_is_wanted(mine: Window, looked: MergeDialog) -> None:
    told = looked.about.toPlainText()
    assert "Asha Rao (3 acts)" in told
    assert "2 tags" in told
    assert "1 clash: not all of both can be kept" in told
    assert "“Time, given.” · Noor Hadley" in told
    looked.reject()
    assert tags(mine) == 0


def test_it_comes_in_as_one_step_and_its_clashes_are_shown(
    qtbot, mine: Window, looked: MergeDialog
) -> None:
    looked.go.click()
    qtbot.waitUntil(looked.clashes.isVisible, timeout=20_000)
    assert "Merge Asha Rao’s copy: done." in looked.words.text()
    assert tags(mine) == 2
    assert len(mine.evidence.desk.codings) == 2
    looked.clashes.click()
    shown = mine.together.clashes
    assert shown is not None
    qtbot.waitUntil(lambda: shown.title.text() == "1 clash to look at")
    shown.close()

    mine.registry["undo"].trigger()
    back = mine.together.merging
    assert back is not None
    back.reject()
    assert back.isVisible()

    qtbot.waitUntil(lambda: mine.together.merging is None, timeout=20_000)
    assert tags(mine) == 0
    assert mine.status.currentMessage() == "Undone: Merge Asha Rao’s copy"


def test_a_second_time_there_is_nothing_to_bring(
    qtbot, mine: Window, looked: MergeDialog, copies: Path
) -> None:
    looked.go.click()
    qtbot.waitUntil(looked.clashes.isVisible, timeout=20_000)
    looked.reject()
    mine.together.look_at(copies / "asha")
    again = mine.together.merging
    assert again is not None

    qtbot.waitUntil(lambda: again.close_it.text() == "Close", timeout=20_000)

    assert "nothing in that copy that is not here" in again.words.text()
    assert not again.about.isVisible()
    again.reject()


def test_a_sealed_copy_is_asked_about_until_it_opens(qtbot, mine: Window, copies: Path) -> None:
    together = mine.together
    together.look_at(copies / "back.evidence")
    first = together.asking
    assert first is not None
    assert not first.go.isEnabled()
    first.field.setText("something else")
    first.go.click()
    qtbot.waitUntil(lambda: together.asking is not first, timeout=30_000)
    second = together.asking
    assert second is not None
    assert "does not open with this passphrase" in second.problem.text()
    second.field.setText(PASSPHRASE)
    second.go.click()
    dialog = together.merging
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isVisible, timeout=30_000)
    assert "2 tags" in dialog.about.toPlainText()
    dialog.reject()


def test_what_is_no_copy_of_this_inquiry_is_refused(
    qtbot, mine: Window, tmp_path: Path, told
) -> None:
    with Project.create(tmp_path / "other", "Parks", "PAR", "Noor Hadley"):
        pass
    mine.together.look_at(tmp_path / "other")
    quiet(qtbot, mine)

    assert "another inquiry" in told()
    assert mine.together.merging is None


def test_it_can_be_stopped_and_then_nothing_is_there(
    qtbot, mine: Window, looked: MergeDialog
) -> None:
    assert mine.session is not None
    with mine.session.project._store._turn:  # so that it waits for its turn to write
        looked.go.click()
        looked.close()
        assert looked.isVisible()
        assert looked.words.text() == "Stopping …"
    quiet(qtbot, mine)

    assert mine.together.merging is None
    assert tags(mine) == 0


def test_a_shared_copy_is_opened_where_no_inquiry_is(
    qtbot, window: Window, copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, folder = copies / "back.evidence", tmp_path / "opened"
    chosen(monkeypatch, "getOpenFileName", file)
    chosen(monkeypatch, "getSaveFileName", folder)
    assert needs_passphrase(file)
    window.welcome.buttons["open-shared"].click()
    asking = window.together.asking
    assert asking is not None
    asking.field.setText(PASSPHRASE)
    asking.go.click()

    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)

    assert window.session is not None
    assert window.session.project.folder == folder
    assert tags(window) == 2


def drop(window: Window, path: Path) -> bool:
    """Drops a file or folder on the window, where it may be dropped."""
    what = QMimeData()
    what.setUrls([QUrl.fromLocalFile(str(path))])
    left = Qt.MouseButton.LeftButton
    copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), copy, what, left, keys)
    entering.ignore()
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(QPointF(9, 9), copy, what, left, keys))
    return entering.isAccepted()


@pytest.mark.parametrize("name", ["asha.evidence", "asha"])
def test_a_copy_that_is_dropped_is_asked_about(
    qtbot, mine: Window, copies: Path, name: str
) -> None:
    assert drop(mine, copies / name)

    [box] = [box for box in mine.findChildren(QMessageBox) if box.isVisible()]
    [merge] = [button for button in box.buttons() if button.text() == "Merge it"]
    merge.click()
    dialog = mine.together.merging
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=20_000)
    dialog.reject()


def test_a_copy_is_opened_where_it_is_dropped_and_nothing_else_is(
    qtbot, window: Window, copies: Path, monkeypatch: pytest.MonkeyPatch, told
) -> None:
    assert not drop(window, copies / "letter.txt")
    (copies / "notes.zip").write_bytes(b"PK")
    assert drop(window, copies / "notes.zip")
    assert "No inquiry is open" in told()
    chosen(monkeypatch, "getSaveFileName", copies / "opened")
    assert drop(window, copies / "asha.evidence")
    qtbot.waitUntil(lambda: window.session is not None, timeout=20_000)
    window.close_project()

    assert drop(window, copies / "asha")

    assert window.session is not None
    assert window.session.project.folder == copies / "asha"


def test_open_takes_a_file_too(
    qtbot, window: Window, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, "getOpenFileName", copies / "asha.evidence")
    chosen(monkeypatch, "getSaveFileName", copies / "opened")
    window.registry["open"].trigger()
    asking = window.arriving.choosing
    assert asking is not None
    asking.buttons[Lies.FILE].click()

    qtbot.waitUntil(lambda: window.session is not None, timeout=20_000)


def test_open_takes_a_folder(window: Window, copies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(copies / "asha"))
    window.registry["open"].trigger()
    asking = window.arriving.choosing
    assert asking is not None
    asking.buttons[Lies.FOLDER].click()

    assert window.session is not None


def test_what_is_no_copy_is_told_before_a_folder_is_asked_for(
    window: Window, copies: Path, told
) -> None:
    window.arriving.open(copies / "letter.txt")

    assert "“letter.txt” is no copy of an inquiry." in told()


def test_clashes_are_told_as_long_as_there_are_any(qtbot, mine: Window, copies: Path) -> None:
    assert not mine.status.clashes.isVisible()
    assert mine.session is not None
    mine.session.project.merging.merge(copies / "asha")
    qtbot.waitUntil(mine.status.clashes.isVisible)
    mine.close_project()
    assert not mine.status.clashes.isVisible()
    assert mine.open_project(copies / "project")
    qtbot.waitUntil(mine.status.clashes.isVisible)
    assert mine.status.clashes.text() == "1 clash to look at"

    mine.status.clashes.click()
    shown = mine.together.clashes
    assert shown is not None
    qtbot.waitUntil(lambda: shown.current() is not None)
    shown.turn.click()

    qtbot.waitUntil(lambda: not mine.status.clashes.isVisible())


def test_who_codes_blind_is_told_what_is_not_told(qtbot, mine: Window, copies: Path) -> None:
    mine.registry["others-blind"].trigger()
    mine.together.look_at(copies / "asha")
    dialog = mine.together.merging
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isVisible, timeout=20_000)

    told = dialog.about.toPlainText()
    assert "tags" not in told.partition("Others’")[0]
    assert "Others’ tags and memos that you do not see now come too" in told
    assert "1 clash" in told
    dialog.reject()
    mine.together.show_clashes()
    assert mine.together.clashes is not None
    qtbot.waitUntil(lambda: "do not see now are not listed" in mine.together.clashes.lead.text())


def test_a_folder_is_merged_too(
    qtbot, mine: Window, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha = str(copies / "asha")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: asha)
    mine.registry["merge-copy"].trigger()
    asking = mine.together.choosing
    assert asking is not None
    asking.buttons[Lies.FOLDER].click()
    dialog = mine.together.merging
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isVisible, timeout=20_000)
    dialog.reject()
