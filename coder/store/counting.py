"""Who said what, and what is sensitive, without words: as much as packs need of all evidence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from coder.domain.sight import Sight
from coder.store.sight import seen


def coded(connection: sqlite3.Connection, sight: Sight) -> Iterator[tuple[str, str]]:
    """Every submission with every code that somebody put on anything in it, as far as it is in
    sight: the ids of both."""
    condition, values = seen(sight)
    found = connection.execute(
        "SELECT DISTINCT d.submission_id, c.code_id FROM codings c"  # noqa: S608
        f" JOIN documents d ON d.id = c.document_id WHERE {condition}",
        values,
    )
    return ((row[0], row[1]) for row in found)


def answered(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every submission with every survey question that it answered, as the survey put it."""
    found = connection.execute(
        "SELECT DISTINCT submission_id, question FROM documents WHERE question <> ''"
    )
    return ((row[0], row[1]) for row in found)


def sensitive(connection: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    """Every passage that anybody marked as sensitive: its document's id, start and end."""
    query = 'SELECT document_id, start, "end" FROM codings WHERE sensitive = 1'
    return ((row[0], row[1], row[2]) for row in connection.execute(query))
