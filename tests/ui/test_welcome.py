"""The first screen can be worked by keys alone and says what it is at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from coder.jobs import Progress
from coder.project import Project
from coder.ui.background import Work
from coder.ui.dialogs.new_inquiry import NewInquiryDialog
from coder.ui.window import Window


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_choice_is_made_by_key(qtbot, window: Window, key: Qt.Key) -> None:
    button = window.welcome.buttons["new"]
    button.setFocus()
    qtbot.keyClick(button, key)
    assert window.findChild(NewInquiryDialog) is not None


def test_an_inquiry_opened_lately_is_opened_by_enter(qtbot, window: Window, folder: Path) -> None:
    assert window.open_project(folder)
    window.close_project()
    # It is what the first screen offers first, and it has the focus
    assert window.welcome.go_on.text() == f"Go on with Streets\n{folder}"
    assert window.focusWidget() is window.welcome.go_on
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.session is not None


def test_others_opened_lately_stand_below(qtbot, window: Window, folder: Path) -> None:
    other = folder.with_name("other")
    with Project.create(other, "Parks", "PAR", "Noor Hadley"):
        pass
    for one in (folder, other):
        assert window.open_project(one)
        window.close_project()
    assert window.welcome.go_on.text().startswith("Go on with Parks")
    buttons = window.welcome.findChildren(QPushButton)
    [below] = [button for button in buttons if button.text().startswith("Streets")]
    assert below.height() >= below.fontMetrics().height() + 8
    qtbot.keyClick(below, Qt.Key.Key_Return)
    assert window.session is not None
    assert window.session.project.folder == folder


def test_without_any_inquiry_the_sample_comes_first(window: Window) -> None:
    assert window.welcome.go_on.isHidden()
    assert window.focusWidget() is window.welcome.buttons["sample"]


def test_what_is_being_made_shows_with_its_progress(window: Window) -> None:
    # Given the sample being made
    work = Work("Making the sample inquiry", window)
    window.welcome.follow(work)
    assert window.welcome.doing.isVisible()
    # When it tells how far it is, then that is said and nothing else can be begun
    work.progressed.emit(Progress(1, 4, "Coding"))
    assert window.welcome.doing.text() == "Coding …"
    assert window.welcome._bar.value() == 250
    assert not window.welcome.buttons["sample"].isEnabled()
    # And at its end the choices are back
    work.ended.emit()
    assert not window.welcome.doing.isVisible()
    assert window.welcome.buttons["sample"].isEnabled()
