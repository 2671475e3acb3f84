"""Agreement on where passages begin and end: Krippendorff's α for units that coders cut themselves.

A coder's units are runs `[start, end)` of one text of `length` characters that do not overlap; what
lies between them is gaps. Runs that touch are units of their own.

Sources: K. Krippendorff, “On the reliability of unitizing continuous data”, Sociological
Methodology 25 (1995); K. Krippendorff, Y. Mathet, S. Bouvry, A. Widlöcher, “On the reliability of
unitizing textual continua: Further developments”, Quality & Quantity 50 (2016), whose equations are
named below. No package that is kept has the family of 2016.

Where passages of three coders or more meet, equation 10 takes a unit's length with each other coder
apart. A later reading of the book (4th edition, 2019, 12.6.5) takes it with all others together,
which of two coders is the same, but in the paper's own example gives .787 for cuα where the paper
has .779.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from coder.analysis.agreement.ratings import Floats, Ints, pairs

GAP = 0
"""The category of what is no unit; those of units are 1, 2 …"""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one coder in the order of the text: `starts`, `ends` in characters, and each
    one's category, 1 or more."""

    starts: Ints
    ends: Ints
    categories: Ints

    @property
    def lengths(self) -> Ints:
        """The characters of each."""
        return self.ends - self.starts

    def gaps(self, length: int) -> Ints:
        """The lengths of the gaps before, between and behind the units."""
        between = np.append(self.starts, length) - np.append(0, self.ends)
        return np.asarray(between[between > 0])


def units(runs: Iterable[tuple[int, int, int]]) -> Units:
    """Units of runs `(start, end, category)`, in any order. They must not overlap."""
    table = np.array(sorted(runs), dtype=np.int64).reshape(-1, 3)
    return Units(table[:, 0], table[:, 1], table[:, 2])


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What was observed and what is expected by chance."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float:
        """1 − observed / expected; NaN where nothing is expected, since there is no unit."""
        return 1 - self.observed / self.expected if self.expected > 0 else float("nan")


def unitised_1995(codes: Sequence[Sequence[Units]], length: int) -> Disagreement:
    """The disagreement about units by the form of 1995: squared distances of the ends of units that
    overlap, and the squared lengths of units that lie in another's gap. Each code is a text of its
    own, `codes[code][coder]`, of so many characters."""
    number = len(codes[0])
    lined = [_lined([code[coder] for code in codes], length) for coder in range(number)]
    apart = sum(_apart(lined[one], lined[other]) for one, other in pairs(number))
    observed = 2 * apart / (number * (number - 1) * length**2)
    return Disagreement(float(observed), sum(_by_chance(code, length) for code in codes))


def _lined(own: Sequence[Units], length: int) -> Units:
    """A coder's units of several texts, one text behind the other."""
    offsets = np.repeat(np.arange(len(own)) * length, [len(one.starts) for one in own])
    starts, ends, categories = (
        np.concatenate([getattr(one, name) for one in own])
        for name in ("starts", "ends", "categories")
    )
    return Units(starts + offsets, ends + offsets, categories)


def _by_chance(coders: Sequence[Units], length: int) -> float:
    lengths = np.concatenate([one.lengths for one in coders]).astype(np.float64)
    whole = len(coders) * length
    room = whole * (whole - 1) - (lengths * (lengths - 1)).sum()
    if not len(lengths) or room <= 0:
        return 0.0
    gaps = np.sort(np.concatenate([one.gaps(length) for one in coders])).astype(np.float64)
    longer = np.append(np.cumsum(gaps[::-1])[::-1], 0)
    first = np.searchsorted(gaps, lengths)
    rooms = longer[first] - (len(gaps) - first) * (lengths - 1)
    met = (len(lengths) - 1) / 3 * (2 * lengths**3 - 3 * lengths**2 + lengths)
    return float(2 / length * (met + lengths**2 * rooms).sum() / room)


def _apart(one: Units, other: Units) -> float:
    left, right = _meeting(one, other)
    meeting = (one.starts[left] - other.starts[right]) ** 2
    meeting += (one.ends[left] - other.ends[right]) ** 2
    alone = np.delete(one.lengths, left) ** 2
    others = np.delete(other.lengths, right) ** 2
    return float(meeting.sum() + alone.sum() + others.sum())


def _meeting(one: Units, other: Units) -> tuple[Ints, Ints]:
    """Which units of one coder overlap with which of another, by their places."""
    first = np.searchsorted(other.ends, one.starts, side="right")
    last = np.searchsorted(other.starts, one.ends, side="left")
    many = np.maximum(0, last - first)
    left = np.repeat(np.arange(len(many)), many)
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return left, np.repeat(first, many) + within


