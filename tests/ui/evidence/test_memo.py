"""A memo is written, saved and left from the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit

from coder.domain.model import Coding
from coder.ui.evidence.memo import MemoDialog
from coder.ui.window import Window


def tag_choir(window: Window) -> Coding:
    desk = window.evidence.desk
    assert desk.document is not None
    start = desk.document.text.index("choir")
    desk.reader.select(start, start + 5)
    window.evidence.tagging.tag_by_key("1")
    assert desk.bar.coding is not None
    return desk.bar.coding


def memo_of(window: Window, coding: Coding) -> str:
    assert window.session is not None
    return window.session.project.codings.one(coding.id).memo


def field(window: Window, qtbot) -> QPlainTextEdit:
    """The field of the memo that is being written, once it has the focus."""
    window.registry["memo"].trigger()
    dialog = window.findChild(MemoDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.field.hasFocus)
    return dialog.field


def test_ctrl_enter_saves_and_enter_begins_a_line(qtbot, opened: Window) -> None:
    coding = tag_choir(opened)
    memo = field(opened, qtbot)
    qtbot.keyClicks(memo, "compare")
    qtbot.keyClick(memo, Qt.Key.Key_Return)
    qtbot.keyClicks(memo, "the rehearsals ")
    qtbot.keyClick(memo, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert memo_of(opened, coding) == "compare\nthe rehearsals"
    qtbot.waitUntil(lambda: opened.findChild(MemoDialog) is None)
    again = field(opened, qtbot)
    qtbot.keyClicks(again, "!")
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert memo_of(opened, coding) == "compare\nthe rehearsals"


@pytest.mark.parametrize(
    ("answer", "left", "kept"),
    [("Keep", True, "a thought"), ("Throw away", True, ""), ("Go on writing", False, "")],
)
def test_escape_asks_what_becomes_of_what_was_written(
    qtbot, opened: Window, answer: str, left: bool, kept: str
) -> None:
    coding = tag_choir(opened)
    memo = field(opened, qtbot)
    dialog = opened.findChild(MemoDialog)
    qtbot.keyClicks(memo, "a thought")
    qtbot.keyClick(memo, Qt.Key.Key_Escape)
    box = dialog.findChild(QMessageBox)
    assert box.text() == "Keep what you wrote?"
    assert dialog.isVisible()
    next(button for button in box.buttons() if button.text() == answer).click()
    qtbot.waitUntil(lambda: (opened.findChild(MemoDialog) is None) is left)
    assert memo_of(opened, coding) == kept


def test_escape_closes_at_once_where_nothing_was_written(qtbot, opened: Window) -> None:
    tag_choir(opened)
    qtbot.keyClick(field(opened, qtbot), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: opened.findChild(MemoDialog) is None)


def test_tab_leaves_the_field_and_long_lines_wrap(qtbot, opened: Window) -> None:
    tag_choir(opened)
    memo = field(opened, qtbot)
    memo.setPlainText("rehearsal " * 60)
    assert memo.document().firstBlock().layout().lineCount() > 1
    qtbot.keyClick(memo, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not memo
    assert "\t" not in memo.toPlainText()


def test_a_memo_on_another_coders_tag_is_not_begun(opened: Window, told) -> None:
    tag_choir(opened)
    assert opened.session is not None
    opened.session.work_as("Somebody Else")
    opened.registry["memo"].trigger()
    assert opened.findChild(MemoDialog) is None
    assert "Noor Hadley's" in told()
