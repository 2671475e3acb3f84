"""Who did what and when, out of the journal, narrowed and in pages, the latest first.

Steps are this copy's own and those that merges brought, each with its own moment. A brought one has
a negative number, its `line`; what a merge brought is told by those, and not by the merge.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from coder.domain.sight import Others, Sight
from coder.domain.trail import Asked, Deed
from coder.store import acts
from coder.store.chain import ERASURE
from coder.store.rows import Row, as_today

STEPS, CHANGES = "trail_steps", "trail_changes"

_IMAGE = "COALESCE(after, before)"
ABOUT = (
    "CASE WHEN table_name IN ('submissions', 'codes') THEN row_id"
    f" WHEN NOT json_valid({_IMAGE}) THEN NULL"
    " WHEN table_name IN ('documents', 'receipts', 'assignments', 'dismissals')"
    f" THEN json_extract({_IMAGE}, '$.submission_id')"
    f" WHEN table_name = 'hearings' THEN json_extract({_IMAGE}, '$.media_id')"
    f" WHEN table_name IN ('memos', 'sign_offs') THEN json_extract({_IMAGE}, '$.of_id')"
    f" ELSE json_extract({_IMAGE}, '$.document_id') END"
)
"""The id of the submission, document or code that a change is about."""

_CODE = (
    "CASE WHEN table_name = 'codings' AND json_valid({0}) THEN json_extract({0}, '$.code_id') END"
)
AFTER, BEFORE = (_CODE.format(image) for image in ("after", "before"))
"""The id of the code that a coding has after, and had before a change."""

INDEXES = (
    "CREATE INDEX steps_at ON steps (at)",
    f"CREATE INDEX changes_about ON changes ({ABOUT})",
    f"CREATE INDEX changes_code_after ON changes ({AFTER})",
    f"CREATE INDEX changes_code_before ON changes ({BEFORE})",
    "CREATE INDEX changes_kind ON changes (table_name, seq)",
)
"""By what the trail is narrowed without reading all of it."""

BROUGHT_INDEXES = (
    "CREATE INDEX brought_steps_at ON brought_steps (at)",
    "CREATE INDEX brought_steps_line ON brought_steps (line)",
    "CREATE INDEX brought_changes_line ON brought_changes (line, position)",
    f"CREATE INDEX brought_changes_about ON brought_changes ({ABOUT})",
    f"CREATE INDEX brought_changes_code_after ON brought_changes ({AFTER})",
    f"CREATE INDEX brought_changes_code_before ON brought_changes ({BEFORE})",
)

VIEWS = (
    (
        f"CREATE VIEW trail_steps AS SELECT seq, id, at, coder_id, kind, {acts.told('steps')},"  # noqa: S608
        f" erased FROM steps WHERE kind <> '{acts.SHARE}'"
        f" UNION ALL SELECT line, id, at, coder_id, kind, {acts.told('b')}, erased"
        f" FROM brought_steps b WHERE kind NOT IN {acts.KINDS}"
        " AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.id = b.id)"
        " AND NOT EXISTS (SELECT 1 FROM brought_steps o WHERE o.id = b.id AND o.merge < b.merge)"
    ),
    (
        "CREATE VIEW trail_changes AS SELECT seq, position, table_name, row_id, before, after,"
        " erased FROM changes WHERE left_out IS NULL"
        " UNION ALL SELECT line, position, table_name, row_id, before, after, erased"
        " FROM brought_changes WHERE left_out IS NULL"
    ),
)
"""The steps of the trail, and their changes."""


def number_here(db: sqlite3.Connection, number: int) -> int:
    """The number of the step of this copy with which a step came to stand: its own, or that of the
    merge that brought it."""
    if number >= 0:
        return number
    found = db.execute("SELECT merge FROM brought_steps WHERE line = ?", (number,)).fetchone()
    return int(found[0]) if found else 0


DEEDS = {
    Deed.TAGS: ("codings",),
    Deed.CODEBOOK: ("codes",),
    Deed.EVIDENCE: ("submissions", "documents", "receipts", "originals", "inquiry"),
    Deed.TRANSCRIPTS: ("segments", "hearings", "stretches"),
    Deed.MEMOS: ("memos",),
    Deed.READING: ("readings",),
    Deed.QUOTES: ("baskets", "basket_items", "filters"),
    Deed.TOGETHER: ("assignments", "decisions", "dismissals"),
    Deed.SIGNING: ("sign_offs",),
}
"""The tables that an act of a kind changes."""

_KINDS = {Deed.TURNED_BACK: ("undo", "redo"), Deed.WITHDRAWN: (ERASURE,)}

PER_STEP = 40
"""So many changes of a step are read with a page; all of them when the step is looked at."""

MOST = 500
"""So many changes of one step are told one by one."""

_NUMBER = " + ".join(
    f"(SELECT COUNT(*) FROM {table} c WHERE c.{number} = s.seq AND c.left_out IS NULL)"  # noqa: S608
    for table, number in (("changes", "seq"), ("brought_changes", "line"))
)
"""How many changes a step `s` has. Counted in each table, since SQLite counts a view by reading it
whole."""

_LIGHT = (
    "CASE WHEN table_name = 'documents' AND json_valid({0})"
    " THEN json_remove({0}, '$.text', '$.paragraphs')"
    " WHEN table_name = 'segments' AND json_valid({0}) THEN json_remove({0}, '$.words')"
    " ELSE {0} END AS {0}"
)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as it was written down. `erased` says that a withdrawal took content of it, and its
    label, `left_out` that both were left out of this copy; `number` is how many rows it changed."""

    seq: int
    id: str
    at: str
    coder_id: str
    coder: str
    kind: str
    label: str
    erased: bool
    left_out: bool
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """A row before and after a step, None where it was not there; both None where an erasure has
    taken them. Long texts are left out where a page is read. `by` is the id of the step's coder,
    where that is known."""

    seq: int
    table: str
    row_id: str
    before: Row | None
    after: Row | None
    erased: bool = False
    by: str = ""

    @property
    def either(self) -> Row:
        """The row as it is afterwards, or as it was where it has gone; empty where erased."""
        return self.after or self.before or {}


