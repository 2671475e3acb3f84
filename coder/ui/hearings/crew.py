"""The workforce of the open inquiry as the window knows it: news comes into the window's thread,
and what it is told to do never makes the window wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from coder.domain.errors import EvidenceError
from coder.domain.model import Standing
from coder.jobs import Progress
from coder.project import StepDone
from coder.project.manner import Manner
from coder.project.recordings import Listed
from coder.project.workforce import News, Workforce
from coder.ui.background import QUEUE, Work, Workshop
from coder.ui.session import Session
from coder.ui.window_state import state_file

EVERY = 0.2
"""Progress of a recording is told every so many seconds: more often nobody can see it."""

SOON_MS = 60
HELPLESS = "Something went wrong in the program itself; what was heard stays. Try again."


class Crew(QObject):
    """Hears what waits in the queue of one project at a time.

    `changed` says that the list, or what becomes of something in it, is another than before;
    `progressed` names a hearing that came further, `failed` one that was given up and why, and
    `finished` what is listed of one whose transcript reaches the end. `refused` gives what could
    not be done. What has just ended is `settling` until the list tells what became of it.
    """

    changed = Signal()
    progressed = Signal(str)
    failed = Signal(str, object)
    finished = Signal(object)
    refused = Signal(object)
    _news = Signal(object)

    def __init__(self, workshop: Workshop, parent: QObject) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._session: Session | None = None
        self._force: Workforce | None = None
        self._told: dict[str, float] = {}
        self._telling = threading.Lock()
        self._then: Callable[[], object] | None = None
        self._removed: set[str] = set()
        self._at_once = 0
        self.rows: list[Listed] = []
        self.running: dict[str, Progress | None] = {}
        self.settling: dict[str, Progress | None] = {}
        self.problems: dict[str, str] = {}
        self.done: dict[str, None] = {}
        self.paused = False
        self.known = False
        self._news.connect(self._take)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.refresh)

    # Projects

    def open(self, session: Session, at_once: int) -> None:
        """Takes on the queue of a project. Nothing is begun before `start`, and never where it is
        open for reading only."""
        self._session = session
        self._at_once = at_once
        self.rows, self.running, self.problems, self.done = [], {}, {}, {}
        self.settling = {}
        self.known = False
        self.paused = state_file().value(self._kept_as(session)) == "true"
        self._force = self._made(session)
        session.changed.connect(self._changed)
        self.refresh()

    def close(self) -> None:
        """Stops everything and waits until no process is left, which can take some seconds: for
        what must not go on. Where a person waits, `leave` comes first."""
        force, self._force = self._force, None
        if force is not None:
            force.close()
        if self._session is not None:
            self._session.changed.disconnect(self._changed)
        self._session = None
        self._soon.stop()
        self.rows, self.running, self.settling = [], {}, {}
        self.changed.emit()

    def leave(self, act: Callable[[], object]) -> None:
        """Stops everything beside the window, and does the act when no process is left: at once
        where nothing is going on. Of several acts the last is done."""
        waits = self._then is not None
        if not waits and self.at_rest:
            act()
            return
        self._then = act
        if not waits and self._force is not None:
            force = self._force
            work = self._workshop.start(
                "Stopping the transcription", lambda _: force.close(), QUEUE
            )
            work.matters = False
            work.ended.connect(self._left)

    @property
    def leaving(self) -> bool:
        """Whether it is being stopped for good."""
        return self._then is not None

    @property
    def at_rest(self) -> bool:
        """Whether no thread and no process of it is left."""
        return self._force is None or self._force.wait(0)

    # What it is told

    def start(self) -> None:
        """Hears what waits, unless a person paused it."""
        if not self.paused:
            self._tell(lambda force: force.start())

    def go_on(self) -> None:
        """Hears what waits, from now on also when the project is opened again."""
        self._keep_paused(paused=False)
        self.start()

    def pause(self) -> None:
        """Stops what is being heard until a person lets it go on, also after a restart."""
        self._keep_paused(paused=True)
        self._tell(lambda force: force.pause())

    def allow(self, at_once: int) -> None:
        """Hears so many recordings at the same time from now on, 0 for as many as the machine can
        bear."""
        self._at_once = at_once
        self._tell(lambda force: force.allow(at_once))

    def add(self, wanted: Sequence[tuple[str, Manner]], *, again: bool = False) -> None:
        """Puts recordings into the queue, each in its manner, and hears them."""
        self._keep_paused(paused=False)
        self._with_queue(lambda queue: queue.add_each(wanted, again=again), self.start)

    def change(self, hearing_id: str, manner: Manner) -> None:
        """Gives a recording that waits another manner; one that was given up is tried in it."""
        self.problems.pop(hearing_id, None)
        self._with_queue(lambda queue: queue.change(hearing_id, manner), self.start)

    def move(self, hearing_ids: Sequence[str], before: str = "") -> None:
        """Puts recordings before another one, or at the end."""
        self._with_queue(lambda queue: queue.move(hearing_ids, before))

    def hold(self, hearing_ids: Sequence[str]) -> None:
        """Holds recordings back; what is heard of them by now stays."""
        self._with_queue(lambda queue: queue.hold(hearing_ids), lambda: self._stop(hearing_ids))

    def release(self, hearing_ids: Sequence[str]) -> None:
        """Lets recordings wait for their turn again, those that were given up too."""
        for one in hearing_ids:
            self.problems.pop(one, None)
        self._with_queue(lambda queue: queue.release(hearing_ids), self.start)

    def remove(self, hearing_ids: Sequence[str]) -> None:
        """Stops recordings and takes them out of the queue; what is heard of them stays."""
        self._removed.update(hearing_ids)
        for one in hearing_ids:
            self.done.pop(one, None)
        self._with_queue(lambda queue: queue.remove(hearing_ids), lambda: self._stop(hearing_ids))

    def clear_done(self) -> None:
        """Lists what is done by now no more."""
        self.done.clear()
        self.refresh()

    # What is known of it

    def row(self, hearing_id: str) -> Listed | None:
        """What is listed of a hearing, or None."""
        return next((one for one in self.rows if one.hearing.id == hearing_id), None)

    def waiting(self) -> int:
        """How many recordings wait for their turn."""
        return sum(
            one.hearing.standing is Standing.WAITING
            and one.hearing.id not in self.running
            and one.hearing.id not in self.settling
            for one in self.rows
        )

    def given_up(self) -> int:
        """How many recordings could not be transcribed, and wait for a person."""
        return sum(one.hearing.standing is Standing.FAILED for one in self.rows)

    def queued(self) -> set[str]:
        """The recordings that are in the queue, but for those that were given up."""
        over = (Standing.FAILED, Standing.DONE)
        return {one.hearing.media_id for one in self.rows if one.hearing.standing not in over}

    def refresh(self) -> None:
        """Reads the list again, beside the window."""
        self._read()

    def _read(self, then: Callable[[], object] | None = None) -> None:
        if self._session is None:
            return
        session, also, settling = self._session, tuple(self.done), tuple(self.settling)
        work = self._workshop.quietly(
            "Reading the queue", lambda _: session.project.recordings.listed(also)
        )
        work.finished.connect(lambda rows: self._show(session, rows, settling))
        if then is not None:
            work.finished.connect(lambda _: then())
        work.failed.connect(self.refused)

    # Below: news, from the threads of the workforce into the window's

    def _hear_of(self, news: News) -> None:
        """In a thread of the workforce: passes on what a person can see."""
        with self._telling:
            now = time.monotonic()
            if news.progress and now - self._told.get(news.hearing_id, 0.0) < EVERY:
                return
            self._told[news.hearing_id] = now
        self._news.emit(news)

    def _take(self, news: News) -> None:
        if self._session is None:
            return
        if news.progress and news.hearing_id in self.running:
            self.running[news.hearing_id] = news.progress
            self.progressed.emit(news.hearing_id)
            return
        if news.began:
            self.running[news.hearing_id] = None
            self._removed.discard(news.hearing_id)
            self.problems.pop(news.hearing_id, None)
        elif news.ended:
            self.settling[news.hearing_id] = self.running.pop(news.hearing_id, None)
            self._end(news)
        self.changed.emit()
        self._soon.start()

    def _end(self, news: News) -> None:
        if news.problem is not None:
            known = isinstance(news.problem, EvidenceError)
            self.problems[news.hearing_id] = str(news.problem) if known else HELPLESS
            self._read(lambda: self.failed.emit(news.hearing_id, news.problem))
        elif news.hearing_id not in self._removed:
            self.done[news.hearing_id] = None

    def _changed(self, step: StepDone) -> None:
        if step.touches("hearings", "submissions", "documents"):
            self._soon.start()

    def _show(self, session: Session, rows: list[Listed], settled: Sequence[str]) -> None:
        if session is not self._session:
            return
        for one in settled:
            self.settling.pop(one, None)
        over = {one.hearing.id for one in self.rows if one.hearing.standing is Standing.DONE}
        self.rows, self.known = rows, True
        there = {one.hearing.id for one in rows}
        self.problems = {one: told for one, told in self.problems.items() if one in there}
        self.changed.emit()
        for row in rows:
            if row.hearing.standing is Standing.DONE and row.hearing.id not in over:
                self.finished.emit(row)

    def _left(self) -> None:
        """Does what waited for this. Where the project stays open after all, it goes on."""
        act, self._then = self._then, None
        session = self._session
        self._force = self._made(session) if session else None
        if act is not None:
            act()
        if session is not None and session is self._session:
            self.start()

    def _made(self, session: Session) -> Workforce | None:
        project = session.project
        if project.read_only:
            return None
        force = Workforce(
            project.transcripts, project.queue, at_once=self._at_once, tell=self._hear_of
        )
        if self.paused:
            force.pause()
        return force

    # Below: how it is told

    def _stop(self, hearing_ids: Sequence[str]) -> None:
        def stop(force: Workforce) -> None:
            for one in hearing_ids:
                force.stop(one)

        self._tell(stop)

    def _tell(self, act: Callable[[Workforce], object]) -> None:
        """Tells the workforce something in another thread: it looks at the queue, at models and at
        the memory, which must not hold the window up."""
        force = self._force
        if force is not None:
            self._beside(lambda: act(force))

    def _with_queue(
        self, act: Callable[[Any], object], then: Callable[[], object] | None = None
    ) -> None:
        if self._session is None:
            return
        queue = self._session.project.queue
        work = self._beside(lambda: act(queue))
        if then is not None:
            work.finished.connect(lambda _: then())

    def _beside(self, act: Callable[[], object]) -> Work:
        work = self._workshop.quietly("Transcription", lambda _: act(), QUEUE)
        work.failed.connect(self.refused)
        return work

    def _keep_paused(self, *, paused: bool) -> None:
        if self._session is None:
            return
        self.paused = paused
        state_file().setValue(self._kept_as(self._session), str(paused).lower())
        self.changed.emit()

    def _kept_as(self, session: Session) -> str:
        return f"hearing-paused/{session.project.inquiry.id}"
