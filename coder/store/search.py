"""Full-text search over every paragraph, transcript segment and memo (SQLite FTS5, stemmed)."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

from coder.domain.errors import EvidenceError
from coder.domain.text import snippet
from coder.store.rows import Row

_ADVANCED = re.compile(r'["*()]|\b(?:AND|OR|NOT|NEAR)\b')
_MARKS = ("\x02", "\x03")
_INDEXED = ("documents", "segments", "codings", "memos")
_UNSOUND = "The search index does not hold what the texts say, so a search may not find everything."
_UNSEEN = str.maketrans(dict.fromkeys("\x00\x02\x03", " "))


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words were found. `start`, `end` are code points in the document's text
    (for a memo, those of its coding); `snippet` shows the words in `«»`."""

    ref: str
    submission_id: str
    document_id: str
    document: str
    kind: str
    start: int
    end: int
    snippet: str


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
        return [(row_id, "text", row["document_id"], row["start"], row["text"])]
    if table == "memos":
        return [(row_id, "memo", row["of_id"], 0, row["text"])] if row["text"] else []
    if table == "codings":
        memo = (row_id, "memo", row["document_id"], row["start"], row["memo"])
        return [memo] if row["memo"] else []
    return [
        (row_id, "text", row_id, start, row["text"][start:end])
        for _, start, end, *_ in json.loads(row["paragraphs"])
    ]


def find(connection: sqlite3.Connection, query: str, limit: int = 200) -> list[Hit]:
    """The best `limit` places for a query, best first.

    Plain words must all occur in one paragraph, in any form (*volunteer* finds *volunteering*);
    `"exact words"`, `word*`, `a OR b`, `a NOT b` and `NEAR(a b, 5)` are understood too.
    Raises EvidenceError where the query cannot be understood.
    """
    asked = query.strip()
    if not asked:
        return []
    if not _ADVANCED.search(asked):
        asked = " ".join(f'"{word}"' for word in asked.split())
    try:
        found = connection.execute(
            "SELECT coalesce(s.ref, '') AS ref, coalesce(s.id, '') AS submission_id,"
            " coalesce(d.id, '') AS document_id, coalesce(d.title, '') AS title, p.kind, p.start,"
            ' c."end" AS coded_to,'
            " highlight(passages_fts, 0, ?, ?) AS shown"
            " FROM passages_fts f JOIN passages p ON p.id = f.rowid"
            " LEFT JOIN documents d ON d.id = p.document_id"
            " LEFT JOIN submissions s ON s.id IN (d.submission_id, p.document_id)"
            " LEFT JOIN codings c ON c.id = p.owner"
            " WHERE passages_fts MATCH ? ORDER BY rank LIMIT ?",
            (*_MARKS, asked, limit),
        ).fetchall()
    except sqlite3.OperationalError as problem:
        raise EvidenceError(
            f"The search “{query}” could not be understood.",
            "Use plain words, “exact words” in straight quotation marks, or word* for beginnings.",
        ) from problem
    return [_hit(row) for row in found]


def _hit(row: sqlite3.Row) -> Hit:
    shown: str = row["shown"]
    first = shown.index(_MARKS[0])
    length = shown.index(_MARKS[1]) - first - 1
    text = shown.replace(_MARKS[0], "").replace(_MARKS[1], "")
    start = row["start"] + first
    span = (start, start + length) if row["coded_to"] is None else (row["start"], row["coded_to"])
    return Hit(
        row["ref"],
        row["submission_id"],
        row["document_id"],
        row["title"],
        row["kind"],
        *span,
        snippet(text, first, first + length),
    )
