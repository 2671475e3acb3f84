"""What an erasure leaves of a submission's files: enough to know the same bytes again, and nothing
that tells of them.

A trace is the HMAC-SHA256 of a file's SHA-256, in hexadecimal, under a random salt of 128 bits that
each erasure draws anew.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Iterable

from coder.store.chain import new_salt


def leave(connection: sqlite3.Connection, files: Iterable[tuple[str, str]]) -> None:
    """Leaves a trace of each of these files, told by its SHA-256 and its submission's id."""
    salt = new_salt()
    connection.executemany(
        "INSERT OR IGNORE INTO traces (digest, salt, submission_id) VALUES (?, ?, ?)",
        [(_trace(salt, sha256), salt, submission) for sha256, submission in sorted(set(files))],
    )


class Traces:
    """All the traces in a project, as they are now."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_salt: dict[str, dict[str, str]] = {}
        for salt, digest, ref in connection.execute(
            "SELECT salt, digest, ref FROM traces t JOIN submissions s ON s.id = t.submission_id"
        ):
            self._by_salt.setdefault(salt, {})[digest] = ref

    def of(self, sha256: str) -> str:
        """The reference under which a file of this SHA-256 was withdrawn, empty where none was."""
        found = (known.get(_trace(salt, sha256), "") for salt, known in self._by_salt.items())
        return next(filter(None, found), "")


def _trace(salt: str, sha256: str) -> str:
    return hmac.new(salt.encode(), sha256.encode(), "sha256").hexdigest()
