"""Passages that were passed over: the words of a tagged passage without the tag, and paragraphs
that speak like a code and do not bear it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from coder.analysis.consistency.alike import Group
from coder.analysis.consistency.corpus import Corpus, Place
from coder.analysis.consistency.findings import NOT_TAGGED, Finding, Kind, Passage
from coder.analysis.consistency.limits import Limits
from coder.analysis.consistency.material import Material
from coder.analysis.distinct import once
from coder.domain.model import Code
from coder.jobs import Job

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WINDOW = 40
"""Words in which a code's own words must stand together: two sentences."""

_OFTEN = 4.0
"""How many times more often in the code's paragraphs than in others a word must stand to be one of
its own."""

_EXAMPLES = 4
_SHOWN_WORDS = 5


def echoed(
    material: Material, corpus: Corpus, groups: Iterable[Group], limits: Limits
) -> Iterator[Finding]:
    """Where the exact words of a tagged passage stand elsewhere, outside a campaign, in text that
    was gone through, and bear no tag at all."""
    campaigns = material.campaigns
    long = [group for group in groups if len(group.words) >= limits.echo_words]
    for group, places in zip(long, corpus.echoes([one.words for one in long]), strict=True):
        owners = {material.owner(one[0]).id for one in group.places}
        for place in places:
            document_id, start, end = place
            owner = material.owner(document_id).id
            if owner in campaigns and campaigns[owner] in {campaigns.get(one) for one in owners}:
                continue
            if end > material.reach.get(document_id, 0) or _is_tagged(material, place):
                continue
            first = group.spots[0]
            names = ", ".join(dict.fromkeys(material.name(one.code_id) for one in first.close))
            here, there = material.owner(first.place[0]).ref, material.owner(document_id).ref
            yield material.finding(
                Kind.LACKING,
                [document_id, str(start), str(end)],
                f"These words are tagged {names} in {here}, and not tagged in {there}.",
                [one.code_id for one in first.close],
                [
                    material.passage(*place, side=NOT_TAGGED),
                    material.passage(*first.place, first.close, "Tagged"),
                ],
                state=[one.code_id for one in first.close],
            )


def _is_tagged(material: Material, place: Place) -> bool:
    document_id, start, end = place
    on = material.by_document.get(document_id, ())
    return any(one.start < end and one.end > start for one in on)


def unlike_others(material: Material, corpus: Corpus, limits: Limits, job: Job) -> list[Finding]:
    """Paragraphs that speak as strongly like a code as those of which nearly all bear it.

    A word is a code's own where it stands in its paragraphs `_OFTEN` times as often as in others,
    or in its name or definition; its weight is the logarithm of that ratio, a paragraph's the sum
    over the `_WINDOW` words where it is greatest. Paragraphs are put in the order of their weight,
    and as far down as `lacking_share` of them bear the code, the others are told.
    """
    import numpy as np

    if not corpus.paragraphs:
        return []
    sure: dict[int, tuple[float, Finding]] = {}
    looked = np.array(
        [end <= material.reach.get(one, 0) for one, _, end in corpus.paragraphs], dtype=bool
    )
    stems = corpus.stems[corpus.ids]
    finder = _Bearing(material, corpus)
    bare = looked & ~finder.bearing(material.by_code)
    telling = _presence(corpus, stems)
    windows = _Windows(corpus, stems)
    for code_id in material.by_code:
        job.check()
        bearing = finder.bearing([code_id])
        if bearing.sum() < limits.lacking_passages:
            continue
        weights = _weights(material.codes[code_id], corpus, bearing & looked, looked, telling)
        if weights is None:
            continue
        scores = windows.scores(weights)
        for one, share, finding in _found(
            material, corpus, limits, code_id, scores, weights, stems, bearing & looked, bare
        ):
            if one not in sure or sure[one][0] < share:
                sure[one] = share, finding
    return [finding for _, finding in sure.values()]


class _Bearing:
    """Says of each paragraph whether it bears a code."""

    def __init__(self, material: Material, corpus: Corpus) -> None:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, (document_id, _, _) in enumerate(corpus.paragraphs):
            places[document_id].append(number)
        self._many = len(corpus.paragraphs)
        self._touched: defaultdict[str, list[int]] = defaultdict(list)
        for document_id, codings in material.by_document.items():
            numbers = places[document_id]
            ends = [corpus.paragraphs[one][2] for one in numbers]
            for coding in codings:
                for number in numbers[bisect_right(ends, coding.start) :]:
                    if corpus.paragraphs[number][1] >= coding.end:
                        break
                    self._touched[coding.code_id].append(number)

    def bearing(self, code_ids: Iterable[str]) -> NDArray[Any]:
        """For each paragraph whether a coding of one of these codes touches it."""
        import numpy as np

        found = np.zeros(self._many, dtype=bool)
        for code_id in code_ids:
            found[self._touched[code_id]] = True
        return found


class _Windows:
    """Says of each paragraph how strongly it speaks in given words."""

    def __init__(self, corpus: Corpus, stems: NDArray[Any]) -> None:
        import numpy as np

        self._stems = stems
        self._many = len(corpus.firsts)
        self._first, owners = corpus.spoken
        self._last = np.minimum(self._first + _WINDOW, corpus.lasts[owners])
        self._filled = np.flatnonzero(corpus.lasts > corpus.firsts)
        self._begins = np.searchsorted(owners, self._filled)

    def scores(self, weights: NDArray[Any]) -> NDArray[Any]:
        """The weight of each paragraph: the greatest sum of any `_WINDOW` words in a row."""
        import numpy as np

        each = np.append(weights, np.float32(0))[self._stems]
        sums = np.concatenate(([0.0], np.cumsum(each, dtype=np.float64)))
        found = np.zeros(self._many)
        if len(self._filled):
            window = sums[self._last] - sums[self._first]
            found[self._filled] = np.maximum.reduceat(window, self._begins)
        return found


