"""How quick the whole window is: a submission of 200,000 characters with 2,000 overlapping tags is
chosen; tagged, untagged, drawn longer and undone, also with 10,000; and files come in beside it.

python -m benchmarks window
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figure import Figure
from coder import places
from coder.domain.draft import DraftCode
from coder.domain.model import Coding, Document, Segment, Word, new_id, now
from coder.project import Project
from coder.project.manner import Manner

if TYPE_CHECKING:
    from coder.ui.window import Window

LENGTH = 200_000
TAGS, MANY_TAGS = 2_000, 10_000
ROUNDS = 40
CODES = tuple(DraftCode(f"Theme {n}", children=(DraftCode(f"Code {n}"),)) for n in range(20))
WORDS = (
    *("when", "lockdown", "began", "our", "volunteers", "carried"),
    *("food", "to", "every", "house", "on", "the", "estate"),
)
BEAT_MS = 5


def run() -> list[Figure]:
    """The figures, measured on the offscreen platform."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVIDENCE_CODER_HOME"] = str(Path(folder) / "home")
        _make(Path(folder) / "some" / "project", TAGS)
        _make(Path(folder) / "many" / "project", MANY_TAGS)
        return [
            *_measure(
                Path(folder) / "some" / "project",
                lambda meter: [*meter.choosing(), *meter.tagging(TAGS), *meter.work_beside()],
            ),
            *_measure(
                Path(folder) / "many" / "project",
                lambda meter: [*meter.tagging(MANY_TAGS), *meter.tagging(MANY_TAGS, listed=True)],
            ),
        ]


