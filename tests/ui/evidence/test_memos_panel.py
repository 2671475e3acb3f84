"""The memos on what is shown, read and written beside the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from coder.domain.model import About
from coder.domain.sight import Others
from coder.ui.evidence.memos_panel import MemosPanel
from coder.ui.window import Window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(opened: Window) -> MemosPanel:
    """The panel, seen beside the letter."""
    opened.evidence.side.setCurrentWidget(opened.evidence.memos)
    return opened.evidence.memos


def texts(window: Window) -> list[str]:
    assert window.session is not None
    return [memo.text for memo in window.session.project.memos.all()]


def listed(panel: MemosPanel) -> list[str]:
    return [memo.text for memo in panel.list.cards.memos]


def test_a_key_begins_a_memo_on_the_submission_and_leaving_keeps_it(
    qtbot, opened: Window, panel: MemosPanel
) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_M, CTRL | SHIFT)
    assert panel.editor.field.hasFocus()

    qtbot.keyClicks(panel.editor.field, "Compare with the choir.")
    assert texts(opened) == []
    qtbot.keyClick(panel.editor.field, Qt.Key.Key_Escape)

    assert texts(opened) == ["Compare with the choir."]
    assert opened.session is not None
    assert opened.session.project.next_labels()[0] == "Write a memo on STR0001"
    qtbot.waitUntil(lambda: listed(panel) == ["Compare with the choir."])
    assert opened.evidence.desk.reader.isAncestorOf(opened.focusWidget())


def test_the_key_goes_on_with_the_memo_that_is_there(
    qtbot, opened: Window, panel: MemosPanel
) -> None:
    for words in ("First.", " More."):
        qtbot.keyClick(opened, Qt.Key.Key_M, CTRL | SHIFT)
        qtbot.keyClicks(panel.editor.field, words)
        qtbot.keyClick(panel.editor.field, Qt.Key.Key_Escape)

    assert texts(opened) == ["First. More."]


def test_the_buttons_begin_another_memo(qtbot, opened: Window, panel: MemosPanel) -> None:
    for button, words in (
        (panel.on_submission, "One."),
        (panel.on_submission, "Two."),
        (panel.on_document, "Three."),
    ):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.keyClicks(panel.editor.field, words)
        qtbot.keyClick(panel.editor.field, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: listed(panel) == ["One.", "Two.", "Three."])
    assert [memo.kind for memo in panel.list.cards.memos] == ["submission"] * 2 + ["document"]


def test_memos_on_tags_are_listed_and_a_click_shows_their_words(
    qtbot, opened: Window, panel: MemosPanel
) -> None:
    assert opened.session is not None
    project, desk = opened.session.project, opened.evidence.desk
    assert desk.document is not None
    start = desk.document.text.index("choir")
    [coding] = project.codings.tag(
        desk.document, start, start + 5, [project.codebook.at("Connection")]
    )
    project.codings.write_memo(coding, "Singing.")
    qtbot.waitUntil(lambda: listed(panel) == ["Singing."])

    place = panel.list.visualRect(panel.list.cards.index(0)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))

    assert desk.reader.selected_text() == "choir"
    assert panel.editor.field.toPlainText() == "Singing."
    panel.editor.field.setFocus()
    qtbot.keyClicks(panel.editor.field, " Loud.")
    qtbot.keyClick(panel.editor.field, Qt.Key.Key_Escape)
    assert project.codings.one(coding.id).memo == "Singing. Loud."


def test_another_coders_memo_can_be_read_only(qtbot, opened: Window, panel: MemosPanel) -> None:
    assert opened.session is not None
    session, document = opened.session, opened.evidence.desk.document
    assert document is not None
    session.work_as("Asha Verma")
    session.project.memos.write(About.DOCUMENT, document.id, "Mine alone.")
    session.work_as("Noor Hadley")
    qtbot.waitUntil(lambda: listed(panel) == ["Mine alone."])

    panel.list.choose(panel.list.cards.memos[0].id)
    qtbot.keyClicks(panel.editor.field, "Not so.")

    assert panel.editor.field.isReadOnly()
    assert "Asha Verma’s" in panel.editor._said.text()
    assert texts(opened) == ["Mine alone."]


def test_memos_on_tags_that_are_out_of_sight_are_not_listed(
    qtbot, opened: Window, panel: MemosPanel
) -> None:
    assert opened.session is not None
    session, desk = opened.session, opened.evidence.desk
    assert desk.document is not None
    session.work_as("Asha Verma")
    code = session.project.codebook.at("Connection")
    [coding] = session.project.codings.tag(desk.document, 0, 4, [code])
    session.project.codings.write_memo(coding, "Singing.")
    session.work_as("Noor Hadley")
    qtbot.waitUntil(lambda: listed(panel) == ["Singing."])

    session.set_others(Others.BLIND)
    qtbot.waitUntil(lambda: listed(panel) == [])
    qtbot.keyClick(opened, Qt.Key.Key_D, CTRL)

    qtbot.waitUntil(lambda: listed(panel) == ["Singing."])


def test_undo_of_a_memo_shows_at_once(qtbot, opened: Window, panel: MemosPanel) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_M, CTRL | SHIFT)
    qtbot.keyClicks(panel.editor.field, "A thought.")
    qtbot.keyClick(panel.editor.field, Qt.Key.Key_Escape)

    opened.registry["undo"].trigger()

    assert texts(opened) == []
    qtbot.waitUntil(lambda: listed(panel) == [])
    assert panel.editor.field.toPlainText() == ""


def test_what_is_being_written_is_kept_when_the_window_closes(
    qtbot, opened: Window, panel: MemosPanel
) -> None:
    assert opened.session is not None
    folder = opened.session.project.folder
    qtbot.keyClick(opened, Qt.Key.Key_M, CTRL | SHIFT)
    qtbot.keyClicks(panel.editor.field, "Half a thou")

    opened.close_project()

    assert opened.open_project(folder)
    assert texts(opened) == ["Half a thou"]


def test_going_to_another_submission_keeps_what_was_written(qtbot, related: Window) -> None:
    qtbot.keyClick(related, Qt.Key.Key_M, CTRL | SHIFT)
    qtbot.keyClicks(related.evidence.memos.editor.field, "On the first.")

    related.evidence.list.step(1)

    assert related.session is not None
    [memo] = related.session.project.memos.all()
    assert (memo.subject, memo.text) == ("SIC0001", "On the first.")
    assert related.evidence.memos.editor.field.toPlainText() == ""
