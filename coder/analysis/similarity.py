"""Which texts say the same: word for word, or as near-identical letters of one campaign.

Texts are compared by their runs of five words (shingles), hashed, and sampled in long texts, and by
how much of a text lies outside what it shares. Broder, “On the resemblance and containment of
documents”, 1997, for shingles and containment; the sample is of the hashes that a fixed number
divides, so that the samples of two texts can be compared.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low
from zlib import crc32

SHINGLE = 5
"""Words in a shingle."""

FEWEST = 20
"""Shingles below which two texts are alike by chance, so that they are not compared."""

ALIKE = 0.25
"""Share of a letter's shingles that must stand in the others; unrelated texts stay below 0.1."""

OWN = 0.5
"""Share of a letter's words in stretches of its own beyond which it is no letter of a campaign."""

FORM = 0.3
"""Share of own words in the middle one of texts with something in common, beyond which that is a
form or a disclaimer, and no campaign."""

_LITTLE = 0.1
"""Share of own words that is too little to compare a text by them alone."""

_STRETCH = 16
"""Words in a row that make a stretch of one's own; fewer are an edit."""

_FEW = 4
"""Two own words that lie at most so many words apart belong to one addition."""

_CROWD, _NEAREST = 32, 4
"""Clusters that may share a shingle before it tells nothing, and how many are looked at."""

_SIZES = 4
"""How many times longer than another a letter of the same campaign may be."""

_ENTIRE, _SPARSE = 256, 2048
"""Texts of up to so many words keep all shingles, a quarter, and (above) a sixteenth."""

_OPEN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_INNER = "'’ʼ\u00ad\u200b-\u200d\u2060\ufeff"
_ACCENTS = "\u0300-\u036f"
_WORD = re.compile(
    f"[{_OPEN}]|[^\\W_{_OPEN}]+(?:(?:[{_INNER}]+(?=[^\\W_{_OPEN}])|[{_ACCENTS}]+)[^\\W_{_OPEN}]*)*"
)
"""A word with what may stand within it, or a sign of a script that sets no space between words."""

