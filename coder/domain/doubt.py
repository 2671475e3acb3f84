"""What is doubtful in a machine's transcript: by its own measures, and by words that come again
and again.

The limits are Whisper's own for a decoding that should be tried again (Radford et al. 2022,
section 4.5: mean log-probability below −1, compression ratio above 2.4) and for silence (above
0.6); a temperature above 0 says that the first guess was given up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from operator import eq

from coder.domain.model import Segment
from coder.domain.text import counted

WORD = 0.5
"""A word that the recogniser gave less than this probability is in doubt."""

CONFIDENCE = math.exp(-1)
"""A segment of less confidence than this is in doubt: a mean log-probability below −1."""

COMPRESSION = 2.4
"""Text that compresses better than this says the same again and again."""

SILENCE = 0.6
"""A segment is in doubt where nobody spoke with more than this probability."""

_LONGEST_ROUND = 12
_LEAST_ROUNDS = 3
_LEAST_WORDS = 8
_LEAST_AGAIN = 6
"""As many words of a round at least come again within it: of rounds of two or three words."""
_SIGNS = re.compile(r"[^\w\s]+")


class Kind(StrEnum):
    """Why a segment is in doubt, in the words that are shown."""

    LOOP = "says the same again and again"
    SILENCE = "nobody may be speaking"
    UNLIKELY = "the recogniser was unsure of the sentence"
    GUESSED = "heard only at a second try"
    WORDS = "the recogniser was unsure of words"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A segment in doubt and why, the gravest first. `words` are the places of its doubtful words
    in the transcript's whole text, half-open in code points."""

    segment_id: str
    start: int
    end: int
    start_ms: int
    kinds: tuple[Kind, ...]
    words: tuple[tuple[int, int], ...] = ()

    @property
    def reason(self) -> str:
        """The reasons as a sentence without its full stop."""
        told = "; ".join(self.kinds)
        return told[:1].upper() + told[1:]


def told(found: Sequence[Doubt], quiet: int = 0) -> str:
    """How many doubts and spans without speech there are, in words; empty where there are none."""
    loops = sum(Kind.LOOP in one.kinds for one in found)
    words = counted(len(found), "passage") + " in doubt" if found else ""
    if loops:
        words += f", {loops:,} of them {'a loop' if loops == 1 else 'loops'}"
    silent = f"{counted(quiet, 'span')} without speech" if quiet else ""
    return "; ".join(filter(None, (words, silent)))


def doubts(segments: Sequence[Segment]) -> list[Doubt]:
    """The segments of a transcript that a person should listen to, in order; `segments` are all of
    it. One that a person stands by is in doubt no longer."""
    looping = set(_looping(segments))
    found = []
    for place, segment in enumerate(segments):
        if segment.checked:
            continue
        words = tuple(
            (segment.start + word.start, segment.start + word.end)
            for word in segment.words
            if word.probability < WORD
        )
        kinds = tuple(_kinds(segment, loops=place in looping, words=bool(words)))
        if kinds:
            found.append(
                Doubt(segment.id, segment.start, segment.end, segment.start_ms, kinds, words)
            )
    return found


def loops(text: str) -> bool:
    """Whether a text says the same again and again: a round of one to twelve words, three times
    or more one after the other, eight words at least in all."""
    return any(True for _ in _rounds(_plain(text)))


def _kinds(segment: Segment, *, loops: bool, words: bool) -> Iterator[Kind]:
    if loops or segment.compression > COMPRESSION:
        yield Kind.LOOP
    if segment.no_speech > SILENCE:
        yield Kind.SILENCE
    if 0 < segment.confidence < CONFIDENCE:
        yield Kind.UNLIKELY
    if segment.temperature > 0:
        yield Kind.GUESSED
    if words:
        yield Kind.WORDS


def _looping(segments: Sequence[Segment]) -> Iterator[int]:
    """The numbers of the segments in which words go round, within one or from one to the next."""
    words: list[str] = []
    owners: list[int] = []
    for place, segment in enumerate(segments):
        plain = _plain(segment.text)
        words += plain
        owners += [place] * len(plain)
    for first, end in _rounds(words):
        yield from dict.fromkeys(owners[first:end])


def _rounds(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words go round: `[first, end)`, counted as words. A round is looked for only where
    several words one after the other come again soon, which is seldom."""
    last: dict[str, int] = {}
    soon = bytearray()
    for place, word in enumerate(words):
        soon.append(place - last.get(word, -_LONGEST_ROUND - 1) <= _LONGEST_ROUND)
        last[word] = place
    for run in re.finditer(b"\\x01{%d,}" % _LEAST_AGAIN, soon):
        begins = max(0, run.start() - _LONGEST_ROUND)
        for first, end in _rounds_in(words[begins : run.end()]):
            yield begins + first, begins + end


def _rounds_in(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for length in range(1, _LONGEST_ROUND + 1):
        again = bytes(map(eq, words, islice(words, length, None)))
        least = max(_LEAST_ROUNDS * length, _LEAST_WORDS) - length
        for found in re.finditer(b"\\x01{%d,}" % least, again):
            yield found.start(), found.end() + length


def _plain(text: str) -> list[str]:
    return _SIGNS.sub("", text).casefold().split()
