"""What stood in a project at a past moment, replayed from its journal.

It is read from the journal of this copy alone, whose chain proves it: what colleagues brought is
there from the moment on which it was merged.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from coder.domain.model import Code, Coding, Document, DocumentKind, Segment, Submission
from coder.domain.segments import laid_out
from coder.store.reads import from_segments
from coder.store.rows import Row, as_today, from_row
from coder.store.trail import ABOUT

Rows = dict[tuple[str, str], Row]
"""Rows by table and id."""

_LAST = (
    "SELECT table_name, row_id, after FROM changes WHERE erased IS NULL AND seq <= :seq AND {}"
    " ORDER BY seq, position"
)
_WITHIN = ("documents", "segments", "codings")


@dataclass(frozen=True, slots=True)
class Then:
    """A submission as it stood after the step `seq` (0: before the first one), None where it was
    not there; its documents with their texts as they then read, in order, and everyone's codings
    by document. `rows` are what all that is made of."""

    seq: int
    submission: Submission | None
    documents: tuple[Document, ...] = ()
    codings: dict[str, tuple[Coding, ...]] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)


def last_step(db: sqlite3.Connection, moment: str = "") -> int:
    """The number of the last step until this moment (ISO 8601 in UTC), or of all; 0 where there is
    none."""
    until = "WHERE at <= ?" if moment else ""
    query = f"SELECT COALESCE(MAX(seq), 0) FROM steps {until}"  # noqa: S608
    return int(db.execute(query, (moment,) if moment else ()).fetchone()[0])


def submission_at(db: sqlite3.Connection, submission_id: str, seq: int) -> Then:
    """A submission as it stood after this step."""
    own = _last(db, seq, "table_name = 'submissions' AND row_id = :id", id=submission_id)
    row = own.get(("submissions", submission_id))
    if row is None:
        return Then(seq, None)
    ever = db.execute(
        f"SELECT DISTINCT row_id FROM changes WHERE +table_name = 'documents' AND {ABOUT} = ?",  # noqa: S608
        (submission_id,),
    )
    ids = json.dumps([one[0] for one in ever])
    those = "table_name = 'documents' AND row_id IN (SELECT value FROM json_each(:ids))"
    rows = {
        key: one
        for key, one in _last(db, seq, those, ids=ids).items()
        if one["submission_id"] == submission_id
    }
    inside = f"{ABOUT} IN (SELECT value FROM json_each(:ids)) AND +table_name IN {_WITHIN}"  # noqa: S608
    owners = json.dumps([row_id for _, row_id in rows])
    rows |= {k: v for k, v in _last(db, seq, inside, ids=owners).items() if k[0] != "documents"}
    documents = _documents(rows)
    codings = {one.id: _codings(rows, one.id) for one in documents}
    return Then(seq, from_row(Submission, row), documents, codings, {**own, **rows})


def codes_at(db: sqlite3.Connection, seq: int) -> tuple[list[Code], Rows]:
    """The codebook as it stood after this step, children of one parent in their order; and the
    rows it is made of."""
    rows = _last(db, seq, "table_name = 'codes'")
    codes = [from_row(Code, row) for row in rows.values()]
    order = sorted(codes, key=lambda one: (one.parent_id or "", one.position, one.name))
    return order, rows


def sealed_by(db: sqlite3.Connection, seq: int) -> str:
    """The link of the step of this number, in hexadecimal; empty where there is none."""
    row = db.execute("SELECT hash FROM steps WHERE seq = ?", (seq,)).fetchone()
    return str(row[0]) if row else ""


def made_by(db: sqlite3.Connection, table: str, row_id: str) -> int:
    """The number of the step that made this row for the last time; 0 where none did."""
    row = db.execute(
        "SELECT MAX(seq) FROM changes WHERE table_name = ? AND row_id = ? AND before IS NULL",
        (table, row_id),
    ).fetchone()
    return int(row[0] or 0)


def _last(db: sqlite3.Connection, seq: int, which: str, **values: str) -> Rows:
    found: dict[tuple[str, str], str | None] = {}
    for table, row_id, after in db.execute(_LAST.format(which), {"seq": seq, **values}):
        found[table, row_id] = after
    return {
        key: as_today(key[0], json.loads(image))
        for key, image in found.items()
        if image is not None
    }


def _documents(rows: Rows) -> tuple[Document, ...]:
    found = [from_row(Document, row) for (table, _), row in rows.items() if table == "documents"]
    whole = [
        from_segments(one, _segments(rows, one.id)) if one.kind is DocumentKind.TRANSCRIPT else one
        for one in found
    ]
    return tuple(sorted(whole, key=lambda one: (one.position, one.source_id is not None, one.id)))


def _segments(rows: Rows, document_id: str) -> list[Segment]:
    lines: Iterable[Segment] = (
        replace(from_row(Segment, row), words=())
        for (table, _), row in rows.items()
        if table == "segments" and row["document_id"] == document_id
    )
    return laid_out(sorted(lines, key=lambda one: (one.position, one.id)))


def _codings(rows: Rows, document_id: str) -> tuple[Coding, ...]:
    found = [
        from_row(Coding, row)
        for (table, _), row in rows.items()
        if table == "codings" and row["document_id"] == document_id
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.id)))
