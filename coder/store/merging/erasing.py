"""What another copy has erased, and who did it there."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from coder.domain.model import Coder, Status
from coder.store.chain import ERASURE
from coder.store.journal import row_of
from coder.store.rows import from_row

_WHO = (
    "SELECT s.stamp, s.id, s.label, s.coder_id, c.row_id FROM {0} c JOIN {1} s USING ({2})"
    " WHERE s.kind = ? AND c.table_name = 'submissions'"
)


def told_by(
    db: sqlite3.Connection, submissions: Collection[str]
) -> list[tuple[str, Coder, list[str]]]:
    """The erasures there that took these submissions, the earliest first: label, coder, and the
    submissions (ids) of which no erasure before it spoke."""
    found: dict[tuple[str, str], tuple[str, str, list[str]]] = {}
    places = (("changes", "steps", "seq"), ("brought_changes", "brought_steps", "merge, id"))
    for place in places:
        for row in db.execute(_WHO.format(*place), (ERASURE,)):
            key = (row["stamp"], row["id"])
            found.setdefault(key, (row["label"], row["coder_id"], []))[2].append(row["row_id"])
    waiting = set(submissions)
    told = []
    for _, (label, coder_id, ids) in sorted(found.items()):
        mine = sorted(waiting & set(ids))
        if mine:
            waiting -= set(mine)
            coder = from_row(Coder, row_of(db, "coders", coder_id) or {})
            told.append((label, coder, mine))
    return told


def joined_there(db: sqlite3.Connection, submissions: Collection[str]) -> dict[str, str]:
    """With which of the others there those of these submissions were joined that were erased
    together; by ids."""
    return {
        row["id"]: row["of_id"]
        for row in db.execute(
            "SELECT id, of_id FROM submissions WHERE status = ?", (Status.JOINED,)
        )
        if {row["id"], row["of_id"]} <= set(submissions)
    }
