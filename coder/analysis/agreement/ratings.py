"""Ratings of units by coders, as patterns that are counted.

Units that all coders rated in the same way are one pattern with a count, so a stretch of a million
characters that nobody tagged costs as much as one character. The counts may have axes in front:
one row for each sample of a bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.analysis.distinct import rows_once

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MISSING = -1
"""What stands in a pattern for a coder who did not rate the unit."""

_NOTHING, _NUMBERS = 1e-12, 2**62


@dataclass(frozen=True, slots=True)
class Ratings:
    """`patterns[p, g]` is the category, 0…`categories` - 1, that coder `g` gave to the units of
    pattern `p`, or `MISSING`; `counts[…, p]` how many such units there are. What several
    coefficients need is worked out once."""

    patterns: Ints
    counts: Floats
    categories: int
    _known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def coders(self) -> int:
        """How many coders there are."""
        return int(self.patterns.shape[1])

    @property
    def rated(self) -> Ints:
        """How many coders rated the units of each pattern."""
        return np.asarray((self.patterns != MISSING).sum(axis=1))

    @property
    def complete(self) -> bool:
        """Whether every coder rated every unit."""
        return bool(self.once("complete", (self.patterns != MISSING).all))

    def of(self, *coders: int) -> Ratings:
        """The ratings of these coders alone."""
        return Ratings(self.patterns[:, list(coders)], self.counts, self.categories)

    def drawn(self, counts: Floats) -> Ratings:
        """The same patterns with other counts."""
        return Ratings(self.patterns, counts, self.categories)

    def pairable(self) -> Ratings:
        """The units that two or more coders rated; only these can tell of agreement."""
        if self.complete and self.coders > 1:
            return self
        keep = self.rated > 1
        return Ratings(self.patterns[keep], self.counts[..., keep], self.categories)

    def totals(self, coder: int) -> Floats:
        """How many units this coder put into each category, `[…, categories]`."""
        found: Floats = self.once(coder, lambda: self._totals(coder, self.counts))
        return found

    def all_totals(self) -> Floats:
        """The totals of all coders together."""
        whole: Floats = self.once(
            "all", lambda: sum(self.totals(coder) for coder in range(self.coders))
        )
        return whole

    def shares(self) -> Floats:
        """The share of each category, as the mean over units of its share of a unit's ratings."""
        found: Floats = self.once("shares", self._shares)
        return found

    def once(self, key: object, work: Callable[[], Any]) -> Any:
        """What the work gives, done the first time only."""
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]

    def _shares(self) -> Floats:
        rated = self.rated
        units = (self.counts * (rated > 0)).sum(-1)
        if self.complete:
            return self.all_totals() * quotient(1 / self.coders, units)[..., None]
        parts = self.counts / np.maximum(1, rated)
        whole = sum(self._totals(coder, parts) for coder in range(self.coders))
        return np.asarray(whole * quotient(1.0, units)[..., None])

    def _totals(self, coder: int, weights: Floats) -> Floats:
        column = self.patterns[:, coder]
        order = np.argsort(column, kind="stable")
        order = order[np.searchsorted(column[order], 0) :]
        made = np.zeros((*weights.shape[:-1], self.categories))
        if order.size:
            found, starts = np.unique(column[order], return_index=True)
            made[..., found] = np.add.reduceat(weights[..., order], starts, axis=-1)
        return made


def from_labels(rows: Sequence[Sequence[Hashable]], missing: Any = None) -> Ratings:
    """Ratings of a table with a row for each unit and a column for each coder; the categories are
    the labels that occur, in order where they have one. `missing` is no label."""
    labels = {label for row in rows for label in row if label != missing}
    try:
        ordered = sorted(labels)  # type: ignore[type-var]
    except TypeError:
        ordered = list(labels)
    known: dict[Any, int] = {label: place for place, label in enumerate(ordered)}
    table = [[known.get(label, MISSING) for label in row] for row in rows]
    return counted(np.array(table, dtype=np.int64), len(known))


def counted(table: Ints, categories: int, weights: Floats | None = None) -> Ratings:
    """Ratings of `table[unit, coder]`, each unit counted once or as often as its weight says."""
    patterns, places = grouped(table, categories)
    counts = np.bincount(places, weights=weights, minlength=len(patterns))
    return Ratings(patterns, counts.astype(np.float64), categories)


def grouped(table: Ints, categories: int) -> tuple[Ints, Ints]:
    """The different rows of a table of categories, and of which of them each row is."""
    size = categories + 1
    if size ** table.shape[1] < _NUMBERS:
        digits = size ** np.arange(table.shape[1], dtype=np.int64)
        _, first, places = np.unique(
            (table - MISSING) @ digits, return_index=True, return_inverse=True
        )
        return table[first], places
    return rows_once(table)


def quotient(above: Floats | float, below: Floats) -> Floats:
    """The quotient, NaN where there is nothing below: no units, or no room left by chance."""
    none = np.abs(below) < _NOTHING
    return np.where(none, np.nan, above / np.where(none, 1, below))


def pairs(coders: int) -> list[tuple[int, int]]:
    """Every two of so many coders."""
    return list(combinations(range(coders), 2))
