"""Hears a batch of recordings to its end, for whoever waits for it: a command, a script."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from coder.domain.errors import Cancelled
from coder.domain.model import Document, Hearing, Standing
from coder.jobs import Job, Progress
from coder.project.pace import SETTLES
from coder.project.queue import Queue
from coder.project.transcripts import Transcripts
from coder.project.workforce import News, Workforce, sentence

_LOOK = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a recording: its transcript, or why there is none."""

    media_id: str
    transcript: Document | None
    problem: str = ""


def hear_all(
    transcripts: Transcripts,
    line: Queue,
    hearings: Sequence[Hearing],
    job: Job,
    *,
    at_once: int = 0,
    executor: Executor | None = None,
) -> list[Outcome]:
    """Hears these recordings, which are in the queue, and says what became of each, in order. One
    that fails stops no other. `at_once` and `executor` are as for `Workforce`.

    Progress of the whole goes to `job`. Raises Cancelled when that is stopped; what was heard
    stays, and the rest is held back in the queue.
    """
    ours = {one.id for one in hearings}
    news: queue.SimpleQueue[News] = queue.SimpleQueue()
    force = Workforce(
        transcripts,
        line,
        at_once=at_once,
        executor=executor,
        tell=news.put,
        only=ours,
    )
    broken: dict[str, str] = {}

    def report() -> None:
        for told in _all_in(news):
            if told.problem:
                broken[told.hearing_id] = sentence(told.problem)
            job.listener(pace.take(told))

    pace = Pace({one.id: transcripts.length_ms(one.media_id) for one in hearings})
    try:
        force.start()
        while not force.wait(_LOOK):
            report()
            job.check()
    except (Cancelled, KeyboardInterrupt):
        force.close()
        waiting = [one for one in line.all() if one.standing is Standing.WAITING]
        line.hold(one.id for one in waiting if one.id in ours)
        raise
    report()
    return [
        Outcome(one.media_id, None, broken[one.id])
        if one.id in broken
        else Outcome(one.media_id, transcripts.of(one.media_id))
        for one in hearings
    ]


class Pace:
    """How far a whole batch is, from the news of a workforce: milliseconds of sound heard and to
    be heard, with the time left at the pace so far."""

    def __init__(
        self, lengths_ms: dict[str, int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._lengths = dict(lengths_ms)
        self._heard: dict[str, float] = dict.fromkeys(lengths_ms, 0.0)
        self._label = "Transcribing"
        self._began = clock()

    def take(self, news: News) -> Progress:
        """Takes the news in, and gives how far all is by then."""
        if news.progress:
            self._label = news.progress.label
        if news.progress and news.progress.total:
            self._lengths[news.hearing_id] = int(news.progress.total)
            self._heard[news.hearing_id] = news.progress.done
        elif news.ended:
            self._heard[news.hearing_id] = self._lengths.get(news.hearing_id, 0)
        done, total = sum(self._heard.values()), sum(self._lengths.values())
        left = None
        passed = self._clock() - self._began
        if done and passed >= SETTLES:
            left = passed * max(0.0, total - done) / done
        return Progress(done, total, self._label, left)


def _all_in(news: queue.SimpleQueue[News]) -> Iterable[News]:
    while not news.empty():
        yield news.get()
