"""What in the words of an anonymous quote may still tell of a person, for somebody to decide.

Nothing is masked here. Patterns are few and simple, so that what is pointed out is worth a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coder.export.masking import Names, words_of


class Hint(StrEnum):
    """Why words are pointed out, as people are told."""

    TITLED = "a name after a title"
    LIKE = "like a name of the submission"
    PHONE = "a telephone number"
    ADDRESS = "an e-mail address or handle"
    POSTCODE = "a postcode"


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that may tell of a person, `[start, end)` in code points of the quote, and why."""

    words: str
    start: int
    end: int
    hint: Hint


_INSERTED = re.compile(r"\[[^\[\]]*\]")
_CAPITAL = r"[^\W\d_a-z][\w'’]*(?:-[^\W\d_][\w'’]*)*"
_TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Revd?|Reverend|Sir|Dame|Lady|Lord|"
    "Father|Sister|Canon|Imam|Rabbi|Pastor|Aunt|Auntie|Aunty|Uncle|Nurse|Sergeant|PC"
)
_PATTERNS = (
    (Hint.ADDRESS, re.compile(r"[^\s<>()\[\]{},;:“”\"]*@[^\s<>()\[\]{},;:“”\"]*[^\W_]")),
    (Hint.PHONE, re.compile(r"(?<![\w+])(?:\+\d|\(?0)(?:[\s().\-/]{0,2}\d){8,13}(?!\w)")),
    # The shape of British postcodes, BS 7666-2.
    (Hint.POSTCODE, re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?!\w)", re.IGNORECASE)),
    (Hint.TITLED, re.compile(rf"(?<!\w)(?:{_TITLES})\.?\s+({_CAPITAL}(?:\s+{_CAPITAL})?)")),
)
_NAME = re.compile(rf"(?<!\w){_CAPITAL}")


def clues(words: str, names: Names) -> list[Clue]:
    """What to look at in the words of a quote as it leaves, in its order; `names` are those of its
    submission. What stands in square brackets is masked already."""
    taken = [match.span() for match in _INSERTED.finditer(words)]
    found: list[Clue] = []
    for clue in _candidates(words, names):
        if all(clue.end <= start or clue.start >= end for start, end in taken):
            taken.append((clue.start, clue.end))
            found.append(clue)
    return sorted(found, key=lambda clue: clue.start)


def _candidates(words: str, names: Names) -> Iterator[Clue]:
    for hint, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            said = match[pattern.groups]
            said = said[:-2] if said.endswith(("'s", "’s")) else said
            start = match.start(pattern.groups)
            yield Clue(said, start, start + len(said), hint)
    parts = {part for name in names.people for part in words_of(name) if len(part) > 2}
    for match in _NAME.finditer(words):
        if any(_like(word, part) for word in words_of(match[0]) for part in parts):
            yield Clue(match[0], *match.span(), Hint.LIKE)


def _like(word: str, part: str) -> bool:
    """Whether a word is a short form of a name, or is written nearly so."""
    from rapidfuzz.distance import Levenshtein

    short, long = sorted((word, part), key=len)
    if len(short) > 2 and long.startswith(short):
        return True
    most = 0 if len(short) < 4 else 1 if len(short) < 8 else 2
    return most > 0 and Levenshtein.distance(word, part, score_cutoff=most) <= most
