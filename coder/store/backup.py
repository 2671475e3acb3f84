"""Copies of the database by day, thinned as they age; originals are left out, since they never
change."""

from __future__ import annotations

import sqlite3
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
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    for old in surplus(list(target.parent.glob("*.db")), today):
        old.unlink(missing_ok=True)
    return target


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
