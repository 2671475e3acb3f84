"""What coders settled, who coded what, and which agreed codings only repeat what somebody put."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection

from coder.domain.model import Coding
from coder.domain.sight import Sight
from coder.domain.together import AGREED_ID, Decision
from coder.store.rows import from_row
from coder.store.sight import seen

_REPEATED = (
    "FROM codings a JOIN documents d ON d.id = a.document_id WHERE a.coder_id = ? AND EXISTS"
    " (SELECT 1 FROM codings o WHERE o.document_id = a.document_id AND o.start = a.start"
    ' AND o."end" = a."end" AND o.code_id = a.code_id AND o.coder_id <> a.coder_id)'
)


def decisions(connection: sqlite3.Connection, document_id: str = "") -> list[Decision]:
    """What was decided on a document, or on all, oldest first."""
    where, values = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
    query = f"SELECT * FROM decisions {where} ORDER BY decided_at, id"  # noqa: S608
    return [from_row(Decision, row) for row in connection.execute(query, values)]


def codings_in(connection: sqlite3.Connection, document_ids: Collection[str]) -> list[Coding]:
    """All codings of these documents."""
    query = "SELECT * FROM codings WHERE document_id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(query, (json.dumps(sorted(document_ids)),))
    return [from_row(Coding, row) for row in rows]


def codings_by_id(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Coding]:
    """Those of these codings that are there, by id."""
    query = "SELECT * FROM codings WHERE id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(query, (json.dumps(sorted(ids)),))
    return {row["id"]: from_row(Coding, row) for row in rows}


def who_coded(connection: sqlite3.Connection, *, read: bool) -> dict[str, set[str]]:
    """For each document the ids of those who tagged something in it or declared it coded, and where
    `read` also of those who have read it; without the coder of what was agreed."""
    reading = "coded_at <> '' OR read_at <> ''" if read else "coded_at <> ''"
    rows = connection.execute(
        "SELECT DISTINCT document_id, coder_id FROM codings WHERE coder_id <> ?"  # noqa: S608
        f" UNION SELECT document_id, coder_id FROM readings WHERE {reading}",
        (AGREED_ID,),
    )
    found: dict[str, set[str]] = defaultdict(set)
    for document_id, coder_id in rows:
        found[document_id].add(coder_id)
    return dict(found)


def number_of_agreed(connection: sqlite3.Connection) -> int | None:
    """The number under which SQLite keeps the coder of what was agreed; None where nothing was."""
    row = connection.execute("SELECT rowid FROM coders WHERE id = ?", (AGREED_ID,)).fetchone()
    return row[0] if row else None


def agreed_among(connection: sqlite3.Connection, ids: Collection[str]) -> set[str]:
    """Those of these codings that are agreed ones, by id."""
    query = "SELECT id FROM codings WHERE coder_id = ? AND id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in connection.execute(query, (AGREED_ID, json.dumps(list(ids))))}


def declared_by(connection: sqlite3.Connection, coder_id: str) -> set[str]:
    """The ids of the documents that a coder has declared coded."""
    query = "SELECT document_id FROM readings WHERE coder_id = ? AND coded_at <> ''"
    return {row[0] for row in connection.execute(query, (coder_id,))}


def repeated_codes(connection: sqlite3.Connection, sight: Sight) -> dict[str, int]:
    """For each code id how many agreed codings that are seen only say what some coder's coding
    says, the same code on the same words. They are not counted, or two would count as three."""
    condition, values = seen(sight, "a")
    rows = connection.execute(
        f"SELECT a.code_id, COUNT(*) {_REPEATED} AND {condition} GROUP BY a.code_id",
        (AGREED_ID, *values),
    )
    return dict(rows.fetchall())


def repeated_in(
    connection: sqlite3.Connection, coder_id: str, submission_id: str = ""
) -> dict[str, tuple[int, int]]:
    """The same for each submission, or for this one, by its id: how many of them there are, and how
    many in documents that this coder has declared coded."""
    of = " AND d.submission_id = ?" if submission_id else ""
    values = (submission_id,) if submission_id else ()
    rows = connection.execute(
        "SELECT d.submission_id, COUNT(*), SUM(EXISTS (SELECT 1 FROM readings r"  # noqa: S608
        "  WHERE r.document_id = d.id AND r.coder_id = ? AND r.coded_at <> ''))"
        f" {_REPEATED}{of} GROUP BY d.submission_id",
        (coder_id, AGREED_ID, *values),
    )
    return {row[0]: (row[1], row[2]) for row in rows}
