"""The rows of ours that come beside what the standard tells: receipts, readings, how recordings
were heard, baskets, saved filters, and whatever tables there will be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from coder.domain.baskets import Basket, BasketItem, SavedFilter
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    Hearing,
    Inquiry,
    Memo,
    Original,
    Reading,
    Segment,
    Stretch,
    Submission,
)
from coder.project.exchange.arrival import Arrival
from coder.project.progress import reading_id
from coder.store.rows import TABLES, Row, columns

TOLD = (Inquiry, Coder, Submission, Original, Document, Segment, Code, Coding, Memo)
"""The kinds of records that are handed over one by one."""

REST = tuple(kind for kind in TABLES if kind not in TOLD)
"""All other kinds, parents before children."""

BY_CODERS = tuple(TABLES[kind] for kind in TABLES if "coder_id" in columns(kind))
"""The tables that say whose a row is."""

_OWNERS = {
    "code_id": TABLES[Code],
    "submission_id": TABLES[Submission],
    "document_id": TABLES[Document],
    "media_id": TABLES[Document],
    "transcript_id": TABLES[Document],
    "coding_id": TABLES[Coding],
    "basket_id": TABLES[Basket],
}
"""What the columns of these names refer to."""

_WITH_RECORDING = (TABLES[Stretch], TABLES[Hearing])
"""How a recording was heard comes with its transcript, or not at all."""

_NAMED = (TABLES[Basket], TABLES[SavedFilter])
"""The tables in which every name is given once."""


def take_rest(arrival: Arrival) -> None:
    """Takes the rows that are not here yet and rest on what is. Those that do not are left."""
    texts: dict[str, str] = {}
    for kind in REST:
        for row in arrival.extras.rows(TABLES[kind]):
            moved = _moved(arrival, kind, row)
            table, row_id = TABLES[kind], moved["id"]
            if arrival.read.has(table, row_id) or arrival.read.was_erased(table, row_id):
                continue
            if _rests(arrival, table, moved) and _says(arrival, kind, moved, texts):
                arrival.tx.set_row(table, row_id, _with_own_name(arrival, table, moved))
            else:
                why = "What they rest on is not here, or differs."
                arrival.losses.add(f"rows of {table.replace('_', ' ')}", why)


def _moved(arrival: Arrival, kind: type[Any], row: Row) -> Row:
    """The row with the ids that its records have here."""
    ids = arrival.ids
    moved = {
        name: ids.get(value, value) if isinstance(value, str) and name.endswith("_id") else value
        for name, value in row.items()
    }
    if moved.get("coder_id"):
        moved["coder_id"] = arrival.coder(row["coder_id"])
    if kind is Reading:
        moved["id"] = reading_id(moved["document_id"], moved["coder_id"])
    return moved


def _rests(arrival: Arrival, table: str, row: Row) -> bool:
    """Whether all that a row speaks of is here."""
    for name, owners in _OWNERS.items():
        value = row.get(name)
        if value and not arrival.read.has(owners, value):
            return False
        if value and table in _WITH_RECORDING and value not in arrival.fresh:
            return False
    return True


def _says(arrival: Arrival, kind: type[Any], row: Row, texts: dict[str, str]) -> bool:
    """Whether a quote in a basket stands in its text here, and a filter asks for something."""
    if kind is BasketItem and row["document_id"]:
        of = row["document_id"]
        if of not in texts:
            texts[of] = arrival.read.document(of).text
        return texts[of][row["start"] : row["end"]] == str(row["quote"])
    return kind is not SavedFilter or isinstance(_asked(row["asked"]), Mapping)


def _asked(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _with_own_name(arrival: Arrival, table: str, row: Row) -> Row:
    """The row under a name that no other of its table has."""
    if table not in _NAMED:
        return row
    found = arrival.tx.connection.execute(f'SELECT name FROM "{table}"')  # noqa: S608
    taken = {str(one[0]).casefold() for one in found}
    name, number = row["name"], 1
    while name.casefold() in taken:
        number += 1
        name = f"{row['name']} ({number})"
    return {**row, "name": name}
