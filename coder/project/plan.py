"""What an import would do, before anything is written: the things given, and the submissions that
they would make. A person may regroup them; nothing here touches the project."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Self

from coder.domain.draft import Source, Table
from coder.domain.model import DocumentKind, Permission, RespondentType


class Fate(StrEnum):
    """What would become of a thing that was given."""

    READY = "ready"
    OPENED = "opened"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"
    BLANK = "blank"
    SKIPPED = "skipped"


def place_of(path: str, inside: str) -> str:
    """How a thing inside a file is told from others: the file's path and the place in it."""
    return f"{path}/{inside}" if inside else path


@dataclass(frozen=True, slots=True)
class Outline:
    """A document to be, without its text: title, kind, characters, and the question it answers."""

    title: str
    kind: DocumentKind
    characters: int
    media_ms: int | None = None
    question: str = ""
    problems: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Thing:
    """A file that was given, or something inside one: a mail of a mailbox, a row of a table.

    `path` is the file given, as the account names it; `inside` the place in it, empty for the file
    itself; `shown` how messages name it, from the folder that was named. `digest` is the SHA-256 of
    its own bytes and `container` that of the file it came out of. `of` names what a duplicate is
    the same as: a reference, or the `shown` of another thing. `what` says in sentences what is the
    matter. `staged` is the file in which the draft waits, None where there is none. `table` is what
    a table was found to hold; `Intake.map_columns` reads it again in another way.

    `source` is where its bytes are, None for a row of a table, whose draft has them; `keep` says
    that they are to be kept though no submission is made of it. `holds` are the things that came
    out of it. `below` says that it lies in a folder (one that was named, or one in a zip), by
    which it can be grouped. `alone` is the submission that it would make by itself. `withdrawn` is
    the reference under which the same bytes came in before and were withdrawn.
    """

    path: str
    shown: str
    inside: str = ""
    digest: str = ""
    bytes: int = 0
    kind: str = ""
    container: str = ""
    fate: Fate = Fate.READY
    of: str = ""
    what: str = ""
    documents: tuple[Outline, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    staged: Path | None = None
    table: Table | None = None
    source: Source | None = field(default=None, repr=False)
    keep: bool = True
    holds: list[Thing] = field(default_factory=list, repr=False)
    below: bool = False
    alone: Proposal | None = field(default=None, repr=False)
    withdrawn: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.container) and self.source is None

    @property
    def name(self) -> str:
        """What it is called by itself; a row of a table by its table too."""
        *_, container, name = ["", *self.shown.replace("\\", "/").split("/")]
        return name if self.source or not container else f"{name} of {container}"

    @property
    def place(self) -> str:
        """The file that was given, and the place in it where it is not the file itself."""
        return place_of(self.path, self.inside)

    @property
    def folder(self) -> str:
        """The folder it lies in, as shown; the folders inside a container count as such."""
        return str(PurePosixPath(self.shown.replace("\\", "/")).parent)


