"""Names that a pack must not give away, and how they are masked.

Masking errs on the side of hiding: case, accents and invisible characters make no difference, and
a forename or surname is masked wherever it stands alone, even where it is also an everyday word;
only names of two letters (Jo, Ng) must stand there with a capital.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coder.domain.citation import barred
from coder.domain.model import Permission, Status, Submission

MASK = "[name]"
"""What stands in place of a masked name: square brackets, as insertions in quotes are shown."""

WITHHELD = "[withheld]"
"""What stands in place of further words that somebody wants masked, which need not be a name."""

TITLES = {
    "canon", "cllr", "councillor", "dame", "dr", "father", "imam", "lady", "lord", "miss",
    "mr", "mrs", "ms", "mx", "prof", "professor", "rabbi", "rev", "revd", "reverend", "sir",
    "sister", "the",
}  # fmt: skip
"""Words before a personal name that are none of it."""

_JOINING = {
    "and", "behalf", "for", "from", "of", "on", "the",
}  # fmt: skip
_POSTNOMINALS = {"jp", "kc", "mp", "qc", "st"}
_DECLINED = {
    "anon", "anonymous", "individual", "namewithheld", "notgiven", "withheld",
}  # fmt: skip
_NO_NAMES = _DECLINED | {"unknown"}
_LEGAL_FORMS = {
    "cic", "cio", "gmbh", "inc", "incorporated", "limited", "llc", "llp", "lp", "ltd", "plc",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"[^\W_]+(?:['’‘`][^\W_]+)+")
_LINE_BREAK = re.compile("[-\u2010\u2011\u00ad]\\s*[\r\n]\\s*")
_TOKEN = re.compile(r"[^\s<>()\[\]{},;:“”\"]+")
_BETWEEN = r"[\W_]*(?:and[\W_]*)?"
_PLAIN = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
    "þ": "th",
})  # fmt: skip
"""Letters with a stroke or joined, which Unicode does not take apart, as people write them who have
no such key."""

_UNSPACED = 0x0590
"""From here on scripts write words together or with particles attached, so that a name has no
word boundary to be found by (Hebrew, Arabic, Han, Kana, Hangul, Thai and others)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind one submission, as they were given. Empty ones are passed over.

    `also` are further words that a person wants masked. Where there is a `pseudonym`, it stands in
    place of the first of the people, in square brackets.
    """

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    pseudonym: str = ""


def names_of(submissions: Iterable[Submission]) -> dict[str, Names]:
    """What to mask in the words of each submission, by its id: its own names and further words, and
    those of what was joined with it."""
    every = list(submissions)
    named = {one.id: [one] for one in every}
    for one in every:
        if one.status is Status.JOINED and one.of_id in named:
            named[one.of_id].append(one)
    return {
        owner: Names(
            tuple(one.respondent for one in behind),
            tuple(one.organisation for one in behind),
            tuple(word for one in behind for word in further(one.also_masked)),
            behind[0].pseudonym,
        )
        for owner, behind in named.items()
    }


def further(words: str) -> list[str]:
    """The single entries of words to be masked that are parted by semicolons or lines."""
    return [entry for entry in map(str.strip, re.split("[;\r\n]", words)) if entry]


def every_name(submissions: Iterable[Submission]) -> Names:
    """The names of all respondents and organisations."""
    of = list(submissions)
    return Names(
        tuple(dict.fromkeys(one.respondent for one in of)),
        tuple(dict.fromkeys(one.organisation for one in of)),
    )


def secret_names(submissions: Iterable[Submission]) -> Names:
    """The names to mask in what researchers wrote themselves, such as codes: those behind every
    submission that is not published under its name."""
    return every_name(
        one
        for one in submissions
        if one.permission is not Permission.NAMED or barred(one.permission, one.status)
    )


@lru_cache(maxsize=512)
def known(names: Names) -> bool:
    """Whether it is known what to mask: a name that can be looked for, or a respondent such as
    “Anonymous”, which says that there is none."""
    declined = any("".join(_words(name)) in _DECLINED for name in names.people)
    return declined or bool(_sought(replace(names, also=(), pseudonym="")).patterns)


def can_be_found(words: str) -> bool:
    """Whether there is enough of these words to look for them in a text."""
    return bool(_sought(Names(also=(words,))).patterns)


def words_of(text: str) -> list[str]:
    """The words and numbers of a text as they are compared: without case, accents and invisible
    characters."""
    return _words(text)


def mask(words: str, names: Names, before: str = "", after: str = "") -> str:
    """The words with each of the names as `[name]`, or the respondent's own as `[Rose]`, and
    further words as `[withheld]`.

    People are found by their whole name and by every part of it with at least two letters;
    organisations and further words only as a whole, organisations with or without a leading “The”
    or their legal form. E-mail addresses and handles that hold a part of a name go as a whole.
    `before` and `after` is the text around the words: what they hold of a name that goes on there
    is masked too. Where several answer together it is not known whom a part of their names means:
    only the whole of it is the pseudonym.
    """
    return _cover(words, found(words, names, before, after))


def found(
    words: str, names: Names, before: str = "", after: str = ""
) -> list[tuple[int, int, str]]:
    """Where something is masked in the words, `[start, end)` in code points, and what stands there
    instead, in their order and apart."""
    spans = [
        (*span, shown)
        for shown, some in _shown(names)
        for span in _spans_within(words, some, before, after)
    ]
    joined: list[tuple[int, int, str]] = []
    for start, end, shown in sorted(spans, key=lambda span: (span[0], -span[1])):
        if joined and not words[joined[-1][1] : start].strip(" \t\u00a0-"):
            first, last, said = joined[-1]
            if start >= last and WITHHELD in (said, shown) and said != shown:
                joined.append((start, end, shown))
                continue
            alike = shown == said or end <= last
            joined[-1] = (first, max(end, last), said if alike else MASK)
        else:
            joined.append((start, end, shown))
    return joined


def _shown(names: Names) -> Iterator[tuple[str, Names]]:
    """What stands in place of which of the names."""
    yield WITHHELD, Names(also=names.also)
    names = replace(names, also=())
    if not names.pseudonym or not names.people:
        yield MASK, names
        return
    first = names.people[0]
    own = {one for one in names.people if _same_person(one, first)}
    others = tuple(one for one in names.people if one not in own or _several(one))
    told = Names(also=(first,)) if _several(first) else Names(people=tuple(sorted(own)))
    yield f"[{names.pseudonym}]", told
    yield MASK, replace(names, people=others, pseudonym="")


def _same_person(one: str, other: str) -> bool:
    words, others = set(person_words(one)), set(person_words(other))
    return one == other or bool(words and others and (words <= others or others <= words))


def _several(respondent: str) -> bool:
    return "and" in _words(respondent) or any(sign in respondent for sign in "&/;")


def _spans_within(words: str, names: Names, before: str, after: str) -> list[tuple[int, int]]:
    """Where the names stand in the words, those among them that go on outside."""
    if not _sought(names).patterns:
        return []
    start, end = len(before), len(before) + len(words)
    spans = _spans(words, names)
    if before or after:
        spans += [
            (max(first, start) - start, min(last, end) - start)
            for first, last in _spans(before + words + after, names)
            if first < end and last > start
        ]
    return spans


def _spans(text: str, names: Names) -> list[tuple[int, int]]:
    """Where the names stand in the text, in no order."""
    sought = _sought(names)
    found: list[tuple[int, int]] = []
    for folded, places in _readings(text):
        hits = [
            match.span()
            for needle, pattern in sought.patterns
            if needle in folded
            for match in pattern.finditer(folded)
        ]
        hits += [
            match.span()
            for match in (_SHORT.finditer(folded) if sought.short else ())
            if match[0] in sought.short and not text[places[match.start()]].islower()
        ]
        hits += _addresses(folded, sought)
        found += [(places[start], places[end - 1] + 1) for start, end in hits]
    return found


def _cover(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    kept: list[str] = []
    place = 0
    for start, end, shown in spans:
        kept += (text[place:start], shown)
        place = _past_marks(text, end)
    return "".join([*kept, text[place:]])


def _past_marks(text: str, place: int) -> int:
    """The position after accents and invisible characters that belong to the letter before."""
    while place < len(text) and not _letters(text[place]):
        place += 1
    return place


def _readings(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """The folded text as it stands and, where hyphens part words at the ends of lines, with these
    put together again."""
    folded, places = folded_name(text)
    yield folded, places
    gone = {place for match in _LINE_BREAK.finditer(text) for place in range(*match.span())}
    if gone:
        kept = [index for index, place in enumerate(places) if place not in gone]
        yield "".join(folded[index] for index in kept), [places[index] for index in kept]


def folded_name(text: str) -> tuple[str, Sequence[int]]:
    """The text without case, accents and invisible characters, and where each character of it
    stands in the original."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded = text.translate(_FOLDED)
    if _FOLDED.uneven.isdisjoint(text):
        return folded, range(len(text))
    letters = list(map(_letters, text))
    return "".join(letters), [place for place, found in enumerate(letters) for _ in found]


