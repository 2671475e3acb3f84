"""Words as a check compares them: case, spacing, quotation marks, dashes and other punctuation make
no difference, words and figures do.

A hyphen parts words as a space does. Signs that carry a meaning of their own (%, £, &) are words.
Numbers that a paragraph or list begins with (`7.`, `(b)`) are not part of what is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_RAISED = "⁰¹²³⁴-⁹"
_LETTER = f"[^\\W_{_OPEN}{_RAISED}ʼ]"
_INSIDE = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f"
_APOSTROPHES = "'’‘ʼ`´′＇"
_WORD = re.compile(
    rf"[{_OPEN}]|{_LETTER}+(?:(?:[{_INSIDE}]+|[{_APOSTROPHES}](?={_LETTER})"
    rf"|(?<=\d)[.,:](?=\d)){_LETTER}*)*|[%£$€&@#+=]"
)
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x200E), 0x2060, 0xFEFF])
_SAME = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_LABEL = re.compile(
    rf"^[ \t]*(?:(?:\(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]?\t)|(?:\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*"
    rf"|[a-z]|[ivx]{{1,5}})[.)])(?=\s)|[{_RAISED}]+)",
    re.MULTILINE,
)
_NO = frozenset((
    "not", "no", "never", "none", "nor", "neither", "nobody", "nothing", "nowhere", "cannot",
    "without", "hardly", "barely", "scarcely", "rarely", "seldom", "unable",
))  # fmt: skip


_LIMITING = frozenset({"only", "except", "unless", "few", "little", "merely", "hardly"})
_UN = re.compile(r"un(?!i(?!n|m)|der|til|to\b|cle|ction|less\b)[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands: `[start, end)` in code points."""

    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    for match in _WORD.finditer(_without_labels(text)):
        yield Word(fold(match[0]), match.start(), match.end())


def word_places(text: str) -> list[tuple[int, int]]:
    """Where each word of a text stands."""
    return [match.span() for match in _WORD.finditer(_without_labels(text))]


def folded_words(text: str) -> list[str]:
    """The words of a text as they are compared; faster than `words`."""
    plain = _without_labels(text).translate(_SAME).lower()
    return [word if word.isascii() else fold(word) for word in _WORD.findall(plain)]


def fold(word: str) -> str:
    """A word as it is compared."""
    if word.isascii():
        return word.translate(_SAME).lower()
    return unicodedata.normalize("NFKC", word.translate(_SAME).translate(_INVISIBLE)).casefold()


def _without_labels(text: str) -> str:
    """The text with spaces in place of the numbers that its paragraphs begin with."""
    return _LABEL.sub(lambda match: " " * len(match[0]), text)


def turning(text: str) -> str:
    """The first of these words that may turn or limit what is said; empty where there is none."""
    for word in words(text):
        said = word.folded
        if said in _NO or said in _LIMITING or said.endswith("n't") or _UN.match(said):
            return text[word.start : word.end]
    return ""


def says_no(text: str) -> bool:
    """Whether there is a word among these that turns what is said into its opposite."""
    return any(word in _NO or word.endswith("n't") for word in folded_words(text))
