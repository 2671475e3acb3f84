"""Rows put into, and taken out of, an indexed table many at a time.

Before each statement SQLite's FTS5 writes down what it has gathered for its index. So one statement
for thousands of rows takes a fifth of the time of one for each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from coder.store.rows import dumps

_AT_ONCE = 5_000


def put(
    connection: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    rows: Sequence[Sequence[str | int]],
) -> None:
    """Adds rows to a table that an index follows: for each a value for each of these columns."""
    values = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(names)))
    query = f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM json_each(?)"  # noqa: S608
    for first in range(0, len(rows), _AT_ONCE):
        connection.execute(query, (dumps(rows[first : first + _AT_ONCE]),))


def take(connection: sqlite3.Connection, table: str, owners: Sequence[str]) -> None:
    """Removes all rows of these owners from a table that an index follows."""
    query = f"DELETE FROM {table} WHERE owner IN (SELECT value FROM json_each(?))"  # noqa: S608
    for first in range(0, len(owners), _AT_ONCE):
        connection.execute(query, (dumps(owners[first : first + _AT_ONCE]),))
