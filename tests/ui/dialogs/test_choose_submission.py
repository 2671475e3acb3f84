"""Another submission is found by reference or name, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from coder.domain.model import Submission
from coder.project.evidence import SubmissionView
from coder.ui.dialogs.choose_submission import ChooseSubmission

NAMES = ("Joan Ashby", "Hall 3", "Ada Lovell", "Joan Marsh")


@pytest.fixture
def dialog(qtbot) -> Iterator[ChooseSubmission]:
    views = [
        SubmissionView(Submission(f"id{n}", f"SIC{n:04}", name), (), {}, 0)
        for n, name in enumerate(NAMES, start=1)
    ]
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ChooseSubmission(views, "Join which?", "They become one.", "Join", parent)
    made.open()
    yield made
    made.close()


def refs(dialog: ChooseSubmission) -> list[str]:
    return [view.submission.ref for view in dialog.found.views]


def test_all_are_offered_before_anything_is_typed(dialog: ChooseSubmission) -> None:
    assert refs(dialog) == ["SIC0001", "SIC0002", "SIC0003", "SIC0004"]
    assert dialog._count.text() == "4 submissions"


def test_names_and_references_are_found_as_one_types(dialog: ChooseSubmission, qtbot) -> None:
    QTest.keyClicks(dialog.field, "joan")
    assert refs(dialog) == ["SIC0001", "SIC0004"]
    assert dialog._count.text() == "2 of 4 submissions"

    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    assert chosen.args == ["SIC0004"]
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("typed", "first"), [("sic0003", "SIC0003"), ("hall 3", "SIC0002"), ("3", "SIC0002")]
)
def test_what_is_typed_word_for_word_comes_first(
    dialog: ChooseSubmission, typed: str, first: str
) -> None:
    QTest.keyClicks(dialog.field, typed)

    assert refs(dialog)[0] == first


def test_where_nothing_fits_nothing_can_be_taken(dialog: ChooseSubmission) -> None:
    QTest.keyClicks(dialog.field, "nobody")

    QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    assert dialog.isVisible()
    assert not dialog.go.isEnabled()
    assert dialog._count.text() == "Nothing has these words."
