"""Typed reads about baskets: what was gathered for reports, in its order, and where else."""

from __future__ import annotations

import json
from collections.abc import Sequence

from coder.domain.baskets import Basket, BasketItem
from coder.store.transcript_reads import TranscriptReads

_IN_ORDER = "ORDER BY position, created_at, id"

Place = tuple[str, int, int]
"""A passage: its document's id, where it starts and where it ends."""


class BasketReads(TranscriptReads):
    """Reads over one connection. Each gives records, never rows."""

    def baskets(self) -> list[Basket]:
        """All baskets in their order."""
        return self._all(Basket, _IN_ORDER)

    def basket(self, basket_id: str) -> Basket | None:
        """The basket with this id, or None."""
        return self._one(Basket, "WHERE id = ?", basket_id)

    def basket_items(self, basket_id: str) -> list[BasketItem]:
        """What is in a basket, in its order."""
        return self._all(BasketItem, f"WHERE basket_id = ? {_IN_ORDER}", basket_id)

    def basket_item(self, item_id: str) -> BasketItem | None:
        """The item with this id, or None."""
        return self._one(BasketItem, "WHERE id = ?", item_id)

    def quoted(self, document_id: str, behind: int = 0) -> list[BasketItem]:
        """The quotes from a document in any basket that end behind this place, in the order of the
        text."""
        where = 'WHERE document_id = ? AND "end" > ? ORDER BY start, "end", id'
        return self._all(BasketItem, where, document_id, behind)

    def found_under(self, code_id: str) -> list[BasketItem]:
        """The quotes in any basket that were found under this code."""
        return self._all(BasketItem, "WHERE code_id = ?", code_id)

    def baskets_with(self, spans: Sequence[Place]) -> list[list[tuple[str, str]]]:
        """For each of these passages the items of any basket that overlap it, as the ids of the
        basket and of the item, in the order of the baskets."""
        found: list[list[tuple[str, str]]] = [[] for _ in spans]
        rows = self._db.execute(
            "SELECT a.key, i.basket_id, i.id FROM json_each(?) a JOIN basket_items i"
            " ON i.document_id = json_extract(a.value, '$[0]')"
            " AND i.start < json_extract(a.value, '$[2]')"
            " AND i.\"end\" > json_extract(a.value, '$[1]')"
            " JOIN baskets b ON b.id = i.basket_id"
            " ORDER BY a.key, b.position, b.created_at, b.id, i.position",
            (json.dumps(spans),),
        )
        for place, basket_id, item_id in rows:
            found[place].append((basket_id, item_id))
        return found

    def sensitive_in(self, document_ids: Sequence[str]) -> list[Place]:
        """Where anyone marked words of these documents as sensitive."""
        rows = self._db.execute(
            'SELECT document_id, start, "end" FROM codings WHERE sensitive'
            " AND document_id IN (SELECT value FROM json_each(?))",
            (json.dumps(document_ids),),
        )
        return [tuple(row) for row in rows]

    def sizes_of_baskets(self) -> dict[str, int]:
        """How many quotes are in each basket that has any, by its id."""
        query = "SELECT basket_id, COUNT(*) FROM basket_items WHERE kind = 'quote' GROUP BY 1"
        return dict(self._db.execute(query).fetchall())

    def coded_submissions(self) -> list[tuple[str, str]]:
        """The ids of each code and of each submission in which it is found."""
        rows = self._db.execute(
            "SELECT DISTINCT c.code_id, d.submission_id FROM"
            " (SELECT DISTINCT code_id, document_id FROM codings) c"
            " JOIN documents d ON d.id = c.document_id"
        )
        return [tuple(row) for row in rows]
