"""Transcribes a recording in a process of its own, which may be stopped or crash without harm."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import IO, Any, Self

from coder import places
from coder.domain.errors import Cancelled, EvidenceError, Unreadable
from coder.jobs import Job
from coder.transcribe import models
from coder.transcribe.engine import OUT_OF_MEMORY, Heard, Options
from coder.transcribe.models import Model
from coder.transcribe.paths import python_path

GRACE = 5.0
"""Seconds that a process is given to stop by itself."""

_WORKER = "coder.transcribe.worker"
_PACKAGES = {"faster-whisper": "faster-whisper", "whisper": "openai-whisper"}


def available_engines() -> tuple[str, ...]:
    """The engines that are installed, the default first."""
    return tuple(engine for engine in _PACKAGES if _installed(engine))


def transcribe(
    path: Path,
    model: Model,
    *,
    job: Job,
    engine: str = "faster-whisper",
    language: str = "en",
    hotwords: str = "",
    track: int = 0,
    resume_from_ms: int = 0,
    home: Path | None = None,
    tell: Callable[[str], None] | None = None,
    name: str = "",
) -> Iterator[Heard]:
    """What is said in the recording, as it is heard, in the order of time.

    Progress goes to `job` in milliseconds of sound; cancelling it ends the process. `tell` is given
    a sentence for each thing that a person must know about the recording (damage). With
    `resume_from_ms`, the end of the last segment kept, only the rest is done. `home` is the user's
    own folder, where it is remembered that the model was found sound. `name` is what messages call
    the recording, in place of the file's own name.

    Raises Unreadable for a recording without sound or one that cannot be decoded, EvidenceError
    for a damaged model, an engine that is not there or a process that broke down, and Cancelled.
    What was given before that is good.
    """
    refuse_engine(engine)
    refuse_mismatch(engine, model, language)
    job.report(0, 0, "Checking the model")
    models.check(model, home or places.user_data(), job)
    name = name or path.name
    request = {
        "path": str(path),
        "name": name,
        "track": track,
        "engine": engine,
        "model": str(model.path),
        "options": asdict(Options.wanted_by(model.decoding, language, hotwords)),
        "from_ms": resume_from_ms,
    }
    broken = EvidenceError(
        f"The transcription of “{name}” broke off",
        "What was finished stays. Try again, or choose a smaller model.",
    )
    with _Child(broken) as child:
        child.ask(request)
        for message in child.answers(job):
            event = message.pop("event")
            if event == "segment":
                yield Heard.from_json(message)
            elif event == "progress":
                done, total = (message[key] - resume_from_ms for key in ("done_ms", "total_ms"))
                job.report(max(0, done), max(0, total), f"Transcribing “{name}”")
            elif event == "note" and tell:
                tell(message["what"])


def try_out(model: Model, name: str, job: Job) -> None:
    """Loads a model once in a process of its own, where an installed engine reads it. `name` is
    what messages call it. Raises EvidenceError where it cannot be loaded, Cancelled."""
    engine = next(engine for engine, form in models.FORMATS.items() if form == model.format)
    if not _installed(engine):
        return
    job.report(1, 1, f"Trying the model “{model.id}”")
    broken = EvidenceError(
        f"The model “{name}” could not be loaded", "Get it again, or choose a smaller one."
    )
    with _Child(broken) as child:
        child.ask({"engine": engine, "model": str(model.path), "name": name})
        for _ in child.answers(job):
            pass


def converse(
    module: str, request: dict[str, Any], broken: EvidenceError, job: Job, grace: float = GRACE
) -> Generator[dict[str, Any], None, None]:
    """The answers to a request by a process of its own that runs this module (`worker.serve`), and
    is given `grace` seconds to stop by itself once this is closed. `broken` is what is to be said,
    with the reason, where it ends before it is done. Raises as its work does, EvidenceError,
    Cancelled."""
    with _Child(broken, module, grace) as child:
        child.ask(request)
        yield from child.answers(job)


class _Child:
    """The transcribing process, from its start to its certain end. `broken` is what is to be said,
    with the reason, where it ends before it is done."""

    def __init__(self, broken: EvidenceError, module: str = _WORKER, grace: float = GRACE) -> None:
        self._broken_off = broken
        self._module = module
        self._grace = grace
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={
                **os.environ,
                "PYTHONPATH": python_path(),
                "HF_HUB_OFFLINE": "1",
            },
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._reader = threading.Thread(
            target=_pass_on, args=(self._process.stdout, self._lines), daemon=True
        )
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the process, kindly and then not, and waits until it is gone."""
        process = self._process
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()
        try:
            process.wait(self._grace)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._reader.join()
        if process.stdout:
            process.stdout.close()
        self._errors.close()

    def ask(self, request: dict[str, Any]) -> None:
        """Sends the request. A process that is gone already shows in `answers`."""
        assert self._process.stdin
        with suppress(OSError):
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()

    def answers(self, job: Job) -> Iterator[dict[str, Any]]:
        """Its messages until it is done. Raises Cancelled, or EvidenceError where it fails."""
        while True:
            if job.cancelled:
                raise Cancelled
            try:
                line = self._lines.get(timeout=0.1)
            except queue.Empty:
                continue
            if not line.endswith(b"\n"):
                raise self._broken()
            message = json.loads(line)
            if message["event"] == "done":
                return
            if message["event"] == "error":
                kind = Unreadable if message["unreadable"] else EvidenceError
                raise kind(message["what"], message["remedy"])
            yield message

    def _broken(self) -> EvidenceError:
        try:
            code = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            code = 0
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace")
        broken = self._broken_off
        return EvidenceError(f"{broken.what}: {reason(code, said)}.", broken.remedy)


