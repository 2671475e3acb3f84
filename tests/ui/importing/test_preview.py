"""The preview as a person sees and works it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QPushButton, QWidget

from coder.domain.draft import Use
from coder.domain.model import (
    Document,
    DocumentKind,
    Permission,
    RespondentType,
    Submission,
    new_id,
)
from coder.project.evidence import SubmissionView
from coder.project.plan import Plan, Proposal
from coder.ui import theme
from coder.ui.actions import PREVIEW
from coder.ui.importing.board import Board, Grouping
from coder.ui.importing.preview import PreviewDialog
from coder.ui.importing.tree import Column
from coder.ui.importing.view import DRAGGED
from coder.ui.picker import Picker
from tests.ui.active import activate
from tests.ui.importing.conftest import CLOSES

CTRL = Qt.KeyboardModifier.ControlModifier


def earlier(ref: str, respondent: str, organisation: str, title: str) -> SubmissionView:
    kept = Submission(new_id(), ref, respondent, organisation)
    letter = Document(new_id(), kept.id, 0, title, DocumentKind.DOCUMENT)
    return SubmissionView(kept, (letter,), {}, 0)


EARLIER = (
    earlier("SIC0003", "Hannah Reed", "Dudley Council", "Reply.docx"),
    earlier("SIC0007", "Anna Holt", "", "Allotments.pdf"),
    earlier("SIC0012", "Peter Marsh", "", "Second letter.txt"),
)


@pytest.fixture
def show(qtbot) -> Callable[[Plan], PreviewDialog]:
    """Shows a plan, with the focus in the tree."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def open_it(plan: Plan) -> PreviewDialog:
        dialog = PreviewDialog(Board(plan, CLOSES), parent, earlier=lambda: EARLIER)
        qtbot.addWidget(dialog)
        dialog.open()
        activate(qtbot, dialog)
        qtbot.waitUntil(dialog.tree.hasFocus)
        return dialog

    return open_it


@pytest.fixture
def preview(show, plan: Plan) -> PreviewDialog:
    """The small plan, shown."""
    return show(plan)


def names(dialog: PreviewDialog) -> list[str]:
    return [str(index.data()) for index in dialog.model.tops()]


def choose(dialog: PreviewDialog, *places: int) -> list[Proposal]:
    chosen = [dialog.plan.proposals[place] for place in places]
    dialog.tree.choose(chosen)
    return chosen


def drop(dialog: PreviewDialog, at: QPoint) -> None:
    data = QMimeData()
    data.setData(DRAGGED, b"")
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    kind = QEvent.Type.Drop
    event = QDropEvent(QPointF(at), move, data, left, Qt.KeyboardModifier.NoModifier, kind)
    dialog.tree._dragged = dialog.tree.chosen_things()
    dialog.tree.dropEvent(event)


def test_it_tells_at_a_glance_what_will_come_in_and_what_not(preview: PreviewDialog) -> None:
    assert preview.headline.text() == "3 submissions from 7 files given."
    assert "1 duplicate, 1 unreadable" in preview.notes.text()
    assert names(preview) == ["Walsall Food Bank", "Peter Marsh", "choir.mp4"]
    assert preview.go.text() == "Import 3 submissions"
    groups = [preview.left.model_.index(row, 0).data() for row in range(4)]
    assert groups == [
        "Could not be read (1)",
        "Nothing in it (1)",
        "The same file again (1)",
        "Left out as a matter of course (1)",
    ]
    folded = [preview.left.isExpanded(preview.left.model_.index(row, 0)) for row in range(4)]
    assert folded == [True, True, True, False]


def test_a_submission_of_several_files_shows_them_and_a_file_of_one_text_is_one_line(
    preview: PreviewDialog,
) -> None:
    letter, film = list(preview.model.tops())[1:]

    assert not preview.model.hasChildren(letter)
    assert preview.tree.isExpanded(film)
    below = [preview.model.index(row, 0, film) for row in range(preview.model.rowCount(film))]
    assert [index.data() for index in below] == ["choir.mp4", "choir.vtt"]
    assert preview.model.detail(preview.model.row(below[0])) == ("recording · 12:03", "")
    assert preview.model.parent(below[1]) == film


