"""The one writing seam: steps that change rows and write down what they changed, together.

A step is one act of a person, or of a machine on a person's behalf. It is appended to the journal
with each row before and after. Steps form a chain (`chain.py`), so that a journal that was altered
afterwards can be told.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from coder.domain.errors import Refused
from coder.domain.model import Coder, new_id, now
from coder.store import chain, likeness, quoted, search
from coder.store.acts import BOOKKEEPING, SHARE
from coder.store.chain import ERASURE
from coder.store.reads import Reads
from coder.store.rows import TABLES, Record, Row, as_today, columns, dumps, to_row

ACT, MACHINE, UNDO, REDO = "act", "machine", "undo", "redo"

_REVERSED = (
    "(EXISTS (SELECT 1 FROM steps r WHERE r.reverses = s.id)"
    " OR EXISTS (SELECT 1 FROM brought_steps r WHERE r.reverses = s.id))"
)
"""That the step `s` was taken back, here or in another copy."""

_KINDS = {table: kind for kind, table in TABLES.items()}
_ALONE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_BATCHED = ("SAVEPOINT step", "RELEASE step", ("ROLLBACK TO step", "RELEASE step"))
_LASTING = {"coders", "originals"}
_OWN = {"readings"}
"""What nobody but its coder, and what is noted for them meanwhile, ever changes."""
_PLACE = {
    "codings": (("start", "end", "quote"),),
    "segments": (("position",),),
    "basket_items": (("start", "end", "quote", "omitted", "was"), ("position",)),
    "decisions": (("start", "end", "state"),),
}
"""What is said together of where a row stands: in a text that may be corrected, which carries it
along, and among others that may be put in another order or numbered anew."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """What one committed step was and which rows it touched: their ids, by table."""

    id: str
    label: str
    kind: str
    coder_id: str
    touched: Mapping[str, frozenset[str]]

    def touches(self, *tables: str) -> bool:
        """Whether a row of one of these tables was changed."""
        return not self.touched.keys().isdisjoint(tables)

    def rows(self, table: str) -> frozenset[str]:
        """The ids of the rows of a table that were changed."""
        return self.touched.get(table, frozenset())


@dataclass
class Step:
    """An open step. `put` and `delete` change a row and remember it before and after."""

    connection: sqlite3.Connection
    seq: int
    id: str
    digests: list[str] = field(default_factory=list)
    touched: set[tuple[str, str]] = field(default_factory=set)

    def done(self, label: str, kind: str, coder: Coder) -> StepDone:
        """The step as it is told of once it is committed."""
        rows: defaultdict[str, list[str]] = defaultdict(list)
        for table, row_id in self.touched:
            rows[table].append(row_id)
        by_table = {table: frozenset(ids) for table, ids in rows.items()}
        return StepDone(self.id, label, kind, coder.id, by_table)

    @property
    def read(self) -> Reads:
        """Typed reads that see what this step, and the batch it is in, have done so far."""
        return Reads(self.connection)

    def made(self, table: str) -> set[str]:
        """The ids of the rows of a table that were not there before this step."""
        return {row_id for name, row_id in _made(self.connection, self.seq) if name == table}

    def put(self, record: Record) -> None:
        """Writes the record, new or changed. A record that is as it was leaves no trace."""
        self.set_row(TABLES[type(record)], record.id, to_row(record))

    def delete(self, record: Record) -> None:
        """Removes the record's row."""
        self.set_row(TABLES[type(record)], record.id, None)

    def set_row(self, table: str, row_id: str, after: Row | None) -> None:
        """Makes the row what `after` says, None for absent, and writes the journal's entry."""
        before = row_of(self.connection, table, row_id)
        if before == after:
            return
        if after is None:
            self.connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))  # noqa: S608
        else:
            values = [after[name] for name in columns(_KINDS[table])]
            if before is None:
                self.connection.execute(_insert(table), values)
            else:
                self.connection.execute(_update(table), [*values, row_id])
        kept = None if after is None else row_of(self.connection, table, row_id)
        images = tuple(None if row is None else dumps(row) for row in (before, kept))
        salt = chain.new_salt()
        digest = chain.seal(salt, table, row_id, *images)
        self.connection.execute(
            "INSERT INTO changes (seq, position, table_name, row_id, before, after, salt, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self.seq, len(self.digests), table, row_id, *images, salt, digest),
        )
        self.digests.append(digest)
        self.touched.add((table, row_id))
        search.refresh(self.connection, table, row_id, after)
        likeness.refresh(self.connection, table, row_id, after)
        quoted.refresh(self.connection, table, before, after)


