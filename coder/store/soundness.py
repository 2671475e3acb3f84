"""Whether a project is sound: its database, its journal, what is derived, and its originals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from coder.store import brought, chain, erasure, likeness, originals, quoted, search
from coder.store.connection import still
from coder.store.reads import Reads


def verify(connection: sqlite3.Connection, folder: Path) -> list[str]:
    """What is wrong with the project in this folder, a sentence each; empty where all is well."""
    found: list[str] = []
    try:
        found.extend(_findings(connection, folder))
    except (sqlite3.DatabaseError, TypeError, ValueError, LookupError) as problem:
        found.append(f"The database is damaged: {problem}.")
    return found


def _findings(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    """What is wrong, as it is found; damage may end it with an error. Rows, journal and search
    index are read as they were at one moment, whoever writes meanwhile."""
    with still(connection):
        sound = True
        for row in connection.execute("PRAGMA integrity_check"):
            if row[0] != "ok":
                sound = False
                yield f"The database is damaged: {row[0]}."
        altered = chain.verify(connection) + brought.verify(connection)
        yield from altered
        if sound and not altered:
            yield from search.verify(connection)
            yield from likeness.verify(connection)
            yield from quoted.verify(connection)
        yield from erasure.unfinished(connection)
    absent = Reads(connection).absent()
    for original in Reads(connection).originals():
        path = originals.path_of(folder, original.id, original.name)
        meant = original.id in absent and not path.exists()
        if not meant and not originals.is_sound(path, original.id):
            yield f"The original “{original.name}” is missing or was changed."
