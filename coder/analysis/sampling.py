"""Random samples in which every group is there in its share."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

S = TypeVar("S", bound=Hashable)


def stratified(strata: Mapping[S, Sequence[str]], number: int, seed: int) -> list[str]:
    """A random sample of `number` items out of groups, each given by its items in a fixed order; in
    the order of the groups and of their items.

    Every group gives its share, rounded by largest remainders (Hamilton's method), and at least one
    where the sample is as large as there are groups; the same seed draws the same. A number beyond
    what there is takes everything.
    """
    groups = {key: items for key, items in strata.items() if items}
    shares = _shares({key: len(items) for key, items in groups.items()}, number)
    drawing = random.Random(seed)  # noqa: S311
    drawn = []
    for key, items in groups.items():
        chosen = set(drawing.sample(range(len(items)), shares[key]))
        drawn += [item for place, item in enumerate(items) if place in chosen]
    return drawn


def dealt(strata: Mapping[S, Sequence[str]], hands: int, seed: int) -> list[list[str]]:
    """All items dealt out to so many hands in a random order, group after group, so that the hands
    differ by one at most, and so does what they hold of any one group."""
    drawing = random.Random(seed)  # noqa: S311
    held: list[list[str]] = [[] for _ in range(hands)]
    turn = 0
    for items in strata.values():
        for item in drawing.sample(list(items), len(items)):
            held[turn % hands].append(item)
            turn += 1
    return held


def _shares(sizes: Mapping[S, int], number: int) -> dict[S, int]:
    total = sum(sizes.values())
    wanted = min(number, total)
    if not wanted:
        return dict.fromkeys(sizes, 0)
    least = 1 if wanted >= len(sizes) else 0
    exact = {key: wanted * size / total for key, size in sizes.items()}
    shares = {key: min(sizes[key], max(least, int(exact[key]))) for key in sizes}
    order = sorted(sizes, key=lambda key: exact[key] - int(exact[key]), reverse=True)
    while sum(shares.values()) < wanted:
        for key in order:
            if shares[key] < sizes[key] and sum(shares.values()) < wanted:
                shares[key] += 1
    while sum(shares.values()) > wanted:
        above = [key for key in sizes if shares[key] > least]
        shares[max(above, key=lambda key: (shares[key] - exact[key], shares[key]))] -= 1
    return shares