_INNERS = dict.fromkeys(map(ord, "'’ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text for comparing: at most a few kilobytes, the same in every process.

    `hashes` are those 32-bit hashes of shingles that `every` divides, each once, in the order of
    the text; `places` the number of the word at which each begins; `words` how many there are.
    """

    words: int
    every: int
    hashes: array[int]
    places: array[int]


def sketch(text: str) -> Sketch:
    """The sketch of a text. Lines that end in a question mark are left out where others stay: what
    a form asks is nobody's evidence."""
    words = _words("\n".join(line for line in text.splitlines() if not _asks(line)))
    if len(words) < FEWEST + SHINGLE:
        words = _words(text)
    every = 1 if len(words) <= _ENTIRE else 4 if len(words) <= _SPARSE else 16
    hashes: dict[int, int] = {}
    for place, shingle in enumerate(zip(*(words[n:] for n in range(SHINGLE)), strict=False)):
        value = crc32(" ".join(shingle).encode())
        if value % every == 0:
            hashes.setdefault(value, place)
    return Sketch(len(words), every, array("I", hashes.keys()), array("I", hashes.values()))


def text_key(text: str) -> str:
    """A key that two texts share when they have the same words in the same order, whatever their
    case, spaces, punctuation and apostrophes; empty where there are no words."""
    words = _words(text)
    return hashlib.sha256(" ".join(words).encode()).hexdigest() if words else ""


def groups(sketches: Sequence[Sketch]) -> list[list[int]]:
    """Groups of two or more near-identical texts, as rising indexes; groups by their first one.

    A text belongs to a group when `ALIKE` of its shingles stand in the others, and at most `OWN` of
    its words lie in stretches that do not. What unrelated texts have in common (the questions of a
    form, a disclaimer) is told by how much most of them have beside it, and does not join them.
    Time grows with the number of texts, not of pairs.
    """
    texts = [_Bare(one.words, one.every, one.hashes, one.places) for one in sketches]
    return sorted(group for group in _alike(texts, again=True) if len(group) > 1)


def own_words(text: str, representative: str) -> list[tuple[int, int]]:
    """The spans of `text`, in code points, whose words the representative does not have.

    They begin and end at words, with the punctuation that follows; those with only a few words
    between them are one. What stands elsewhere in the representative is no addition.
    """
    known = set(_triples(_words(representative)))
    found = list(_WORD.finditer(text))
    shared = bytearray(len(found) + 4)
    for place, triple in enumerate(_triples([_fold(match[0]) for match in found])):
        if triple in known:
            shared[place : place + 3] = b"\1\1\1"
    runs: list[tuple[int, int]] = []
    for place in (number for number in range(len(found)) if not shared[number + 2]):
        if runs and place - runs[-1][1] <= _FEW:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return [(found[first].start(), _closing(text, found[last].end())) for first, last in runs]


def _asks(line: str) -> bool:
    """Whether a question mark is behind the last word of a line."""
    end = len(line)
    while end and not line[end - 1].isalnum():
        end -= 1
    return "?" in line[end:]


def _words(text: str) -> list[str]:
    return [_fold(word) for word in _WORD.findall(text)]


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "")
    return unicodedata.normalize("NFKC", word.translate(_INNERS)).casefold()


def _triples(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Every three words in a row, from the one that ends in the first word of the text on."""
    edged = ["", "", *words, "", ""]
    return zip(edged, edged[1:], edged[2:], strict=False)


def _closing(text: str, end: int) -> int:
    """`end` moved behind the punctuation that follows without a space."""
    while end < len(text) and not (text[end].isspace() or text[end].isalnum()):
        end += 1
    return end


@dataclass(frozen=True, slots=True)
class _Bare:
    """A sketch as it is compared: its hashes, their places, and the words that count."""

    words: int
    every: int
    hashes: Sequence[int]
    places: Sequence[int]

    def stretches(self, known: Container[int], every: int) -> tuple[int, int, int]:
        """Of the hashes that `every` divides: those known, and all; and how many words lie in
        stretches without a known one."""
        reach, total, hits, own = 0, 0, 0, 0
        longest = _STRETCH + 4 * (every - 1)
        for value, place in zip(self.hashes, self.places, strict=True):
            if value % every:
                continue
            total += 1
            if value in known:
                hits += 1
                own += place - reach if place - reach >= longest else 0
                reach = max(reach, place + SHINGLE)
        rest = self.words - reach
        return hits, total, own + (rest if rest >= longest else 0)


def _alike(texts: Sequence[_Bare], *, again: bool) -> Iterator[list[int]]:
    """The groups among these texts, some with one member; `again` also those that show only when
    what most members of a cluster have in common is left out."""
    for members in _Gathering(texts).clusters():
        cluster = [texts[member] for member in members]
        counts = Counter(value for text in cluster for value in text.hashes)
        every = max(text.every for text in cluster)
        known = {value for value, count in counts.items() if count > 1}
        fits = [text.stretches(known, every) for text in cluster]
        shares = [own / text.words for text, (_, _, own) in zip(cluster, fits, strict=True)]
        if median_low(shares) <= FORM:
            yield [
                member
                for member, (hits, total, _), share in zip(members, fits, shares, strict=True)
                if hits >= ALIKE * total and share <= OWN
            ]
        elif again:
            most = {value for value, count in counts.items() if count > len(cluster) / 2}
            inner = _alike([_without(text, most) for text in cluster], again=False)
            yield from ([members[number] for number in group] for group in inner)


def _without(text: _Bare, most: set[int]) -> _Bare:
    """The text without these shingles, or as it is where it says little else."""
    if text.stretches(most, text.every)[2] <= _LITTLE * text.words:
        return text
    hashes, places, reach, gone = [], [], 0, 0
    for value, place in zip(text.hashes, text.places, strict=True):
        if value in most:
            gone += place + SHINGLE - max(reach, place)
            reach = place + SHINGLE
        else:
            hashes.append(value)
            places.append(max(0, place - gone))
    return _Bare(max(1, text.words - gone), text.every, hashes, places)


def _shared(texts: Sequence[_Bare]) -> set[int]:
    """The shingles that more than one text has."""
    import numpy as np

    held = [np.array(text.hashes, dtype=np.uint32) for text in texts]
    values, counts = np.unique(np.concatenate(held), return_counts=True)
    return set(values[counts > 1].tolist())


class _Gathering:
    """Texts taken one by one into clusters, through an index from shingle to clusters."""

    def __init__(self, texts: Sequence[_Bare]) -> None:
        self._texts = texts
        self._several = _shared(texts) if texts else set()
        self._owners: dict[int, list[int]] = {}
        self._members: dict[int, list[int]] = {}
        self._homes = list(range(len(texts)))
        for number, text in enumerate(texts):
            if len(text.hashes) * text.every >= FEWEST:
                self._take(number)

    def clusters(self) -> list[list[int]]:
        """The members of each cluster, in order."""
        return [sorted(members) for members in self._members.values()]

    def _home(self, cluster: int) -> int:
        while self._homes[cluster] != cluster:
            cluster = self._homes[cluster]
        return cluster

    def _take(self, number: int) -> None:
        hashes = [value for value in self._texts[number].hashes if value in self._several]
        shared: dict[int, set[int]] = {}
        for value in hashes:
            owners = self._owners.get(value, ())
            if len(owners) <= _CROWD:
                for home in {self._home(owner) for owner in owners}:
                    shared.setdefault(home, set()).add(value)
        nearest = sorted(shared, key=lambda home: (-len(shared[home]), home))[:_NEAREST]
        alike = [home for home in nearest if self._fits(number, home, shared[home])]
        home = alike[0] if alike else number
        self._members.setdefault(home, []).append(number)
        self._homes[number] = home
        for other in alike[1:]:
            self._members[home] += self._members.pop(other)
            self._homes[other] = home
        for value in hashes:
            owners = self._owners.setdefault(value, [])
            if len(owners) <= _CROWD and all(self._home(owner) != home for owner in owners):
                owners.append(home)

    def _fits(self, number: int, home: int, shared: set[int]) -> bool:
        text, first = self._texts[number], self._texts[home]
        if max(text.words, first.words) > _SIZES * min(text.words, first.words):
            return False
        every = max(text.every, first.every)
        hits, total, _ = text.stretches(shared, every)
        smaller = min(total, sum(value % every == 0 for value in first.hashes))
        return hits * every >= FEWEST // 2 and hits >= ALIKE * smaller
