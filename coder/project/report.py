"""What an import says of itself: every file that was given, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coder.domain.errors import EvidenceError
from coder.project.plan import Fate, Plan, Proposal, Thing, place_of

SKIPPED = "Skipped: "
"""How a sentence begins about what needs nobody's attention."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A thing that became a submission, or a part of one. `ref` is empty where it was only tried;
    `proposed` is the number of that submission among those of this import, from 1. `inside` is the
    place in the file `path`, where it is not the file itself."""

    path: str
    ref: str
    documents: int
    characters: int
    inside: str = ""
    flags: tuple[str, ...] = ()
    proposed: int = 0

    @property
    def place(self) -> str:
        """The file, and the place in it."""
        return place_of(self.path, self.inside)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A thing that has the bytes of another: its reference, or its path where it has none yet."""

    path: str
    of: str
    inside: str = ""

    @property
    def place(self) -> str:
        """The file, and the place in it."""
        return place_of(self.path, self.inside)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something a person must know of a thing. `shown` is how messages name it; `part` the part of
    it that is concerned, empty for all of it."""

    path: str
    inside: str
    shown: str
    part: str
    what: str

    @property
    def place(self) -> str:
        """The file, and the place in it, as `ImportReport.failed` gives it."""
        return place_of(self.path, self.inside)

    @property
    def sentence(self) -> str:
        """What is the matter, in a sentence that names the thing from the folder that was given."""
        if f"“{self.shown}”" in self.what:
            return self.what
        own = f"“{self.shown.replace(chr(92), '/').rpartition('/')[2]}”"
        if own in self.what:
            return self.what.replace(own, f"“{self.shown}”", 1)
        return f"{self.shown}{f', {self.part}' if self.part else ''}: {self.what}"


@dataclass(frozen=True, slots=True)
class Came:
    """Under which reference a thing came in, as which submission of the import (from 1), and how
    that one is flagged."""

    ref: str
    proposed: int
    flags: tuple[str, ...] = ()


@dataclass
class ImportReport:
    """What became of every file: each is in one of the three lists. `problems` also names parts
    of imported files that could not be read, and what was left out as a matter of course.

    `failed` are those that should have come in and did not (the file, and the place in it);
    `skipped` how many were left out as a matter of course, or by the person. `submissions` counts
    those that were made. `stopped` is what kept the import from going on: the person, or the disk.
    `proposals` are the submissions that would be made, where it was only tried.
    """

    imported: list[Imported] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    problems: list[Trouble] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    skipped: int = 0
    stopped: EvidenceError | None = None
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def submissions(self) -> int:
        """How many submissions were made or added to, or would be."""
        return len({one.proposed for one in self.imported})

    def sentences(self) -> list[str]:
        """Every problem in a sentence that names the file, from the folder that was given."""
        return [problem.sentence for problem in self.problems]

    def fill(self, plan: Plan, came: Mapping[int, Came], refused: Mapping[int, str]) -> None:
        """Accounts for everything in a plan, in its order. `came` and `refused` say by the identity
        of a thing what became of it; what is in neither was left out by the person, or not come
        to."""
        places = {one.shown: one.place for one in plan.things}
        refs = {one.shown: came[id(one)].ref for one in plan.things if id(one) in came}
        unwanted = {id(thing) for one in plan.proposals if not one.wanted for thing in one.things}
        for thing in plan.things:
            if thing.fate is Fate.DUPLICATE:
                of = refs.get(thing.of) or places.get(thing.of, thing.of)
                self.duplicates.append(Duplicate(thing.path, of, thing.inside))
            elif thing.fate is Fate.SKIPPED:
                self._skip(thing, thing.what)
            elif thing.fate is Fate.OPENED:
                self._opened(thing)
            elif thing.fate is not Fate.READY:
                self._fail(thing, thing.what)
            elif id(thing) in came:
                self._take(thing, came[id(thing)])
            elif id(thing) in refused:
                self._fail(thing, refused[id(thing)])
            elif id(thing) in unwanted and thing.withdrawn:
                self._fail(thing, withdrawn_before(thing))
            elif id(thing) in unwanted:
                self._skip(thing, f"“{thing.shown}” was left out of the import.")
            else:
                self._fail(thing, f"Not imported: {self.stopped}")

    def _take(self, thing: Thing, came: Came) -> None:
        characters = sum(one.characters for one in thing.documents)
        self.imported.append(
            Imported(
                thing.path,
                came.ref,
                len(thing.documents),
                characters,
                thing.inside,
                came.flags,
                came.proposed,
            )
        )
        for part, what in told_of(thing):
            self._tell(thing, part, what)

    def _opened(self, thing: Thing) -> None:
        for part, what in thing.problems:
            self._tell(thing, part, what)
            if not what.startswith(SKIPPED):
                self.failed.append(thing.place)

    def _fail(self, thing: Thing, what: str) -> None:
        self._tell(thing, "", what)
        for part, more in thing.problems:
            self._tell(thing, part, more)
        self.failed.append(thing.place)

    def _skip(self, thing: Thing, what: str) -> None:
        self._tell(thing, "", what)
        self.skipped += 1

    def _tell(self, thing: Thing, part: str, what: str) -> None:
        self.problems.append(Trouble(thing.path, thing.inside, thing.shown, part, what))

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names. `proposals` are those of an import
        that was only tried, in the order of their numbers."""
        return {
            "imported": [
                {
                    "path": one.path,
                    "inside": one.inside,
                    "ref": one.ref,
                    "proposed": one.proposed,
                    "documents": one.documents,
                    "characters": one.characters,
                    "flags": list(one.flags),
                }
                for one in self.imported
            ],
            "duplicates": [
                {"path": one.path, "inside": one.inside, "of": one.of} for one in self.duplicates
            ],
            "problems": [
                {"path": one.path, "inside": one.inside, "part": one.part, "what": one.what}
                for one in self.problems
            ],
            "proposals": [_proposed(one) for one in self.proposals],
        }


def _proposed(proposal: Proposal) -> dict[str, Any]:
    names = (
        "title respondent organisation type permission region received channel same_as like into"
    )
    told: dict[str, Any] = {name: getattr(proposal, name) for name in names.split()}
    told["flags"] = list(proposal.marks)
    told["wishes"] = list(proposal.wishes)
    return told


def withdrawn_before(thing: Thing) -> str:
    """Why a thing whose bytes were withdrawn before did not come in."""
    return (
        f"“{thing.shown}” was withdrawn as {thing.withdrawn}, so it was not brought in again. If it"
        " was sent anew, tick it in the window’s list of what would be imported."
    )


def told_of(thing: Thing) -> Iterator[tuple[str, str]]:
    """What a person must know of a thing that can come in, each with the part it is about."""
    yield from thing.problems
    for document in thing.documents:
        yield from ((document.title, what) for what in document.problems)
