"""Confidence intervals by drawing units again (B. Efron, “Bootstrap methods”, Annals of Statistics
7, 1979): percentiles of what a coefficient is in each sample.

To draw n units of which patterns are counted is to draw the counts from a multinomial distribution,
so a sample costs as much as there are patterns. Characters hang together; of these whole blocks
(paragraphs) are drawn, with all their characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coder.analysis.agreement.ratings import Floats, Ints, Ratings
from coder.analysis.agreement.runs import Table

CONFIDENCE = 0.95
FEWEST = 5
"""From fewer units or paragraphs no interval is told."""

_UNDEFINED = 0.1
_CELLS = 500_000


@dataclass
class Bootstrap:
    """So many samples, the same each time for one seed, of `what` (a plural). `in_blocks` draws
    blocks of units, not units. `check` is called now and then, and may raise to stop."""

    samples: int
    seed: int
    what: str
    in_blocks: bool
    check: Callable[[], None]
    _drawn: dict[tuple[int, int], NDArray[np.uint8]] = field(default_factory=dict)

    def many(self, table: Table) -> int:
        """How many units or blocks are drawn from."""
        if not self.in_blocks:
            return len(table.weights)
        return int(table.blocks.max() - table.blocks.min()) + 1 if len(table.blocks) else 0

    def counts(self, table: Table, ratings: Ratings, places: Ints) -> Iterator[Floats]:
        """The counts of the patterns in each sample, `[samples, patterns]`, some samples at a
        time; `places` says of which pattern each row of the table is."""
        if self.in_blocks:
            yield from self._of_blocks(table, ratings, places)
            return
        number, dice = len(table.weights), np.random.default_rng(self.seed)
        for many in self._parts(len(ratings.counts)):
            drawn = dice.multinomial(number, ratings.counts / number, size=many)
            yield drawn.astype(np.float64)

    def _of_blocks(self, table: Table, ratings: Ratings, places: Ints) -> Iterator[Floats]:
        """Each sample draws as many blocks as there are. What most of the text is, is counted as
        the rest, so that only what is else in a block is looked at."""
        first, number = int(table.blocks.min()), self.many(table)
        blocks, most = table.blocks - first, int(ratings.counts.argmax())
        lengths = np.bincount(blocks, weights=table.weights, minlength=number)
        drawn = self._blocks(first, number)
        order = np.argsort(places, kind="stable")
        order = order[places[order] != most]
        found, starts = np.unique(places[order], return_index=True)
        done = 0
        for many in self._parts(max(len(order), len(ratings.counts))):
            here = drawn[done : done + many]
            done += many
            made = np.zeros((many, len(ratings.counts)))
            if len(order):
                cells = here[:, blocks[order]] * table.weights[order]
                made[:, found] = np.add.reduceat(cells, starts, axis=1)
            made[:, most] = here @ lengths - made.sum(axis=1)
            yield made

    def _parts(self, cells: int) -> Iterator[int]:
        """The samples in parts, so that no more than some cells are held at once."""
        size = max(1, _CELLS // max(1, cells))
        for first in range(0, self.samples, size):
            self.check()
            yield min(size, self.samples - first)

    def _blocks(self, first: int, number: int) -> NDArray[np.uint8]:
        """How often each of these blocks is in each sample; what was drawn last is kept."""
        key = first, number
        if key not in self._drawn:
            self._drawn.clear()
            dice = np.random.default_rng(self.seed)
            drawn = np.empty((self.samples, number), dtype=np.uint8)
            for row in drawn:
                row[:] = np.bincount(dice.integers(0, number, number), minlength=number)
            self._drawn[key] = drawn
        return self._drawn[key]


def interval(values: Floats) -> tuple[float, float] | None:
    """The interval that holds the middle 95 per cent; None where the coefficient is undefined in
    more than a tenth of the samples."""
    told = values[~np.isnan(values)]
    if len(told) < (1 - _UNDEFINED) * len(values) or not len(told):
        return None
    low, high = np.quantile(told, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)
