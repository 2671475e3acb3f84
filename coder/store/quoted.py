"""Where every coding stands, in numbers only, so that a hundred thousand are looked through in a
blink. A table derived from the codings, kept true from within the seam."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from coder.store.rows import Row

SHORT = 400
"""Up to so many code points passages are found by where they start; longer ones, of which there are
few, have an index of their own."""

_UNSOUND = "The list of quotes does not hold what is tagged, so a filter may leave something out."

_DIGITS = "substr(c.created_at, 1, 23)"
for _sign in "-T:.Z":
    _DIGITS = f"replace({_DIGITS}, '{_sign}', '')"
_AT = f"CAST(substr({_DIGITS} || '{'0' * 17}', 1, 17) AS INTEGER)"
_ROWS = (
    'SELECT d.rowid AS document, c.start, c."end", ' + _AT + " AS at, c.rowid AS id,"  # noqa: S608
    " k.rowid AS code, h.rowid AS coder, c.marked, min(c.rowid) OVER"
    ' (PARTITION BY d.rowid, c.start, c."end", k.rowid) AS alike'
    " FROM codings c JOIN documents d ON d.id = c.document_id"
    " JOIN codes k ON k.id = c.code_id JOIN coders h ON h.id = c.coder_id"
)

TABLES = (
    (
        'CREATE TABLE quoted (document INTEGER, start INTEGER, "end" INTEGER, at INTEGER,'
        " id INTEGER, code INTEGER, coder INTEGER, marked INTEGER, alike INTEGER,"
        ' PRIMARY KEY (document, start, "end", at, id)) WITHOUT ROWID'
    ),
    "CREATE UNIQUE INDEX quoted_id ON quoted (id)",
    'CREATE INDEX quoted_code ON quoted (code, document, start, "end", coder)',
    f'CREATE INDEX quoted_long ON quoted (document, start, "end") WHERE "end" - start > {SHORT}',
)
"""A row for each coding, in the order of its document's text: `document`, `id`, `code` and `coder`
are the numbers under which SQLite keeps those rows, `at` is `moment` of when it was tagged, and
`alike` the lowest `id` of the codings of this code on exactly these words."""


def moment(at: str) -> int:
    """A moment in ISO 8601 as a number that comes later for later moments, to the millisecond."""
    return int("".join(filter(str.isdecimal, at[:23])).ljust(17, "0")[:17])


def refresh(
    connection: sqlite3.Connection, table: str, before: Row | None, after: Row | None
) -> None:
    """Brings the table up to date with one row of another, None for one that is not there."""
    if table != "codings":
        return
    names = ("document_id", "start", "end", "code_id")
    places = [tuple(row[name] for name in names) for row in (before, after) if row]
    for place in dict.fromkeys(places):
        connection.execute(
            "DELETE FROM quoted WHERE document = (SELECT rowid FROM documents WHERE id = ?)"
            ' AND start = ? AND "end" = ? AND code = (SELECT rowid FROM codes WHERE id = ?)',
            place,
        )
        where = 'WHERE c.document_id = ? AND c.start = ? AND c."end" = ? AND +c.code_id = ?'
        connection.execute(f"INSERT INTO quoted {_ROWS} {where}", place)


def rebuild(connection: sqlite3.Connection) -> None:
    """Makes all of it anew; needed where rows may have other numbers than before."""
    connection.execute("SAVEPOINT quoted")
    connection.execute("DELETE FROM quoted")
    connection.execute(f"INSERT INTO quoted {_ROWS}")
    connection.execute("RELEASE quoted")


def forget(connection: sqlite3.Connection, document_ids: Iterable[str]) -> None:
    """Leaves out all that stands in these documents, which are about to go."""
    connection.execute(
        "DELETE FROM quoted WHERE document IN (SELECT rowid FROM documents"
        " WHERE id IN (SELECT value FROM json_each(?)))",
        (json.dumps(sorted(document_ids)),),
    )


def verify(connection: sqlite3.Connection) -> list[str]:
    """A sentence where the table holds something else than the codings say; nothing where it is
    sound."""
    columns = 'document, start, "end", at, id, code, coder, marked, alike'
    kept = f"SELECT {columns} FROM quoted"  # noqa: S608
    true = f"SELECT {columns} FROM ({_ROWS})"  # noqa: S608
    for these, those in ((kept, true), (true, kept)):
        query = f"SELECT 1 FROM ({these} EXCEPT {those}) LIMIT 1"  # noqa: S608
        if connection.execute(query).fetchone():
            return [_UNSOUND]
    return []
