"""Which of the submissions to be say what another says: word for word, or as letters of a campaign;
compared with each other and with what the project holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder.analysis.similarity import Sketch, groups, sketch, text_key
from coder.domain.model import Document, Paragraph, Status, Style, Submission
from coder.jobs import Job
from coder.project.plan import Plan, Proposal, Thing
from coder.project.report import SKIPPED
from coder.project.staging import draft_of
from coder.store.store import Store

_FEWEST_OF_A_ROW = 25
"""Words from which two rows of a table without names are taken for one person's; fewer are like by
chance."""

_ASIDE = (Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER)


@dataclass(frozen=True, slots=True)
class _Text:
    """What is kept of a submission's text for comparing. `key` is the same for the same words
    (with the same pictures and recordings), empty where there is nothing to compare."""

    key: str
    sketch: Sketch
    words: int


@dataclass(slots=True, eq=False)
class _One:
    """A submission, there or to be: how it is called, and the letter that stands for it where it
    is one of a campaign; who speaks, and its text. `damaged` says that its text may lack something,
    so that it stands for no other; what already stands for a campaign goes on doing so."""

    name: str
    head: str
    respondent: str
    organisation: str
    text: _Text
    row: bool = False
    proposal: Proposal | None = None
    damaged: bool = False

    def same_sender(self, other: _One) -> bool:
        """Whether the two are said to be from one person, or one organisation."""
        names = ((one.respondent.casefold(), one.organisation.casefold()) for one in (self, other))
        return any(ours and ours == theirs for ours, theirs in zip(*names, strict=True))

    def other_person(self, other: _One) -> bool:
        """Whether the two are said to be from different people."""
        ours, theirs = self.organisation.casefold(), other.organisation.casefold()
        if ours and ours == theirs:
            return False
        if self.respondent and other.respondent:
            return self.respondent.casefold() != other.respondent.casefold()
        return bool(ours and theirs)


class Alike:
    """Compares, and remembers the texts of the project as long as it is open."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[tuple[str, ...], _Text] = {}

    def mark(self, plan: Plan, job: Job) -> None:
        """Says of each proposal which text it repeats and to which campaign it belongs. Raises
        Cancelled."""
        held = list(self._in_project(job)) if plan.proposals else []
        given = sorted(self._in_plan(plan, job), key=lambda one: one.damaged)
        every = [*held, *given]
        job.report(0, 0, "Comparing the texts")
        repeats = _mark_repeats(every)
        _mark_campaigns(every, repeats)

    def _in_project(self, job: Job) -> Iterator[_One]:
        read = self._store.read
        documents: dict[str, list[Document]] = {}
        for document in read.documents():
            if document.source_id is None:
                documents.setdefault(document.submission_id, []).append(document)
        submissions = {one.id: one for one in read.submissions()}
        for submission in submissions.values():
            job.check()
            own = documents.get(submission.id)
            if own and submission.status is not Status.DUPLICATE:
                yield _One(
                    submission.ref,
                    _standing_for(submission, submissions).ref,
                    submission.respondent,
                    submission.organisation,
                    self._text_of(own),
                    damaged="campaign" not in submission.flags
                    and any(_lacks(one.problems) for one in own),
                )

    def _text_of(self, documents: Sequence[Document]) -> _Text:
        ids = tuple(document.id for document in documents)
        if ids not in self._held:
            whole = [self._store.read.document(one) for one in ids]
            self._held[ids] = _text([(one.text, one.paragraphs, one.original) for one in whole])
        return self._held[ids]

    def _in_plan(self, plan: Plan, job: Job) -> Iterator[_One]:
        for place, proposal in enumerate(plan.proposals):
            job.check()
            job.report(place, len(plan.proposals), "Comparing the texts")
            name = proposal.things[0].shown
            yield _One(
                name,
                name,
                proposal.respondent,
                proposal.organisation,
                _text([part for thing in proposal.things for part in _parts(thing)]),
                row=proposal.things[0].source is None,
                proposal=proposal,
                damaged=any(
                    _lacks(document.problems)
                    for thing in proposal.things
                    for document in thing.documents
                ),
            )


def _lacks(problems: Sequence[str]) -> bool:
    """Whether something of a document was not read that should have been."""
    return any(SKIPPED not in what for what in problems)


def _parts(thing: Thing) -> Iterator[tuple[str, Sequence[Paragraph], str]]:
    for one in draft_of(thing).documents:
        text = one.text or "\n".join(segment.text for segment in one.segments)
        own = one.source.path is not None and one.source == thing.source
        yield text, one.paragraphs, "" if text else thing.digest if own else one.source.sha256()