@lru_cache(maxsize=4096)
def _letters(character: str) -> str:
    if character.isascii():
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    plain = decomposed.translate(_PLAIN)
    return "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))


class _Folded(dict[int, str]):
    """How each character met so far is folded; `uneven` are those that become none or several."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        letters = self[code] = _letters(chr(code))
        if len(letters) != 1:
            self.uneven.add(chr(code))
        return letters


_FOLDED = _Folded()


def _words(name: str) -> list[str]:
    return _WORD.findall(folded_name(name)[0])


def person_words(name: str) -> list[str]:
    """The words of a personal name without titles; of an e-mail address, those before the `@`."""
    words = [word for word in _words(name.split("@", maxsplit=1)[0]) if not word.isdigit()]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return [] if "".join(words) in _NO_NAMES else words


def organisation_words(name: str) -> list[str]:
    words = [word for word in _words(name) if word != "and"]
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    return words


def _further_words(entry: str) -> list[str]:
    """The words of an entry of a person's own; “and” is found as “&” too."""
    return [word for word in _words(entry) if word != "and"]


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for: patterns, each behind a word that stands wherever it is found; words of
    two letters that must have a capital; and what gives an address away when it stands in it."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    short: frozenset[str]
    telltale: frozenset[str]


@lru_cache(maxsize=512)
def _sought(names: Names) -> _Sought:
    people = [person_words(name) for name in names.people]
    organisations = [organisation_words(name) for name in names.organisations]
    single = {word for words in people for word in words} - _JOINING
    parts = {word for word in single if _telling(word, 3)}
    wholes = [words for words in people + organisations if _telling("".join(words), 2)]
    also = [words for one in names.also if _telling("".join(words := _further_words(one)), 2)]
    elided = [_words(match) for name in names.people for match in _ELIDED.findall(name)]
    every = [*wholes, *elided, *([part] for part in parts)]
    found = {_pattern(words) for words in every if words}
    further = {_pattern(words) for words in also}
    wholes += also
    return _Sought(
        tuple((one, re.compile(_bounded(said))) for one, said in found)
        + tuple((one, re.compile(_whole(said))) for one, said in further),
        frozenset(word for word in single - TITLES - _POSTNOMINALS if len(word) == 2),
        frozenset(parts.union(one for one in map("".join, wholes) if _telling(one, 3))),
    )


