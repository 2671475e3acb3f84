"""Writes what a plan proposes into the project: an undoable step a submission, and an account of
everything that was given."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from coder.domain.citation import reference
from coder.domain.draft import Draft
from coder.domain.errors import EvidenceError, NotFound, Refused, Unreadable
from coder.domain.model import (
    Coder,
    Coding,
    Document,
    DocumentKind,
    Original,
    Receipt,
    Status,
    Submission,
    new_id,
    now,
)
from coder.domain.text import counted
from coder.jobs import Job
from coder.project.codings import trimmed
from coder.project.drafted import (
    document_of,
    receipt,
    recording_of,
    segments_of,
    sentence,
    stem,
    told,
)
from coder.project.plan import Fate, Plan, Proposal, Thing
from coder.project.questions import Questions
from coder.project.report import Came
from coder.project.staging import draft_of
from coder.store.journal import MACHINE, Step
from coder.store.store import Store

CAMPAIGN = "campaign"
_SECONDS = 0.25
_LARGE = 4 * 1024 * 1024
_TOGETHER = 200

Drafts = list[tuple[Thing, Draft]]
Kept = dict[int, Original]
"""The original of each thing and document, by their identity."""


class Admission:
    """One import. `came` says by the identity of a thing what became of it, once that is safe in
    the project; `refused` why a thing could not come in after all."""

    def __init__(self, store: Store, who: Callable[[], Coder], plan: Plan, job: Job) -> None:
        self.came: dict[int, Came] = {}
        self.refused: dict[int, str] = {}
        self._store = store
        self._who = who
        self._plan = plan
        self._job = job
        self._questions = Questions(store, who)
        self._inquiry = store.read.inquiry()
        self._last = 0
        self._ids: dict[str, str] = {}
        self._heads: dict[int, str] = {}

    def run(self) -> None:
        """Takes in what is wanted, then writes down what became of the rest. Raises Cancelled, and
        EvidenceError where the project can no longer be written to; what was finished stays."""
        waiting = deque(enumerate((one for one in self._plan.proposals if one.wanted), start=1))
        total = len(waiting)
        while waiting:
            self._job.check()
            if _size(waiting[0][1]) > _LARGE:
                self._large(*waiting.popleft(), total)
            else:
                self._batch(waiting, total)
        self._note_the_rest()
        self._job.report(total, total, "Import finished")

    def _batch(self, waiting: deque[tuple[int, Proposal]], total: int) -> None:
        """Takes in one after the other for a moment, made safe together. One that fails for good
        lets those before it come in."""
        done: dict[int, Came] = {}
        failure: EvidenceError | None = None
        with self._store.batch():
            self._begin()
            until = time.monotonic() + _SECONDS
            while True:
                number, proposal = waiting.popleft()
                self._job.report(number - 1, total, f"Importing {_names(proposal.things)}")
                try:
                    drafts = self._drafts(proposal)
                    done |= self._one(number, proposal, drafts, self._keep(drafts))
                except (Unreadable, Refused, NotFound) as problem:
                    self._refuse(proposal, problem)
                except EvidenceError as problem:
                    failure = problem
                over = time.monotonic() > until or self._job.cancelled
                if failure or over or not waiting or _size(waiting[0][1]) > _LARGE:
                    break
        self.came |= done
        if failure:
            raise failure

    def _large(self, number: int, proposal: Proposal, total: int) -> None:
        """Takes in one whose bytes take long to copy, which holds nobody up but itself."""
        self._job.report(number - 1, total, f"Importing {_names(proposal.things)}")
        try:
            drafts = self._drafts(proposal)
            kept = self._keep(drafts)
            with self._store.batch():
                self._begin()
                done = self._one(number, proposal, drafts, kept)
        except (Unreadable, Refused, NotFound) as problem:
            self._refuse(proposal, problem)
        else:
            self.came |= done

    def _begin(self) -> None:
        """What may have changed since the last batch is read again."""
        self._questions.forget()
        self._last = self._store.read.highest_number(self._inquiry.prefix)

    def _refuse(self, proposal: Proposal, problem: EvidenceError) -> None:
        self._questions.forget()
        self.refused |= {id(thing): str(problem) for thing in proposal.things}

    def _drafts(self, proposal: Proposal) -> Drafts:
        return [(thing, draft_of(thing)) for thing in proposal.things]

    def _keep(self, drafts: Drafts) -> Kept:
        """Takes the bytes of things and documents into the project. Raises Unreadable where a file
        is no longer what was looked at."""
        kept: Kept = {}
        known: dict[str, Original] = {}
        for thing, draft in drafts:
            if thing.source:
                original = self._store.keep_original(thing.source)
                if original.id != thing.digest:
                    raise Unreadable(
                        f"“{thing.shown}” was changed while it was being imported.",
                        "Import it again.",
                    )
                kept[id(thing)] = known.setdefault(original.id, original)
            for document in draft.documents:
                if document.source == thing.source:
                    kept[id(document)] = kept[id(thing)]
                else:
                    original = self._store.keep_original(document.source)
                    kept[id(document)] = known.setdefault(original.id, original)
        return kept

    def _one(self, number: int, proposal: Proposal, drafts: Drafts, kept: Kept) -> dict[int, Came]:
        names = _names(proposal.things)
        label = f"Attach {names} to {proposal.into}" if proposal.into else f"Import {names}"
        with self._store.step(label, self._who()) as tx:
            earlier = self._earlier(tx, proposal.into) if proposal.into else None
            submission = self._added(earlier, proposal) if earlier else self._new(tx, proposal)
            tx.put(submission)
            for original in kept.values():
                tx.put(original)
            self._put_documents(tx, submission, drafts, kept, new=earlier is None)
            outcome = "attached" if earlier else "imported"
            for thing, draft in drafts:
                what = " ".join(problem.what for problem in draft.problems)
                tx.put(receipt(thing, outcome, what, submission.id))
            self._flag_head(tx, submission)
        if not earlier:
            self._last += 1
        for thing in proposal.things:
            self._ids[thing.shown] = submission.id
        if proposal.campaign and not earlier:
            self._heads.setdefault(proposal.campaign, submission.of_id or submission.id)
        came = Came(submission.ref, number, submission.flags)
        return {id(thing): came for thing in proposal.things}

    def _new(self, tx: Step, proposal: Proposal) -> Submission:
        repeats = self._called(tx, proposal.same_as)
        head = "" if repeats else self._head(tx, proposal)
        status = Status.BLANK if proposal.blank else Status.RECEIVED
        return Submission(
            new_id(),
            reference(self._inquiry.prefix, self._last + 1),
            proposal.respondent,
            proposal.organisation,
            proposal.type,
            proposal.permission,
            proposal.region,
            proposal.received,
            proposal.channel,
            Status.DUPLICATE if repeats else status,
            (*proposal.noticed, *((CAMPAIGN,) if head else ())),
            repeats or head,
        )

    def _earlier(self, tx: Step, ref: str) -> Submission:
        """The submission to which evidence is added: where it was joined with another, that one.
        Raises NotFound, Refused."""
        found = tx.read.submission(ref)
        if found.status is Status.JOINED and found.of_id:
            found = tx.read.submission(found.of_id)
        if found.status is Status.WITHDRAWN:
            raise Refused(f"{found.ref} was withdrawn, so nothing can be added to it.")
        return found

    def _added(self, earlier: Submission, proposal: Proposal) -> Submission:
        noticed = [flag for flag in proposal.noticed if flag not in ("late", "several-senders")]
        flags = tuple(dict.fromkeys((*earlier.flags, *noticed)))
        status = Status.RECEIVED if earlier.status is Status.BLANK else earlier.status
        return replace(earlier, flags=flags, status=status)

    def _called(self, tx: Step, name: str) -> str:
        """The id of the submission that a thing of this name made, or with this reference; empty
        where there is none."""
        if not name or name in self._ids:
            return self._ids.get(name, "")
        try:
            return tx.read.submission(name).id
        except NotFound:
            return ""

    def _head(self, tx: Step, proposal: Proposal) -> str:
        """The id of the letter that stands for the campaign, empty where this is the first."""
        if not proposal.campaign:
            return ""
        return self._heads.get(proposal.campaign) or self._called(tx, proposal.like)

    def _flag_head(self, tx: Step, letter: Submission) -> None:
        if CAMPAIGN not in letter.flags or not letter.of_id:
            return
        head = tx.read.submission(letter.of_id)
        if CAMPAIGN not in head.flags:
            tx.put(replace(head, flags=(*head.flags, CAMPAIGN)))

    def _put_documents(
        self, tx: Step, submission: Submission, drafts: Drafts, kept: Kept, *, new: bool
    ) -> None:
        """Recordings come before the transcripts that were sent in with them."""
        before = [] if new else tx.read.documents(submission.id)
        place = max((one.position for one in before), default=-1) + 1
        taken = {one.source_id for one in before}
        recordings = {stem(one.title): one for one in before if one.kind is DocumentKind.MEDIA}
        every = [
            (document, told(draft, document)) for _, draft in drafts for document in draft.documents
        ]
        every.sort(key=lambda one: one[0].kind is DocumentKind.TRANSCRIPT)
        for position, (draft, problems) in enumerate(every, start=place):
            recording = recording_of(draft, recordings)
            if recording and recording.id in taken:
                recording = None
            original = kept[id(draft)]
            document = document_of(draft, submission, position, original, problems, recording)
            tx.put(document)
            for segment in segments_of(document, draft):
                tx.put(segment)
            if recording:
                taken.add(recording.id)
            if draft.kind is DocumentKind.MEDIA:
                recordings.setdefault(stem(draft.title), document)
            if draft.question and self._plan.tag_questions and draft.text.strip():
                tx.put(self._tag(tx, document))

    def _tag(self, tx: Step, document: Document) -> Coding:
        code = self._questions.code(tx, document.question)
        start, end = trimmed(document.text, 0, len(document.text))
        quote = document.text[start:end]
        return Coding(new_id(), document.id, code.id, self._who().id, start, end, quote, now())

    def _note_the_rest(self) -> None:
        """Writes down what became of everything that made no submission, and keeps its bytes."""
        rest = [one for one in self._plan.things if id(one) not in self.came]
        for at in range(0, len(rest), _TOGETHER):
            self._job.check()
            self._note(rest[at : at + _TOGETHER])

    def _note(self, things: Sequence[Thing]) -> None:
        kept = {id(one): self._kept(one) for one in things if one.bytes > _LARGE}
        with self._store.batch():
            kept |= {id(one): self._kept(one) for one in things if one.bytes <= _LARGE}
            label = f"Note what became of {counted(len(things), 'file')}"
            with self._store.step(label, self._who(), MACHINE) as tx:
                for original in filter(None, kept.values()):
                    tx.put(original)
                for thing in things:
                    tx.put(self._receipt(thing))

    def _kept(self, thing: Thing) -> Original | None:
        """The original of what made no submission, where its bytes are to be kept and can be."""
        unread = thing.fate in (Fate.UNREADABLE, Fate.BLANK, Fate.OPENED)
        if not (unread and thing.keep and thing.source):
            return None
        try:
            return self._store.keep_original(thing.source)
        except Unreadable:
            return None

    def _receipt(self, thing: Thing) -> Receipt:
        """What became of a thing; of one that was withdrawn before, only that it came again."""
        if thing.fate is Fate.READY and thing.withdrawn and id(thing) not in self.refused:
            what = f"Withdrawn as {thing.withdrawn} before; not brought in again."
            return Receipt(new_id(), now(), "", "withdrawn", None, "", what)
        return receipt(thing, *self._outcome(thing))

    def _outcome(self, thing: Thing) -> tuple[str, str]:
        if id(thing) in self.refused:
            return "unreadable", self.refused[id(thing)]
        if thing.fate is Fate.READY:
            return "left-out", "Left out of the import."
        if thing.fate is Fate.DUPLICATE:
            submission = self._ids.get(thing.of)
            of = self._store.read.submission(submission).ref if submission else thing.of
            return str(thing.fate), f"same as {of}"
        if thing.fate is Fate.OPENED:
            return str(thing.fate), " ".join(sentence(*one) for one in thing.problems)
        return str(thing.fate), thing.what


def _size(proposal: Proposal) -> int:
    return sum(thing.bytes for thing in proposal.things)


def _names(things: Sequence[Thing]) -> str:
    first = f"“{things[0].name}”"
    return first if len(things) == 1 else f"{first} and {len(things) - 1} more"
