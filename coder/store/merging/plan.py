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


@dataclass(slots=True)
class Plan:
    """`steps` are the ids of the steps that come, `fills` of those here whose content comes that
    was left out of this copy; `by_coder` counts acts by the coder's name. `withdrawals` are
    submissions (ids) to be erased here first, since the other copy erased them, with `documents`
    that it erased with others; `without` the rows
    whose content does not come along: what was erased here, and there not. What somebody wrote
    there since it was erased comes. `originals` are those whose bytes come (SHA-256),
    with their names, also where only those had been left out of this copy; `missing` names
    originals that are in neither copy. `twice` are pairs of references whose submissions came as
    the same files, the first in the other copy, the second here. `seen` is
    how far each sitting comes, `latest` the latest stamp of what comes. `images` are what acts that
    clash made of rows (as JSON, before and after), `who` the names of who did them."""

    steps: list[str] = field(default_factory=list)
    fills: list[str] = field(default_factory=list)
    by_coder: dict[str, int] = field(default_factory=dict)
    withdrawals: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    without: set[Key] = field(default_factory=set)
    changes: list[RowChange] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    originals: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    twice: list[tuple[str, str]] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    latest: str = ""
    images: dict[Image, tuple[str | None, str | None]] = field(default_factory=dict)
    who: dict[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to bring and nothing to change. That the other copy has merged
        too is nothing by itself: else two copies would never be done with each other."""
        return not (
            self.by_coder or self.fills or self.withdrawals or self.documents or self.changes
        )


def plan(ours: sqlite3.Connection, theirs: Foreign, job: Job) -> Plan:
    """What bringing that copy into this one would do. Raises Cancelled."""
    found = Plan()
    mine, others = withdrawn(ours), withdrawn(theirs.db)
    found.withdrawals = sorted(
        one
        for one in others - mine
        if ours.execute(
            "SELECT 1 FROM all_changes WHERE table_name = 'submissions' AND row_id = ?", (one,)
        ).fetchone()
    )
    gone_here, gone_there = erased_documents(ours), erased_documents(theirs.db)
    found.documents = sorted(with_content(ours, gone_there))
    found.without = _rows_of(theirs.db, mine - others, gone_here - gone_there)
    here = _rows_of(ours, set(found.withdrawals), set(found.documents))
    history = History()
    history.add(ours, without=here)
    known, before = set(history.entries), history.known
    found.fills = _fills(ours, theirs.db, found.without)
    whole_steps = known - set(found.fills)
    history.add(theirs.db, without=found.without | here, known=whole_steps)
    if found.fills:
        history.changes = list(dict.fromkeys(history.changes))
    job.check()
    found.steps = sorted(set(history.entries) - known)
    found.seen = {
        origin: seq for origin, seq in history.known.items() if seq > before.get(origin, 0)
    }
    came = [history.entries[one] for one in found.steps]
    found.latest = max((one.stamp for one in came), default="")
    whole = history.whole()
    job.check()
    found.originals, found.missing = _originals(ours, theirs, whole)
    found.twice = _given_twice(ours, whole)
    found.changes = list(differences(ours, whole))
    found.clashes = whole.clashes
    _tell(found, history, _names(ours) | _names(theirs.db))
    found.by_coder = _counted(theirs.db, found.steps)
    return found


def withdrawn(db: sqlite3.Connection) -> set[str]:
    """The submissions (ids) that were erased, as far as this journal knows."""
    query = (
        "SELECT row_id FROM {0} JOIN {1} USING ({2}) WHERE kind = ? AND table_name = 'submissions'"
    )
    places = (("changes", "steps", "seq"), ("brought_changes", "brought_steps", "merge, id"))
    return {row[0] for place in places for row in db.execute(query.format(*place), (ERASURE,))}


def erased_documents(db: sqlite3.Connection) -> set[str]:
    """The documents (ids) that were erased whole. With a submission go those that were joined with
    it, which another copy may know under their own."""
    query = (
        "SELECT DISTINCT row_id FROM all_changes WHERE table_name = 'documents'"
        " AND erased IS NOT NULL"
    )
    found = {row[0] for row in db.execute(query)}
    return found - with_content(db, found)


def with_content(db: sqlite3.Connection, documents: set[str]) -> set[str]:
    """Those of these documents of which the journal says more than that they were."""
    query = (
        "SELECT DISTINCT row_id FROM all_changes WHERE table_name = 'documents'"
        " AND after IS NOT NULL AND row_id IN (SELECT value FROM json_each(?))"
    )
    return {row[0] for row in db.execute(query, (json.dumps(sorted(documents)),))}


def _rows_of(db: sqlite3.Connection, submissions: set[str], documents: set[str]) -> set[Key]:
    """All rows that an erasure of these submissions and documents takes."""
    if not submissions and not documents:
        return set()
    scope = scope_of(db, submissions, documents=documents)
    return {(table, one) for table, ids in scope.rows() for one in ids}


def _fills(ours: sqlite3.Connection, theirs: sqlite3.Connection, without: set[Key]) -> list[str]:
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
