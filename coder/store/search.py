"""The index of every paragraph, transcript segment and memo (SQLite FTS5, stemmed), kept true."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from coder.store import fulltext
from coder.store.rows import Row

_INDEXED = ("documents", "segments", "codings", "memos")
_COLUMNS = ("owner", "kind", "document_id", "start", "text")
_UNSOUND = "The search index does not hold what the texts say, so a search may not find everything."
_UNSEEN = str.maketrans(dict.fromkeys("\x00\x02\x03", " "))


def refresh(connection: sqlite3.Connection, table: str, row_id: str, row: Row | None) -> None:
    """Brings the index up to date with one row of a table, None for a row that has gone."""
    if table not in _INDEXED:
        return
    connection.execute("DELETE FROM passages WHERE owner = ?", (row_id,))
    if row is not None:
        connection.executemany(
            "INSERT INTO passages (owner, kind, document_id, start, text) VALUES (?, ?, ?, ?, ?)",
            [(*place, text.translate(_UNSEEN)) for *place, text in _passages(table, row_id, row)],
        )


def refresh_all(
    connection: sqlite3.Connection, rows: Iterable[tuple[str, str, Row | None, Row | None]]
) -> None:
    """Brings the index up to date with many rows: table, id, and what each was and is."""
    gone: list[str] = []
    made: list[tuple[str, str, str, int, str]] = []
    for table, row_id, before, after in rows:
        if table not in _INDEXED:
            continue
        was, now_is = (_passages(table, row_id, row) if row else [] for row in (before, after))
        if was != now_is:
            gone += [row_id] * bool(was)
            made += [(a, b, c, d, text.translate(_UNSEEN)) for a, b, c, d, text in now_is]
    fulltext.take(connection, "passages", gone)
    fulltext.put(connection, "passages", _COLUMNS, made)


def verify(connection: sqlite3.Connection) -> list[str]:
    """A sentence where the index holds something else than the rows say; nothing where it is
    sound."""
    expected = 0
    for table in _INDEXED:
        for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608
            passages = _passages(table, row["id"], dict(row))
            expected += len(passages)
            if _kept(connection, row["id"]) != [
                (*place, text.translate(_UNSEEN)) for *place, text in passages
            ]:
                return [_UNSOUND]
    counts = [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in ("passages", "passages_fts_docsize")
    ]
    return [] if counts == [expected, expected] else [_UNSOUND]


def _kept(connection: sqlite3.Connection, owner: str) -> list[tuple[str, str, str, int, str]]:
    found = connection.execute(
        "SELECT owner, kind, document_id, start, text FROM passages WHERE owner = ? ORDER BY id",
        (owner,),
    )
    return [tuple(row) for row in found]


def _passages(table: str, row_id: str, row: Row) -> list[tuple[str, str, str, int, str]]:
    """What the row has to be found by: owner, kind, document, start and text of each passage."""
    if table == "segments":
        return [(row_id, "text", row["document_id"], 0, row["text"])]
    if table == "memos":
        return [(row_id, "memo", row["of_id"], 0, row["text"])] if row["text"] else []
    if table == "codings":
        memo = (row_id, "memo", row["document_id"], row["start"], row["memo"])
        return [memo] if row["memo"] else []
    return [
        (row_id, "text", row_id, start, row["text"][start:end])
        for _, start, end, *_ in json.loads(row["paragraphs"])
    ]
