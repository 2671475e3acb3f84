"""Works through the queue of a project: several recordings at once, each of which may be stopped
and gone on with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace

from coder.domain.errors import Cancelled, EvidenceError, Refused
from coder.domain.model import Hearing, Standing
from coder.jobs import Job, Progress
from coder.project.manner import manner_of, model_for
from coder.project.pace import TimeLeft
from coder.project.queue import Queue
from coder.project.transcripts import Transcripts
from coder.transcribe import machine
from coder.transcribe.models import Model

_BASE = 600_000_000
"""Bytes that a worker takes beside its model: libraries, sound, features."""

_SPREAD = 4
"""So many recordings at once are decoded here for the workers of an executor: each takes 0.2 GB,
since blocks of it wait there (`spread.AHEAD`)."""

_CORES = 2
"""How many cores make one more worker worth its memory."""


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a recording: it `began`, came to another `progress`, or ended, with the
    `problem` where there was one. Where it was stopped there is none, and it waits on."""

    hearing_id: str
    began: bool = False
    progress: Progress | None = None
    ended: bool = False
    problem: Exception | None = None


def _nobody(news: News) -> None:
    del news


class Workforce:
    """Hears what waits in a queue, in its order, in threads of its own.

    `at_once` is how many recordings are heard at the same time, 0 for as many as processor and
    memory allow. With an `executor`, its workers do the hearing, each with as many threads as its
    own machine can bear. `tell` is called from those threads. `only` limits it to some hearings.
    """

    def __init__(
        self,
        transcripts: Transcripts,
        queue: Queue,
        *,
        at_once: int = 0,
        executor: Executor | None = None,
        tell: Callable[[News], None] = _nobody,
        only: Collection[str] | None = None,
    ) -> None:
        self._transcripts = transcripts
        self._queue = queue
        self._at_once = at_once
        self._executor = executor
        self._tell = tell
        self._only = only
        self._turn = threading.Condition()
        self._running: dict[str, Job] = {}
        self._media: set[str] = set()
        self._progress: dict[str, Progress] = {}
        self._threads: set[threading.Thread] = set()
        self._given_up: set[str] = set()
        self._paused = False
        self._closed = False

    @property
    def paused(self) -> bool:
        """Whether nothing is begun until `start` is called."""
        return self._paused

    @property
    def running(self) -> dict[str, Progress | None]:
        """What is being heard now, by the hearing's id, and how far it is."""
        with self._turn:
            return {one: self._progress.get(one) for one in self._running}

    def start(self) -> None:
        """Hears what waits, now or as soon as a worker is free. Call it whenever something was put
        into the queue. What was given up is tried once more where it waits. After `close` it does
        nothing."""
        with self._turn:
            if self._closed:
                return
            self._paused = False
            self._given_up.clear()
            for _ in range(self._room() - len(self._threads)):
                thread = threading.Thread(target=self._work, name="evidence-hearing", daemon=True)
                self._threads.add(thread)
                thread.start()

    def allow(self, at_once: int) -> None:
        """Hears so many recordings at the same time from now on, 0 for as many as the machine can
        bear. What is being heard beyond that is heard to its end."""
        with self._turn:
            self._at_once = at_once
            if not self._paused:
                self.start()

    def pause(self) -> None:
        """Stops what is being heard and begins nothing; what was heard stays, and `start` goes on
        behind it."""
        with self._turn:
            self._paused = True
            for job in self._running.values():
                job.cancel()

    def stop(self, hearing_id: str) -> None:
        """Stops one recording. Hold it back or remove it from the queue first, or it is begun
        again."""
        with self._turn:
            if hearing_id in self._running:
                self._running[hearing_id].cancel()

    def wait(self, seconds: float | None = None) -> bool:
        """Waits until nothing is heard and nothing waits, at most so long; gives whether that is
        so."""
        with self._turn:
            return self._turn.wait_for(lambda: not self._threads, seconds)

    def close(self) -> None:
        """Stops everything for good and waits until no process and no thread is left."""
        with self._turn:
            self._closed = True
        self.pause()
        self.wait()

    def _room(self) -> int:
        """How many recordings may be heard at the same time."""
        waiting = [one for one in self._queue.all() if self._may_begin(one)]
        wanted = len(waiting) + len(self._running)
        if self._executor:
            return min(wanted, self._at_once or _SPREAD)
        if self._at_once or wanted < 2 or not waiting:
            return min(wanted, self._at_once or wanted)
        with suppress(EvidenceError):
            return min(wanted, room_for(model_for(manner_of(waiting[0]))))
        return min(wanted, 1)

    def _may_begin(self, hearing: Hearing) -> bool:
        return (
            hearing.standing is Standing.WAITING
            and hearing.id not in self._running
            and hearing.id not in self._given_up
            and hearing.media_id not in self._media
            and (self._only is None or hearing.id in self._only)
        )

    def _work(self) -> None:
        try:
            while (taken := self._next()) is not None:
                self._hear(*taken)
        finally:
            self._leave()

    def _leave(self) -> None:
        with self._turn:
            self._threads.discard(threading.current_thread())
            self._turn.notify_all()

    def _next(self) -> tuple[Hearing, Job] | None:
        with self._turn:
            surplus = 0 < self._at_once < len(self._threads)
            waiting = [] if self._paused or surplus else self._queue.all()
            hearing = next((one for one in waiting if self._may_begin(one)), None)
            if hearing is None:
                self._leave()
                return None
            left = TimeLeft()
            job = Job(lambda progress: self._heard_of(hearing.id, progress, left))
            self._running[hearing.id] = job
            self._media.add(hearing.media_id)
            return hearing, job

    def _hear(self, hearing: Hearing, job: Job) -> None:
        self._tell(News(hearing.id, began=True))
        problem: Exception | None = None
        try:
            threads = 0 if self._executor else machine.threads(max(1, len(self._threads)))
            self._transcripts.hear(hearing, job, threads=threads, executor=self._executor)
        except Exception as caught:  # noqa: BLE001  it is told, and noted beside the recording
            if not isinstance(caught, Cancelled):
                problem = caught
                self._give_up(hearing, caught)
        finally:
            with self._turn:
                self._running.pop(hearing.id, None)
                self._media.discard(hearing.media_id)
                self._progress.pop(hearing.id, None)
        self._tell(News(hearing.id, ended=True, problem=problem))

    def _give_up(self, hearing: Hearing, problem: Exception) -> None:
        """Notes the problem in the project; where even that cannot be written it is only told. One
        that was refused before it began, since there is a transcript that may not go, leaves the
        queue: nothing that can be done there would help."""
        with self._turn:
            self._given_up.add(hearing.id)
        with suppress(EvidenceError):
            if isinstance(problem, Refused) and self._is_needless(hearing.id):
                self._queue.remove([hearing.id])
            else:
                self._queue.give_up(hearing.id, sentence(problem))

    def _is_needless(self, hearing_id: str) -> bool:
        hearing = self._queue.one(hearing_id)
        return not hearing.transcript_id and self._transcripts.finished(hearing.media_id)

    def _heard_of(self, hearing_id: str, progress: Progress, left: TimeLeft) -> None:
        progress = replace(progress, seconds_left=left.after(progress))
        with self._turn:
            self._progress[hearing_id] = progress
        self._tell(News(hearing_id, progress=progress))


def sentence(problem: Exception) -> str:
    """A problem as it is told beside a recording; what nobody foresaw by what it is."""
    return str(problem) if isinstance(problem, EvidenceError) else repr(problem)


def room_for(model: Model) -> int:
    """How many recordings this machine can hear with a model at the same time: a worker for every
    two cores, one core being left to the person, as far as the free memory goes; at least 1."""
    by_cores = (machine.cores() - 1) // _CORES
    by_memory = machine.free_memory() // (2 * model.bytes + _BASE)
    return max(1, min(by_cores, by_memory))
