"""The find bar: every place of the words in the document, with keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

from coder.ui.evidence.find_bar import FindBar
from coder.ui.window import Window

RETURN, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bar(opened: Window) -> FindBar:
    """The bar, open above the letter."""
    opened.registry["find"].trigger()
    return opened.evidence.desk.finder


def test_says_which_of_how_many(qtbot, bar: FindBar) -> None:
    qtbot.keyClicks(bar.field, "ring")
    assert bar.said.text() == "1 of 2"
    qtbot.keyClick(bar.field, RETURN)
    assert bar.said.text() == "2 of 2"
    qtbot.keyClick(bar.field, RETURN, SHIFT)
    assert bar.said.text() == "1 of 2"
    qtbot.keyClick(bar.field, RETURN, SHIFT)
    assert bar.said.text() == "2 of 2"
    qtbot.keyClicks(bar.field, "zz")
    assert bar.said.text() == "Not in this document"
    assert not bar.tag_all.isEnabled()
    bar.field.clear()
    assert bar.said.text() == ""


def test_all_places_are_shown_in_the_text_while_the_bar_is_open(
    qtbot, opened: Window, bar: FindBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[list[tuple[int, int]]] = []
    monkeypatch.setattr(opened.evidence.desk.reader, "set_found", shown.append)

    qtbot.keyClicks(bar.field, "ring")

    text = opened.evidence.desk.text()
    assert [text[a:b] for a, b in shown[-1]] == ["ring", "ring"]
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert shown[-1] == []


def test_keys_go_on_from_the_text_too(qtbot, opened: Window, bar: FindBar) -> None:
    reader = opened.evidence.desk.reader
    qtbot.keyClicks(bar.field, "ring")
    first = reader.selection()

    opened.registry["find-next"].trigger()
    second = reader.selection()
    opened.registry["find-previous"].trigger()

    assert first < second
    assert reader.selection() == first


def test_the_next_place_from_the_caret_is_the_one_at_it(
    qtbot, opened: Window, bar: FindBar
) -> None:
    reader = opened.evidence.desk.reader
    qtbot.keyClicks(bar.field, "ring")
    start, _ = reader.selection()
    reader.select(start, start)

    opened.registry["find-next"].trigger()

    assert reader.selection()[0] == start


def test_escape_goes_back_to_the_words_found(qtbot, opened: Window, bar: FindBar) -> None:
    reader = opened.evidence.desk.reader
    qtbot.keyClicks(bar.field, "choir")

    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)

    assert not bar.isVisible()
    assert reader.selected_text() == "choir"
    qtbot.waitUntil(lambda: reader.focusProxy().hasFocus())


def test_opens_with_the_selected_words(opened: Window) -> None:
    text = opened.evidence.desk.text()
    start = text.index("choir")
    opened.evidence.desk.reader.select(start, start + 5)

    opened.registry["find"].trigger()

    bar = opened.evidence.desk.finder
    assert (bar.field.text(), bar.said.text()) == ("choir", "1 of 1")


def test_whole_words_and_case(qtbot, bar: FindBar) -> None:
    qtbot.keyClicks(bar.field, "i")
    many = bar.said.text()
    qtbot.mouseClick(bar.whole, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.whole.isChecked)
    assert bar.said.text() != many
    bar.match_case.setChecked(True)
    assert bar.said.text() == "Not in this document"


def test_f3_without_words_opens_the_bar(opened: Window) -> None:
    opened.registry["find-next"].trigger()

    assert opened.evidence.desk.finder.isVisible()


def test_another_document_is_searched_for_the_same_words(qtbot, window: Window, own_sample) -> None:
    assert window.open_project(own_sample)
    qtbot.waitUntil(lambda: window.evidence.desk.document is not None)
    window.registry["find"].trigger()
    bar = window.evidence.desk.finder
    qtbot.keyClicks(bar.field, "the")
    assert " of " in bar.said.text()

    window.evidence.list.step(1)

    assert " of " not in bar.said.text()
    assert bar.said.text().endswith((" here", "document"))


def test_tag_all_offers_the_places_of_this_document(qtbot, opened: Window, bar: FindBar) -> None:
    qtbot.keyClicks(bar.field, "ring")

    bar.tag_all.click()

    dialog = opened.finding.offered
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=30_000)
    assert dialog.model.all[0].words.startswith("Now I ring")
    dialog.reject()


def test_each_control_has_a_name_and_room_to_be_clicked(bar: FindBar) -> None:
    own = bar.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)

    assert len(own) == 3
    assert all(button.accessibleName() and button.minimumWidth() >= 24 for button in own)


def test_a_narrow_bar_has_its_options_in_a_row_of_their_own(
    qtbot, opened: Window, bar: FindBar
) -> None:
    for width, below in ((1900, False), (1000, True), (1900, False)):
        opened.resize(width, 680)
        qtbot.waitUntil(lambda below=below: _is_below(bar) is below)
        assert bar.tag_all.mapTo(bar, bar.tag_all.rect().bottomRight()).x() <= bar.width()


def _is_below(bar: FindBar) -> bool:
    return bar.match_case.mapTo(bar, QPoint()).y() > bar.field.geometry().bottom()
