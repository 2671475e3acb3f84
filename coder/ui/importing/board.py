"""A plan on the table: a person regroups it, leaves out and amends, and can take each act back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any

from coder.domain.model import Permission
from coder.project.plan import Plan, Proposal, Thing

_NAMES = tuple(one.name for one in fields(Proposal) if one.name != "things")
_particulars = attrgetter(*_NAMES)
_SENDER = frozenset({"respondent", "organisation", "type"})


class Grouping(StrEnum):
    """What makes one submission."""

    FILE = "Each file is a submission"
    FOLDER = "Each folder is a submission"
    ONE = "Everything is one submission"


@dataclass(frozen=True, slots=True)
class _Before:
    """How things stood before an act: the proposals in order, and what those it touched were."""

    label: str
    grouping: Grouping
    order: list[Proposal]
    states: list[_State]
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """What a proposal is made of, and its particulars in the order of `_NAMES`."""

    proposal: Proposal
    things: list[Thing]
    particulars: tuple[Any, ...]

    @classmethod
    def of(cls, proposal: Proposal) -> _State:
        return cls(proposal, list(proposal.things), _particulars(proposal))

    def bring_back(self) -> None:
        self.proposal.things = list(self.things)
        for name, value in zip(_NAMES, self.particulars, strict=True):
            setattr(self.proposal, name, value)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a plan was read before a table in it is read anew: everything that changes with it."""

    table: Thing
    fields: dict[str, Any]
    things: list[Thing]
    tag_questions: bool
    found: list[_State]
    origin: dict[int, Proposal]
    grouping: Grouping
    order: list[Proposal]
    states: list[_State] = field(repr=False)


