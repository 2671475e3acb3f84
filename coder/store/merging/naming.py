"""Names, keys and references that are given once: the earlier keeps its own, the later is told from
it, in the same way in every copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from coder.domain.citation import twin_of
from coder.store.merging.deeds import Deed
from coder.store.merging.rowwise import Clash, Stand
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


def name_apart(table: str, stands: Stands) -> list[Clash]:
    """Tells rows that have one name from each other: the later is called “Name (2)”."""
    scope = _SCOPES[table]
    groups: dict[tuple[object, str], list[tuple[str, Stand]]] = {}
    taken: set[tuple[object, str]] = set()
    for row_id, stand in stands.items():
        if stand.alive:
            name = stand.values["name"].casefold() if table != "coders" else stand.values["name"]
            place = (scope(stand.values), name)
            groups.setdefault(place, []).append((row_id, stand))
            taken.add(place)
    clashes = []
    for (where, _), several in sorted(groups.items(), key=lambda one: _first(one[1])):
        first, *others = sorted(several, key=lambda one: (_since(one[1]), one[0]))
        for row_id, stand in others:
            name = _free(stand.values["name"], where, taken, fold=table != "coders")
            stand.values = {**stand.values, "name": name}
            kept, lost = first[1].writer("name"), stand.writer("name")
            clashes.append(Clash(SAME_NAME, table, row_id, "name", kept.deed.id, lost.deed.id))
    return clashes


def _since(stand: Stand) -> tuple[str, str]:
    """Since when a row stands under its name, in its place."""
    writers = (stand.writer("name"), stand.writer("parent_id"))
    return max(one.deed.order for one in writers)


def _first(several: list[tuple[str, Stand]]) -> tuple[tuple[str, str], str]:
    return min((_since(stand), row_id) for row_id, stand in several)


def _free(name: str, where: object, taken: set[tuple[object, str]], *, fold: bool) -> str:
    told = _TOLD.fullmatch(name)
    bare = told[1] if told else name
    number = 2
    while True:
        tried = f"{bare} ({number})"
        place = (where, tried.casefold() if fold else tried)
        if place not in taken:
            taken.add(place)
            return tried
        number += 1


def keys_apart(codes: Stands) -> list[Clash]:
    """Leaves a key with the code that had it first."""
    holders: dict[str, str] = {}
    clashes = []
    having = [(row_id, one) for row_id, one in codes.items() if one.alive and one.values["key"]]
    for row_id, stand in sorted(having, key=lambda one: (one[1].writer("key").deed.order, one[0])):
        holder = holders.setdefault(stand.values["key"], row_id)
        if holder != row_id:
            stand.values = {**stand.values, "key": ""}
            kept = codes[holder].writer("key").deed.id
            clashes.append(
                Clash(SAME_KEY, "codes", row_id, "key", kept, stand.writer("key").deed.id)
            )
    return clashes


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
