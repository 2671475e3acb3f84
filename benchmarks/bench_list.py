"""How quick the list of evidence is in a project of 10,000 submissions: opening it, narrowing the
list key by key, going to the next unread document; and how much memory the window takes with it.

python -m benchmarks list
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figure import Figure
from coder.domain.model import (
    Coding,
    Document,
    DocumentKind,
    Permission,
    RespondentType,
    Style,
    Submission,
    new_id,
    now,
)
from coder.domain.paragraphs import lay_out
from coder.project import Project

if TYPE_CHECKING:
    from coder.ui.window import Window

SUBMISSIONS = 10_000
TAGS = 20_000
ROUNDS = 40
BEAT_MS = 5
TYPED = ("food bank", "unread charity", "walsall", "campaign late", "sic009", "zzz")
FIRST = ("Walsall", "Dudley", "Leith", "Truro", "Bangor", "Derry", "Hythe", "Ely", "Ripon", "Diss")
SECOND = ("Food Bank", "Choir", "Council", "Mosque", "Library", "Tenants", "Men’s Shed", "School")
WORDS = ("when", "lockdown", "began", "our", "volunteers", "carried", "food", "to", "every")
NOTE = f"{SUBMISSIONS:,} submissions, {TAGS:,} tags"


def run() -> list[Figure]:
    """The figures, measured on the offscreen platform."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVIDENCE_CODER_HOME"] = str(Path(folder) / "home")
        os.environ["EVIDENCE_CODER_NAME"] = "Noor Hadley"
        spawn = multiprocessing.get_context("spawn")
        for task in (_make, _in_a_window):
            sending, receiving = spawn.Pipe()
            worker = spawn.Process(target=task, args=(Path(folder) / "project", sending))
            worker.start()
            figures: list[Figure] = receiving.recv()
            worker.join()
        return figures


def _make(folder: Path, answers: object) -> None:
    """A project of many short letters, some of them tagged, some read."""
    dice = random.Random(11)
    with Project.create(folder, "Many", "SIC", "Noor Hadley") as project:
        code = project.codebook.add("Connection")
        documents = []
        with project._store.step("Bring them in", project.coder) as tx:
            for number in range(1, SUBMISSIONS + 1):
                submission = Submission(
                    new_id(), f"SIC{number:05}", "", f"{dice.choice(FIRST)} {dice.choice(SECOND)}",
                    dice.choice(list(RespondentType)), dice.choice(list(Permission)),
                    received="2020-09-18T10:00:00Z", flags=("late",) * (number % 9 == 0),
                )  # fmt: skip
                parts = [" ".join(dice.choices(WORDS, k=40)) for _ in range(4)]
                text, spans = lay_out((part, Style.BODY) for part in parts)
                document = Document(
                    new_id(), submission.id, 0, "letter.txt", DocumentKind.DOCUMENT, text, spans
                )
                tx.put(submission)
                tx.put(document)
                documents.append(document)
            for _ in range(TAGS):
                document = dice.choice(documents)
                start = dice.randrange(len(document.text) - 60)
                where = (document.id, code.id, project.coder.id, start, start + 40)
                tx.put(Coding(new_id(), *where, document.text[start : start + 40], now()))
        project.progress.mark_read([document.id for document in documents[: SUBMISSIONS // 3]])
    answers.send([])  # type: ignore[attr-defined]


def _in_a_window(folder: Path, answers: object) -> None:
    """In a process of its own, so that what it takes in memory is the window's."""
    from PySide6.QtWidgets import QApplication

    from coder.ui import theme
    from coder.ui.window import Window

    app = QApplication([])
    theme.apply(app, "light")
    window = Window()
    window.resize(1280, 820)
    window.show()
    gc.freeze()  # as the program does when its window is there
    _settle(200)
    try:
        figures = [*_opening(window, folder), *_narrowing(window), *_going_on(window)]
        figures.append(_memory())
    finally:
        window.close()
    answers.send(figures)  # type: ignore[attr-defined]


def _opening(window: Window, folder: Path) -> list[Figure]:
    """From opening the project until the whole list is there."""
    from PySide6.QtCore import Qt, QTimer

    beats = [time.perf_counter()]
    heart = QTimer(window)
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start(BEAT_MS)
    _settle(50)
    del beats[:-1]
    began = time.perf_counter()
    window.open_project(folder)
    while window.evidence.list.model.rowCount() < SUBMISSIONS:
        _settle(5)
    shown = time.perf_counter() - began
    _settle(400)
    heart.stop()
    longest = max(after - before for before, after in pairwise(beats)) * 1_000 - BEAT_MS
    return [
        Figure("longest block while a project opens", longest, "ms", 50, NOTE),
        Figure("until its whole list is there", shown * 1_000, "ms", None, NOTE),
    ]


def _narrowing(window: Window) -> list[Figure]:
    """Each key in the field, until the list is painted."""
    from PySide6.QtTest import QTest

    field = window.evidence.list.field
    field.setFocus()
    keys = []
    for words in TYPED:
        keys += [_timed(lambda c=character: QTest.keyClicks(field, c)) for character in words]
        keys.append(_timed(field.clear))
    return _figures("key in the filter of the list", keys)


def _going_on(window: Window) -> list[Figure]:
    """Next unread document, a tag, and an order of the list."""
    place = window.evidence
    went = [_timed(window.registry["next-unread"].trigger) for _ in range(ROUNDS)]
    project, tagged = place.session.project, []
    code = project.codebook.codes()[0]
    for number in range(ROUNDS):
        document = place.desk.document
        project.codings.tag(document, number * 3, number * 3 + 20, [code])
        tagged.append(_timed(place._catch_up))
    orders = [_timed(lambda o=o: place.list._order.setCurrentText(o)) for o in _orders(place)]
    return [
        *_figures("next unread document", went),
        *_figures("list after a tag", tagged),
        Figure("another order of the list, longest", max(orders), "ms", 50, NOTE),
    ]


def _orders(place: object) -> list[str]:
    box = place.list._order  # type: ignore[attr-defined]
    return [box.itemText(row) for row in (*range(1, box.count()), 0)]


def _memory() -> Figure:
    """The most that this process has ever had in memory."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = most / (1024 if sys.platform != "darwin" else 1024**2)
    return Figure("memory with the project open, at most", megabytes, "MiB", 400, NOTE)


def _timed(act: Callable[[], object]) -> float:
    """Milliseconds of the act and of all that Qt does for it."""
    from PySide6.QtWidgets import QApplication

    began = time.perf_counter()
    act()
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1_000


def _settle(ms: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _figures(name: str, values: list[float]) -> list[Figure]:
    return [
        Figure(f"{name}, p50", statistics.median(values), "ms", None, NOTE),
        Figure(f"{name}, p95", statistics.quantiles(values, n=20)[-1], "ms", 50, NOTE),
    ]


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
