"""What a person has made of a transcript, told by the journal: what a machine heard, against what
stands there."""

from __future__ import annotations

import json
import sqlite3

from coder.store.rows import as_today

_MEANT = ("text", "speaker", "start_ms", "end_ms", "words", "confidence", "checked")

_AS_IT_CAME = """
SELECT row_id, after FROM act_changes
WHERE table_name = 'segments' AND json_extract(after, '$.document_id') = :document
AND (kind = 'machine' OR id = (SELECT id FROM act_changes WHERE table_name = 'documents'
                               AND row_id = :document ORDER BY stamp LIMIT 1))
ORDER BY stamp, id, position
"""

_WORDS = """
SELECT row_id, kind, after, before IS NULL AS made,
json_extract(after, '$.checked') AS checked, count(*) OVER (PARTITION BY id) AS together
FROM act_changes
WHERE table_name = 'segments'
AND json_extract(COALESCE(after, before), '$.document_id') = ?
AND json_extract(before, '$.text') IS NOT json_extract(after, '$.text')
ORDER BY stamp, id, position
"""

_CHECKS = """
SELECT COALESCE((SELECT name FROM coders WHERE id = coder_id), ''), at FROM act_changes
WHERE table_name = 'documents' AND row_id = ? AND kind IN ('act', 'redo')
AND json_extract(before, '$.machine_draft') AND NOT json_extract(after, '$.machine_draft')
ORDER BY stamp DESC LIMIT 1
"""


def checked_by(connection: sqlite3.Connection, document_id: str) -> tuple[str, str] | None:
    """Who last marked a transcript as checked, and when (ISO 8601); None where nobody did. An undo
    that brings a mark back leaves it with the one who set it."""
    found = connection.execute(_CHECKS, (document_id,)).fetchone()
    return (str(found[0]), str(found[1])) if found else None


def reworded(connection: sqlite3.Connection, document_id: str) -> int:
    """How many sentences of a transcript have words that a person wrote in place of others, or
    were put in or deleted by a person, as far as that still stands. Sentences parted, joined,
    named, timed, confirmed or heard again by a machine have no other words by that."""
    put_in: set[str] = set()
    deleted: dict[str, bool] = {}
    for row in connection.execute(_WORDS, (document_id,)):
        alone = row["together"] == 1
        if row["made"] and alone and row["checked"] and row["kind"] == "act":
            put_in.add(row["row_id"])
        if row["after"] is None:
            deleted[row["row_id"]] = alone and row["kind"] in ("act", "redo")
    rows = connection.execute(
        "SELECT id, heard FROM segments WHERE document_id = ?", (document_id,)
    )
    standing = {row["id"]: bool(row["heard"]) for row in rows}
    gone = {one for one, by_hand in deleted.items() if by_hand and one not in standing}
    return sum(one in put_in or heard for one, heard in standing.items()) + len(gone - put_in)


def worked_on(connection: sqlite3.Connection, document_id: str) -> int:
    """How many sentences of a transcript a person has touched in any way: words, times, speaker,
    confirmed, put in or removed, as far as that still stands. Numbering them anew is no change."""
    came = {
        row_id: _meant(as_today("segments", json.loads(after)))
        for row_id, after in connection.execute(_AS_IT_CAME, {"document": document_id})
    }
    rows = connection.execute("SELECT * FROM segments WHERE document_id = ?", (document_id,))
    standing = {row["id"]: _meant(row) for row in rows}
    return sum(came.get(one) != standing.get(one) for one in came.keys() | standing.keys())


_SINCE = """
SELECT row_id, before, after FROM changes
WHERE seq > :seq AND table_name = 'segments'
AND json_extract(coalesce(after, before), '$.document_id') = :document
ORDER BY seq, position
"""


def changed_since(connection: sqlite3.Connection, document_id: str, seq: int) -> bool:
    """Whether the sentences of a transcript are others now than they were after this step."""
    then: dict[str, tuple[object, ...] | None] = {}
    now: dict[str, tuple[object, ...] | None] = {}
    for row_id, before, after in connection.execute(_SINCE, {"document": document_id, "seq": seq}):
        then.setdefault(row_id, before and _meant(as_today("segments", json.loads(before))))
        now[row_id] = after and _meant(as_today("segments", json.loads(after)))
    return then != now


_MOVED = """
SELECT 1 FROM changes c, steps back JOIN steps target ON target.id = back.reverses
WHERE back.id = :step AND c.seq > target.seq AND c.seq < back.seq AND c.table_name = 'segments'
AND json_extract(c.after, '$.document_id') = :document
AND json_extract(c.before, '$.position') IS NOT json_extract(c.after, '$.position')
LIMIT 1
"""


def moved_since(connection: sqlite3.Connection, document_id: str, step_id: str) -> bool:
    """Whether sentences of a transcript were made or got another position between a step that
    takes another back, and that other one."""
    values = {"step": step_id, "document": document_id}
    return connection.execute(_MOVED, values).fetchone() is not None


def _meant(row: dict[str, object] | sqlite3.Row) -> tuple[object, ...]:
    return tuple(row[name] for name in _MEANT)
