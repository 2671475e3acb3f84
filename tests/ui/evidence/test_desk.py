"""What the desk says of a recording that was heard in part, not at all, or by a person too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from coder.domain.model import Document, Standing, Stretch, new_id
from coder.project import Project, models
from coder.project.manner import Manner
from coder.project.models import Model
from coder.project.taking import NOTHING, UNFINISHED, hearing_for
from coder.ui.evidence.desk import Desk
from coder.ui.evidence.hear_again import HearAgainDialog
from coder.ui.window import Window
from tests.ui.evidence.films import heard, show
from tests.ui.evidence.hands import answer, undo

BROKEN = "The sound of “evidence.mp4” breaks off at 00:12, before its end."


@pytest.fixture
def film(qtbot, window: Window, tmp_path: Path) -> Document:
    """The transcript of a film by a machine, on the desk."""
    made = heard(tmp_path / "halls")
    show(qtbot, window, tmp_path / "halls", made)
    return made


def _project(window: Window) -> Project:
    assert window.session is not None
    return window.session.project


def _desk(window: Window) -> Desk:
    return window.evidence.desk


def _becomes(window: Window, film: Document, *problems: str, until: int = 12_000) -> None:
    """A machine has come so far with it, and says so."""
    project = _project(window)
    with project._store.step("Hear", project.coder, "machine") as tx:
        tx.put(replace(film, problems=problems, text="", paragraphs=()))
        tx.put(Stretch(new_id(), film.id, 0, until))


def _empty(window: Window, film: Document, *problems: str) -> None:
    """Nothing was heard in it but silence."""
    project = _project(window)
    with project._store.step("Hear", project.coder, "machine") as tx:
        for segment in project.segments(film.id):
            tx.delete(segment)
        tx.put(replace(film, problems=problems, text="", paragraphs=()))
        tx.put(Stretch(new_id(), film.id, 0, 15_000, speech=False))


def _queued(window: Window, film: Document, standing: Standing) -> None:
    project = _project(window)
    media = project.transcripts.recording_of(film)
    hearing = replace(hearing_for(media, Manner()), standing=standing, transcript_id=film.id)
    with project._store.step("Queue", project.coder, "machine") as tx:
        tx.put(hearing)


def test_a_half_heard_recording_says_so_first_and_how_it_goes_on(
    qtbot, window: Window, film: Document
) -> None:
    notices = _desk(window).notices
    _becomes(window, film, UNFINISHED)
    qtbot.waitUntil(lambda: notices.urgent().startswith("Not finished: heard to 00:12 of "))
    assert "Transcribe it to go on." in notices.urgent()
    assert not notices.show_queue.isVisible()
    assert not notices.mark_checked.isVisible(), "only what is finished can be checked"
    assert window.evidence.doubts.empty.text().startswith("Nothing is in doubt in what was heard")

    window.registry["next-doubt"].trigger()
    assert "The transcript is not finished." in window.status.currentMessage()

    _queued(window, film, Standing.HELD)
    qtbot.waitUntil(notices.show_queue.isVisible)
    assert "Release it in the queue to go on." in notices.urgent()
    notices.show_queue.click()
    assert window.hearings.shown is not None
    assert window.hearings.shown.isVisible()

    _becomes(window, film)
    qtbot.waitUntil(lambda: "Not finished" not in notices.urgent())
    assert window.evidence.doubts.empty.text().startswith("Nothing is in doubt. Listen to the")


def test_what_is_the_matter_with_a_recording_is_not_folded_away(
    qtbot, window: Window, film: Document
) -> None:
    notices = _desk(window).notices
    _becomes(window, film, BROKEN)
    qtbot.waitUntil(lambda: BROKEN in notices.urgent())
    assert not notices._notes.isVisible()


def test_where_no_speech_was_found_it_is_offered_to_transcribe_anyway(
    qtbot, window: Window, film: Document
) -> None:
    reader = _desk(window).reader
    _empty(window, film, UNFINISHED)
    window.evidence.show_document(film.submission_id, film.id)
    qtbot.waitUntil(lambda: reader._message.text() == "Nothing of it has been heard yet.")
    _empty(window, film, NOTHING)

    qtbot.waitUntil(lambda: reader._message.text() == NOTHING)
    assert NOTHING in _desk(window).notices.urgent()
    assert reader._offer.text() == "Transcribe anyway"
    asked = []
    window.evidence.doubting._hear_anyway = lambda *given: asked.append(given[2:])
    reader._offer.click()
    assert asked == [(0, 15_000)]

    _project(window).relistening.confirm_quiet(film.id, 0, 15_000)
    assert reader._message.text() == NOTHING
    assert not reader._offer.isVisible(), "nothing is left to be heard"


def test_who_checked_it_is_told_quietly_and_can_be_taken_back(
    qtbot, window: Window, film: Document
) -> None:
    notices = _desk(window).notices
    assert notices.mark_checked.text() == "Mark as checked", "nothing is asked"
    window.evidence.list.list.setFocus()

    notices.mark_checked.click()

    qtbot.waitUntil(notices._checked.isVisible)
    assert notices._checked.text().startswith(f"Checked by {_project(window).coder.name}, ")
    assert notices._checked.objectName() == "muted"
    assert notices.urgent() == ""
    focused = QApplication.focusWidget()
    assert focused is not None
    assert _desk(window).reader.isAncestorOf(focused) or focused is _desk(window).reader

    notices.mark_draft.click()
    qtbot.waitUntil(lambda: not notices._checked.isVisible())
    assert "Machine draft" in notices.urgent()


def test_what_was_said_of_one_document_goes_when_another_is_shown(
    qtbot, window: Window, film: Document, letter: Path
) -> None:
    project = _project(window)
    project.intake.bring([letter])
    qtbot.waitUntil(lambda: window.evidence.list.model.rowCount() == 2)
    _desk(window).note.emit("00:15: No speech found.")
    assert window.status.currentMessage() == "00:15: No speech found."

    window.evidence.show_document(project.evidence.all()[-1].submission.id)

    assert window.status.currentMessage() == ""


def test_undo_asks_before_it_takes_a_recording_out_with_its_transcript(
    qtbot, window: Window, film: Document
) -> None:
    project = _project(window)
    project.undo()  # what was said of the respondent
    refs = project.transcripts_undone()
    assert refs == ["SIC0001"]

    undo(qtbot, window)
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    assert box.text() == "This takes SIC0001 and its transcript out again."
    answer(qtbot, window, "Leave it")
    assert project.submission("SIC0001")

    undo(qtbot, window)
    answer(qtbot, window, "Undo the import")
    assert project.evidence.all() == []
    window.registry["redo"].trigger()
    assert [one.submission.ref for one in project.evidence.all()] == ["SIC0001"]


def test_a_right_click_offers_to_correct_and_to_name(window: Window, film: Document) -> None:
    menu = QMenu(window)
    for add in window.evidence.tagging.tags.menu.more:
        add(menu)
    words = [one.text().split("\t")[0] for one in menu.actions()]
    assert {"Correct this sentence…", "Name the speaker…"} <= set(words)
    next(one for one in menu.actions() if one.text().startswith("Correct")).trigger()
    assert _desk(window).strip.isVisible()


def test_names_are_not_asked_for_where_the_model_cannot_be_told_them(
    window: Window, film: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deaf = Model("deaf", "Deaf", "ct2", tmp_path, (), 1, {"hotwords": False})
    monkeypatch.setattr(models, "installed_models", lambda: [deaf])
    told = HearAgainDialog(1, Manner(hotwords="Walsall"), window)
    assert told.names.isEnabled()
    assert told.manner().hotwords == "Walsall"

    silent = HearAgainDialog(1, Manner(model=str(tmp_path), hotwords="Walsall"), window)
    assert not silent.names.isEnabled()
    assert silent.manner().hotwords == ""
