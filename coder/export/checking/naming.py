"""Finds names in a report that must not be told: those of respondents who did not allow it.

Anywhere in the report only whole names count, with capitals: of a person at least two words, and of
an organisation its whole name of at least two words. Beside a quotation, in its paragraph and its
note, a single part of its own respondent's name counts too, and a name of one word, where it has a
capital and no such word stands in the report without one; so *Will* and *Hope* make no alarm. So do
the further words that a person wants masked in that submission.
Names under which other evidence is published are no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder.domain.model import Permission, Submission
from coder.export.checking.binding import SAYING, SENTENCE
from coder.export.checking.story import Story
from coder.export.masking import TITLES, folded_name, further, organisation_words, person_words

_WORD = re.compile(r"[^\W_]+")
_JOINING = frozenset({"and", "of", "the", "for", "on", "in", "at", "de", "la", "du", "van", "von"})
_ARTICLES = frozenset({"a", "an", "the"})
_SHORTEST_PART = 3
_LONGEST_NAME = 10
_LONGEST_LEAD = 400
_MOST_BETWEEN = 80
"""Code points before a quotation in which a name is looked for, and at most between the two."""

_TELLS = re.compile(
    rf"\b(?:{SAYING}|argu(?:es|ed)|describe[sd]|observe[sd]|warn(?:s|ed)|recall(?:s|ed)"
    r"|remark(?:s|ed)|suggest(?:s|ed)|ask(?:s|ed))\b"
)
_NOT_SPEAKING = re.compile(
    r"\b(?:about|after|against|as|because of|before|behind|by|for|from|like|of|than|to|unlike|with)"
    r"\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_GIVEN_FIRST = re.compile(r"^([^,]+),\s*([^,]+)$")

Name = tuple[str, ...]
"""A name's words without case and accents."""


