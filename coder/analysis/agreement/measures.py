"""All coefficients of a table of ratings, each with its interval, or with why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.analysis.agreement import nominal
from coder.analysis.agreement.alpha import Sets, alpha
from coder.analysis.agreement.bootstrap import FEWEST, Bootstrap, interval
from coder.analysis.agreement.ratings import Floats, Ratings
from coder.analysis.agreement.runs import Table
from coder.domain.agreement import Coefficient, Measure

Function = Callable[[Ratings], Floats]

_NOMINAL: Mapping[Coefficient, Function] = {
    Coefficient.PERCENT: nominal.percent,
    Coefficient.KAPPA: nominal.cohen,
    Coefficient.FLEISS: nominal.fleiss,
    Coefficient.BRENNAN_PREDIGER: nominal.brennan_prediger,
    Coefficient.AC1: nominal.ac1,
    Coefficient.ALPHA: nominal.alpha,
}
_MOST_PATTERNS, _MOST_SETS = 20_000, 1_500
"""With more patterns, or more different sets of codes, an interval would take minutes."""


def of_categories(table: Table, bootstrap: Bootstrap) -> dict[Coefficient, Measure]:
    """The coefficients for categories: for two coders with Scott's π, for more with Conger's κ."""
    functions = dict(_NOMINAL)
    if table.values.shape[1] == 2:
        functions[Coefficient.SCOTT] = nominal.fleiss
    else:
        functions[Coefficient.CONGER] = nominal.conger
    return _measured(table, bootstrap, functions)


@dataclass(frozen=True, slots=True)
class SetDistances:
    """The distances of sets, as `Text.sets` gives them."""

    masi: Sets
    jaccard: Sets


def distances(members: NDArray[np.bool_]) -> SetDistances:
    """The distances of the sets `members[set, code]`, to be used for many tables."""
    return SetDistances(Sets(members, masi=True), Sets(members, masi=False))


def of_sets(table: Table, apart: SetDistances, bootstrap: Bootstrap) -> dict[Coefficient, Measure]:
    """Krippendorff's α of sets of codes, with the distances of MASI and Jaccard."""
    compact, used = table.compact()
    masi, jaccard = apart.masi.among(used), apart.jaccard.among(used)
    functions: dict[Coefficient, Function] = {
        Coefficient.MASI: lambda ratings: alpha(ratings, masi),
        Coefficient.JACCARD: lambda ratings: alpha(ratings, jaccard),
    }
    return _measured(compact, bootstrap, functions, len(used))


def _measured(
    table: Table, bootstrap: Bootstrap, functions: Mapping[Coefficient, Function], sets: int = 0
) -> dict[Coefficient, Measure]:
    ratings, places = table.grouped()
    values = {kind: float(function(ratings)) for kind, function in functions.items()}
    why = _why_undefined(ratings)
    few = _why_no_interval(table, bootstrap, len(ratings.patterns), sets)
    drawn: dict[Coefficient, list[Floats]] = {kind: [] for kind in functions}
    if not few and not all(np.isnan(value) for value in values.values()):
        for counts in bootstrap.counts(table, ratings, places):
            sample = ratings.drawn(counts)
            for kind, function in functions.items():
                drawn[kind].append(function(sample))
    return {
        kind: _measure(value, drawn[kind], few, why or "Chance alone leaves nothing to agree on.")
        for kind, value in values.items()
    }


def _measure(value: float, drawn: list[Floats], few: str, why: str) -> Measure:
    if np.isnan(value):
        return Measure(None, why=why)
    if few or not drawn:
        return Measure(value, why=few)
    ends = interval(np.concatenate(drawn))
    if ends is None:
        return Measure(value, why="It is undefined in too many samples for an interval.")
    if ends[0] == ends[1]:
        return Measure(value, why="It is the same in all samples, which tells no interval.")
    return Measure(value, *ends)


def _why_undefined(ratings: Ratings) -> str:
    """Why nothing can be said of agreement beyond chance; empty where it can."""
    if not ratings.pairable().counts.sum():
        return "No unit was rated by two coders."
    if (ratings.all_totals() > 0).sum() < 2:
        return "Only one answer was ever given, so that nothing can be told from chance."
    return ""


def _why_no_interval(table: Table, bootstrap: Bootstrap, patterns: int, sets: int) -> str:
    if not bootstrap.samples:
        return "No samples were asked for."
    if bootstrap.many(table) < FEWEST:
        return f"There are too few {bootstrap.what} for an interval (fewer than {FEWEST})."
    if patterns > _MOST_PATTERNS or sets > _MOST_SETS:
        return "There are too many combinations of codes for an interval."
    return ""
