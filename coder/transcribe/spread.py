"""Has recordings heard by any `concurrent.futures` executor: processes on this machine, or a
cluster of many.

The recording is decoded here, by its own clock, and each block of it goes to a worker as sound; so
workers need the model, but none of the evidence as files. What comes back is what one process gives
for the same recording.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from coder import places
from coder.domain.errors import EvidenceError, NotFound
from coder.jobs import Job
from coder.transcribe import devices, models
from coder.transcribe.audio import Block, open_sound
from coder.transcribe.engine import Engine, Piece
from coder.transcribe.models import Model
from coder.transcribe.pieces import heard_in, ms
from coder.transcribe.run import Way

AHEAD = 4
"""How many blocks of a recording wait at the workers at once: 38 MB of sound each."""

_LOOK = 0.2
_one_at_a_time = threading.Lock()


def transcribe(
    executor: Executor,
    path: Path,
    way: Way,
    *,
    job: Job,
    from_ms: int = 0,
    tell: Callable[[str], None] | None = None,
    name: str = "",
) -> Generator[Piece]:
    """The pieces of a recording in the order of time, heard block by block by the executor's
    workers. What is asked and given is as for `coder.transcribe.run.transcribe`."""
    name = name or path.name
    way.refuse(places.user_data(), job)
    label = f"Transcribing “{name}”"
    waiting: deque[Future[list[Piece]]] = deque()
    with open_sound(path, way.track, name, apart=way.apart) as sound:
        blocks = (block for block in sound.blocks() if ms(block.end) > from_ms)
        try:
            while True:
                while len(waiting) < AHEAD and (block := next(blocks, None)):
                    with _told(name):
                        waiting.append(executor.submit(hear_block, block, way))
                if not waiting:
                    break
                for piece in _awaited(waiting[0], name, job):
                    if piece.end_ms > from_ms:
                        yield piece
                        done = piece.end_ms - from_ms
                        job.report(done, max(done, sound.duration_ms - from_ms), label)
                waiting.popleft()
        finally:
            for future in waiting:
                future.cancel()
        for problem in sound.problems:
            if tell:
                tell(problem)


def hear_block(block: Block, way: Way) -> list[Piece]:
    """What is said in a block of sound. Runs at a worker, which keeps the model it used last.
    Raises EvidenceError where the model is not there, or another one."""
    with _one_at_a_time:
        engine = loaded(way.engine, _here(way.model), way.threads)
        return [
            heard_in(engine, block, turn, way.options) for turn in engine.plan(block, way.options)
        ]


@lru_cache(maxsize=1)
def loaded(name: str, model: Path, threads: int) -> Engine:
    """The engine of that name with the model, which a worker keeps until another is wanted."""
    return devices.load(name, model, threads=threads)


def _here(model: Model) -> Path:
    """Where the model lies on this machine: at the same place, or installed under its name. Raises
    EvidenceError where it is not there, or another one."""
    home = places.user_data()
    found = model
    if not model.path.exists():
        try:
            found = models.find(model.id, home, model.engine)
        except NotFound as problem:
            raise EvidenceError(
                f"The model “{model.id}” is not on a worker.", "Install it on every machine."
            ) from problem
    known = models.remembered(home)
    for name, expected in model.checksums.items():
        file = found.folder / name
        if not file.is_file() or known.of(file) != expected:
            raise EvidenceError(
                f"The model “{model.id}” on a worker is not the one on this machine.",
                "Install the same model on every machine.",
            )
    known.save()
    return found.path


def _awaited(future: Future[list[Piece]], name: str, job: Job) -> list[Piece]:
    """What a worker gives, with an eye on the person. Raises Cancelled, EvidenceError."""
    while not wait([future], _LOOK).done:
        job.check()
    with _told(name):
        return future.result()


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turns whatever a worker or an executor fails with into an EvidenceError."""
    try:
        yield
    except EvidenceError:
        raise
    except (CancelledError, Exception) as problem:
        raise EvidenceError(
            f"The transcription of “{name}” broke off: a worker failed"
            f" ({str(problem) or type(problem).__name__}).",
            "What was finished stays. See to the workers, and transcribe it again.",
        ) from problem
