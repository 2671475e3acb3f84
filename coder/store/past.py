"""What the journal says of one row: every change it ever had, in this copy or in one that came."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from coder.store.rows import TABLES, as_today, from_row

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Past(Generic[R]):
    """A change of a row: when (ISO 8601), by whom (name and id), in which kind of step, and the
    record before and after, None where it was not there. Both are None too where an erasure has
    taken them."""

    at: str
    coder: str
    coder_id: str
    kind: str
    before: R | None
    after: R | None
    erased: bool


def past(db: sqlite3.Connection, kind: type[R], row_id: str) -> list[Past[R]]:
    """The changes of a record's row, oldest first."""
    rows = db.execute(
        "SELECT c.at, COALESCE((SELECT name FROM coders WHERE id = c.coder_id), '') AS coder,"
        " c.coder_id, c.kind, c.before, c.after, c.erased FROM act_changes c"
        " WHERE c.table_name = ? AND c.row_id = ? ORDER BY c.stamp, c.id, c.position",
        (TABLES[kind], row_id),
    )
    return [_past(kind, row) for row in rows]


def _past(kind: type[R], row: sqlite3.Row) -> Past[R]:
    erased = row["erased"] is not None
    before, after = (None if erased else _record(kind, row[name]) for name in ("before", "after"))
    who = (row["coder"], row["coder_id"] or "")
    return Past(row["at"], *who, row["kind"], before, after, erased)


def _record(kind: type[Any], image: str | None) -> Any:
    if image is None:
        return None
    return from_row(kind, as_today(TABLES[kind], json.loads(image)))
