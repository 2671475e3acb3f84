"""Coded passages, chosen by SQL and made citable."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.domain.codes import children_of
from coder.domain.model import Code
from coder.domain.quotes import Quote, QuoteFilter
from coder.store.basketed import basketed
from coder.store.choosing import chosen
from coder.store.citing import Citer
from coder.store.reads import Reads

_COLUMNS = (
    'c.id, c.document_id, c.code_id, c.start, c."end", c.quote, c.memo, c.marked,'
    " c.sensitive, c.created_at, d.title, d.kind, d.machine_draft, d.question, d.submission_id,"
    " k.name AS coder"
)
_JOINS = (
    "JOIN documents d ON d.id = c.document_id JOIN submissions s ON s.id = d.submission_id"
    " JOIN coders k ON k.id = c.coder_id"
)
_ORDER = 'ORDER BY length(s.ref), s.ref, d.position, c.start, c."end", c.created_at'
_AT_ONCE = 500
"""So many quotes are read at a time."""


def select(
    connection: sqlite3.Connection, wanted: QuoteFilter, codes: Sequence[Code]
) -> list[Quote]:
    """The coded passages that the filter asks for, in the order of references and of the text.

    Attributions obey permission and status; nothing is left out here for the sake of it, because a
    researcher reads everything. What may be published is decided in `coder.export.selection`.
    """
    return list(each(connection, wanted, codes))


def each(
    connection: sqlite3.Connection, wanted: QuoteFilter, codes: Sequence[Code]
) -> Iterator[Quote]:
    """What `select` gives, one by one, so that a hundred thousand take no more memory than a few.
    Those of a basket come in its order."""
    if wanted.basket:
        yield from basketed(connection, wanted, codes)
        return
    citing = Citer(connection, codes)
    numbers = found(connection, wanted, codes)
    for first in range(0, len(numbers), _AT_ONCE):
        yield from citing.quotes(rows_of(connection, numbers[first : first + _AT_ONCE]))


def of_codings(
    connection: sqlite3.Connection, coding_ids: Sequence[str], codes: Sequence[Code]
) -> list[Quote]:
    """The passages of these codings, as far as they are still there, in the order of references and
    of the text."""
    where = "WHERE c.id IN (SELECT value FROM json_each(?))"
    query = f"SELECT {_COLUMNS} FROM codings c {_JOINS} {where} {_ORDER}"  # noqa: S608
    rows = connection.execute(query, (json.dumps(list(coding_ids)),)).fetchall()
    return Citer(connection, codes).quotes(rows)


def rows_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[sqlite3.Row]:
    """What `Citer` needs of the codings with these numbers, in their order."""
    query = (
        f"SELECT {_COLUMNS} FROM json_each(?) w CROSS JOIN codings c ON c.rowid = w.value"  # noqa: S608
        f" {_JOINS} ORDER BY w.key"
    )
    return connection.execute(query, (json.dumps(numbers),)).fetchall()


def merged(
    connection: sqlite3.Connection,
    parts: Sequence[Sequence[sqlite3.Row]],
    codes: Sequence[Code],
) -> list[Quote]:
    """One quote for each of these groups of codings, which lie in one document under one code: from
    the first word of any to the last, with all that is said of them. It counts as tagged when the
    last of them was."""
    made = []
    for rows in parts:
        row = dict(rows[0])
        row["start"] = min(one["start"] for one in rows)
        row["end"] = max(one["end"] for one in rows)
        if (row["start"], row["end"]) != (rows[0]["start"], rows[0]["end"]):
            text = Reads(connection).text_of(row["document_id"])
            row["quote"] = text[row["start"] : row["end"]]
        row["coder"] = "; ".join(sorted({one["coder"] for one in rows}))
        row["memo"] = _memos(rows)
        for name in ("marked", "sensitive", "created_at"):
            row[name] = max(one[name] for one in rows)
        made.append(row)
    ids = [tuple(one["id"] for one in rows) for rows in parts]
    found = Citer(connection, codes).quotes(made)
    return [replace(quote, coding_ids=of) for quote, of in zip(found, ids, strict=True)]


def _memos(rows: Sequence[sqlite3.Row]) -> str:
    """What is thought of a passage, by whom where that is not one."""
    said = [(one["coder"], one["memo"]) for one in rows if one["memo"]]
    if len({one["coder"] for one in rows}) == 1:
        return "\n".join(memo for _, memo in said)
    return "\n".join(f"{coder}: {memo}" for coder, memo in said)


def found(connection: sqlite3.Connection, wanted: QuoteFilter, codes: Sequence[Code]) -> list[int]:
    """The numbers of the codings that the filter asks for, in the order of references and of the
    text."""
    where, values = chosen(wanted, children_of(codes))
    query = f"SELECT q.document, json_group_array(q.id) FROM quoted q WHERE {where}"  # noqa: S608
    of_document = dict(map(tuple, connection.execute(f"{query} GROUP BY q.document", values)))
    order = connection.execute(
        "SELECT d.rowid FROM documents d JOIN submissions s ON s.id = d.submission_id"
        " ORDER BY length(s.ref), s.ref, d.position, d.id"
    )
    return [
        number
        for row in order
        if (numbers := of_document.get(row[0]))
        for number in json.loads(numbers)
    ]
