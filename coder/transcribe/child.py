"""A process beside the program that may be stopped or crash without harm: requests and answers as
lines of JSON, and a sentence for each way it can end."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import IO, Any, Self

from coder.domain.errors import Cancelled, EvidenceError, Unreadable
from coder.jobs import Job
from coder.transcribe.engine import OUT_OF_MEMORY
from coder.transcribe.paths import python_path

GRACE = 2.0
"""Seconds that a process is given to stop by itself."""

_BY_ITSELF: dict[str, Any] = {"process_group": 0}
"""A terminal sends Ctrl+C to every process of a group: the program has it, and ends the others."""
if sys.platform == "win32":
    _BY_ITSELF = {
        "creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    }


class BrokenOff(EvidenceError):
    """A process that ended before its work was done: it crashed or was ended from outside."""


def converse(
    module: str, request: dict[str, Any], broken: EvidenceError, job: Job, grace: float = GRACE
) -> Generator[dict[str, Any]]:
    """The answers to a request by a process of its own that runs this module (`serving.serve`),
    and is given `grace` seconds to stop by itself once this is closed.

    `broken` is what is to be said, with the reason, where it ends before it is done. Raises
    BrokenOff then, the EvidenceError that it tells, and Cancelled.
    """
    with Child(module, broken, grace) as child:
        child.ask(request)
        yield from child.answers(job)


class Child:
    """A process that runs a module, from its start to its certain end; see `converse`."""

    def __init__(self, module: str, broken: EvidenceError, grace: float) -> None:
        self._module = module
        self._broken_off = broken
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
            **_BY_ITSELF,
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
        """Its messages until it is done. Raises Cancelled, EvidenceError where it says what is
        wrong, and BrokenOff where it ends without a word."""
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

    def _broken(self) -> BrokenOff:
        try:
            code = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            code = 0
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace")
        broken = self._broken_off
        return BrokenOff(f"{broken.what}: {reason(code, said)}.", broken.remedy)


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