class Board:
    """The plan with the acts of a person on it. Each act can be undone, the latest first. `closes`
    is the day on which the inquiry closes, `YYYY-MM-DD` or empty."""

    def __init__(self, plan: Plan, closes: str = "") -> None:
        self.plan = plan
        self._closes = closes
        self._tagging = plan.tag_questions
        self._done: list[_Before] = []
        self._take_as_found()

    def _take_as_found(self) -> None:
        """Takes the plan as it is now for the one that was found."""
        self.grouping = Grouping.FILE
        self._found = [_State.of(one) for one in self.plan.proposals]
        self._origin: dict[int, Proposal] = {}
        for one in self.plan.proposals:
            origin = replace(one, things=list(one.things))
            self._origin |= {id(thing): origin for thing in one.things}

    @property
    def undoable(self) -> str:
        """What the latest act is called, empty where there is none."""
        return self._done[-1].label if self._done else ""

    @property
    def changed(self) -> bool:
        """Whether a person has changed anything that would be lost."""
        return bool(self._done) or self.plan.tag_questions is not self._tagging

    def undo(self) -> None:
        """Takes the latest act back."""
        if not self._done:
            return
        before = self._done.pop()
        if before.reading is not None:
            self.bring_back(before.reading)
            return
        self.plan.proposals[:] = before.order
        self.grouping = before.grouping
        for state in before.states:
            state.bring_back()

    def about_to_read(self, table: Thing) -> Reading:
        """How everything is before a table is read anew: for `was_read`, or for `bring_back` where
        the reading did not come to its end."""
        return Reading(
            table,
            {one.name: getattr(table, one.name) for one in fields(Thing)},
            list(self.plan.things),
            self.plan.tag_questions,
            self._found,
            self._origin,
            self.grouping,
            list(self.plan.proposals),
            [_State.of(one) for one in self.plan.proposals],
        )

    def was_read(self, before: Reading) -> list[Proposal]:
        """Takes the plan with its table read anew as an act that can be undone; gives the
        submissions that the table makes now."""
        order, states = before.order, before.states
        self._done.append(_Before("columns", before.grouping, order, states, before))
        self._take_as_found()
        return self._homes(before.table.holds)

    def bring_back(self, before: Reading) -> list[Proposal]:
        """Makes everything as it was before a table was read anew; gives the submissions that the
        table makes."""
        for name, value in before.fields.items():
            setattr(before.table, name, value)
        self.plan.things[:] = before.things
        self.plan.tag_questions = before.tag_questions
        self._found, self._origin = before.found, before.origin
        self.grouping = before.grouping
        self.plan.proposals[:] = before.order
        for state in before.states:
            state.bring_back()
        return self._homes(before.table.holds)

    def amend(self, proposals: Sequence[Proposal], name: str, value: Any) -> bool:
        """Gives a field of these proposals a value; False where they had it already."""
        changed = [one for one in proposals if getattr(one, name) != value]
        if not changed:
            return False
        with self._act("change", changed):
            for one in changed:
                setattr(one, name, value)
                if name == "received":
                    one.late = self._is_late(one)
                if name in _SENDER:
                    one.several = False
        return True

    def join(self, proposals: Sequence[Proposal]) -> Proposal:
        """Makes one of two or more, in place of the first."""
        with self._act("join", proposals):
            made = self.plan.join(proposals)
            self._settle([made])
        return made

    def move(self, things: Sequence[Thing], to: Proposal | None) -> Proposal | None:
        """Moves files into a proposal, or together into a new one; gives it, or None where all of
        them were there already."""
        homes = self._homes(things)
        if all(home is to for home in homes) or (to is None and _all_of(homes, things)):
            return None
        with self._act("move", [*homes, *([to] if to else [])]):
            made = self.plan.move(things, to)
            if to is None:
                self._fill(made)
            self._settle([made, *(home for home in homes if home.things)])
        return made

    def split(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """Lets each proposal of several files fall apart into these; gives what they are then."""
        several = [one for one in proposals if len(one.things) > 1]
        if not several:
            return []
        chosen = {id(one) for one in several}
        made: list[Proposal] = []
        order: list[Proposal] = []
        with self._act("split", several):
            for one in self.plan.proposals:
                order.append(one)
                if id(one) in chosen:
                    parts = [Proposal([thing], into=one.into) for thing in one.things[1:]]
                    one.things[1:] = []
                    for part in parts:
                        self._fill(part)
                    self._settle([one, *parts])
                    order += parts
                    made += [one, *parts]
            self.plan.proposals[:] = order
        return made

    def group(self, grouping: Grouping) -> None:
        """Groups everything anew."""
        with self._act("group", self.plan.proposals):
            self._ungroup()
            if grouping is Grouping.FOLDER:
                self.plan.group_by_folder()
            elif grouping is Grouping.ONE:
                self.plan.group_as_one()
            self._settle(one for one in self.plan.proposals if len(one.things) > 1)
            self.grouping = grouping

    @contextmanager
    def _act(self, label: str, touched: Iterable[Proposal]) -> Iterator[None]:
        states = [_State.of(one) for one in {id(one): one for one in touched}.values()]
        self._done.append(_Before(label, self.grouping, list(self.plan.proposals), states))
        yield

    def _ungroup(self) -> None:
        """Brings back the proposals that were found; one that nobody regrouped keeps what a person
        wrote into it."""
        for state in self._found:
            if state.proposal.things != state.things:
                state.bring_back()
        self.plan.proposals[:] = [state.proposal for state in self._found]

    def _homes(self, things: Iterable[Thing]) -> list[Proposal]:
        wanted = {id(thing) for thing in things}
        return [
            one for one in self.plan.proposals if any(id(thing) in wanted for thing in one.things)
        ]

    def _origins(self, proposal: Proposal) -> list[Proposal]:
        """The proposals, as they were found, that its files come from."""
        return list({id(o): o for o in (self._origin[id(t)] for t in proposal.things)}.values())

    def _settle(self, proposals: Iterable[Proposal]) -> None:
        """Makes what is known of the files themselves follow them. A proposal repeats another only
        where all that it is made of does; it holds a campaign letter where any of its files is."""
        for proposal in proposals:
            origins = self._origins(proposal)
            said = (wish for origin in origins for wish in origin.wishes)
            proposal.wishes = tuple(dict.fromkeys(said))
            joined = len(origins) > 1
            proposal.late = self._is_late(proposal) or (joined and proposal.late)
            if proposal.several and not joined:
                proposal.several = False
                proposal.take_sender(origins[0])
            whole = len(proposal.things) == sum(len(origin.things) for origin in origins)
            repeated = {origin.same_as for origin in origins}
            proposal.same_as = repeated.pop() if whole and len(repeated) == 1 else ""
            letter = next((one for one in origins if whole and one.campaign), None)
            proposal.campaign, proposal.like = (letter.campaign, letter.like) if letter else (0, "")

    def _is_late(self, proposal: Proposal) -> bool:
        return bool(self._closes and proposal.received[:10] > self._closes)

    def _fill(self, proposal: Proposal) -> None:
        """Gives a new proposal what was found of the respondents of its files."""
        for origin in self._origins(proposal):
            proposal.take_sender(origin)
            for name in ("region", "received"):
                setattr(proposal, name, getattr(proposal, name) or getattr(origin, name))
            if proposal.permission is Permission.UNKNOWN:
                proposal.permission = origin.permission
            proposal.channel = origin.channel


def _all_of(homes: Sequence[Proposal], things: Sequence[Thing]) -> bool:
    return len(homes) == 1 and len(homes[0].things) == len(things)
