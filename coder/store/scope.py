"""What belongs to a submission, wherever the journal has ever spoken of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Ids = set[str]


@dataclass
class Scope:
    """The ids of all rows that an erasure takes, those that have gone long ago among them.

    `originals` go; `shared` are those that stay, without their names, since other evidence has the
    same bytes. `receipts` are blanked; of `containers`, which other evidence came in too, only what
    was said of their content is.
    """

    submissions: Ids = field(default_factory=set)
    documents: Ids = field(default_factory=set)
    segments: Ids = field(default_factory=set)
    hearings: Ids = field(default_factory=set)
    stretches: Ids = field(default_factory=set)
    codings: Ids = field(default_factory=set)
    memos: Ids = field(default_factory=set)
    readings: Ids = field(default_factory=set)
    basket_items: Ids = field(default_factory=set)
    assignments: Ids = field(default_factory=set)
    decisions: Ids = field(default_factory=set)
    dismissals: Ids = field(default_factory=set)
    sign_offs: Ids = field(default_factory=set)
    receipts: Ids = field(default_factory=set)
    containers: Ids = field(default_factory=set)
    originals: Ids = field(default_factory=set)
    shared: Ids = field(default_factory=set)

    def rows(self) -> Iterator[tuple[str, Ids]]:
        """The ids by table."""
        yield "codings", self.codings
        yield "memos", self.memos
        yield "readings", self.readings
        yield "basket_items", self.basket_items
        yield "assignments", self.assignments
        yield "decisions", self.decisions
        yield "dismissals", self.dismissals
        yield "sign_offs", self.sign_offs
        yield "segments", self.segments
        yield "stretches", self.stretches
        yield "hearings", self.hearings
        yield "documents", self.documents
        yield "originals", self.originals | self.shared
        yield "receipts", self.receipts | self.containers
        yield "submissions", self.submissions


def scope_of(
    db: sqlite3.Connection,
    submissions: Iterable[str],
    originals: Iterable[str] = (),
    documents: Iterable[str] = (),
) -> Scope:
    """What belongs to these submissions, these originals and these documents.

    With a submission go those joined with it, and where it was joined itself, the documents that it
    brought. With an original go the imports of it that were undone, and the files in which it came,
    but not the evidence of others that came in the same.
    """
    ids, digests, texts = set(submissions), set(originals), set(documents)
    while True:
        scope = _scope(db, ids, digests, texts)
        undone = _said(db, "documents", scope.documents, "submission_id") - _all(db, "submissions")
        more = ids | undone | _joined(db, ids)
        if more == ids:
            return scope
        ids = more


def _scope(db: sqlite3.Connection, ids: Ids, digests: Ids, texts: Ids) -> Scope:
    mine = ids | _joined_into(db, ids)
    documents = _ever(db, "documents", "submission_id", ids) - _of_others(db, "documents", mine)
    documents |= _journaled(db, "documents", texts)
    receipts = _ever(db, "receipts", "submission_id", ids) - _of_others(db, "receipts", mine)
    containers = _containers(db, receipts)
    sole = containers - _containers(db, _of_others(db, "receipts", mine))
    for name in ("container", "original"):
        receipts |= _ever(db, "receipts", name, sole) - _of_others(db, "receipts", mine)
    bytes_of = _said(db, "documents", documents, "original")
    bytes_of |= _said(db, "receipts", receipts, "original")
    bytes_of |= digests - {""}
    kept = (bytes_of | containers) & _rested_on(db, documents, receipts)
    bytes_of -= kept | containers
    documents |= _ever(db, "documents", "original", bytes_of) - _all(db, "documents")
    receipts |= _ever(db, "receipts", "original", bytes_of) - _of_others(db, "receipts", mine)
    return Scope(
        submissions=_journaled(db, "submissions", ids),
        documents=documents,
        segments=_ever(db, "segments", "document_id", documents),
        hearings=_ever(db, "hearings", "media_id", documents),
        stretches=_ever(db, "stretches", "document_id", documents),
        codings=_ever(db, "codings", "document_id", documents),
        memos=_ever(db, "memos", "of_id", ids | documents),
        readings=_ever(db, "readings", "document_id", documents),
        basket_items=_ever(db, "basket_items", "document_id", documents),
        assignments=_ever(db, "assignments", "submission_id", ids),
        decisions=_ever(db, "decisions", "document_id", documents),
        dismissals=_ever_among(db, "dismissals", "submissions", ids),
        sign_offs=_ever(db, "sign_offs", "of_id", ids),
        receipts=receipts,
        containers=_ever(db, "receipts", "original", containers) - receipts,
        originals=_journaled(db, "originals", (bytes_of | containers) - kept),
        shared=_journaled(db, "originals", kept),
    )


_THESE = "IN (SELECT value FROM json_each(:ids))"


def _joined(db: sqlite3.Connection, ids: Ids) -> Ids:
    """The submissions that were joined with one of these."""
    query = f"SELECT id FROM submissions WHERE status = 'joined' AND of_id {_THESE}"  # noqa: S608
    return _column(db, query, ids)


def _joined_into(db: sqlite3.Connection, ids: Ids) -> Ids:
    """The submissions with which one of these was joined."""
    query = f"SELECT of_id FROM submissions WHERE status = 'joined' AND id {_THESE}"  # noqa: S608
    return _column(db, query, ids)


def _of_others(db: sqlite3.Connection, table: str, mine: Ids) -> Ids:
    """The rows of a table that stand under another submission now."""
    query = f"SELECT id FROM {table} WHERE NOT submission_id {_THESE}"  # noqa: S608
    return _column(db, query, mine)


def _containers(db: sqlite3.Connection, receipts: Ids) -> Ids:
    """The originals that these came in, and those that these came in."""
    found: Ids = set()
    fresh = _said(db, "receipts", receipts, "container")
    while fresh:
        found |= fresh
        holders = _ever(db, "receipts", "original", fresh)
        fresh = _said(db, "receipts", holders, "container") - found
    return found


def _rested_on(db: sqlite3.Connection, documents: Ids, receipts: Ids) -> Ids:
    """The originals of all evidence that is not among these."""
    texts = f"SELECT original FROM documents WHERE NOT id {_THESE}"  # noqa: S608
    files = f"SELECT original FROM receipts WHERE submission_id <> '' AND NOT id {_THESE}"  # noqa: S608
    return _column(db, texts, documents) | _column(db, files, receipts)


def _all(db: sqlite3.Connection, table: str) -> Ids:
    return {row[0] for row in db.execute(f"SELECT id FROM {table}")}  # noqa: S608


def _ever(db: sqlite3.Connection, table: str, name: str, values: Ids) -> Ids:
    """The rows of a table that have ever had one of these values in a column."""
    if not values:
        return set()
    query = (
        "SELECT row_id FROM all_changes WHERE table_name = :table"  # noqa: S608
        f" AND (json_extract(before, :path) {_THESE} OR json_extract(after, :path) {_THESE})"
    )
    return _column(db, query, values, table=table, path=f"$.{name}")


def _ever_among(db: sqlite3.Connection, table: str, name: str, values: Ids) -> Ids:
    """The rows of a table that have ever had one of these values in a column that lists some."""
    query = (
        "SELECT row_id FROM all_changes, json_each(json_extract(COALESCE(after, before), :path)) j"  # noqa: S608
        f" WHERE table_name = :table AND j.value {_THESE}"
    )
    return _column(db, query, values, table=table, path=f"$.{name}") if values else set()


def _said(db: sqlite3.Connection, table: str, ids: Ids, name: str) -> Ids:
    """The values that these rows have ever had in a column, without the empty one."""
    found: Ids = set()
    for image in ("before", "after"):
        query = (
            f"SELECT json_extract({image}, :path) FROM all_changes"  # noqa: S608
            f" WHERE table_name = :table AND row_id {_THESE}"
        )
        found |= _column(db, query, ids, table=table, path=f"$.{name}")
    return found - {""}


def _journaled(db: sqlite3.Connection, table: str, ids: Ids) -> Ids:
    """Those of these rows of which the journal speaks."""
    query = f"SELECT row_id FROM all_changes WHERE table_name = :table AND row_id {_THESE}"  # noqa: S608
    return _column(db, query, ids, table=table)


def _column(db: sqlite3.Connection, query: str, ids: Ids, **values: str) -> Ids:
    """The first column of what a query finds, without None."""
    found = db.execute(query, {"ids": json.dumps(sorted(ids)), **values})
    return {row[0] for row in found if row[0] is not None}
