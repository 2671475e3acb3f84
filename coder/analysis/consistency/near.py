"""Which rows of words are nearly the same: by the runs of three words they share, then by their
edits.

All runs are put in order at once and compared in pieces: sorting lets other threads go on, and a
list for each run would be a million objects for Python to look through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from coder.analysis.consistency.corpus import runs
from coder.analysis.distinct import once
from coder.jobs import Job

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RUN = 3
_CROWD = 16
"""Rows that are remembered for three words in a row; a common run tells nothing."""

_PIECE = 500

_NOT = {
    "no", "not", "never", "none", "nobody", "nothing", "nor", "neither", "without", "cannot",
    "hardly", "unable",
}  # fmt: skip

Words = tuple[int, ...]


def near(
    rows: Sequence[Words], vocabulary: Sequence[str], share: float, job: Job
) -> list[list[int]]:
    """The places of those of these word rows that have at least `share` (0…1) of their words in
    common, in order, in groups, also of one. Rows that do not deny as often are never alike.
    `vocabulary` are the words by their numbers. Raises Cancelled."""
    from rapidfuzz.distance import Indel

    homes = list(range(len(rows)))

    def home(one: int) -> int:
        while homes[one] != one:
            homes[one] = homes[homes[one]]
            one = homes[one]
        return one

    for one, other in _likely(rows, vocabulary, job):
        if home(one) != home(other) and (
            Indel.normalized_similarity(rows[one], rows[other], score_cutoff=share) >= share
        ):
            first, last = sorted((home(one), home(other)))
            homes[last] = first
    members: defaultdict[int, list[int]] = defaultdict(list)
    for one in range(len(rows)):
        members[home(one)].append(one)
    return list(members.values())


def _likely(
    rows: Sequence[Words], vocabulary: Sequence[str], job: Job
) -> Iterator[tuple[int, int]]:
    """Pairs of rows that share a third of their runs and deny as often."""
    import numpy as np

    lengths = np.array([len(one) for one in rows], dtype=np.int64)
    words = np.fromiter((word for row in rows for word in row), dtype=np.int64)
    owners = np.repeat(np.arange(len(rows)), lengths)
    denies = np.array([_denies(word) for word in vocabulary], dtype=bool)
    denied = np.bincount(owners[denies[words]], minlength=len(rows))
    for pairs in _sharing(words, owners, len(rows), job):
        values, hits = np.unique(pairs, return_counts=True)
        ones, others = np.divmod(values, len(rows))
        likely = (3 * hits >= lengths[ones] - 2) & (denied[ones] == denied[others])
        yield from zip(ones[likely].tolist(), others[likely].tolist(), strict=True)


def _sharing(
    words: NDArray[Any], owners: NDArray[Any], rows: int, job: Job
) -> Iterator[NDArray[Any]]:
    """For each run that a row shares with one of the first `_CROWD` that have it the pair as the
    later row · `rows` + the earlier, all of some rows at a time."""
    import numpy as np

    keys = runs(words, _RUN)
    whole = owners[: len(keys)] == owners[len(words) - len(keys) :]
    keys, held = np.divmod(once(keys[whole] * rows + owners[: len(keys)][whole]), rows)
    fresh = np.flatnonzero(np.diff(keys, prepend=-1))
    firsts = np.repeat(fresh, np.diff(fresh, append=len(keys)))
    order = np.argsort(held, kind="stable")
    order = order[firsts[order] < order]
    bounds = np.searchsorted(held[order], np.arange(0, rows + _PIECE, _PIECE))
    for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        job.check()
        found = []
        places = order[low:high]
        for depth in range(_CROWD):
            places = places[firsts[places] + depth < places]
            found.append(held[places] * rows + held[firsts[places] + depth])
        yield np.concatenate(found)


def _denies(word: str) -> bool:
    return word in _NOT or word.endswith("n't")
