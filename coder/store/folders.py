"""The folder of a project: made whole or not at all, and what can be done in it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coder.domain.errors import Refused
from coder.store.connection import connect, sentence


@contextmanager
def whole_or_nothing(folder: Path) -> Iterator[None]:
    """Makes the folder for a new project; where the body fails, nothing of it is left.

    Raises Refused where the folder is there and not empty, EvidenceError where it can't be made.
    """
    there = folder.exists()
    if there and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            f"“{folder.name}” exists already and is not empty.",
            "Choose another name or folder.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise sentence(problem, folder.name) from problem
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if there:
            folder.mkdir()
        raise


def can_read_with_log(folder: Path) -> bool:
    """Whether SQLite can open the database the ordinary way: reading beside a writer needs its
    shared-memory file, which cannot be made in a folder that is read-only."""
    try:
        connection = connect(folder, write=False)
    except sqlite3.Error:
        return False
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True
