"""All acts that a project knows of, read from its journal and from that of a copy."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coder.store.acts import BOOKKEEPING
from coder.store.brought import TABLE
from coder.store.chain import ERASURE
from coder.store.merging.deeds import Deed, Entry, Vector, deeds_of
from coder.store.merging.rowwise import Op, stand_of
from coder.store.merging.rules import PLACE
from coder.store.merging.undone import without_undone
from coder.store.merging.whole import Whole, whole_of
from coder.store.rows import Row, as_today

Key = tuple[str, str]

_ENTRY = "id, origin, seq, stamp, coder_id, kind, reverses"
_OWN = f"SELECT {_ENTRY}, hash FROM steps ORDER BY seq"  # noqa: S608
_BROUGHT = f"SELECT {_ENTRY}, previous, hash FROM brought_steps"  # noqa: S608
_PARTS = "id, table_name, row_id, before, after, c.erased, c.left_out"
_CHANGES = (
    f"SELECT {_PARTS} FROM changes c JOIN steps s USING (seq) ORDER BY seq, position",  # noqa: S608
    f"SELECT {_PARTS} FROM brought_changes c ORDER BY line DESC, position",  # noqa: S608
)
_AT_ONCE = 1_000


class Change(NamedTuple):
    """A change of a row by a step, as the journal has it."""

    step: str
    table: str
    row_id: str
    before: str | None
    after: str | None


@dataclass(slots=True)
class History:
    """Steps, what merges had brought, the changes by acts in the order of each journal, and the
    references that were given where the rest has been erased or left out."""

    entries: dict[str, Entry] = field(default_factory=dict)
    brought: dict[str, Vector] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    refs: list[tuple[str, str, str]] = field(default_factory=list)

    def add(
        self,
        db: sqlite3.Connection,
        without: Collection[Key] = (),
        known: Collection[str] = (),
    ) -> None:
        """Adds what a journal tells. The content of rows `without` counts as erased, but for what
        erasures left of them; changes of steps that are `known` are not added again."""
        for entry in entries_of(db):
            self.entries.setdefault(entry.id, entry)
        for query in _CHANGES:
            for step, table, row_id, before, after, erased, left_out in db.execute(query):
                kind = self.entries[step].kind
                if table == TABLE:
                    if before is None and after:
                        self.brought[step] = dict(json.loads(json.loads(after)["seen"]))
                    continue
                if kind in BOOKKEEPING or step in known:
                    continue
                gone = (
                    erased is not None
                    or left_out is not None
                    or (kind != ERASURE and (table, row_id) in without)
                )
                if not gone:
                    self.changes.append(Change(step, table, row_id, before, after))
                elif table == "submissions" and after:
                    self.refs.append((row_id, json.loads(after)["ref"], step))

    @property
    def known(self) -> dict[str, int]:
        """What is known altogether: of each sitting the number of its last step."""
        found: dict[str, int] = {}
        for one in self.entries.values():
            found[one.origin] = max(one.seq, found.get(one.origin, 0))
        return found

    def whole(self) -> Whole:
        """What stands after all these acts."""
        deeds = deeds_of(self.entries.values(), self.brought)
        net = _net(self.changes, deeds)
        given = [
            (row_id, op.after["ref"], op.deed)
            for (table, row_id), ops in net.items()
            if table == "submissions"
            for op in ops
            if op.after
        ]
        given += [(row_id, ref, deeds[step]) for row_id, ref, step in self.refs]
        without_undone(net, self.entries.values(), deeds)
        return whole_of(_ops(net), given)


def as_worked_on(db: sqlite3.Connection, table: str, row_id: str) -> Row | None:
    """A row that has gone, with all that everybody wrote of it; None where it is not known."""
    history = History()
    history.add(db)
    deeds = deeds_of(history.entries.values(), history.brought)
    mine = [one for one in history.changes if (one.table, one.row_id) == (table, row_id)]
    ops = _ops(_net(mine, deeds)).get(table, {}).get(row_id)
    stand = stand_of(table, row_id, ops) if ops else None
    return stand.values if stand else None


def entries_of(db: sqlite3.Connection) -> Iterator[Entry]:
    """All steps that a project knows of."""
    previous = ""
    for *of, own in db.execute(_OWN):
        yield Entry._make((*of, previous, own))
        previous = own
    yield from map(Entry._make, db.execute(_BROUGHT))


def _net(changes: Sequence[Change], deeds: dict[str, Deed]) -> dict[Key, list[Op]]:
    """What each act made of each row, all its changes of it taken together."""
    net: dict[Key, list[Op]] = {}
    for one, before, after in _with_images(changes):
        deed = deeds[one.step]
        mine = net.setdefault((one.table, one.row_id), [])
        op = mine[-1] if mine else None
        if op is None or op.deed is not deed:
            mine.append(Op(deed, before, after, one.row_id))
        else:
            op.before = before if after is None and op.before is not None else op.before
            op.after = after
    return net


def _ops(net: dict[Key, list[Op]]) -> dict[str, dict[str, list[Op]]]:
    """What acts made of each row, by table and row, in the order of the acts."""
    ops: dict[str, dict[str, list[Op]]] = {}
    for (table, row_id), mine in net.items():
        several = [op for op in mine if op.before is not None or op.after is not None]
        if not several:
            continue
        if len(several) > 1:
            several.sort(key=lambda op: op.deed.order)
        ops.setdefault(table, {})[row_id] = several
    _mark_carried(ops)
    return ops


def _mark_carried(ops: dict[str, dict[str, list[Op]]]) -> None:
    """Says of passages that an act moved only since it corrected their text."""
    correcting = {
        (op.deed.id, (op.after or op.before or {})["document_id"])
        for several in ops.get("segments", {}).values()
        for op in several
    }
    if not correcting:
        return
    for table in PLACE:
        for several in ops.get(table, {}).values():
            for op in several:
                if op.before and op.after:
                    op.carried = (op.deed.id, op.after["document_id"]) in correcting


def _with_images(changes: Sequence[Change]) -> Iterator[tuple[Change, Row | None, Row | None]]:
    """The changes with the row before and after each. Many are read as one JSON text, in which the
    names of the columns come to be one and the same string: half the time, and half the memory."""
    for first in range(0, len(changes), _AT_ONCE):
        some = changes[first : first + _AT_ONCE]
        texts = ",".join([f"{one.before or 'null'},{one.after or 'null'}" for one in some])
        rows = json.loads(f"[{texts}]")
        for one, before, after in zip(some, rows[::2], rows[1::2], strict=True):
            table = one.table
            yield one, before and as_today(table, before), after and as_today(table, after)
