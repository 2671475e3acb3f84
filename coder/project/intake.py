"""Import: files in, submissions out, and an account of every file that was given."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coder.domain.citation import reference
from coder.domain.draft import Draft, Opened, Problem, Source
from coder.domain.errors import Cancelled, EvidenceError, Unreadable
from coder.domain.model import Coder, Document, Receipt, Status, Submission, new_id, now
from coder.domain.text import legible
from coder.ingest.safe import read_many
from coder.jobs import Job
from coder.project.gather import Given, gather
from coder.store.journal import MACHINE
from coder.store.store import Store


@dataclass(frozen=True, slots=True)
class Imported:
    """A file that became a submission (with `ref` empty where it was only tried)."""

    path: str
    ref: str
    documents: int
    characters: int


@dataclass
class ImportReport:
    """What became of every file: each is in one of the three lists. `problems` also names parts
    of imported files that could not be read, and what was left out as a matter of course
    (`skipped`, by path); `duplicates` are (path, reference) pairs.

    `shown` is how messages name each path. `stopped` is what kept the import from going on: the
    person, or the disk.
    """

    imported: list[Imported] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    stopped: EvidenceError | None = None

    @property
    def failed(self) -> list[str]:
        """The paths that should have come in and did not."""
        done = {one.path for one in self.imported} | self.skipped
        return [path for path, _ in self.problems if path not in done]

    def sentences(self) -> list[str]:
        """Every problem in a sentence that names the file, from the folder that was given."""
        return [self._sentence(path, problem) for path, problem in self.problems]

    def _sentence(self, path: str, problem: Problem) -> str:
        shown = self.shown.get(path, path)
        if f"“{shown}”" in problem.what:
            return problem.what
        own = f"“{shown.rpartition(os.sep)[2]}”"
        if own in problem.what:
            return problem.what.replace(own, f"“{shown}”", 1)
        return f"{shown}{f', {problem.part}' if problem.part else ''}: {problem.what}"

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        return {
            "imported": [
                {
                    "path": one.path,
                    "ref": one.ref,
                    "documents": one.documents,
                    "characters": one.characters,
                }
                for one in self.imported
            ],
            "duplicates": [{"path": path, "of": of} for path, of in self.duplicates],
            "problems": [
                {"path": path, "part": problem.part, "what": problem.what}
                for path, problem in self.problems
            ],
        }


class Intake:
    """Brings files into the project."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def bring(
        self,
        paths: Sequence[Path],
        *,
        as_one: bool = False,
        dry_run: bool = False,
        job: Job | None = None,
        report: ImportReport | None = None,
    ) -> ImportReport:
        """Imports files and folders, each file a submission, or all of them one (`as_one`).

        Each submission is committed by itself, so that a crash loses only what was not yet there.
        A file that cannot be read is reported and stops nothing; where the project cannot be
        written to any more (a full disk), the files that are left are reported with the reason.
        With `dry_run` nothing is written. `report` is filled as it goes. Raises Cancelled, with
        what was finished kept and in the report.
        """
        report = report or ImportReport()
        given = gather(paths)
        try:
            self._bring(given, report, job or Job(), as_one=as_one, dry_run=dry_run)
        except EvidenceError as problem:
            report.stopped = problem
            _leave(given, report)
            if isinstance(problem, Cancelled):
                raise
        return report

    def _bring(
        self,
        given: Sequence[Given],
        report: ImportReport,
        work: Job,
        *,
        as_one: bool,
        dry_run: bool,
    ) -> None:
        for one in given:
            report.shown[one.account] = one.shown
            if one.as_usual:
                report.skipped.add(one.account)
                report.problems.append((one.account, Problem("", one.left_out)))
            elif one.left_out:
                self._failed(one.account, one.left_out, report, dry_run)
        sources = [Source.of(one.path) for one in given if not one.left_out]
        fresh, twins = self._sort_out(sources, report, work, dry_run)
        read: list[tuple[Source, Draft]] = []
        for count, (source, result) in enumerate(read_many(list(fresh), work)):
            work.report(count, len(fresh), f"Importing {source.name}")
            if isinstance(result, Opened):
                self._failed(_account_of(source), "Containers come next.", report, dry_run)
            elif isinstance(result, EvidenceError):
                self._failed(_account_of(source), str(result), report, dry_run)
            elif as_one:
                read.append((source, result))
            else:
                self._take_in([(source, result)], fresh, report, dry_run)
        if read:
            self._take_in(read, fresh, report, dry_run)
        for path, digest, first in twins:
            self._duplicate(path, self._ref_of(digest) or first, digest, report, dry_run)
        work.report(len(fresh), len(fresh), "Import finished")

    def _sort_out(
        self, sources: Iterable[Source], report: ImportReport, work: Job, dry_run: bool
    ) -> tuple[dict[Source, str], list[tuple[str, str, str]]]:
        """The sources not in the project yet with the SHA-256 of each, and those that have the
        same bytes as one of them: path, SHA-256, and the path of that one. Empty files are
        nobody's duplicates."""
        fresh: dict[Source, str] = {}
        twins: list[tuple[str, str, str]] = []
        seen: dict[str, str] = {}
        for source in sources:
            work.check()
            path = _account_of(source)
            try:
                digest, empty = source.sha256(), not source.size()
            except (EvidenceError, OSError) as problem:
                self._failed(path, _told(source, problem), report, dry_run)
                continue
            ref = self._ref_of(digest)
            if ref and not empty:
                self._duplicate(path, ref, digest, report, dry_run)
            elif digest in seen and not empty:
                twins.append((path, digest, seen[digest]))
            else:
                seen[digest] = path
                fresh[source] = digest
        return fresh, twins

    def _ref_of(self, digest: str) -> str:
        """The reference under which a file with this SHA-256 came in; empty where none did."""
        receipt = self._store.read.receipt_of(digest)
        if receipt is None or receipt.submission_id is None:
            return ""
        return self._store.read.submission(receipt.submission_id).ref

    def _take_in(
        self,
        read: Sequence[tuple[Source, Draft]],
        digests: dict[Source, str],
        report: ImportReport,
        dry_run: bool,
    ) -> None:
        paths = [_account_of(source) for source, _ in read]
        drafts = [draft for _, draft in read]
        try:
            ref = "" if dry_run else self._write(read, digests)
        except Unreadable as problem:
            for path in paths:
                self._failed(path, str(problem), report, dry_run)
            return
        for path, draft in zip(paths, drafts, strict=True):
            characters = sum(len(document.text) for document in draft.documents)
            report.imported.append(Imported(path, ref, len(draft.documents), characters))
            report.problems += [(path, problem) for problem in draft.problems]
            report.problems += [
                (path, Problem(document.title, what))
                for document in draft.documents
                for what in document.problems
            ]

    def _write(self, read: Sequence[tuple[Source, Draft]], digests: dict[Source, str]) -> str:
        kept = [
            [self._store.keep_original(document.source) for document in draft.documents]
            for _, draft in read
        ]
        whole = [self._store.keep_original(source) for source, _ in read]
        drafts = [draft for _, draft in read]
        received = _first(draft.received for draft in drafts)
        inquiry = self._store.read.inquiry()
        with self._store.step(f"Import {_named(read)}", self._who()) as tx:
            number = self._store.read.highest_number(inquiry.prefix) + 1
            late = bool(inquiry.closes and received and received[:10] > inquiry.closes)
            submission = Submission(
                new_id(),
                reference(inquiry.prefix, number),
                _first(draft.respondent for draft in drafts),
                _first(draft.organisation for draft in drafts),
                received=received,
                channel=drafts[0].channel,
                status=Status.RECEIVED,
                flags=("late",) if late else (),
            )
            tx.put(submission)
            for original in [*whole, *(one for several in kept for one in several)]:
                tx.put(original)
            pairs = [
                (draft_document, original)
                for (_, draft), originals in zip(read, kept, strict=True)
                for draft_document, original in zip(draft.documents, originals, strict=True)
            ]
            for position, (draft_document, original) in enumerate(pairs):
                tx.put(
                    Document(
                        new_id(),
                        submission.id,
                        position,
                        draft_document.title,
                        draft_document.kind,
                        draft_document.text,
                        draft_document.paragraphs,
                        original.id,
                        original.media_type,
                        draft_document.media_ms,
                        problems=draft_document.problems,
                        silent=draft_document.silent,
                    )
                )
            for source, draft in read:
                what = " ".join(problem.what for problem in draft.problems)
                account = _account_of(source)
                tx.put(_receipt(account, "imported", submission.id, digests[source], what))
        return submission.ref

    def _failed(self, path: str, what: str, report: ImportReport, dry_run: bool) -> None:
        report.problems.append((path, Problem("", what)))
        self._account(_receipt(path, "unreadable", what=what), dry_run)

    def _duplicate(
        self, path: str, of: str, digest: str, report: ImportReport, dry_run: bool
    ) -> None:
        report.duplicates.append((path, of))
        self._account(_receipt(path, "duplicate", original=digest, what=f"same as {of}"), dry_run)

    def _account(self, receipt: Receipt, dry_run: bool) -> None:
        if not dry_run:
            with self._store.step(f"Note {Path(receipt.path).name}", self._who(), MACHINE) as tx:
                tx.put(receipt)


def _leave(given: Sequence[Given], report: ImportReport) -> None:
    """Puts into the report what became of the files that an import did not come to."""
    reached = {one.path for one in report.imported} | {path for path, _ in report.duplicates}
    reached |= {path for path, _ in report.problems}
    what = f"Not imported: {report.stopped}"
    for one in given:
        if one.account not in reached:
            report.shown[one.account] = one.shown
            report.problems.append((one.account, Problem("", what)))


def _account_of(source: Source) -> str:
    return legible(source.path or source.name)


def _first(texts: Iterable[str]) -> str:
    """The first that says something."""
    return next(filter(None, texts), "")


def _receipt(
    path: str, outcome: str, submission_id: str | None = None, original: str = "", what: str = ""
) -> Receipt:
    return Receipt(new_id(), now(), path, outcome, submission_id, original, what)


def _named(read: Sequence[tuple[Source, Draft]]) -> str:
    first = read[0][0].name
    return f"“{first}”" if len(read) == 1 else f"“{first}” and {len(read) - 1} more"


def _told(source: Source, problem: EvidenceError | OSError) -> str:
    if isinstance(problem, EvidenceError):
        return str(problem)
    return f"“{source.name}” could not be read ({problem.strerror}). Check that you may read it."
