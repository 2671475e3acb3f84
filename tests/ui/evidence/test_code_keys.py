"""Codes' keys work in the text and in the list of tags, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coder import settings
from coder.ui.evidence.memo import MemoDialog
from coder.ui.window import Window
from tests.ui.evidence.hands import CTRL, SHIFT, select, tag, tagged


def type_where_the_focus_is(qtbot, keys: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClicks(widget, keys)


def test_keys_typed_into_the_find_bar_tag_nothing(qtbot, text: Window) -> None:
    select(text, "choir")
    qtbot.keyClick(text.evidence.desk.reader._page, Qt.Key.Key_F, CTRL)
    type_where_the_focus_is(qtbot, "123")
    assert tagged(text) == []


@pytest.mark.parametrize("place", ["list", "themes", "tags"])
def test_keys_typed_into_a_field_tag_nothing(qtbot, text: Window, place: str) -> None:
    select(text, "choir")
    panel = getattr(text.evidence, place)
    if place != "list":
        text.evidence.side.setCurrentWidget(panel)
    panel.field.setFocus()
    qtbot.keyClicks(panel.field, "123mu")
    assert tagged(text) == []
    assert panel.field.text() == "123mu"


def test_keys_typed_into_a_dialog_tag_nothing(qtbot, text: Window) -> None:
    tag(text, "choir")
    qtbot.keyClick(text.evidence.desk.reader._page, Qt.Key.Key_M)
    dialog = text.findChild(MemoDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.field.hasFocus)
    qtbot.keyClicks(dialog.field, "2u3")
    assert dialog.memo() == "2u3"
    assert tagged(text) == [("Connection", "choir")]
    dialog.reject()


def test_a_letter_with_shift_is_no_codes_key(qtbot, text: Window) -> None:
    assert text.session is not None
    book = text.session.project.codebook
    book.set_key(book.at("Volunteering"), "x")
    select(text, "choir")
    qtbot.keyClick(text.evidence.desk.reader._page, Qt.Key.Key_X, SHIFT)
    assert tagged(text) == []
    qtbot.keyClick(text.evidence.desk.reader._page, Qt.Key.Key_X)
    assert tagged(text) == [("Volunteering", "choir")]


def test_single_keys_can_be_switched_off(qtbot, text: Window) -> None:
    select(text, "choir")
    text.registry.take_on(replace(settings.load(), single_keys=False))
    for key in (Qt.Key.Key_1, Qt.Key.Key_V, Qt.Key.Key_R):
        qtbot.keyClick(text.evidence.desk.reader._page, key)
    assert tagged(text) == []
    text.registry.take_on(replace(settings.load(), single_keys=True))
    qtbot.keyClick(text.evidence.desk.reader._page, Qt.Key.Key_1)
    assert tagged(text) == [("Connection", "choir")]
