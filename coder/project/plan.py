"""What an import would do, before anything is written: the things given, and the submissions that
they would make. A person may regroup them; nothing here touches the project."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Self

from coder.domain.draft import Table
from coder.domain.model import DocumentKind, Permission, RespondentType


class Fate(StrEnum):
    """What would become of a thing that was given."""

    READY = "ready"
    OPENED = "opened"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"
    BLANK = "blank"
    SKIPPED = "skipped"


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
    matter. `staged` is the file in which the draft waits, None where there is none. `table` is what a
    table was found to hold; `Intake.map_columns` reads it again in another way.
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
    the sentences in it that speak of confidence or publication.
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

    @property
    def title(self) -> str:
        """How lists call it: the organisation, the respondent, or its first document."""
        titles = (document.title for thing in self.things for document in thing.documents)
        return self.organisation or self.respondent or next(titles, "")


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
        first, *others = sorted(proposals, key=self.proposals.index)
        for other in others:
            first.things += other.things
            first.wishes += other.wishes
            for name in ("respondent", "organisation", "region", "received", "same_as", "like"):
                setattr(first, name, getattr(first, name) or getattr(other, name))
            if first.type is RespondentType.UNKNOWN:
                first.type = other.type
            if first.permission is Permission.UNKNOWN:
                first.permission = other.permission
            first.late = first.late or other.late
            first.campaign = first.campaign or other.campaign
            self.proposals.remove(other)
        return first

    def move(self, things: Iterable[Thing], to: Proposal | None) -> Proposal:
        """Moves things into a proposal, or into a new one of their own (None), which stands behind
        the one they came from. A proposal that is left without things goes."""
        moved = list(things)
        place = min((self.proposals.index(self.proposal_of(one)) for one in moved), default=0)
        for thing in moved:
            home = self.proposal_of(thing)
            home.things.remove(thing)
        if to is None:
            to = Proposal()
            self.proposals.insert(place + 1, to)
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
        """Makes one proposal of all things that lie in one folder."""
        folders: dict[str, list[Proposal]] = {}
        for proposal in self.proposals:
            folders.setdefault(proposal.things[0].folder, []).append(proposal)
        for together in folders.values():
            self.join(together)

    def group_as_one(self) -> None:
        """Makes one proposal of everything."""
        if self.proposals:
            self.join(self.proposals)
