"""Words as they are counted: where they stand in a text, and which are forms of one another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from heapq import merge
from typing import TYPE_CHECKING, Any

from coder.analysis import toolkit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GAP = -1
"""In place of a word's number: nothing that is counted together reaches across."""


class Measure(StrEnum):
    """How strongly two words keep together."""

    LIKELIHOOD = "likelihood"
    PMI = "pmi"


class Order(StrEnum):
    """By what the places of a word are put in order."""

    PLACE = "place"
    BEFORE = "before"
    AFTER = "after"


_PIECE = 4_000

_OPEN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_APOSTROPHES, _HYPHENS, _UNSEEN = "'’ʼ", "-\u2010\u2011", "\u00ad\u200c\u200d"
_LETTER = f"[^\\W_{_OPEN}]"
_WORD = re.compile(
    f"[{_OPEN}]|{_LETTER}+(?:(?:[{_HYPHENS}{_APOSTROPHES}{_UNSEEN}](?={_LETTER})"
    f"|(?<=\\d)[.,](?=\\d)|[\u0300-\u036f]+){_LETTER}*)*"
)
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_UNSEEN, None),
    }
)


def folded(word: str) -> str:
    """The word as it is counted: in small letters, with one kind of apostrophe and hyphen."""
    return unicodedata.normalize("NFC", word).translate(_ALIKE).casefold()


def bare(word: str) -> str:
    """The folded word without accents, as people type it."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(one for one in parts if not unicodedata.combining(one))


def words_of(text: str) -> list[str]:
    """The words of a text in their order, folded. Apostrophes and hyphens within a word belong to
    it, as do points and commas within a number; in scripts without spaces each sign is a word."""
    return [folded(match.group()) for match in _WORD.finditer(text)]


@dataclass
class Vocabulary:
    """The words met so far, folded, each with a number from 0 in the order they were met."""

    words: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _met: dict[str, int] = field(default_factory=dict)
    _stems: list[str] = field(default_factory=list)
    _ranks: NDArray[np.int32] | None = None

    def number(self, word: str) -> int:
        """The number of a word as it stands in a text."""
        known = self._met.get(word)
        if known is None:
            alike = folded(word)
            known = self._numbers.setdefault(alike, len(self.words))
            if known == len(self.words):
                self.words.append(alike)
            self._met[word] = known
        return known

    def known(self, word: str) -> int | None:
        """The number of a folded word, None where it was never met."""
        return self._numbers.get(word)

    def stems(self) -> list[str]:
        """The stem of each word by its number, without a possessive *'s*; words with one stem are
        a family."""
        stem = stemmer().stem
        for word in self.words[len(self._stems) :]:
            self._stems.append(stem(word.removesuffix("'s"), to_lowercase=False))
        return self._stems

    def ranks(self) -> NDArray[np.int32]:
        """The place of each word in the order of the alphabet by its number, from 1; behind the
        last of them a 0, for a gap."""
        import numpy as np

        words = self.words
        if self._ranks is None or len(self._ranks) != len(words) + 1:
            ranks = np.zeros(len(words) + 1, dtype=np.int32)
            # Sorted in pieces: one long sort would hold up every other thread.
            pieces = (
                sorted(range(start, min(start + _PIECE, len(words))), key=words.__getitem__)
                for start in range(0, len(words), _PIECE)
            )
            for rank, number in enumerate(merge(*pieces, key=words.__getitem__), 1):
                ranks[number] = rank
            self._ranks = ranks
        return self._ranks


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: their numbers, and where each stands in it as `[start, end)` in code
    points. A `GAP` ends each part."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]


def tokens(text: str, parts: Iterable[tuple[int, int]], vocabulary: Vocabulary) -> Tokens:
    """The words within each part `[start, end)` of a text, a gap behind each part."""
    import numpy as np

    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    number = vocabulary.number
    for start, end in parts:
        for match in _WORD.finditer(text, start, end):
            ids.append(number(match.group()))
            starts.append(match.start())
            ends.append(match.end())
        ids.append(GAP)
        starts.append(end)
        ends.append(end)
    return Tokens(*(np.array(one, dtype=np.int32) for one in (ids, starts, ends)))


@cache
def stemmer() -> Any:
    """NLTK's Porter stemmer as its author published it.

    M. F. Porter, “An algorithm for suffix stripping”, Program 14(3), 1980.
    """
    toolkit.load()
    from nltk.stem.porter import PorterStemmer

    return PorterStemmer(PorterStemmer.ORIGINAL_ALGORITHM)
