"""The card of a code: what is written is one act, examples are gone to and unpinned, all changes
are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from coder.project import Project
from coder.ui.codebook.card import CodeCard
from coder.ui.window import Window
from tests.ui.codebook.conftest import TAGGED


@pytest.fixture
def card(qtbot, opened: Window, project: Project, dialog: Callable[..., CodeCard]) -> CodeCard:
    """The card of Volunteering, of which one passage is pinned."""
    book = project.codebook
    first = next(one for one in book.codings(book.at("Volunteering")) if one.quote == TAGGED[0])
    book.pin(first)
    themes = opened.evidence.themes
    themes.refresh()
    themes.tree.choose(book.at("Volunteering").id)
    themes.open_card()
    return dialog(CodeCard)


def test_it_says_where_the_code_stands_and_who_uses_it(card: CodeCard) -> None:
    assert card.about.text() == "Volunteering\n2 tags in 1 submission: Ines 1, Noor Hadley 1"
    assert card.texts["definition"].toPlainText() == "Giving time."


def test_everything_written_is_saved_as_one_act(project: Project, card: CodeCard) -> None:
    card.name.setText("Giving")
    card.palette_menu.actions()[10].trigger()
    card.key.setCurrentIndex(card.key.findData("g"))
    card.texts["use_when"].setPlainText("Unpaid\n")
    card.texts["not_when"].setPlainText("")
    card.accept()

    code = project.codebook.at("Giving")
    assert (code.colour, code.key, code.use_when) == ("teal", "g", "Unpaid")
    assert project.undo() == "Define “Volunteering”"
    assert project.codebook.at("Volunteering").key == "2"


def test_leaving_with_something_changed_asks_and_ctrl_enter_saves(
    qtbot, project: Project, card: CodeCard
) -> None:
    card.texts["use_when"].setPlainText("Long thought out")
    qtbot.keyClick(card.texts["use_when"], Qt.Key.Key_Escape)
    box = card.findChild(QMessageBox)
    assert box.text() == "Keep what you wrote?"
    assert card.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert card.isVisible()
    qtbot.keyClick(card.texts["use_when"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert project.codebook.at("Volunteering").use_when == "Long thought out"


def test_a_refusal_leaves_the_card_open(
    project: Project, card: CodeCard, told: Callable[[], str]
) -> None:
    card.name.setText("Connection")
    card.texts["use_when"].setPlainText("Long thought out")
    card.accept()
    assert "There is a code “Connection” there already" in told()
    assert card.isVisible()
    assert card.texts["use_when"].toPlainText() == "Long thought out"
    card.reject()
    assert project.codebook.at("Volunteering").use_when == ""


def test_nothing_changed_leaves_no_step(project: Project, card: CodeCard) -> None:
    label = project.next_labels()[0]
    card.accept()
    assert project.next_labels()[0] == label


def test_a_key_of_another_code_says_so(card: CodeCard) -> None:
    assert card.key.itemText(card.key.findData("1")) == "1  (of “Connection” now)"
    assert card.key.currentData() == "2"


def test_an_example_is_gone_to(qtbot, opened: Window, project: Project, card: CodeCard) -> None:
    assert card.examples.count() == 1
    assert TAGGED[0] in card.examples.item(0).text()
    card.texts["use_when"].setPlainText("Written before I went")
    card.tabs.setCurrentIndex(1)
    QTest.keyClick(card.examples, Qt.Key.Key_Return)

    assert opened.evidence.desk.reader.selected_text() == TAGGED[0]
    assert project.codebook.at("Volunteering").use_when == "Written before I went"


def test_an_example_is_unpinned(project: Project, card: CodeCard) -> None:
    card.tabs.setCurrentIndex(1)
    card.unpin.click()
    assert project.codebook.at("Volunteering").examples == ()
    assert card.examples.count() == 0
    assert card.no_examples.isVisible()
    assert not card.unpin.isEnabled()
    assert "An example unpinned" in card.history.toPlainText()
    card.reject()


def test_the_history_is_told_newest_first(project: Project, card: CodeCard) -> None:
    told = card.history.toPlainText()
    assert told.index("An example pinned") < told.index("Made as “Volunteering”")
    assert "Noor Hadley" in told
    assert card.tabs.tabText(2) == "History (2)"
    card.reject()
