"""Which submissions are compared: ticked in a list, or taken from the evidence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coder.project.agreement import SubmissionChoice
from coder.ui import theme
from coder.ui.audit.which_submissions import ChooseSubmissions, WhichSubmissions
from tests.ui.test_accessible import _nameless, _out_of_reach, _small

CHOICES = (
    SubmissionChoice("STR0001", "Ferry Lane", ("Ada", "Bo")),
    SubmissionChoice("STR0002", "", ("Ada", "Cy")),
    SubmissionChoice("STR0005", "Harrow Council", ("Ada", "Bo", "Cy")),
)


@pytest.fixture
def which(qtbot, qapp: QApplication) -> WhichSubmissions:
    theme.apply(qapp, "light")
    made = WhichSubmissions(None)
    qtbot.addWidget(made)
    made.offer(CHOICES)
    made.show()
    return made


@pytest.fixture
def dialog(qtbot, which: WhichSubmissions) -> ChooseSubmissions:
    which.choose()
    assert which.dialog is not None
    qtbot.waitUntil(which.dialog.isVisible)
    return which.dialog


def test_the_keyboard_finds_ticks_and_compares(
    qtbot, which: WhichSubmissions, dialog: ChooseSubmissions
) -> None:
    qtbot.keyClicks(dialog.field, "cy harrow")
    assert dialog._count.text() == "1 of 3 submissions · 0 ticked"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.hasFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    with qtbot.waitSignal(which.changed):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert which.chosen() == ("STR0005",)
    assert which.text() == "Submissions: STR0005"


def test_what_is_shown_is_ticked_at_once(
    which: WhichSubmissions, dialog: ChooseSubmissions
) -> None:
    dialog.field.setText("bo")
    dialog.all.click()
    assert dialog.ticked() == ("STR0001", "STR0005")
    dialog.field.setText("ferry")
    dialog.none.click()
    dialog.field.setText("nobody")
    assert dialog._count.text() == "Nothing has these words."
    dialog.go.click()
    assert which.chosen() == ("STR0005",)


def test_leaving_changes_nothing(which: WhichSubmissions, dialog: ChooseSubmissions) -> None:
    dialog.all.click()
    dialog.reject()
    assert (which.chosen(), which.text()) == ((), "Submissions: coded by all")


def test_those_that_the_list_of_evidence_shows(qtbot, which: WhichSubmissions) -> None:
    take = which.menu().actions()[1]
    which.shown = lambda: ["STR0004", "STR0005", "STR0001"]
    take.trigger()
    assert which.chosen() == ("STR0001", "STR0005")
    assert which.text() == "Submissions: 2 chosen"
    which.shown = lambda: ["STR0004"]
    with qtbot.waitSignal(which.note):
        take.trigger()
    assert which.chosen() == ("STR0001", "STR0005")
    which.offer(CHOICES[1:])
    assert which.chosen() == ("STR0005",)
    which.menu().actions()[0].trigger()
    assert which.chosen() == ()


def test_everybody_can_work_it(qtbot, dialog: ChooseSubmissions) -> None:
    assert [*_nameless(dialog), *_small(dialog), *_out_of_reach(qtbot, dialog)] == []
