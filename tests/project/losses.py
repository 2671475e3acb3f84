"""What was written in any copy and does not stand, told apart from the machinery that merges: for
each there must be a clash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from coder.project import Project
from coder.store.acts import BOOKKEEPING
from coder.store.merging.deeds import Deed, deeds_of
from coder.store.merging.history import History
from coder.store.merging.plan import differences
from coder.store.merging.rules import GROUPS, PLACE, QUIET, SLIGHT, UNTOLD
from coder.store.merging.undone import void
from coder.store.rows import TABLES, Row, as_today, columns

Act = tuple[Deed, Row | None, Row | None]
"""Whose it is, and the row before and after."""


def drifted(project: Project) -> list[Any]:
    """What would change by itself if a copy without anything new were merged."""
    history = History()
    history.add(project._store.reader)
    return list(differences(project._store.reader, history.whole()))


def unlisted(project: Project) -> list[tuple[str, ...]]:
    """The writes that neither stand nor were seen by a later write of the same, nor are listed as
    lost: table, row, field and act."""
    db = project._store.reader
    history = History()
    history.add(db)
    acts = _acts(history, deeds_of(history.entries.values(), history.brought))
    standing = {
        (table, row["id"]): {name: row[name] for name in columns(kind)}
        for kind, table in TABLES.items()
        for row in db.execute(f'SELECT * FROM "{table}"')
    }
    listed = [dict(row) for row in db.execute("SELECT * FROM clashes")]
    lost = {row["lost"] for row in listed}
    refs = {row["row_id"] for row in listed if row["kind"] == "ref"}
    heard = {
        (deed.id, (after or before or {})["document_id"])
        for (table, _), several in acts.items()
        for deed, before, after in several
        if table == "segments"
    }
    found = []
    for (table, row_id), several in acts.items():
        row = standing.get((table, row_id))
        if table in QUIET:
            continue
        for act in several:
            deed, before, after = act
            if after is None:
                unseen = not any(other.saw(deed) for other, *_ in several)
                if before and row and unseen and deed.id not in lost:
                    found.append((table, row_id, "", deed.id))
                continue
            for name, value in _written(table, act, several):
                if _seen_since(table, name, deed, several) or _holds(table, name, row, value):
                    continue
                if name == PLACE.get(table) and _carried(table, act, several, heard, row):
                    continue
                alike = {
                    one.id for one, _, said in several if said and _of(table, name, said) == value
                }
                if not alike & lost and not (name == "ref" and row_id in refs):
                    found.append((table, row_id, name, deed.id))
    return found


def _acts(history: History, deeds: dict[str, Deed]) -> dict[tuple[str, str], list[Act]]:
    """What each act made of each row, without those that were undone before anybody saw them."""
    steps = sorted(history.entries.values(), key=lambda one: (one.stamp, one.id))
    pairs = void((one.id, one.reverses) for one in steps if one.kind not in BOOKKEEPING)
    others = [one for one in deeds.values() if one.kind not in BOOKKEEPING]
    gone: set[str] = set()
    for back, done in pairs.items():
        first, then = deeds[done], deeds[back]
        if not any(one.saw(first) and one is not then and not one.saw(then) for one in others):
            gone |= {back, done}
    net: dict[tuple[str, str], dict[str, tuple[Row | None, Row | None]]] = {}
    for one in history.changes:
        if one.step not in gone:
            images = (image and as_today(one.table, json.loads(image)) for image in one[3:5])
            before, after = images
            mine = net.setdefault((one.table, one.row_id), {})
            mine[one.step] = (mine[one.step][0] if one.step in mine else before, after)
    return {
        key: [(deeds[step], *images) for step, images in mine.items()] for key, mine in net.items()
    }


def _of(table: str, name: str, row: Row) -> tuple[Any, ...]:
    return tuple(row[one] for one in GROUPS[table][name])


def _written(table: str, act: Act, several: list[Act]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What an act wrote: of a row that it brought back, what is not as it was when it went."""
    deed, before, after = act
    if before is None:
        ends = [one for one in several if one[2] is None and one[1] and deed.saw(one[0])]
        before = max(ends, key=lambda one: one[0].order)[1] if ends else None
    for name in GROUPS[table]:
        if name not in UNTOLD and name not in SLIGHT.get(table, ()) and after:
            value = _of(table, name, after)
            if before is None or value != _of(table, name, before):
                yield name, value


def _seen_since(table: str, name: str, deed: Deed, several: list[Act]) -> bool:
    return any(
        other.saw(deed)
        and (not before or not after or _of(table, name, before) != _of(table, name, after))
        for other, before, after in several
    )


def _holds(table: str, name: str, row: Row | None, value: tuple[Any, ...]) -> bool:
    return row is not None and _of(table, name, row) == value


def _carried(
    table: str, act: Act, several: list[Act], heard: set[tuple[str, str]], row: Row | None
) -> bool:
    """Whether a passage only went along with its words, which others corrected."""
    deed, _, after = act
    assert after
    if (deed.id, after["document_id"]) in heard:
        return True
    rivals = [
        said
        for other, before, said in several
        if said
        and other is not deed
        and not deed.saw(other)
        and (other.id, said["document_id"]) not in heard
        and (not before or _of(table, "start", before) != _of(table, "start", said))
        and _of(table, "start", said) != _of(table, "start", after)
    ]
    return row is not None and not rivals
