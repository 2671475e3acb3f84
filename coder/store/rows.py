"""Records to table rows and back: a column for each field, lists as JSON, nothing else.

The tables stay plain, so that anyone can open a project with Datasette or `sqlite-utils`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from coder.domain.baskets import Basket, BasketItem, ItemKind, SavedFilter
from coder.domain.model import (
    About,
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Hearing,
    Inquiry,
    Memo,
    Original,
    Paragraph,
    Permission,
    Reading,
    Receipt,
    RespondentType,
    Segment,
    Standing,
    Status,
    Stretch,
    Style,
    Submission,
    Word,
)
from coder.domain.together import Assignment, Brought, Decision, Dismissal, Settled, Signed, SignOff

Record = (
    Inquiry
    | Coder
    | Submission
    | Document
    | Segment
    | Hearing
    | Stretch
    | Code
    | Coding
    | Memo
    | Reading
    | Original
    | Receipt
    | Basket
    | BasketItem
    | SavedFilter
    | Assignment
    | Decision
    | Dismissal
    | SignOff
    | Brought
)
Row = dict[str, Any]
R = TypeVar("R")

TABLES: dict[type[Any], str] = {
    Inquiry: "inquiry",
    Coder: "coders",
    Submission: "submissions",
    Original: "originals",
    Document: "documents",
    Segment: "segments",
    Hearing: "hearings",
    Stretch: "stretches",
    Code: "codes",
    Coding: "codings",
    Memo: "memos",
    Reading: "readings",
    Receipt: "receipts",
    Basket: "baskets",
    BasketItem: "basket_items",
    SavedFilter: "filters",
    Assignment: "assignments",
    Decision: "decisions",
    Dismissal: "dismissals",
    SignOff: "sign_offs",
    Brought: "brought",
}
"""The journaled tables, parents before children."""

_Pair = tuple[Callable[[Any], Any], Callable[[Any], Any]]


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dumps(value: Any) -> str:
    """Compact JSON with sorted keys: the same value always gives the same bytes."""
    return _ENCODER.encode(value)


def _strings() -> _Pair:
    return (lambda value: dumps(list(value)), lambda text: tuple(json.loads(text)))


_SPECIAL: dict[tuple[type[Any], str], _Pair] = {
    (Submission, "type"): (str, RespondentType),
    (Submission, "permission"): (str, Permission),
    (Submission, "status"): (str, Status),
    (Submission, "flags"): _strings(),
    (Document, "kind"): (str, DocumentKind),
    (Document, "problems"): _strings(),
    (Document, "machine_draft"): (int, bool),
    (Document, "silent"): (int, bool),
    (Document, "paragraphs"): (
        lambda value: dumps(
            [[p.number, p.start, p.end, p.style, *([p.page] if p.page else [])] for p in value]
        ),
        lambda text: tuple(
            Paragraph(n, s, e, Style(k), *page) for n, s, e, k, *page in json.loads(text)
        ),
    ),
    (Segment, "words"): (
        lambda value: dumps([[w.start, w.end, w.start_ms, w.end_ms, w.probability] for w in value]),
        lambda text: tuple(Word(*parts) for parts in json.loads(text)),
    ),
    (Segment, "checked"): (int, bool),
    (Hearing, "standing"): (str, Standing),
    (Hearing, "apart"): (int, bool),
    (Hearing, "again"): (int, bool),
    (Stretch, "speech"): (int, bool),
    (Code, "examples"): _strings(),
    (Memo, "about"): (str, About),
    (Coding, "marked"): (int, bool),
    (Coding, "sensitive"): (int, bool),
    (Assignment, "twice"): (int, bool),
    (Decision, "how"): (str, Settled),
    (Decision, "codings"): _strings(),
    (Decision, "agreed"): _strings(),
    (Dismissal, "about"): _strings(),
    (Dismissal, "submissions"): _strings(),
    (SignOff, "about"): (str, Signed),
    (Brought, "seen"): (
        lambda value: dumps([list(one) for one in value]),
        lambda text: tuple((origin, seq) for origin, seq in json.loads(text)),
    ),
    (BasketItem, "kind"): (str, ItemKind),
    (BasketItem, "omitted"): (
        lambda value: dumps([list(span) for span in value]),
        lambda text: tuple((start, end) for start, end in json.loads(text)),
    ),
}


_WORKED_OUT = {(Segment, "start")}
"""What a record says that its row does not keep."""

_COLUMNS = {
    kind: tuple(field.name for field in fields(kind) if (kind, field.name) not in _WORKED_OUT)
    for kind in TABLES
}


def columns(kind: type[Any]) -> tuple[str, ...]:
    """The column names of a record's table, in the order of its fields; `from_row` leaves what is
    no column at its default."""
    return _COLUMNS[kind]


def as_today(table: str, row: Row) -> Row:
    """A row out of the journal with the columns of today: those that came since hold what a
    record has where nothing is said, and those that have gone since are left out."""
    if row.keys() == _KEYS[table]:
        return row
    whole = {**_DEFAULTS[table], **row}
    return {name: whole[name] for name in _NAMES[table] if name in whole}


def to_row(record: Record) -> Row:
    """The row that keeps this record."""
    kind = type(record)
    row = {}
    for name in columns(kind):
        special = _SPECIAL.get((kind, name))
        value = getattr(record, name)
        row[name] = special[0](value) if special else value
    return row


def from_row(kind: type[R], row: Mapping[str, Any]) -> R:
    """The record that this row keeps."""
    values = {}
    for name in columns(kind):
        special = _SPECIAL.get((kind, name))
        values[name] = special[1](row[name]) if special else row[name]
    return kind(**values)


def _default(kind: type[Any], name: str, value: Any) -> Any:
    special = _SPECIAL.get((kind, name))
    return special[0](value) if special else value


_DEFAULTS: dict[str, Row] = {
    table: {
        field.name: _default(kind, field.name, field.default)
        for field in fields(kind)
        if field.default is not MISSING
    }
    for kind, table in TABLES.items()
}

_NAMES = {table: _COLUMNS[kind] for kind, table in TABLES.items()}
_KEYS = {table: frozenset(names) for table, names in _NAMES.items()}
