"""Connections to a project's database, and the lock that keeps a second writer out."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from coder.domain.errors import EvidenceError, InUse, Refused
from coder.domain.model import now
from coder.places import login
from coder.store.backup import RESTORE

DATABASE = "project.db"
LOCK = "project.lock"
HOLDER = "project.lock.json"
_CACHE = 32_768
"""Kibibytes of the database that a writer keeps in memory at most."""


def connect(folder: Path, *, write: bool, frozen: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode, with foreign keys on.

    A writing one uses the write-ahead log and syncs fully at each commit, so that what was
    acknowledged survives a power cut. `frozen` reads a folder in which nothing can be written.
    """
    mode = "rwc" if write else "ro"
    uri = f"{(folder / DATABASE).resolve().as_uri()}?mode={mode}"
    if frozen:
        uri += "&immutable=1"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10
    )
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if write:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def still(reader: sqlite3.Connection) -> Iterator[None]:
    """Lets what reads through a connection see the project as it is at one moment, whoever writes
    meanwhile; within another, as it is at the moment of that."""
    within = reader.in_transaction
    if not within:
        reader.execute("BEGIN")
    try:
        yield
    finally:
        if not within and reader.in_transaction:
            reader.execute("ROLLBACK")


_FULL = ("full", "no space")
_UNWRITABLE = ("readonly", "read-only", "permission", "not permitted", "unable")
_DAMAGED = ("not a database", "malformed", "unsupported file format", "could not decode")


def sentence(problem: sqlite3.Error | OSError, name: str) -> EvidenceError:
    """What to tell a person about a failure of the database or the disk under `name`."""
    said = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)

    def is_one(of: tuple[str, ...]) -> bool:
        return any(words in said.lower() for words in of)

    if is_one(_FULL):
        return EvidenceError(
            f"The disk with “{name}” is full, so this was not saved.",
            "Free some space and do it again; everything before it is kept.",
        )
    if isinstance(problem, PermissionError) and _is_closed(problem.filename):
        return _not_yours(name)
    if is_one(_UNWRITABLE):
        return EvidenceError(
            f"“{name}” lies in a folder that cannot be written to.",
            "Copy the project to a folder of your own and open it there.",
        )
    if is_one(_DAMAGED):
        return damaged(name)
    if is_one(("locked",)):
        return Refused(
            f"“{name}” is being written by another program.", "Close that program and try again."
        )
    return EvidenceError(f"“{name}” could not be used: {said}.", "Try again.")


def damaged(name: str) -> EvidenceError:
    """What to tell a person about a database that cannot be read as one."""
    return EvidenceError(f"The database of “{name}” is damaged or is not one.", RESTORE)


def refuse_closed(folder: Path) -> None:
    """Raises EvidenceError where this person may not read the project in `folder`."""
    if _is_closed(folder) or _is_closed(folder / DATABASE):
        raise _not_yours(folder.name)


def _is_closed(path: str | Path | None) -> bool:
    """Whether something is there that this person may not read. It is not opened to find out:
    closing a database's file would give up the locks that SQLite holds on it."""
    if not path or not os.path.exists(path):  # noqa: PTH110 (Path.exists raises on some systems)
        return False
    wanted = os.R_OK | os.X_OK if Path(path).is_dir() else os.R_OK
    return not os.access(path, wanted)


def _not_yours(name: str) -> EvidenceError:
    return EvidenceError(
        f"“{name}” may not be read by you.",
        "Ask whoever it belongs to for the right to read it.",
    )


class WriteLock:
    """The right to write to a project, held by one program at a time.

    Raises Refused on entering while another program holds it, naming who and where.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / LOCK, thread_local=False)

    def __enter__(self) -> Self:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise InUse(
                f"“{self._folder.name}” is being worked on elsewhere{self._holder()}.",
                "Close it there to work on it here; until then it can only be read.",
            ) from None
        except OSError as problem:
            raise sentence(problem, self._folder.name) from problem
        who = {"who": login(), "machine": platform.node(), "since": now()}
        try:
            (self._folder / HOLDER).write_text(json.dumps(who), encoding="utf-8")
        except OSError as problem:
            self._lock.release()
            raise sentence(problem, self._folder.name) from problem
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        (self._folder / HOLDER).unlink(missing_ok=True)
        self._lock.release()

    def _holder(self) -> str:
        try:
            who = json.loads((self._folder / HOLDER).read_text(encoding="utf-8"))
            return f" (by {who['who']} on {who['machine']})"
        except (OSError, ValueError, KeyError):
            return ""