@dataclass(slots=True, eq=False)
class Proposal:
    """A submission to be, of one thing or several. What is said of the respondent is a guess from
    sender, signature and text, to be looked at.

    `into` is the reference of an earlier submission to which these are to be added, empty for a new
    one. `wanted` is False where the person has taken it out of the import. `same_as` is the
    reference, or the name of the thing, whose text this repeats word for word; `campaign` the
    number of the group of near-identical letters it belongs to, from 1, 0 for none; `like` the
    reference or name of that group's representative, empty where it is this one. `wishes` are
    the sentences in it that speak of confidence or publication. `several` says that its things
    speak of different senders, so that a person must say whose it is.
    """

    things: list[Thing] = field(default_factory=list)
    respondent: str = ""
    organisation: str = ""
    type: RespondentType = RespondentType.UNKNOWN
    permission: Permission = Permission.UNKNOWN
    region: str = ""
    received: str = ""
    channel: str = "file"
    late: bool = False
    wishes: tuple[str, ...] = ()
    same_as: str = ""
    campaign: int = 0
    like: str = ""
    into: str = ""
    wanted: bool = True
    several: bool = False

    @property
    def title(self) -> str:
        """How lists call it: the organisation, the respondent, a row of a table by its place, or
        its first document."""
        named = self.organisation or self.respondent
        if not named and self.things and self.things[0].is_row:
            return self.things[0].name
        return named or next((document.title for document in self._outlines()), "")

    @property
    def withdrawn(self) -> str:
        """The references under which something of it was withdrawn before, empty for none."""
        return ", ".join(dict.fromkeys(one.withdrawn for one in self.things if one.withdrawn))

    @property
    def blank(self) -> bool:
        """Whether nothing in it says anything: no text, no recording, no picture, and no part that
        was not read."""
        says = any(
            one.characters or one.kind in (DocumentKind.MEDIA, DocumentKind.DOCUMENT)
            for one in self._outlines()
        )
        return not says and not any(thing.problems for thing in self.things)

    @property
    def noticed(self) -> tuple[str, ...]:
        """The flags that its date and its text give it."""
        unread = any(
            one.kind is DocumentKind.DOCUMENT and not one.characters for one in self._outlines()
        )
        there = {
            "late": self.late,
            "wishes": bool(self.wishes),
            "needs-ocr": unread,
            "several-senders": self.several,
        }
        return tuple(flag for flag, given in there.items() if given)

    @property
    def marks(self) -> tuple[str, ...]:
        """Everything by which lists mark it: its flags, and what it repeats."""
        there = {
            "withdrawn": bool(self.withdrawn),
            "duplicate": bool(self.same_as),
            "campaign": bool(self.campaign),
        }
        return (*(mark for mark, given in there.items() if given), *self.noticed)

    def _outlines(self) -> Iterator[Outline]:
        return (document for thing in self.things for document in thing.documents)

    def take(self, other: Proposal) -> None:
        """Takes in the things of another, with their marks, and what it says where this one says
        nothing. What repeats another text does so no more once words of its own are added."""
        if not self.into:
            self.take_sender(other)
        self.take_marks(other)
        self.things += other.things
        for name in ("region", "received"):
            setattr(self, name, getattr(self, name) or getattr(other, name))
        if self.permission is Permission.UNKNOWN:
            self.permission = other.permission
        if self.same_as != other.same_as:
            self.same_as = ""
        if not self.campaign:
            self.campaign, self.like = other.campaign, other.like

    def take_marks(self, other: Proposal) -> None:
        """Takes over what a person must look at in the things of another. What was withdrawn before
        comes in with nothing else unless a person says so."""
        self.wishes += tuple(one for one in other.wishes if one not in self.wishes)
        self.late = self.late or other.late
        self.several = self.several or other.several
        self.wanted = self.wanted and (other.wanted or not other.withdrawn)

    def take_sender(self, other: Proposal) -> None:
        """Puts together who speaks in two: one's respondent, organisation and type, never a mixture
        of both. Where they contradict each other nothing is said, except what a person wrote."""
        ours, theirs = self.sender, other.sender
        if other.several and not self._written():
            self._forget_sender()
        if self.several or _is_part(theirs, ours):
            return
        if _is_part(ours, theirs):
            self.respondent, self.organisation, self.type = theirs
            return
        self.several = True
        if _contradict(ours, theirs) and not self._written():
            self._forget_sender()

    def _forget_sender(self) -> None:
        self.respondent, self.organisation, self.type = _NOBODY
        self.several = True

    def _written(self) -> bool:
        """Whether a person said who speaks, and no guess."""
        guesses = (thing.alone.sender for thing in self.things if thing.alone)
        return self.sender not in (_NOBODY, *guesses)

    @property
    def sender(self) -> Sender:
        """Who speaks in it: respondent, organisation, and type."""
        return self.respondent, self.organisation, self.type


Sender = tuple[str, str, RespondentType]
"""Who speaks: respondent, organisation, and type."""

_NOBODY: Sender = ("", "", RespondentType.UNKNOWN)