def _make(folder: Path, tags: int) -> None:
    """A project with a short submission and a long one that is tagged all over."""
    folder.parent.mkdir()
    dice = random.Random(7)
    words = dice.choices(WORDS, k=LENGTH // 4)
    lines = (" ".join(words[place : place + 40]) for place in range(0, len(words), 40))
    short, long = folder.with_name("short.txt"), folder.with_name("long.txt")
    short.write_text("We met in the park.", encoding="utf-8")
    long.write_text("\n\n".join(lines)[:LENGTH].rstrip(), encoding="utf-8")
    with Project.create(folder, "Long", "LNG", "Noor Hadley", codes=CODES) as project:
        project.intake.bring([short, long])
        document = project.evidence.document_titled("LNG0002")
        with project._store.step("Tag all over", project.coder) as tx:
            tx.put(project.coder)
            for coding in _codings(project, document, dice, tags):
                tx.put(coding)


def _codings(project: Project, document: Document, dice: random.Random, tags: int) -> list[Coding]:
    codes = project.codebook.codes()
    found = []
    for number in range(tags):
        start = dice.randrange(len(document.text) - 1_000)
        end = start + dice.randrange(20, 1_000)
        words = document.text[start:end]
        code = codes[number % len(codes)].id
        who = project.coder.id
        found.append(Coding(new_id(), document.id, code, who, start, end, words, now()))
    return found


def _measure(folder: Path, take: Callable[[_Meter], list[Figure]]) -> list[Figure]:
    from PySide6.QtWidgets import QApplication

    from coder.ui import theme
    from coder.ui.window import Window

    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    theme.apply(app, "light")
    window = Window()
    try:
        window.resize(1280, 820)
        window.show()
        window.activateWindow()
        window.open_project(folder)
        gc.freeze()  # as the program does when its window is there
        return take(_Meter(window))
    finally:
        window.close()


class _Meter:
    """Takes the figures of one window."""

    def __init__(self, window: Window) -> None:
        from PySide6.QtCore import QEvent, QObject

        class Painted(QObject):
            """Remembers when the page was painted last."""

            at = 0.0

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
                if event.type() is QEvent.Type.Paint:
                    Painted.at = time.perf_counter()
                return False

        self._window = window
        self._desk = window.evidence.desk
        self._page = self._desk.reader._page
        self._painted = Painted(window)
        self._page.viewport().installEventFilter(self._painted)
        assert window.session is not None
        self._project = window.session.project
        self._short, self._long = (v.submission.id for v in window.evidence.list.model.views)

    def choosing(self) -> list[Figure]:
        """From choosing the long submission to its picture."""
        shown = []
        for _ in range(ROUNDS):
            self._window.evidence.list.choose(self._short)
            self._settle()
            shown.append(self._until_painted(lambda: self._window.evidence.list.choose(self._long)))
            self._settle()
        return _figures("choose a submission", shown, 150)

    def tagging(self, tags: int, *, listed: bool = False) -> list[Figure]:
        """Keys that tag, draw the tag longer, remove it, undo and redo: until painted and
        committed, and then; `listed` with the list of tags shown beside the text."""
        from PySide6.QtCore import Qt

        plain, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
        acts = {
            "tag by key": (Qt.Key.Key_1, plain),
            "draw a tag longer by key": (Qt.Key.Key_Right, alt),
            "remove a tag": (Qt.Key.Key_Delete, plain),
            "undo": (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
            "redo": (Qt.Key.Key_Z, _control_shift()),
        }
        times: dict[str, list[float]] = {name: [] for name in acts}
        after: list[float] = []
        dice = random.Random(3)
        self._window.evidence.list.choose(self._long)
        side = self._window.evidence.side
        side.setCurrentWidget(
            self._window.evidence.tags if listed else self._window.evidence.themes
        )
        self._desk.reader.setFocus()
        self._settle()
        for _ in range(ROUNDS):
            start = dice.randrange(LENGTH * 9 // 10)
            self._desk.reader.select(start, start + dice.randrange(30, 300))
            self._settle()
            for name, (key, modifier) in acts.items():
                before = self._steps()
                times[name].append(self._until_painted(lambda k=key, m=modifier: self._press(k, m)))
                assert self._steps() == before + 1, f"{name}: nothing was committed"
                after.append(self._settle())
        note = f"{LENGTH:,} characters, {tags:,} tags{', listed' if listed else ''}"
        return [
            *(figure for name, took in times.items() for figure in _figures(name, took, 20, note)),
            *_figures("longest block after an act", after, 50, note),
        ]

    def work_beside(self) -> list[Figure]:
        """How long the window stands still while files come in and while one is transcribed."""
        evidence = sorted((places.samples() / "evidence").iterdir())[:15]
        chores, session = self._window.chores, self._window.session
        assert session is not None
        looking = self._longest_block(lambda: chores.importing.bring(evidence))
        importing = self._longest_block(chores.importing.previews[-1].go.click)
        manner = Manner(model=str(places.samples() / "whisper-synthetic"))
        waiting = [media.id for media in self._project.transcripts.pending()]
        self._window.show_passage(*self._recording(waiting[0]), 0, 0)
        hearings = self._window.hearings
        hearing = self._longest_block(
            lambda: hearings.add(session, [(one, manner) for one in waiting]),
            hearings.crew.finished,
        )
        many = f"{len(evidence)} sample files"
        return [
            Figure("longest block while looking into files", looking, "ms", 50, many),
            Figure("longest block while importing", importing, "ms", 50, many),
            Figure("longest block while transcribing", hearing, "ms", 50, "46 s of sound"),
            *_figures("longest block as a transcript grows", self._growing(), 50, "an hour long"),
        ]

    def _growing(self) -> list[float]:
        """What each further sentence costs in the transcript that is shown, of an hour by now."""
        shown = self._desk.document
        assert shown is not None
        place = len(self._project.segments(shown.id))
        text = " ".join(["volunteers"] * 12)
        words = tuple(Word(n * 11, n * 11 + 10, n * 300, n * 300 + 280, 0.9) for n in range(12))
        hour = [
            Segment(
                *(new_id(), shown.id, place + n),
                *(60_000 + n * 4_000, 63_900 + n * 4_000, text),
                words=words,
            )
            for n in range(900 + ROUNDS)
        ]
        blocks = []
        for several in (hour[:900], *([one] for one in hour[900:])):
            with self._project._store.step("Hear more", self._project.coder) as tx:
                for segment in several:
                    tx.put(segment)
            blocks.append(self._settle())
        return blocks[1:]

    def _recording(self, document_id: str) -> tuple[str, str]:
        return self._project.document(document_id).submission_id, document_id

    def _steps(self) -> int:
        return self._project.history(1)[0].seq

    def _press(self, key: object, modifier: object) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClick(self._page, key, modifier)

    def _until_painted(self, act: Callable[[], object]) -> float:
        """Milliseconds from the act to the page's picture after it."""
        from PySide6.QtWidgets import QApplication

        began = time.perf_counter()
        act()
        while self._painted.at < began:
            QApplication.processEvents()
        return (self._painted.at - began) * 1_000

    def _settle(self, ms: int = 150) -> float:
        """Lets the window do what is left to do; gives the longest time it did not listen."""
        from PySide6.QtWidgets import QApplication

        longest, until = 0.0, time.perf_counter() + ms / 1_000
        while (began := time.perf_counter()) < until:
            QApplication.processEvents()
            longest = max(longest, time.perf_counter() - began)
        return longest * 1_000

    def _longest_block(self, act: Callable[[], object], done: Any = None) -> float:
        """The longest that a heart beating every 5 ms was late until the work begun was done, or
        until `done` was emitted."""
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        beats = [time.perf_counter()]
        heart = QTimer(self._window)
        heart.setTimerType(Qt.TimerType.PreciseTimer)
        heart.timeout.connect(lambda: beats.append(time.perf_counter()))
        heart.start(BEAT_MS)
        act()
        loop = QEventLoop()
        done = done or self._window.workshop.running[-1].ended
        done.connect(lambda: QTimer.singleShot(300, loop.quit))
        loop.exec()
        heart.stop()
        gaps = (after - before for before, after in pairwise(beats))
        return max(gaps) * 1_000 - BEAT_MS


def _control_shift() -> object:
    from PySide6.QtCore import Qt

    return Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _figures(
    name: str,
    values: list[float],
    limit: float,
    note: str = f"{LENGTH:,} characters, {TAGS:,} tags",
) -> list[Figure]:
    return [
        Figure(f"{name}, p50", statistics.median(values), "ms", None, note),
        Figure(f"{name}, p95", statistics.quantiles(values, n=20)[-1], "ms", limit, note),
    ]


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
