"""What the columns of a table hold is asked, and what a row becomes is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget

from coder.domain.draft import Table, Use
from coder.project.plan import Plan
from coder.ui.importing.columns import ColumnsDialog, is_uncertain


@pytest.fixture
def table(answers: Plan) -> Table:
    """The table of two rows."""
    found = answers.things[0].table
    assert found is not None
    return found


@pytest.fixture
def dialog(qtbot, table: Table) -> Iterator[ColumnsDialog]:
    """The dialog on that table."""
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ColumnsDialog(table, "survey.csv", parent, tag_questions=True)
    made.show()
    yield made
    made.close()


def test_headings_and_first_cells_stand_as_they_are(dialog: ColumnsDialog) -> None:
    rows = [
        [dialog.grid.item(row, column).text() for column in (0, 2)]
        for row in range(dialog.grid.rowCount())
    ]

    assert rows == [
        ["Your name", "Ada"],
        ["What changed in your street?", "We talk more. · Nothing <much>."],
        ["Sector", "Charity · Individual"],
    ]


def test_what_a_row_becomes_is_shown_as_columns_are_chosen(qtbot, dialog: ColumnsDialog) -> None:
    words = dialog.page.toPlainText()
    assert "Name of the respondent: Ada" in words
    assert "What changed in your street?\nWe talk\nmore." in words
    assert "Set aside: Sector" in words

    dialog.set_use(2, Use.TYPE)

    assert "Type of respondent: Charity" in dialog.page.toPlainText()
    assert dialog.uses == (Use.RESPONDENT, Use.QUESTION, Use.TYPE)
    following = next(b for b in dialog.findChildren(QPushButton) if b.text() == "›")
    following.click()
    assert "Nothing <much>." in dialog.page.toPlainText()
    assert dialog._which.text() == "What sample row 2 would become"


def test_a_table_of_which_nothing_is_read_cannot_be_used(dialog: ColumnsDialog) -> None:
    dialog.set_use(1, Use.ASIDE)

    assert not dialog._ok.isEnabled()
    assert "Choose the questions" in dialog.problem.text()
    assert "No evidence in this row" in dialog.page.toPlainText()


def test_tagging_with_questions_is_a_tick(dialog: ColumnsDialog) -> None:
    assert dialog.tag_questions
    dialog.tagging.click()
    assert not dialog.tag_questions


def test_the_wheel_changes_no_choice(dialog: ColumnsDialog) -> None:
    choice = dialog._choices[1]
    before = choice.currentIndex()
    no, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    here, down = QPointF(4, 4), QPoint(0, -120)
    event = QWheelEvent(here, here, down, down, no, plain, Qt.ScrollPhase.NoScrollPhase, False)

    QApplication.sendEvent(choice, event)

    assert choice.currentIndex() == before


def test_every_choice_has_a_name(dialog: ColumnsDialog) -> None:
    names = [one.accessibleName() for one in dialog.findChildren(QComboBox)]
    assert names == [f"What “{heading}” holds" for heading in dialog._table.headings]


@pytest.mark.parametrize(
    ("uses", "uncertain"),
    [
        ((Use.RESPONDENT, Use.QUESTION, Use.ASIDE), False),
        ((Use.AUTHOR, Use.TEXT, Use.LINK), False),
        ((Use.QUESTION, Use.QUESTION, Use.QUESTION), True),
        ((Use.RESPONDENT, Use.ASIDE, Use.ASIDE), True),
        ((Use.ASIDE, Use.ASIDE, Use.ASIDE), True),
    ],
)
def test_a_person_is_asked_where_nothing_maps_for_certain(
    table: Table, uses: tuple[Use, ...], uncertain: bool
) -> None:
    assert is_uncertain(replace(table, uses=uses)) is uncertain
