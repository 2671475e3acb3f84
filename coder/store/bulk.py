"""Many rows written in one step, as the seam writes one: with the journal's entries, and with what
is derived from them brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from coder.store import chain, likeness, quoted, search
from coder.store.journal import Step
from coder.store.rows import TABLES, Row, columns, dumps

_DEARER = 4
"""So many times as much it costs to note anew where one coding stands than in a row with all."""
_ONLY_ONE = {"coders": "name", "submissions": "ref"}
"""Columns in which no two rows may have the same, also not while they are being written."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes of a row; None where it is not there."""

    table: str
    row_id: str
    before: Row | None
    after: Row | None


def write(tx: Step, changes: Sequence[RowChange]) -> None:
    """Writes these rows in an open step. Each row is named once, as it stands now. References
    between rows are looked at when the step is committed."""
    db = tx.connection
    db.execute("PRAGMA defer_foreign_keys = ON")
    in_order = sorted(changes, key=lambda one: _ORDER[one.table])
    for table, several in groupby(in_order, key=lambda one: one.table):
        _write_rows(db, table, list(several))
    _note(tx, in_order)
    search.refresh_all(db, [(one.table, one.row_id, one.before, one.after) for one in in_order])
    codings = [one for one in in_order if one.table == "codings"]
    likeness.refresh_all(db, [(one.row_id, one.before, one.after) for one in codings])
    renumbered = any(one.after is None and one.table in ("documents", "codes") for one in in_order)
    (every,) = db.execute("SELECT count(*) FROM codings").fetchone()
    if renumbered or len(codings) * _DEARER > every:
        quoted.rebuild(db)
    else:
        for one in codings:
            quoted.refresh(db, one.table, one.before, one.after)


_ORDER = {table: number for number, table in enumerate(TABLES.values())}
_COLUMNS = {table: columns(kind) for kind, table in TABLES.items()}


def _write_rows(db: sqlite3.Connection, table: str, changes: list[RowChange]) -> None:
    names = _COLUMNS[table]
    values = itemgetter(*names)
    made = [one.after for one in changes if one.after is not None and one.before is None]
    gone = [(one.row_id,) for one in changes if one.after is None]
    kept = [one.after for one in changes if one.after is not None and one.before is not None]
    db.executemany(f'DELETE FROM "{table}" WHERE id = ?', gone)  # noqa: S608
    only = _ONLY_ONE.get(table)
    if only:
        db.executemany(
            f"UPDATE {table} SET {only} = 'being changed ' || id WHERE id = ?",  # noqa: S608
            [(row["id"],) for row in kept],
        )
    assigned = ", ".join(f'"{name}" = ?' for name in names)
    db.executemany(
        f'UPDATE "{table}" SET {assigned} WHERE id = ?',  # noqa: S608
        ((*values(row), row["id"]) for row in kept),
    )
    quoted_names = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    db.executemany(
        f'INSERT INTO "{table}" ({quoted_names}) VALUES ({marks})',  # noqa: S608
        map(values, made),
    )


def _note(tx: Step, changes: Sequence[RowChange]) -> None:
    """Writes the journal's entries."""
    tx.connection.executemany(
        "INSERT INTO changes (seq, position, table_name, row_id, before, after, salt, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (_noted(tx, one) for one in changes),
    )


def _noted(tx: Step, one: RowChange) -> tuple[object, ...]:
    """The entry for a row, as the step's next."""
    images = [None if row is None else dumps(row) for row in (one.before, one.after)]
    salt = chain.new_salt()
    digest = chain.seal(salt, one.table, one.row_id, *images)
    place = len(tx.digests)
    tx.digests.append(digest)
    tx.touched.add((one.table, one.row_id))
    return tx.seq, place, one.table, one.row_id, *images, salt, digest
