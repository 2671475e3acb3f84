"""The list of what could not be kept of both sides. It refers to acts and fields and holds no
content, so what is erased is not in it either."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from coder.domain.together import derived_id
from coder.store.merging.rowwise import Clash

KIND = "clash"
"""The kind of a dismissal by which somebody leaves a clash as it is."""


def id_of(clash: Clash) -> str:
    """The id of a clash, the same in every copy."""
    parts = (clash.kind, clash.table, clash.row_id, clash.field, clash.kept, clash.lost)
    return derived_id(KIND, *parts)


def keep(db: sqlite3.Connection, merge: int, clashes: Iterable[Clash]) -> None:
    """Makes the list what these are; those that were on it keep the number of their merge."""
    since = dict(db.execute("SELECT id, merge FROM clashes").fetchall())
    db.execute("DELETE FROM clashes")
    db.executemany(
        "INSERT OR IGNORE INTO clashes (id, merge, kind, table_name, row_id, field, kept, lost)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                own,
                since.get(own, merge),
                one.kind,
                one.table,
                one.row_id,
                one.field,
                one.kept,
                one.lost,
            )
            for one in clashes
            for own in [id_of(one)]
        ],
    )
