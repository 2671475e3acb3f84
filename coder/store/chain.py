"""The chain of the journal, by which one that was altered afterwards can be told.

Each change and each label is sealed: a random salt of 128 bits, and the SHA-256 of the salt with
the content. A step's link is the SHA-256 of the link before, of the step without its label, and of
its seals. So content can be erased with its salt and the chain still holds: the seal stays, which
without the salt tells nothing of what it sealed. What is hashed is JSON as `rows.dumps` writes it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from coder.store.rows import TABLES, as_today, columns, dumps

ERASURE = "erasure"

_SEALED = ("id", "origin", "at", "coder_id", "kind", "reverses", "label_digest")
_PARTS = ("table_name", "row_id", "before", "after")
_OLD = ("id", "origin", "at", "coder_id", "label", "kind", "reverses")
_REF = {"ref"}

Key = tuple[str, str]


def new_salt() -> str:
    """A fresh salt: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def seal(salt: str, *content: str | None) -> str:
    """The SHA-256 of a salt and what it seals, in hexadecimal."""
    return _sha256(dumps([salt, *content]))


def link(previous: str, entry: Mapping[str, Any], digests: Iterable[str]) -> str:
    """A step's link: SHA-256 over the link before, the step, and the seals of its changes, in
    hexadecimal. An erasure's seals are followed by those of what it erased."""
    content = hashlib.sha256()
    for digest in digests:
        content.update(digest.encode())
    return _sha256(dumps([previous, {n: entry[n] for n in _SEALED}, content.hexdigest()]))


def erased_by(connection: sqlite3.Connection, seq: int) -> list[str]:
    """The seals of all changes, then of all labels, that this erasure took the content of."""
    changes = "SELECT digest FROM changes WHERE erased = ? ORDER BY seq, position"
    labels = "SELECT label_digest FROM steps WHERE erased = ? ORDER BY seq"
    return [str(row[0]) for kind in (changes, labels) for row in connection.execute(kind, (seq,))]


def forget(connection: sqlite3.Connection, seq: int, table: str, ids: Iterable[str]) -> None:
    """Takes the content of every change of these rows before the erasure `seq`, and the labels of
    their steps. Of a submission its reference stays, so that it is never given again."""
    wanted = {"seq": seq, "table": table, "ids": json.dumps(sorted(ids))}
    these = (
        "erased IS NULL AND seq < :seq AND table_name = :table"
        " AND row_id IN (SELECT value FROM json_each(:ids))"
    )
    connection.execute(
        "UPDATE steps SET label = '', salt = '', erased = :seq WHERE erased IS NULL"  # noqa: S608
        f" AND kind <> '{ERASURE}' AND seq IN (SELECT seq FROM changes WHERE {these})",
        wanted,
    )
    connection.execute(
        "UPDATE changes SET before = NULL, salt = '', erased = :seq,"  # noqa: S608
        " after = CASE WHEN json_extract(after, '$.ref') IS NOT NULL"
        " THEN json_object('ref', json_extract(after, '$.ref')) END,"
        f" row_id = iif(table_name = 'originals', '', row_id) WHERE {these}",
        wanted,
    )


def verify(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the journal, a sentence each: broken links of the chain, and rows that
    are not what the journal says they should be. Empty where all is well."""
    findings: list[str] = []
    previous = ""
    replayed: dict[Key, str | None] = {}
    erasures = {
        row[0] for row in connection.execute("SELECT seq FROM steps WHERE kind = ?", (ERASURE,))
    }
    for entry in connection.execute("SELECT * FROM steps ORDER BY seq").fetchall():
        sound = _label_is_sound(entry, erasures)
        digests = []
        for change in connection.execute(
            "SELECT * FROM changes WHERE seq = ? ORDER BY position", (entry["seq"],)
        ):
            sound = _is_sound(change, erasures) and sound
            digests.append(str(change["digest"]))
            if change["erased"] is not None:
                continue
            key = (change["table_name"], change["row_id"])
            if not _same(key[0], replayed.get(key), change["before"]):
                findings.append(f"Step {entry['seq']} does not follow from the steps before it.")
            replayed[key] = change["after"]
        if entry["kind"] == ERASURE:
            digests += erased_by(connection, entry["seq"])
        if not sound or link(previous, entry, digests) != entry["hash"]:
            findings.append(f"Step {entry['seq']} (“{entry['label']}”) was altered afterwards.")
        previous = entry["hash"]
    return findings + _against_rows(connection, replayed)


def _is_sound(change: sqlite3.Row, erasures: set[int]) -> bool:
    """Whether a change is what was sealed, or was erased by an erasure that came after it."""
    if change["erased"] is None:
        return bool(change["digest"] == seal(change["salt"], *(change[n] for n in _PARTS)))
    left = change["before"] is None and not change["salt"] and _only_ref(change["after"])
    return bool(left and change["erased"] in erasures and change["erased"] > change["seq"])


def _only_ref(image: str | None) -> bool:
    return image is None or set(json.loads(image)) == _REF


def _label_is_sound(entry: sqlite3.Row, erasures: set[int]) -> bool:
    if entry["erased"] is None:
        return bool(entry["label_digest"] == seal(entry["salt"], entry["label"]))
    left = not entry["label"] and not entry["salt"]
    return bool(left and entry["erased"] in erasures and entry["erased"] > entry["seq"])


def _same(table: str, one: str | None, other: str | None) -> bool:
    """Whether two images are of the same row, also where one was written before a column came."""
    if one is None or other is None or one == other:
        return one == other
    return as_today(table, json.loads(one)) == as_today(table, json.loads(other))


def _against_rows(connection: sqlite3.Connection, replayed: dict[Key, str | None]) -> list[str]:
    findings = []
    expected = {key: image for key, image in replayed.items() if image is not None}
    for kind, table in TABLES.items():
        for found in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
            image = dumps({name: found[name] for name in columns(kind)})
            if not _same(table, expected.pop((table, found["id"]), None), image):
                findings.append(
                    f"Row {found['id']} of {table} was not written through the journal."
                )
    findings += [f"Row {row} of {table} is missing." for table, row in expected]
    return findings


def seal_old(connection: sqlite3.Connection) -> None:
    """Seals a journal that was chained over the content itself. A step that does not hold under
    that chain keeps its old link, so it is found under the new one too."""
    old = new = ""
    for entry in connection.execute("SELECT * FROM steps ORDER BY seq").fetchall():
        content, digests = hashlib.sha256(), []
        for change in connection.execute(
            "SELECT * FROM changes WHERE seq = ? ORDER BY position", (entry["seq"],)
        ).fetchall():
            parts = [change[name] for name in _PARTS]
            content.update(dumps(parts).encode())
            own = new_salt()
            digests.append(seal(own, *parts))
            connection.execute(
                "UPDATE changes SET salt = ?, digest = ? WHERE seq = ? AND position = ?",
                (own, digests[-1], entry["seq"], change["position"]),
            )
        kept = {name: entry[name] for name in _OLD}
        sound = _sha256(dumps([old, kept, content.hexdigest()])) == entry["hash"]
        own = new_salt()
        sealed = {**dict(entry), "label_digest": seal(own, entry["label"])}
        old, new = entry["hash"], link(new, sealed, digests) if sound else entry["hash"]
        connection.execute(
            "UPDATE steps SET salt = ?, label_digest = ?, hash = ? WHERE seq = ?",
            (own, sealed["label_digest"], new, entry["seq"]),
        )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
