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
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from json.encoder import encode_basestring
from typing import Any

from coder.store.acts import MERGE, SHARE
from coder.store.rows import TABLES, as_today, columns, dumps

ERASURE = "erasure"
_TAKES = {ERASURE: "erased", SHARE: "left_out"}

_SEALED = ("at", "coder_id", "id", "kind", "label_digest", "origin", "reverses")
_PARTS = ("table_name", "row_id", "before", "after")
_OLD = ("id", "origin", "at", "coder_id", "label", "kind", "reverses")
_REF = {"ref"}

Key = tuple[str, str]


def new_salt() -> str:
    """A fresh salt: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def seal(salt: str, *content: str | None) -> str:
    """The SHA-256 of a salt and what it seals, in hexadecimal: of `dumps([salt, *content])`, which
    is put together here since it is done for every change there is."""
    return _sha256(f"[{','.join([_told(part) for part in (salt, *content)])}]")


def _told(part: str | None) -> str:
    return "null" if part is None else encode_basestring(part)


def link(previous: str, entry: Mapping[str, Any], digests: Iterable[str]) -> str:
    """A step's link: SHA-256 over the link before, the step, and the seals of its changes, in
    hexadecimal. An erasure's seals are followed by those of what it erased, those of a share by
    those of what it left out."""
    return linked(previous, entry, content_of(digests))


def content_of(digests: Iterable[str]) -> str:
    """The SHA-256 of a step's seals, one after the other, in hexadecimal."""
    return _sha256("".join(digests))


def linked(previous: str, entry: Mapping[str, Any], content: str) -> str:
    """A step's link, where its seals are known by `content_of` them alone: the SHA-256 of `dumps`
    of a list of the link before, the step and the content, put together here as a seal is."""
    step = ",".join([f'"{name}":{_told(entry[name])}' for name in _SEALED])
    return _sha256(f"[{_told(previous)},{{{step}}},{_told(content)}]")


def stamp_after(at: str, last: str) -> str:
    """When a step counts as made that was made at this moment (ISO 8601): then, or a microsecond
    after the `last` that it had seen, whatever the clock said."""
    if at > last:
        return at
    try:
        moment = datetime.fromisoformat(last) + timedelta(microseconds=1)
    except ValueError:
        return f"{last}0"
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def covered(connection: sqlite3.Connection, kind: str, seq: int) -> list[str]:
    """The seals of all changes, then of all labels, that this step took the content of: an erasure
    for good, a share out of its copy. Those that merges had brought come last."""
    column = _TAKES.get(kind)
    if column is None:
        return []
    return [
        str(row[0])
        for query in (
            f"SELECT digest FROM changes WHERE {column} = ? ORDER BY seq, position",  # noqa: S608
            f"SELECT label_digest FROM steps WHERE {column} = ? ORDER BY seq",  # noqa: S608
            f"SELECT digest FROM brought_changes WHERE {column} = ? ORDER BY merge, id, position",  # noqa: S608
            f"SELECT label_digest FROM brought_steps WHERE {column} = ? ORDER BY merge, id",  # noqa: S608
        )
        for row in connection.execute(query, (seq,))
    ]


def forget(connection: sqlite3.Connection, seq: int, table: str, ids: Iterable[str]) -> None:
    """Takes the content of every change of these rows before the erasure `seq`, and the labels of
    their steps, also of those that merges brought. Of a submission its reference stays, so that it
    is never given again."""
    _take(connection, "erased", seq, table, ids)


def leave_out(connection: sqlite3.Connection, seq: int, table: str, ids: Iterable[str]) -> None:
    """Takes the content of every change of these rows, and the labels of their steps, out of a copy
    that is made for somebody by the step `seq` of the kind `share`. The rows themselves are to be
    deleted by whoever calls this. Where this copy is merged with a fuller one they come back."""
    _take(connection, "left_out", seq, table, ids)


