"""The steps that merges brought from other copies: each keeps its own link, and each merge seals
all that it brought, so that neither can be altered unnoticed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby

from coder.store import chain
from coder.store.acts import BOOKKEEPING, MERGE, SHARE
from coder.store.chain import ERASURE

TABLE = "brought"

UNCOUNTED = (*BOOKKEEPING, ERASURE)
"""Kinds of steps whose link covers more than the changes that come along: of a merge nothing comes
but what it had brought; what an erasure or a share covers lies in the copy where it was made."""


def seal_of(connection: sqlite3.Connection, merge: int) -> str:
    """The SHA-256 over the links of all steps that a merge brought and the seals of those of their
    changes that had come without content, in hexadecimal."""
    whole = hashlib.sha256()
    for query in (
        "SELECT hash FROM brought_steps WHERE merge = ? ORDER BY id",
        (
            "SELECT digest FROM brought_changes WHERE +merge = ?1"
            " AND (erased = ?1 OR left_out = ?1) ORDER BY id, position"
        ),
    ):
        for (part,) in connection.execute(query, (merge,)):
            whole.update(part.encode())
    return whole.hexdigest()


def verify(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the steps that merges brought, a sentence each; empty where all is
    well."""
    return list(_verify(connection))


def _verify(connection: sqlite3.Connection) -> Iterator[str]:
    marks = {
        kind: {r[0] for r in connection.execute("SELECT seq FROM steps WHERE kind = ?", (kind,))}
        for kind in (MERGE, SHARE, ERASURE)
    }
    taking = {"erased": marks[ERASURE] | marks[MERGE], "left_out": marks[SHARE] | marks[MERGE]}
    found = connection.execute("SELECT * FROM brought_changes ORDER BY merge, id, position")
    every = groupby(found, lambda row: (row["merge"], row["id"]))
    waiting = next(every, None)
    for entry in connection.execute("SELECT * FROM brought_steps ORDER BY merge, id"):
        place = (entry["merge"], entry["id"])
        sound = chain.label_is_sound(entry, taking, entry["merge"])
        digests = []
        if waiting and waiting[0] == place:
            for change in waiting[1]:
                sound = chain.is_sound(change, taking, entry["merge"]) and sound
                digests.append(str(change["digest"]))
            waiting = next(every, None)
        if entry["kind"] not in UNCOUNTED:
            sound = sound and chain.content_of(digests) == entry["content"]
        sound = sound and entry["stamp"] >= entry["at"]
        if not sound or chain.linked(entry["previous"], entry, entry["content"]) != entry["hash"]:
            yield f"“{entry['label']}”, which a merge brought, was altered afterwards."
    if waiting:
        yield "A change that a merge brought belongs to no step."
    seals = {
        row["seq"]: row["after"]
        for row in connection.execute(
            "SELECT seq, after FROM changes JOIN steps USING (seq)"
            " WHERE kind = ? AND table_name = ? AND before IS NULL",
            (MERGE, TABLE),
        )
    }
    standing = {row[0] for row in connection.execute("SELECT id FROM brought")}
    merges = connection.execute("SELECT DISTINCT merge FROM brought_steps").fetchall()
    for merge in {row[0] for row in merges} | seals.keys():
        record = json.loads(seals.get(merge) or "{}")
        there = record.get("id") in standing
        if there and record["sealed"] != seal_of(connection, merge):
            yield f"What the merge {merge} brought was altered afterwards."
        if not there and merge in {row[0] for row in merges}:
            yield f"There are steps that no merge brought ({merge})."
