"""What coders marked in a text, as runs, turned into ratings of its characters or larger units.

The text is a line of `length` characters, all documents one behind the other. A coder's runs with a
code are what they marked, double and nested marks taken together, so that marking twice changes
nothing. All is half-open, and no step takes longer for a longer text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coder.analysis.agreement.ratings import MISSING, Floats, Ints, Ratings, grouped
from coder.analysis.agreement.unitised import Units
from coder.analysis.distinct import once, rows_once


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches `[start, end)` in the order of the text that do not overlap, though they may
    touch."""

    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def touched(self, others: Runs) -> NDArray[np.bool_]:
        """Which of these stretches any of the others overlaps."""
        first = np.searchsorted(self.ends, others.starts, side="right")
        last = np.searchsorted(self.starts, others.ends, side="left")
        there = last > first
        turns = np.zeros(len(self) + 1, dtype=np.int64)
        np.add.at(turns, first[there], 1)
        np.add.at(turns, last[there], -1)
        return np.cumsum(turns[:-1]) > 0

    def within(self, start: int, end: int) -> Runs:
        """Those that lie in this stretch of the text."""
        here = (self.starts >= start) & (self.ends <= end)
        return Runs(self.starts[here], self.ends[here])

    def as_units(self, category: int = 1, offset: int = 0) -> Units:
        """The runs as units of one category, counted from `offset` on."""
        categories = np.full(len(self), category, dtype=np.int64)
        return Units(self.starts - offset, self.ends - offset, categories)


def union(starts: Sequence[int] | Ints, ends: Sequence[int] | Ints) -> Runs:
    """The runs that these stretches cover: those that overlap become one; empty ones go."""
    begin, end = np.asarray(starts, dtype=np.int64), np.asarray(ends, dtype=np.int64)
    there = begin < end
    begin, end = begin[there], end[there]
    order = np.argsort(begin, kind="stable")
    begin, end = begin[order], end[order]
    if not len(begin):
        return Runs(begin, end)
    reach = np.maximum.accumulate(end)
    first = np.append(True, begin[1:] >= reach[:-1])
    return Runs(begin[first], reach[np.append(np.flatnonzero(first)[1:] - 1, len(begin) - 1)])


def together(runs: Sequence[Runs]) -> Runs:
    """What any of these runs cover."""
    return union(
        np.concatenate([one.starts for one in runs] or [np.zeros(0, np.int64)]),
        np.concatenate([one.ends for one in runs] or [np.zeros(0, np.int64)]),
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Ratings row by row, before like rows are counted together: `values[row, coder]`, how many
    units a row stands for, where it begins, and the block of text that it is in."""

    values: Ints
    weights: Floats
    starts: Ints
    blocks: Ints
    categories: int = 2

    def grouped(self) -> tuple[Ratings, Ints]:
        """The rows, counted, and of which pattern each is."""
        patterns, places = grouped(self.values, self.categories)
        counts = np.bincount(places, weights=self.weights, minlength=len(patterns))
        return Ratings(patterns, counts.astype(np.float64), self.categories), places

    def compact(self) -> tuple[Table, Ints]:
        """The table with only the categories that occur in it, numbered anew, and what each of them
        was before."""
        used, places = np.unique(self.values, return_inverse=True)
        gaps = int((used == MISSING).sum())
        values = places.reshape(self.values.shape).astype(np.int64) - gaps
        return replace(self, values=values, categories=len(used) - gaps), used[gaps:]

    def within(self, start: int, end: int) -> Table:
        """The rows that begin in this stretch of the text."""
        return self.only((self.starts >= start) & (self.starts < end))

    def only(self, rows: NDArray[np.bool_]) -> Table:
        """These rows."""
        return replace(
            self,
            values=self.values[rows],
            weights=self.weights[rows],
            starts=self.starts[rows],
            blocks=self.blocks[rows],
        )

    def of(self, *coders: int) -> Table:
        """The ratings of these coders alone."""
        return replace(self, values=self.values[:, list(coders)])


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared: `units` are its sentences, paragraphs or submissions, None for its
    characters. `parts` begin where submissions do, the first at 0, and `rated[part, coder]` tells
    who coded which. `blocks` begin where paragraphs do: characters do not stand alone, so samples
    are drawn of these."""

    length: int
    units: Runs | None
    parts: Ints
    rated: NDArray[np.bool_]
    blocks: Ints

    def table(self, marked: Sequence[Runs]) -> Table:
        """What each coder's runs with a code make of the units: 1 where they touch one, else 0."""
        rows, weights = self._rows(marked)
        return self._table(rows, weights, [rows.touched(one) for one in marked])

    def sets(self, marked: Sequence[Sequence[Runs]]) -> tuple[Table, NDArray[np.bool_]]:
        """The set of codes that each coder, `marked[coder][code]`, has on each unit, as the number
        of a row of what is given with it: `members[set, code]`. Set 0 is empty."""
        rows, weights = self._rows([runs for own in marked for runs in own])
        packed = [np.zeros((1, -(-len(marked[0]) // 8)), np.uint8)]
        for own in marked:
            touched = np.stack([rows.touched(runs) for runs in own], axis=1)
            packed.append(np.packbits(touched, axis=1))
        every, places = rows_once(np.concatenate(packed))
        members = np.unpackbits(every, axis=1, count=len(marked[0])).astype(np.bool_)
        values = places[1:].reshape(len(marked), len(rows))
        return replace(self._table(rows, weights, list(values)), categories=len(every)), members

    def _rows(self, marked: Sequence[Runs]) -> tuple[Runs, Floats]:
        if self.units is not None:
            return self.units, np.ones(len(self.units))
        edges = [edge for one in marked for edge in (one.starts, one.ends)]
        cuts = once(np.concatenate([*edges, self.parts, self.blocks, [self.length]]))
        return Runs(cuts[:-1], cuts[1:]), np.diff(cuts).astype(np.float64)

    def _table(self, rows: Runs, weights: Floats, columns: Sequence[NDArray[np.generic]]) -> Table:
        part = np.searchsorted(self.parts, rows.starts, side="right") - 1
        values = np.stack(columns, axis=1).astype(np.int64)
        values[~self.rated[part]] = MISSING
        blocks = np.searchsorted(self.blocks, rows.starts, side="right") - 1
        return Table(values, weights, rows.starts, blocks)
