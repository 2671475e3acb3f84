"""The list of clashes: turned round, left, shown, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from coder.project import Project
from coder.ui.codebook.card import CodeCard
from coder.ui.together.clashes import Clashes
from coder.ui.window import Window


@pytest.fixture
def shown(qtbot, window: Window, copies: Path) -> Clashes:
    """The list with its one clash, of two definitions."""
    with Project.open(copies / "project", "Noor Hadley") as project:
        project.merging.merge(copies / "asha")
    assert window.open_project(copies / "project")
    window.registry["clashes"].trigger()
    made = window.together.clashes
    assert made is not None
    qtbot.waitUntil(lambda: made.current() is not None)
    return made


def definition(window: Window) -> str:
    assert window.session is not None
    return window.session.project.codebook.at("Volunteering").definition


def test_it_says_what_was_kept_and_what_was_lost_by_whom(shown: Clashes) -> None:
    told = shown.details.toPlainText()
    assert "Both changed the definition of the code “Volunteering”" in told
    assert "“Unpaid work.” · Asha Rao" in told
    assert "“Time, given.” · Noor Hadley" in told


def test_one_is_turned_round_and_back(qtbot, window: Window, shown: Clashes) -> None:
    assert definition(window) == "Unpaid work."
    shown.turn.click()
    assert definition(window) == "Time, given."
    qtbot.waitUntil(lambda: shown.current() is None)
    assert shown.empty.isVisible()

    window.registry["undo"].trigger()

    assert definition(window) == "Unpaid work."


def test_one_is_left_as_it_is_and_told_no_more(qtbot, window: Window, shown: Clashes) -> None:
    shown.leave.click()
    [asked] = shown.findChildren(QInputDialog)
    asked.setTextValue("As agreed.")
    asked.accept()

    qtbot.waitUntil(shown.empty.isVisible)
    assert shown.empty.text().startswith("No clash is open.")
    assert definition(window) == "Unpaid work."


def test_enter_shows_the_code(qtbot, window: Window, shown: Clashes) -> None:
    qtbot.keyClick(shown.list, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(window.findChildren(CodeCard)))
    assert shown.isVisible()