def _take(
    connection: sqlite3.Connection, column: str, seq: int, table: str, ids: Iterable[str]
) -> None:
    wanted = {"seq": seq, "table": table, "ids": json.dumps(sorted(ids))}
    ref = (
        "CASE WHEN json_extract(after, '$.ref') IS NOT NULL"
        " THEN json_object('ref', json_extract(after, '$.ref')) END"
    )
    for steps, changes, key in (
        ("steps", "changes", ("seq",)),
        ("brought_steps", "brought_changes", ("merge", "id")),
    ):
        before = "seq" if steps == "steps" else "merge"
        fresh = f"erased IS NULL AND {'left_out IS NULL AND ' * (column == 'left_out')}"
        these = (
            f"{fresh}{before} < :seq AND table_name = :table"  # noqa: S608
            " AND row_id IN (SELECT value FROM json_each(:ids))"
        )
        names = ", ".join(key)
        connection.execute(
            f"UPDATE {steps} SET label = '', salt = '', {column} = :seq WHERE {fresh}"  # noqa: S608
            f" kind <> '{ERASURE}' AND ({names}) IN (SELECT {names} FROM {changes} WHERE {these})",
            wanted,
        )
        connection.execute(
            f"UPDATE {changes} SET before = NULL, salt = '', {column} = :seq, after = {ref},"  # noqa: S608
            f" row_id = iif(table_name = 'originals', '', row_id) WHERE {these}",
            wanted,
        )


def verify(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the journal, a sentence each: broken links of the chain, and rows that
    are not what the journal says they should be. Empty where all is well."""
    return list(_verify(connection))


def _verify(connection: sqlite3.Connection) -> Iterator[str]:
    previous, stamp = "", ""
    replayed: dict[Key, str | None] = {}
    taking = {
        name: {r[0] for r in connection.execute("SELECT seq FROM steps WHERE kind = ?", (kind,))}
        for kind, name in _TAKES.items()
    }
    every = groupby(
        connection.execute("SELECT * FROM changes ORDER BY seq, position"), lambda row: row["seq"]
    )
    waiting = next(every, None)
    for entry in connection.execute("SELECT * FROM steps ORDER BY seq"):
        sound = label_is_sound(entry, taking, entry["seq"])
        digests = []
        while waiting and waiting[0] < entry["seq"]:
            yield f"Something was written beside step {waiting[0]}, which is not there."
            waiting = next(every, None)
        if waiting and waiting[0] == entry["seq"]:
            for change in waiting[1]:
                sound = is_sound(change, taking, entry["seq"]) and sound
                digests.append(str(change["digest"]))
                if change["erased"] is not None or change["left_out"] is not None:
                    continue
                key = (change["table_name"], change["row_id"])
                if not _same(key[0], replayed.get(key), change["before"]):
                    yield f"Step {entry['seq']} does not follow from the steps before it."
                replayed[key] = change["after"]
            waiting = next(every, None)
        digests += covered(connection, entry["kind"], entry["seq"])
        late = entry["stamp"] if entry["kind"] == MERGE else stamp_after(entry["at"], stamp)
        sound = sound and entry["stamp"] == late > stamp
        if not sound or link(previous, entry, digests) != entry["hash"]:
            yield f"Step {entry['seq']} (“{entry['label']}”) was altered afterwards."
        previous, stamp = entry["hash"], entry["stamp"]
    yield from _against_rows(connection, replayed)


Taking = Mapping[str, set[int]]
"""By the column that says so, the numbers of the steps that took content away."""


def is_sound(change: sqlite3.Row, taking: Taking, seq: int) -> bool:
    """Whether a change that came into this copy with step `seq` is what was sealed, or had its
    content taken by a step that came after it."""
    for name, by in taking.items():
        if change[name] is not None:
            left = change["before"] is None and not change["salt"] and _only_ref(change["after"])
            return bool(left and change[name] in by and change[name] >= seq)
    return bool(change["digest"] == seal(change["salt"], *(change[n] for n in _PARTS)))


def label_is_sound(entry: sqlite3.Row, taking: Taking, seq: int) -> bool:
    """Whether a step's label is what was sealed, or was taken by a step that came after it."""
    for name, by in taking.items():
        if entry[name] is not None:
            left = not entry["label"] and not entry["salt"]
            return bool(left and entry[name] in by and entry[name] >= seq)
    return bool(entry["label_digest"] == seal(entry["salt"], entry["label"]))


def _only_ref(image: str | None) -> bool:
    return image is None or set(json.loads(image)) == _REF


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


def stamp_old(connection: sqlite3.Connection) -> None:
    """Says of the steps of an older journal when they count as made."""
    last, stamps = "", []
    for seq, at in connection.execute("SELECT seq, at FROM steps ORDER BY seq"):
        last = stamp_after(at, last)
        stamps.append((last, seq))
    connection.executemany("UPDATE steps SET stamp = ? WHERE seq = ?", stamps)


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