def test_the_wording_on_permission_is_shown_as_it_stands_and_decides_nothing(
    preview: PreviewDialog,
) -> None:
    [charity] = choose(preview, 0)

    words = preview.about.page.toPlainText()
    assert "“Please treat this as <b>confidential</b>.”" in words
    assert "Pointed out only: set the permission yourself." in words
    assert charity.permission is Permission.UNKNOWN
    preview.about.permission.setCurrentIndex(1)
    preview.about.permission.activated.emit(1)
    assert charity.permission is Permission.ANONYMOUS


def test_why_a_file_does_not_come_in_can_be_read_whole(preview: PreviewDialog) -> None:
    model = preview.left.model_

    preview.left.setCurrentIndex(model.index(0, 0, model.index(0, 0)))

    assert "“x.docx” is damaged." in preview.about.page.toPlainText()


def test_particulars_are_written_in_place_and_tab_goes_to_the_next(
    qtbot, preview: PreviewDialog
) -> None:
    [letter] = choose(preview, 1)

    qtbot.keyClick(preview.tree, Qt.Key.Key_F2)
    field = preview.tree.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Peter Marsh"
    qtbot.keyClicks(field, "Petra Marsh")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: preview.tree.currentIndex().column() == Column.ORGANISATION)
    assert letter.respondent == "Petra Marsh"
    assert not preview.isHidden()


def test_enter_in_the_tree_changes_and_does_not_import(qtbot, preview: PreviewDialog) -> None:
    choose(preview, 1)

    qtbot.keyClick(preview.tree, Qt.Key.Key_Return)

    assert preview.isVisible()
    assert preview.tree.findChild(QLineEdit) is not None
    preview.abandon()


def test_a_type_is_chosen_from_a_list(preview: PreviewDialog) -> None:
    [letter] = choose(preview, 1)
    index = preview.model.index_of(letter).siblingAtColumn(Column.TYPE)
    preview.tree.edit(index)
    choice = preview.tree.findChild(QComboBox)
    assert choice is not None

    choice.setCurrentIndex(choice.findData("faith"))
    choice.activated.emit(choice.currentIndex())

    assert letter.type is RespondentType.FAITH
    assert index.data() == "Faith group"


@pytest.mark.parametrize(("typed", "kept"), [("18/09/2020", "2020-09-18"), ("soon", "soon")])
def test_a_day_is_read_as_people_write_it(preview: PreviewDialog, typed: str, kept: str) -> None:
    letter = preview.plan.proposals[1]
    index = preview.model.index_of(letter).siblingAtColumn(Column.RECEIVED)

    preview.model.setData(index, typed)

    assert letter.received == kept


def test_a_day_left_alone_keeps_its_hour(preview: PreviewDialog) -> None:
    charity = preview.plan.proposals[0]
    index = preview.model.index_of(charity).siblingAtColumn(Column.RECEIVED)

    preview.model.setData(index, index.data(Qt.ItemDataRole.EditRole))

    assert charity.received == "2020-09-12T10:00:00Z"


def test_letters_join_split_and_leave_out_what_is_chosen(qtbot, preview: PreviewDialog) -> None:
    choose(preview, 0, 1)

    qtbot.keyClick(preview.tree, Qt.Key.Key_J)
    assert names(preview) == ["Walsall Food Bank", "choir.mp4"]
    qtbot.keyClick(preview.tree, Qt.Key.Key_S)
    assert names(preview) == ["Walsall Food Bank", "Peter Marsh", "choir.mp4"]
    qtbot.keyClick(preview.tree, Qt.Key.Key_Delete)
    assert preview.go.text() == "Import 1 submission"
    assert preview.buttons["leave-out"].text() == "Take in again"
    for _ in range(3):
        qtbot.keyClick(preview, Qt.Key.Key_Z, CTRL)
    assert [one.wanted for one in preview.plan.proposals] == [True] * 3
    assert not preview.buttons["undo"].isEnabled()


def test_space_ticks_what_is_to_come_in(qtbot, preview: PreviewDialog) -> None:
    [letter] = choose(preview, 1)

    qtbot.keyClick(preview.tree, Qt.Key.Key_Space)

    assert not letter.wanted
    assert "left out" in preview.model.data(
        preview.model.index_of(letter), Qt.ItemDataRole.AccessibleTextRole
    )