def steps(
    db: sqlite3.Connection,
    asked: Asked,
    sight: Sight,
    limit: int,
    before: tuple[str, int] | None = None,
) -> list[StepRow]:
    """The latest steps that are asked for and in sight, newest first; `before` is the moment and
    number of the last one of the page before."""
    condition, values = _narrowed(asked, sight)
    if before is not None:
        condition += " AND (s.at, s.seq) < (:last_at, :last_seq)"
        values.update(last_at=before[0], last_seq=before[1])
    rows = db.execute(
        "SELECT s.seq, s.id, s.at, s.coder_id, COALESCE(k.name, '') AS coder, s.kind, s.label,"  # noqa: S608
        " s.erased IS NOT NULL AS erased, s.left_out IS NOT NULL AS left_out,"
        f" {_NUMBER} AS number"
        f" FROM {STEPS} s LEFT JOIN coders k ON k.id = s.coder_id"
        f" WHERE {condition} ORDER BY s.at DESC, s.seq DESC LIMIT :limit",
        {**values, "limit": limit},
    )
    return [
        StepRow(**{**dict(row), **{name: bool(row[name]) for name in ("erased", "left_out")}})
        for row in rows
    ]


def count(db: sqlite3.Connection, asked: Asked, sight: Sight) -> dict[str, int]:
    """How many steps that are asked for and in sight each coder, by name, has done; the most
    first."""
    condition, values = _narrowed(asked, sight)
    rows = db.execute(
        "SELECT COALESCE(k.name, ''), n FROM ("  # noqa: S608
        f"SELECT s.coder_id AS coder_id, COUNT(*) AS n FROM {STEPS} s"
        f" WHERE {condition} GROUP BY s.coder_id)"
        " p LEFT JOIN coders k ON k.id = p.coder_id ORDER BY n DESC, 1",
        values,
    )
    return dict(rows.fetchall())


def changes(
    db: sqlite3.Connection, of: Sequence[int], most: int = PER_STEP
) -> dict[int, list[Change]]:
    """The first changes of these steps in order, by the number of the step."""
    rows = db.execute(
        f"SELECT seq, position, table_name, row_id, erased, {_LIGHT.format('before')},"  # noqa: S608
        f" {_LIGHT.format('after')} FROM {CHANGES}"
        " WHERE seq IN (SELECT value FROM json_each(:of)) AND position < :most"
        " ORDER BY seq, position",
        {"of": json.dumps(list(of)), "most": most},
    )
    found: dict[int, list[Change]] = {one: [] for one in of}
    for row in rows:
        found[row["seq"]].append(change_of(row))
    return found


def change_of(row: sqlite3.Row) -> Change:
    """A row of the journal as a change."""
    table = str(row["table_name"])
    erased = row["erased"] is not None
    before, after = (None if erased else _image(table, row[name]) for name in ("before", "after"))
    return Change(row["seq"], table, row["row_id"], before, after, erased)


