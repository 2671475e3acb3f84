"""The rows that a file of ours holds beside the standard's document, so that nothing is lost
between two projects of ours: which they are, and how they are read with care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import PurePosixPath
from typing import Any, TypeVar

from coder.domain.model import Coding, Document, Memo, Receipt, Segment
from coder.store.rows import TABLES, Record, Row, as_today, columns, from_row, to_row

R = TypeVar("R")

_KINDS = {table: kind for kind, table in TABLES.items()}
_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "bool": (int,),
    "float": (int, float),
    "int | None": (int, type(None)),
    "str | None": (str, type(None)),
}
_IN_DOCUMENT = {
    Document: ("text",),
    Segment: ("text",),
    Memo: ("text",),
    Coding: ("quote", "memo"),
}
"""What the document, or a text beside it, says already."""


def packed(record: Record) -> tuple[str, Row]:
    """A record as a row to go along, without what the standard's document says already. Of the way
    to a file that was given stays its name, since folders tell of the machine they are on."""
    kind = type(record)
    row = to_row(record)
    for name in _IN_DOCUMENT.get(kind, ()):
        row[name] = ""
    if isinstance(record, Segment):
        row["length"] = len(record.text)
    if isinstance(record, Receipt):
        row["path"] = PurePosixPath(record.path.replace("\\", "/")).name
    return TABLES[kind], row


class Extras:
    """The rows that came with a file, by table and id."""

    def __init__(self, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        self._rows: dict[str, dict[str, Mapping[str, Any]]] = {}
        for table, row in rows:
            if table in _KINDS and isinstance(row.get("id"), str) and row["id"]:
                self._rows.setdefault(table, {})[row["id"]] = row

    def record(self, kind: type[R], record_id: str) -> R | None:
        """The record of this id, or None where there is none that can be one."""
        row = self._rows.get(TABLES[kind], {}).get(record_id)
        return None if row is None else _record(kind, row)

    def records(self, kind: type[R]) -> Iterator[R]:
        """All records of a kind that can be such, in the order in which they were written."""
        for row in self._rows.get(TABLES[kind], {}).values():
            record = _record(kind, row)
            if record is not None:
                yield record

    def said(self, kind: type[Any], record_id: str, name: str) -> Any:
        """Something more that is said of a record, or None."""
        return self._rows.get(TABLES[kind], {}).get(record_id, {}).get(name)

    def tables(self) -> list[str]:
        """The tables of which there are rows, parents before children."""
        return [table for table in TABLES.values() if table in self._rows]

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table that can be such, with the columns of today."""
        for row in self._rows.get(table, {}).values():
            found = _fitting(_KINDS[table], row)
            if found is not None:
                yield found


def _record(kind: type[R], row: Mapping[str, Any]) -> R | None:
    found = _fitting(kind, row)
    return None if found is None else from_row(kind, found)


def _fitting(kind: type[Any], row: Mapping[str, Any]) -> Row | None:
    """The row with the columns of today, where every value is of the type that its column has."""
    try:
        whole = as_today(TABLES[kind], dict(row))
        from_row(kind, whole)
    except (LookupError, ValueError, TypeError, AttributeError):
        return None
    types = {field.name: _TYPES.get(str(field.type), (str,)) for field in fields(kind)}
    fits = all(isinstance(whole.get(name), types[name]) for name in columns(kind))
    return whole if fits else None
