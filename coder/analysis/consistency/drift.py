"""A code that is used for other things than before, or by one coder than by another.

What is compared is which words stand in the passages of a code in each submission. The measure is
the Jensen–Shannon divergence of the words of two sides (J. Lin, “Divergence measures based on the
Shannon entropy”, IEEE Transactions on Information Theory 37(1), 1991), in bits, 0…1. Whether it is
more than chance is told by dealing the sides out anew among the submissions (a permutation test:
P. Good, *Permutation, Parametric and Bootstrap Tests of Hypotheses*, 2005), within each coder or
submission, so that a difference between these does not pass for one between the sides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb, log
from statistics import median
from typing import TYPE_CHECKING, Any

from coder.analysis.consistency.corpus import Corpus
from coder.analysis.consistency.findings import Finding, Kind, Passage
from coder.analysis.consistency.limits import Limits
from coder.analysis.consistency.material import Material
from coder.domain.dates import day_shown
from coder.domain.model import Coding
from coder.jobs import Job

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GLANCE = 49
_A_SIDE = 4
_MOST_UNITS, _MOST_WORDS = 400, 1_500
"""Submissions and words of a code that are compared; beyond, more of them tell nothing new."""

_SAID = 5


@dataclass(frozen=True, slots=True)
class _Unit:
    """What one coder, or several, put under a code in one submission."""

    submission_id: str
    coder_id: str
    codings: tuple[Coding, ...]
    words: frozenset[int]

    @property
    def at(self) -> str:
        return min(one.created_at for one in self.codings)


def drifting(material: Material, corpus: Corpus, limits: Limits, job: Job) -> Iterator[Finding]:
    """Codes whose passages of the first third of their life have other words than those of the
    last."""
    for code_id, units in _units(material, corpus, job, apart=False):
        ordered = sorted(units, key=lambda one: one.at)
        third = len(ordered) // 3
        if len(ordered) < limits.drift_submissions or ordered[0].at[:10] == ordered[-1].at[:10]:
            continue
        early, late = ordered[:third][-_MOST_UNITS:], ordered[-third:][:_MOST_UNITS]
        blocks = [one.coder_id for one in [*early, *late]]
        words = _apart(early, late, blocks, limits)
        if words:
            till, since = day_shown(early[-1].at), day_shown(late[0].at)
            yield material.finding(
                Kind.DRIFT,
                [code_id],
                f"{material.name(code_id)} was used up to {till} where people speak of"
                f" {_list(corpus, words[0])}, and since {since} of {_list(corpus, words[1])}.",
                [code_id],
                [
                    *_examples(material, early, words[0], "First"),
                    *_examples(material, late, words[1], "Lately"),
                ],
                state=material.meaning(code_id),
                size=len(ordered),
            )


def unlike_each_other(
    material: Material, corpus: Corpus, limits: Limits, job: Job
) -> Iterator[Finding]:
    """Codes that two coders put on passages with different words."""
    for code_id, units in _units(material, corpus, job, apart=True):
        of: defaultdict[str, list[_Unit]] = defaultdict(list)
        for one in units:
            of[one.coder_id].append(one)
        able = [one for one in of if len(of[one]) >= limits.coder_submissions]
        able.sort(key=lambda one: material.coders.get(one, ""))
        for first, second in combinations(able, 2):
            mine, theirs = of[first][:_MOST_UNITS], of[second][:_MOST_UNITS]
            both = {one.submission_id for one in mine} & {one.submission_id for one in theirs}
            blocks = [one.submission_id * (one.submission_id in both) for one in [*mine, *theirs]]
            words = _apart(mine, theirs, blocks, limits)
            if words:
                names = [material.coders.get(one, "") for one in (first, second)]
                yield material.finding(
                    Kind.SENSE,
                    [code_id, first, second],
                    f"{names[0]} uses {material.name(code_id)} where people speak of"
                    f" {_list(corpus, words[0])}, {names[1]} where they speak of"
                    f" {_list(corpus, words[1])}.",
                    [code_id],
                    [
                        *_examples(material, mine, words[0], names[0]),
                        *_examples(material, theirs, words[1], names[1]),
                    ],
                    state=material.meaning(code_id),
                    size=len(mine) + len(theirs),
                )


def used_more(material: Material, limits: Limits) -> Iterator[Finding]:
    """Codes that one coder puts on many more of the submissions that both have coded, and not as
    they use all codes more. Whoever has hardly used a code leaves it to others, and is compared
    with nobody."""
    coded: defaultdict[str, set[str]] = defaultdict(set)
    used: defaultdict[tuple[str, str], dict[str, Coding]] = defaultdict(dict)
    for one in material.standing:
        owner = material.owner(one.document_id).id
        coded[one.coder_id].add(owner)
        used[one.code_id, one.coder_id].setdefault(owner, one)
    for first, second in combinations(sorted(coded), 2):
        both = coded[first] & coded[second]
        alone = {}
        for code_id in material.by_code:
            mine, theirs = (used.get((code_id, coder), {}) for coder in (first, second))
            if min(len(mine), len(theirs)) > 1:
                alone[code_id] = (
                    both & mine.keys() - theirs.keys(),
                    both & theirs.keys() - mine.keys(),
                )
        if not alone or len(both) < limits.rate_submissions:
            continue
        ratios = {one: log((len(a) + 0.5) / (len(b) + 0.5)) for one, (a, b) in alone.items()}
        usual = median(ratios.values())
        for code_id, only in alone.items():
            more, less = sorted(map(len, only), reverse=True)
            unusual = abs(ratios[code_id] - usual) >= log(limits.rate_ratio)
            if (
                unusual
                and more >= limits.rate_ratio * max(1, less)
                and _sign(more, less) < limits.rate_chance
            ):
                pair = [
                    (coder, used[code_id, coder], one)
                    for coder, one in zip((first, second), only, strict=True)
                ]
                pair.sort(key=lambda one: -len(one[2]))
                yield _more(material, code_id, pair, both)


def _more(
    material: Material,
    code_id: str,
    pair: Sequence[tuple[str, dict[str, Coding], set[str]]],
    both: set[str],
) -> Finding:
    (often, mine, alone), (seldom, theirs, _) = pair
    names = [material.coders.get(one, "") for one in (often, seldom)]
    shown = [mine[one] for one in mine if one in alone][: 2 * _A_SIDE]
    return material.finding(
        Kind.RATE,
        [code_id, *sorted((often, seldom))],
        f"Of the {len(both)} submissions that both have coded, {names[0]} uses"
        f" {material.name(code_id)} in {len(both & mine.keys())} and {names[1]} in"
        f" {len(both & theirs.keys())}.",
        [code_id],
        [material.shown(one, f"{names[0]} alone") for one in shown],
        state=material.meaning(code_id),
        size=len(both),
        coders=names,
    )


def _sign(more: int, less: int) -> float:
    """The chance that of as many toss-ups one side gets `more` or beyond, either side taken."""
    every = more + less
    beyond = sum(comb(every, one) for one in range(more, every + 1))
    return min(1.0, beyond / float(2 ** (every - 1)))


def _units(
    material: Material, corpus: Corpus, job: Job, *, apart: bool
) -> Iterator[tuple[str, list[_Unit]]]:
    """For each code its units, a submission each: coders apart, or all together, since two who tag
    the same words are no two witnesses."""
    for code_id, codings in material.by_code.items():
        job.check()
        of: defaultdict[tuple[str, str], list[Coding]] = defaultdict(list)
        for one in codings:
            of[material.owner(one.document_id).id, one.coder_id * apart].append(one)
        units = []
        for (submission_id, _), several in of.items():
            coders = " ".join(sorted({one.coder_id for one in several}))
            words = set().union(
                *(corpus.telling((one.document_id, one.start, one.end)) for one in several)
            )
            if words:
                units.append(_Unit(submission_id, coders, tuple(several), frozenset(words)))
        yield code_id, units


def _apart(
    mine: Sequence[_Unit], theirs: Sequence[_Unit], blocks: Sequence[str], limits: Limits
) -> tuple[list[int], list[int]] | None:
    """The words of either side alone, the most frequent first, where the two have different words
    beyond chance; None where they have not."""
    import numpy as np

    words = _alone(mine, theirs), _alone(theirs, mine)
    if min(map(len, words)) < limits.apart_words:
        return None
    held = _matrix([*mine, *theirs])
    side = np.array([True] * len(mine) + [False] * len(theirs))
    seen = float(_divergence(held, side[None, :])[0])
    dice = np.random.default_rng(len(blocks))
    for often, deviations in ((_GLANCE, limits.deviations - 1), (limits.permutations, 0.0)):
        dealt = _divergence(held, _dealt(side, blocks, often, dice))
        spread = float(dealt.std())
        needed = max(deviations, limits.deviations if often > _GLANCE else 0.0)
        if seen <= dealt.max() or seen < dealt.mean() + needed * spread or spread == 0:
            return None
    return words


def _alone(mine: Sequence[_Unit], theirs: Sequence[_Unit]) -> list[int]:
    """The words that stand in a quarter of these units or more, at least three, and four times as
    often as on the other side."""
    here = Counter(chain.from_iterable(one.words for one in mine))
    there = Counter(chain.from_iterable(one.words for one in theirs))
    least = max(3, len(mine) // 4)
    found = [
        word
        for word, count in here.items()
        if count >= least and count * len(theirs) >= 4 * max(there[word], 0.5) * len(mine)
    ]
    return sorted(found, key=lambda word: (-here[word], word))


def _matrix(units: Sequence[_Unit]) -> NDArray[Any]:
    """A row for each unit and a column for each word that several have, of noughts and ones."""
    import numpy as np

    counts = Counter(chain.from_iterable(one.words for one in units))
    kept = [word for word, count in counts.most_common(_MOST_WORDS) if count > 1]
    number = {word: place for place, word in enumerate(kept)}
    held = np.zeros((len(units), len(kept)), dtype=np.float32)
    for row, one in enumerate(units):
        held[row, [number[word] for word in one.words if word in number]] = 1
    return held


def _dealt(side: NDArray[Any], blocks: Sequence[str], often: int, dice: Any) -> NDArray[Any]:
    """So many deals of the sides, a row each, dealt out anew within each block."""
    import numpy as np

    deals = np.tile(side, (often, 1))
    members: defaultdict[str, list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        members[block].append(place)
    for places in members.values():
        if len(places) > 1:
            deals[:, places] = dice.permuted(deals[:, places], axis=1)
    return deals


def _divergence(held: NDArray[Any], sides: NDArray[Any]) -> NDArray[Any]:
    """The Jensen–Shannon divergence, in bits, of the words of the two sides in each row."""
    import numpy as np

    def distribution(counts: NDArray[Any]) -> NDArray[Any]:
        counts = counts.astype(np.float64)
        return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))

    chosen = sides.astype(np.float32)
    one, other = distribution(chosen @ held), distribution((1 - chosen) @ held)
    middle = (one + other) / 2

    def towards(part: NDArray[Any]) -> NDArray[Any]:
        ratio = np.divide(part, middle, out=np.ones_like(part), where=part > 0)
        return np.asarray((part * np.log2(ratio)).sum(axis=1))

    return np.asarray((towards(one) + towards(other)) / 2)


def _list(corpus: Corpus, words: Sequence[int]) -> str:
    return ", ".join(corpus.forms[word] for word in words[:_SAID])


def _examples(
    material: Material, units: Sequence[_Unit], words: Sequence[int], side: str
) -> list[Passage]:
    """A passage of each of those units that have most of these words."""
    asked = set(words)
    likest = sorted(units, key=lambda one: (-len(asked & one.words), one.at))[:_A_SIDE]
    return [material.shown(one.codings[0], side) for one in likest]
