"""The queue is worked through beside the window: it survives a restart, is paused and stopped, and
leaves no process behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from coder.domain.model import Standing
from coder.project import Project
from coder.ui.hearings.crew import Crew
from coder.ui.window import Window
from tests.ui.hearings.conftest import SENTENCES, SYNTHETIC, refs, titles, workers

pytestmark = pytest.mark.listens

SOON = 60_000
AT_MOST = 5.0
"""Seconds after which nothing may be left of what a person stopped."""


def _heard_some(qtbot, window: Window) -> None:
    """Waits until the first of a recording is kept."""
    assert window.session is not None
    project = window.session.project
    qtbot.waitUntil(lambda: any(refs(project).values()), timeout=SOON)


def _at_rest(qtbot, crew: Crew) -> None:
    qtbot.waitUntil(lambda: crew.at_rest and not crew.running and not workers(), timeout=SOON)


def test_all_that_waits_is_heard_and_said_when_it_is_done(
    qtbot, window: Window, films: Path, put
) -> None:
    assert window.open_project(films)
    crew = window.hearings.crew

    put()
    qtbot.waitUntil(lambda: len(crew.done) == 3, timeout=SOON)

    _at_rest(qtbot, crew)
    qtbot.waitUntil(lambda: "is transcribed" in window.status.currentMessage())
    qtbot.waitUntil(lambda: titles(crew) == [])
    assert window.session is not None
    heard = refs(window.session.project)
    assert {ref: len(lines) for ref, lines in heard.items()} == dict.fromkeys(
        ("STR0002", "STR0003", "STR0004"), SENTENCES
    )


def test_what_is_stopped_and_removed_is_gone_within_five_seconds(
    qtbot, window: Window, session: Path, put
) -> None:
    # Given a long recording of which some was heard
    assert window.open_project(session)
    crew = window.hearings.crew
    put()
    _heard_some(qtbot, window)
    [hearing] = crew.rows
    assert workers()

    # When it is stopped and taken out
    begun = time.monotonic()
    crew.remove([hearing.hearing.id])
    _at_rest(qtbot, crew)

    # Then no process is left in time, the queue is empty and what was heard stays
    assert time.monotonic() - begun < AT_MOST
    qtbot.waitUntil(lambda: titles(crew) == [])
    assert window.session is not None
    project = window.session.project
    [lines] = refs(project).values()
    assert lines
    # And when it is put in again, it goes on behind that, without a doubled sentence
    put()
    qtbot.waitUntil(lambda: len(next(iter(refs(project).values()))) > len(lines), timeout=SOON)
    crew.pause()
    _at_rest(qtbot, crew)
    [view] = [one for one in project.evidence.all() if one.submission.ref == "STR0002"]
    [transcript] = [one for one in view.documents if one.source_id]
    segments = project.segments(transcript.id)
    assert [one.text for one in segments][: len(lines)] == lines
    starts = [one.start_ms for one in segments]
    assert starts == sorted(set(starts))


def test_a_recording_that_is_held_back_before_its_first_sentence_does_not_begin_again(
    qtbot, window: Window, session: Path, put
) -> None:
    assert window.open_project(session)
    crew = window.hearings.crew
    put()
    qtbot.waitUntil(lambda: bool(crew.running), timeout=SOON)
    [hearing] = crew.running

    crew.hold([hearing])
    _at_rest(qtbot, crew)

    qtbot.waitUntil(lambda: [one.hearing.standing for one in crew.rows] == [Standing.HELD])
    crew.start()
    qtbot.waitUntil(lambda: not window.workshop.running)
    assert crew.at_rest
    assert crew.running == {}


def test_a_pause_lasts_until_a_person_lets_it_go_on_also_after_a_restart(
    qtbot, window: Window, session: Path, put
) -> None:
    # Given a recording that was paused while it was heard
    assert window.open_project(session)
    crew = window.hearings.crew
    put()
    _heard_some(qtbot, window)
    begun = time.monotonic()
    window.hearings.status.pause.click()
    _at_rest(qtbot, crew)
    assert time.monotonic() - begun < AT_MOST
    told = window.hearings.status.told
    qtbot.waitUntil(lambda: "transcription paused" in told.text())
    # When the inquiry is closed and opened again
    window.close_project()
    assert window.open_project(session)
    qtbot.waitUntil(lambda: "all is paused" in window.status.currentMessage())
    # Then it waits, and goes on when a person says so
    assert crew.paused
    crew.allow(2)
    qtbot.waitUntil(lambda: not window.workshop.running)
    assert crew.at_rest
    window.hearings.status.pause.click()
    qtbot.waitUntil(lambda: bool(crew.running), timeout=SOON)
    assert not crew.paused
    window.hearings.close()


def test_the_window_asks_before_it_closes_and_what_waits_goes_on_when_it_is_opened_again(
    qtbot, window: Window, session: Path, put, told
) -> None:
    # Given a recording that is being heard
    assert window.open_project(session)
    put()
    _heard_some(qtbot, window)
    # When the window is closed, it asks; and stays where that was not meant
    window.close()
    assert "goes on when you open the inquiry again" in told()
    assert window.isVisible()
    assert workers()
    # When it is meant, then it closes by itself, in time and without a process left
    begun = time.monotonic()
    window.close()
    [box] = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in box.buttons() if one.text() == "Stop and close").click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=SOON)
    assert time.monotonic() - begun < AT_MOST
    assert not workers()
    with Project.open(session, "Noor Hadley") as project:
        [lines] = refs(project).values()
        [hearing] = project.queue.all()
        assert hearing.standing is Standing.WAITING
    # And another window goes on with it by itself, behind what was heard
    again = Window()
    qtbot.addWidget(again)
    again.show()
    assert again.open_project(session)
    qtbot.waitUntil(lambda: "going on" in again.status.currentMessage(), timeout=SOON)
    assert again.session is not None
    project = again.session.project
    qtbot.waitUntil(lambda: len(next(iter(refs(project).values()))) > len(lines), timeout=SOON)
    assert next(iter(refs(project).values()))[: len(lines)] == lines
    again.hearings.close()
    again.close()


def test_another_inquiry_is_shown_when_nothing_is_heard_of_the_first_any_more(
    qtbot, window: Window, session: Path, own_sample: Path, put
) -> None:
    assert window.open_project(session)
    put()
    qtbot.waitUntil(lambda: bool(workers()), timeout=SOON)

    assert window.open_project(own_sample)

    assert window.session is not None
    assert window.session.project.folder == session
    qtbot.waitUntil(lambda: window.session.project.folder == own_sample, timeout=SOON)
    assert not workers()
    assert window.hearings.crew.running == {}


def test_where_a_project_is_open_for_reading_only_nothing_is_heard(
    qtbot, window: Window, films: Path
) -> None:
    with Project.open(films, "Noor Hadley") as project:
        project.queue.add([one.id for one in project.transcripts.pending()], SYNTHETIC)
    assert window.open_project(films, read_only=True)
    crew = window.hearings.crew
    qtbot.waitUntil(lambda: len(crew.rows) == 3)
    qtbot.waitUntil(lambda: not window.workshop.running)

    crew.start()
    window.registry["transcription"].trigger()

    shown = window.hearings.shown
    assert shown is not None
    assert not [name for name, one in shown.buttons.items() if one.isEnabled() and name != "show"]
    assert not shown.add.isEnabled()
    assert crew.at_rest
    assert workers() == []


def test_progress_is_told_no_more_often_than_a_person_can_see(
    qtbot, window: Window, session: Path, put
) -> None:
    assert window.open_project(session)
    crew = window.hearings.crew
    came: list[float] = []
    crew.progressed.connect(lambda _: came.append(time.monotonic()))
    put()
    qtbot.waitUntil(lambda: len(came) > 6, timeout=SOON)
    crew.pause()
    assert len(came) - 1 <= (came[-1] - came[0]) / 0.2 + 1
    _at_rest(qtbot, crew)
