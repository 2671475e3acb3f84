"""The list of a document's tags: it leads the text and follows it, and many are changed at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from coder.domain.model import Coding
from coder.ui.evidence.memo import MemoDialog
from coder.ui.evidence.tags_model import TagsModel, initials
from coder.ui.evidence.tags_panel import AT_CARET, MARKED, MINE, OF_CODE, WITH_MEMO, TagsPanel
from coder.ui.window import Window
from tests.ui.evidence.hands import (
    ALT,
    CTRL,
    SHIFT,
    labels,
    picker_of,
    press,
    put_caret,
    select,
    tag,
    tagged,
    undo,
)


@pytest.fixture
def panel(qtbot, text: Window) -> TagsPanel:
    """The list of tags, brought up by F9, with three tags in it."""
    tag(text, "café", "1")
    tag(text, "choir", "2")
    tag(text, "Thursday", "1")
    press(qtbot, text, Qt.Key.Key_F9)
    found = text.evidence.tags
    qtbot.waitUntil(found.list.hasFocus)
    return found


def words(panel: TagsPanel) -> list[str]:
    return [coding.quote for coding in panel.model.rows]


def choose(qtbot, panel: TagsPanel, *rows: int) -> None:
    """Clicks these rows, Ctrl held from the second on."""
    for place, row in enumerate(rows):
        qtbot.mouseClick(
            panel.list.viewport(),
            Qt.MouseButton.LeftButton,
            CTRL if place else Qt.KeyboardModifier.NoModifier,
            panel.list.visualRect(panel.model.index(row)).center(),
        )


def test_f9_brings_up_every_tag_in_the_order_of_the_text(text: Window, panel: TagsPanel) -> None:
    assert text.evidence.side.currentWidget() is panel
    assert words(panel) == ["café", "choir", "Thursday"]
    assert panel._count.text() == "3 tags"


def test_a_chosen_row_has_its_passage_selected(qtbot, text: Window, panel: TagsPanel) -> None:
    choose(qtbot, panel, 1)
    assert text.evidence.desk.reader.selected_text() == "choir"
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert text.evidence.desk.reader.selected_text() == "Thursday"
    assert text.evidence.desk.bar.coding == panel.model.rows[2]
    assert panel.list.hasFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(text.evidence.desk.reader._page.hasFocus)


def test_the_row_follows_the_caret_in_the_text(qtbot, text: Window, panel: TagsPanel) -> None:
    text.evidence.desk.reader.setFocus()
    put_caret(text, "Dear")
    assert not panel.list.selectionModel().hasSelection()
    for row in (0, 1, 2):
        press(qtbot, text, Qt.Key.Key_Down, ALT)
        assert panel.list.currentIndex().row() == row
    press(qtbot, text, Qt.Key.Key_Up, ALT)
    assert panel.list.currentIndex().row() == 1


def test_a_new_tag_comes_in_its_place_and_a_removed_one_goes(
    qtbot, text: Window, panel: TagsPanel
) -> None:
    text.evidence.desk.reader.setFocus()
    tag(text, "hall", "2")
    assert words(panel) == ["café", "choir", "hall", "Thursday"]
    press(qtbot, text, Qt.Key.Key_Delete)
    assert words(panel) == ["café", "choir", "Thursday"]
    undo(qtbot, text)
    assert words(panel) == ["café", "choir", "hall", "Thursday"]


# Many at once


def test_del_removes_all_chosen_as_one_act(qtbot, text: Window, panel: TagsPanel) -> None:
    choose(qtbot, panel, 0, 2)
    assert panel._count.text() == "3 tags · 2 chosen"
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert words(panel) == ["choir"]
    assert "Removed 2 tags" in text.status.currentMessage()
    undo(qtbot, text)
    assert words(panel) == ["café", "choir", "Thursday"]


def test_after_del_the_next_row_is_chosen(qtbot, text: Window, panel: TagsPanel) -> None:
    choose(qtbot, panel, 0)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert words(panel) == ["Thursday"]


def test_u_and_sensitive_mark_all_chosen(qtbot, text: Window, panel: TagsPanel) -> None:
    choose(qtbot, panel, 0, 1)
    qtbot.keyClick(panel.list, Qt.Key.Key_U)
    assert [coding.marked for coding in panel.model.rows] == [True, True, False]
    qtbot.keyClick(panel.list, Qt.Key.Key_S, CTRL | SHIFT)
    assert [coding.sensitive for coding in panel.model.rows] == [True, True, False]
    assert len(panel.chosen()) == 2
    undo(qtbot, text)
    undo(qtbot, text)
    assert not any(coding.marked or coding.sensitive for coding in panel.model.rows)


def test_all_chosen_are_recoded_as_one_act(qtbot, text: Window, panel: TagsPanel) -> None:
    choose(qtbot, panel, 0, 2)
    qtbot.keyClick(panel.list, Qt.Key.Key_R, SHIFT)
    picker = picker_of(text)
    qtbot.keyClicks(picker.field, "Places")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert [code for code, _ in tagged(text)] == [
        "Places to meet",
        "Volunteering",
        "Places to meet",
    ]
    undo(qtbot, text)
    assert [code for code, _ in tagged(text)] == ["Connection", "Volunteering", "Connection"]


def test_a_memo_is_added_to_all_chosen(qtbot, text: Window, panel: TagsPanel) -> None:
    assert text.session is not None
    text.session.project.codings.write_memo(panel.model.rows[0], "first")
    choose(qtbot, panel, 0, 1)
    qtbot.keyClick(panel.list, Qt.Key.Key_M)
    dialog = text.findChild(MemoDialog)
    assert dialog is not None
    assert dialog.memo() == ""
    dialog.field.setPlainText("see SIC0003")
    dialog.accept()
    assert [coding.memo for coding in panel.model.rows] == [
        "first\nsee SIC0003",
        "see SIC0003",
        "",
    ]
    undo(qtbot, text)
    assert [coding.memo for coding in panel.model.rows] == ["first", "", ""]


def test_chosen_neighbours_are_joined(qtbot, text: Window, panel: TagsPanel) -> None:
    tag(text, "every", "1")
    panel.list.setFocus()
    choose(qtbot, panel, 2, 3)
    assert [coding.quote for coding in panel.chosen()] == ["every", "Thursday"]
    qtbot.keyClick(panel.list, Qt.Key.Key_J, SHIFT)
    assert words(panel) == ["café", "choir", "every Thursday"]
    assert labels(text)[0] == "Join 2 tags “Connection”"


def test_a_codes_key_puts_it_on_all_chosen_passages(qtbot, text: Window, panel: TagsPanel) -> None:
    choose(qtbot, panel, 0, 1)
    qtbot.keyClicks(panel.list, "3")
    assert [one for one in tagged(text) if one[0] == "Places to meet"] == [
        ("Places to meet", "café"),
        ("Places to meet", "choir"),
    ]
    undo(qtbot, text)
    assert len(tagged(text)) == 3


def test_quotes_of_all_chosen_are_copied(qtbot, text: Window, panel: TagsPanel) -> None:
    assert text.session is not None
    text.session.project.evidence.change("STR0001", permission="named")
    choose(qtbot, panel, 1, 2)
    qtbot.keyClick(panel.list, Qt.Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == (
        "“choir” (STR0001, para 2)\n\n“Thursday” (STR0001, para 3)"
    )
    assert "2 quotes" in text.status.currentMessage()


def test_others_among_the_chosen_are_left_alone_and_that_is_said(
    qtbot, text: Window, panel: TagsPanel
) -> None:
    assert text.session is not None
    text.session.work_as("Ines Okoro")
    text.evidence.desk.reader.setFocus()
    tag(text, "hall", "1")
    panel.list.setFocus()
    choose(qtbot, panel, 1, 2)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert words(panel) == ["café", "choir", "Thursday"]
    assert "1 tag of others stayed" in text.status.currentMessage()
    choose(qtbot, panel, 0, 1)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert words(panel) == ["café", "choir", "Thursday"]
    assert "Noor Hadley's" in text.status.currentMessage()


def test_once_the_text_has_the_focus_acts_are_on_the_tag_there(
    qtbot, text: Window, panel: TagsPanel
) -> None:
    choose(qtbot, panel, 0, 1)
    text.evidence.desk.reader.setFocus()
    select(text, "Thursday")
    press(qtbot, text, Qt.Key.Key_Delete)
    assert words(panel) == ["café", "choir"]


def test_the_menu_offers_the_acts_on_the_chosen(qtbot, text: Window, panel: TagsPanel) -> None:
    choose(qtbot, panel, 0, 1)
    panel.list.customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles[0] == "Recode the tag here…"
    assert titles[-1] == "Remove my tag here"
    menu.actions()[-1].trigger()
    menu.close()
    assert words(panel) == ["Thursday"]


# Which are listed


def test_the_list_is_narrowed_by_words_and_by_kind(qtbot, text: Window, panel: TagsPanel) -> None:
    assert text.session is not None
    project = text.session.project
    project.codings.mark([panel.model.rows[0]], marked=True)
    project.codings.write_memo(panel.model.rows[1], "compare")
    qtbot.keyClicks(panel.field, "conn thur")
    assert words(panel) == ["Thursday"]
    assert panel._count.text() == "1 of 3 tags"
    panel.field.setText("nothing like it")
    assert panel._empty.text() == "No tag of this document matches."
    panel.field.clear()
    for which, expected in (
        (MARKED, ["café"]),
        (WITH_MEMO, ["choir"]),
        (MINE, ["café", "choir", "Thursday"]),
        (OF_CODE, []),
    ):
        panel.which.setCurrentIndex(which)
        assert words(panel) == expected, which
    assert "Themes (F8)" in panel._empty.text()


def test_only_those_of_the_chosen_code_and_below_it_are_listed(
    text: Window, panel: TagsPanel
) -> None:
    tag(text, "hall", "3")
    tree = text.evidence.themes.tree
    tree.setCurrentItem(tree.topLevelItem(0))
    panel.which.setCurrentIndex(OF_CODE)
    assert words(panel) == ["café", "hall", "Thursday"]


def test_only_those_at_the_caret_are_listed(text: Window, panel: TagsPanel) -> None:
    panel.which.setCurrentIndex(AT_CARET)
    select(text, "choir")
    assert words(panel) == ["choir"]
    select(text, "Dear")
    assert words(panel) == []


def test_a_document_without_tags_says_how_to_tag(qtbot, text: Window) -> None:
    press(qtbot, text, Qt.Key.Key_F9)
    assert "press Enter to tag" in text.evidence.tags._empty.text()
    assert text.evidence.tags.list.isHidden()


def test_a_row_says_in_words_what_it_shows(text: Window, panel: TagsPanel) -> None:
    assert text.session is not None
    text.session.project.codings.mark([panel.model.rows[1]], marked=True)
    said = panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Volunteering, “choir”, Noor Hadley, ")
    assert said.endswith(", marked for use")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Noor Hadley", "NH"), ("Ines", "I"), ("Ada van der Berg", "AB"), ("", "")],
)
def test_a_coder_is_shown_by_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_what_changes_is_told_row_by_row(qtbot, text: Window) -> None:
    # Given a model with a coding
    model = TagsModel(text)
    one = Coding("1", "d", "c", "k", 5, 9, "five", "2020-09-18T12:00:00Z")
    model.show([one])

    # When others come, change and go, then no row but theirs is touched
    with qtbot.assertNotEmitted(model.modelReset):
        model.change("2", Coding("2", "d", "c", "k", 1, 3, "one", "2020-09-18T12:00:00Z"))
        model.change("1", Coding("1", "d", "c", "k", 0, 9, "far", "2020-09-18T12:00:00Z"))
        model.change("1", Coding("1", "d", "c", "k", 0, 9, "far", "2020-09-18T12:00:00Z", "m"))
        assert [coding.id for coding in model.rows] == ["1", "2"]
        assert (model.row_of("2"), model.row_of("3")) == (1, -1)
        model.change("1", None)
        model.change("3", None)
    assert [coding.id for coding in model.rows] == ["2"]
    assert model.rowCount(QModelIndex()) == 1
