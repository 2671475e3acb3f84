"""Krippendorff's α for values with an order or a distance, and for sets of codes.

Not taken: the package `krippendorff` (GPL-3.0), and NLTK's `alpha`, which gives 1 where everything
is in one category and compares values pair by pair in Python. NLTK's `masi_distance` and
`jaccard_distance` give the right distances (the tests compare), but divide by zero where neither
coder put any code on a unit, as is the case for most of a text, and take a microsecond for each
pair of the millions that there are; so sets are compared here many at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coder.analysis.agreement.ratings import MISSING, Floats, Ints, Ratings, pairs, quotient

_ROWS, _MOST_KEPT = 512, 5_000
"""So many sets are compared with all others at a time; and of so many all distances are kept."""


class Distance(Protocol):
    """How far apart two categories are, 0 for the same; `seen` is how often each category was
    given, `[…, categories]`."""

    def between(self, one: Ints, other: Ints, seen: Floats) -> Floats:
        """The distances of these pairs of categories, `[…, pairs]`."""

    def by_chance(self, seen: Floats) -> Floats:
        """The sum of the distances of all ratings from all others."""


def alpha(ratings: Ratings, distance: Distance) -> Floats:
    """Krippendorff's α: 1 − (N − 1) · Σ o_ck δ_ck / Σ n_c n_k δ_ck, where o are the coincidences of
    units that two or more rated (Krippendorff 2011, “Computing Krippendorff's alpha-reliability”).
    NaN where it is undefined."""
    whole = ratings.pairable()
    seen = whole.all_totals()
    observed = np.zeros(whole.counts.shape[:-1])
    for one, other in pairs(whole.coders):
        left, right = whole.patterns[:, one], whole.patterns[:, other]
        both = (left != MISSING) & (right != MISSING)
        apart = distance.between(left[both], right[both], seen)
        weights = whole.counts[..., both] * (2 / (whole.rated[both] - 1))
        observed += (weights * apart).sum(-1)
    return 1 - quotient((seen.sum(-1) - 1) * observed, distance.by_chance(seen))


class _Values:
    """A distance between numbers, each category's own in `values`."""

    def __init__(self, values: Sequence[float]) -> None:
        self._values = np.array(values, dtype=np.float64)

    def table(self, seen: Floats) -> Floats:
        """The distances of all categories, `[…, categories, categories]`."""
        raise NotImplementedError

    def between(self, one: Ints, other: Ints, seen: Floats) -> Floats:
        return self.table(seen)[..., one, other]

    def by_chance(self, seen: Floats) -> Floats:
        return np.asarray(np.einsum("...i,...ij,...j->...", seen, self.table(seen), seen))


class Interval(_Values):
    """(c − k)², for values of which differences tell."""

    def table(self, seen: Floats) -> Floats:
        return (self._values[:, None] - self._values) ** 2


class Ratio(_Values):
    """((c − k) / (c + k))², for values that begin at nought."""

    def table(self, seen: Floats) -> Floats:
        total = self._values[:, None] + self._values
        apart = self._values[:, None] - self._values
        return np.divide(apart, total, out=np.zeros_like(apart), where=total != 0) ** 2


class Ordinal(_Values):
    """(Σ n_g from c to k − (n_c + n_k) / 2)², for values of which only the order tells; the
    categories are in their order."""

    def table(self, seen: Floats) -> Floats:
        place = np.cumsum(seen, axis=-1) - seen / 2
        return (place[..., :, None] - place[..., None, :]) ** 2


class Sets:
    """The distances of sets, `members[set, member]`. Two empty sets are the same; an empty one and
    another are as far apart as can be.

    `masi` is Passonneau's (2006) distance, 1 − J · M, where J is Jaccard's index and M is 1 for
    equal sets, 2/3 where one holds the other, 1/3 where they overlap, else 0; without it the
    distance is 1 − J.
    """

    def __init__(self, members: NDArray[np.bool_], *, masi: bool) -> None:
        self._members = members.astype(np.float32)
        self._sizes = self._members.sum(1)
        self._masi = masi
        self._kept: NDArray[np.float32] | None = None

    def among(self, sets: Ints) -> Among:
        """The distances of some of the sets, which are the categories in this order."""
        return Among(self, sets)

    def between(self, one: Ints, other: Ints) -> Floats:
        """The distances of these pairs of sets."""
        common = np.einsum("ij,ij->i", self._members[one], self._members[other])
        return self._apart(common, self._sizes[one], self._sizes[other])

    def table(self, rows: Ints, columns: Ints) -> Floats:
        """The distances of these sets from those; of not too many sets all are kept."""
        number = len(self._members)
        if number > _MOST_KEPT:
            return self._compared(rows, columns)
        if self._kept is None:
            self._kept = np.empty((number, number), dtype=np.float32)
            every = np.arange(number)
            for first in range(0, number, _ROWS):
                part = every[first : first + _ROWS]
                self._kept[part] = self._compared(part, every)
        return self._kept[np.ix_(rows, columns)].astype(np.float64)

    def _compared(self, rows: Ints, columns: Ints) -> Floats:
        members, sizes = self._members, self._sizes
        common = members[rows] @ members[columns].T
        return self._apart(common, sizes[rows, None], sizes[columns])

    def _apart(self, common: NDArray[np.float32], one: Floats, other: Floats) -> Floats:
        union = (one + other - common).astype(np.float64)
        index = np.where(union == 0, 1, common / np.maximum(1, union))
        if not self._masi:
            return 1 - index
        smaller = np.minimum(one, other)
        share = np.where(common == smaller, 2 / 3, np.where(common > 0, 1 / 3, 0))
        return 1 - index * np.where((one == other) & (common == one), 1, share)


class Among:
    """The distance of some sets, as categories."""

    def __init__(self, whole: Sets, sets: Ints) -> None:
        self._whole = whole
        self._sets = sets

    def between(self, one: Ints, other: Ints, seen: Floats) -> Floats:
        return self._whole.between(self._sets[one], self._sets[other])

    def by_chance(self, seen: Floats) -> Floats:
        found = np.zeros(seen.shape[:-1])
        for first in range(0, len(self._sets), _ROWS):
            rows = slice(first, first + _ROWS)
            apart = self._whole.table(self._sets[rows], self._sets)
            found += (seen[..., rows] * (seen @ apart.T)).sum(-1)
        return found
