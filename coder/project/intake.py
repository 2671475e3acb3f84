"""Import: files in, submissions out, and an account of every file that was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coder.domain.citation import reference
from coder.domain.draft import Draft, Problem, Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.domain.model import Coder, Document, Receipt, Status, Submission, new_id, now
from coder.ingest.safe import read_many
from coder.jobs import Job
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
    of imported files that could not be read; `duplicates` are (path, reference) pairs."""

    imported: list[Imported] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)

    @property
    def failed(self) -> list[str]:
        """The paths that did not come in at all."""
        done = {one.path for one in self.imported}
        return [path for path, _ in self.problems if path not in done]

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
    ) -> ImportReport:
        """Imports files and folders, each file a submission, or all of them one (`as_one`).

        Each submission is committed by itself, so that a crash loses only what was not yet there.
        A file that cannot be read is reported and stops nothing. With `dry_run` nothing is
        written. Raises Cancelled, with what was finished kept.
        """
        work = job or Job()
        report = ImportReport()
        fresh, twins = self._sort_out(list(_files(paths)), report, dry_run)
        read: list[tuple[Source, Draft]] = []
        for count, (source, result) in enumerate(read_many(list(fresh), work)):
            work.report(count, len(fresh), f"Importing {source.name}")
            path = str(source.path)
            if isinstance(result, EvidenceError):
                self._failed(path, result, report, dry_run)
            elif as_one:
                read.append((source, result))
            else:
                self._take_in([(source, result)], fresh, report, dry_run)
        if read:
            self._take_in(read, fresh, report, dry_run)
        for path, digest, first in twins:
            self._duplicate(path, self._ref_of(digest) or first, digest, report, dry_run)
        work.report(len(fresh), len(fresh), "Import finished")
        return report

    def _sort_out(
        self, sources: Iterable[Source], report: ImportReport, dry_run: bool
    ) -> tuple[dict[Source, str], list[tuple[str, str, str]]]:
        """The sources not in the project yet with the SHA-256 of each, and those that have the
        same bytes as one of them: path, SHA-256, and the path of that one. Empty files are
        nobody's duplicates."""
        fresh: dict[Source, str] = {}
        twins: list[tuple[str, str, str]] = []
        seen: dict[str, str] = {}
        for source in sources:
            path = str(source.path)
            try:
                digest, empty = source.sha256(), not source.size()
            except (EvidenceError, OSError) as problem:
                self._failed(path, problem, report, dry_run)
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
        paths = [str(source.path) for source, _ in read]
        drafts = [draft for _, draft in read]
        try:
            ref = "" if dry_run else self._write(read, digests)
        except Unreadable as problem:
            for path in paths:
                self._failed(path, problem, report, dry_run)
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
        first = read[0][1]
        inquiry = self._store.read.inquiry()
        with self._store.step(f"Import {_named(read)}", self._who()) as tx:
            number = self._store.read.highest_number(inquiry.prefix) + 1
            late = bool(inquiry.closes and first.received and first.received[:10] > inquiry.closes)
            submission = Submission(
                new_id(),
                reference(inquiry.prefix, number),
                first.respondent,
                first.organisation,
                received=first.received,
                channel=first.channel,
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
                tx.put(_receipt(str(source.path), "imported", submission.id, digests[source], what))
        return submission.ref

    def _failed(
        self, path: str, problem: EvidenceError | OSError, report: ImportReport, dry_run: bool
    ) -> None:
        what = str(problem) if isinstance(problem, EvidenceError) else _os_sentence(path, problem)
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


def _files(paths: Sequence[Path]) -> Iterable[Source]:
    """Every file named, and every file below every folder named, in the order of names."""
    for path in paths:
        if path.is_dir():
            yield from (Source.of(one) for one in sorted(path.rglob("*")) if one.is_file())
        else:
            yield Source.of(path)


def _receipt(
    path: str, outcome: str, submission_id: str | None = None, original: str = "", what: str = ""
) -> Receipt:
    return Receipt(new_id(), now(), path, outcome, submission_id, original, what)


def _named(read: Sequence[tuple[Source, Draft]]) -> str:
    first = read[0][0].name
    return f"“{first}”" if len(read) == 1 else f"“{first}” and {len(read) - 1} more"


def _os_sentence(path: str, problem: OSError) -> str:
    name = Path(path).name
    if isinstance(problem, FileNotFoundError):
        return f"“{name}” is not there. Check the name and the folder."
    return f"“{name}” could not be read ({problem.strerror}). Check that you may read it."
