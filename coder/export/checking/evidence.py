"""The texts of the evidence as a check looks through them: once, one after another, keeping of each
only which of the report's words it has, and where.

A word of the report is one character; all others are one character too. So a document takes two
bytes a word, exact runs are found by the search for strings, and likenesses by rapidfuzz. Which
documents have much in common with a quotation is told by an index from its runs of two and three
words (n-grams) to the documents that have them, weighed by how few these are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any

from coder.export.checking.pattern import Pattern
from coder.export.checking.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

OTHER = "\x01"
"""The character of every word that the report does not quote."""

_FIRST = 0x100
_FEW_WORDS = 8
"""Quotations of at most so many words are looked for by runs of two words too."""

_NEAREST = 6


class Vocabulary:
    """The words of all quotations, a character each."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._signs: dict[str, str] = {}
        for pattern in patterns:
            for run in pattern.runs:
                for reading in run.readings:
                    for word in reading:
                        self._signs.setdefault(word, chr(self._next()))

    def _next(self) -> int:
        code = _FIRST + len(self._signs)
        return code if code < 0xD800 else code + 0x800  # past the surrogates, which are no letters

    def __len__(self) -> int:
        return len(self._signs)

    def sign(self, word: str) -> str:
        """The character of a word."""
        return self._signs.get(word, OTHER)

    def spelled(self, words: Sequence[str]) -> str:
        """These words, a character each."""
        get = self._signs.get
        return "".join([get(word, OTHER) for word in words])


@dataclass
class Corpus:
    """The texts of the evidence, in the report's words. `documents` are ids in the order of the
    texts, and `spelled` their words."""

    vocabulary: Vocabulary
    documents: list[str] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)
    _of: dict[str, int] = field(default_factory=dict)
    _holders: dict[str, int] = field(default_factory=dict)

    def number(self, document_id: str) -> int:
        """The place of a document among the texts, −1 where it is not there."""
        return self._of.get(document_id, -1)

    def weight(self, sign: str) -> float:
        """How much a word tells, 1…1.5: the fewer documents have it, the more."""
        total = len(self.documents) + 2
        return 1 + log(total / (self._holders.get(sign, 0) + 1)) / log(total) / 2

    def add(self, document_id: str, text: str) -> str:
        """Takes a text in, and gives its words."""
        spelled = self.vocabulary.spelled(folded_words(text))
        self._of[document_id] = len(self.documents)
        self.documents.append(document_id)
        self.spelled.append(spelled)
        for sign in set(spelled):
            self._holders[sign] = self._holders.get(sign, 0) + 1
        return spelled


class Index:
    """From each run of two or three words of a quotation to the documents that have it."""

    def __init__(self, patterns: Sequence[Pattern], corpus: Corpus) -> None:
        import numpy as np

        self._np = np
        self._corpus = corpus
        self._grams: list[tuple[list[int], list[int]]] = []
        for one in patterns:
            short = len(one) <= _FEW_WORDS
            twos = set(self._of_pattern(one, 2)) if short else set()
            self._grams.append((sorted(twos), sorted(set(self._of_pattern(one, 3)))))
        self._keys = [
            np.array(sorted({key for grams in self._grams for key in grams[size]}), dtype=np.int64)
            for size in (0, 1)
        ]
        self._found: list[list[tuple[int, Numbers]]] = [[], []]
        self._holders: list[list[Numbers]] = [[], []]

    def read(
        self, texts: Iterable[tuple[str, str]], told: Callable[[int], None] | None = None
    ) -> None:
        """Reads texts, each with its document's id; tells how many it has read."""
        for count, (document_id, text) in enumerate(texts, start=1):
            spelled = self._corpus.add(document_id, text)
            for size in (0, 1):
                self._found[size].append((count, self._hits(spelled, size)))
            if told:
                told(count)
        self._holders = [self._inverted(size) for size in (0, 1)]

    def nearest(self, number: int) -> list[int]:
        """The documents that have most in common with a quotation, by its number; best first."""
        np = self._np
        total = len(self._corpus.documents)
        scores = np.zeros(total)
        for size in (0, 1):
            keys = np.searchsorted(self._keys[size], self._grams[number][size])
            for key in keys.tolist():
                holders = self._holders[size][key]
                if len(holders):
                    scores[holders] += log((total + 1) / len(holders)) * (size + 1)
        best = np.argsort(-scores, kind="stable")[:_NEAREST]
        return [int(one) for one in best if scores[one] > 0]

    def _of_pattern(self, one: Pattern, size: int) -> Iterable[int]:
        for run in one.runs:
            signs = [ord(self._corpus.vocabulary.sign(ways[0])) for ways in run.readings]
            for place in range(len(signs) - size + 1):
                yield _key(signs[place : place + size])

    def _hits(self, spelled: str, size: int) -> Any:
        """The numbers of the n-grams of the report that a text has."""
        np = self._np
        keys = self._keys[size]
        signs = np.frombuffer(spelled.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
        if not len(keys) or len(signs) < size + 2:
            return np.zeros(0, dtype=np.int64)
        grams = signs[: len(signs) - size - 1]
        for step in range(1, size + 2):
            grams = (grams << 20) | signs[step : len(signs) - size - 1 + step]
        places = np.searchsorted(keys, grams)
        places[places == len(keys)] = 0
        return np.unique(places[keys[places] == grams])

    def _inverted(self, size: int) -> list[Any]:
        """For each n-gram the numbers of the documents that have it."""
        np = self._np
        found = self._found[size]
        if not found:
            return [np.zeros(0, dtype=np.int64)] * len(self._keys[size])
        grams = np.concatenate([hits for _, hits in found])
        owners = np.repeat([count - 1 for count, _ in found], [len(hits) for _, hits in found])
        order = np.argsort(grams, kind="stable")
        edges = np.searchsorted(grams[order], np.arange(len(self._keys[size]) + 1))
        owners = owners[order]
        return [owners[a:b] for a, b in pairwise(edges)]


def _key(signs: Sequence[int]) -> int:
    key = 0
    for sign in signs:
        key = (key << 20) | sign
    return key
