"""A person works through what is in doubt in a transcript with a few keys, and the machine listens
once more where they ask for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QToolTip

from coder.domain.model import Document, Segment, Stretch, new_id
from coder.project import Project
from coder.project.manner import Manner
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.doubts_panel import DoubtsPanel
from coder.ui.evidence.hear_again import HearAgainDialog
from coder.ui.evidence.what_was_heard import HeardDialog
from coder.ui.reader.margins import Numbers
from coder.ui.window import Window
from tests.ui.active import activate
from tests.ui.evidence.hands import ALT, CTRL, SHIFT, answer, box_of
from tests.ui.test_accessible import _nameless, _out_of_reach, _small

FILM = Path(__file__).parents[2] / "data" / "evidence_offset2.mp4"
LOOP = "Thank you. Thank you. Thank you. Thank you."
LISTENS = 120_000


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inquiry with a film of four sentences: the first with an unsure word, the second heard as
    a loop, the third taken for silence."""
    folder = tmp_path_factory.mktemp("heard") / "inquiry"
    with Project.create(folder, "Loneliness", "SIC", "Noor Hadley") as project:
        project.intake.bring([FILM])
        [media] = project.evidence.one("SIC0001").documents
        film = project.transcripts.make(media.id, Manner(model="whisper-synthetic"))
        first, second, third, fourth = project.segments(film.id)
        with project._store.step("Hear badly", project.coder, "machine") as tx:
            words = tuple(replace(w, probability=0.9) for w in first.words)
            tx.put(replace(first, words=(replace(words[0], probability=0.2), *words[1:])))
            tx.put(replace(second, text=LOOP, words=()))
            tx.put(replace(fourth, words=()))
            tx.delete(third)
            for stretch in tx.read.stretches(film.id):
                tx.delete(stretch)
            begins, ends = third.start_ms - 700, third.end_ms + 200
            tx.put(Stretch(new_id(), film.id, 0, begins))
            tx.put(Stretch(new_id(), film.id, begins, ends, speech=False))
            tx.put(Stretch(new_id(), film.id, ends, 15_000))
        project.codings.tag(project.document(film.id), 0, 6, [project.codebook.add("Wishes")])
    return folder


@pytest.fixture
def film(qtbot, window: Window, heard: Path, tmp_path: Path) -> Document:
    """A copy of it on the desk, with the caret at its beginning."""
    assert window.open_project(Path(shutil.copytree(heard, tmp_path / "inquiry")))
    view = _project(window).evidence.one("SIC0001")
    transcript = next(one.id for one in view.documents if one.source_id)
    window.show_passage(view.submission.id, transcript, 0, 0)
    qtbot.waitUntil(lambda: _desk(window).player is not None)
    _wait(qtbot, window)
    return _project(window).document(transcript)


def _project(window: Window) -> Project:
    assert window.session is not None
    return window.session.project


def _desk(window: Window) -> Desk:
    return window.evidence.desk


def _panel(window: Window) -> DoubtsPanel:
    return window.evidence.doubts


def _lines(window: Window, film: Document) -> list[Segment]:
    return _project(window).segments(film.id)


def _rows(window: Window) -> list[str]:
    model = _panel(window).model
    return [model.index(row).data() for row in range(model.rowCount())]


def _selected(window: Window) -> str:
    return _desk(window).reader.selected_text()


def _wait(qtbot, window: Window) -> None:
    """Until the machine has listened, and the window is at hand again."""
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=LISTENS)
    activate(qtbot, window)


def _key(qtbot, window: Window, key: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window, key, held)


def _list_key(qtbot, window: Window, key: Qt.Key) -> None:
    qtbot.keyClick(_panel(window).list, key)


def test_what_is_in_doubt_is_listed_in_the_order_of_time_and_counted(
    window: Window, film: Document
) -> None:
    window.registry["to-doubts"].trigger()

    first, loop, silence = _rows(window)
    assert first.startswith("00:02 to 00:04. The recogniser was unsure of words. “Please")
    assert loop.startswith("00:05 to 00:06. Says the same again and again. “Thank you.")
    assert silence == "00:07 to 00:10. No speech was found."
    assert _panel(window).count.text() == (
        "2 passages in doubt, 1 of them a loop; 1 span without speech"
    )
    urgent = _desk(window).notices.urgent()
    assert urgent.startswith("Machine draft: not yet checked by a person. 2 passages in doubt")


