"""Others' tags: shown, hidden, and hidden from who codes blind until they are done."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from coder.domain.sight import Others
from coder.ui.window import Window
from tests.ui.evidence.hands import ALT, CTRL, SHIFT, press, put_caret, tag


@pytest.fixture
def both(text: Window) -> Window:
    """Noor has tagged the choir, and Ines, who is at work, the café."""
    tag(text, "choir", "2")
    assert text.session is not None
    text.session.work_as("Ines Okoro")
    tag(text, "café", "1")
    return text


def seen(window: Window) -> set[str]:
    desk = window.evidence.desk
    marks = {mark.id for mark in desk.reader._page.marks}
    assert marks == set(desk.codings)
    return {coding.quote for coding in desk.codings.values()}


def session(window: Window):
    assert window.session is not None
    return window.session


def counts(window: Window) -> dict[str, int]:
    return {
        session(window).codes[one].name: count
        for one, (count, _) in session(window).counts().items()
    }


def declare(window: Window, *, coded: bool = True) -> None:
    document = window.evidence.desk.document
    assert document is not None
    session(window).project.progress.declare([document.id], coded=coded)


def test_ctrl_shift_h_hides_others_and_shows_them_again(qtbot, both: Window) -> None:
    assert seen(both) == {"café", "choir"}
    press(qtbot, both, Qt.Key.Key_H, CTRL | SHIFT)
    assert seen(both) == {"café"}
    assert both.evidence.desk.sight.isVisible()
    assert both.registry["others-hidden"].isChecked()
    assert counts(both) == {"Connection": 1}
    press(qtbot, both, Qt.Key.Key_H, CTRL | SHIFT)
    assert seen(both) == {"café", "choir"}
    assert not both.evidence.desk.sight.isVisible()
    assert both.registry["others-shown"].isChecked()


def test_blind_hides_others_until_the_document_is_declared_coded(both: Window) -> None:
    both.registry["others-blind"].trigger()
    assert seen(both) == {"café"}
    assert "until you declare this document coded (Ctrl+D)" in both.evidence.desk.sight.text()
    assert both.evidence.desk.sight.isVisible()
    assert counts(both) == {"Connection": 1}

    declare(both)
    assert seen(both) == {"café", "choir"}
    assert not both.evidence.desk.sight.isVisible()
    assert counts(both) == {"Connection": 1, "Volunteering": 1}

    declare(both, coded=False)
    assert seen(both) == {"café"}


def test_what_others_do_meanwhile_stays_out_of_sight(both: Window) -> None:
    both.registry["others-blind"].trigger()
    project = session(both).project
    document = both.evidence.desk.document
    assert document is not None
    project.as_coder("Noor Hadley")
    [made] = project.codings.tag(document, 0, 4, [project.codebook.at("Volunteering")])
    project.as_coder("Ines Okoro")
    both.evidence.desk.coding_changed(made.id, made)
    assert seen(both) == {"café"}


def test_the_next_tag_is_the_next_that_is_seen(qtbot, both: Window) -> None:
    both.registry["others-hidden"].trigger()
    put_caret(both, "Dear")
    press(qtbot, both, Qt.Key.Key_Down, ALT)
    assert both.evidence.desk.reader.selected_text() == "café"
    press(qtbot, both, Qt.Key.Key_Down, ALT)
    assert "No further tagged passage" in both.status.currentMessage()


def test_the_list_of_tags_and_the_quotes_obey_it(qtbot, both: Window) -> None:
    press(qtbot, both, Qt.Key.Key_F9)
    both.registry["others-blind"].trigger()
    assert [coding.quote for coding in both.evidence.tags.model.rows] == ["café"]
    both.go_to_place(1)
    assert _listed(qtbot, both) == ["café"]
    declare(both)
    both.quotes.refresh()
    assert _listed(qtbot, both) == ["café", "choir"]


def _listed(qtbot, window: Window) -> list[str]:
    qtbot.waitUntil(lambda: not window.quotes.busy and window.quotes.model.listed is not None)
    listed = window.quotes.model.listed
    assert listed is not None
    return [quote.quote for quote in listed.fetch(0, len(listed))]


def test_the_counts_in_the_quotes_place_do_not_give_others_away(both: Window) -> None:
    both.registry["others-blind"].trigger()
    both.go_to_place(1)
    tree = both.quotes.filters.tree
    shown = [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]
    assert shown == ["Connection  (1)", "Volunteering"]


def test_an_empty_list_of_tags_says_that_others_are_hidden(qtbot, both: Window) -> None:
    press(qtbot, both, Qt.Key.Key_F9)
    session(both).work_as("Omar Lake")
    both.registry["others-blind"].trigger()
    assert "others’ are hidden" in both.evidence.tags._empty.text()


def test_nobody_is_unblinded_by_a_key(qtbot, both: Window) -> None:
    both.registry["others-blind"].trigger()
    press(qtbot, both, Qt.Key.Key_H, CTRL | SHIFT)
    assert seen(both) == {"café"}
    assert "You are coding blind" in both.status.currentMessage()


def test_the_choice_is_kept_for_each_person_and_project(both: Window, folder: Path) -> None:
    both.registry["others-blind"].trigger()
    session(both).work_as("Noor Hadley")
    assert session(both).others is Others.SHOWN
    assert both.registry["others-shown"].isChecked()
    assert seen(both) == {"café", "choir"}

    both.close_project()
    assert both.open_project(folder)
    session(both).work_as("Ines Okoro")
    assert session(both).blind
    assert both.registry["others-blind"].isChecked()
    assert seen(both) == {"café"}
