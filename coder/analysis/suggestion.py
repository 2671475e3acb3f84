"""Which codes the passages most like one at hand speak for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coder.analysis.words_small import SMALL

NEAREST = 25
"""So many different passages have a vote."""

FEWEST = 20
"""Tagged passages below which there is too little to go by."""

_FAINT = 0.08
"""A share of the votes that says nothing: one distant passage in twenty-five."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A tagged passage like the one at hand: how like it is (above 0), and the codes on it."""

    score: float
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vote:
    """A code, its share of all votes (above 0, at most 1), and the places in the list given of the
    passages that speak for it, the most similar first."""

    code_id: str
    weight: float
    by: tuple[int, ...]


def telling(text: str) -> list[str]:
    """The different words of a passage that say what it is about: letters and digits, small."""
    words = dict.fromkeys(match.group().casefold() for match in _WORD.finditer(text))
    return [word for word in words if word not in SMALL]


def votes(neighbours: Sequence[Neighbour], without: Collection[str] = ()) -> list[Vote]:
    """The codes that the neighbours speak for, the strongest first: each neighbour gives its score
    to each of its codes. Codes in `without` are left out, and those that hardly anything speaks
    for.

    Weighted voting of the nearest neighbours: S. A. Dudani, “The Distance-Weighted
    k-Nearest-Neighbor Rule”, IEEE Transactions on Systems, Man, and Cybernetics 6(4), 1976.
    """
    whole = sum(one.score for one in neighbours)
    by: dict[str, list[int]] = {}
    for place, one in enumerate(neighbours):
        for code_id in sorted(one.codes - frozenset(without)):
            by.setdefault(code_id, []).append(place)
    found = [
        Vote(code_id, sum(neighbours[one].score for one in places) / whole, tuple(places))
        for code_id, places in by.items()
    ]
    strong = [vote for vote in found if vote.weight >= _FAINT]
    return sorted(strong, key=lambda vote: (-vote.weight, vote.by, vote.code_id))
