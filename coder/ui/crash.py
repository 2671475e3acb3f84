"""What is kept of a session so that a crash can be told of at the next start: traces and acts, and
never a word of the evidence."""

from __future__ import annotations

import faulthandler
import json
import platform
import shutil
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import PySide6
from filelock import FileLock, Timeout

from coder import __version__, places
from coder.domain.model import new_id

_PROGRAM = Path(__file__).resolve().parents[2]
_SPEAK_OF_THE_PROGRAM = (AttributeError, NameError, IndexError, RecursionError, ZeroDivisionError)
"""Exceptions whose messages are about the program's own names. Any other may quote what it choked
on, and that may be evidence."""
_KEPT = 20
_ACTS = 30


@dataclass(frozen=True, slots=True)
class Crash:
    """A session that did not end as it should: what is known of it, and the folder of the inquiry
    that was open, or nothing."""

    report: str
    project: str


class Watch:
    """Looks after one session of the window. While it lives it holds a lock, which the system lets
    go when the process dies, however that happens; so a second window is never taken for a crash.

    Raises OSError where the user's own folder cannot be written to.
    """

    def __init__(self) -> None:
        self._folder = _sessions() / new_id()
        self._folder.mkdir(parents=True)
        self._lock = FileLock(self._folder / "lock")
        self._lock.acquire(timeout=0)
        self._fault = (self._folder / "fault.txt").open("w", encoding="utf-8")
        self._acts = (self._folder / "acts.txt").open("w", encoding="utf-8", buffering=1)
        self.working_on("")
        faulthandler.enable(self._fault)

    def working_on(self, project: str) -> None:
        """Remembers which inquiry is open, by its folder."""
        state = {"project": project, "began": _now()}
        part = self._folder / "session.part"
        part.write_text(json.dumps(state), encoding="utf-8")
        part.replace(self._folder / "session.json")

    def did(self, act: str) -> None:
        """Remembers an act by its id."""
        self._acts.write(f"{_now()} {act}\n")

    def fatal(self, words: str) -> None:
        """Remembers the last words of Qt before it ends the process."""
        self._fault.write(f"Qt: {words}\n")
        self._fault.flush()

    def failed(self, problem: BaseException) -> None:
        """Remembers an error that nobody foresaw."""
        self._fault.write(f"{trace(problem)}\n")
        self._fault.flush()

    def close(self) -> None:
        """The session ended as it should: nothing is kept of it."""
        faulthandler.disable()
        self._fault.close()
        self._acts.close()
        self._lock.release()
        shutil.rmtree(self._folder, ignore_errors=True)


def crashes() -> list[Crash]:
    """The sessions that crashed since the last look, each told once. Their reports stay in the
    folder `reports` of this user's own."""
    found = []
    for folder in sorted(_sessions().glob("*/")):
        lock = FileLock(folder / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue  # a window that is open
        crash = _read(folder)
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        if crash is not None:
            _keep(crash.report)
            found.append(crash)
    return found


def report(problem: BaseException) -> str:
    """What can be told of an error that nobody foresaw: versions and where it arose."""
    return f"{versions()}\n\n{trace(problem)}"


def versions() -> str:
    """What this program runs on, a line each."""
    return "\n".join(
        (
            f"Evidence Coder {__version__}",
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
        )
    )


def trace(problem: BaseException) -> str:
    """Where an error arose and what led to it. Its message is left out where it may quote evidence
    or name a file; paths are told from the program's folder on."""
    parts = [_one(problem)]
    earlier = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    if earlier is not None:
        parts.insert(0, f"{trace(earlier)}\nWhile that was dealt with:\n")
    if isinstance(problem, BaseExceptionGroup):
        parts += [trace(one) for one in problem.exceptions]
    return "\n".join(parts)


def _one(problem: BaseException) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    places_ = [
        f"  {_from_program(frame.filename)}:{frame.lineno} in {frame.name}\n    {frame.line}"
        for frame in frames
    ]
    return "\n".join([*places_, f"{type(problem).__qualname__}: {_message(problem)}"])


def _message(problem: BaseException) -> str:
    words = str(problem)
    if type(problem) in _SPEAK_OF_THE_PROGRAM or not words:
        return words
    return f"(its message of {len(words)} characters is left out, since it may quote evidence)"


def _from_program(path: str) -> str:
    """A path without what lies above the program or its packages, which names the user."""
    within = path.rpartition("site-packages")[2].lstrip("/\\") if "site-packages" in path else ""
    if within:
        return within
    try:
        return Path(path).relative_to(_PROGRAM).as_posix()
    except ValueError:
        return Path(path).name


def _read(folder: Path) -> Crash | None:
    """What is known of a session whose process is gone; nothing where it had only just begun."""
    try:
        state = json.loads((folder / "session.json").read_text(encoding="utf-8"))
        fault = (folder / "fault.txt").read_text(encoding="utf-8", errors="replace")
        acts = (folder / "acts.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return None
    lines = [
        versions(),
        "",
        f"The session began at {state['began']}.",
        "",
        "The last acts, by their names in the program:",
        *(acts[-_ACTS:] or ["none"]),
        "",
        fault.strip() or "There is no trace: the process was ended from outside, or the power cut.",
    ]
    return Crash("\n".join(lines), str(state["project"]))


def _keep(words: str) -> None:
    folder = places.user_data() / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    moment = _now().replace(":", "-")
    (folder / f"{moment} {new_id()[:4]}.txt").write_text(words, encoding="utf-8")
    for old in _oldest(folder):
        old.unlink(missing_ok=True)


def _oldest(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.txt"))[:-_KEPT]


def _sessions() -> Path:
    return places.user_data() / "sessions"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
