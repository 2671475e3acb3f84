"""Coefficients for categories without an order, by the formulas of their authors.

NLTK's `AnnotationTask` has Scott's π, Cohen's κ and S too. It is not used: it takes coders and
units for complete where they are not, gives 1 where everything is in one category, knows neither
Fleiss' nor Gwet's way with gaps, and walks through units one by one in Python, which for a million
characters takes minutes. The tests hold these functions against it where it is right.

Each function takes `Ratings` and gives an array of the shape of `counts` without its last axis;
NaN where the coefficient is undefined: nothing that two coders rated, one category only, or as much
agreement by chance as there can be.
"""

from __future__ import annotations

import numpy as np

from coder.analysis.agreement.ratings import MISSING, Floats, Ratings, pairs, quotient


def percent(ratings: Ratings) -> Floats:
    """The share of agreeing pairs of ratings, 0…1, as the mean over units with two or more (Fleiss
    1971; Gwet 2014 for gaps)."""
    found: Floats = ratings.once("percent", lambda: _percent(ratings))
    return found


def _percent(ratings: Ratings) -> Floats:
    whole = ratings.pairable()
    rated = whole.rated
    agreeing = np.zeros(len(rated))
    for one, other in pairs(whole.coders):
        left, right = whole.patterns[:, one], whole.patterns[:, other]
        agreeing += (left == right) & (left != MISSING)
    return quotient(whole.counts @ (2 * agreeing / (rated * (rated - 1))), whole.counts.sum(-1))


def cohen(ratings: Ratings) -> Floats:
    """Cohen's κ (1960); of more than two coders the mean over pairs (Light 1971), each over the
    units that both rated. A pair for which κ is undefined is left out of the mean."""
    found = np.stack([_of_pair(ratings, one, other) for one, other in pairs(ratings.coders)])
    there = ~np.isnan(found)
    return quotient(np.where(there, found, 0).sum(0), there.sum(0).astype(np.float64))


def _of_pair(ratings: Ratings, one: int, other: int) -> Floats:
    if not ratings.complete:
        ratings = ratings.of(one, other).pairable()
        one, other = 0, 1
    same = ratings.patterns[:, one] == ratings.patterns[:, other]
    units = ratings.counts.sum(-1)
    chance = (ratings.totals(one) * ratings.totals(other)).sum(-1)
    return _corrected(quotient(ratings.counts @ same, units), quotient(chance, units * units))


def conger(ratings: Ratings) -> Floats:
    """Conger's κ (1980) for any number of coders: chance is the mean over pairs of what two coders
    would agree on by their own habits, each over all units that they rated."""
    whole = ratings.pairable()
    together, alone = np.zeros(()), np.zeros(())
    for coder in range(ratings.coders):
        totals = ratings.totals(coder)
        shares = totals * quotient(1.0, totals.sum(-1))[..., None]
        together, alone = together + shares, alone + (shares**2).sum(-1)
    chance = ((together**2).sum(-1) - alone) / (ratings.coders * (ratings.coders - 1))
    return _told(whole, _corrected(percent(whole), chance))


def fleiss(ratings: Ratings) -> Floats:
    """Fleiss' κ (1971), with gaps as Gwet (2014, chapter 2) treats them; of two coders without gaps
    it is Scott's π (1955)."""
    shares = ratings.shares()
    return _told(ratings, _corrected(percent(ratings), (shares**2).sum(-1)))


def brennan_prediger(ratings: Ratings) -> Floats:
    """Brennan & Prediger's coefficient (1981), also S and free-marginal κ: all categories are
    equally likely by chance."""
    chance = np.full(ratings.counts.shape[:-1], 1 / max(1, ratings.categories))
    return _told(ratings, _corrected(percent(ratings), chance))


def ac1(ratings: Ratings) -> Floats:
    """Gwet's AC1 (2008), with gaps as in Gwet (2014)."""
    shares = ratings.shares()
    chance = (shares * (1 - shares)).sum(-1) / max(1, ratings.categories - 1)
    return _told(ratings, _corrected(percent(ratings), chance))


def alpha(ratings: Ratings) -> Floats:
    """Krippendorff's α (2004) for nominal data: 1 − (N − 1) · ΣD_o / (N² − Σ n_c²), over the N
    ratings of units that two or more rated."""
    whole = ratings.pairable()
    rated = whole.rated
    differing = np.zeros(len(rated))
    for one, other in pairs(whole.coders):
        left, right = whole.patterns[:, one], whole.patterns[:, other]
        differing += (left != right) & (left != MISSING) & (right != MISSING)
    seen = whole.all_totals()
    number = seen.sum(-1)
    observed = whole.counts @ (2 * differing / (rated - 1))
    return 1 - quotient((number - 1) * observed, number**2 - (seen**2).sum(-1))


def _told(ratings: Ratings, found: Floats) -> Floats:
    """What was found, where more than one category was given."""
    several = ratings.once("several", lambda: (ratings.all_totals() > 0).sum(-1) > 1)
    return np.where(several, found, np.nan)


def _corrected(observed: Floats, chance: Floats) -> Floats:
    return quotient(observed - chance, 1 - chance)
