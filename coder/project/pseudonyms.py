"""Pseudonyms: the names under which anonymous respondents are quoted, everywhere the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from coder import places
from coder.domain.citation import barred
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Permission, Status, Submission
from coder.domain.text import listed
from coder.export.masking import Names, every_name, mask, words_of
from coder.project.evidence import refuse_withdrawn
from coder.store.store import Store

_WRITTEN = re.compile(r"[^\W_](?:[^\W_]|[ .'’-])*")
_LONGEST = 40


class Pseudonyms:
    """The pseudonyms of a project. Only the key, a file of its own, holds them beside the names."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def all(self) -> list[Submission]:
        """The submissions that have a pseudonym, in the order of references. What was joined with
        another is told under that one's."""
        return [one for one in self._standing() if one.pseudonym]

    def by_the_same(self, ref: str) -> list[Submission]:
        """The other submissions whose respondent has the same name, and so perhaps is the same.
        Raises NotFound."""
        return _by_the_same(self._store.read.submission(ref), self._standing())

    def choose(self, ref: str, name: str, *, together: bool = False) -> list[str]:
        """Chooses the pseudonym of a submission, and with `together` of all `by_the_same` name; in
        sentences, what is to be known of it.

        Raises NotFound, and Refused for what is no name, is another's pseudonym, or is or holds the
        name of a respondent or an organisation in this project.
        """
        self.check(ref, name)
        one, standing, name = self._store.read.submission(ref), self._standing(), _tidy(name)
        same = _by_the_same(one, standing)
        chosen = [one, *(same if together else ())]
        label = f"Choose a pseudonym for {listed([each.ref for each in chosen])}"
        with self._store.step(label, self._who()) as tx:
            for each in chosen:
                tx.put(replace(each, pseudonym=name))
        return list(self._notes(replace(one, pseudonym=name), () if together else same))

    def check(self, ref: str, name: str) -> None:
        """Raises what `choose` would, and changes nothing."""
        one, standing, name = self._store.read.submission(ref), self._standing(), _tidy(name)
        refuse_withdrawn(self._store.read, one)
        if one.status is Status.JOINED:
            raise Refused(
                f"{one.ref} was joined with another, and is told under its pseudonym.",
                "Give that one the pseudonym.",
            )
        if not words_of(name) or not _WRITTEN.fullmatch(name) or len(name) > _LONGEST:
            raise Refused(
                f"“{name}” cannot be a pseudonym.",
                f"Use letters, digits, spaces and hyphens, {_LONGEST} at most.",
            )
        same = _by_the_same(one, standing)
        taken = [
            other.ref
            for other in standing
            if other.id != one.id
            and other not in same
            and _folded(other.pseudonym) == _folded(name)
        ]
        if taken:
            raise Refused(f"“{name}” is the pseudonym of {listed(taken)} already.", "Use another.")
        if mask(name, every_name(self._store.read.submissions())) != name:
            raise Refused(
                f"“{name}” is, or holds, the name of a respondent or organisation here.",
                "Use a name that nobody in this project has.",
            )

    def remove(self, ref: str) -> None:
        """Takes the pseudonym of a submission away. Raises NotFound, and Refused where it has
        none."""
        one = self._store.read.submission(ref)
        if not one.pseudonym:
            raise Refused(f"{one.ref} has no pseudonym.")
        with self._store.step(f"Remove the pseudonym of {one.ref}", self._who()) as tx:
            tx.put(replace(one, pseudonym=""))

    def suggest(self, ref: str, not_these: Iterable[str] = ()) -> str:
        """A name that could be the pseudonym of a submission: that of another by the same name, or
        one of our own list that nobody here bears, nobody was given, and the submission does not
        have in its texts. Raises NotFound."""
        one = self._store.read.submission(ref)
        return self._suggest(one, self._standing(), {_folded(name) for name in not_these})

    def suggestions(self) -> dict[str, str]:
        """A pseudonym for each anonymous respondent who has none, by reference. Nothing is set."""
        found: dict[str, str] = {}
        standing = self._standing()
        for place, one in enumerate(standing):
            if one.permission is Permission.ANONYMOUS and not one.pseudonym:
                if barred(one.permission, one.status):
                    continue
                found[one.ref] = self._suggest(one, standing, set())
                standing[place] = replace(one, pseudonym=found[one.ref])
        return found

    def write_key(self, path: Path) -> int:
        """Writes which name is behind each pseudonym to a `.csv` file, which is to be kept apart;
        how many there are. Raises NotFound where there is none, EvidenceError for another ending
        or a file that cannot be written."""
        from coder.export.key import write_key

        chosen = self.all()
        if not chosen:
            raise NotFound("No submission has a pseudonym; nothing was written.")
        write_key(chosen, path)
        return len(chosen)

    def _standing(self) -> list[Submission]:
        gone = (Status.JOINED, Status.WITHDRAWN)
        return [one for one in self._store.read.submissions() if one.status not in gone]

    def _notes(self, one: Submission, same: Iterable[Submission]) -> Iterator[str]:
        others = [other for other in same if other.pseudonym != one.pseudonym]
        if one.permission is Permission.NAMED:
            yield f"{one.ref} is quoted by name, so its pseudonym is not used."
        elif one.permission is not Permission.ANONYMOUS:
            yield f"{one.ref} is in no pack until its permission is set."
        if mask(self._text(one), Names(people=(one.pseudonym,))) != self._text(one):
            yield (
                f"{one.ref} itself speaks of “{one.pseudonym}”: readers may take one for the other."
            )
        if others:
            refs = listed([other.ref for other in others])
            verb = "is" if len(others) == 1 else "are"
            yield f"{refs} {verb} by the same name, under {_told(others)}."

    def _suggest(self, one: Submission, standing: list[Submission], past: set[str]) -> str:
        for other in _by_the_same(one, standing):
            if other.pseudonym and _folded(other.pseudonym) not in past:
                return other.pseudonym
        taken = {_folded(other.pseudonym) for other in standing} | past
        said = set(words_of(self._text(one)))
        everyone = every_name(standing)
        initial = "".join(words_of(one.respondent))[:1]
        for name in _names():
            if _folded(name) in taken or said & set(words_of(name)):
                continue
            if _folded(name)[0] != initial and mask(name, everyone) == name:
                return name
        raise NotFound("There is no name left to suggest.", "Make one up yourself.")

    def _text(self, one: Submission) -> str:
        read = self._store.read
        documents = [read.document(document.id) for document in read.documents(one.id)]
        return "\n".join(chain.from_iterable((each.title, each.text) for each in documents))


def _names() -> Iterator[str]:
    """Our own names, and when they are used up the same with a letter behind."""
    names = (places.resources() / "pseudonyms.txt").read_text("utf-8").split()
    yield from names
    for letter in "BCDFGHKLMNPRSTVW":
        yield from (f"{name} {letter}" for name in names)


def _by_the_same(one: Submission, standing: Iterable[Submission]) -> list[Submission]:
    name = _folded(one.respondent)
    return [
        other
        for other in standing
        if name and other.id != one.id and _folded(other.respondent) == name
    ]


def _told(others: Sequence[Submission]) -> str:
    named = list(dict.fromkeys(other.pseudonym for other in others if other.pseudonym))
    return f"the pseudonym {listed(named)}" if named else "no pseudonym yet"


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _folded(name: str) -> str:
    return " ".join(words_of(name))