def _said(sender: Sender) -> tuple[str, ...]:
    """The three in a form to be compared, empty where nothing is said."""
    respondent, organisation, kind = sender
    known = "" if kind is RespondentType.UNKNOWN else str(kind)
    return respondent.casefold(), organisation.casefold(), known


def _is_part(sender: Sender, of: Sender) -> bool:
    """Whether it says nothing but what the other says too."""
    return all(not a or a == b for a, b in zip(_said(sender), _said(of), strict=True))


def _contradict(one: Sender, other: Sender) -> bool:
    """Whether the two cannot both be right."""
    return any(a and b and a != b for a, b in zip(_said(one), _said(other), strict=True))


@dataclass(slots=True)
class Plan:
    """Everything that was given, in order, and the submissions proposed. Use it in a `with`, or
    close it: the drafts wait in a folder of their own that goes with it. `tag_questions` says that
    answers are to be tagged with the questions they answer."""

    things: list[Thing] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    tag_questions: bool = True
    staging: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="evidence-coder-")
    )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()

    def close(self) -> None:
        """Removes the waiting drafts; the plan cannot be admitted after."""
        self.staging.cleanup()

    def left_behind(self) -> list[Thing]:
        """The things that make no submission: duplicates, unreadable, blank, skipped."""
        return [one for one in self.things if one.fate not in (Fate.READY, Fate.OPENED)]

    def join(self, proposals: Sequence[Proposal]) -> Proposal:
        """Makes one of several, in place of the first. What the first does not say of its
        respondent is taken from the others."""
        places = {id(one): place for place, one in enumerate(self.proposals)}
        [first] = self._join([sorted(proposals, key=lambda one: places[id(one)])])
        return first

    def _join(self, groups: Iterable[Sequence[Proposal]]) -> list[Proposal]:
        """Makes one of each group, whose members stand in the order of the plan."""
        gone: set[int] = set()
        heads = []
        for first, *others in groups:
            for other in others:
                first.take(other)
                gone.add(id(other))
            heads.append(first)
        self.proposals[:] = [one for one in self.proposals if id(one) not in gone]
        return heads

    def move(self, things: Iterable[Thing], to: Proposal | None) -> Proposal:
        """Moves things into a proposal, or into a new one of their own (None), which stands behind
        the one they came from and says what they say by themselves. A proposal that is left
        without things goes."""
        moved = list(things)
        homes = [self.proposal_of(one) for one in moved]
        place = min((self.proposals.index(one) for one in homes), default=0)
        for thing, home in zip(moved, homes, strict=True):
            home.things.remove(thing)
        if to is None:
            to = _alone(moved)
            self.proposals.insert(place + 1, to)
        else:
            to.take_marks(_alone(moved))
            to.things += moved
        self.proposals[:] = [one for one in self.proposals if one.things]
        return to

    def proposal_of(self, thing: Thing) -> Proposal:
        """The proposal that a thing belongs to. Raises LookupError for one that makes none."""
        for proposal in self.proposals:
            if thing in proposal.things:
                return proposal
        raise LookupError(thing.shown)

    def group_by_folder(self) -> None:
        """Makes one proposal of all things that lie in one folder, of those below a folder that
        was named or in one inside a container. Files named by themselves, the mails of a mailbox
        and the rows of a table stay apart."""
        folders: dict[str, list[Proposal]] = {}
        for proposal in self.proposals:
            thing = proposal.things[0]
            together = thing.below and not proposal.withdrawn
            folders.setdefault(thing.folder if together else f"\0{id(thing)}", []).append(proposal)
        self._join(folders.values())

    def group_as_one(self) -> None:
        """Makes one proposal of everything, but for what was withdrawn before."""
        together = [one for one in self.proposals if not one.withdrawn]
        if together:
            self._join([together])


def _alone(things: Sequence[Thing]) -> Proposal:
    """The proposal that these things make without any other."""
    said = [replace(one.alone or Proposal(), things=[one]) for one in things]
    first, *others = said or [Proposal()]
    for other in others:
        first.take(other)
    return first
