"""What the window shows after a step, without losing what a person is at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from coder.domain.model import Coding, Segment, new_id, now
from coder.ui.picker import Picker
from coder.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def select(window: Window, words: str) -> None:
    desk = window.evidence.desk
    assert desk.document is not None
    start = desk.document.text.index(words)
    desk.reader.select(start, start + len(words))
    desk.reader.setFocus()


def test_counts_follow_a_tag(qtbot, opened: Window) -> None:
    select(opened, "choir")
    qtbot.keyClick(opened.evidence.desk.reader, Qt.Key.Key_1)
    place = opened.evidence
    qtbot.waitUntil(lambda: place.list._count.text().endswith("· 1 tag"))
    assert place.list.model.views[0].codings == 1
    top = place.themes.tree.topLevelItem(0)
    assert top is not None
    assert top.text(0) == "Connection, key 1, 1 tag in 1 submission"


def test_what_was_just_tagged_is_what_delete_removes(qtbot, opened: Window) -> None:
    assert opened.session is not None
    select(opened, "choir")
    qtbot.keyClick(opened.evidence.desk.reader, Qt.Key.Key_1)
    select(opened, " the choir opened its hall")
    qtbot.keyClick(opened.evidence.desk.reader, Qt.Key.Key_2)
    qtbot.keyClick(opened.evidence.desk.reader, Qt.Key.Key_Delete)
    assert [quote.quote for quote in opened.session.project.quotes.select()] == ["choir"]


def test_an_import_leaves_the_selection_alone(qtbot, opened: Window, tmp_path: Path, bring) -> None:
    other = tmp_path / "other.txt"
    other.write_text("We met in the park.", encoding="utf-8")
    select(opened, "choir")
    bring(other)
    qtbot.waitUntil(lambda: opened.evidence.list.model.rowCount() == 2, timeout=20_000)
    assert opened.evidence.desk.reader.selected_text() == "choir"
    assert opened.evidence.list.current() == opened.evidence.list.model.views[0].submission.id


def test_changed_particulars_show_and_leave_the_selection_alone(qtbot, opened: Window) -> None:
    assert opened.session is not None
    select(opened, "choir")
    opened.session.project.evidence.change("STR0001", respondent="Ada Marsh")
    desk = opened.evidence.desk
    qtbot.waitUntil(lambda: desk._name.text() == "STR0001 · Ada Marsh")
    assert desk.reader.selected_text() == "choir"


def test_a_step_with_many_tags_is_shown_whole_and_undone_whole(qtbot, opened: Window) -> None:
    assert opened.session is not None
    project, desk = opened.session.project, opened.evidence.desk
    assert desk.document is not None
    code = project.codebook.at("Connection")
    with project._store.step("Tag a lot", project.coder) as tx:
        for start in range(60):
            words = desk.document.text[start : start + 3]
            where = (desk.document.id, code.id, project.coder.id, start, start + 3)
            tx.put(Coding(new_id(), *where, words, now()))
    assert len(desk.codings) == 60
    assert desk.reader.ids_at(30)
    qtbot.keyClick(opened, Qt.Key.Key_Z, CTRL)
    assert not desk.codings
    assert not desk.reader.ids_at(30)


def test_a_transcript_grows_under_the_reader_s_eyes(
    qtbot, window: Window, own_sample: Path
) -> None:
    assert window.open_project(own_sample)
    assert window.session is not None
    project, desk = window.session.project, window.evidence.desk
    view = project.evidence.one("SIC0014")
    transcript = project.document(next(d.id for d in view.documents if d.source_id))
    window.show_passage(view.submission.id, transcript.id, 0, 7)
    known = project.segments(transcript.id)
    text = "And then the hall opened."
    with project._store.step("Hear more", project.coder) as tx:
        begin = known[-1].end_ms
        where = (transcript.id, len(known), begin, begin + 2_000)
        tx.put(Segment(new_id(), *where, text))
    grown = f"{transcript.text}\n{text}"
    qtbot.waitUntil(lambda: desk.reader._page.text == grown)
    assert desk.document == project.document(transcript.id)
    assert desk.reader.selection() == (0, 7)


def test_ctrl_f_in_the_quotes_narrows_the_list(qtbot, window: Window, own_sample: Path) -> None:
    assert window.open_project(own_sample)
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "ten minutes")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.quotes.busy)
    listed = window.quotes.model.listed
    assert listed is not None
    quotes = listed.fetch(0, len(listed))
    assert quotes
    assert all("ten minutes" in f"{quote.quote} {quote.memo}" for quote in quotes)
    assert window.quotes.list.hasFocus()


def test_escape_closes_the_palette_and_gives_the_text_back(qtbot, opened: Window) -> None:
    select(opened, "choir")
    opened.evidence.tagging.open_code_palette()
    picker = opened.evidence.findChild(Picker)
    assert picker is not None
    qtbot.keyClick(picker.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: opened.evidence.findChild(Picker) is None)
    assert opened.evidence.desk.reader.selected_text() == "choir"


def test_a_small_window_clips_no_button(qtbot, window: Window, own_sample: Path) -> None:
    assert window.open_project(own_sample)
    window.resize(1024, 700)
    bar = window.evidence.desk.bar
    qtbot.waitUntil(lambda: bool(window.evidence.list.model.views))
    window.show_submission("SIC0003")
    window.evidence.tagging.tags.go_to_coding(forward=True)
    assert bar.isVisible()
    window.go_to_place(1)
    window.go_to_place(0)
    qtbot.waitUntil(lambda: window.width() == 1024)
    shown = [button for button in bar._buttons.values() if button.isVisible()]
    assert shown
    assert all(button.width() >= button.sizeHint().width() for button in shown)


def test_a_step_that_changed_much_is_read_beside_the_window(
    qtbot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coder.ui.evidence.place.MANY", 0)
    assert opened.session is not None
    place = opened.evidence
    opened.session.project.evidence.change("STR0001", respondent="Ada Marsh")
    assert not place.loader.reading

    qtbot.waitUntil(lambda: place.desk._name.text() == "STR0001 · Ada Marsh")

    assert place.list.model.views[0].submission.respondent == "Ada Marsh"
