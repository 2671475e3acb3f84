"""Coefficients written out term by term from the papers, slow and plain, to hold ours against.

A table has a row for each unit and a column for each coder, with None where one did not rate. In a
text, a coder's segments are `(start, end, code)`, units and gaps (code 0), that fill it whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, permutations
from math import nan

import numpy as np

Segment = tuple[int, int, int]
Coders = Sequence[Sequence[Segment]]
Table = Sequence[Sequence[int | None]]
_ROUNDING = 1e-9


def alike(table: Table) -> float:
    """The share of agreeing pairs, as the mean over units that two or more rated."""
    shares = [
        sum(one == other for one, other in permutations(unit, 2)) / (len(unit) * (len(unit) - 1))
        for unit in _units(table, 2)
    ]
    return sum(shares) / len(shares) if shares else nan


def cohen(table: Table) -> float:
    """The mean of Cohen's κ over pairs of coders for whom it is defined."""
    found = []
    for one, other in combinations(zip(*table, strict=True), 2):
        both = [pair for pair in zip(one, other, strict=True) if None not in pair]
        if both:
            seen = sum(left == right for left, right in both) / len(both)
            left, right = (Counter(side) for side in zip(*both, strict=True))
            chance = sum(left[key] * right[key] for key in left) / len(both) ** 2
            found.append(_beyond(seen, chance))
    told = [one for one in found if one == one]
    return sum(told) / len(told) if told else nan


def conger(table: Table) -> float:
    """Conger's κ by Gwet (2014, chapter 2): chance is Σ p̄² − Σ s² / r over categories."""
    columns = [[one for one in column if one is not None] for column in zip(*table, strict=True)]
    paired = {one for unit in _units(table, 2) for one in unit}
    if not all(columns) or len(paired) < 2:
        return nan
    chance = 0.0
    for key in {one for column in columns for one in column}:
        shares = [column.count(key) / len(column) for column in columns]
        chance += np.mean(shares) ** 2 - np.var(shares, ddof=1) / len(shares)
    return _beyond(alike(table), chance)


def by_shares(table: Table) -> tuple[float, float, float]:
    """Fleiss' κ, Brennan & Prediger's coefficient and Gwet's AC1 by Gwet (2014, chapter 2)."""
    units = _units(table, 1)
    keys = {one for unit in units for one in unit}
    if len(keys) < 2:
        return nan, nan, nan
    shares = [np.mean([unit.count(key) / len(unit) for unit in units]) for key in keys]
    chances = (
        sum(one**2 for one in shares),
        1 / len(keys),
        sum(one * (1 - one) for one in shares) / (len(keys) - 1),
    )
    fleiss, uniform, ac1 = (_beyond(alike(table), float(one)) for one in chances)
    return fleiss, uniform, ac1


def alpha(table: Table) -> float:
    """Krippendorff's α (2011) for nominal data, over pairable values."""
    units = _units(table, 2)
    seen = Counter(one for unit in units for one in unit)
    number = sum(seen.values())
    observed = sum(
        sum(one != other for one, other in permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
    )
    chance = sum(seen[one] * seen[other] for one, other in permutations(seen, 2))
    return 1 - (number - 1) * _over(observed, chance)


def _units(table: Table, fewest: int) -> list[list[int]]:
    rated = [[one for one in row if one is not None] for row in table]
    return [unit for unit in rated if len(unit) >= fewest]


def _beyond(seen: float, chance: float) -> float:
    return nan if abs(1 - chance) < _ROUNDING else (seen - chance) / (1 - chance)


def with_gaps(units: Iterable[Segment], length: int) -> list[Segment]:
    """A coder's units with the gaps between them."""
    made, reached = [], 0
    for start, end, code in (*sorted(units), (length, length, 0)):
        made += [(reached, start, 0)] if start > reached else []
        made += [(start, end, code)] if end > start else []
        reached = end
    return made


def family_2016(coders: Coders, codes: int) -> tuple[float, float, float, list[float]]:
    """uα, |uα, cuα and each (k)uα by the equations of Krippendorff and others (2016)."""
    others, size = len(coders) - 1, range(codes + 1)
    seen = np.zeros((codes + 1, codes + 1))
    itself, met_itself = np.zeros(codes + 1), np.zeros(codes + 1)
    for here, there in permutations(coders, 2):
        for one in here:
            for other in there:
                seen[one[2], other[2]] += _common(one, other) / others  # equation 1
            met = sum(_common(one, other) for other in there if other[2])
            met_itself[one[2]] += met**2 / others
    for one in (one for here in coders for one in here):
        itself[one[2]] += _long(one) ** 2 if one[2] else _long(one)
    chance = _expected(seen, itself, size)  # equation 4
    u = 1 - _over(seen.sum() - np.trace(seen), chance.sum() - np.trace(chance))  # 5
    binary = 1 - _over(seen[0].sum() - seen[0, 0], chance[0].sum() - chance[0, 0])  # 6
    both = seen[1:, 1:]
    chance = _expected(both, met_itself[1:], range(codes))  # equation 10
    if np.isnan(chance).any():
        return u, binary, nan, [nan] * codes
    apart, by_chance = (one.sum() - np.trace(one) for one in (both, chance))
    cu = 1 - _over(apart, by_chance) if np.trace(chance) > -_ROUNDING else nan  # 11
    ku = []
    for k in range(codes):  # equation 13
        apart, by_chance = (one[k].sum() - one[k, k] for one in (both, chance))
        weight = _over(chance[k].sum(), both[k].sum())
        ku.append(1 - weight * _over(apart, by_chance) if chance[k, k] > -_ROUNDING else nan)
    return u, binary, cu, ku


def _expected(seen: np.ndarray, itself: np.ndarray, size: Iterable[int]) -> np.ndarray:
    """What chance would bring together, without what is only a unit with itself; NaN where
    there is nothing to bring together."""
    totals = seen.sum(axis=1)
    pairs = np.array([[totals[c] * totals[k] - itself[c] * (c == k) for k in size] for c in size])
    whole = pairs.sum()
    return seen.sum() * pairs / whole if whole > _ROUNDING else np.full_like(pairs, nan)


def _over(above: float, below: float) -> float:
    return above / below if below > _ROUNDING else nan


def disagreement_1995(coders: Coders, length: int) -> tuple[float, float]:
    """The observed and the expected disagreement about one code (Krippendorff 1995)."""
    many = len(coders)
    apart = sum(
        _apart(one, other)
        for here, there in permutations(coders, 2)
        for one in here
        for other in there
    )
    every = [one for here in coders for one in here]
    units, gaps = ([one for one in every if bool(one[2]) is is_unit] for is_unit in (True, False))
    met = sum(
        (len(units) - 1) / 3 * (2 * _long(one) ** 3 - 3 * _long(one) ** 2 + _long(one))
        + _long(one) ** 2
        * sum(_long(gap) - _long(one) + 1 for gap in gaps if _long(gap) >= _long(one))
        for one in units
    )
    whole = many * length
    room = whole * (whole - 1) - sum(_long(one) * (_long(one) - 1) for one in units)
    observed = apart / (many * (many - 1) * length**2)
    return observed, 2 / length * met / room if room > 0 else 0.0


def _apart(one: Segment, other: Segment) -> int:
    if one[2] and other[2] and _common(one, other):
        return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
    for unit, gap in ((one, other), (other, one)):
        if unit[2] and not gap[2] and gap[0] <= unit[0] and unit[1] <= gap[1]:
            return _long(unit) ** 2
    return 0


def _common(one: Segment, other: Segment) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _long(one: Segment) -> int:
    return one[1] - one[0]