def reason(code: int, said: str) -> str:
    """Why a process ended, in words, from its exit code and what it wrote to standard error."""
    if code == -9 or OUT_OF_MEMORY.search(said):
        return "the computer ran out of memory, or the process was ended from outside"
    if code < 0:
        with suppress(ValueError):
            return f"the process crashed ({signal.Signals(-code).name})"
    if code > 0x8000_0000:
        return f"the process crashed (0x{code:08X})"
    last = said.strip().rsplit("\n", 1)[-1].strip()
    return last.rstrip(".") or f"the process ended without a word (code {code})"


def _pass_on(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Puts each line in the queue, and at the end whatever is there without a line break."""
    while True:
        line = stream.readline()
        lines.put(line)
        if not line.endswith(b"\n"):
            return


def refuse_engine(engine: str) -> None:
    """Raises EvidenceError where there is no such engine, or it is not installed."""
    if engine not in _PACKAGES:
        raise EvidenceError(
            f"There is no engine “{engine}”.", f"Choose one of {', '.join(_PACKAGES)}."
        )
    if not _installed(engine):
        raise EvidenceError(
            f"The engine “{engine}” is not installed.",
            'Install it with: pip install "evidence-coder[whisper]"',
        )


def refuse_mismatch(engine: str, model: Model, language: str) -> None:
    """Raises EvidenceError where the engine cannot read the model, or the model does not know the
    language."""
    if model.format != models.FORMATS[engine]:
        other = next(name for name, form in models.FORMATS.items() if form == model.format)
        raise EvidenceError(
            f"The model “{model.id}” is made for the engine “{other}”, not for “{engine}”.",
            "Choose that engine, or another model.",
        )
    if model.languages and language not in model.languages:
        raise EvidenceError(
            f"The model “{model.id}” does not know the language “{language}”.",
            f"It knows {', '.join(model.languages)}.",
        )


def _installed(engine: str) -> bool:
    try:
        metadata.version(_PACKAGES[engine])
    except metadata.PackageNotFoundError:
        return False
    return True
