"""The window of transcription: every act by mouse and by keys, and the text as it comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from coder import settings
from coder.domain.errors import EvidenceError
from coder.domain.model import Standing
from coder.project import Project
from coder.project.manner import manner_of
from coder.ui.actions import QUEUE
from coder.ui.dialogs.transcribe import TranscribeDialog
from coder.ui.hearings import words
from coder.ui.hearings.crew import Crew
from coder.ui.hearings.window import TranscriptionWindow
from coder.ui.help import HelpWindow
from coder.ui.window import Window
from tests.ui.active import activate
from tests.ui.hearings.conftest import SENTENCES, SYNTHETIC, refs, titles, waiting
from tests.ui.test_accessible import _cut, _nameless, _out_of_reach, _small

SOON = 60_000
BY_ID = {act.id: act for act in QUEUE}
Act = Callable[[TranscriptionWindow, str], None]


def by_mouse(shown: TranscriptionWindow, name: str) -> None:
    """Presses the button of an act."""
    QApplication.processEvents()
    QTest.mouseClick(shown.buttons[name], Qt.MouseButton.LeftButton)


def by_keys(shown: TranscriptionWindow, name: str) -> None:
    """Presses the keys of an act in the list."""
    shown.list.setFocus()
    [keys, *_] = BY_ID[name].sequences
    pressed = keys[0]
    QTest.keyClick(shown.list, pressed.key(), pressed.keyboardModifiers())


both = pytest.mark.parametrize("do", [by_mouse, by_keys])


@pytest.fixture
def view(qtbot, window: Window, still: Crew) -> TranscriptionWindow:
    """The queue with three films, all paused, the first of them chosen."""
    window.registry["transcription"].trigger()
    shown = window.hearings.shown
    assert shown is not None
    activate(qtbot, shown)
    shown.choose(still.rows[0].hearing.id)
    return shown


def _standings(crew: Crew) -> list[Standing]:
    return [one.hearing.standing for one in crew.rows]


@both
def test_a_recording_is_moved_sooner_and_later(
    qtbot, still: Crew, view: TranscriptionWindow, do: Act
) -> None:
    do(view, "down")
    qtbot.waitUntil(lambda: titles(still) == ["two.mp4", "one.mp4", "three.mp4"])
    do(view, "down")
    qtbot.waitUntil(lambda: titles(still) == ["two.mp4", "three.mp4", "one.mp4"])
    do(view, "down")
    do(view, "up")
    qtbot.waitUntil(lambda: titles(still) == ["two.mp4", "one.mp4", "three.mp4"])
    current = view.list.current()
    assert current is not None
    assert current.title == "one.mp4"


def test_recordings_are_dragged_to_another_place(
    qtbot, still: Crew, view: TranscriptionWindow
) -> None:
    queue = view.list.queue
    data: QMimeData = queue.mimeData([queue.index(2)])
    top = view.list.visualRect(queue.index(0)).topLeft() + QPoint(20, 3)
    view.list.dropEvent(
        QDropEvent(
            QPointF(top),
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: titles(still) == ["three.mp4", "one.mp4", "two.mp4"])
    assert queue.rowCount() == 3


@both
def test_a_recording_is_held_back_and_released(
    qtbot, still: Crew, view: TranscriptionWindow, do: Act
) -> None:
    do(view, "hold")
    qtbot.waitUntil(lambda: _standings(still)[0] is Standing.HELD)
    assert view.buttons["hold"].text() == "Release"
    assert "Held back" in words.state(still, still.rows[0])
    do(view, "hold")
    qtbot.waitUntil(lambda: _standings(still)[0] is Standing.WAITING)
    assert view.buttons["hold"].text() == "Hold back"


@both
def test_a_recording_is_taken_out(qtbot, still: Crew, view: TranscriptionWindow, do: Act) -> None:
    do(view, "remove")
    qtbot.waitUntil(lambda: titles(still) == ["two.mp4", "three.mp4"])


@both
def test_all_goes_on_and_is_paused(
    qtbot, still: Crew, view: TranscriptionWindow, window: Window, do: Act
) -> None:
    assert view.buttons["pause"].text() == "Go on"
    do(view, "pause")
    qtbot.waitUntil(lambda: bool(still.running), timeout=SOON)
    assert view.buttons["pause"].text() == "Pause all"
    do(view, "pause")
    qtbot.waitUntil(lambda: still.at_rest and not still.running, timeout=SOON)
    assert view.buttons["pause"].text() == "Go on"


@both
def test_how_a_recording_is_heard_is_changed(
    qtbot, still: Crew, view: TranscriptionWindow, do: Act
) -> None:
    do(view, "change")
    [dialog] = [one for one in view.findChildren(TranscribeDialog) if one.isVisible()]
    dialog.expect.field.setPlainText("Wexbrook")
    qtbot.keyClick(dialog.begin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: still.rows[0].hearing.hotwords == "Wexbrook")
    assert [one.hearing.hotwords for one in still.rows[1:]] == ["", ""]


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Return])
def test_a_recording_is_shown_in_the_evidence(
    qtbot, still: Crew, view: TranscriptionWindow, window: Window, key: Qt.Key | None
) -> None:
    if key is None:
        by_mouse(view, "show")
    else:
        qtbot.keyClick(view.list, key)
    desk = window.evidence.desk
    qtbot.waitUntil(lambda: desk.document is not None and desk.document.title == "one.mp4")


def test_what_was_given_up_is_tried_again_with_the_keys(
    qtbot, still: Crew, view: TranscriptionWindow, window: Window
) -> None:
    assert window.session is not None
    first = still.rows[0].hearing.id
    window.session.project.queue.give_up(first, "It broke. Try again.")
    qtbot.waitUntil(lambda: _standings(still)[0] is Standing.FAILED)
    assert view.said.problem.text() == "It broke. Try again."
    by_keys(view, "again")
    qtbot.waitUntil(lambda: _standings(still)[0] is Standing.WAITING)
    assert not view.said.problem.isVisible()


def test_several_are_chosen_and_held_back_together(
    qtbot, still: Crew, view: TranscriptionWindow
) -> None:
    view.list.selectAll()
    by_keys(view, "hold")
    qtbot.waitUntil(lambda: _standings(still) == [Standing.HELD] * 3)
    assert not view.buttons["change"].isEnabled()
    assert "3 held back" in view.count.text()


def test_the_text_stands_below_as_it_comes_and_stays_when_it_is_done(
    qtbot, still: Crew, view: TranscriptionWindow, window: Window
) -> None:
    assert "waits its turn" in view.said.text.placeholderText()
    assert window.session is not None
    project = window.session.project
    still.go_on()
    qtbot.waitUntil(lambda: len(still.done) == 3, timeout=SOON)
    qtbot.waitUntil(lambda: waiting(still) == [])
    [one] = [row.hearing.id for row in still.rows if row.title == "one.mp4"]
    view.choose(one)
    qtbot.waitUntil(lambda: view.said.text.toPlainText() == "\n".join(refs(project)["STR0002"]))
    assert len(view.said.text.toPlainText().split("\n")) == SENTENCES
    assert "3 done since the inquiry was opened" in view.count.text()
    assert "✓" not in words.state(still, still.rows[0])
    assert not view.buttons["remove"].isEnabled()

    # And what is done is listed no more when that is wanted
    qtbot.mouseClick(view.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: still.rows == [])
    assert not view.clear.isVisible()


def test_what_cannot_be_done_is_not_offered(qtbot, still: Crew, view: TranscriptionWindow) -> None:
    assert not view.buttons["up"].isEnabled()
    assert view.buttons["down"].isEnabled()
    view.choose(still.rows[-1].hearing.id)
    assert view.buttons["up"].isEnabled()
    assert not view.buttons["down"].isEnabled()
    # And a button that turns grey leaves the focus to the list, not to its neighbour
    view.buttons["up"].setFocus()
    view.choose(still.rows[0].hearing.id)
    assert view.focusWidget() is view.list
    # Where all is held back there is nothing to pause
    still.paused = False
    still.hold([one.hearing.id for one in still.rows])
    qtbot.waitUntil(lambda: _standings(still) == [Standing.HELD] * 3)
    assert not view.buttons["pause"].isEnabled()


def test_what_was_given_up_waits_again_when_its_manner_is_changed(
    qtbot, still: Crew, view: TranscriptionWindow, window: Window
) -> None:
    assert window.session is not None
    first = still.rows[0].hearing
    window.session.project.queue.give_up(first.id, "It broke.")
    qtbot.waitUntil(lambda: _standings(still)[0] is Standing.FAILED)

    still.change(first.id, manner_of(first))

    qtbot.waitUntil(lambda: _standings(still)[0] is Standing.WAITING)
    assert words.state(still, still.rows[0]) == "Waiting; all is paused"


def test_failures_of_one_run_stand_in_one_message_which_leads_to_the_first(
    qtbot, still: Crew, view: TranscriptionWindow, window: Window
) -> None:
    last, first = still.rows[-1], still.rows[0]
    still.failed.emit(last.hearing.id, EvidenceError("It broke.", "Try again."))
    still.failed.emit(first.hearing.id, EvidenceError("It broke too."))

    # It stands over the window in front, which is that of the queue
    [box] = [one for one in view.findChildren(QMessageBox) if one.isVisible()]
    assert box.text() == "2 recordings were not transcribed."
    assert f"“{last.title}”: It broke. Try again." in box.informativeText()
    assert f"“{first.title}”: It broke too." in box.informativeText()
    next(one for one in box.buttons() if one.text() == "Show the queue").click()
    current = view.list.current()
    assert current is not None
    assert current.hearing.id == last.hearing.id


def test_after_a_restart_what_was_given_up_is_told(qtbot, window: Window, films: Path) -> None:
    with Project.open(films, "Noor Hadley") as project:
        [one] = project.queue.add([project.transcripts.pending()[0].id], SYNTHETIC)
        project.queue.give_up(one.id, "It broke.")

    assert window.open_project(films)

    qtbot.waitUntil(lambda: "1 recording was not transcribed" in window.status.currentMessage())
    assert window.hearings.status.told.text() == "1 not transcribed"
    assert not window.hearings.status.pause.isVisible()


def test_removing_what_is_being_heard_asks_first(
    qtbot, window: Window, session, put, view_of
) -> None:
    assert window.open_project(session)
    crew = window.hearings.crew
    put()
    qtbot.waitUntil(lambda: bool(crew.running) and bool(crew.rows), timeout=SOON)
    shown = view_of()
    by_keys(shown, "remove")
    [box] = [one for one in shown.findChildren(QMessageBox) if one.isVisible()]
    assert "What was heard stays" in box.informativeText()
    next(one for one in box.buttons() if one.text() == "Stop and remove").click()
    assert shown.focusWidget() is shown.list
    qtbot.waitUntil(lambda: crew.at_rest and not crew.running, timeout=SOON)
    qtbot.waitUntil(lambda: titles(crew) == [])


@pytest.fixture
def view_of(qtbot, window: Window) -> Callable[[], TranscriptionWindow]:
    """Opens the window of transcription and chooses its first recording."""

    def opened() -> TranscriptionWindow:
        window.registry["transcription"].trigger()
        shown = window.hearings.shown
        assert shown is not None
        activate(qtbot, shown)
        for one in window.hearings.crew.rows[:1]:
            shown.choose(one.hearing.id)
        return shown

    return opened


def test_the_line_in_the_status_bar_opens_the_queue(qtbot, still: Crew, window: Window) -> None:
    told = window.hearings.status.told
    assert told.text() == "transcription paused · 3 waiting"
    qtbot.mouseClick(told, Qt.MouseButton.LeftButton)
    assert window.hearings.shown is not None
    assert window.hearings.shown.isVisible()


def test_how_many_are_heard_at_once_is_kept(still: Crew, view: TranscriptionWindow) -> None:
    assert view.at_once.currentData() == 0
    view.at_once.setCurrentIndex(view.at_once.findData(2))
    assert settings.load().at_once == 2
    assert still._at_once == 2


def test_an_empty_queue_says_what_to_do(
    qtbot, opened: Window, view_of: Callable[[], TranscriptionWindow], told
) -> None:
    shown = view_of()
    assert "Press “Add recordings…”" in shown.list.empty
    assert not shown.said.isVisible()
    assert not shown.buttons["pause"].isEnabled()
    qtbot.mouseClick(shown.add, Qt.MouseButton.LeftButton)
    assert told() == "Every recording has its transcript. "


def test_help_opens_at_the_page_about_transcribing(
    qtbot, view: TranscriptionWindow, window: Window
) -> None:
    qtbot.keyClick(view.list, Qt.Key.Key_F1)
    [helped] = [one for one in view.findChildren(HelpWindow) if one.isVisible()]
    assert helped.topic == "transcribing"
    helped.close()


def test_a_screen_reader_is_told_all_of_a_recording(still: Crew, view: TranscriptionWindow) -> None:
    told = view.list.queue.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == ("STR0002, one.mp4, 00:15, whisper-synthetic · English, Waiting; all is paused")


def test_the_window_closes_with_its_project(view: TranscriptionWindow, window: Window) -> None:
    window.close_project()
    assert window.hearings.shown is None
    QApplication.processEvents()
    assert not view.isVisible()


def test_the_queue_and_its_question_can_be_worked_by_everybody(
    qtbot, still: Crew, view: TranscriptionWindow, window: Window
) -> None:
    wrong = [*_nameless(view), *_small(view), *_out_of_reach(qtbot, view), *_cut(view)]
    assert wrong == []
    by_keys(view, "remove")
    qtbot.waitUntil(lambda: len(titles(still)) == 2)
    window.hearings.crew.remove([one.hearing.id for one in still.rows])
    qtbot.waitUntil(lambda: titles(still) == [])
    window.registry["transcribe"].trigger()
    [dialog] = [one for one in window.findChildren(TranscribeDialog) if one.isVisible()]
    activate(qtbot, dialog)
    wrong = [*_nameless(dialog), *_small(dialog), *_out_of_reach(qtbot, dialog), *_cut(dialog)]
    assert wrong == []
    assert dialog.table.isVisible()
