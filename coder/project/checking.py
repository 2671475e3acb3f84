"""Checking a report, a Word file, against the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Document, DocumentKind
from coder.export.checking.findings import (
    KIND_NAMES,
    Finding,
    Findings,
    Kind,
    Passage,
    Piece,
    What,
)
from coder.jobs import Job
from coder.project.moment import at_one_moment
from coder.store.store import Store

__all__ = [
    "ENDINGS", "KIND_NAMES", "Checking", "Finding", "Kind", "Passage", "Piece", "ReportCheck",
    "What",
]  # fmt: skip

ENDINGS = (".docx", ".docm")
"""The kinds of file that a report can be."""

_LARGEST = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReportCheck:
    """What became of a report: the file as it was when it was checked, and what was found."""

    path: Path
    data: bytes
    findings: Findings

    @property
    def found(self) -> tuple[Finding, ...]:
        """All findings, in the order of the report."""
        return self.findings.found

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The findings with a problem, but for those that are only to be looked at."""
        return self.findings.wrong

    @property
    def soft(self) -> tuple[Finding, ...]:
        """The findings that are only to be looked at by hand."""
        return self.findings.soft

    def __str__(self) -> str:
        """The outcome in a sentence or two."""
        return self.findings.summary()

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts: `quotes` are the findings, in the order of the report."""
        return {
            "report": str(self.path),
            "summary": str(self),
            "quotations": self.findings.quotations,
            "citations": self.findings.citations,
            "phrases": self.findings.phrases,
            "problems": len(self.wrong),
            "to_look_at": len(self.soft),
            "counts": {kind.value: count for kind, count in self.findings.counts.items()},
            "quotes": [one.as_json() for one in self.found],
        }


class Checking:
    """Looks at reports; it changes neither them nor the project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @at_one_moment
    def check(self, report: Path, job: Job | None = None) -> ReportCheck:
        """Every quotation, citation and name of a report against the evidence.

        Raises NotFound where there is no such file, Unreadable where it is no Word document,
        Cancelled.
        """
        from coder.export.checking.check import check_story
        from coder.export.checking.reading import open_report
        from coder.export.checking.sources import Evidence

        job = job or Job()
        job.report(0, 1, "Reading the report")
        data = _read(report)
        story = open_report(data, report.name).story
        read = self._store.read
        inquiry, codes = read.inquiry(), read.codes()
        documents = read.documents()
        asked = {one.question for one in documents if one.question}
        evidence = Evidence(
            read.submissions(),
            documents,
            self._texts(documents),
            read.document,
            read.segments,
            inquiry.prefix,
            self._sensitive(),
            [
                inquiry.title,
                *asked,
                *(text for one in codes for text in (one.name, one.definition)),
            ],
        )
        return ReportCheck(report, data, check_story(story, evidence, job))

    def write_back(self, checked: ReportCheck, path: Path) -> None:
        """Writes a copy of the report to `path`, with a comment beside each problem and a summary
        at its beginning. Raises Refused for the report itself, EvidenceError where the file cannot
        be written."""
        from coder.export.atomic import write_whole
        from coder.export.checking.comments import commented
        from coder.export.checking.telling import notes

        if path.resolve() == checked.path.resolve():
            raise Refused("The report itself is never changed.", "Choose another name.")
        if path.suffix.lower() != checked.path.suffix.lower():
            raise EvidenceError(
                f"“{path.name}” does not end as the report does.",
                f"Use {checked.path.suffix.lower()}.",
            )
        moment = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        written = commented(checked.data, checked.path.name, notes(checked.findings), moment)
        write_whole(path, written)

    def write_list(self, checked: ReportCheck, path: Path) -> None:
        """Writes the findings as a table to `path`, `.csv` or `.html`. Raises EvidenceError for
        another ending or a file that cannot be written."""
        from coder.export.atomic import write_whole, writer_for
        from coder.export.checking.telling import LISTS

        writer = writer_for(LISTS, path, "a list of findings")
        write_whole(path, writer(checked.findings, checked.path.name))

    def _texts(self, documents: list[Document]) -> Iterator[tuple[str, str]]:
        """The text of each document with its id, one at a time."""
        for one in documents:
            if one.kind is DocumentKind.TRANSCRIPT:
                lines = self._store.read.lines(one.id)
                yield one.id, "\n".join(text for _, _, text in lines)
            else:
                yield one.id, self._store.read.text_of(one.id)

    def _sensitive(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for document_id, start, end in self._store.read.sensitive():
            found.setdefault(document_id, []).append((start, end))
        return found


def _read(report: Path) -> bytes:
    if report.suffix.lower() not in ENDINGS:
        raise EvidenceError(
            f"“{report.name}” is no Word document (.docx).", "Save the report in Word as .docx."
        )
    try:
        if report.stat().st_size > _LARGEST:
            raise EvidenceError(f"“{report.name}” is too large to be checked.")
        return report.read_bytes()
    except FileNotFoundError as problem:
        raise NotFound(f"There is no file “{report.name}”.") from problem
    except OSError as problem:
        raise EvidenceError(
            f"“{report.name}” cannot be read: {problem.strerror}.",
            "It may be open in another program; close it there.",
        ) from problem
