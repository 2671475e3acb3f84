"""Copies of the database by day, thinned as they age; originals are left out, since they never
change."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

FOLDER = "backups"
RESTORE = "Copy the latest file of its folder “backups” over project.db."
"""What to do about a damaged database."""

_DAILY, _WEEKLY = 7, 56


def back_up(connection: sqlite3.Connection, folder: Path, today: date) -> Path | None:
    """Copies the database to `backups/YYYY-MM-DD.db`, whole or not at all, and thins the others.

    Gives the copy, or None where there is one of today already. Raises OSError or sqlite3.Error.
    """
    target = folder / FOLDER / f"{today.isoformat()}.db"
    if target.exists():
        return None
    target.parent.mkdir(exist_ok=True)
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        copy(connection, part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    for old in surplus(list(target.parent.glob("*.db")), today):
        old.unlink(missing_ok=True)
    return target


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copies the database to a new file, as it is now. Raises OSError or sqlite3.Error."""
    with closing(sqlite3.connect(target)) as made:
        connection.backup(made)


def copies(folder: Path) -> list[Path]:
    """The copies of a project, oldest first."""
    return sorted((folder / FOLDER).glob("*.db"))


def rewrite(copy: Path, change: Callable[[sqlite3.Connection], bool]) -> bool:
    """Changes a copy, whole or not at all. `change` says whether it did; so does the answer.

    Raises OSError, sqlite3.Error, and whatever `change` raises.
    """
    part = copy.with_suffix(".part")
    try:
        shutil.copyfile(copy, part)
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA foreign_keys = ON")
            changed = change(connection)
        if changed:
            with part.open("r+b") as stream:
                os.fsync(stream.fileno())
            part.replace(copy)
    finally:
        sweep(copy.parent.parent)
    return changed


def sweep(folder: Path) -> None:
    """Removes half-made copies. Raises OSError."""
    for part in (folder / FOLDER).glob("*.part*"):
        part.unlink(missing_ok=True)


def surplus(copies: list[Path], today: date) -> list[Path]:
    """Which copies can go: all are kept for a week, the first of each week for eight weeks, and
    the first of each month beyond. Files that are not named by a day are never among them."""
    seen: set[tuple[int, ...]] = set()
    gone = []
    for copy in sorted(copies):
        try:
            day = date.fromisoformat(copy.stem)
        except ValueError:
            continue
        age = (today - day).days
        week = day.isocalendar()
        slot = (
            (day.toordinal(),)
            if age < _DAILY
            else (week.year, week.week)
            if age < _WEEKLY
            else (day.year, day.month, 0)
        )
        if slot in seen:
            gone.append(copy)
        seen.add(slot)
    return gone