def _pattern(words: Sequence[str]) -> tuple[str, str]:
    """The longest of the words, and what finds them all, one behind the other."""
    return max(words, key=len), _BETWEEN.join(map(re.escape, words))


def _telling(word: str, fewest: int) -> bool:
    """Whether the word is long enough to be a name; one sign is, in scripts such as Han."""
    return len(word) >= fewest or _unspaced(word)


def _unspaced(word: str) -> bool:
    return any(ord(character) >= _UNSPACED for character in word)


def _bounded(pattern: str) -> str:
    """The pattern between anything but letters: digits and underscores do not hide a name."""
    if _unspaced(pattern):
        return pattern
    return rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])"


def _whole(pattern: str) -> str:
    """The pattern between anything but letters and, where it begins or ends with one, digits."""
    bounded = _bounded(pattern)
    left = r"(?<!\d)" if pattern[0].isdigit() else ""
    return f"{left}{bounded}" + (r"(?!\d)" if pattern[-1].isdigit() else "")


_SHORT = re.compile(_bounded(r"[^\W\d_]{2}"))


def _addresses(folded: str, sought: _Sought) -> list[tuple[int, int]]:
    if "@" not in folded:
        return []
    return [
        match.span()
        for match in _TOKEN.finditer(folded)
        if "@" in match[0] and _gives_away(_words(match[0]), sought)
    ]


def _gives_away(words: Sequence[str], sought: _Sought) -> bool:
    joined = "".join(words)
    return not sought.short.isdisjoint(words) or any(one in joined for one in sought.telltale)