def test_a_file_alone_is_split_off(qtbot, preview: PreviewDialog) -> None:
    film = list(preview.model.tops())[2]
    preview.tree.setCurrentIndex(preview.model.index(1, 0, film))

    qtbot.keyClick(preview.tree, Qt.Key.Key_S)

    assert names(preview)[2:] == ["choir.mp4", "choir.vtt"]


def test_files_are_moved_by_finding_where_to(qtbot, preview: PreviewDialog) -> None:
    choose(preview, 1)
    qtbot.keyClick(preview.tree, Qt.Key.Key_M)
    picker = preview.findChild(Picker)
    assert picker is not None

    qtbot.keyClicks(picker.field, "walsall")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)

    assert names(preview) == ["Walsall Food Bank", "choir.mp4"]
    assert len(preview.plan.proposals[0].things) == 2


def test_a_submission_is_attached_to_an_earlier_one_found_by_reference(
    qtbot, preview: PreviewDialog
) -> None:
    [letter] = choose(preview, 1)
    qtbot.keyClick(preview.tree, Qt.Key.Key_A)
    picker = preview.findChild(Picker)
    assert picker is not None

    qtbot.keyClicks(picker.field, "0012")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)

    assert letter.into == "SIC0012"
    assert preview.headline.text().startswith("2 submissions and 1 addition from")
    assert preview.go.text() == "Import 2 submissions and 1 addition"
    preview.buttons["undo"].click()
    assert preview.tree.chosen_proposals() == [letter]


def offered(preview: PreviewDialog) -> list[str]:
    picker = preview.findChildren(Picker)[-1]
    return [picker.list.item(row).text() for row in range(picker.list.count())]


def test_the_earlier_submission_of_the_same_sender_is_offered_first(
    qtbot, preview: PreviewDialog
) -> None:
    choose(preview, 1)

    qtbot.keyClick(preview.tree, Qt.Key.Key_A)

    assert offered(preview)[0] == "SIC0012 · Peter Marsh"
    picker = preview.findChildren(Picker)[-1]
    assert picker.list.currentRow() == 0
    picker.close()


def test_earlier_submissions_are_found_by_name_organisation_and_title_whole_words_first(
    qtbot, preview: PreviewDialog
) -> None:
    [charity] = choose(preview, 0)
    qtbot.keyClick(preview.tree, Qt.Key.Key_A)
    picker = preview.findChildren(Picker)[-1]
    assert picker.list.currentRow() == -1
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert charity.into == ""

    qtbot.keyClick(preview.tree, Qt.Key.Key_A)
    picker = preview.findChildren(Picker)[-1]
    found = []
    for typed in ("anna", "dudley", "allotm", "annah"):
        picker.field.setText(typed)
        found.append(offered(preview))

    assert found == [
        ["SIC0007 · Anna Holt", "SIC0003 · Hannah Reed · Dudley Council"],
        ["SIC0003 · Hannah Reed · Dudley Council"],
        ["SIC0007 · Anna Holt"],
        ["SIC0003 · Hannah Reed · Dudley Council"],
    ]
    assert picker.list.currentRow() == -1
    picker.close()


def test_attaching_and_columns_are_offered_only_where_they_fit(
    qtbot, show, plan: Plan, answers: Plan
) -> None:
    plan.things += answers.things
    plan.proposals += answers.proposals
    parent = QWidget()
    qtbot.addWidget(parent)
    lonely = PreviewDialog(Board(plan, CLOSES), parent)
    qtbot.addWidget(lonely)

    choose(lonely, 0)
    assert not lonely.buttons["attach"].isEnabled()
    assert not lonely.buttons["columns"].isEnabled()
    choose(lonely, 3)
    assert lonely.buttons["columns"].isEnabled()


def test_a_list_of_choices_shows_every_entry(qtbot, preview: PreviewDialog) -> None:
    choice = preview.about.permission
    choice.setEnabled(True)

    choice.showPopup()

    view = choice.view()
    last = view.visualRect(view.model().index(choice.count() - 1, 0))
    assert view.viewport().rect().contains(last)
    choice.hidePopup()


