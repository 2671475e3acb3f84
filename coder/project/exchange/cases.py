"""Submissions out of the cases of a file, and out of sources that stand in no case."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Any

from coder.domain.citation import as_reference, reference
from coder.domain.interchange import Case, SourceFile, derived
from coder.domain.model import About, Memo, Status, Submission
from coder.domain.text import one_line
from coder.project.exchange.arrival import Arrival, note_id
from coder.project.exchange.particulars import from_values, was_submission
from coder.store.reads import Reads

_REF = re.compile(r"[A-Z][A-Z0-9]{0,7}?\d{4,}[a-z]{0,2}")
_OF_OTHERS = (Status.DUPLICATE, Status.JOINED)


@dataclass(frozen=True, slots=True)
class Holder:
    """What becomes one submission: a case, or a source by itself."""

    id: str
    name: str
    values: tuple[tuple[str, str], ...]
    sources: tuple[SourceFile, ...]
    description: str = ""
    case: bool = True


def holders(arrival: Arrival, withdrawn: set[str], lacking: Container[str]) -> list[Holder]:
    """Every source but for those withdrawn here and those lacking all, in the first case that names
    it, or by itself. A case without sources counts only where it was a submission: those of other
    programs say nothing by themselves."""
    sources = {
        one.id: one
        for one in arrival.project.sources
        if one.id not in withdrawn and one.id not in lacking
    }
    taken: set[str] = set()
    found = []
    for case in arrival.project.cases:
        own = [sources[one] for one in case.sources if one in sources]
        mine = tuple(one for one in own if one.id not in taken)
        _tell_of(arrival, case, len(own) - len(mine))
        if not mine and (case.sources or not was_submission(case.values)):
            empty = not own and withdrawn.isdisjoint(case.sources)
            why = "There is no evidence in them."
            arrival.losses.add("cases without a source", why, case.name, empty)
            continue
        taken.update(one.id for one in mine)
        found.append(Holder(case.id, case.name, case.values, mine, case.description))
    alone = (one for one in sources.values() if one.id not in taken)
    found += [Holder(derived("submission", one.id), "", (), (one,), case=False) for one in alone]
    return found


def _tell_of(arrival: Arrival, case: Case, shared: int) -> None:
    losses = arrival.losses
    why = "A source is in one submission here; it came in with the first case that names it."
    losses.add("sources in several cases", why, case.name, shared)
    why = "A submission here has whole documents."
    losses.add("parts of sources in cases", why, case.name, case.parts)
    losses.add("codes on cases", "Codes stand on passages here.", case.name, case.codes)


class Submissions:
    """Finds or makes the submissions of a file."""

    def __init__(self, arrival: Arrival) -> None:
        self.refs: list[str] = []
        self._arrival = arrival
        self._names = {one.id: one.name for one in arrival.project.variables}
        self._prefix = arrival.read.inquiry().prefix
        self._last = arrival.read.highest_number(self._prefix)
        self._same: dict[str, str] = {}
        self._by_ref: dict[str, str] = {}

    def take(self, holder: Holder) -> Submission | None:
        """The submission here that a holder is; None where it was withdrawn, here or there, and
        nothing may come of it."""
        values = (*holder.values, *(v for one in holder.sources for v in one.values))
        known, others = from_values(dict.fromkeys(values), self._names)
        self._by_ref.setdefault(known.get("ref", ""), holder.id)
        standing = self._standing(holder)
        if standing is None:
            standing = self._made(holder, known)
        else:
            self._meet(standing, known)
        self._arrival.ids[holder.id] = standing.id
        if standing.status is Status.WITHDRAWN:
            return None
        self._note(standing, holder, others)
        return standing

    def settle(self) -> None:
        """Lets duplicates and joined submissions refer to what they repeat, once all are there."""
        tx = self._arrival.tx
        for submission_id, same in self._same.items():
            one = tx.read.submission(submission_id)
            of = self._arrival.ids.get(self._by_ref.get(same, same), "")
            free = Status.RECEIVED if one.status in _OF_OTHERS else one.status
            tx.put(replace(one, of_id=of) if of else replace(one, status=free))

    def _standing(self, holder: Holder) -> Submission | None:
        """The submission of this id, or that which has one of its sources: a program may have
        passed over the case."""
        read = self._arrival.read
        if read.has("submissions", holder.id):
            return read.submission(holder.id)
        owners = (read.owner_of(source.id) for source in holder.sources)
        owner = next(filter(None, owners), "")
        return read.submission(owner) if owner else None

    def _made(self, holder: Holder, known: dict[str, Any]) -> Submission:
        arrival = self._arrival
        own = arrival.extras.record(Submission, holder.id)
        if own is not None:
            known = {"ref": own.ref, "of_id": own.of_id}
        said = {name: value for name, value in known.items() if name not in ("ref", "of_id")}
        if holder.case and not {"respondent", "organisation", "ref"} & known.keys():
            said["respondent"] = one_line(holder.name)
        ref = self._reference(holder.id, known.get("ref", ""))
        made = replace(own or Submission(holder.id, ref), ref=ref, of_id="", **said)
        arrival.tx.put(made)
        arrival.fresh.add(made.id)
        arrival.new["submissions"] += 1
        self.refs.append(ref)
        if known.get("of_id") or made.status in _OF_OTHERS:
            self._same[made.id] = known.get("of_id", "")
        return made

    def _reference(self, submission_id: str, wished: str) -> str:
        """The reference that a submission had, where nothing else ever had it here; else the next
        one that is free."""
        wished = as_reference(wished)
        if _REF.fullmatch(wished) and self._arrival.read.ever_called(wished) <= {submission_id}:
            return wished
        self._last = max(self._last, self._arrival.read.highest_number(self._prefix)) + 1
        ref = reference(self._prefix, self._last)
        if wished:
            why = "Their references are given to other evidence here, so they have new ones."
            self._arrival.losses.add("references changed", why, f"{wished}, now {ref}")
        return ref

    def _meet(self, standing: Submission, known: dict[str, Any]) -> None:
        """Tells where the file says something else of a submission that is here."""
        losses = self._arrival.losses
        self._arrival.there["submissions"] += 1
        theirs = known.get("status")
        if standing.status is Status.WITHDRAWN:
            if theirs is not Status.WITHDRAWN:
                why = "It was withdrawn here, so nothing of it was brought in."
                losses.add("submissions withdrawn here", why, standing.ref)
            return
        if theirs is Status.WITHDRAWN:
            why = (
                "The file says that it was withdrawn; here it stands. Withdraw it where that is so."
            )
            losses.add("submissions withdrawn in the file", why, standing.ref)
            return
        differs = {
            name
            for name, value in known.items()
            if name not in ("ref", "of_id") and getattr(standing, name) != value
        }
        if differs:
            why = "Their particulars here differ, and stay."
            losses.add("submissions said otherwise", why, standing.ref)

    def _note(self, standing: Submission, holder: Holder, others: list[tuple[str, str]]) -> None:
        """Keeps as memos what is said of a case and has no place of its own here."""
        lines = [f"{name}: {said}" for name, said in others]
        memos = {"variables": "\n".join(lines), "description": holder.description.strip()}
        if self._arrival.ours:
            memos = {}
        for what, text in memos.items():
            if text:
                put_memo(
                    self._arrival,
                    Memo(
                        note_id(standing.id, what),
                        About.SUBMISSION,
                        standing.id,
                        self._arrival.who.id,
                        self._arrival.moment(self._arrival.project.created),
                        text,
                    ),
                )


def put_memo(arrival: Arrival, memo: Memo) -> None:
    """Puts a memo, unless it is here; one that says something else here stays, and one on evidence
    that was withdrawn never comes back."""
    read = arrival.read
    about_evidence = memo.about in (About.SUBMISSION, About.DOCUMENT)
    if read.was_erased("memos", memo.id) or (about_evidence and not _stands(read, memo.of_id)):
        why = "What they are about was withdrawn here, or did not come in."
        arrival.losses.add("memos on evidence that is not here", why)
        return
    standing = arrival.read.memo(memo.id)
    if standing is None:
        arrival.tx.put(memo)
        arrival.new["memos"] += 1
        return
    arrival.there["memos"] += 1
    if standing.text != memo.text:
        arrival.losses.add("memos said otherwise", "They were changed here, and stay.")


def _stands(read: Reads, evidence_id: str) -> bool:
    """Whether this submission or document is here, and not withdrawn."""
    owner = read.owner_of(evidence_id)
    return bool(owner) and read.submission(owner).status is not Status.WITHDRAWN
