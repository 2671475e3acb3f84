"""The find bar says which of how many it has found."""

from __future__ import annotations

from PySide6.QtCore import Qt

from coder.ui.window import Window


def test_says_which_of_how_many(qtbot, opened: Window) -> None:
    opened.registry["find"].trigger()
    bar = opened.evidence.desk.finder
    qtbot.keyClicks(bar.field, "ring")
    assert bar._said.text() == "1 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar._said.text() == "2 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar._said.text() == "1 of 2"
    qtbot.keyClicks(bar.field, "zz")
    assert bar._said.text() == "Not in this document"
    bar.field.clear()
    bar.field.textEdited.emit("")
    assert bar._said.text() == ""


def test_another_document_is_not_said_to_hold_the_words(qtbot, window: Window, own_sample) -> None:
    assert window.open_project(own_sample)
    window.registry["find"].trigger()
    bar = window.evidence.desk.finder
    qtbot.keyClicks(bar.field, "e")
    assert " of " in bar._said.text()
    window.evidence.list.step(1)
    assert bar._said.text() == ""
