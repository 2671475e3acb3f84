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

_CHECKS = """
SELECT COALESCE(k.name, ''), s.at FROM changes c JOIN steps s USING (seq)
LEFT JOIN coders k ON k.id = s.coder_id
WHERE c.table_name = 'documents' AND c.row_id = ? AND s.kind IN ('act', 'redo')
AND json_extract(c.before, '$.machine_draft') AND NOT json_extract(c.after, '$.machine_draft')
ORDER BY c.seq DESC LIMIT 1
"""


def checked_by(connection: sqlite3.Connection, document_id: str) -> tuple[str, str] | None:
    """Who last marked a transcript as checked, and when (ISO 8601); None where nobody did. An undo
    that brings a mark back leaves it with the one who set it."""
    found = connection.execute(_CHECKS, (document_id,)).fetchone()
    return (str(found[0]), str(found[1])) if found else None


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


def _meant(row: dict[str, object] | sqlite3.Row) -> tuple[object, ...]:
    return tuple(row[name] for name in _MEANT)
