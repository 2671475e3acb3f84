"""One registry makes menus, palette and help; no shortcut is given twice."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QTextBrowser

from coder.project.codebook import KEYS
from coder.ui.actions import ACTS, MENUS, READER, shown_keys
from coder.ui.picker import Picker
from coder.ui.window import Window


def test_no_shortcut_is_used_twice() -> None:
    keys = Counter(keys.toString() for act in ACTS for keys in act.sequences)
    assert [one for one, count in keys.items() if count > 1] == []


def test_no_code_can_have_a_key_that_is_a_command_of_the_reader() -> None:
    single = {act.keys.lower() for act in ACTS if act.scope == READER and len(act.keys) == 1}
    assert single
    assert single.isdisjoint(KEYS)


def test_every_shortcut_is_one_that_qt_understands() -> None:
    for act in ACTS:
        assert all(keys.count() == 1 for keys in act.sequences), act
        assert bool(act.sequences) == bool(act.keys), act


def test_each_action_stands_in_its_menu(window: Window) -> None:
    for name in MENUS:
        titles = [action.text() for action in window.menus[name].actions() if action.text()]
        assert titles == [act.title for act in ACTS if act.menu == name]


def test_without_a_project_only_what_makes_sense_is_offered(window: Window) -> None:
    offered = {act.id for act, _ in window.registry.offered()}
    assert {"new", "open", "sample", "quit"} <= offered
    assert offered.isdisjoint({"import", "undo", "tag", "export-pack"})


def test_the_palette_finds_a_command_and_does_it(qtbot, opened: Window) -> None:
    opened.registry["palette"].trigger()
    picker = opened.findChild(Picker)
    assert picker is not None
    qtbot.keyClicks(picker.field, "view quotes")
    assert picker.list.count() == 1
    picker._accept()
    assert opened.quotes.isVisible()


def test_the_help_lists_every_shortcut(window: Window) -> None:
    window.registry["shortcuts"].trigger()
    page = window.findChild(QTextBrowser)
    assert page is not None
    words = page.toPlainText()
    for act in ACTS:
        assert not act.keys or shown_keys(act) in words, act
