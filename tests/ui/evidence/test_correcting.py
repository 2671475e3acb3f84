"""A transcript is corrected with keys alone, and seen so at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox

from coder.domain.model import Document, Segment
from coder.project import Project
from coder.ui.evidence.correcting import Strip
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.speakers import RenameDialog
from coder.ui.picker import Picker
from coder.ui.window import Window
from tests.ui.active import activate

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def film(qtbot, window: Window, own_sample: Path) -> Document:
    """The transcript of a film of the sample inquiry, on the desk; the words *helpers* and *email*
    of its second and sixth sentence are unsure."""
    assert window.open_project(own_sample)
    project = _project(window)
    view = project.evidence.one("SIC0014")
    transcript = project.document(next(d.id for d in view.documents if d.source_id))
    lines = project.segments(transcript.id)
    with project._store.step("Doubt", project.coder, "machine") as tx:
        for line, word in ((lines[1], "helpers"), (lines[5], "email.")):
            start = line.text.index(word)
            tx.put(
                replace(
                    line,
                    words=tuple(
                        replace(w, probability=0.2 if w.start == start else 0.9) for w in line.words
                    ),
                )
            )
    window.show_passage(view.submission.id, transcript.id, 0, 0)
    qtbot.waitUntil(lambda: _desk(window).document is not None)
    return transcript


def _project(window: Window) -> Project:
    assert window.session is not None
    return window.session.project


def _desk(window: Window) -> Desk:
    return window.evidence.desk


def _lines(window: Window, film: Document) -> list[Segment]:
    return _project(window).segments(film.id)


def _at(window: Window, film: Document, number: int) -> None:
    start = _lines(window, film)[number].start
    _desk(window).reader.select(start, start)
    _desk(window).reader.setFocus()


def _open(qtbot, window: Window, film: Document, number: int = 0) -> Strip:
    """The strip, opened by its key at a sentence."""
    _at(window, film, number)
    qtbot.keyClick(_desk(window).reader, Qt.Key.Key_F4)
    strip = _desk(window).strip
    assert strip.isVisible()
    assert strip.field.hasFocus()
    return strip


def _shown(window: Window) -> str:
    return _desk(window).reader._page.text


def test_a_sentence_is_corrected_and_enter_goes_on_to_the_next(
    qtbot, window: Window, film: Document
) -> None:
    strip = _open(qtbot, window, film, 1)
    assert strip.field.toPlainText() == "Most of our helpers are over seventy."

    strip.field.selectAll()
    qtbot.keyClicks(strip.field, "Most of our volunteers are over 70.")
    qtbot.keyClick(strip.field, Qt.Key.Key_Return)

    assert "\nMost of our volunteers are over 70.\n" in _shown(window)
    assert _shown(window) == _project(window).document(film.id).text
    assert _desk(window).document == _project(window).document(film.id)
    assert strip.field.toPlainText() == _lines(window, film)[2].text
    assert strip.when.text() == "00:08 – 00:11"
    qtbot.keyClick(strip.field, Qt.Key.Key_Escape)
    assert strip.isHidden()
    assert _desk(window).reader.hasFocus() or _desk(window).reader._page.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert _shown(window) == film.text


@pytest.mark.parametrize("typed", ["Most of our", ""], ids=["half typed", "empty"])
def test_escape_leaves_the_sentence_as_it_was(
    qtbot, window: Window, film: Document, typed: str
) -> None:
    strip = _open(qtbot, window, film, 1)
    strip.field.selectAll()
    qtbot.keyClick(strip.field, Qt.Key.Key_Delete)
    qtbot.keyClicks(strip.field, typed)

    qtbot.keyClick(strip.field, Qt.Key.Key_Escape)

    assert strip.isHidden()
    assert _shown(window) == film.text
    assert _project(window).document(film.id).text == film.text
    assert window.status.currentMessage() == "Left as it was."
    assert _desk(window).reader.hasFocus() or _desk(window).reader._page.hasFocus()


def test_escape_leaves_from_every_field_of_the_strip(qtbot, window: Window, film: Document) -> None:
    strip = _open(qtbot, window, film, 1)
    strip.speaker.setFocus()
    strip.speaker.lineEdit().setText("Nobody yet")
    qtbot.keyClick(strip.speaker.lineEdit(), Qt.Key.Key_Escape)
    assert strip.isHidden()
    assert "Nobody yet" not in [one.speaker for one in _lines(window, film)]

    strip = _open(qtbot, window, film, 1)
    qtbot.keyClick(strip.loop, Qt.Key.Key_Escape)
    assert strip.isHidden()
    assert window.status.currentMessage() != "Left as it was.", "nothing had been typed"


def test_a_click_on_another_sentence_keeps_what_was_typed(
    qtbot, window: Window, film: Document
) -> None:
    strip = _open(qtbot, window, film, 1)
    strip.field.selectAll()
    qtbot.keyClicks(strip.field, "Most of us are old.")
    start = _lines(window, film)[3].start
    _desk(window).reader.select(start, start)
    assert _lines(window, film)[1].text == "Most of us are old."


def test_tags_are_seen_on_their_words_after_a_correction(
    qtbot, window: Window, film: Document
) -> None:
    desk = _desk(window)
    before = {one.id: one.quote for one in desk.codings.values()}
    assert before
    strip = _open(qtbot, window, film, 0)

    strip.field.moveCursor(strip.field.textCursor().MoveOperation.Start)
    qtbot.keyClicks(strip.field, "Good morning. ")
    qtbot.keyClick(strip.field, Qt.Key.Key_Return)

    assert {one.id: one.quote for one in desk.codings.values()} == before
    for coding in desk.codings.values():
        assert _shown(window)[coding.start : coding.end] == coding.quote
        assert coding.id in desk.reader.ids_at(coding.start)
        assert coding.id not in desk.reader.ids_at(coding.start - 1)


def test_tab_goes_from_one_unsure_word_to_the_next_and_then_says_that_there_is_none(
    qtbot, window: Window, film: Document
) -> None:
    strip = _open(qtbot, window, film, 0)

    qtbot.keyClick(strip.field, Qt.Key.Key_Tab)
    assert strip.field.textCursor().selectedText() == "helpers"
    qtbot.keyClick(strip.field, Qt.Key.Key_Tab)
    assert strip.field.textCursor().selectedText() == "email."
    qtbot.keyClick(strip.field, Qt.Key.Key_Tab)
    assert window.status.currentMessage().startswith("No further unsure word")
    qtbot.keyClick(strip.field, Qt.Key.Key_Backtab, SHIFT)
    assert strip.field.textCursor().selectedText() == "helpers"

    qtbot.keyClicks(strip.field, "volunteers")
    qtbot.keyClick(strip.field, Qt.Key.Key_Tab)
    assert "our volunteers are" in _shown(window)
    assert strip.field.textCursor().selectedText() == "email."
    for _ in range(2):
        qtbot.keyClick(strip.field, Qt.Key.Key_Tab)
    assert not strip.field.hasFocus()


def test_tab_in_the_text_goes_to_unsure_words_and_leaves_it_after_the_last(
    qtbot, window: Window, film: Document
) -> None:
    _at(window, film, 0)
    page = _desk(window).reader._page

    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert _desk(window).reader.selected_text() == "helpers"
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert _desk(window).reader.selected_text() == "email."
    qtbot.keyClick(page, Qt.Key.Key_Backtab, SHIFT)
    assert _desk(window).reader.selected_text() == "helpers"
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert window.status.currentMessage().startswith("No further unsure word")
    assert page.hasFocus()
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert not page.hasFocus()


def test_unsure_words_can_be_shown_or_not(qtbot, window: Window, film: Document) -> None:
    page = _desk(window).reader._page
    assert len(page.doubtful_within(0, len(film.text))) == 2

    window.registry["toggle-doubt"].trigger()
    assert page.doubtful_within(0, len(film.text)) == []
    _at(window, film, 0)
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert not page.hasFocus()

    window.registry["toggle-doubt"].trigger()
    assert len(page.doubtful_within(0, len(film.text))) == 2


def test_what_sounds_right_is_no_longer_unsure(qtbot, window: Window, film: Document) -> None:
    strip = _open(qtbot, window, film, 1)

    qtbot.mouseClick(strip.buttons["confirm"], Qt.MouseButton.LeftButton)

    page = _desk(window).reader._page
    assert [film.text[slice(*span)] for span in page.doubtful_within(0, 9999)] == ["email."]
    assert strip.segment is not None
    assert strip.segment.id == _lines(window, film)[2].id


def test_a_sentence_is_split_at_the_caret_and_joined_again(
    qtbot, window: Window, film: Document
) -> None:
    strip = _open(qtbot, window, film, 1)
    strip._put_caret(len("Most of our "), len("Most of our "))

    qtbot.keyClick(strip.field, Qt.Key.Key_Return, CTRL)
    assert "\nMost of our\nhelpers are over seventy.\n" in _shown(window)
    assert strip.field.toPlainText() == "helpers are over seventy."

    qtbot.keyClick(strip.field, Qt.Key.Key_Backspace)
    assert _shown(window) == film.text
    assert strip.field.toPlainText() == "Most of our helpers are over seventy."
    assert strip._place() == len("Most of our ")

    strip.field.moveCursor(strip.field.textCursor().MoveOperation.End)
    qtbot.keyClick(strip.field, Qt.Key.Key_Delete)
    assert "over seventy. We lost our funding" in _shown(window)


def test_a_sentence_is_deleted_unless_it_is_tagged(
    qtbot, window: Window, film: Document, told
) -> None:
    strip = _open(qtbot, window, film, 1)
    qtbot.mouseClick(strip.buttons["delete"], Qt.MouseButton.LeftButton)
    assert "helpers" not in _shown(window)
    assert strip.field.toPlainText().startswith("We lost our funding")

    tagged = min(_desk(window).codings.values(), key=lambda one: one.start)
    number = [one.start <= tagged.start < one.end for one in _lines(window, film)].index(True)
    strip.show_segment(_desk(window).playback.segments[number])
    qtbot.mouseClick(strip.buttons["delete"], Qt.MouseButton.LeftButton)
    assert "on this sentence" in told()


def test_an_empty_sentence_is_refused_and_stays_to_be_written(
    qtbot, window: Window, film: Document, told
) -> None:
    strip = _open(qtbot, window, film, 1)
    strip.field.selectAll()
    qtbot.keyClick(strip.field, Qt.Key.Key_Delete)
    qtbot.keyClick(strip.field, Qt.Key.Key_Return)

    assert "needs words" in told()
    assert strip.isVisible()
    assert _shown(window) == film.text


def test_what_was_written_is_saved_when_another_sentence_is_clicked(
    qtbot, window: Window, film: Document
) -> None:
    strip = _open(qtbot, window, film, 1)
    strip.field.selectAll()
    qtbot.keyClicks(strip.field, "We are old.")

    _desk(window).reader.select(5, 5)

    assert "\nWe are old.\n" in _shown(window)
    assert strip.field.toPlainText() == _lines(window, film)[0].text


def test_what_was_written_is_saved_when_another_document_or_none_is_shown(
    qtbot, window: Window, film: Document
) -> None:
    project = _project(window)
    strip = _open(qtbot, window, film, 1)
    strip.field.selectAll()
    qtbot.keyClicks(strip.field, "We are old.")
    window.show_submission("SIC0001")
    assert strip.isHidden()
    assert project.segments(film.id)[1].text == "We are old."


def test_the_strip_follows_what_undo_takes_back(qtbot, window: Window, film: Document) -> None:
    strip = _open(qtbot, window, film, 1)
    strip._put_caret(12, 12)
    qtbot.keyClick(strip.field, Qt.Key.Key_Return, CTRL)
    window.registry["undo"].trigger()
    assert strip.isHidden()
    assert _shown(window) == film.text


def test_a_document_that_was_received_is_not_corrected(qtbot, opened: Window) -> None:
    _desk(opened).reader.setFocus()
    qtbot.keyClick(_desk(opened).reader, Qt.Key.Key_F4)
    assert not opened.registry["correct"].isEnabled()
    assert _desk(opened).strip.isHidden()

    _desk(opened).strip.enter()
    assert _desk(opened).strip.isHidden()
    assert "stays as it was received" in opened.status.currentMessage()


def test_a_turn_is_named_from_the_caret_on_and_shown_in_the_margin(
    qtbot, window: Window, film: Document
) -> None:
    _name(qtbot, window, film, 0, "Interviewer")
    _name(qtbot, window, film, 3, "Margaret")

    speakers = [one.speaker for one in _lines(window, film)]
    assert speakers == ["Interviewer"] * 3 + ["Margaret"] * (len(speakers) - 3)
    numbers = _desk(window).reader._page._margins[0]
    assert [name for name, _ in numbers.names()] == ["Interviewer", "Margaret"]
    assert window.status.currentMessage().startswith("Margaret speaks in")


def test_the_sentences_that_are_selected_are_named(qtbot, window: Window, film: Document) -> None:
    lines = _lines(window, film)
    _desk(window).reader.select(lines[1].start + 2, lines[2].start + 2)
    _desk(window).reader.setFocus()
    _ask(qtbot, window, "Walter")
    assert [one.speaker for one in _lines(window, film)][:4] == ["", "Walter", "Walter", ""]


def test_a_speaker_is_named_in_the_strip(qtbot, window: Window, film: Document) -> None:
    strip = _open(qtbot, window, film, 1)
    line = strip.speaker.lineEdit()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Edna")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert _lines(window, film)[1].speaker == "Edna"
    assert strip.isVisible()


def test_a_speaker_is_renamed_wherever_they_speak(qtbot, window: Window, film: Document) -> None:
    window.registry["rename-speaker"].trigger()
    assert "Nobody is named" in window.status.currentMessage()
    _name(qtbot, window, film, 0, "Interviewer")

    window.registry["rename-speaker"].trigger()
    [dialog] = _desk(window).findChildren(RenameDialog)
    activate(qtbot, dialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    qtbot.keyClicks(dialog.new, "Jo Marsh")
    assert dialog.names() == ("Interviewer", "Jo Marsh")
    qtbot.keyClick(dialog.new, Qt.Key.Key_Return)

    assert {one.speaker for one in _lines(window, film)} == {"Jo Marsh"}
    assert not [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_words_are_tagged_and_corrected_while_the_rest_is_still_heard(
    qtbot, window: Window, film: Document
) -> None:
    project, desk = _project(window), _desk(window)
    strip = _open(qtbot, window, film, 0)
    strip.field.moveCursor(strip.field.textCursor().MoveOperation.End)
    qtbot.keyClicks(strip.field, " Yes.")
    last = project.segments(film.id)[-1]
    with project._store.step("Hear more", project.coder, "machine") as tx:
        tx.put(Segment("more", film.id, 99, last.end_ms, last.end_ms + 900, "And then we sang."))
    qtbot.waitUntil(lambda: _shown(window).endswith("And then we sang."))
    assert strip.field.toPlainText().endswith(" Yes.")
    qtbot.keyClick(strip.field, Qt.Key.Key_Return)

    start = _shown(window).index("we sang")
    desk.reader.select(start, start + len("we sang"))
    desk.reader.setFocus()
    qtbot.keyClick(desk.reader, Qt.Key.Key_1)

    assert project.segments(film.id)[0].text.endswith(" Yes.")
    assert "we sang" in [quote.quote for quote in project.quotes.select()]
    assert project.verify() == []


def _name(qtbot, window: Window, film: Document, number: int, name: str) -> None:
    _at(window, film, number)
    _ask(qtbot, window, name)


def _ask(qtbot, window: Window, name: str) -> None:
    qtbot.keyClick(_desk(window).reader, Qt.Key.Key_Y, CTRL | SHIFT)
    picker = next(one for one in _desk(window).findChildren(Picker) if one.isVisible())
    qtbot.keyClicks(picker.field, name)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not _desk(window).findChildren(Picker))
    activate(qtbot, window)
