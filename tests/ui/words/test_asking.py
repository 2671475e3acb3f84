"""Of several questions only the latest is answered."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject

from coder.jobs import Job
from coder.ui.background import Workshop
from coder.ui.words.asking import Asking


def test_a_question_that_is_replaced_is_stopped_and_never_answered(qtbot) -> None:
    parent = QObject()
    workshop = Workshop(parent)
    asking, answers, waiting = Asking(workshop, parent), [], Event()
    asking.answered.connect(answers.append)

    def slow(job: Job) -> str:
        while not job.cancelled:
            waiting.wait(0.01)
        return "slow"

    asking.ask("slow", slow)
    assert asking.busy
    asking.ask("never", lambda _: "never")
    asking.ask("last", lambda _: "last")

    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["last"]
    assert not asking.busy
    workshop.close()


def test_what_fails_or_is_stopped_is_told(qtbot) -> None:
    parent = QObject()
    workshop = Workshop(parent)
    asking, told = Asking(workshop, parent), []
    asking.failed.connect(lambda problem: told.append(str(problem)))
    asking.stopped.connect(lambda: told.append("stopped"))

    def fail(_: Job) -> None:
        raise ValueError("no")

    def endless(job: Job) -> None:
        while True:
            job.check()

    asking.ask("fails", fail)
    qtbot.waitUntil(lambda: told == ["no"])
    asking.ask("endless", endless)
    workshop.running[0].cancel()
    qtbot.waitUntil(lambda: told == ["no", "stopped"])
    asking.ask("endless", endless)
    asking.stop()
    qtbot.waitUntil(lambda: not workshop.running)
    assert told == ["no", "stopped"]
    workshop.close()