@dataclass(frozen=True, slots=True)
class Coincidences:
    """What the units of some coders have in common, by category (gaps are category 0).

    `observed[c, k]` are the characters that one coder has in `c` and another in `k`, each pair of
    coders in both directions, over the number of the others (2016, equation 1). `totals[c]` are the
    characters of a category with all coders, `squares[c]` the squared lengths of its units, and
    `shared[c]` the squared lengths of what of each unit lies in units of each other coder, over the
    number of the others (as in equation 10).
    """

    observed: Floats
    totals: Floats
    squares: Floats
    shared: Floats

    @property
    def coverage(self) -> float:
        """The share of the text, 0…1, in which pairs of coders both have a unit."""
        return float(self.observed[1:, 1:].sum() / self.observed.sum())

    def u_alpha(self) -> float:
        """uα: where units are, and of which category (equation 5)."""
        return self._alpha(self.observed, self.totals, self.squares)

    def binary(self) -> float:
        """|uα: where units are, whatever their category (equation 6)."""
        return self._alpha(
            np.array([[_cell(self.observed, rows, columns) for columns in _IN] for rows in _IN]),
            np.array([self.totals[:1].sum(), self.totals[1:].sum()]),
            np.array([0, self.squares[1:].sum()]),
        )

    def cu_alpha(self) -> float:
        """cuα: of which category units are, where two coders both have one (equation 11)."""
        seen, expected = self._valued()
        return _corrected(seen.sum(), np.trace(seen), expected.sum(), np.trace(expected))

    def ku_alpha(self, category: int) -> float:
        """(k)uα: how well units of this category, 1 or more, are told from the others, where two
        coders both have one (equation 13)."""
        seen, expected = self._valued()
        row = category - 1
        return _corrected(seen[row].sum(), seen[row, row], expected[row].sum(), expected[row, row])

    def shared_categories(self) -> list[int]:
        """The categories, 1 or more, of which anything lies where two coders both have a unit."""
        return [int(one) + 1 for one in np.flatnonzero(self.observed[1:, 1:].sum(axis=1) > 0)]

    def _valued(self) -> tuple[Floats, Floats]:
        """What is observed and what is expected (equation 10, but for a factor) in units alone."""
        seen = self.observed[1:, 1:]
        by_category = seen.sum(axis=1)
        return seen, np.outer(by_category, by_category) - np.diag(self.shared[1:])

    @staticmethod
    def _alpha(observed: Floats, totals: Floats, squares: Floats) -> float:
        """Pairs of characters of one unit, and of one character of a gap with itself, are none that
        chance could bring together (equation 4, but for a factor)."""
        expected = np.outer(totals, totals) - np.diag(squares)
        expected[GAP, GAP] -= totals[GAP] - squares[GAP]
        return _corrected(observed.sum(), np.trace(observed), expected.sum(), np.trace(expected))


_IN = (slice(0, 1), slice(1, None))


def _cell(table: Floats, rows: slice, columns: slice) -> float:
    return float(table[rows, columns].sum())


def _corrected(of: float, alike: float, expected: float, alike_by_chance: float) -> float:
    """1 − observed / expected disagreement, each as a share; NaN where it is undefined: nothing
    seen, no disagreement expected, or less than no agreement. That happens to three coders or more
    where so little meets that its pairs are fewer than the units themselves; the formula would then
    give figures without meaning, also above 1."""
    by_chance = expected - alike_by_chance
    if not (of > 0 and by_chance > 0 and alike_by_chance >= -_ROUNDING * expected):
        return float("nan")
    return float(1 - (of - alike) / of / (by_chance / expected))


_ROUNDING = 1e-12


def coincidences(coders: Sequence[Units], length: int, categories: int) -> Coincidences:
    """What these coders' units have in common over a text of so many characters; `categories` is
    how many there are beside the gaps."""
    size, others = categories + 1, len(coders) - 1
    observed, shared = np.zeros((size, size)), np.zeros(size)
    totals, squares = np.zeros(size), np.zeros(size)
    for coder in coders:
        np.add.at(totals, coder.categories, coder.lengths)
        np.add.at(squares, coder.categories, coder.lengths.astype(np.float64) ** 2)
        totals[GAP] += length - coder.lengths.sum()
    for one, other in pairs(len(coders)):
        both = _common(coders[one], coders[other], length, size, shared)
        observed += both + both.T
    return Coincidences(observed / others, totals, squares, shared / others)


def _common(one: Units, other: Units, length: int, size: int, shared: Floats) -> Floats:
    """The characters that two coders have in each pair of categories; adds to `shared`."""
    left, right = _meeting(one, other)
    common = np.minimum(one.ends[left], other.ends[right])
    common -= np.maximum(one.starts[left], other.starts[right])
    found = np.zeros((size, size))
    np.add.at(found, (one.categories[left], other.categories[right]), common)
    alone = _by_category(one, size) - found.sum(axis=1)
    others_alone = _by_category(other, size) - found.sum(axis=0)
    found[:, GAP], found[GAP] = alone, others_alone
    found[GAP, GAP] = length - found.sum()
    for coder, places in ((one, left), (other, right)):
        met = np.bincount(places, weights=common, minlength=len(coder.starts))
        np.add.at(shared, coder.categories, met**2)
    return found


def _by_category(coder: Units, size: int) -> Floats:
    """The characters of a coder's units of each category."""
    found: Floats = np.zeros(size)
    np.add.at(found, coder.categories, coder.lengths)
    return found
