"""Bringing another copy in: its steps and originals come, and every row becomes what it should be,
in one step. And taking out again what such a step brought."""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError, Refused
from coder.domain.model import new_id
from coder.domain.together import Brought
from coder.jobs import Job
from coder.store import brought, bulk, chain, originals
from coder.store.acts import BOOKKEEPING, MERGE
from coder.store.brought import TABLE
from coder.store.bulk import RowChange
from coder.store.chain import ERASURE
from coder.store.journal import Step
from coder.store.merging import clashing
from coder.store.merging.foreign import Foreign
from coder.store.merging.history import History
from coder.store.merging.plan import Plan, differences

_STEP = (
    "merge", "id", "origin", "seq", "previous", "hash", "content", "at", "stamp", "coder_id",
    "label", "kind", "reverses", "salt", "label_digest", "erased", "left_out",
)  # fmt: skip
_CHANGE = (
    "merge", "id", "position", "table_name", "row_id", "before", "after", "salt", "digest",
    "erased", "left_out",
)  # fmt: skip
_AT_ONCE = 1_000


@contextmanager
def without_pauses() -> Iterator[None]:
    """Makes hundreds of thousands of small things without Python looking, again and again, for
    rings among them; that takes a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def bring(tx: Step, theirs: Foreign, plan: Plan) -> None:
    """Does in an open step of the kind `merge` what was planned in the state that it found."""
    _take_steps(tx, theirs.db, plan)
    bulk.write(tx, plan.changes)
    sealed = brought.seal_of(tx.connection, tx.seq)
    tx.put(Brought(new_id(), tuple(sorted(plan.seen.items())), sealed))
    clashing.keep(tx.connection, tx.seq, plan.clashes)
    note_absent(tx.connection, theirs.db, plan)
    tx.connection.executemany(
        "INSERT OR IGNORE INTO traces (digest, salt, submission_id) VALUES (?, ?, ?)",
        theirs.db.execute("SELECT digest, salt, submission_id FROM traces").fetchall(),
    )


@without_pauses()
def take_out(tx: Step, target: sqlite3.Row) -> None:
    """Takes the steps that a merge brought out again, in an open step of the kind `unmerge`. Raises
    Refused where what it changed has been changed since, or later work rests on it."""
    db = tx.connection
    _refuse_later(db, target)
    for table in ("brought_changes", "brought_steps"):
        db.execute(f"DELETE FROM {table} WHERE merge = ?", (target["seq"],))  # noqa: S608
    (record,) = db.execute(
        "SELECT row_id FROM changes WHERE seq = ? AND table_name = ?", (target["seq"], TABLE)
    ).fetchone()
    tx.set_row(TABLE, record, None)
    history = History()
    history.add(db)
    whole = history.whole()
    changes = list(differences(db, whole))
    since = _changed_since(db, target["seq"])
    if any(one.after is None and (one.table, one.row_id) in since for one in changes):
        raise Refused(
            f"“{target['label']}” can no longer be undone: later work rests on it.",
            "Remove that work first (tags, quotes in baskets or documents made since).",
        )
    bulk.write(tx, changes)
    clashing.keep(db, tx.seq, whole.clashes)


def keep_originals(folder: Path, theirs: Foreign, plan: Plan, job: Job, fresh: list[str]) -> None:
    """Copies the originals that come, each checked by its hash; notes the digests of those that are
    `fresh` here. Raises EvidenceError, OSError, Cancelled."""
    for done, (digest, name) in enumerate(plan.originals.items()):
        job.check()
        job.report(done, len(plan.originals), f"Copying {name}")
        if not originals.is_sound(originals.path_of(folder, digest, name), digest):
            fresh.append(digest)
            _copy(folder, theirs, digest, name)


def note_absent(db: sqlite3.Connection, theirs: sqlite3.Connection, plan: Plan) -> None:
    """Notes which originals were left out of this copy by now: not those that came, but those that
    had been left out of the other too."""
    db.executemany("DELETE FROM absent WHERE digest = ?", [(one,) for one in plan.originals])
    there = {row[0] for row in theirs.execute("SELECT digest FROM absent")}
    made = {one.row_id for one in plan.changes if one.table == "originals" and not one.before}
    db.executemany(
        "INSERT OR IGNORE INTO absent (digest) VALUES (?)",
        [(one,) for one in sorted(there & made - plan.originals.keys())],
    )


def _copy(folder: Path, theirs: Foreign, digest: str, name: str) -> None:
    with tempfile.TemporaryDirectory(prefix="evidence-coder-") as apart:
        part = Path(apart) / "original"
        with theirs.original(digest, name) as stream, part.open("wb") as out:
            if stream is not None:
                shutil.copyfileobj(stream, out, 1 << 20)
        with part.open("rb") as written:
            found = hashlib.file_digest(written, "sha256").hexdigest()
        if found != digest:
            raise EvidenceError(
                f"The original “{name}” in “{theirs.name}” was changed or is cut off.",
                "Ask for a fresh copy; nothing was taken from this one.",
            )
        originals.keep(folder, Source(name, path=part), digest, name)


def rename_originals(folder: Path, changes: Iterable[RowChange]) -> None:
    """Puts originals where they lie under the names that they have now. Raises OSError."""
    for one in changes:
        if one.table == "originals" and one.after:
            lies = originals.path_of(folder, one.row_id, one.after["name"])
            if not lies.exists():
                for other in lies.parent.glob(f"{one.row_id}*"):
                    originals.keep(folder, Source(other.name, path=other), one.row_id, lies.name)
                    break


def _take_steps(tx: Step, theirs: sqlite3.Connection, plan: Plan) -> None:
    """Writes down the steps that come, each once, with their changes."""
    coming = _coming(tx, theirs, plan)
    while some := list(islice(coming, _AT_ONCE)):
        _insert(tx.connection, "brought_steps", ("line", *_STEP), [step for step, _ in some])
        changes = [change for _, several in some for change in several]
        _insert(tx.connection, "brought_changes", ("line", *_CHANGE), changes)


def _coming(
    tx: Step, theirs: sqlite3.Connection, plan: Plan
) -> Iterator[tuple[Sequence[object], Sequence[Sequence[object]]]]:
    """The rows for the steps that come and for their changes."""
    filled = frozenset(plan.fills)
    known = _known_changes(tx.connection, set(filled))
    line = tx.connection.execute("SELECT min(line) FROM brought_steps").fetchone()[0] or 0
    for one, theirs_changes in _gathered(theirs, filled.union(plan.steps)):
        mine = theirs_changes
        if one["kind"] in BOOKKEEPING:
            mine = [change for change in theirs_changes if change["table_name"] == TABLE]
        rows = [_taken(tx.seq, one, change, plan, known) for change in mine]
        if one["kind"] != ERASURE and any(row[-2] is not None for row in rows):
            one.update(label="", salt="", erased=tx.seq)
        for name in ("erased", "left_out"):
            if one[name] is not None:
                one[name] = tx.seq
        one["merge"] = tx.seq
        line -= 1
        number = _number_of(tx.connection, one["id"]) if one["id"] in filled else line
        yield [number, *(one[name] for name in _STEP)], [(number, *row) for row in rows]


def _gathered(
    db: sqlite3.Connection, wanted: Collection[str]
) -> Iterator[tuple[dict[str, Any], list[sqlite3.Row]]]:
    """These steps of a journal, each once. Of one that came in parts all parts together."""
    parted = _parted(db)
    found: dict[str, tuple[dict[str, Any], list[sqlite3.Row]]] = {}
    for one, changes in _journal(db, wanted):
        if "content" not in one:
            digests = [str(change["digest"]) for change in changes]
            digests += chain.covered(db, one["kind"], one["seq"])
            one["content"] = chain.content_of(digests)
        if one["id"] not in parted:
            yield one, changes
            continue
        first, others = found.get(one["id"], (one, []))
        told = min(one, first, key=lambda part: part["left_out"] is not None)
        by_place = {change["position"]: change for change in changes}
        by_place |= {change["position"]: change for change in others if change["left_out"] is None}
        found[one["id"]] = told, [by_place[place] for place in sorted(by_place)]
    yield from found.values()


def _parted(db: sqlite3.Connection) -> set[str]:
    """The steps that a journal has more than once, with other content left out of each."""
    query = (
        "SELECT id FROM (SELECT id FROM steps UNION ALL SELECT id FROM brought_steps)"
        " GROUP BY id HAVING COUNT(*) > 1"
    )
    return {row[0] for row in db.execute(query)}


def _number_of(db: sqlite3.Connection, step_id: str) -> int:
    """The number in the trail of a step that is here without all of its content."""
    found = db.execute(
        "SELECT seq FROM steps WHERE id = :id UNION ALL"
        " SELECT line FROM brought_steps WHERE id = :id LIMIT 1",
        {"id": step_id},
    ).fetchone()
    return int(found[0])


def _journal(
    db: sqlite3.Connection, ids: Collection[str]
) -> Iterator[tuple[dict[str, Any], list[sqlite3.Row]]]:
    """These steps of a journal with their changes: its own, then those that merges brought."""
    previous = ""
    for row, changes in _together(db, "steps", "changes", ("seq",)):
        if row["id"] in ids:
            yield {**dict(row), "previous": previous}, changes
        previous = row["hash"]
    for row, changes in _together(db, "brought_steps", "brought_changes", ("merge", "id")):
        if row["id"] in ids:
            yield dict(row), changes


def _together(
    db: sqlite3.Connection, steps: str, changes: str, key: tuple[str, ...]
) -> Iterator[tuple[sqlite3.Row, list[sqlite3.Row]]]:
    order, place = ", ".join(key), itemgetter(*key)
    every = groupby(
        db.execute(f"SELECT * FROM {changes} ORDER BY {order}, position"),  # noqa: S608
        place,
    )
    waiting = next(every, None)
    for row in db.execute(f"SELECT * FROM {steps} ORDER BY {order}"):  # noqa: S608
        mine: list[sqlite3.Row] = []
        if waiting and waiting[0] == place(row):
            mine = list(waiting[1])
            waiting = next(every, None)
        yield row, mine


def _known_changes(db: sqlite3.Connection, fills: set[str]) -> set[tuple[str, int]]:
    """The changes of these steps whose content is here."""
    if not fills:
        return set()
    wanted = json.dumps(sorted(fills))
    return {
        (row[0], row[1])
        for row in db.execute(
            "SELECT id, position FROM act_changes WHERE id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
    }


def _taken(
    merge: int, step: dict[str, Any], change: sqlite3.Row, plan: Plan, known: set[tuple[str, int]]
) -> tuple[object, ...]:
    """A change as it is kept here: without its content where that was erased in either copy, or is
    here already."""
    table, row_id = change["table_name"], change["row_id"]
    gone = (table, row_id) in plan.without and step["kind"] != ERASURE
    erased = merge if change["erased"] is not None or gone else None
    here = (step["id"], change["position"]) in known
    left_out = merge if change["left_out"] is not None or here else None
    before, after, salt = change["before"], change["after"], change["salt"]
    if gone or here:
        ref = json.loads(after).get("ref") if after and table == "submissions" else None
        before, salt = None, ""
        after = json.dumps({"ref": ref}, separators=(",", ":")) if ref is not None else None
        row_id = "" if table == "originals" else row_id
    place = (merge, step["id"], change["position"], table, row_id)
    return (*place, before, after, salt, change["digest"], erased, left_out)


def _insert(
    db: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    marks = ", ".join("?" * len(names))
    db.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608


def _refuse_later(db: sqlite3.Connection, target: sqlite3.Row) -> None:
    later = db.execute(
        "SELECT label FROM steps s WHERE kind = ? AND seq > ?"
        " AND NOT EXISTS (SELECT 1 FROM steps r WHERE r.reverses = s.id) ORDER BY seq DESC",
        (MERGE, target["seq"]),
    ).fetchone()
    if later:
        raise Refused(
            f"“{target['label']}” can no longer be undone: “{later['label']}” came after it.",
            "Undo that one first.",
        )
    mine = {
        (row[0], row[1])
        for row in db.execute(
            "SELECT table_name, row_id FROM changes WHERE seq = ?", (target["seq"],)
        )
    }
    if mine & _changed_since(db, target["seq"]):
        raise Refused(
            f"“{target['label']}” can no longer be undone: it has been changed since.",
            "Look at the history to see by whom.",
        )


def _changed_since(db: sqlite3.Connection, seq: int) -> set[tuple[str, str]]:
    """The rows that acts in this copy changed after a step."""
    kinds = ", ".join(f"'{kind}'" for kind in BOOKKEEPING)
    query = (
        "SELECT table_name, row_id FROM changes JOIN steps USING (seq)"  # noqa: S608
        f" WHERE seq > ? AND kind NOT IN ({kinds})"
    )
    return {(row[0], row[1]) for row in db.execute(query, (seq,))}
