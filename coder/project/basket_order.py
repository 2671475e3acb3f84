"""Where an item of a basket finds room among the others, in an order made by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from coder.domain.baskets import BasketItem
from coder.domain.errors import NotFound
from coder.project.lines import spread_between
from coder.store.journal import Step


def stays_behind(
    row: Sequence[BasketItem], before: str | None, moving: Collection[str]
) -> str | None:
    """The first item from this one on that stays; None for the end. Raises NotFound where it is not
    in the basket."""
    if before is None:
        return None
    at = next((n for n, one in enumerate(row) if one.id == before), None)
    if at is None:
        raise NotFound("This place in the basket is no longer there.", "Choose another.")
    return next((one.id for one in row[at:] if one.id not in moving), None)


def room(
    tx: Step, basket_id: str, before: str | None, count: int, but: Collection[str] = ()
) -> list[float]:
    """As many ascending positions as asked for, before an item or last; where there is no room, all
    items `but` these are numbered anew. Raises NotFound where the item is not in the basket."""
    row = [one for one in tx.read.basket_items(basket_id) if one.id not in but]
    stays_behind(row, before, ())
    at = next((n for n, one in enumerate(row) if one.id == before), len(row))
    places = _between(row, at, count)
    if any(one >= other for one, other in pairwise(places)):
        row = [replace(one, position=float(n)) for n, one in enumerate(row)]
        for item in row:
            tx.put(item)
        places = _between(row, at, count)
    low, high = (1 if at else 0), (len(places) - 1 if at < len(row) else len(places))
    return places[low:high]


def _between(row: Sequence[BasketItem], at: int, count: int) -> list[float]:
    """As many positions before the item `at`, with those of its neighbours around them."""
    before = [row[at - 1].position] if at else []
    behind = [row[at].position] if at < len(row) else []
    low, high = next(iter(before), None), next(iter(behind), None)
    return [*before, *map(float, spread_between(low, high, count)), *behind]
