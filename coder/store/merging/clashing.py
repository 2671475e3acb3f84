"""The list of what could not be kept of both sides. It refers to acts and fields and holds no
content, so what is erased is not in it either."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coder.domain.together import derived_id
from coder.store.merging.resting import FOLLOWED
from coder.store.merging.rowwise import Clash
from coder.store.merging.rules import GROUPS
from coder.store.merging.undone import void
from coder.store.rows import Row, as_today

KIND = "clash"
"""The kind of a dismissal by which somebody leaves a clash as it is."""


def id_of(clash: Clash) -> str:
    """The id of a clash, the same in every copy."""
    parts = (clash.kind, clash.table, clash.row_id, clash.field, clash.kept, clash.lost)
    return derived_id(KIND, *parts)


def keep_alone(db: sqlite3.Connection, clashes: Iterable[Clash]) -> None:
    """Makes the list what these are, where nothing was to be brought."""
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM steps").fetchone()
    db.execute("BEGIN IMMEDIATE")
    keep(db, last, clashes)
    db.execute("COMMIT")


def keep(db: sqlite3.Connection, merge: int, clashes: Iterable[Clash]) -> None:
    """Makes the list what these are; those that were on it keep the number of their merge. All acts
    before this moment, which comes after the step `merge`, have been taken into account."""
    since = dict(db.execute("SELECT id, merge FROM clashes").fetchall())
    db.execute("DELETE FROM clashes")
    db.executemany(
        "INSERT OR IGNORE INTO clashes"
        " (id, merge, known, kind, table_name, row_id, field, kept, lost)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                own,
                since.get(own, merge),
                merge,
                one.kind,
                one.table,
                one.row_id,
                one.field,
                one.kept,
                one.lost,
            )
            for one in clashes
            for own in [id_of(one)]
        ],
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a clash."""

    coder: str
    at: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A clash of the list: its id, the number of the merge that first told of it, and for both
    sides who did it, when (ISO 8601), and the row before and after; None where it was not there, or
    is not known any more."""

    id: str
    merge: int
    clash: Clash
    kept: Side
    lost: Side


def known(db: sqlite3.Connection) -> set[str]:
    """The ids of the clashes that earlier merges told of, those that were left as they are too."""
    return {row[0] for row in db.execute("SELECT id FROM clashes")}


def listed(db: sqlite3.Connection) -> list[Listed]:
    """The clashes that nobody has settled or left as they are, those of the newest merge first."""
    found = []
    undone = _undone(db)
    left = {row[0] for row in db.execute("SELECT id FROM dismissals WHERE kind = ?", (KIND,))}
    for row in db.execute("SELECT * FROM clashes ORDER BY merge DESC, table_name, id").fetchall():
        clash = Clash(*(row[name] for name in _NAMES))
        if derived_id(KIND, row["id"]) not in left and not _settled(
            db, row["known"], clash, undone
        ):
            sides = (side_of(db, one, clash) for one in (clash.kept, clash.lost))
            found.append(Listed(row["id"], row["merge"], clash, *sides))
    return found


def that_followed(db: sqlite3.Connection, code_id: str) -> list[tuple[str, str, str]]:
    """What was put on this code and followed it into another (table, id, name of the field), unless
    somebody has given it another since. It belongs on the code again as soon as that stands."""
    undone = _undone(db)
    found = []
    for row in db.execute("SELECT * FROM clashes WHERE kind = ?", (FOLLOWED,)).fetchall():
        clash = Clash(*(row[name] for name in _NAMES))
        put = side_of(db, clash.lost, clash).after
        there = db.execute(f'SELECT 1 FROM "{clash.table}" WHERE id = ?', (clash.row_id,))  # noqa: S608
        mine = put is not None and put[clash.field] == code_id and there.fetchone()
        if mine and not _settled(db, row["known"], clash, undone):
            found.append((clash.table, clash.row_id, clash.field))
    return found


_NAMES = ("kind", "table_name", "row_id", "field", "kept", "lost")


def side_of(db: sqlite3.Connection, act: str, clash: Clash) -> Side:
    """What an act made of the row that a clash is about."""
    who = db.execute(
        "SELECT COALESCE(k.name, '') AS name, a.at FROM acts a LEFT JOIN coders k"
        " ON k.id = a.coder_id WHERE a.id = ?",
        (act,),
    ).fetchone()
    images = db.execute(
        "SELECT before, after FROM act_changes WHERE table_name = ? AND row_id = ? AND id = ?"
        " ORDER BY position",
        (clash.table, clash.row_id, act),
    ).fetchall()
    before = image_of(clash.table, images[0]["before"]) if images else None
    after = image_of(clash.table, images[-1]["after"]) if images else None
    return Side(who["name"] if who else "", who["at"] if who else "", before, after)


def image_of(table: str, image: str | None) -> Row | None:
    """A row out of the journal."""
    return None if image is None else as_today(table, json.loads(image))


def _undone(db: sqlite3.Connection) -> dict[int, int]:
    """By their numbers, the steps since the list was made that were taken back since, and those
    that took them back."""
    steps = db.execute(
        "SELECT id, reverses FROM steps WHERE reverses IS NOT NULL AND kind IN ('undo', 'redo')"
        " AND seq > (SELECT min(known) FROM clashes) ORDER BY seq"
    ).fetchall()
    pairs = void((row[0], row[1]) for row in steps)
    wanted = json.dumps([*pairs, *pairs.values()])
    seqs = dict(
        db.execute(
            "SELECT id, seq FROM steps WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
        ).fetchall()
    )
    numbers = {seqs[back]: seqs[done] for back, done in pairs.items() if done in seqs}
    return numbers | {done: done for done in numbers.values()}


def _settled(db: sqlite3.Connection, since: int, clash: Clash, undone: Mapping[int, int]) -> bool:
    """Whether somebody has changed here, since the list was made, what a clash is about."""
    changes = db.execute(
        "SELECT seq, before, after FROM changes JOIN steps USING (seq) WHERE table_name = ?"
        " AND row_id = ? AND seq > ? AND kind NOT IN ('merge', 'unmerge', 'share')",
        (clash.table, clash.row_id, since),
    )
    for change in changes:
        if undone.get(change["seq"], 0) > since:
            continue
        before, after = (image_of(clash.table, change[name]) for name in ("before", "after"))
        group = GROUPS[clash.table].get(clash.field, ())
        if before is None or after is None or not group:
            return True
        if any(before[name] != after[name] for name in group):
            return True
    return False
