"""Sharing the work out in the window."""

from __future__ import annotations

import pytest

from coder.ui.assigning.dialog import AssignDialog, Way
from coder.ui.window import Window


@pytest.fixture
def dialog(qtbot, related: Window) -> AssignDialog:
    """The dialog over six submissions, of which two are letters and one is a duplicate."""
    related.registry["assign"].trigger()
    shown = related.assigning.shown
    assert shown is not None
    qtbot.waitUntil(lambda: shown.told.text() != "")
    return shown


def given(window: Window) -> dict[str, tuple[str, ...]]:
    return {one.submission.ref: one.given for one in window.evidence.list.model.views if one.given}


def test_what_nobody_has_is_shared_out_and_the_list_shows_for_whom(
    qtbot, related: Window, dialog: AssignDialog
) -> None:
    dialog.coders.setText("Asha Verma, Noor Hadley")
    assert dialog.told.text().endswith("as many, of every type, in a random order.")

    dialog.give.click()

    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    assert dialog.table.item(0, 0).text() == "Asha Verma"
    qtbot.waitUntil(lambda: len(given(related)) == 5)
    qtbot.waitUntil(lambda: not dialog.give.isEnabled())
    related.evidence.list.field.setText("mine")
    mine = [one.view.submission.ref for one in related.evidence.list.model.matching]
    assert 0 < len(mine) < 5
    related.registry["undo"].trigger()
    qtbot.waitUntil(lambda: given(related) == {})


def test_a_sample_needs_two_coders_and_is_coded_by_each(
    qtbot, related: Window, dialog: AssignDialog
) -> None:
    dialog.coders.setText("Noor Hadley")
    dialog.size_field.setValue(2)
    assert dialog.ways[Way.SAMPLE].isChecked()
    assert "needs two coders" in dialog.told.text()
    assert not dialog.give.isEnabled()

    dialog.coders.setText("Noor Hadley, Asha Verma")
    dialog.give.click()

    qtbot.waitUntil(lambda: len(given(related)) == 2)
    assert set(given(related).values()) == {("Asha Verma", "Noor Hadley")}


def test_the_chosen_one_is_given_and_taken_back(
    qtbot, related: Window, dialog: AssignDialog
) -> None:
    dialog.ways[Way.CHOSEN].setChecked(True)
    dialog.coders.setText("Asha Verma")
    dialog.give.click()
    qtbot.waitUntil(lambda: given(related) == {"SIC0001": ("Asha Verma",)})

    dialog.back.click()
    qtbot.waitUntil(lambda: given(related) == {})


def test_who_has_nothing_to_code_is_not_proposed(
    qtbot, related: Window, dialog: AssignDialog
) -> None:
    project = related.session.project
    project.as_coder("Clerk")
    project.assigning.assign(["SIC0001"], ["Asha Verma", "Noor Hadley"])
    dialog.close()

    related.registry["assign"].trigger()
    shown = related.assigning.shown

    assert "Clerk" in shown.coders.text()
    qtbot.waitUntil(lambda: shown.coders.text() == "Asha Verma, Noor Hadley")
