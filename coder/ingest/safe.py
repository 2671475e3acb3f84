"""Reads many files in processes of their own, so that a hostile one can only end its own reader."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from pathlib import Path

from coder.domain.draft import Draft, Opened, Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.ingest.pages.ocr import allow
from coder.jobs import Job

Outcome = Draft | Opened | EvidenceError
_PATIENCE = 0.2
_AT_ONCE = 4
_AHEAD = 256
_LARGE = 4 * 1024**2
_MOST_READ = 2_000
_SLOWEST = 20 * 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds (and one more for each 20 MB of it) and bytes of
    memory (of address space, and only where the system has such limits), and how many files are
    read at a time."""

    seconds: float = 60.0
    memory: int = 4 * 1024**3
    workers: int = max(1, min(4, os.cpu_count() or 1))

    def seconds_for(self, source: Source) -> float:
        """How long reading this file may take."""
        return self.seconds + _bytes(source) / _SLOWEST


def read_many(
    sources: Sequence[Source],
    job: Job,
    executor: Executor | None = None,
    limits: Limits | None = None,
    into: Path | None = None,
) -> Iterator[tuple[Source, Outcome]]:
    """Each file with the draft it makes, what it holds or the error it gives, in the order given.

    Containers are unpacked below the folder `into`, or into memory. Files are read in local
    processes, or by `executor` where one is handed in (which then has to see to limits itself).
    Raises Cancelled at the next file once the job is told to stop.
    """
    limits = limits or Limits()
    outcomes = (
        _Pool(sources, limits, into).outcomes(job) if executor is None
        else _by_executor(sources, job, executor, into)
    )  # fmt: skip
    for done, (source, outcome) in enumerate(zip(sources, outcomes, strict=True), start=1):
        job.report(done, len(sources), source.name)
        yield source, outcome


def attempt(source: Source, into: Path | None = None) -> Outcome:
    """What reading gives, or the error, as a value: what a worker sends back."""
    from coder.ingest.registry import read

    try:
        return read(source, into)
    except EvidenceError as error:
        return error


def _by_executor(
    sources: Sequence[Source], job: Job, executor: Executor, into: Path | None
) -> Iterator[Outcome]:
    """Keeps only a few files under way, so that results do not pile up unread."""
    waiting = deque(sources)
    running: deque[tuple[Source, Future[Outcome]]] = deque()
    try:
        while waiting or running:
            while waiting and len(running) < 16:
                source = waiting.popleft()
                running.append((source, executor.submit(attempt, source, into)))
            source, future = running.popleft()
            yield _result(source, future, job)
    finally:
        for _, future in running:
            future.cancel()


def _result(source: Source, future: Future[Outcome], job: Job) -> Outcome:
    while True:
        job.check()
        try:
            return future.result(timeout=_PATIENCE)
        except FutureTimeoutError:
            continue
        except BrokenExecutor:
            return _crashed(source)


