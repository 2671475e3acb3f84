"""One registry makes menus, palette and help; no shortcut is given twice, however they are set."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from coder import settings
from coder.project.codebook import KEYS
from coder.settings import Settings
from coder.ui import keys
from coder.ui.actions import (
    ACTS,
    MENUS,
    PREVIEW,
    QUEUE,
    QUOTES,
    READER,
    SETTLING,
    TREE,
    Act,
    shown_keys,
)
from coder.ui.dialogs.shortcuts import ShortcutsDialog
from coder.ui.picker import Picker
from coder.ui.window import Window
from tests.ui.active import activate

BY_ID = {act.id: act for act in ACTS}


def test_no_shortcut_is_used_twice() -> None:
    used = Counter(one.toString() for act in ACTS for one in act.sequences)
    assert [one for one, count in used.items() if count > 1] == []


def test_no_act_is_declared_twice() -> None:
    assert [name for name, count in Counter(act.id for act in ACTS).items() if count > 1] == []
    assert {act.menu for act in ACTS} == set(MENUS)


def test_every_shortcut_is_one_that_could_be_given() -> None:
    for act in ACTS:
        for one in act.sequences:
            assert keys.verdict(act, one, {}) == keys.Verdict(), act


def test_a_plain_letter_or_digit_works_only_in_the_text_and_is_no_key_of_a_code() -> None:
    single = {act: [k for k in act.sequences if keys.is_single(k)] for act in ACTS}
    assert {act.scope for act, found in single.items() if found} == {READER}
    for act, found in single.items():
        assert not {one.toString().lower() for one in found} & set(KEYS), act


def test_every_shortcut_is_one_that_qt_understands() -> None:
    for act in (*ACTS, *TREE, *PREVIEW, *QUEUE, *QUOTES, *SETTLING):
        assert all(one.count() == 1 for one in act.sequences), act
        assert bool(act.sequences) == bool(act.keys), act


_PRESSED = st.builds(
    lambda held, key: QKeySequence("+".join([*held, key])),
    st.sets(st.sampled_from(("Ctrl", "Alt", "Shift"))),
    st.sampled_from(("A", "F", "J", "M", "S", "1", ".", "F5", "Down", "Return", "Del", "Tab")),
)


@given(st.lists(st.tuples(st.sampled_from(ACTS), _PRESSED, st.booleans()), max_size=12))
def test_no_shortcut_is_used_twice_whatever_a_person_sets(
    wishes: list[tuple[Act, QKeySequence, bool]],
) -> None:
    kept: dict[str, str] = {}
    for act, pressed, swap in wishes:
        verdict = keys.verdict(act, pressed, kept)
        if verdict.clash is not None and swap:
            kept = keys.swapped(kept, act, pressed.toString(), verdict.clash)
        elif verdict == keys.Verdict():
            kept = keys.set_keys(kept, act, pressed.toString())
    used = Counter(one.toString() for act in ACTS for one in keys.in_force(act, kept))
    assert [one for one, count in used.items() if count > 1] == []
    for act in ACTS:
        for one in keys.in_force(act, kept):
            assert keys.verdict(act, one, kept) == keys.Verdict(), act


@pytest.mark.parametrize(
    ("act", "pressed", "said"),
    [
        ("tag", "Tab", "moving about"),
        ("mark", "Ctrl+Right", "moves the caret"),
        ("find", "Alt+F", "opens a menu"),
        ("find", "J", "lost while you type"),
        ("mark", "K", "kept for codes"),
        ("mark", "9", "kept for codes"),
        ("palette", "F2", "moving about"),
    ],
)
def test_keys_that_something_else_needs_are_refused(act: str, pressed: str, said: str) -> None:
    assert said in keys.verdict(BY_ID[act], QKeySequence(pressed), {}).why


def test_each_action_stands_in_its_menu(window: Window) -> None:
    for name in MENUS:
        titles = [action.text() for action in window.menus[name].actions() if action.text()]
        assert titles == [act.title for act in ACTS if act.menu == name]


def test_without_a_project_only_what_makes_sense_is_offered(window: Window) -> None:
    offered = {act.id for act, _ in window.registry.offered()}
    assert {"new", "open", "sample", "quit", "help", "shortcuts"} <= offered
    assert offered.isdisjoint({"import", "undo", "tag", "export-pack", "tour"})


def test_the_palette_finds_a_command_and_does_it(qtbot, opened: Window) -> None:
    opened.registry["palette"].trigger()
    picker = opened.findChild(Picker)
    assert picker is not None
    qtbot.keyClicks(picker.field, "view quotes")
    assert picker.list.count() == 1
    picker._accept()
    assert opened.quotes.isVisible()


@pytest.fixture
def dialog(opened: Window) -> ShortcutsDialog:
    """The dialog of shortcuts, opened by its act."""
    opened.registry["shortcuts"].trigger()
    found = opened.findChild(ShortcutsDialog)
    assert found is not None
    return found


def _close(qtbot, dialog: ShortcutsDialog, window: Window) -> None:
    dialog.close()
    activate(qtbot, window)


def _rows(dialog: ShortcutsDialog) -> dict[str, str]:
    return {row.text(0): row.text(1) for row in dialog._rows()}


def test_the_dialog_lists_every_command_with_its_keys(dialog: ShortcutsDialog) -> None:
    rows = _rows(dialog)
    for act in ACTS:
        assert rows[dialog._title(act)] == shown_keys(act)
    for act in (*TREE, *PREVIEW, *QUEUE, *QUOTES, *SETTLING):
        assert act.title in rows


def test_a_command_is_found_by_its_words_or_keys(qtbot, dialog: ShortcutsDialog) -> None:
    qtbot.keyClicks(dialog.field, "quotes")
    assert "Quotes" in _rows(dialog)
    assert "Undo" not in _rows(dialog)
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, "ctrl+shift+z")
    assert list(_rows(dialog)) == ["Redo"]


def test_new_keys_are_pressed_and_hold_at_once(
    qtbot, opened: Window, dialog: ShortcutsDialog
) -> None:
    # Given the command for the list of evidence
    dialog.choose("to-list")
    # When Enter goes to the field for keys and new ones are pressed
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.pressed
    qtbot.keyClick(dialog.pressed, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    # Then they are kept and work, and the old ones do not
    assert settings.load().keys == {"to-list": "Ctrl+L"}
    assert opened.registry["to-list"].shortcuts() == [QKeySequence("Ctrl+L")]
    _close(qtbot, dialog, opened)
    opened.evidence.desk.reader.setFocus()
    qtbot.keyClick(opened, Qt.Key.Key_F6)
    assert opened.focusWidget() is not opened.evidence.list.list
    qtbot.keyClick(opened, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert opened.focusWidget() is opened.evidence.list.list


def test_keys_of_another_command_are_refused_by_its_name_and_can_be_swapped(
    qtbot, opened: Window, dialog: ShortcutsDialog
) -> None:
    dialog.choose("place-quotes")
    qtbot.keyClick(dialog.pressed, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert "belongs to “Evidence”" in dialog.told.text()
    assert settings.load().keys == {}
    qtbot.keyClick(dialog.swap, Qt.Key.Key_Space)
    assert settings.load().keys == {"place-quotes": "Ctrl+1", "place-evidence": "Ctrl+2"}
    _close(qtbot, dialog, opened)
    qtbot.keyClick(opened, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert opened.quotes.isVisible()


def test_keys_are_put_back_one_by_one_and_all_at_once(qtbot, dialog: ShortcutsDialog) -> None:
    dialog.choose("to-list")
    dialog._set("Ctrl+L")
    dialog.choose("to-text")
    dialog.none.click()
    assert settings.load().keys == {"to-list": "Ctrl+L", "to-text": ""}
    dialog.reset.click()
    assert settings.load().keys == {"to-list": "Ctrl+L"}
    dialog.reset_all.click()
    assert settings.load().keys == {}


def test_tab_and_escape_leave_the_field_for_keys(qtbot, dialog: ShortcutsDialog) -> None:
    dialog.choose("to-list")
    dialog.pressed.setFocus()
    qtbot.keyClick(dialog.pressed, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.list
    dialog.pressed.setFocus()
    qtbot.keyClick(dialog.pressed, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is not dialog.pressed
    assert settings.load().keys == {}


def test_single_keys_can_be_switched_off(qtbot, opened: Window, dialog: ShortcutsDialog) -> None:
    # Given single keys switched off
    qtbot.keyClick(dialog.singles, Qt.Key.Key_Space)
    _close(qtbot, dialog, opened)
    assert not settings.load().single_keys
    reader, session = opened.evidence.desk.reader, opened.session
    assert session is not None
    reader.select(0, 4)
    reader.setFocus()
    page = opened.focusWidget()
    # When a code's key and a command's letter are pressed, then nothing happens
    for key in (Qt.Key.Key_1, Qt.Key.Key_V, Qt.Key.Key_R):
        qtbot.keyClick(page, key)
    assert list(opened.evidence.desk.codings) == []
    # And keys that are no letters still work
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert opened.findChild(Picker) is not None


def test_the_palette_shows_the_keys_as_they_are_set(opened: Window) -> None:
    opened.registry.take_on(replace(Settings(), keys={"undo": "Ctrl+Alt+Z"}))
    opened.registry["palette"].trigger()
    picker = opened.findChild(Picker)
    assert picker is not None
    hints = {choice.id: choice.hint for choice in picker._choices}
    assert hints["undo"] == "Ctrl+Alt+Z"
    picker.close()
