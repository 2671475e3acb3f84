"""Splitting a code by its passages, and deleting codes with what becomes of their tags asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from coder.domain.sight import Others
from coder.project import Project
from coder.ui.codebook import acts
from coder.ui.codebook.deleting import DeleteDialog
from coder.ui.codebook.split import SplitDialog
from coder.ui.evidence.themes import Themes
from coder.ui.window import Window
from tests.ui.codebook.conftest import TAGGED, paths

Dialog = Callable[..., SplitDialog]


@pytest.fixture
def split(qtbot, opened: Window, project: Project, themes: Themes, dialog: Dialog) -> SplitDialog:
    """The passages of Volunteering to tick."""
    themes.acts.ask_split(project.codebook.at("Volunteering").id)
    found = dialog(SplitDialog)
    qtbot.waitUntil(lambda: found.list.count() == 2)
    return found


def tick(split: SplitDialog, words: str) -> None:
    for place in range(split.list.count()):
        if words in split.list.item(place).toolTip():
            split.list.item(place).setCheckState(Qt.CheckState.Checked)


def test_ticked_passages_get_a_new_code_beside(
    opened: Window, project: Project, themes: Themes, split: SplitDialog
) -> None:
    assert not split.go.isEnabled()
    tick(split, TAGGED[1])
    assert not split.go.isEnabled()
    split.into.setEditText("Ringing up")
    assert "1 of Ines" in split.told.text()
    assert "“Ringing up”, which is made" in split.told.text()
    split.go.click()

    book = project.codebook
    assert [one.quote for one in book.codings(book.at("Ringing up"))] == [TAGGED[1]]
    assert themes.current() == book.at("Ringing up").id
    assert project.undo() == "Split “Ringing up” from “Volunteering”"
    assert len(book.codings(book.at("Volunteering"))) == 2


def test_passages_are_found_ticked_and_put_on_a_code_that_is_there(
    project: Project, split: SplitDialog
) -> None:
    split.field.setText("choir")
    split.every.click()
    assert [one.quote for one in split.chosen()] == [TAGGED[0]]
    split.none.click()
    assert split.chosen() == []
    split.every.click()
    split.into.setEditText("connection / places to meet")
    assert "which is made" not in split.told.text()
    split.go.click()
    book = project.codebook
    assert [one.quote for one in book.codings(book.at("Places to meet"))] == [TAGGED[0]]


def test_a_path_makes_the_code_there(project: Project, split: SplitDialog) -> None:
    tick(split, TAGGED[0])
    split.into.setEditText("Connection/Singing")
    split.go.click()
    assert "Connection/Singing" in paths(project)


def test_a_refused_split_keeps_what_was_ticked(
    project: Project, split: SplitDialog, told: Callable[[], str]
) -> None:
    tick(split, TAGGED[0])
    split.into.setEditText("New")
    project.codings.untag(split.chosen())
    split.go.click()
    assert "no longer has this code" in told()
    assert split.isVisible()
    assert len(split.chosen()) == 1
    split.reject()


def test_who_sees_no_others_splits_only_their_own(
    qtbot, opened: Window, project: Project, themes: Themes, dialog: Dialog
) -> None:
    assert opened.session is not None
    opened.session.set_others(Others.HIDDEN)
    themes.acts.ask_split(project.codebook.at("Volunteering").id)
    found = dialog(SplitDialog)
    qtbot.waitUntil(lambda: found.list.count() == 1)
    assert TAGGED[0] in found.list.item(0).text()
    found.reject()
    opened.session.set_others(Others.SHOWN)


def ask(themes: Themes, dialog: Dialog, *names: str) -> DeleteDialog:
    assert themes.session is not None
    book = themes.session.project.codebook
    themes.acts.ask_delete([book.at(name).id for name in names])
    found = dialog(DeleteDialog)
    assert isinstance(found, DeleteDialog)
    return found


def words(asked: DeleteDialog) -> str:
    return " ".join(label.text() for label in asked.findChildren(QLabel))


def test_the_question_counts_by_coder(themes: Themes, project: Project, dialog: Dialog) -> None:
    asked = ask(themes, dialog, "Volunteering")
    assert "It carries 2 tags: 1 of Ines, 1 of Noor Hadley." in words(asked)
    assert asked.remove.isChecked()
    asked.reject()
    asked = ask(themes, dialog, "Connection")
    assert "1 code below it goes too. They carry no tags." in words(asked)
    assert not asked.other.isVisible()
    asked.reject()
    assert len(project.codebook.codes()) == 3


def test_tags_go_with_the_code(
    opened: Window, themes: Themes, project: Project, dialog: Dialog
) -> None:
    ask(themes, dialog, "Volunteering").go.click()
    assert paths(project) == ["Connection", "Connection/Places to meet"]
    assert project.quotes.select() == []
    assert "2 tags went with it" in opened.status.currentMessage()
    opened.registry["undo"].trigger()
    assert len(project.quotes.select()) == 2


def test_tags_move_to_the_parent_or_to_another_code(
    opened: Window, themes: Themes, project: Project, dialog: Dialog
) -> None:
    book = project.codebook
    book.move(book.at("Volunteering"), book.at("Connection"))
    asked = ask(themes, dialog, "Volunteering")
    assert asked.to_parent.isChecked()
    asked.go.click()
    assert {one.code for one in project.quotes.select()} == {"Connection"}
    assert "2 tags moved to “Connection”" in opened.status.currentMessage()
    project.undo()

    asked = ask(themes, dialog, "Volunteering")
    asked.other.setCurrentIndex(asked.other.findText("Connection / Places to meet"))
    asked.other.activated.emit(asked.other.currentIndex())
    assert asked.to_other.isChecked()
    asked.go.click()
    assert {one.code for one in project.quotes.select()} == {"Connection/Places to meet"}


def test_many_tags_are_moved_and_removed_beside_the_window(
    qtbot, opened: Window, themes: Themes, project: Project, split: SplitDialog, dialog: Dialog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(acts, "FEW", 0)
    tick(split, TAGGED[0])
    split.into.setEditText("Singing")
    split.go.click()
    qtbot.waitUntil(lambda: "1 passage has “Singing” now" in opened.status.currentMessage())
    assert not [one for one in opened.findChildren(SplitDialog) if one.isVisible()]

    book = project.codebook
    themes.acts._merge([book.at("Singing")], book.at("Connection").id)
    qtbot.waitUntil(lambda: "Merged “Singing”" in opened.status.currentMessage())
    ask(themes, dialog, "Connection").go.click()
    qtbot.waitUntil(lambda: "Deleted “Connection”" in opened.status.currentMessage())
    assert paths(project) == ["Volunteering"]


def test_several_codes_go_in_one_step(themes: Themes, project: Project, dialog: Dialog) -> None:
    asked = ask(themes, dialog, "Volunteering", "Connection")
    assert "Delete 2 codes?" in words(asked)
    asked.go.click()
    assert paths(project) == []
    assert project.undo() == "Delete 2 codes"


def test_enter_and_escape_keep_the_code(
    qtbot, themes: Themes, project: Project, dialog: Dialog
) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        asked = ask(themes, dialog, "Volunteering")
        qtbot.keyClick(asked, key)
        assert not asked.isVisible()
    assert "Volunteering" in paths(project)