@contextmanager
def step(
    connection: sqlite3.Connection,
    label: str,
    coder: Coder,
    origin: str,
    kind: str = ACT,
    reverses: str | None = None,
    *,
    at: str = "",
    seen: str = "",
    batched: bool = False,
    alone: bool = False,
) -> Iterator[Step]:
    """Opens a step and commits it whole, or not at all where the body raises.

    A step that changed nothing is not kept, unless it is a share. A coder not seen before is
    written down with the step; before it, in a step that is kept `alone`, where it only keeps this
    copy's books and is no act that other copies get. `origin` names the sitting it is made in, `at`
    the moment by the clock, now where none is given, and `seen` the latest stamp of what it brings
    from elsewhere. A `batched` step is part of the transaction that is open, and is committed with
    it.
    """
    begin, keep, drop = _BATCHED if batched else _ALONE
    connection.execute(begin)
    try:
        if kind in BOOKKEEPING and row_of(connection, "coders", coder.id) is None:
            begun = f"{coder.name} begins"
            with step(connection, begun, coder, origin, MACHINE, at=at, batched=True, alone=True):
                pass
        last = connection.execute(
            "SELECT seq, hash, stamp FROM steps ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        if last and not last["hash"]:
            raise RuntimeError("a step was begun within another")
        entry: dict[str, Any] = {
            "seq": (last["seq"] if last else 0) + 1,
            "id": new_id(),
            "origin": origin,
            "at": at or now(),
            "coder_id": coder.id,
            "label": label,
            "kind": kind,
            "reverses": reverses,
            "salt": chain.new_salt(),
        }
        entry["stamp"] = chain.stamp_after(entry["at"], max(last["stamp"] if last else "", seen))
        entry["label_digest"] = chain.seal(entry["salt"], label)
        connection.execute(_insert_step(entry), entry)
        open_step = Step(connection, entry["seq"], entry["id"])
        if kind not in BOOKKEEPING and row_of(connection, "coders", coder.id) is None:
            open_step.put(coder)
        introduced = set(open_step.touched)
        yield open_step
        if open_step.touched == introduced and kind != SHARE and not alone:
            open_step.touched.clear()
            _run(connection, drop)
            return
        covered = chain.covered(connection, kind, entry["seq"])
        linked = chain.link(last["hash"] if last else "", entry, [*open_step.digests, *covered])
        connection.execute("UPDATE steps SET hash = ? WHERE seq = ?", (linked, entry["seq"]))
        connection.execute(keep)
    except BaseException:
        if connection.in_transaction:
            _run(connection, drop)
        raise


def _run(connection: sqlite3.Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(statement)


def row_of(connection: sqlite3.Connection, table: str, row_id: str) -> Row | None:
    """A row as it stands, or None."""
    found = connection.execute(
        f'SELECT * FROM "{table}" WHERE id = ?',  # noqa: S608
        (row_id,),
    ).fetchone()
    return {name: found[name] for name in columns(_KINDS[table])} if found else None


def undoable(connection: sqlite3.Connection, coder: Coder) -> sqlite3.Row | None:
    """The step that undo would take back: this coder's latest act that still stands. What was
    erased or left out of this copy, also in part, is passed over."""
    found: sqlite3.Row | None = connection.execute(
        "SELECT * FROM steps s WHERE coder_id = ? AND erased IS NULL AND left_out IS NULL"  # noqa: S608
        " AND kind IN ('act', 'redo', 'merge')"
        f" AND NOT {_REVERSED}"
        " ORDER BY seq DESC LIMIT 1",
        (coder.id,),
    ).fetchone()
    return found


def made_by_undoable(connection: sqlite3.Connection, coder: Coder) -> set[tuple[str, str]]:
    """The rows, by table and id, that were not there before the step that undo would take back."""
    target = undoable(connection, coder)
    return _made(connection, target["seq"]) if target else set()


def _made(connection: sqlite3.Connection, seq: int) -> set[tuple[str, str]]:
    query = "SELECT table_name, row_id FROM changes WHERE seq = ? AND before IS NULL"
    return {(str(row[0]), str(row[1])) for row in connection.execute(query, (seq,))}


def passed_over(connection: sqlite3.Connection, coder: Coder) -> str:
    """The label of this coder's erasure that undo would now go past for the first time, to an act
    before it; empty where there is none."""
    target = undoable(connection, coder)
    found = connection.execute(
        "SELECT label FROM steps e WHERE coder_id = :coder AND kind = :erasure AND seq > :target"
        " AND NOT EXISTS (SELECT 1 FROM steps u JOIN steps t ON t.id = u.reverses"
        "                 WHERE u.coder_id = :coder AND u.kind = 'undo'"
        "                 AND u.seq > e.seq AND t.seq < e.seq)"
        " ORDER BY seq DESC LIMIT 1",
        {"coder": coder.id, "erasure": ERASURE, "target": target["seq"] if target else 0},
    ).fetchone()
    return str(found["label"]) if found else ""


def redoable(connection: sqlite3.Connection, coder: Coder) -> sqlite3.Row | None:
    """The undo that redo would take back, unless this coder has done something new since."""
    found: sqlite3.Row | None = connection.execute(
        "SELECT * FROM steps s WHERE coder_id = :coder AND kind = 'undo' AND erased IS NULL"  # noqa: S608
        " AND left_out IS NULL"
        f" AND NOT {_REVERSED}"
        " AND seq > COALESCE((SELECT MAX(seq) FROM steps"
        "                     WHERE coder_id = :coder AND kind = 'act'), 0)"
        " ORDER BY seq DESC LIMIT 1",
        {"coder": coder.id},
    ).fetchone()
    return found


MakeWay = Callable[[Step, str, str, Row | None], None]
"""Called before a row is put back, with its table, its id, and what it will be (None: absent)."""


def reverse(open_step: Step, target: sqlite3.Row, make_way: MakeWay) -> None:
    """Puts back every row of the step `target` as it was before. Raises Refused, changing nothing,
    where one of them has been changed since.

    Coders and originals that came with the step stay: what others did since may rest on them.
    `make_way` may first remove, in the same step, what a machine has built on a row. A row that was
    only carried along when its text was corrected, or moved among others, is put back where it
    stands now.
    """
    back = "done again" if target["kind"] == UNDO else "undone"
    changes = open_step.connection.execute(
        "SELECT * FROM changes WHERE seq = ? ORDER BY position DESC", (target["seq"],)
    ).fetchall()
    for change in changes:
        if change["table_name"] in _LASTING and change["before"] is None:
            continue
        table, row_id = change["table_name"], change["row_id"]
        standing = row_of(open_step.connection, table, row_id)
        before, after = (_image(table, change[name]) for name in ("before", "after"))
        moved = _moved(table, before, after, standing)
        before = before and {**before, **moved}
        if standing != (after and {**after, **moved}) and table not in _OWN:
            raise Refused(
                f"“{target['label']}” can no longer be {back}: it has been changed since.",
                "Look at the history to see by whom.",
            )
        make_way(open_step, table, row_id, before)
        try:
            open_step.set_row(table, row_id, before)
        except sqlite3.IntegrityError as problem:
            raise Refused(
                f"“{target['label']}” can no longer be {back}: later work rests on it.",
                "Remove that work first (tags, quotes in baskets or documents made since).",
            ) from problem


def _moved(table: str, before: Row | None, after: Row | None, standing: Row | None) -> Row:
    """Where a row stands now that a change left in its place."""
    if after is None or standing is None:
        return {}
    return {
        name: standing[name]
        for place in _PLACE.get(table, ())
        if before is None or all(before[one] == after[one] for one in place)
        for name in place
    }


def _image(table: str, image: str | None) -> Row | None:
    return None if image is None else as_today(table, json.loads(image))


def _insert_step(entry: Row) -> str:
    names = ", ".join(entry)
    values = ", ".join(f":{name}" for name in entry)
    return f"INSERT INTO steps ({names}, hash) VALUES ({values}, '')"  # noqa: S608


def _insert(table: str) -> str:
    names = columns(_KINDS[table])
    quoted = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({quoted}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608


def _update(table: str) -> str:
    quoted = ", ".join(f'"{name}" = ?' for name in columns(_KINDS[table]))
    return f'UPDATE "{table}" SET {quoted} WHERE id = ?'  # noqa: S608
