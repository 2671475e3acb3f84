"""Looks at what is given, before anything is written: reads every file and all that lies in it, and
proposes the submissions that they would make."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coder.domain.draft import Draft, Opened, Source, Use
from coder.domain.errors import Blank, EvidenceError, Refused
from coder.domain.model import DocumentKind
from coder.domain.text import legible, one_line
from coder.ingest.safe import Outcome, read_many
from coder.jobs import Job
from coder.project.gather import Given
from coder.project.plan import Fate, Outline, Plan, Proposal, Thing
from coder.project.staging import lay_aside, room
from coder.store.store import Store

DEEPEST = 5
"""How many containers may lie inside one another and still be opened."""

_PIECE = 4 * 1024 * 1024
_LANGUAGE = re.compile(r"[._][a-z]{2,3}(?:-[a-z]{2,4})?$")


@dataclass(slots=True, eq=False)
class _Entry:
    """A thing to be read, and the SHA-256 of each container that it lies in, outermost first."""

    thing: Thing
    source: Source
    within: tuple[str, ...] = ()


@dataclass
class Survey:
    """One look at what was given, into a plan. `mapping` says what columns of tables are used for,
    by their headings, where a person has said so on the command line."""

    store: Store
    plan: Plan
    job: Job
    mapping: Mapping[str, str] = field(default_factory=dict)
    _seen: dict[str, Thing] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)
    _rows: Counter[str] = field(default_factory=Counter)
    _mapped: bool = False

    def __post_init__(self) -> None:
        references = {one.id: one.ref for one in self.store.read.submissions()}
        for receipt in self.store.read.receipts():
            if receipt.original and receipt.submission_id in references:
                self._known.setdefault(receipt.original, references[receipt.submission_id])
                self._rows[receipt.original] += 1
        self._traces = self.store.traces
        self._closes = self.store.read.inquiry().closes

    def take(self, given: Sequence[Given]) -> None:
        """Reads the files given, with all that lies in them, and fills the plan. Raises Cancelled,
        and Refused where the mapping does not fit the tables."""
        top, entries = [], []
        for one in given:
            thing = given_thing(one)
            top.append(thing)
            if thing.source:
                entries.append(_Entry(thing, thing.source))
        self._read(entries)
        if self.mapping and not self._mapped:
            raise Refused("There is no table among the files, so no columns can be named.")
        self.plan.things = list(_flat(top))
        self.plan.proposals = [
            replace(thing.alone, things=[thing]) for thing in self.plan.things if thing.alone
        ]
        _join_transcripts(self.plan)

    def take_again(self, thing: Thing, uses: Sequence[Use]) -> None:
        """Reads a table again with these uses of its columns; what it makes takes the place of
        what it made before. Raises Cancelled."""
        if thing.source is None or thing.table is None:
            raise Refused(f"“{thing.shown}” is not a table.")
        source = replace(thing.source, uses=tuple(uses))
        old = list(_flat([thing]))
        things, place = self.plan.things, self.plan.things.index(thing)
        gone = {id(one) for one in old}
        at = next(
            (n for n, one in enumerate(self.plan.proposals) if _has(one, gone)),
            len(self.plan.proposals),
        )
        for one in things:
            if one.digest and id(one) not in gone:
                self._seen.setdefault(one.digest, one)
        _reset(thing)
        self._read([_Entry(thing, source)])
        fresh = list(_flat([thing]))
        things[place : place + len(old)] = fresh
        for proposal in self.plan.proposals:
            proposal.things = [one for one in proposal.things if id(one) not in gone]
        self.plan.proposals[at:at] = [
            replace(one.alone, things=[one]) for one in fresh if one.alone
        ]
        self.plan.proposals[:] = [one for one in self.plan.proposals if one.things]

    def _read(self, entries: list[_Entry]) -> None:
        """Reads things and, round by round, what comes out of them."""
        while entries:
            fresh = [entry for entry in entries if self._is_fresh(entry)]
            found: list[_Entry] = []
            outcomes = read_many(
                [one.source for one in fresh], self.job, into=room(self.plan, "files")
            )
            for entry, (_, outcome) in zip(fresh, outcomes, strict=True):
                found += self._took(entry, outcome)
            entries = found

    def _is_fresh(self, entry: _Entry) -> bool:
        """Whether a thing is to be read: neither in the project nor given twice, nor a container
        inside itself. Empty files are nobody's duplicates."""
        thing, source = entry.thing, entry.source
        self.job.check()
        try:
            thing.bytes = source.size()
            thing.digest = self._sha256(source)
        except (EvidenceError, OSError) as problem:
            thing.fate, thing.what, thing.keep = Fate.UNREADABLE, _told(source, problem), False
            return False
        if thing.digest in entry.within:
            thing.fate, thing.keep = Fate.SKIPPED, False
            thing.what = f"Skipped: “{thing.shown}” is the same file as the one that it lies in."
            return False
        of = self._known.get(thing.digest) or _shown(self._seen.get(thing.digest))
        if of and thing.bytes and thing.table is None:
            thing.fate, thing.of = Fate.DUPLICATE, of
            return False
        self._seen.setdefault(thing.digest, thing)
        thing.withdrawn = self._traces.of(thing.digest)
        return True

    def _sha256(self, source: Source) -> str:
        """The SHA-256 of the bytes, as `Source.sha256`, that can be stopped. Raises Cancelled."""
        digest = hashlib.sha256()
        with source.open() as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                if len(piece) == _PIECE:
                    self.job.check()
                    self.job.report(0, 0, f"Looking at {source.name}")
        return digest.hexdigest()

    def _took(self, entry: _Entry, outcome: Outcome) -> list[_Entry]:
        """Writes down what came of reading a thing; gives what came out of it, to be read."""
        thing = entry.thing
        if isinstance(outcome, EvidenceError):
            thing.fate = Fate.BLANK if isinstance(outcome, Blank) else Fate.UNREADABLE
            thing.what = str(outcome)
            return []
        if isinstance(outcome, Draft):
            self._hold(thing, outcome)
            return []
        again = self._mapped_anew(entry, outcome)
        return [again] if again else self._open(entry, outcome)

    def _open(self, entry: _Entry, opened: Opened) -> list[_Entry]:
        thing = entry.thing
        thing.fate, thing.keep, thing.table = Fate.OPENED, opened.keep, opened.table
        thing.kind = "table" if opened.table else "container"
        thing.problems = tuple((one.part, one.what) for one in opened.problems)
        for name, draft in opened.drafts:
            self._row(thing, name, draft)
        inner = [_member(thing, member, apart=opened.apart) for member in opened.members]
        thing.holds += [one.thing for one in inner]
        within = (*entry.within, thing.digest)
        if not thing.holds:
            _nothing_in(thing)
        if len(within) > DEEPEST:
            for one in inner:
                one.thing.fate, one.thing.bytes = Fate.UNREADABLE, one.source.size()
                one.thing.what = (
                    f"“{one.thing.shown}” lies inside more than {DEEPEST} containers and was not"
                    " read. Unpack them first and add what is needed."
                )
                one.thing.digest = self._sha256(one.source)
            return []
        return [replace(one, within=within) for one in inner]

    def _row(self, table: Thing, name: str, draft: Draft) -> None:
        """A row of a table. Two rows may say the same and be from two people, so only as many are
        duplicates as are in the project already."""
        row = _inside(table, name)
        source = draft.documents[0].source if draft.documents else Source(name, b"")
        row.digest, row.bytes, row.keep = source.sha256(), source.size(), False
        table.holds.append(row)
        if self._rows[row.digest]:
            self._rows[row.digest] -= 1
            row.fate, row.of = Fate.DUPLICATE, self._known[row.digest]
        elif not draft.documents:
            row.fate, row.what = Fate.BLANK, f"“{row.shown}” holds no answer."
            row.problems = tuple((one.part, one.what) for one in draft.problems)
        else:
            row.withdrawn = self._traces.of(row.digest)
            self._hold(row, draft)

    def _hold(self, thing: Thing, draft: Draft) -> None:
        """Lays a draft aside in a file, and keeps its outline."""
        lay_aside(self.plan, thing, draft)
        thing.kind = str(draft.documents[0].kind) if draft.documents else ""
        thing.documents = tuple(
            Outline(one.title, one.kind, one.characters, one.media_ms, one.question, one.problems)
            for one in draft.documents
        )
        thing.problems = tuple((one.part, one.what) for one in draft.problems)
        thing.alone = Proposal(
            respondent=draft.respondent,
            organisation=draft.organisation,
            type=draft.type,
            permission=draft.permission,
            region=draft.region,
            received=draft.received,
            channel=draft.channel,
            late=bool(self._closes and draft.received[:10] > self._closes),
            wishes=draft.wishes,
            wanted=not thing.withdrawn,
        )

    def _mapped_anew(self, entry: _Entry, opened: Opened) -> _Entry | None:
        """The table once more, where a person has named columns and it was not read so yet."""
        if not self.mapping or opened.table is None:
            return None
        self._mapped = True
        if entry.source.uses:
            return None
        from coder.ingest.table_columns import uses_from

        entry.thing.table = opened.table
        table = opened.table
        uses = uses_from(dict(self.mapping), table.headings, table.uses)
        return replace(entry, source=replace(entry.source, uses=uses))


