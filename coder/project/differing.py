"""Where coders differ in a project, and what of it is settled: the queue of disagreements."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from coder.analysis.disagreements import Disagreement, Kind, disagreements, place
from coder.domain.codes import lineage
from coder.domain.model import Coding
from coder.domain.sight import Others, Sight
from coder.domain.together import Decision
from coder.project.decisions import decision_id, stands
from coder.store import settled
from coder.store.reads import Reads

_EVERYTHING = Sight()


@dataclass(frozen=True, slots=True)
class Options:
    """Whom to compare, by id: these, in the documents that all of them have coded or read; or
    without any everybody, in the documents that several have coded. `sight` is whose codings are
    seen: of those who code blind, only documents that they have declared coded are compared."""

    coders: tuple[str, ...] = ()
    sight: Sight = _EVERYTHING


EVERYBODY = Options()


class State(StrEnum):
    """Where a disagreement stands: never decided; decided, but a coding was changed since; decided;
    or decided on what is no longer there as it was, and the coders no longer differ so."""

    OPEN = "open"
    AGAIN = "again"
    SETTLED = "settled"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Case:
    """A disagreement in the queue: in which document, over which `words`, and what was decided on
    it last. Its id is that of a decision on it."""

    id: str
    submission_id: str
    ref: str
    document: str
    words: str
    place: Disagreement
    state: State
    decision: Decision | None = None

    @property
    def open(self) -> bool:
        """Whether it waits to be settled."""
        return self.state in (State.OPEN, State.AGAIN)


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be settled, the most telling first, and behind it what was settled, the latest
    first; the ids of the `coders` and how many `documents` were compared."""

    cases: tuple[Case, ...] = ()
    coders: tuple[str, ...] = ()
    documents: int = 0

    @property
    def open(self) -> int:
        """How many wait to be settled."""
        return sum(case.open for case in self.cases)


class Look:
    """Who is compared where, with their codings, at one moment."""

    def __init__(self, connection: sqlite3.Connection, options: Options) -> None:
        self._db = connection
        self.read = Reads(connection)
        self._codes = {code.id: code for code in self.read.codes()}
        self.themes = {
            one: [code.id for code in lineage(one, self._codes)][-1] for one in self._codes
        }
        self.compared = self._who_where(options)
        self.codings = settled.codings_in(connection, self.compared)

    def _who_where(self, options: Options) -> dict[str, set[str]]:
        chosen = set(options.coders)
        found = settled.who_coded(self._db, read=bool(chosen))
        if chosen:
            found = {one: chosen for one, coders in found.items() if chosen <= coders}
        sight = options.sight
        if not sight.whole:
            blind = sight.others is Others.BLIND
            seen = settled.declared_by(self._db, sight.coder_id) if blind else set()
            found = {one: coders for one, coders in found.items() if one in seen}
        return {one: coders for one, coders in found.items() if len(coders) > 1}

    def queue(self) -> Queue:
        decisions = settled.decisions(self._db)
        there = settled.codings_by_id(
            self._db, {one for decision in decisions for one in decision.codings}
        )
        standing = {one.id for one in decisions if stands(one, there)}
        of_coding: dict[str, list[Decision]] = {}
        for decision in decisions:
            for one in decision.codings:
                of_coding.setdefault(one, []).append(decision)
        open_: list[Case] = []
        closed: list[Case] = []
        spoken_of: set[str] = set()
        tell = _Teller(self.read)
        for found in disagreements(self.codings, self.compared, self.themes):
            about = _about(found, of_coding)
            spoken_of.update(one.id for one in about)
            covering = [one for one in about if one.id in standing and _covers(one, found)]
            if covering:
                closed.append(tell.case(found, State.SETTLED, covering[-1]))
            elif about:
                open_.append(tell.case(found, State.AGAIN, about[-1]))
            else:
                open_.append(tell.case(found, State.OPEN))
        closed += [
            tell.case(self._past(decision, there), State.PAST, decision)
            for decision in decisions
            if decision.id not in spoken_of and decision.document_id in self.compared
        ]
        closed.sort(key=lambda case: case.decision.decided_at if case.decision else "")
        coders = sorted({one for some in self.compared.values() for one in some})
        return Queue((*open_, *reversed(closed)), tuple(coders), len(self.compared))

    def _past(self, decision: Decision, there: Mapping[str, Coding]) -> Disagreement:
        codings = [there[one] for one in decision.codings if one in there]
        if codings:
            return place(codings, {one.coder_id for one in codings}, self.themes)
        span = decision.document_id, decision.start, decision.end
        return Disagreement(*span, Kind.BOUNDARIES, (), far=False, at_odds=0, apart=0)


def _about(found: Disagreement, of_coding: Mapping[str, list[Decision]]) -> list[Decision]:
    """The decisions that speak of one of these codings, the latest last."""
    about = {one.id: one for coding in found.codings for one in of_coding.get(coding.id, ())}
    return sorted(about.values(), key=lambda one: (one.decided_at, one.id))


def _covers(decision: Decision, found: Disagreement) -> bool:
    return {one.id for one in found.codings} <= set(decision.codings)


class _Teller:
    """Says where disagreements are, reading each document once."""

    def __init__(self, read: Reads) -> None:
        self._read = read
        self._places: dict[str, tuple[str, str, str]] = {}
        self._texts: dict[str, str] = {}

    def case(self, found: Disagreement, state: State, decision: Decision | None = None) -> Case:
        document_id = found.document_id
        if document_id not in self._places:
            self._places[document_id] = self._read.place_of(document_id)
            self._texts[document_id] = self._read.text_of(document_id)
        submission_id, ref, title = self._places[document_id]
        words = self._texts[document_id][found.start : found.end]
        own = decision.id if decision and state is State.PAST else decision_id(found.codings)
        return Case(own, submission_id, ref, title, words, found, state, decision)
