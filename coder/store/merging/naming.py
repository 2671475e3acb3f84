"""Names, keys and references that are given once: the earlier keeps its own, the later is told from
it, in the same way in every copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count

from coder.domain.citation import twin_of
from coder.store.merging.beside import Beside
from coder.store.merging.deeds import Deed
from coder.store.merging.rowwise import Clash, Op, Stand
from coder.store.rows import Row

SAME_NAME, SAME_KEY, SAME_REF = "name", "key", "ref"

_SCOPES: dict[str, Callable[[Row], object]] = {
    "codes": lambda row: row["parent_id"],
    "coders": lambda _: None,
    "baskets": lambda _: None,
    "filters": lambda _: None,
}
_TOLD = re.compile(r"(.*) \(\d+\)")

Stands = Mapping[str, Stand]
Ops = Mapping[str, Sequence[Op]]
Place = tuple[object, str]
"""What can be held by one row only."""
Order = tuple[tuple[str, str], str]


def name_apart(table: str, stands: Stands, ops: Ops) -> list[Clash]:
    """Tells rows that have one name from each other: the later is called “Name (2)”."""
    scope = _SCOPES[table]

    def place(row: Row) -> Place:
        name = row["name"]
        return scope(row), name if table == "coders" else name.casefold()

    beside = Beside(table, ops, stands)
    holders = _holders(beside, place)
    taken = {place(one.values) for one in stands.values() if one.alive}
    clashes = []
    for row_id, first, number in list(_later(beside, stands, holders, place, _naming)):
        stand = stands[row_id]
        deed = _naming(stand).deed
        told = _TOLD.fullmatch(stand.values["name"])
        bare = told[1] if told else stand.values["name"]
        for tried in count(number):
            row = {**stand.values, "name": f"{bare} ({tried})"}
            if place(row) not in taken and not any(
                (other := beside.row(one, deed)) and place(other.values) == place(row)
                for one in holders.get(place(row), set()) - {row_id}
            ):
                break
        taken.add(place(row))
        lost = stand.writer("name").deed.id
        clashes.append(Clash(SAME_NAME, table, row_id, "name", first.id, lost))
        stand.values = row
    return clashes


def keys_apart(codes: Stands, ops: Ops) -> list[Clash]:
    """Leaves a key with the code that had it first."""

    def place(row: Row) -> Place:
        return row["key"] or None, ""

    beside = Beside("codes", ops, codes)
    later = list(_later(beside, codes, _holders(beside, place), place, _keying))
    clashes = []
    for row_id, first, _ in later:
        stand = codes[row_id]
        stand.values = {**stand.values, "key": ""}
        lost = _keying(stand).deed.id
        clashes.append(Clash(SAME_KEY, "codes", row_id, "key", first.id, lost))
    return clashes


def _naming(stand: Stand) -> Op:
    """Since which act a row stands under its name, in its place."""
    writers = (stand.writer("name"), stand.writer("parent_id"))
    return max(writers, key=lambda one: one.deed.order)


def _keying(stand: Stand) -> Op:
    return stand.writer("key")


def _holders(beside: Beside, place: Callable[[Row], Place]) -> dict[Place, set[str]]:
    """The rows that have ever held a place."""
    found: dict[Place, set[str]] = {}
    for row_id, row in beside.ever():
        found.setdefault(place(row), set()).add(row_id)
    return found


def _later(
    beside: Beside,
    stands: Stands,
    holders: Mapping[Place, set[str]],
    place: Callable[[Row], Place],
    since: Callable[[Stand], Op],
) -> Iterator[tuple[str, Deed, int]]:
    """The rows that give way, in their order: where another had the place before, also one that has
    left it since in knowledge of this. With the act since which the first of them had it, and which
    in the order of all of them it is, from 2."""

    def order(row_id: str, stand: Stand) -> Order:
        return since(stand).deed.order, row_id

    alive = [(row_id, stand) for row_id, stand in stands.items() if stand.alive]
    for row_id, stand in sorted(alive, key=lambda one: order(*one)):
        own = place(stand.values)
        if own[0] is None and not own[1]:
            continue
        deed = since(stand).deed
        rivals: dict[str, Deed] = {}
        for one in holders[own] - {row_id}:
            for other in (stands.get(one), beside.row(one, deed)):
                has_it = other and other.alive and place(other.values) == own
                if other and has_it and order(one, other) < order(row_id, stand):
                    rivals.setdefault(one, since(other).deed)
        if rivals:
            first = min(rivals.values(), key=lambda one: one.order)
            yield row_id, first, 1 + len(rivals)


def refs_apart(submissions: Stands, given: Iterable[tuple[str, str, Deed]]) -> list[Clash]:
    """Gives each submission a reference of its own: of those that were given one twice the earlier
    keeps it, the later has a letter. `given` are all that ever were, by whom to which, also to such
    as have gone."""
    since: dict[str, tuple[tuple[str, str], str, Deed]] = {}
    for row_id, ref, deed in given:
        known = since.get(row_id)
        if known is None or deed.order < known[0]:
            since[row_id] = (deed.order, twin_of(ref, 0), deed)
    groups: dict[str, list[tuple[tuple[str, str], str, Deed]]] = {}
    for row_id, (order, ref, deed) in since.items():
        groups.setdefault(ref, []).append((order, row_id, deed))
    clashes = []
    for ref, several in groups.items():
        several.sort(key=lambda one: one[:2])
        for number, (_, row_id, deed) in enumerate(several):
            stand = submissions.get(row_id)
            if stand is None:
                continue
            stand.values = {**stand.values, "ref": twin_of(ref, number)}
            if number and stand.alive:
                clashes.append(
                    Clash(SAME_REF, "submissions", row_id, "ref", several[0][2].id, deed.id)
                )
    return clashes
