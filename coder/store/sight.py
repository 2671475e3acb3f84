"""Which codings a coder looks at, as a condition in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from coder.domain.sight import Others, Sight
from coder.store.rows import Row

Condition = tuple[str, tuple[str, ...]]
"""SQL that is true or false of a row, and the values of its placeholders."""

_DECLARED = (
    "EXISTS (SELECT 1 FROM readings r WHERE r.document_id = {coding}.document_id"
    " AND r.coder_id = ? AND r.coded_at <> '')"
)

_UNSEEN_MEMOS = (
    "SELECT m.id FROM memos m JOIN documents d"
    " ON (m.about = 'document' AND d.id = m.of_id)"
    " OR (m.about = 'submission' AND d.submission_id IN (m.of_id,"
    "   (SELECT s.of_id FROM submissions s WHERE s.id = m.of_id AND s.status = 'joined'))"
    "  AND NOT EXISTS (SELECT 1 FROM documents t WHERE t.source_id = d.id))"
    " WHERE m.coder_id <> :coder"
    " AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.document_id = d.id"
    "  AND r.coder_id = :coder AND r.coded_at <> '')"
)


def seen(sight: Sight, coding: str = "c") -> Condition:
    """What is true of a coding that is seen; `coding` is what the query calls its row."""
    if sight.others is Others.SHOWN:
        return "1", ()
    if sight.others is Others.HIDDEN:
        return f"{coding}.coder_id = ?", (sight.coder_id,)
    declared = _DECLARED.format(coding=coding)
    return f"({coding}.coder_id = ? OR {declared})", (sight.coder_id,) * 2


def unseen_memos(connection: sqlite3.Connection, sight: Sight) -> set[str]:
    """The ids of the memos, apart from those in codings, that are not seen. Blind, these are what
    others wrote on a document that this coder has not declared coded, and on a submission of which
    any document to be read is not."""
    if sight.others is not Others.BLIND:
        return set()
    rows = connection.execute(_UNSEEN_MEMOS, {"coder": sight.coder_id})
    return {row[0] for row in rows}


def unseen_rows(
    connection: sqlite3.Connection, sight: Sight, table: str, rows: Sequence[Row]
) -> set[str]:
    """The ids of those of these rows, which may be of the journal or of another copy, that are not
    seen: others' codings, decisions and memos. What speaks of a document or submission that is not
    here is not seen while one codes blind."""
    if sight.whole or not rows:
        return set()
    if table in ("codings", "decisions"):
        places = {(row["document_id"], row["coder_id"]) for row in rows}
        unseen = _unseen_places(connection, sight, places)
        return {row["id"] for row in rows if (row["document_id"], row["coder_id"]) in unseen}
    if table == "memos" and sight.others is Others.BLIND:
        told = json.dumps([[row[name] for name in _MEMO] for row in rows])
        names = {"coder": sight.coder_id, "rows": told}
        return {row[0] for row in connection.execute(_UNSEEN_OF_THESE, names)}
    return set()


_MEMO = ("id", "about", "of_id", "coder_id")
_THESE = ", ".join(f"json_extract(value, '$[{at}]') AS {name}" for at, name in enumerate(_MEMO))
_UNSEEN_OF_THESE = (
    f"WITH memos AS (SELECT {_THESE} FROM json_each(:rows)) {_UNSEEN_MEMOS}"  # noqa: S608
    " UNION SELECT m.id FROM memos m WHERE m.coder_id <> :coder"
    " AND (m.about = 'document' AND m.of_id NOT IN (SELECT id FROM documents)"
    " OR m.about = 'submission' AND m.of_id NOT IN (SELECT id FROM submissions))"
)


def _unseen_places(
    connection: sqlite3.Connection, sight: Sight, places: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of these documents, each with a coder, whose codings by that coder are not seen."""
    condition, values = seen(sight)
    rows = connection.execute(
        "WITH c AS (SELECT json_extract(value, '$[0]') AS document_id,"  # noqa: S608
        " json_extract(value, '$[1]') AS coder_id FROM json_each(?))"
        f" SELECT document_id, coder_id FROM c WHERE NOT {condition}",
        (json.dumps(sorted(places)), *values),
    )
    return {tuple(row) for row in rows}
