"""Work beside the window: its news arrives, all of it, in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coder.domain.errors import Cancelled, Refused
from coder.jobs import Job
from coder.ui.background import HEARING, Workshop
from coder.ui.status import Status


@pytest.fixture
def workshop(qapp) -> Iterator[Workshop]:
    """A workshop that is closed at the end."""
    above = QObject()
    made = Workshop(above)
    yield made
    made.close()


def test_every_listener_hears_the_end_of_every_work(qtbot, workshop: Workshop) -> None:
    heard: list[str] = []
    for _ in range(150):
        work = workshop.start("Nothing", lambda job: None)
        for _ in range(3):
            work.ended.connect(lambda: heard.append(threading.current_thread().name))
        qtbot.waitUntil(lambda: not workshop.running)
    qtbot.waitUntil(lambda: len(heard) == 450)
    assert set(heard) == {"MainThread"}


def test_what_came_of_it_is_told(qtbot, workshop: Workshop) -> None:
    def fail(job: Job) -> None:
        raise Refused("No.")

    def stop(job: Job) -> None:
        raise Cancelled

    told: list[object] = []
    for act in (lambda job: 7, fail, stop):
        work = workshop.start("Work", act)
        work.finished.connect(told.append)
        work.failed.connect(lambda problem: told.append(str(problem)))
        work.stopped.connect(lambda: told.append("stopped"))
    qtbot.waitUntil(lambda: not workshop.running)
    assert told == [7, "No.", "stopped"]


def test_what_a_person_waits_for_does_not_wait_for_a_transcript(qtbot, workshop: Workshop) -> None:
    let_go = threading.Event()
    hearing = workshop.start("Transcribing", lambda job: let_go.wait(20), HEARING)

    with qtbot.waitSignal(workshop.start("Importing", lambda job: 7).finished) as told:
        assert workshop.running == [hearing, workshop.running[1]]

    assert told.args == [7]
    assert workshop.running == [hearing]
    let_go.set()
    qtbot.waitUntil(lambda: not workshop.running)


def test_only_work_that_matters_is_asked_about(qtbot, workshop: Workshop) -> None:
    let_go = threading.Event()
    backing_up = workshop.start("Backing up", lambda job: let_go.wait(20))
    backing_up.matters = False
    assert workshop.busy_with() == ""

    workshop.start("Importing", lambda job: None)

    assert workshop.busy_with() == "Importing"
    let_go.set()
    qtbot.waitUntil(lambda: not workshop.running)


def test_the_status_line_shows_what_began_last_and_cancels_only_that(
    qtbot, workshop: Workshop
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    status = Status(parent)
    workshop.begun.connect(status.follow)

    def until_stopped(job: Job) -> None:
        while not job.cancelled:
            never.wait(0.01)
        job.check()

    never = threading.Event()
    hearing = workshop.start("Transcribing", until_stopped, HEARING)
    importing = workshop.start("Importing", until_stopped)
    assert status._doing.text() == "Importing · and 1 more"

    with qtbot.waitSignal(importing.ended):
        status._cancel.click()

    assert status._doing.text() == "Transcribing"
    assert status._cancel.isEnabled()
    assert not hearing.job.cancelled


def test_closing_stops_what_is_running(qtbot, workshop: Workshop) -> None:
    begun = threading.Event()

    def long(job: Job) -> None:
        begun.set()
        while True:
            job.check()

    work = workshop.start("Long", long)
    with qtbot.waitSignal(work.stopped):
        assert begun.wait(5)
        workshop.finish()
