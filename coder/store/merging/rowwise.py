"""What becomes of one row that several acts have written: field by field, and whether it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from coder.store.chain import ERASURE
from coder.store.merging.deeds import Deed, latest
from coder.store.merging.rules import GROUPS, PLACE, QUIET, SLIGHT, UNTOLD
from coder.store.rows import Row


@dataclass(slots=True, eq=False)
class Op:
    """What one act made of one row. `carried` says that it only took the row along when its text
    was corrected; `of` is the row that was meant, where two are one."""

    deed: Deed
    before: Row | None
    after: Row | None
    of: str
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Where not all could be kept: what of a row, by whose acts (ids). `field` is the first of the
    fields that are written together; empty where it is about the row itself."""

    kind: str
    table: str
    row_id: str
    field: str
    kept: str
    lost: str


FIELD, DELETED, MERGED = "field", "deleted", "merged"
"""Kinds: two wrote the same field; one removed what another worked on, and it stays; one merged a
code away that another worked on, and it goes."""


@dataclass(slots=True)
class Stand:
    """What became of a row. `values` are also those of a row that does not stand, from before it
    went; `wrote` says by group which act's word holds, and `ended` are the removals that no later
    act took back. A row whose making is not known `whole` cannot stand."""

    values: Row
    alive: bool
    wrote: dict[str, Op]
    made: Op
    ended: list[Op] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    uses: list[Op] = field(default_factory=list)

    def writer(self, name: str) -> Op:
        """The act whose word on a field holds."""
        return self.wrote.get(name, self.made)


_Write = tuple[Deed, tuple[Op, tuple[Any, ...]]]


def stand_of(table: str, row_id: str, ops: Sequence[Op], base: Row | None = None) -> Stand | None:
    """What becomes of a row by these acts, in their order, on top of what it was (`base`). None
    where it is not known how it was made."""
    first = ops[0]
    if len(ops) == 1 and first.before is None and first.after is not None and base is None:
        return Stand(first.after, alive=True, wrote={}, made=first, uses=[first])
    makers = [op for op in ops if op.before is None]
    if base is None and not makers:
        return None
    made = makers[0] if base is None else first
    values = dict(base if base is not None else made.after or {})
    writes: dict[str, list[_Write]] = {}
    for op in ops:
        for name, value in _written(table, op, ops):
            writes.setdefault(name, []).append((op.deed, (op, value)))
    found = Stand(values, alive=True, wrote={}, made=made)
    for name, several in writes.items():
        _settle(table, row_id, name, several, found)
    _live(table, row_id, ops, found)
    return found


def slight(table: str, op: Op) -> bool:
    """Whether an act wrote of a row only what is written in passing."""
    if op.before is None or op.after is None:
        return False
    if op.carried:
        return True
    names = SLIGHT.get(table, ())
    return all(op.before[name] == op.after[name] or name in names for name in op.after)


def _written(table: str, op: Op, ops: Sequence[Op]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The groups of fields that an act wrote, with their values. What brings a row back writes only
    what is other than it was when it went."""
    if op.after is None:
        return
    before = op.before
    if before is None:
        gone = [one for one in ops if one.after is None and op.deed.saw(one.deed)]
        before = gone[-1].before if gone else None
    for name, group in GROUPS[table].items():
        value = tuple(op.after[one] for one in group)
        if before is None or value != tuple(before[one] for one in group):
            yield name, value


def _settle(table: str, row_id: str, name: str, writes: list[_Write], found: Stand) -> None:
    """Of the values of a group that no later act had seen, the latest holds. Who meant a place goes
    before who was only carried along; two tags that are one keep what both say."""
    standing = [what for _, what in latest(writes)]
    if name == PLACE.get(table):
        standing = [one for one in standing if not one[0].carried] or standing
    op, value = standing[-1]
    several = len({one.of for one, _ in standing}) > 1
    if several and table == "codings" and name in _BOTH:
        value = (_BOTH[name]([one[0] for _, one in standing]),)
    elif table not in QUIET and name not in UNTOLD and name not in SLIGHT.get(table, ()):
        found.clashes += [
            Clash(FIELD, table, row_id, name, op.deed.id, other.deed.id)
            for other, said in standing
            if said != value and not (op.carried and other.carried) and _is_told(name, op, other)
        ]
    found.values.update(zip(GROUPS[table][name], value, strict=True))
    found.wrote[name] = op


def _is_told(name: str, op: Op, other: Op) -> bool:
    """Two erasures of one submission leave the same of it but for what was written meanwhile, and
    for what it was joined with."""
    return name == "status" or not (op.deed.kind == other.deed.kind == ERASURE)


def _texts(values: list[Any]) -> str:
    return "\n".join(dict.fromkeys(filter(None, values)))


_BOTH: dict[str, Callable[[list[Any]], Any]] = {"memo": _texts, "marked": max, "sensitive": max}


def _live(table: str, row_id: str, ops: Sequence[Op], found: Stand) -> None:
    """A row has gone where every act that no later one had seen removed it. A code that was merged
    into another goes, whatever was written of it meanwhile."""
    strong = [(op.deed, op) for op in ops if not slight(table, op)]
    standing = [op for _, op in latest(strong)]
    found.ended = [op for op in standing if op.after is None]
    found.uses = [op for op in standing if op.after is not None]
    if not found.ended:
        return
    merged = [op for op in found.ended if op.before and op.before.get("merged_into")]
    found.alive = bool(found.uses) and not merged
    if merged:
        found.values["merged_into"] = (merged[-1].before or {})["merged_into"]
    kind = MERGED if merged else DELETED
    told = () if table in QUIET else found.uses if merged else found.uses[-1:]
    for use in told:
        for end in merged or found.ended:
            kept, lost = (end, use) if merged else (use, end)
            found.clashes.append(Clash(kind, table, row_id, "", kept.deed.id, lost.deed.id))


def renamed(op: Op, row_id: str) -> Op:
    """The act as one on another row, of which this one is a twin."""
    images = [image and {**image, "id": row_id} for image in (op.before, op.after)]
    return replace(op, before=images[0], after=images[1])