def _presence(corpus: Corpus, stems: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Each telling stem of each paragraph once: the numbers of paragraphs and of stems."""
    import numpy as np

    within, owners = corpus.spoken
    found = stems[within]
    kept = found >= 0
    many = int(corpus.stems.max()) + 1
    pairs = once(owners[kept].astype(np.int64) * many + found[kept])
    return pairs // many, pairs % many


def _weights(
    code: Code,
    corpus: Corpus,
    bearing: NDArray[Any],
    looked: NDArray[Any],
    telling: tuple[NDArray[Any], NDArray[Any]],
) -> NDArray[Any] | None:
    """The weight of each stem for a code, 0 of those that are not its own; None where there are
    hardly any."""
    import numpy as np

    owners, stems = telling
    many = int(corpus.stems.max()) + 1
    counted_here = np.bincount(stems[bearing[owners]], minlength=many)
    others = looked & ~bearing
    counted_there = np.bincount(stems[others[owners]], minlength=many)
    ratio = ((counted_here + 0.5) / (bearing.sum() + 1)) / (
        (counted_there + 0.5) / (others.sum() + 1)
    )
    own = (counted_here >= 4) & (ratio >= _OFTEN)
    defined = _stems_of(corpus, f"{code.name} {code.definition} {code.use_when}")
    own |= defined & (counted_here >= 2) & (ratio >= _OFTEN / 2)
    own &= ~_stems_of(corpus, code.not_when) | (ratio >= 2 * _OFTEN)
    if own.sum() < 4:
        return None
    return np.where(own, np.log(ratio), 0.0).astype(np.float32)


def _stems_of(corpus: Corpus, text: str) -> NDArray[Any]:
    """Which stems stand in a text of the codebook."""
    import numpy as np

    from coder.analysis.words import words_of

    found = np.zeros(int(corpus.stems.max()) + 1, dtype=bool)
    known = (corpus.vocabulary.known(word) for word in words_of(text))
    for stem in (int(corpus.stems[one]) for one in known if one is not None):
        if stem >= 0:
            found[stem] = True
    return found


def _found(
    material: Material,
    corpus: Corpus,
    limits: Limits,
    code_id: str,
    scores: NDArray[Any],
    weights: NDArray[Any],
    stems: NDArray[Any],
    bearing: NDArray[Any],
    wanting: NDArray[Any],
) -> Iterator[tuple[int, float, Finding]]:
    """The paragraphs of `wanting`, which lack the code, that stand among those `bearing` it: their
    numbers, the share of those that bear it, and what is told."""
    import numpy as np

    order = np.flatnonzero((scores > 0) & (bearing | wanting))
    order = order[np.argsort(-scores[order], kind="stable")]
    share = np.cumsum(bearing[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(share >= limits.lacking_share)
    top = order[: good[-1] + 1] if len(good) else order[:0]
    bearers = [int(one) for one in top if bearing[one]]
    owners = {material.owner(corpus.paragraphs[one][0]).id for one in bearers}
    if len(bearers) < limits.lacking_passages or len(owners) < limits.lacking_submissions:
        return
    own = np.flatnonzero(weights)
    told = 0
    for one in (int(number) for number in top if not bearing[number]):
        here = stems[corpus.firsts[one] : corpus.lasts[one]]
        words = [int(stem) for stem in own[np.isin(own, here)]]
        words.sort(key=lambda stem: -weights[stem])
        if len(words) >= limits.lacking_words and told < limits.lacking_most:
            told += 1
            told_of = _told(material, corpus, code_id, one, words, bearers, len(top))
            yield one, len(bearers) / len(top), told_of


def _told(
    material: Material,
    corpus: Corpus,
    code_id: str,
    number: int,
    words: Sequence[int],
    bearers: Sequence[int],
    among: int,
) -> Finding:
    place = corpus.paragraphs[number]
    shown = ", ".join(corpus.forms[stem] for stem in words[:_SHOWN_WORDS])
    on = [
        one
        for one in material.by_document.get(place[0], ())
        if one.start < place[2] and one.end > place[1]
    ]
    likest = _likest(corpus, words, bearers)
    return material.finding(
        Kind.LACKING,
        [code_id, place[0], str(place[1]), str(place[2])],
        f"Of the {among:,} paragraphs that speak most in the words of {material.name(code_id)},"
        f" {len(bearers):,} bear it; this one ({shown}) does not.",
        [code_id],
        [
            material.passage(*place, on, NOT_TAGGED),
            *_tagged(material, corpus, likest, code_id),
        ],
        state=material.meaning(code_id),
    )


def _likest(corpus: Corpus, words: Sequence[int], bearers: Sequence[int]) -> list[int]:
    """Those paragraphs with the code that have most of these words."""
    asked = set(words)
    shared = {one: len(asked & corpus.telling(corpus.paragraphs[one])) for one in bearers[:100]}
    return sorted(shared, key=lambda one: -shared[one])[: _EXAMPLES - 1]


def _tagged(
    material: Material, corpus: Corpus, numbers: Sequence[int], code_id: str
) -> Iterator[Passage]:
    for document_id, start, end in (corpus.paragraphs[one] for one in numbers):
        for one in material.by_document[document_id]:
            if one.code_id == code_id and one.start < end and one.end > start:
                yield material.shown(one, "Tagged")
                break
