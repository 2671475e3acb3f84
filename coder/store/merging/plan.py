"""What bringing another copy in would do: which steps come, what becomes of every row, and where
not all can be kept. Nothing is written."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from coder.domain.model import Status
from coder.jobs import Job
from coder.store.acts import LACKING
from coder.store.brought import TABLE
from coder.store.bulk import RowChange
from coder.store.chain import ERASURE
from coder.store.merging.foreign import Foreign
from coder.store.merging.history import History, Key
from coder.store.merging.rowwise import Clash
from coder.store.merging.whole import Whole
from coder.store.rows import TABLES, columns
from coder.store.scope import scope_of

Image = tuple[str, str, str]
"""An act (its id) and a row (table and id)."""

    """The steps here of which content was left out that is there."""
    lacking = {(row[0], row[1]) for row in ours.execute(LACKING)}
    if not lacking:
        return []
    wanted = json.dumps(sorted({one[0] for one in lacking}))
    return sorted(
        {
            row["id"]
            for row in theirs.execute(
                "SELECT id, position, table_name, row_id FROM act_changes WHERE erased IS NULL"
                " AND id IN (SELECT value FROM json_each(?))",
                (wanted,),
            )
            if (row["id"], row["position"]) in lacking
            and (row["table_name"], row["row_id"]) not in without
        }
    )


def differences(db: sqlite3.Connection, whole: Whole) -> Iterator[RowChange]:
    """The rows that are not as they should be. `whole` is used up on the way: to let go of a
    hundred thousand rows at once would keep a window waiting."""
    for kind, table in TABLES.items():
        if table == TABLE:
            continue
        wanted = whole.rows.pop(table, {})
        names = columns(kind)
        gone = []
        listed = ", ".join(f'"{name}"' for name in names)
        for found in db.execute(f'SELECT {listed} FROM "{table}"'):  # noqa: S608
            row = dict(zip(names, found, strict=True))
            after = wanted.pop(row["id"], None)
            if after is None:
                gone.append(RowChange(table, row["id"], row, None))
            elif after != row:
                yield RowChange(table, row["id"], row, after)
        yield from gone
        for row_id, after in wanted.items():
            yield RowChange(table, row_id, None, after)


def _names(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT id, name FROM coders").fetchall())


def _tell(found: Plan, history: History, names: dict[str, str]) -> None:
    """Notes what the acts that clash did, and whose they are."""
    deeds = {one for clash in found.clashes for one in (clash.kept, clash.lost)}
    rows = {(clash.table, clash.row_id) for clash in found.clashes}
    for one in history.changes:
        if one.step in deeds and (one.table, one.row_id) in rows:
            key = (one.step, one.table, one.row_id)
            first = found.images.get(key, (one.before, None))[0]
            found.images[key] = (first, one.after)
    found.who = {
        one: names.get(history.entries[one].coder_id, "") for one in deeds if one in history.entries
    }


def _counted(db: sqlite3.Connection, steps: list[str]) -> dict[str, int]:
    """How many acts come, by the name of who did them; the most first."""
    wanted, names = set(steps), _names(db)
    count = Counter(
        names.get(row["coder_id"], "")
        for row in db.execute("SELECT id, coder_id FROM acts")
        if row["id"] in wanted
    )
    return dict(count.most_common())


def _originals(
    ours: sqlite3.Connection, theirs: Foreign, whole: Whole
) -> tuple[dict[str, str], list[str]]:
    """The originals (SHA-256) that come, with their names, and the names of those that are in
    neither copy."""
    known = {row[0] for row in ours.execute("SELECT id FROM originals")}
    lacking = {row[0] for row in ours.execute("SELECT digest FROM absent")}
    rows = whole.rows.get("originals", {})
    wanted = sorted(rows.keys() - known | rows.keys() & lacking)
    there = {digest: str(rows[digest]["name"]) for digest in wanted if theirs.has(digest)}
    fresh = [one for one in wanted if one not in there and one not in lacking]
    return there, [str(rows[digest]["name"]) for digest in fresh]


def _given_twice(ours: sqlite3.Connection, whole: Whole) -> list[tuple[str, str]]:
    """The references of submissions that come, each with that of one here whose files are the same,
    unless either is known to be a duplicate. Many out of one file are the rows of a table."""
    mine = {row[0] for row in ours.execute("SELECT id FROM submissions")}
    refs = {
        one: str(row["ref"])
        for one, row in whole.rows.get("submissions", {}).items()
        if row["status"] != Status.DUPLICATE
    }
    files: dict[str, set[str]] = {}
    for row in whole.rows.get("documents", {}).values():
        if row["original"] and row["submission_id"] in refs:
            files.setdefault(row["submission_id"], set()).add(row["original"])
    alike: dict[frozenset[str], list[str]] = {}
    for one, several in files.items():
        alike.setdefault(frozenset(several), []).append(one)
    pairs = (sorted(some, key=mine.__contains__) for some in alike.values() if len(some) == 2)
    return sorted(
        (refs[one], refs[other]) for one, other in pairs if one not in mine and other in mine
    )
