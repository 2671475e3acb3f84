"""What is counted in the words of a selection: frequencies, places of words, and pairs."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from coder.analysis import toolkit
from coder.analysis.words import GAP, Measure, Order, Tokens, Vocabulary, bare, folded, words_of
from coder.analysis.words_small import SMALL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

NEXT_TO, NEAREST_PAIRS = 2, 2_000
"""A window of two words: one next to the other; and how many pairs are given at most."""

_CONTEXT = 3
"""Words on either side by which places are put in order."""

FAR = 5
"""How many words behind another one may stand that `…` is put before."""

_FAR = re.compile(r"(?:…|\.{3})(\d*)")

Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a word stands in a selection, in how many submissions, and in 10,000 words.

    Of a family, `word` is its most frequent form and `forms` has all, the most frequent first.
    """

    word: str
    count: int
    submissions: int
    per_10_000: float
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that stand near each other in this order: how often, in how many submissions, and
    how strongly they keep together."""

    first: str
    second: str
    count: int
    submissions: int
    score: float


class Corpus:
    """The words of a selection of texts, one after another. For each, `sources` has the number of
    its text; for each text, `owners` has the number of its submission."""

    def __init__(
        self, vocabulary: Vocabulary, texts: Sequence[Tokens], owners: Sequence[int]
    ) -> None:
        self.vocabulary = vocabulary
        self.ids = _joined([one.ids for one in texts])
        self.starts = _joined([one.starts for one in texts])
        self.ends = _joined([one.ends for one in texts])
        lengths = [len(one.ids) for one in texts]
        self.sources = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        self.owners = np.array(owners, dtype=np.int64)
        self.size = int(np.count_nonzero(self.ids != GAP))

    @property
    def submissions(self) -> int:
        """How many submissions have words in it."""
        return self.owned(self.sources[self.ids != GAP])

    def owned(self, sources: NDArray[np.int32]) -> int:
        """How many submissions these texts, given by their numbers, belong to."""
        return int(np.count_nonzero(np.bincount(self.owners[sources])))

    def frequencies(self, *, small: bool, families: bool) -> list[Frequency]:
        """Every word, or family of words, the most frequent first; without the small words of
        English unless `small` is asked for. Counted by NLTK's FreqDist."""
        toolkit.load()
        from nltk.probability import FreqDist

        there = self.ids != GAP
        words = self.ids[there]
        counts = np.bincount(words, minlength=len(self.vocabulary.words))
        group, groups = self._groups(families=families)
        spread = self._spread(group[words], self.sources[there], groups)
        name = self.vocabulary.words
        first: dict[int, int] = {}
        forms: dict[int, list[str]] = {}
        for number in np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)].tolist():
            key = int(group[number])
            first.setdefault(key, number)
            if families:
                forms.setdefault(key, []).append(name[number])
        several = np.bincount(group, counts, minlength=groups).astype(np.int64)
        told = FreqDist({key: int(several[key]) for key in first})
        whole = told.N()
        return [
            Frequency(
                name[first[key]],
                count,
                int(spread[key]),
                10_000 * count / whole,
                tuple(forms.get(key, ())),
            )
            for key, count in told.most_common()
            if small or name[first[key]] not in SMALL
        ]

    def places(self, query: str, order: Order = Order.PLACE, *, families: bool = False) -> Places:
        """Where a word or a phrase stands. `*` stands for any letters, or alone for any word, and
        `…3` for at most two words between those on either side of it; where no word is the last one
        as typed, words that begin so are meant. Accents need not be typed.
        """
        asked = query.split()
        parts = [part for one in asked for part in _parts(one)]
        wanted = [
            (part, self._meant(part, families=families)) for part in parts if not _is_far(part)
        ]
        if not wanted:
            return Places(self, *[np.empty(0, dtype=np.int64)] * 2)
        if wanted[-1][1] is not None and not wanted[-1][1].any():
            beginning = self._matching(re.escape(folded(wanted[-1][0])) + ".*")
            wanted[-1] = (wanted[-1][0], beginning)
        part = np.cumsum(self.ids == GAP, dtype=np.int32)
        masks = iter([mask for _, mask in wanted])
        first = last = np.flatnonzero(self._is(next(masks), self.ids))
        reach, begun = 1, False
        for one in parts:
            if _is_far(one):
                reach = int(one[1:] or FAR)
            elif begun:
                first, last = self._beyond(first, last, reach, next(masks), part)
                reach = 1
            begun = begun or not _is_far(one)
        return self._ordered(first, last, order)

    def pairs(
        self,
        *,
        window: int = NEXT_TO,
        fewest: int = 3,
        measure: Measure = Measure.LIKELIHOOD,
        small: bool = False,
        check: Check = lambda: None,
    ) -> list[Pair]:
        """The pairs of words that keep together most, the strongest first, `NEAREST_PAIRS` at most.

        Two words count where the second stands at most `window` − 1 words behind the first, in one
        paragraph; they are left out where they do so less than `fewest` times, or no more often
        than chance would have it. Scores are NLTK's: the log-likelihood ratio of T. Dunning,
        “Accurate Methods for the Statistics of Surprise and Coincidence”, Computational Linguistics
        19(1), 1993, or pointwise mutual information in bits (K. W. Church and P. Hanks, “Word
        Association Norms, Mutual Information, and Lexicography”, ibid. 16(1), 1990), which also
        has the way of counting in a window.
        """
        toolkit.load()
        from nltk.collocations import BigramCollocationFinder
        from nltk.metrics import BigramAssocMeasures
        from nltk.probability import FreqDist

        counted = self._counted(small=small)
        found, count = _tallied(keys for keys, _ in self._neighbours(counted, window, check))
        often = count >= fewest
        found, count = found[often], count[often]
        check()
        singles = np.bincount(self.ids[self.ids != GAP], minlength=len(self.vocabulary.words))
        first, second = np.divmod(found, max(1, len(self.vocabulary.words)))
        chance = singles[first] * singles[second] * (window - 1) / max(1, self.size)
        found, count = found[count > chance], count[count > chance]
        first, second = np.divmod(found, max(1, len(self.vocabulary.words)))
        listed = list(zip(first.tolist(), second.tolist(), strict=True))
        finder = BigramCollocationFinder(
            FreqDist(dict(enumerate(singles.tolist()))),
            FreqDist(dict(zip(listed, count.tolist(), strict=True))),
            window,
        )
        score = {
            Measure.LIKELIHOOD: BigramAssocMeasures.likelihood_ratio,
            Measure.PMI: BigramAssocMeasures.pmi,
        }[measure]
        scores = []
        for place, pair in enumerate(listed):
            if place % 1_000 == 0:
                check()
            scores.append((finder.score_ngram(score, *pair), place))
        best = heapq.nsmallest(NEAREST_PAIRS, scores, key=lambda one: (-one[0], one[1]))
        chosen = np.array([place for _, place in best], dtype=np.int64)
        spread = self._spread_of_pairs(self._neighbours(counted, window, check), found[chosen])
        name = self.vocabulary.words
        return [
            Pair(
                name[listed[place][0]],
                name[listed[place][1]],
                int(count[place]),
                int(spread[row]),
                points,
            )
            for row, (points, place) in enumerate(best)
        ]

    # Below: how words are grouped and found

    def _groups(self, *, families: bool) -> tuple[Numbers, int]:
        """For each word the number of its family, or its own; and how many numbers there are."""
        if not families:
            whole = len(self.vocabulary.words)
            return np.arange(whole, dtype=np.int64), whole
        numbers: dict[str, int] = {}
        stems = self.vocabulary.stems()
        group = np.array([numbers.setdefault(one, len(numbers)) for one in stems], dtype=np.int64)
        return group, len(numbers)

    def _spread(self, keys: Any, sources: Any, groups: int) -> Numbers:
        """In how many submissions each key stands."""
        owners = self.owners[sources]
        whole = int(self.owners.max(initial=0)) + 1
        each = np.sort(keys * whole + owners)
        return np.bincount(each[_firsts(each)] // whole, minlength=groups)

    def _spread_of_pairs(
        self, neighbours: Iterable[tuple[Numbers, Numbers]], chosen: Numbers
    ) -> Numbers:
        """In how many submissions each of the chosen pairs stands."""
        order = np.argsort(chosen)
        rows, sources = [], []
        for keys, where in neighbours if len(chosen) else ():
            place = np.searchsorted(chosen, keys, sorter=order)
            row = order[np.minimum(place, len(chosen) - 1)]
            hit = chosen[row] == keys
            rows.append(row[hit])
            sources.append(self.sources[where[hit]])
        if not rows:
            return np.empty(0, dtype=np.int64)
        return self._spread(np.concatenate(rows), np.concatenate(sources), len(chosen))

    def _counted(self, *, small: bool) -> NDArray[np.bool_]:
        """For each place whether its word may be in a pair."""
        words = self.vocabulary.words
        may = np.ones(len(words) + 1, dtype=bool)
        if not small:
            may[:-1] = [word not in SMALL for word in words]
        may[-1] = False
        return may[self.ids]

    def _neighbours(
        self, counted: NDArray[np.bool_], window: int, check: Check
    ) -> Iterator[tuple[Numbers, Numbers]]:
        """For each distance within the window: a key for each two words that stand so, and where
        the first of them does."""
        part = np.cumsum(self.ids == GAP, dtype=np.int32)
        for step in range(1, window):
            check()
            here = np.flatnonzero(counted[:-step] & counted[step:] & (part[:-step] == part[step:]))
            keys = self.ids[here].astype(np.int64) * len(self.vocabulary.words)
            yield keys + self.ids[here + step], here

    def _meant(self, word: str, *, families: bool) -> NDArray[np.bool_] | None:
        """Which words of the vocabulary are meant by one that was typed; None for any."""
        if not word.strip("*"):
            return None
        if "*" in word:
            return self._matching(".*".join(map(re.escape, folded(word).split("*"))))
        alike = folded(word)
        meant = self._matching(re.escape(alike))
        number = self.vocabulary.known(alike)
        if number is not None:
            meant[number] = True
        if families:
            stems = self.vocabulary.stems()
            wanted = {stems[one] for one in np.flatnonzero(meant)} or {_stem_of(alike)}
            meant |= np.array([stem in wanted for stem in stems], dtype=bool)
        return meant

    def _matching(self, pattern: str) -> NDArray[np.bool_]:
        """Which words fit the pattern, as they are or without their accents."""
        fits = re.compile(pattern, re.DOTALL).fullmatch
        return np.array(
            [
                bool(fits(word) or (not word.isascii() and fits(bare(word))))
                for word in self.vocabulary.words
            ],
            dtype=bool,
        )

    def _is(self, meant: NDArray[np.bool_] | None, ids: Any) -> NDArray[np.bool_]:
        there: NDArray[np.bool_] = ids != GAP
        return there if meant is None else np.append(meant, False)[ids] & there

    def _beyond(
        self,
        first: Numbers,
        last: Numbers,
        reach: int,
        meant: NDArray[np.bool_] | None,
        part: NDArray[np.int32],
    ) -> tuple[Numbers, Numbers]:
        """Those of these stretches behind whose last word another follows within reach, with it."""
        firsts, lasts = [], []
        for step in range(1, reach + 1):
            inside = last + step < len(self.ids)
            begins, before, here = first[inside], last[inside], last[inside] + step
            fits = self._is(meant, self.ids[here]) & (part[here] == part[before])
            firsts.append(begins[fits])
            lasts.append(here[fits])
        begins, ends = np.concatenate(firsts), np.concatenate(lasts)
        order = np.lexsort((ends, begins))
        return begins[order], ends[order]

    def _ordered(self, first: Numbers, last: Numbers, order: Order) -> Places:
        if order is Order.PLACE or not len(first):
            return Places(self, first, last)
        rank = self.vocabulary.ranks()
        edge, way = (first, -1) if order is Order.BEFORE else (last, 1)
        open_ = np.ones(len(first), dtype=bool)
        keys = []
        for step in range(1, _CONTEXT + 1):
            there = edge + way * step
            near = self.ids[np.clip(there, 0, len(self.ids) - 1)]
            open_ &= (near != GAP) & (there >= 0) & (there < len(self.ids))
            keys.append(np.where(open_, rank[near], 0))
        chosen = np.lexsort(keys[::-1])
        return Places(self, first[chosen], last[chosen])


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand: the numbers of their first and their last word in the corpus."""

    corpus: Corpus
    first: Numbers
    last: Numbers

    def __len__(self) -> int:
        return len(self.first)

    def at(self, row: int) -> tuple[int, int, int]:
        """The number of the text, and `[start, end)` in it in code points."""
        return next(self.all([row]))

    def all(self, rows: Sequence[int] | None = None) -> Iterator[tuple[int, int, int]]:
        """The same of these rows, or of every one."""
        chosen = slice(None) if rows is None else list(rows)
        first, last = self.first[chosen], self.last[chosen]
        corpus = self.corpus
        several = (corpus.sources[first], corpus.starts[first], corpus.ends[last])
        return zip(*(one.tolist() for one in several), strict=True)

    def submissions(self) -> int:
        """How many submissions they stand in."""
        return self.corpus.owned(self.corpus.sources[self.first])


def _parts(typed: str) -> list[str]:
    """What was typed as words, with the stars in them, or as a distance."""
    if far := _FAR.fullmatch(typed):
        return [f"…{far[1][:2]}"]
    if "*" not in typed:
        return words_of(typed)
    return ["".join(one for one in typed if one == "*" or one.isalnum() or one in "'’-")]


def _is_far(part: str) -> bool:
    return part.startswith("…")


def _tallied(several: Iterable[Numbers]) -> tuple[Numbers, Numbers]:
    """The different keys in all of these, ascending, and how often each is there."""
    found = count = np.empty(0, dtype=np.int64)
    for keys in several:
        ascending = np.sort(keys)
        first = _firsts(ascending)
        times = np.diff(np.append(first, len(ascending)))
        both = np.concatenate((found, ascending[first]))
        order = np.argsort(both, kind="stable")
        found, count = both[order], np.concatenate((count, times))[order]
        first = _firsts(found)
        found, count = found[first], np.add.reduceat(count, first) if len(first) else count
    return found, count


def _firsts(ascending: Numbers) -> Numbers:
    """Where each different key begins. (NumPy's own `unique` hashes, which is far slower here.)"""
    return np.flatnonzero(np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)])


def _stem_of(word: str) -> str:
    vocabulary = Vocabulary()
    vocabulary.number(word)
    return vocabulary.stems()[0]


def _joined(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
