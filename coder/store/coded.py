"""What coders have tagged, as places alone, for whoever compares them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where a coder put a code: `[start, end)` of a document, in code points."""

    coder_id: str
    code_id: str
    document_id: str
    start: int
    end: int


def places(connection: sqlite3.Connection, coder_ids: Sequence[str]) -> Iterable[Place]:
    """Every passage that these coders tagged."""
    rows = connection.execute(
        'SELECT coder_id, code_id, document_id, start, "end" FROM codings'
        " WHERE coder_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(coder_ids)),),
    )
    return map(Place._make, rows)


def tagged_by(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """By the id of a coder, the ids of the submissions in which they have tagged anything."""
    found: dict[str, set[str]] = {}
    for coder_id, submission_id in connection.execute(
        "SELECT DISTINCT c.coder_id, d.submission_id FROM codings c"
        " JOIN documents d ON d.id = c.document_id"
    ):
        found.setdefault(coder_id, set()).add(submission_id)
    return found
