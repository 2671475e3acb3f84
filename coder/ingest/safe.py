"""Reads many files in processes of their own, so that a hostile one can only end its own reader."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from coder.domain.draft import Draft, Opened, Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.jobs import Job

Outcome = Draft | Opened | EvidenceError
_PATIENCE = 0.2


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds and bytes of memory (of address space, and only
    where the system has such limits), and how many files are read at a time."""

    seconds: float = 60.0
    memory: int = 4 * 1024**3
    workers: int = max(1, min(4, os.cpu_count() or 1))


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
        _by_own_workers(sources, job, limits, into) if executor is None
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
    """A process that reads one file after another, and the file it is at."""

    def __init__(self, memory: int, into: Path | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.index: int | None = None
        self.until = 0.0
        self._process = context.Process(target=_serve, args=(theirs, memory, into), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, index: int, source: Source, seconds: float) -> None:
        """Hands over a file; a worker that is gone is noticed when its answer is fetched."""
        self.index = index
        self.until = time.monotonic() + seconds
        try:
            self.connection.send(source)
        except OSError:
            self.until = 0.0

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


def _by_own_workers(
    sources: Sequence[Source], job: Job, limits: Limits, into: Path | None
) -> Iterator[Outcome]:
    waiting = deque(enumerate(sources))
    ready: dict[int, Outcome] = {}
    workers: list[_Worker] = []
    try:
        for index in range(len(sources)):
            job.check()
            while index not in ready:
                job.check()
                _keep_busy(workers, waiting, limits, into)
                _collect(workers, sources, ready)
            yield ready.pop(index)
    finally:
        for worker in workers:
            worker.end()


def _keep_busy(
    workers: list[_Worker],
    waiting: deque[tuple[int, Source]],
    limits: Limits,
    into: Path | None,
) -> None:
    """Gives every idle worker a file, and starts new ones while there is work for them."""
    idle = [worker for worker in workers if worker.index is None]
    while waiting and (idle or len(workers) < limits.workers):
        if not idle:
            workers.append(_Worker(limits.memory, into))
            idle.append(workers[-1])
        index, source = waiting.popleft()
        idle.pop().begin(index, source, limits.seconds)


def _collect(workers: list[_Worker], sources: Sequence[Source], ready: dict[int, Outcome]) -> None:
    """Takes what has been answered; a worker that died or ran out of time is replaced."""
    busy = [worker for worker in workers if worker.index is not None]
    answered = wait([worker.connection for worker in busy], timeout=_PATIENCE)
    for worker in busy:
        index = worker.index
        if index is None:
            continue
        if worker.connection in answered:
            outcome = _answer(worker.connection)
            ready[index] = outcome or _crashed(sources[index])
            worker.index = None
        elif time.monotonic() > worker.until:
            outcome = None
            ready[index] = _too_slow(sources[index])
        else:
            continue
        if outcome is None:
            worker.end()
            workers.remove(worker)


def _answer(connection: Connection) -> Outcome | None:
    try:
        outcome: Outcome | None = connection.recv()
    except (EOFError, OSError):
        return None
    return outcome


def _serve(connection: Connection, memory: int, into: Path | None) -> None:
    """The worker's life: take a file, read it, answer; until the other end is closed.

    An interrupt from the keyboard reaches every process of a terminal; who began this one decides
    what becomes of it, and the file at hand is not to blame.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
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