def _join_transcripts(plan: Plan) -> None:
    """Puts a transcript that was sent in to the recording of its name in the same folder."""
    recordings: dict[tuple[Path, str], Proposal] = {}
    for proposal in plan.proposals:
        if any(one.kind is DocumentKind.MEDIA for one in proposal.things[0].documents):
            recordings.setdefault(_place(proposal.things[0]), proposal)
    for proposal in list(plan.proposals):
        thing = proposal.things[0]
        if thing.kind == DocumentKind.TRANSCRIPT and len(thing.documents) == 1:
            folder, stem = _place(thing)
            of = recordings.get((folder, stem)) or recordings.get((folder, spoken(stem)))
            if of:
                plan.join([of, proposal])


def spoken(stem: str) -> str:
    """The name of a subtitle file without the language it may end in (`film.en-GB`)."""
    return _LANGUAGE.sub("", stem)


def _place(thing: Thing) -> tuple[Path, str]:
    whole = Path(thing.path, thing.inside) if thing.inside else Path(thing.path)
    return whole.parent, whole.stem.casefold()


def given_thing(given: Given) -> Thing:
    """A file that was given, before it is read; one that is left out has no source."""
    thing = Thing(given.account, given.shown, below=given.below)
    if given.left_out:
        thing.fate = Fate.SKIPPED if given.as_usual else Fate.UNREADABLE
        thing.what, thing.keep = given.left_out, False
    else:
        thing.source = Source.of(given.path)
    return thing


