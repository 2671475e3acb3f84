"""Work beside the window: its news arrives, all of it, in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from coder.domain.errors import Cancelled, Refused
from coder.jobs import Job
from coder.ui.background import Workshop


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