def last_images(
    db: sqlite3.Connection, table: str, ids: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """The last thing that is known of each of these rows that have gone, by id."""
    rows = db.execute(
        f"SELECT seq, row_id, {_IMAGE} AS image FROM {CHANGES} WHERE table_name = :table"  # noqa: S608
        " AND erased IS NULL AND row_id IN (SELECT value FROM json_each(:ids)) ORDER BY seq",
        {"table": table, "ids": json.dumps(list(ids))},
    )
    return {row["row_id"]: _image(table, row["image"]) or {} for row in rows}


def _image(table: str, image: str | None) -> Row | None:
    return None if image is None else as_today(table, json.loads(image))


def _narrowed(asked: Asked, sight: Sight) -> tuple[str, dict[str, Any]]:
    """The condition of what is asked for on a step `s`, with its values."""
    parts = list(_conditions(asked, sight))
    condition = " AND ".join(["s.label IS NOT NULL", *(part for part, _ in parts)])
    return condition, {name: value for _, values in parts for name, value in values.items()}


def _conditions(asked: Asked, sight: Sight) -> Iterator[tuple[str, dict[str, Any]]]:
    if asked.coders:
        yield f"s.coder_id IN {_these('coders')}", {"coders": json.dumps(asked.coders)}
    if asked.since:
        yield "s.at >= :since", {"since": asked.since}
    if asked.until:
        yield "s.at < :until", {"until": asked.until}
    if asked.submissions:
        yield f"s.seq IN ({_OF_SUBMISSIONS})", {"submissions": json.dumps(asked.submissions)}
    if asked.codes:
        yield f"s.seq IN ({_OF_CODES})", {"codes": json.dumps(asked.codes)}
    if asked.deeds:
        yield _of_deeds(asked.deeds)
    if asked.words.strip():
        yield _WITH_WORDS, {"words": f"%{_plain(asked.words.strip())}%"}
    if not sight.whole:
        unseen = _UNSEEN_BLIND if sight.others is Others.BLIND else _UNSEEN
        yield f"NOT (s.coder_id <> :me AND s.seq IN ({unseen}))", {"me": sight.coder_id}


def _these(name: str) -> str:
    return f"(SELECT value FROM json_each(:{name}))"  # noqa: S608


_OF_SUBMISSIONS = (
    f"SELECT seq FROM {CHANGES} WHERE {ABOUT} IN (SELECT value FROM json_each(:submissions)"  # noqa: S608
    f" UNION ALL SELECT +row_id FROM {CHANGES} WHERE +table_name = 'documents'"
    f" AND {ABOUT} IN {_these('submissions')})"
)
"""The plus takes away what would keep SQLite from the index: an affinity, and a worse index."""

_OF_CODES = (
    f"SELECT seq FROM {CHANGES} WHERE {ABOUT} IN {_these('codes')}"  # noqa: S608
    f" UNION SELECT seq FROM {CHANGES} WHERE {AFTER} IN {_these('codes')}"
    f" UNION SELECT seq FROM {CHANGES} WHERE {BEFORE} IN {_these('codes')}"
)
_SAID = (
    "ref respondent organisation type permission region status pseudonym also_masked title prefix"
    " terms name definition use_when not_when key colour quote memo text speaker note why reason"
    " version path inside outcome what"
)
"""The fields in which words are looked for; texts of documents and ids are none of them."""

_IN_IMAGE = (
    "w.{0} LIKE :words ESCAPE '\\' AND json_valid(w.{0}) AND EXISTS"  # noqa: S608
    " (SELECT 1 FROM json_each(w.{0}) j WHERE j.value LIKE :words ESCAPE '\\' AND j.key IN"
    f" ({', '.join(repr(name) for name in _SAID.split())}))"
)
_WITH_WORDS = (
    "(s.label LIKE :words ESCAPE '\\' OR EXISTS"  # noqa: S608
    f" (SELECT 1 FROM {CHANGES} w WHERE w.seq = s.seq AND w.table_name <> 'documents'"
    f" AND ({_IN_IMAGE.format('after')} OR {_IN_IMAGE.format('before')})))"
)
_UNSEEN = f"SELECT seq FROM {CHANGES} WHERE table_name IN ('codings', 'decisions')"  # noqa: S608
_UNSEEN_BLIND = (
    f"SELECT seq FROM {CHANGES} WHERE table_name IN ('codings', 'decisions', 'memos')"  # noqa: S608
    " AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.coder_id = :me AND r.coded_at <> ''"
    f" AND r.document_id = {ABOUT})"
    f" UNION SELECT seq FROM {CHANGES} WHERE table_name = 'codes' AND before IS NOT NULL"
    " AND json_extract(before, '$.examples') IS NOT json_extract(after, '$.examples')"
)
"""What those who code blind are not told: others' tags and memos in what they have not declared
coded, and the examples that others pinned."""


def _of_deeds(deeds: Sequence[Deed]) -> tuple[str, dict[str, Any]]:
    tables = [table for deed in deeds for table in DEEDS.get(deed, ())]
    kinds = [kind for deed in deeds for kind in _KINDS.get(deed, ())]
    condition = (
        f"(s.kind IN {_these('kinds')} OR s.seq IN"  # noqa: S608
        f" (SELECT seq FROM {CHANGES} WHERE table_name IN {_these('tables')}))"
    )
    return condition, {"kinds": json.dumps(kinds), "tables": json.dumps(tables)}


def _plain(words: str) -> str:
    """The words as `LIKE` takes them."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
