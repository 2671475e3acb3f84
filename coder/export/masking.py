"""Names that an anonymous respondent's words must not give away, and how they are masked.

Masking errs on the side of hiding: case, accents and invisible characters make no difference, and
a forename or surname is masked wherever it stands alone, even where it is also an everyday word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coder.domain.model import Submission

MASK = "[name]"
"""What stands in place of a masked name: square brackets, as insertions in quotes are shown."""

_TITLES = {
    "canon", "cllr", "councillor", "dame", "dr", "father", "imam", "lady", "lord", "miss",
    "mr", "mrs", "ms", "mx", "prof", "professor", "rabbi", "rev", "revd", "reverend", "sir",
    "sister", "the",
}  # fmt: skip
_JOINING = {
    "and", "behalf", "for", "from", "of", "on", "the",
}  # fmt: skip
_NO_NAMES = {
    "anon", "anonymous", "individual", "namewithheld", "notgiven", "unknown", "withheld",
}  # fmt: skip
_LEGAL_FORMS = {
    "cic", "cio", "gmbh", "inc", "incorporated", "limited", "llc", "llp", "lp", "ltd", "plc",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\s<>()\[\]{},;:“”\"]+")
_BETWEEN = r"[\W_]*(?:and[\W_]*)?"
_UNSPACED = 0x0590
"""From here on scripts write words together or with particles attached, so that a name has no
word boundary to be found by (Hebrew, Arabic, Han, Kana, Hangul, Thai and others)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind one submission, as they were given. Empty ones are passed over."""

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def names_of(submissions: Iterable[Submission]) -> dict[str, Names]:
    """The names to protect, by submission id."""
    return {
        submission.id: Names((submission.respondent,), (submission.organisation,))
        for submission in submissions
    }


def mask(text: str, names: Names) -> str:
    """The text with each of the names as `[name]`.

    People are found by their whole name and by every part of it with at least three letters;
    organisations only by their whole name, with or without a leading “The” or their legal form.
    E-mail addresses and handles that hold a part of a name go as a whole.
    """
    patterns = _patterns(names)
    if not patterns:
        return text
    folded, places = _fold(text)
    hits = [match.span() for pattern in patterns for match in pattern.finditer(folded)]
    hits += _addresses(folded, names)
    spans = sorted((places[start], places[end - 1] + 1) for start, end in hits)
    return _cover(text, spans)


def _cover(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Masks the spans; what overlaps, or is parted only by spaces or hyphens, becomes one mask."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip(" \t\u00a0-"):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    kept: list[str] = []
    place = 0
    for start, end in joined:
        kept += (text[place:start], MASK)
        place = _past_marks(text, end)
    return "".join([*kept, text[place:]])


def _past_marks(text: str, place: int) -> int:
    """The position after accents and invisible characters that belong to the letter before."""
    while place < len(text) and not _letters(text[place]):
        place += 1
    return place


def _fold(text: str) -> tuple[str, list[int]]:
    """The text without case, accents and invisible characters, and where each character of it
    stands in the original."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _letters(character):
            folded.append(letter)
            places.append(place)
    return "".join(folded), places


def _letters(character: str) -> str:
    if character.isascii():
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))


def _words(name: str) -> list[str]:
    return _WORD.findall(_fold(name)[0])


def _person_words(name: str) -> list[str]:
    """The words of a personal name without titles; of an e-mail address, those before the `@`."""
    words = [word for word in _words(name.split("@", maxsplit=1)[0]) if not word.isdigit()]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return [] if "".join(words) in _NO_NAMES else words


def _organisation_words(name: str) -> list[str]:
    words = [word for word in _words(name) if word != "and"]
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    return words


def _parts(names: Names) -> set[str]:
    """The single words by which a person is found."""
    return {
        word
        for name in names.people
        for word in _person_words(name)
        if _telling(word, 3) and word not in _JOINING
    }


def _telling(word: str, fewest: int) -> bool:
    """Whether the word is long enough to be a name; one sign is, in scripts such as Han."""
    return len(word) >= fewest or _unspaced(word)


def _unspaced(word: str) -> bool:
    return any(ord(character) >= _UNSPACED for character in word)


def _patterns(names: Names) -> list[re.Pattern[str]]:
    wholes = [_person_words(name) for name in names.people]
    wholes += [_organisation_words(name) for name in names.organisations]
    found = {
        _BETWEEN.join(map(re.escape, words)) for words in wholes if _telling("".join(words), 2)
    }
    found |= {re.escape(part) for part in _parts(names)}
    return [re.compile(_bounded(pattern)) for pattern in sorted(found, key=len, reverse=True)]


def _bounded(pattern: str) -> str:
    """The pattern between anything but letters: digits and underscores do not hide a name."""
    if _unspaced(pattern):
        return pattern
    return rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])"


def _addresses(folded: str, names: Names) -> list[tuple[int, int]]:
    if "@" not in folded:
        return []
    wholes = {"".join(_organisation_words(name)) for name in names.organisations}
    parts = _parts(names) | {whole for whole in wholes if _telling(whole, 3)}
    return [
        match.span()
        for match in _TOKEN.finditer(folded)
        if "@" in match[0] and any(part in "".join(_words(match[0])) for part in parts)
    ]
