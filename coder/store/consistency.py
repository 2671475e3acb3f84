"""What is read to tell whether a codebook is used consistently."""

from __future__ import annotations

import sqlite3

from coder.domain.model import Coding, Reading
from coder.domain.sight import Sight
from coder.domain.together import Dismissal
from coder.store.rows import from_row
from coder.store.sight import seen


def codings(connection: sqlite3.Connection, sight: Sight) -> list[Coding]:
    """All codings that are seen."""
    condition, values = seen(sight)
    rows = connection.execute(f"SELECT c.* FROM codings c WHERE {condition}", values)  # noqa: S608
    return [from_row(Coding, row) for row in rows]


def readings(connection: sqlite3.Connection, sight: Sight) -> list[Reading]:
    """How far each coder is with each document; where others' tags are not seen, one's own."""
    mine = "" if sight.whole else "WHERE coder_id = ?"
    values = () if sight.whole else (sight.coder_id,)
    rows = connection.execute(f"SELECT * FROM readings {mine}", values)  # noqa: S608
    return [from_row(Reading, row) for row in rows]


def dismissals(connection: sqlite3.Connection) -> dict[str, Dismissal]:
    """What was dismissed, by id."""
    rows = connection.execute("SELECT * FROM dismissals")
    return {row["id"]: from_row(Dismissal, row) for row in rows}
