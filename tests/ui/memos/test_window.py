"""The window “Memos and journal”, and the commands that lead to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder.domain.model import About
from coder.project import Project
from coder.ui.memos import window as memos_window
from coder.ui.memos.window import BY_SUBJECT, MemosWindow
from coder.ui.window import Window
from tests.ui.active import activate

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def project(related: Window) -> Project:
    """Six submissions, with memos on some of what is there."""
    assert related.session is not None
    project = related.session.project
    document = project.evidence.document_titled("SIC0006")
    code = project.codebook.add("Telephone")
    project.memos.write(About.JOURNAL, "", "Began to read.")
    project.memos.write(About.SUBMISSION, document.submission_id, "Rings like a bell.")
    project.memos.write(About.CODE, code.id, "Landlines too?")
    [coding] = project.codings.tag(document, 2, 6, [code])
    project.codings.write_memo(coding, "The first call.")
    related.session.work_as("Asha Verma")
    project.memos.write(About.DOCUMENT, document.id, "A short one.")
    related.session.work_as("Noor Hadley")
    return project


@pytest.fixture
def memos(qtbot, related: Window, project: Project) -> MemosWindow:
    """The window of memos, opened by its key."""
    activate(qtbot, related)
    qtbot.keyClick(related, Qt.Key.Key_M, CTRL)
    shown = related.memos.shown
    assert shown is not None
    qtbot.waitUntil(shown.isVisible)
    return shown


def listed(memos: MemosWindow) -> list[str]:
    return [memo.text for memo in memos.list.cards.memos]


def test_every_memo_is_listed_the_newest_first_or_by_subject(memos: MemosWindow) -> None:
    assert listed(memos) == [
        "A short one.", "The first call.", "Landlines too?", "Rings like a bell.", "Began to read.",
    ]  # fmt: skip
    assert memos.count.text() == "5 memos"

    memos.order.setCurrentText(BY_SUBJECT)

    assert listed(memos) == [
        "Began to read.", "Rings like a bell.", "A short one.", "Landlines too?", "The first call.",
    ]  # fmt: skip


def test_words_kind_and_coder_narrow_the_list(qtbot, memos: MemosWindow) -> None:
    qtbot.keyClicks(memos.field, "sic0006 call")
    assert listed(memos) == ["The first call."]
    assert memos.count.text() == "1 of 5 memos"
    memos.field.clear()

    memos.kinds.setCurrentText("Code")
    assert listed(memos) == ["Landlines too?"]
    memos.kinds.setCurrentIndex(0)

    memos.coders.setCurrentText("Asha Verma")
    assert listed(memos) == ["A short one."]
    memos.kinds.setCurrentText("Journal")
    assert listed(memos) == []
    assert memos.list.empty == "No memo fits these filters."


def test_the_arrow_goes_from_the_field_into_the_list_and_enter_to_the_passage(
    qtbot, related: Window, memos: MemosWindow
) -> None:
    qtbot.keyClicks(memos.field, "first call")
    qtbot.keyClick(memos.field, Qt.Key.Key_Down)
    assert memos.list.hasFocus()
    assert memos.editor.field.toPlainText() == "The first call."

    qtbot.keyClick(memos.list, Qt.Key.Key_Return)

    assert related.evidence.desk.reader.selected_text() == "rang"


def test_a_double_click_goes_to_the_submission(qtbot, related: Window, memos: MemosWindow) -> None:
    memos.field.setText("bell")
    place = memos.list.visualRect(memos.list.cards.index(0)).center()
    QTest.mouseClick(memos.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(memos.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    view = related.evidence.list.view(related.evidence.list.current())
    assert view is not None
    assert view.submission.ref == "SIC0006"


def test_a_memo_on_a_code_goes_to_it_in_the_themes(
    qtbot, related: Window, memos: MemosWindow, project: Project
) -> None:
    qtbot.waitUntil(lambda: related.evidence.themes.tree.topLevelItemCount() > 0)
    memos.field.setText("landlines")
    memos.list.choose(memos.list.cards.memos[0].id)

    QTest.mouseClick(memos.there, Qt.MouseButton.LeftButton)

    assert related.evidence.themes.current() == project.codebook.at("Telephone").id


def test_a_key_begins_an_entry_in_the_journal(qtbot, related: Window, project: Project) -> None:
    qtbot.keyClick(related, Qt.Key.Key_J, CTRL)
    shown = related.memos.shown
    assert shown is not None
    qtbot.waitUntil(shown.editor.field.hasFocus)

    qtbot.keyClicks(shown.editor.field, "Read six today.")
    shown.close()

    newest = project.memos.all()[0]
    assert (newest.kind, newest.text) == ("journal", "Read six today.")


def test_a_second_entry_is_another_one(qtbot, related: Window, project: Project) -> None:
    for words in ("In the morning.", "At night."):
        related.registry["journal"].trigger()
        shown = related.memos.shown
        assert shown is not None
        qtbot.keyClicks(shown.editor.field, words)
        shown.editor.commit()

    journal = project.memos.of(About.JOURNAL, "")
    assert [memo.text for memo in journal] == ["Began to read.", "In the morning.", "At night."]


def test_memos_on_the_inquiry_and_on_the_chosen_code_are_written_here(
    qtbot, related: Window, project: Project
) -> None:
    related.registry["memo-project"].trigger()
    shown = related.memos.shown
    assert shown is not None
    qtbot.keyClicks(shown.editor.field, "About halls.")

    qtbot.waitUntil(lambda: related.evidence.themes.tree.topLevelItemCount() > 0)
    related.evidence.themes.tree.choose(project.codebook.at("Telephone").id)
    related.registry["memo-code"].trigger()
    assert shown.editor.field.toPlainText() == "Landlines too?"
    shown.editor.field.moveCursor(shown.editor.field.textCursor().MoveOperation.End)
    qtbot.keyClicks(shown.editor.field, " Yes.")
    shown.editor.commit()

    assert {"About halls.", "Landlines too? Yes."} <= {memo.text for memo in project.memos.all()}


def test_the_list_follows_what_is_written_elsewhere(
    qtbot, memos: MemosWindow, project: Project
) -> None:
    project.memos.write(About.JOURNAL, "", "From elsewhere.")

    qtbot.waitUntil(lambda: listed(memos)[0] == "From elsewhere.")


def test_many_memos_are_read_beside_the_window(
    qtbot, related: Window, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memos_window, "SHORT", 0)

    related.registry["memos"].trigger()
    shown = related.memos.shown
    assert shown is not None

    qtbot.waitUntil(lambda: len(listed(shown)) == 5, timeout=20_000)


def test_what_is_listed_goes_into_a_file(
    qtbot, memos: MemosWindow, project: Project, tmp_path: Path
) -> None:
    memos.kinds.setCurrentText("Tag")
    file = tmp_path / "memos.md"

    memos.export_to(project, file)

    text = file.read_text(encoding="utf-8")
    assert "The first call." in text
    assert "Began to read." not in text
    assert "Internal, not for publication" in text


def test_escape_keeps_what_was_typed_and_closes(
    qtbot, memos: MemosWindow, project: Project
) -> None:
    memos.write_in_journal()
    qtbot.keyClicks(memos.editor.field, "Last words.")
    qtbot.keyClick(memos.editor.field, Qt.Key.Key_Escape)
    assert memos.list.hasFocus()
    qtbot.keyClick(memos.list, Qt.Key.Key_Escape)

    assert not memos.isVisible()
    assert project.memos.all()[0].text == "Last words."


def test_closing_the_inquiry_closes_its_memos(qtbot, related: Window, memos: MemosWindow) -> None:
    related.close_project()

    assert related.memos.shown is None
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, MemosWindow)] or (
        not memos.isVisible()
    )
