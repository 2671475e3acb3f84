"""What stands in baskets, as quotes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from coder.domain.baskets import BasketItem
from coder.domain.codes import children_of
from coder.domain.model import Code
from coder.domain.quotes import Quote, QuoteFilter
from coder.domain.sight import Sight
from coder.store.choosing import in_basket, sight_of
from coder.store.citing import Citer
from coder.store.sight import seen

_SELECT = """
SELECT i.id, i.document_id, i.code_id, i.start, i."end", i.quote, '' AS memo, 0 AS marked,
0 AS sensitive, i.created_at, d.title, d.kind, d.machine_draft, d.question, d.submission_id,
'' AS coder, i.omitted
FROM basket_items i JOIN documents d ON d.id = i.document_id
JOIN submissions s ON s.id = d.submission_id
WHERE i.kind = 'quote'
"""


def basketed(
    connection: sqlite3.Connection, wanted: QuoteFilter, codes: Sequence[Code]
) -> list[Quote]:
    """The quotes of a basket that the filter lets through, in the basket's order, whether or not
    they are coded. What it asks of codings holds for one of those on exactly these words; `coder`
    and `coding_ids` are of those of the code that the quote was found under. None counts as marked
    or sensitive by itself."""
    parts, values = ["i.basket_id = ?"], [wanted.basket]
    for condition, more in in_basket(wanted, children_of(codes)):
        parts.append(condition)
        values.extend(more)
    return _read(connection, " AND ".join(parts), values, codes, sight_of(wanted))


def of_items(
    connection: sqlite3.Connection, items: Sequence[BasketItem], codes: Sequence[Code]
) -> dict[str, Quote]:
    """What these quotes of baskets stand for, by the item's id, as `basketed` gives them."""
    wanted = json.dumps([item.id for item in items])
    condition = "i.id IN (SELECT value FROM json_each(?))"
    by_id = {one.id: one for one in _read(connection, condition, (wanted,), codes, Sight())}
    return {item.id: replace(by_id[item.id], omitted=item.omitted) for item in items}


def _read(
    connection: sqlite3.Connection,
    condition: str,
    values: Sequence[Any],
    codes: Sequence[Code],
    eyes: Sight,
) -> list[Quote]:
    query = f"{_SELECT} AND {condition} ORDER BY i.position, i.created_at, i.id"
    rows = connection.execute(query, values).fetchall()
    visible, blind = seen(eyes)
    beside = (
        "SELECT c.id, k.name FROM codings c JOIN coders k ON k.id = c.coder_id"  # noqa: S608
        ' WHERE c.document_id = ? AND c.start = ? AND c."end" = ? AND c.code_id = ?'
        f" AND {visible} ORDER BY c.created_at, c.id"
    )
    made = []
    for row, quote in zip(rows, Citer(connection, codes).quotes(rows), strict=True):
        place = (quote.document_id, quote.start, quote.end, quote.code_id)
        alike = connection.execute(beside, (*place, *blind)).fetchall()
        made.append(
            replace(
                quote,
                coder="; ".join(sorted({one["name"] for one in alike})),
                coding_ids=tuple(one["id"] for one in alike),
                omitted=tuple((start, end) for start, end in json.loads(row["omitted"])),
            )
        )
    return made