class _Worker:
    """A process that reads one file after another, and the files handed to it, by their indexes:
    the first is being read and the others wait, so that it need not wait for us."""

    def __init__(self, limits: Limits, into: Path | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.handed: deque[int] = deque()
        self.answered = 0
        self.until = 0.0
        self._limits = limits
        arguments = (theirs, limits, into)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def takes(self, source: Source) -> bool:
        """Whether it may be given this file now. What is not on disk goes to an idle one only:
        two ends that both write more than a pipe holds would wait for each other without end."""
        if self.answered + len(self.handed) >= _MOST_READ:
            return False
        return not self.handed or (source.path is not None and len(self.handed) < _AT_ONCE)

    def hand(self, index: int, source: Source) -> None:
        """Hands over a file; a worker that is gone is noticed when its answer is fetched."""
        self.handed.append(index)
        with contextlib.suppress(OSError):
            self.connection.send(source)

    def begin(self, sources: Sequence[Source]) -> None:
        """The first file that was handed over is now being read: its time begins."""
        if self.handed:
            self.until = time.monotonic() + self._limits.seconds_for(sources[self.handed[0]])

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


class _Pool:
    """The workers, what waits for them, and what they have answered before its turn."""

    def __init__(self, sources: Sequence[Source], limits: Limits, into: Path | None) -> None:
        self._sources = sources
        self._limits = limits
        self._into = into
        self._waiting = deque(range(len(sources)))
        self._workers: list[_Worker] = []
        self._ready: dict[int, Outcome] = {}

    def outcomes(self, job: Job) -> Iterator[Outcome]:
        """What each file gives, in order. Raises Cancelled."""
        try:
            for index in range(len(self._sources)):
                job.check()
                while index not in self._ready:
                    job.check()
                    self._hand_out(index)
                    self._collect()
                yield self._ready.pop(index)
        finally:
            for worker in self._workers:
                worker.end()

    def _hand_out(self, turn: int) -> None:
        """Gives files to the workers that take them, and starts new ones while there is work; but
        nothing far ahead of the file whose turn it is, since answers wait in memory."""
        while self._waiting and self._waiting[0] < turn + _AHEAD:
            index = self._waiting[0]
            source = self._sources[index]
            if index > turn and _bytes(source) > _LARGE and self._under_way():
                return
            worker = min(self._workers, key=lambda one: len(one.handed), default=None)
            if (worker is None or worker.handed) and len(self._workers) < self._limits.workers:
                worker = _Worker(self._limits, self._into)
                self._workers.append(worker)
            if worker is None or not worker.takes(source):
                return
            self._waiting.popleft()
            worker.hand(index, source)
            if len(worker.handed) == 1:
                worker.begin(self._sources)

    def _under_way(self) -> bool:
        return len(self._ready) + sum(len(one.handed) for one in self._workers) >= _AT_ONCE

    def _collect(self) -> None:
        """Takes what has been answered. A worker that died or ran out of time is replaced, at the
        cost of the file that it was reading; so is one that has read many."""
        busy = [worker for worker in self._workers if worker.handed]
        answered = wait([worker.connection for worker in busy], timeout=_PATIENCE)
        for worker in busy:
            if worker.connection in answered:
                self._take(worker)
            elif time.monotonic() > worker.until:
                self._give_up(worker, _too_slow)
        for worker in [one for one in self._workers if one.answered >= _MOST_READ]:
            self._dismiss(worker)

    def _take(self, worker: _Worker) -> None:
        while worker.handed and worker.connection.poll():
            outcome = _answer(worker.connection)
            if outcome is None:
                self._give_up(worker, _crashed)
                return
            self._ready[worker.handed.popleft()] = outcome
            worker.answered += 1
            worker.begin(self._sources)

    def _give_up(self, worker: _Worker, told: Callable[[Source], Unreadable]) -> None:
        index = worker.handed.popleft()
        self._ready[index] = told(self._sources[index])
        self._waiting.extendleft(reversed(worker.handed))
        self._dismiss(worker)

    def _dismiss(self, worker: _Worker) -> None:
        worker.end()
        self._workers.remove(worker)


def _bytes(source: Source) -> int:
    """How large a file on disk is; 0 for what is in memory already."""
    try:
        return source.size() if source.path else 0
    except OSError:
        return 0


def _answer(connection: Connection) -> Outcome | None:
    try:
        outcome: Outcome | None = connection.recv()
    except (EOFError, OSError):
        return None
    return outcome


def _serve(connection: Connection, limits: Limits, into: Path | None) -> None:
    """The worker's life: take a file, read it, answer; until the other end is closed.

    An interrupt from the keyboard reaches every process of a terminal; who began this one decides
    what becomes of it, and the file at hand is not to blame.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(limits.memory)
    allow(limits.seconds)
    import_module("coder.ingest.mail.eml")
    while True:
        try:
            connection.send(attempt(connection.recv(), into))
        except (EOFError, OSError):
            return


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _crashed(source: Source) -> Unreadable:
    return Unreadable(
        f"“{source.name}” could not be read: it made the reader crash or ask for too much memory.",
        "It is damaged or hostile: ask for it to be sent again in another format.",
    )


def _too_slow(source: Source) -> Unreadable:
    return Unreadable(
        f"“{source.name}” took too long to read.",
        "Open it in the program that made it and save a fresh copy.",
    )