def test_it_is_worked_through_in_the_list_with_keys_alone(
    qtbot, window: Window, film: Document
) -> None:
    panel, before = _panel(window), _lines(window, film)
    _key(qtbot, window, Qt.Key.Key_U, CTRL)
    qtbot.waitUntil(panel.list.hasFocus)
    assert _selected(window) == before[0].text
    qtbot.waitUntil(lambda: _desk(window).player._player.duration() > 10_000, timeout=LISTENS)

    _list_key(qtbot, window, Qt.Key.Key_Return)
    assert _desk(window).player.playing
    _list_key(qtbot, window, Qt.Key.Key_C)
    assert _lines(window, film)[0].checked
    assert _selected(window) == LOOP
    assert panel.list.hasFocus()
    assert len(_rows(window)) == 2
    _list_key(qtbot, window, Qt.Key.Key_Down)
    assert panel.buttons["anyway"].isEnabled()
    assert not panel.buttons["again"].isEnabled()
    _list_key(qtbot, window, Qt.Key.Key_C)
    assert _project(window).relistening.quiet(film.id) == []
    assert _selected(window) == LOOP
    _list_key(qtbot, window, Qt.Key.Key_C)
    assert window.status.currentMessage().startswith("Nothing is in doubt.")
    assert _rows(window) == []
    assert panel.empty.isVisible()
    assert panel.empty.text().startswith("Nothing is in doubt. Listen to the whole")
    assert not panel.list.isVisible()

    _key(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert [row.split(".")[1].strip() for row in _rows(window)] == ["Says the same again and again"]
    _key(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert len(_rows(window)) == 2
    assert _project(window).verify() == []


def test_keys_go_from_doubt_to_doubt_while_the_list_is_not_seen(
    qtbot, window: Window, film: Document
) -> None:
    assert not _panel(window).isVisible()

    seen = []
    for _ in range(3):
        _key(qtbot, window, Qt.Key.Key_F5)
        seen.append((_selected(window), _desk(window).reader.selection()[0]))
    lines = _lines(window, film)
    assert seen == [(lines[0].text, 0), (LOOP, lines[1].start), ("", lines[2].start)]
    assert window.status.currentMessage() == "00:07: No speech found."
    _key(qtbot, window, Qt.Key.Key_F5)
    assert window.status.currentMessage() == "No further passage is in doubt."
    _key(qtbot, window, Qt.Key.Key_F5, SHIFT)
    assert _selected(window) == LOOP
    _key(qtbot, window, Qt.Key.Key_F5, CTRL)
    assert [one.checked for one in _lines(window, film)] == [False, True, False]
    assert window.status.currentMessage() == "00:07: No speech found."
    _key(qtbot, window, Qt.Key.Key_F5, SHIFT)
    assert _selected(window) == lines[0].text


def test_a_row_that_is_clicked_is_selected_in_the_text_and_cued(
    qtbot, window: Window, film: Document
) -> None:
    window.registry["to-doubts"].trigger()
    listed = _panel(window).list
    qtbot.waitUntil(lambda: _desk(window).player._player.duration() > 10_000, timeout=LISTENS)

    place = listed.visualRect(_panel(window).model.index(1)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)

    loop = _lines(window, film)[1]
    assert _selected(window) == LOOP
    qtbot.waitUntil(
        lambda: abs(_desk(window).player.position - loop.start_ms) < 400, timeout=LISTENS
    )
    qtbot.mouseClick(_panel(window).buttons["confirm"], Qt.MouseButton.LeftButton)
    assert _lines(window, film)[1].checked


def test_the_list_is_narrowed_to_a_kind(window: Window, film: Document) -> None:
    window.registry["to-doubts"].trigger()
    panel = _panel(window)

    counts = {}
    for place in range(panel.which.count()):
        panel.which.setCurrentIndex(place)
        counts[panel.which.currentText()] = len(_rows(window))

    assert counts == {
        "Everything in doubt": 3,
        "Loops": 1,
        "Nobody may be speaking": 0,
        "Unsure sentences": 0,
        "Heard at a second try": 0,
        "Unsure words": 1,
        "No speech found": 1,
    }
    panel.which.setCurrentText("Unsure sentences")
    assert panel.empty.text() == "Nothing of this kind. Choose another above."


def test_signs_stand_in_the_margin_with_the_reason_and_can_be_hidden(
    qtbot, window: Window, film: Document
) -> None:
    window.registry["to-doubts"].trigger()
    page = _desk(window).reader._page
    beside, gaps = page.doubt_marks.beside, page.doubt_marks.gaps
    lines = _lines(window, film)
    assert [(one.place, one.strong) for one in beside] == [(0, False), (lines[1].start, True)]
    assert [(one.place, one.lasts) for one in gaps] == [(lines[2].start, "3 s")]

    numbers = page.findChild(Numbers)
    told = []
    for y in range(numbers.height()):
        where = numbers.mapToGlobal(QPoint(5, y))
        QApplication.sendEvent(numbers, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, y), where))
        told.append(QToolTip.text())
    assert [one for one in dict.fromkeys(told) if one] == [
        "The recogniser was unsure of words",
        "Says the same again and again",
        "No speech was found from 00:07 to 00:10.",
    ]
    QToolTip.hideText()

    text = page.text
    qtbot.mouseClick(
        _panel(window).shown,
        Qt.MouseButton.LeftButton,
        pos=QPoint(8, _panel(window).shown.height() // 2),
    )
    assert (page.doubt_marks.beside, page.doubt_marks.gaps, page.text) == ([], [], text)
    assert len(_rows(window)) == 3
    window.registry["toggle-doubt"].trigger()
    assert page.doubt_marks.beside == beside
    assert _panel(window).shown.isChecked()


def test_a_loop_is_heard_again_while_the_window_lives_and_undo_brings_it_back(
    qtbot, window: Window, film: Document
) -> None:
    _key(qtbot, window, Qt.Key.Key_F5)
    _key(qtbot, window, Qt.Key.Key_F5)

    _key(qtbot, window, Qt.Key.Key_F5, ALT)
    dialog = _desk(window).findChild(HearAgainDialog)
    assert dialog.model.currentText() == "As the first time (whisper-synthetic)"
    qtbot.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    assert [work.title for work in window.workshop.running] == ["Hearing 1 sentence again"]
    _wait(qtbot, window)

    assert _lines(window, film)[1].text == "Training for volunteers should be free."
    assert (
        window.status.currentMessage() == "1 sentence heard again; Ctrl+Z brings the old one back."
    )
    qtbot.waitUntil(lambda: "Training for" in _desk(window).reader._page.text)
    assert len(_desk(window).playback.doubts) == 1
    assert window.evidence.doubting.at.startswith("quiet"), "the next one is at hand"
    _key(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert LOOP in _desk(window).reader._page.text
    assert _project(window).verify() == []


def test_hearing_again_can_be_stopped_and_changes_nothing(
    qtbot, window: Window, film: Document
) -> None:
    _desk(window).reader.select_all()
    window.registry["hear-again"].trigger()
    _desk(window).findChild(HearAgainDialog).accept()

    window.workshop.running[0].cancel()
    _wait(qtbot, window)

    assert _project(window).document(film.id).text == film.text
    assert window.status.currentMessage() == "Stopped. Nothing was changed."


def test_silence_is_transcribed_anyway_by_key(qtbot, window: Window, film: Document) -> None:
    _key(qtbot, window, Qt.Key.Key_U, CTRL)
    _list_key(qtbot, window, Qt.Key.Key_End)

    _list_key(qtbot, window, Qt.Key.Key_A)
    _wait(qtbot, window)

    assert len(_lines(window, film)) == 4
    assert window.status.currentMessage() == "1 sentence put in; Ctrl+Z takes it out again."
    assert not any("No speech" in row for row in _rows(window))
    assert _panel(window).list.hasFocus()
    assert _panel(window).list.currentIndex().isValid(), "the next one is chosen"
    _key(qtbot, window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(_rows(window)) == 3)
    assert _project(window).verify() == []


def test_corrected_words_are_compared_timed_and_taken_back_by_keys(
    qtbot, window: Window, film: Document
) -> None:
    last = _lines(window, film)[-1]
    words = last.text.split()
    _project(window).correcting.rewrite(last.id, " ".join(["Our", *words[1:]]))
    _desk(window).reader.select(last.start, last.start)
    assert not _lines(window, film)[-1].words

    _key(qtbot, window, Qt.Key.Key_F5, CTRL | SHIFT)
    _wait(qtbot, window)
    assert len(_lines(window, film)[-1].words) == len(words)
    assert "timed by the sound" in window.status.currentMessage()

    _key(qtbot, window, Qt.Key.Key_F4, SHIFT)
    dialog = _desk(window).findChild(HeardDialog)
    assert words[0] in dialog.text.toPlainText()
    assert "<u>" not in dialog.text.toPlainText()
    assert "text-decoration: underline" in dialog.text.toHtml()
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert _lines(window, film)[-1].text == last.text
    assert not dialog.isVisible()
    _key(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert _lines(window, film)[-1].text.startswith("Our")
    _key(qtbot, window, Qt.Key.Key_F4, CTRL | SHIFT)
    assert _lines(window, film)[-1].text == last.text
    _key(qtbot, window, Qt.Key.Key_F4, SHIFT)
    assert window.status.currentMessage().startswith("Nobody has corrected this")


def test_what_a_person_stands_by_is_not_offered_to_the_machine(
    window: Window, film: Document, told: Callable[[], str]
) -> None:
    _project(window).correcting.confirm(_lines(window, film)[0].id)
    _desk(window).reader.select(0, 0)

    window.registry["hear-again"].trigger()

    assert "what a person wrote is not overwritten" in told()
    assert _desk(window).findChild(HearAgainDialog) is None


def test_before_it_is_marked_as_checked_it_is_asked_once_and_then_nothing_is_doubtful(
    qtbot, window: Window, film: Document
) -> None:
    notices = _desk(window).notices
    qtbot.mouseClick(notices.show_doubts, Qt.MouseButton.LeftButton)
    assert _panel(window).list.hasFocus()

    qtbot.mouseClick(notices.mark_checked, Qt.MouseButton.LeftButton)
    assert "2 passages in doubt, 1 of them a loop" in box_of(window).text()
    answer(qtbot, window, "Go on listening")
    assert _project(window).document(film.id).machine_draft
    qtbot.mouseClick(notices.mark_checked, Qt.MouseButton.LeftButton)
    answer(qtbot, window, "Mark as checked")

    qtbot.waitUntil(lambda: not notices.mark_checked.isVisible())
    assert not _project(window).document(film.id).machine_draft
    assert _rows(window) == []
    assert _panel(window).empty.text().startswith("A person has checked this transcript")
    assert list(_desk(window).reader._page.doubt_marks.beside) == []
    assert notices.urgent() == ""
    window.registry["checked"].trigger()
    qtbot.waitUntil(lambda: len(_rows(window)) == 3)
    assert not [one for one in window.findChildren(QMessageBox) if one.isVisible()]


def test_the_list_of_submissions_tells_of_a_draft(qtbot, window: Window, film: Document) -> None:
    model = window.evidence.list.model
    assert "machine draft" in model.index(0).data()

    _project(window).set_checked(film.id, checked=True)

    qtbot.waitUntil(lambda: "machine draft" not in model.index(0).data())


def test_the_menu_of_the_text_offers_what_can_be_done_with_sentences(
    window: Window, film: Document
) -> None:
    window.evidence.tagging.tags.open_menu([], QPoint(10, 10))

    [menu] = [one for one in window.findChildren(QMenu) if one.isVisible() and one.actions()]
    words = [one.text().split("\t")[0] for one in menu.actions()]
    assert words[-4:] == [
        "Hear this passage again…",
        "Time this passage by the sound",
        "Show what the machine heard",
        "Sounds right",
    ]
    menu.close()


def test_where_there_is_no_transcript_it_is_said_what_would_be_here(opened: Window) -> None:
    panel = opened.evidence.doubts
    opened.registry["to-doubts"].trigger()

    assert panel.empty.text().startswith("Show a transcript")
    assert not panel.which.isVisible()
    for name in ("next-doubt", "confirm-doubt", "hear-again", "time-again", "what-was-heard"):
        assert not opened.registry[name].isEnabled(), name


def test_the_list_and_what_it_asks_are_named_within_reach_and_large_enough(
    qtbot, window: Window, film: Document
) -> None:
    _key(qtbot, window, Qt.Key.Key_U, CTRL)
    assert _nameless(_panel(window)) == []
    assert _small(_panel(window)) == []
    _desk(window).reader.select(0, 0)
    _project(window).correcting.rewrite(_lines(window, film)[0].id, "Please do.")
    window.registry["what-was-heard"].trigger()
    _desk(window).reader.select(40, 40)
    window.registry["hear-again"].trigger()
    for kind in (HeardDialog, HearAgainDialog):
        dialog = _desk(window).findChild(kind)
        assert _nameless(dialog) == []
        assert _out_of_reach(qtbot, dialog) == []
        assert _small(dialog) == []
        dialog.reject()