def test_escape_in_a_field_or_a_list_of_choices_leaves_the_preview_open(
    qtbot, preview: PreviewDialog
) -> None:
    choose(preview, 1)
    index = preview.model.index_of(preview.plan.proposals[1]).siblingAtColumn(Column.PERMISSION)
    preview.tree.edit(index)
    choice = preview.tree.findChild(QComboBox)
    assert choice is not None
    choice.showPopup()

    qtbot.keyClick(choice.view(), Qt.Key.Key_Escape)
    assert not choice.view().isVisible()
    qtbot.keyClick(choice, Qt.Key.Key_Escape)
    qtbot.keyClick(preview.tree, Qt.Key.Key_F2)
    qtbot.keyClick(preview.tree.findChildren(QLineEdit)[-1], Qt.Key.Key_Escape)

    assert preview.isVisible()
    assert preview.plan.proposals[1].respondent == "Peter Marsh"


def test_columns_said_anew_keep_the_place_and_can_be_undone_and_are_not_left_unasked(
    show, answers: Plan
) -> None:
    dialog = show(answers)
    table, rows = answers.things[0], list(answers.proposals)
    dialog.wait_for(table)
    assert table.table is not None
    table.table = replace(table.table, uses=(Use.QUESTION, Use.QUESTION, Use.ASIDE))

    dialog.read_again(done=True)

    assert dialog.tree.chosen_proposals() == rows[:1]
    assert dialog.buttons["undo"].isEnabled()
    QTest.keyClick(dialog.tree, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.findChild(QMessageBox) is not None
    dialog.buttons["undo"].click()
    assert table.table.uses[0] is Use.RESPONDENT
    assert not dialog.board.changed


def test_a_reading_that_was_stopped_leaves_everything_as_it_was(show, answers: Plan) -> None:
    dialog = show(answers)
    table, rows = answers.things[0], list(answers.proposals)
    dialog.wait_for(table)
    assert not dialog.isEnabled()
    table.holds = []
    answers.things[1:] = []
    answers.proposals.clear()

    dialog.read_again(done=False)

    assert dialog.isEnabled()
    assert answers.proposals == rows
    assert answers.things == [table, *table.holds]
    assert not dialog.buttons["undo"].isEnabled()


def test_a_day_is_written_in_its_field_as_it_is_shown(preview: PreviewDialog) -> None:
    index = preview.model.index_of(preview.plan.proposals[0]).siblingAtColumn(Column.RECEIVED)

    assert index.data(Qt.ItemDataRole.EditRole) == index.data() == "12 Sep 2020"


def test_what_is_dropped_on_a_submission_goes_into_it(preview: PreviewDialog) -> None:
    choose(preview, 1)
    charity = preview.model.index_of(preview.plan.proposals[0])

    drop(preview, preview.tree.visualRect(charity).center())

    assert names(preview) == ["Walsall Food Bank", "choir.mp4"]


def test_the_strip_for_a_new_submission_covers_no_row(preview: PreviewDialog) -> None:
    film = list(preview.model.tops())[2]
    preview.tree.setCurrentIndex(preview.model.index(1, 0, film))
    preview.tree._dragged = preview.tree.chosen_things()
    before = preview.tree.viewport().geometry()

    preview.tree.dragging.emit(True)

    assert preview.strip.isVisible()
    assert preview.tree.viewport().geometry() == before
    preview.strip.dropped.emit()
    preview.tree.dragging.emit(False)
    assert names(preview)[2:] == ["choir.mp4", "choir.vtt"]
    assert preview.buttons["join"].isVisible()


def test_what_is_dropped_on_empty_space_is_a_submission_of_its_own(
    preview: PreviewDialog,
) -> None:
    film = list(preview.model.tops())[2]
    preview.tree.setCurrentIndex(preview.model.index(1, 0, film))

    drop(preview, QPoint(50, preview.tree.viewport().height() - 5))

    assert names(preview)[2:] == ["choir.mp4", "choir.vtt"]


def test_grouping_is_chosen_above(preview: PreviewDialog) -> None:
    preview.grouping.setCurrentIndex(1)
    preview.grouping.activated.emit(1)

    assert names(preview) == ["Walsall Food Bank", "choir.mp4"]
    assert preview.board.grouping is Grouping.FOLDER


def test_only_what_needs_a_look_can_be_shown(preview: PreviewDialog) -> None:
    preview.showing.setCurrentIndex(1)
    preview.showing.activated.emit(1)

    assert preview.showing.currentText() == "Show what needs a look (2)"
    assert names(preview) == ["Walsall Food Bank", "Peter Marsh"]


def test_a_campaign_is_one_line_with_its_count(show, campaign: Plan) -> None:
    dialog = show(campaign)

    assert names(dialog) == ["Campaign: “0.eml”", "Ada Lovell"]
    group = next(dialog.model.tops())
    assert dialog.model.rowCount(group) == 3
    assert not dialog.tree.isExpanded(group)
    assert [badge.words for badge in dialog.model.badges(dialog.model.row(group))] == ["3 letters"]
    dialog.model.setData(group, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert [one.wanted for one in campaign.proposals] == [False, True, False, False]
    assert dialog.go.text() == "Import 1 submission"


def test_a_campaign_of_which_some_are_left_out_is_ticked_in_part(show, campaign: Plan) -> None:
    campaign.proposals[0].wanted = False
    dialog = show(campaign)

    state = next(dialog.model.tops()).data(Qt.ItemDataRole.CheckStateRole)

    assert Qt.CheckState(state) is Qt.CheckState.PartiallyChecked


def test_where_nothing_can_come_in_it_says_so_and_why(qtbot, plan: Plan) -> None:
    plan.proposals.clear()
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PreviewDialog(Board(plan), parent)
    qtbot.addWidget(dialog)

    assert dialog.headline.text() == "Nothing will come in."
    assert not dialog.go.isEnabled()
    assert dialog._stack.currentWidget() is dialog._empty
    assert "Below is why" in dialog._empty.text()
    assert dialog.left.model_.rowCount() == 4


def test_leaving_asks_only_where_something_would_be_lost(qtbot, preview: PreviewDialog) -> None:
    preview.board.amend(preview.plan.proposals[:1], "region", "Walsall")

    preview.reject()

    assert preview.isVisible()
    box = preview.findChild(QMessageBox)
    assert box is not None
    leave = next(button for button in box.findChildren(QPushButton) if button.text() == "Leave")
    leave.click()
    assert not preview.isVisible()


def test_leaving_untouched_asks_nothing(preview: PreviewDialog) -> None:
    preview.reject()
    assert not preview.isVisible()


def test_no_key_of_the_preview_is_given_twice(preview: PreviewDialog) -> None:
    keys = [keys.toString() for act in PREVIEW for keys in act.sequences]
    assert len(keys) == len(set(keys)) == len(PREVIEW)
    assert set(preview.buttons) == {act.id for act in PREVIEW}


def test_everything_that_takes_the_focus_has_a_name(preview: PreviewDialog) -> None:
    for widget in preview.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            found = QAccessible.queryAccessibleInterface(widget)
            assert found.text(QAccessible.Text.Name), widget


def test_a_row_is_read_out_whole(preview: PreviewDialog) -> None:
    index = preview.model.index_of(preview.plan.proposals[0])

    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == (
        "Walsall Food Bank, from Statement.docx, Joan Ashby, Walsall Food Bank,"
        " Charity or community group, 12 Sep 2020, permission: Not known yet,"
        " wording on permission"
    )


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_it_is_drawn_in_the_colours_of_the_theme(show, plan: Plan, appearance: str) -> None:
    dialog = show(plan)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look = theme.apply(app, appearance)

    picture = dialog._stack.grab().toImage()

    assert look.dark == (appearance == "dark")
    found = colours(picture)
    assert {QColor(look.text).rgb(), QColor(look.accent).rgb(), QColor(look.base).rgb()} <= found
    theme.apply(app, "light")


def colours(picture: QImage) -> set[int]:
    return {picture.pixel(x, y) for x in range(picture.width()) for y in range(130)}


def test_sizes_are_kept_for_the_next_time(show, plan: Plan) -> None:
    first = show(plan)
    first.tree.setColumnWidth(0, 333)
    first.low.setSizes([300, 500])
    sizes = first.low.sizes()
    first.reject()

    second = show(plan)

    assert second.tree.columnWidth(0) == 333
    assert second.low.sizes() == sizes


def test_thousands_of_submissions_stay_light(show, large: Callable[[int], Plan]) -> None:
    with large(10_000) as plan:
        dialog = show(plan)
        assert dialog.model.rowCount() == 5_001

        began = time.process_time()
        dialog._amend(plan.proposals[:1], "respondent", "Ada")
        dialog.tree.verticalScrollBar().setValue(3_000)
        dialog.tree.viewport().repaint()
        assert time.process_time() - began < 0.5