@dataclass(frozen=True, slots=True)
class Told:
    """A name that a paragraph tells, `[start, end)` in it, and the submissions behind it. `loose`
    says that it is not written as they have it: `Mr Ashpole`, so that others may bear it too."""

    start: int
    end: int
    words: str
    submissions: tuple[str, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Spoken:
    folded: str
    start: int
    end: int
    capital: bool


class Naming:
    """The secret names of an inquiry, looked for in a report."""

    def __init__(self, submissions: Sequence[Submission], story: Story) -> None:
        self._public: dict[Name, set[str]] = {}
        for one in submissions:
            if _is_open(one):
                for name in (*_people(one), *_organisations(one)):
                    self._public.setdefault(name, set()).update({one.id, one.of_id} - {""})
        self._speaking = {name: set(ids) for name, ids in self._public.items() if len(name) > 1}
        for one in submissions:
            if _is_open(one):
                for name in _spoken_of(one):
                    self._speaking.setdefault(name, set()).update({one.id, one.of_id} - {""})
        public = set(self._public)
        self._wholes: dict[str, list[tuple[Name, str]]] = {}
        self._parts: dict[str, set[Name]] = {}
        self._marked: dict[str, list[Name]] = {}
        for one in submissions:
            if _is_open(one):
                continue
            for name in {*_people(one), *_organisations(one)} - public:
                if len(name) > 1:
                    self._wholes.setdefault(name[0], []).append((name, one.id))
                else:
                    self._parts.setdefault(one.id, set()).add(name)
            self._marked[one.id] = [
                words for entry in further(one.also_masked) if (words := tuple(_folded(entry)))
            ]
            parts = {(part,) for name in _people(one) for part in name if part not in _JOINING}
            known = {(part,) for name in public for part in name if len(name) == 1}
            self._parts.setdefault(one.id, set()).update(parts - known)
        self._spoken = [list(_words(one.text)) for one in story.paragraphs]
        self._texts = [one.text for one in story.paragraphs]
        self._plain = {word.folded for words in self._spoken for word in words if not word.capital}

    def anywhere(self, place: int) -> list[Told]:
        """The whole names that a paragraph tells."""
        words = self._spoken[place]
        found: dict[tuple[int, int], list[str]] = {}
        for number, word in enumerate(words):
            for name, submission in self._wholes.get(word.folded, ()):
                end = number + len(name)
                several = words[number:end]
                if tuple(one.folded for one in several) == name and _is_a_name(several):
                    found.setdefault((word.start, several[-1].end), []).append(submission)
        return self._told(place, found)

    def beside(self, place: int, submission_id: str) -> list[Told]:
        """The parts of the names behind a submission that a paragraph about it tells, and the words
        that are to be masked in it."""
        parts = self._parts.get(submission_id, set())
        words = self._spoken[place]
        found = {
            (word.start, word.end): [submission_id]
            for word in words
            if (word.folded,) in parts
            and word.capital
            and len(word.folded) >= _SHORTEST_PART
            and word.folded not in self._plain
        }
        for name in self._marked.get(submission_id, ()):
            for number in range(len(words) - len(name) + 1):
                several = words[number : number + len(name)]
                if tuple(one.folded for one in several) == name:
                    found[several[0].start, several[-1].end] = [submission_id]
        return self._told(place, found)

    def before(self, place: int, at: int) -> Told | None:
        """The public name that stands right before a place, with nothing but a bracket or a comma
        between; the longest of several."""
        words = [one for one in self._spoken[place] if one.end <= at]
        if not words or self._texts[place][words[-1].end : at].strip(" ,(\u00a0"):
            return None
        for length in range(_LONGEST_NAME, 0, -1):
            several = words[-length:]
            name = tuple(one.folded for one in several)
            behind = self._public.get(name) or self._speaking.get(name)
            if behind and len(several) == length and _is_a_name(several):
                start, end = several[0].start, several[-1].end
                told, loose = self._texts[place][start:end], name not in self._public
                return Told(start, end, told, tuple(sorted(behind)), loose)
        return None

    def speaker(self, place: int, start: int) -> Told | None:
        """The public name of whoever the words before `start` say is quoted there: `Mr Ashpole told
        us “…”`. None where they do not say so, or of somebody else too."""
        text = self._texts[place]
        begins = max(0, start - _LONGEST_LEAD)
        begins = max([m.end() for m in SENTENCE.finditer(text, begins, start)], default=begins)
        words = [one for one in self._spoken[place] if begins <= one.start and one.end <= start]
        for first in range(len(words) - 1, -1, -1):
            for length in range(min(_LONGEST_NAME, len(words) - first), 1, -1):
                several = words[first : first + length]
                behind = self._speaking.get(tuple(one.folded for one in several))
                if behind and _is_a_name(several):
                    name = Told(
                        several[0].start,
                        several[-1].end,
                        text[several[0].start : several[-1].end],
                        tuple(sorted(behind)),
                    )
                    return name if _speaks(text, name, begins, start) else None
        return None

    def _told(self, place: int, found: dict[tuple[int, int], list[str]]) -> list[Told]:
        return [
            Told(start, end, self._texts[place][start:end], tuple(dict.fromkeys(behind)))
            for (start, end), behind in found.items()
        ]


def _folded(name: str) -> list[str]:
    return [word.folded for word in _words(name)]


def _is_open(one: Submission) -> bool:
    return one.permission is Permission.NAMED


def _people(one: Submission) -> list[Name]:
    return [name] if (name := tuple(person_words(one.respondent))) else []


def _organisations(one: Submission) -> list[Name]:
    return [name] if (name := tuple(organisation_words(one.organisation))) else []


def _spoken_of(one: Submission) -> Iterator[Name]:
    """The ways in which a person is spoken of: both orders of the name, and a title with its last
    word."""
    respondent = _GIVEN_FIRST.sub(r"\2 \1", one.respondent.strip())
    name = tuple(person_words(respondent))
    if len(name) < 2 or name[0] in _ARTICLES:
        return
    yield name
    yield (name[-1], *name[:-1])
    yield from ((title, name[-1]) for title in TITLES - _ARTICLES)


def _speaks(text: str, name: Told, begins: int, start: int) -> bool:
    """Whether a name leads to what stands behind it, and names nobody else between."""
    between = text[name.end : start]
    if len(between) > _MOST_BETWEEN or _NOT_SPEAKING.search(text, begins, name.start):
        return False
    if any(letter.isupper() for letter in between):
        return False
    return _TELLS.search(between) is not None or between.rstrip(" “‘\"'«\n").endswith(":")


def _words(text: str) -> Iterator[_Spoken]:
    folded, places = folded_name(text)
    for match in _WORD.finditer(folded):
        start, end = places[match.start()], places[match.end() - 1] + 1
        if match[0] != "and":
            yield _Spoken(match[0], start, end, text[start].isupper())


def _is_a_name(words: Sequence[_Spoken]) -> bool:
    """Whether all words but the joining ones have a capital."""
    return all(one.capital or one.folded in _JOINING for one in words)