def _flat(things: Sequence[Thing]) -> Iterator[Thing]:
    for thing in things:
        yield thing
        yield from _flat(thing.holds)


def _inside(container: Thing, name: str) -> Thing:
    name = one_line(legible(name))
    return Thing(
        container.path,
        f"{container.shown}/{name}",
        inside=f"{container.inside}/{name}" if container.inside else name,
        container=container.digest,
    )


def _member(container: Thing, source: Source, *, apart: bool) -> _Entry:
    thing = _inside(container, source.name)
    thing.source, thing.below = source, not apart
    return _Entry(thing, source)


def _nothing_in(container: Thing) -> None:
    """A container of which nothing came out is a file that could not be read, or an empty one."""
    container.fate = Fate.UNREADABLE if container.problems else Fate.BLANK
    container.keep = True
    why = container.problems[0] if len(container.problems) == 1 else ()
    container.problems = () if why else container.problems
    container.what = f"“{container.shown}” holds nothing that can be read. {': '.join(why)}".strip()


def _reset(thing: Thing) -> None:
    """A thing as it was before it was read."""
    thing.holds, thing.documents, thing.problems = [], (), ()
    thing.fate, thing.what, thing.of = Fate.READY, "", ""
    thing.staged, thing.alone = None, None


def _has(proposal: Proposal, things: set[int]) -> bool:
    return any(id(one) in things for one in proposal.things)


def _shown(thing: Thing | None) -> str:
    return thing.shown if thing else ""


def _told(source: Source, problem: EvidenceError | OSError) -> str:
    if isinstance(problem, EvidenceError):
        return str(problem)
    return f"“{source.name}” could not be read ({problem.strerror}). Check that you may read it."
