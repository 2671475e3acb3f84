"""The words of all texts as one row of numbers, by which passages are compared and found again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coder.analysis.consistency.material import Material
from coder.analysis.words import GAP, Vocabulary, tokens
from coder.analysis.words_small import SMALL
from coder.domain.model import Style
from coder.jobs import Job

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_UNSPOKEN = (Style.HEADING, Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER)
_RUN = 5
"""Words of the key by which a passage is looked up."""

Place = tuple[str, int, int]
"""A document's id, start and end in code points."""


class Corpus:
    """The words of the documents that count, in their order, with a gap behind each paragraph."""

    def __init__(self, material: Material, job: Job) -> None:
        import numpy as np

        self.vocabulary = Vocabulary()
        self.documents = [one for one in material.documents if material.counts(one)]
        self._number = {one: place for place, one in enumerate(self.documents)}
        parts, self.bounds = [], [0]
        places: list[Place | None] = []
        for number, document_id in enumerate(self.documents):
            if number % 20 == 0:
                job.check()
            document = material.documents[document_id]
            spans = [(one.start, one.end) for one in document.paragraphs]
            found = tokens(document.text, spans or [(0, len(document.text))], self.vocabulary)
            places += [
                None if one.style in _UNSPOKEN else (document_id, one.start, one.end)
                for one in document.paragraphs
            ] or [None]
            parts.append(found)
            self.bounds.append(self.bounds[-1] + len(found.ids))
        self.ids = _joined([one.ids for one in parts])
        self.starts = _joined([one.starts for one in parts])
        self.ends = _joined([one.ends for one in parts])
        # Once for all: NumPy lets other threads go on for a moment each time, and one that waits
        # its turn begins to wait anew each time.
        lasts = np.flatnonzero(self.ids == GAP)
        firsts = np.append(0, lasts[:-1] + 1)[: len(lasts)]
        own = np.array([one is not None for one in places], dtype=bool)
        self.paragraphs = [one for one in places if one is not None]
        self.firsts, self.lasts = firsts[own], lasts[own]

    @cached_property
    def stems(self) -> NDArray[np.int32]:
        """The number of the stem of each word by its number, -1 for small words and numbers; behind
        the last of them -1, for a gap."""
        import numpy as np

        numbers: dict[str, int] = {}
        words = self.vocabulary.words
        found = [
            -1 if word in SMALL or not word[0].isalpha() else numbers.setdefault(stem, len(numbers))
            for word, stem in zip(words, self.vocabulary.stems(), strict=True)
        ]
        return np.array([*found, -1], dtype=np.int32)

    @cached_property
    def forms(self) -> dict[int, str]:
        """For each stem the word that it mostly stands for."""
        import numpy as np

        counts = np.bincount(self.ids[self.ids >= 0], minlength=len(self.vocabulary.words))
        found: dict[int, str] = {}
        for word in np.argsort(counts, kind="stable").tolist():
            found[int(self.stems[word])] = self.vocabulary.words[word]
        return found

    @cached_property
    def spoken(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each word of a paragraph that is somebody's own its place in the row, and the number
        of that paragraph."""
        import numpy as np

        sizes = self.lasts - self.firsts
        owners = np.repeat(np.arange(len(sizes)), sizes)
        before = np.cumsum(sizes) - sizes
        return np.arange(len(owners)) + np.repeat(self.firsts - before, sizes), owners

    def range(self, place: Place) -> tuple[int, int]:
        """The words within a place, as `[first, last)` in the row."""
        document_id, start, end = place
        number = self._number[document_id]
        low, high = self.bounds[number], self.bounds[number + 1]
        first = bisect_left(self.starts, start, low, high)
        return first, max(first, bisect_left(self.ends, end + 1, first, high))

    def words(self, place: Place) -> tuple[int, ...]:
        """The numbers of the words within a place, without gaps."""
        first, last = self.range(place)
        return tuple(one for one in self.ids[first:last].tolist() if one != GAP)

    def telling(self, place: Place) -> set[int]:
        """The stems within a place that say what it is about."""
        first, last = self.range(place)
        return set(self.stems[self.ids[first:last]].tolist()) - {-1}

    def echoes(self, passages: Sequence[Sequence[int]]) -> Iterator[list[Place]]:
        """For each of these passages, `_RUN` words or more, every place within a paragraph where
        its words stand just so."""
        import numpy as np

        keys = np.array([_key(words[:_RUN]) for words in passages], dtype=np.int64)
        lows, highs = np.searchsorted(self._sorted[0], [keys, keys + 1]).tolist()
        for words, low, high in zip(passages, lows, highs, strict=True):
            firsts = sorted(self._sorted[1][low:high].tolist())
            yield [self._place(one, one + len(words)) for one in firsts if self._is(words, one)]

    def _is(self, words: Sequence[int], first: int) -> bool:
        """Whether these words stand in the row from there on."""
        return tuple(self.ids[first : first + len(words)].tolist()) == tuple(words)

    def _place(self, first: int, last: int) -> Place:
        """Where the words `[first, last)` of the row stand."""
        number = bisect_right(self.bounds, first) - 1
        return self.documents[number], int(self.starts[first]), int(self.ends[last - 1])

    @cached_property
    def _sorted(self) -> tuple[Any, Any]:
        import numpy as np

        keys = runs(self.ids.astype(np.int64), _RUN)
        order = np.argsort(keys, kind="stable")
        return keys[order], order


def runs(ids: Any, length: int) -> Any:
    """A number below 2³¹ for each run of so many words, mostly one of its own."""
    key = ids[: max(0, len(ids) - length + 1)] * 0
    for place in range(length):
        key = (key * 1_000_003 + ids[place : place + len(key)]) % 2_147_483_647
    return key


def _key(words: Sequence[int]) -> int:
    """The number that `runs` gives for these words."""
    key = 0
    for one in words:
        key = (key * 1_000_003 + one) % 2_147_483_647
    return key


def _joined(parts: list[Any]) -> Any:
    import numpy as np

    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
