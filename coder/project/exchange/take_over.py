"""Takes a project over that another program, or we, have written: in one step that undo takes back,
or not at all."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from coder.domain.draft import Source
from coder.domain.interchange import SourceFile, derived
from coder.domain.model import (
    Coder,
    Inquiry,
    Receipt,
    Status,
    now,
)
from coder.ingest.refi.file import RefiFile
from coder.jobs import Job
from coder.project.exchange.arrival import Arrival
from coder.project.exchange.cases import Holder, Submissions, holders
from coder.project.exchange.codes import take_codes
from coder.project.exchange.documents import Documents
from coder.project.exchange.extras import Extras
from coder.project.exchange.files import WITHDRAWN_HERE, Files
from coder.project.exchange.passages import Passages
from coder.project.exchange.report import Losses, TakenOver
from coder.project.exchange.rest import take_rest
from coder.store.reads import Reads
from coder.store.store import Store

_KINDS = ("submissions", "documents", "codes", "definitions", "codings", "memos", "coders")


_NO_PLACE = {
    "Link": "links between passages, codes and memos",
    "Set": "sets of codes and sources",
    "Graph": "maps and diagrams",
}


class _Enough(Exception):
    """Ends a step that was only tried."""


def take_over(
    store: Store, who: Coder, path: Path, job: Job, *, dry_run: bool = False, founding: bool = False
) -> TakenOver:
    """Brings a project file into the project. With `dry_run` it only tells what would come of it;
    `founding` says that the project was made for it, and is told what the inquiry is.

    Raises Unreadable for a file that cannot be read, EvidenceError where the project cannot be
    written to, Cancelled; then nothing of it is here.
    """
    source = Source.of(path)
    losses = Losses()
    with RefiFile(source) as file:
        extras = Extras(file.extras())
        units = file.units()
        with Files(store, file, extras, losses, wanted=not dry_run) as files:
            files.withdrawn |= _erased(store.read, file, losses)
            files.take(_to_come(store.read, file, files.withdrawn), job)
            taking = _Taking(store, who, file, extras, files, job)
            label = f"Bring in “{source.name}”"
            with suppress(_Enough), store.step(label, who) as tx:
                arrival = Arrival(tx, file.project, extras, losses, who)
                refs = taking.write(arrival, units, source.name, founding=founding)
                if dry_run:
                    raise _Enough
    _tell_of_the_rest(file, losses)
    return TakenOver(
        path,
        file.project.origin,
        str(units),
        {kind: arrival.new[kind] for kind in _KINDS},
        {kind: arrival.there[kind] for kind in _KINDS},
        losses.told(),
        tuple(refs),
    )


def _erased(read: Reads, file: RefiFile, losses: Losses) -> set[str]:
    """The ids of sources that were withdrawn here and that the file tells in no case of their own:
    programs pass over cases."""
    cases = (case for case in file.project.cases if read.has("submissions", case.id))
    told = {one for case in cases for one in case.sources}
    found = set()
    for source in file.project.sources:
        if source.id not in told and read.was_erased("documents", source.id):
            losses.add(*WITHDRAWN_HERE)
            found.add(source.id)
    return found


def _to_come(read: Reads, file: RefiFile, left_out: Container[str]) -> Iterator[SourceFile]:
    """The sources whose files are wanted: not those that are here with theirs, nor those of what
    was withdrawn here."""
    withdrawn = {one.id for one in read.submissions() if one.status is Status.WITHDRAWN}
    gone = {one for case in file.project.cases if case.id in withdrawn for one in case.sources}
    for source in file.project.sources:
        standing = read.header(source.id)
        kept = standing and (not standing.original or read.original(standing.original))
        if source.id not in gone and source.id not in left_out and not kept:
            yield source


def _tell_of_the_rest(file: RefiFile, losses: Losses) -> None:
    why = "There is no place for them here."
    for name, count in file.project.unknown:
        losses.add(_NO_PLACE.get(name, f"elements “{name}”"), why, count=count)
    if not file.sound:
        why = "What could be read of it came in."
        losses.add("damaged project documents", why)


class _Taking:
    """What is written in the one step."""

    def __init__(
        self,
        store: Store,
        who: Coder,
        file: RefiFile,
        extras: Extras,
        files: Files,
        job: Job,
    ) -> None:
        self._store = store
        self._who = who
        self._file = file
        self._extras = extras
        self._files = files
        self._job = job

    def write(self, arrival: Arrival, units: Any, name: str, *, founding: bool) -> list[str]:
        """Writes everything; gives the references of what is new."""
        if founding:
            _found(arrival)
        take_codes(arrival)
        submissions = Submissions(arrival)
        passages = Passages(arrival, self._file)
        documents = Documents(arrival, self._file, self._files, units, passages)
        held = holders(arrival, self._files.withdrawn, documents.lacking())
        here = [(holder, submissions.take(holder)) for holder in held]
        for done, (holder, submission) in enumerate(here):
            self._job.check()
            self._job.report(done, len(here), f"Bringing in {holder.name or name}")
            for source in holder.sources if submission else ():
                assert submission is not None
                documents.take(source, submission)
        submissions.settle()
        passages.rest()
        take_rest(arrival)
        for holder, _ in here if not arrival.ours else ():
            if arrival.ids[holder.id] in arrival.fresh:
                _receive(arrival, holder, name)
        return submissions.refs


def _found(arrival: Arrival) -> None:
    """Tells a project that was made for a file of ours what the inquiry is."""
    mine = arrival.read.inquiry()
    theirs = next(arrival.extras.records(Inquiry), None)
    made = theirs.created_at if theirs else arrival.moment(arrival.project.created)
    arrival.tx.put(replace(mine, created_at=made, terms=theirs.terms if theirs else mine.terms))


def _receive(arrival: Arrival, holder: Holder, name: str) -> None:
    """Accounts for a submission that is new and came without a receipt."""
    submission = arrival.ids[holder.id]
    documents = arrival.read.documents(submission)
    original = next((one.original for one in documents if one.original), "")
    inside = holder.name or next((one.title for one in documents), "")
    receipt = derived("receipt", submission, name)
    arrival.tx.put(Receipt(receipt, now(), name, "imported", submission, original, "", inside))
