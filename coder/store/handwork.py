"""What a person has made of a transcript, told by the journal: what a machine heard, against what
stands there."""

from __future__ import annotations

import json
import sqlite3

from coder.store.rows import as_today

_MEANT = ("text", "speaker", "start_ms", "end_ms", "words", "confidence", "checked")

_AS_IT_CAME = """
SELECT c.row_id, c.after FROM changes c JOIN steps s USING (seq)
WHERE c.table_name = 'segments' AND json_extract(c.after, '$.document_id') = :document
AND (s.kind = 'machine' OR c.seq = (SELECT min(seq) FROM changes
                                    WHERE table_name = 'documents' AND row_id = :document))
ORDER BY c.seq, c.position
"""


def by_hand(connection: sqlite3.Connection, document_id: str) -> int:
    """How many sentences of a transcript a person has changed, put in or removed, as far as that
    still stands. Numbering them anew is no change."""
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


def _meant(row: dict[str, object] | sqlite3.Row) -> tuple[object, ...]:
    return tuple(row[name] for name in _MEANT)