def _text(parts: Sequence[tuple[str, Sequence[Paragraph], str]]) -> _Text:
    """What is kept of texts, each with its paragraphs and the SHA-256 of what it came from."""
    keys = [text_key(text) or digest for text, _, digest in parts]
    whole = "\n".join(text for text, _, _ in parts)
    own = "\n".join(
        text[one.start : one.end]
        for text, paragraphs, _ in parts
        for one in paragraphs
        if one.style not in _ASIDE
    )
    key = hashlib.sha256("\n".join(keys).encode()).hexdigest() if any(keys) else ""
    return _Text(key, sketch(own or whole), len(whole.split()))


def _standing_for(submission: Submission, every: dict[str, Submission]) -> Submission:
    """The letter that stands for the campaign a submission belongs to, or the submission."""
    return every.get(submission.of_id, submission)


def _mark_repeats(every: Sequence[_One]) -> set[int]:
    """Notes what each repeats word for word; gives the places of those that do."""
    first: dict[str, list[_One]] = {}
    repeats = set()
    for place, one in enumerate(every):
        if not one.text.key:
            continue
        before = first.setdefault(one.text.key, [])
        same = next((other for other in before if _same(one, other)), None)
        if one.proposal:
            one.proposal.same_as = same.name if same else ""
        if same and one.proposal:
            repeats.add(place)
        else:
            before.append(one)
    return repeats


def _same(one: _One, other: _One) -> bool:
    """Whether the same words are the same submission: from one person, as far as is known. The
    rows of a table are one person's only where there is much text, or one name. What is whole
    repeats nothing that is damaged."""
    if one.other_person(other) or (other.damaged and not one.damaged):
        return False
    named = bool(one.respondent and one.respondent.casefold() == other.respondent.casefold())
    return named or not one.row or one.text.words >= _FEWEST_OF_A_ROW


def _mark_campaigns(every: Sequence[_One], repeats: set[int]) -> None:
    """Notes of near-identical letters from one sender, and of damaged ones, which they repeat;
    numbers the groups of the others, as far as there is something to come in among them."""
    for one in every:
        if one.proposal:
            one.proposal.campaign, one.proposal.like = 0, ""
    number = 0
    for members in _together(every):
        letters = _without_versions([every[place] for place in members if place not in repeats])
        head = next((one for one in letters if not one.damaged), None)
        if head is None or not _is_campaign(letters):
            continue
        number += 1
        for one in letters:
            if one.proposal:
                one.proposal.campaign = number
                one.proposal.like = "" if one is head else head.head


def _without_versions(letters: Sequence[_One]) -> list[_One]:
    """Those of near-identical letters that stand for themselves. A damaged one repeats a whole one
    unless it is another person's; of one sender's the longest stands. What the project holds stays
    as it is, but counts no more where it is damaged."""
    order = sorted(
        (one for one in letters if one.proposal or not one.damaged),
        key=lambda one: (one.proposal is not None, one.damaged, -one.text.words),
    )
    standing: list[_One] = []
    for one in order:
        of = next((other for other in standing if _version(one, other)), None)
        if one.proposal and of:
            one.proposal.same_as = of.name
        else:
            standing.append(one)
    return [one for one in letters if one in standing]


def _version(one: _One, other: _One) -> bool:
    if one.row or one.text.words > other.text.words or other.damaged:
        return False
    return one.same_sender(other) or (one.damaged and not one.other_person(other))


def _is_campaign(letters: Sequence[_One]) -> bool:
    """Whether there is a letter to come in, and several people, or at least three letters."""
    if len(letters) < 2 or all(one.proposal is None for one in letters):
        return False
    return len(letters) > 2 or letters[0].other_person(letters[1])


def _together(every: Sequence[_One]) -> list[list[int]]:
    """Groups of near-identical texts, and of the same text however short from several people."""
    homes = list(range(len(every)))

    def home(place: int) -> int:
        while homes[place] != place:
            homes[place] = homes[homes[place]]
            place = homes[place]
        return place

    same: dict[str, list[int]] = {}
    for place, one in enumerate(every):
        if one.text.key and not one.row:
            same.setdefault(one.text.key, []).append(place)
    for members in [*groups([one.text.sketch for one in every]), *same.values()]:
        for place in members:
            first, other = sorted((home(members[0]), home(place)))
            homes[other] = first
    found: dict[int, list[int]] = {}
    for place in range(len(every)):
        found.setdefault(home(place), []).append(place)
    return [members for members in found.values() if len(members) > 1]
