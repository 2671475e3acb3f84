"""A copy of the database for a colleague, without what is not meant for them.

What is left out goes from the copy's rows, journal and index; its seals stay, so that the copy's
chain still holds and a merge with a fuller copy can bring the content back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.model import Coder, new_id
from coder.store import erasure, journal
from coder.store.acts import SHARE
from coder.store.chain import leave_out
from coder.store.scope import Scope, scope_of

Ids = set[str]


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left out of a copy: these submissions, with all that belongs to them; with `blind`
    everybody's codings, decisions, dismissals, quotes and texts in baskets, and memos and sign-offs
    on evidence, but those of the coder `blind_for` (an id; empty for nobody). `absent` are the
    SHA-256 of originals whose bytes do not go along."""

    submissions: frozenset[str] = frozenset()
    blind: bool = False
    blind_for: str = ""
    absent: frozenset[str] = frozenset()


@dataclass
class CutOut:
    """How many rows were left out, by table; the SHA-256 of the originals that belong to them and
    are nobody else's, and of those in which they and others came together (`common`), which do not
    go along either."""

    rows: dict[str, int] = field(default_factory=dict)
    originals: Ids = field(default_factory=set)
    common: Ids = field(default_factory=set)


def cut(path: Path, coder: Coder, label: str, wanted: Cut) -> CutOut:
    """Leaves out of the database at `path`, which must be a copy that nobody has open, what is not
    wanted in it, as a step of the kind `share`. Raises sqlite3.Error."""
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.row_factory = sqlite3.Row
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("PRAGMA foreign_keys = ON")
        copy.execute("PRAGMA secure_delete = ON")
        gone = CutOut()
        with journal.step(copy, label, coder, new_id(), SHARE) as tx:
            copy.execute("PRAGMA defer_foreign_keys = ON")
            for table, ids in _rows(copy, wanted, gone):
                standing = _standing(copy, table, ids)
                gone.rows[table] = gone.rows.get(table, 0) + len(standing)
                leave_out(copy, tx.seq, table, ids)
                for name, owner in (("passages", "owner"), ("coded", "owner"), (table, "id")):
                    _delete(copy, name, owner, ids)
                copy.execute(
                    "DELETE FROM clashes WHERE table_name = ?"
                    " AND row_id IN (SELECT value FROM json_each(?))",
                    (table, json.dumps(sorted(ids))),
                )
            copy.executemany(
                "INSERT OR IGNORE INTO absent (digest) VALUES (?)",
                [(one,) for one in sorted(wanted.absent | gone.common)],
            )
        erasure.compact(copy)
        return gone


def _rows(copy: sqlite3.Connection, wanted: Cut, gone: CutOut) -> Iterable[tuple[str, Ids]]:
    """The rows that are left out, by table, children before parents."""
    if wanted.submissions:
        scope = scope_of(copy, wanted.submissions)
        gone.originals = scope.originals
        gone.common = _common(copy, scope)
        for table, ids in scope.rows():
            kept = {"originals": scope.shared, "receipts": scope.containers}.get(table, set())
            yield table, ids - kept
    if wanted.blind:
        for table, query in _OTHERS.items():
            yield table, _others(copy, table, query, wanted.blind_for)


def _common(copy: sqlite3.Connection, scope: Scope) -> Ids:
    """The originals of others in which something of this is too: the file of a survey, a mailbox.
    A letter that two sent in the same words is each one's own."""
    texts: dict[bool, dict[str, Ids]] = {True: {}, False: {}}
    for row in copy.execute("SELECT id, original, text FROM documents"):
        if row["original"] in scope.shared:
            said = texts[row["id"] in scope.documents]
            said.setdefault(row["original"], set()).add(row["text"])
    left, stay = texts[True], texts[False]
    boxes = {
        row["original"]
        for row in copy.execute("SELECT id, original FROM receipts")
        if row["id"] in scope.containers
    }
    apart = {one for one, said in left.items() if not said <= stay.get(one, set())}
    return (boxes & scope.shared) | apart


_OTHERS = {
    "codings": "1",
    "decisions": "1",
    "basket_items": "1",
    "dismissals": "1",
    "sign_offs": "json_extract(image, '$.about') = 'submission'",
    "memos": "json_extract(image, '$.about') IN ('submission', 'document')",
}
"""What of others would show how they code, by table."""


def _others(copy: sqlite3.Connection, table: str, which: str, own: str) -> Ids:
    query = (
        "SELECT row_id FROM (SELECT row_id, coalesce(after, before) AS image FROM changes"  # noqa: S608
        " WHERE table_name = :table UNION ALL SELECT row_id, coalesce(after, before)"
        " FROM brought_changes WHERE table_name = :table) WHERE image IS NOT NULL"
        f" AND json_extract(image, '$.coder_id') IS NOT :own AND {which}"
    )
    return {row[0] for row in copy.execute(query, {"table": table, "own": own})}


def _standing(copy: sqlite3.Connection, table: str, ids: Collection[str]) -> Ids:
    query = f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'  # noqa: S608
    return {row[0] for row in copy.execute(query, (json.dumps(sorted(ids)),))}


def _delete(copy: sqlite3.Connection, table: str, column: str, ids: Collection[str]) -> None:
    copy.execute(
        f'DELETE FROM "{table}" WHERE {column} IN (SELECT value FROM json_each(?))',  # noqa: S608
        (json.dumps(sorted(ids)),),
    )
