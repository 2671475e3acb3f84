"""Settling where coders differ: the queue of disagreements, and every act on one of them. What is
settled on is put down as codings of a coder of its own, `agreed`; nobody's own are touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from coder.analysis.disagreements import Disagreement, Kind, Put, Side, agreements
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Coding, Document, now
from coder.domain.together import Decision, Settled
from coder.project.agreeing import Agreed
from coder.project.codings import trimmed
from coder.project.decisions import decision_id, state_of
from coder.project.differing import EVERYBODY, Case, Look, Options, Queue, State
from coder.project.moment import at_one_moment
from coder.store import citing, settled
from coder.store.journal import Step
from coder.store.store import Store

__all__ = [
    "Adopted",
    "Case",
    "Disagreement",
    "Kind",
    "Options",
    "Queue",
    "Settling",
    "Side",
    "State",
]


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting did to the agreed codings: how many it made, how many went since the coders no
    longer agree, and how many stood already."""

    made: int
    gone: int
    standing: int


class Settling:
    """Acts on disagreements, each one step of whoever decides."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    @at_one_moment
    def queue(self, options: Options = EVERYBODY) -> Queue:
        """All disagreements of these coders, open and settled."""
        return Look(self._store.reader, options).queue()

    def context(self, case: Case, around: int = 300) -> tuple[Document, str]:
        """The document of a case with its text, and how its passage is cited. Raises NotFound."""
        read = self._store.read
        document = read.document(case.place.document_id)
        passage = citing.passage(read, document, case.place.start, case.place.end)
        return document, passage.citation

    def shared(self, case: Case) -> list[Coding]:
        """What all of these coders put alike on the passage of a case, one coding of each kind."""
        codings = self._store.read.codings(case.place.document_id)
        compared = {case.place.document_id: case.place.coders}
        return [
            alike[0]
            for alike in agreements(codings, compared)
            if alike[0].start < case.place.end and case.place.start < alike[0].end
        ]

    def accept(self, case: Case, side: Side, why: str = "") -> Decision:
        """Settles on what one side put, or on nothing where they put nothing. Raises Refused where
        a coding was changed meanwhile, as do the acts below."""
        return self._settle(case, Settled.ACCEPTED, side.put, why)

    def keep_both(self, case: Case, why: str = "") -> Decision:
        """Settles on what all sides put; where one code overlaps itself, once on all of it."""
        every = (put for side in case.place.sides for put in side.put)
        return self._settle(case, Settled.BOTH, _joined(every), why)

    def recode(
        self,
        case: Case,
        code_ids: Collection[str],
        why: str = "",
        span: tuple[int, int] | None = None,
    ) -> Decision:
        """Settles on these codes, on the whole passage or on `span` in code points."""
        start, end = span or (case.place.start, case.place.end)
        if not code_ids:
            raise Refused("No code is chosen.", "Choose the one that the passage should have.")
        puts = [(one, start, end) for one in code_ids]
        return self._settle(case, Settled.RECODED, puts, why)

    def leave(self, case: Case, why: str = "") -> Decision:
        """Settles that it stays as it is: nothing of it is agreed on."""
        return self._settle(case, Settled.LEFT, (), why)

    def reopen(self, case: Case) -> None:
        """Takes a decision and its agreed codings away, so that the case is open again. Raises
        NotFound where it was not decided."""
        decision = case.decision
        if decision is None or not self._store.read.has("decisions", decision.id):
            raise NotFound("This was not settled, or has been reopened already.")
        with self._store.step(f"Reopen {self._told(case)}", self._who()) as tx:
            Agreed(tx, decision.document_id).drop([decision], case.place.coders)

    def adopt(self, options: Options = EVERYBODY) -> Adopted:
        """Makes an agreed coding of everything on which all of these coders agree, the same code on
        the same passage, as one act. Takes away what was adopted so before and is no longer agreed
        on, and decisions on codings that all agree on by now. Raises Refused where nobody can be
        compared."""
        with self._store.step("Adopt what all coders agree on", self._who()) as tx:
            look = Look(tx.connection, options)
            if not look.compared:
                raise Refused(
                    "No document has been coded by several of these coders.",
                    "Let two or more code the same submissions first.",
                )
            alike: dict[str, list[tuple[Coding, ...]]] = {one: [] for one in look.compared}
            for codings in agreements(look.codings, look.compared):
                alike[codings[0].document_id].append(codings)
            done = [Agreed(tx, one).adopt(found) for one, found in alike.items()]
        return Adopted(*(sum(counts) for counts in zip(*done, strict=True)))

    # Below: how it is done

    def _settle(self, case: Case, how: Settled, puts: Iterable[Put], why: str) -> Decision:
        codings = case.place.codings
        ids = [one.id for one in codings]
        label = f"Settle {self._told(case)}"
        with self._store.step(label, self._who()) as tx:
            _refuse_changed(tx, codings)
            agreed = Agreed(tx, case.place.document_id)
            agreed.make_room(case.place)
            spans = self._bare(tx, case, how, puts)
            decision = Decision(
                decision_id(codings),
                case.place.document_id,
                case.place.start,
                case.place.end,
                self._who().id,
                now(),
                how,
                why.strip(),
                tuple(sorted(ids)),
                tuple(agreed.put(one, codings).id for one in spans),
                state_of(codings),
            )
            tx.put(decision)
        return decision

    def _bare(self, tx: Step, case: Case, how: Settled, puts: Iterable[Put]) -> list[Put]:
        """What is put, without white space at the ends where somebody chose the passage."""
        if how is not Settled.RECODED:
            return list(puts)
        text = tx.read.text_of(case.place.document_id)
        return [(code, *trimmed(text, start, min(end, len(text)))) for code, start, end in puts]

    def _told(self, case: Case) -> str:
        read = self._store.read
        names = sorted(code.name for code in map(read.code, case.place.codes) if code)
        told = ", ".join(f"“{name}”" for name in names) or "what was tagged"
        return f"{told} in {case.ref}"


def _joined(puts: Iterable[Put]) -> list[Put]:
    """The same, those of one code that overlap as one, in the order of the text."""
    joined: list[Put] = []
    for code, start, end in sorted(puts):
        if joined and joined[-1][0] == code and start < joined[-1][2]:
            joined[-1] = (code, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((code, start, end))
    return sorted(joined, key=lambda put: put[1:])


def _refuse_changed(tx: Step, codings: Collection[Coding]) -> None:
    there = settled.codings_by_id(tx.connection, [one.id for one in codings])
    if not codings or state_of(there.values()) != state_of(codings):
        raise Refused(
            "One of these tags has been changed or removed meanwhile.",
            "Look at the disagreement as it is now.",
        )
