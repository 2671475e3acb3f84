"""Passages made citable: who says them, where they stand, and when they are spoken."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from coder.domain.citation import attribution, cite, speaking
from coder.domain.codes import paths_of
from coder.domain.model import Code, Document, DocumentKind, Paragraph, Segment, Style, Submission
from coder.domain.paragraphs import numbers_of, pages_of
from coder.domain.quotes import Quote
from coder.domain.segments import spoken_at, spoken_by
from coder.store.reads import Reads
from coder.store.rows import from_row

_Row = sqlite3.Row | dict[str, Any]
_KEPT = 200
"""Of so many documents the paragraphs are kept, in case that more is quoted of them."""


class Citer:
    """Turns rows into quotes, reading each submission, document and transcript only once, and none
    that is not quoted."""

    def __init__(self, connection: sqlite3.Connection, codes: Sequence[Code]) -> None:
        self._db = connection
        self._reads = Reads(connection)
        self._paths = paths_of(codes)
        self._submissions: dict[str, Submission] = {}
        self._segments: dict[str, list[Segment]] = {}
        self._paragraphs: dict[str, list[Any]] = {}

    def quotes(self, rows: Sequence[_Row]) -> list[Quote]:
        """A quote for each row."""
        quoted = json.dumps(sorted({row["submission_id"] for row in rows}))
        query = "SELECT * FROM submissions WHERE id IN (SELECT value FROM json_each(?))"
        self._submissions = {
            found["id"]: from_row(Submission, found) for found in self._db.execute(query, (quoted,))
        }
        return [self._quote(row) for row in rows]

    def _quote(self, row: _Row) -> Quote:
        submission = self._submissions[row["submission_id"]]
        timed = row["kind"] == DocumentKind.TRANSCRIPT
        lines = self._lines(row["document_id"], row["start"]) if timed else []
        time_ms = spoken_at(lines, row["start"])
        speakers = speaking(submission, spoken_by(lines, row["start"], row["end"]))
        paragraph, page = ("", "") if timed else self._paragraph(row)
        return Quote(
            id=row["id"],
            submission_id=submission.id,
            document_id=row["document_id"],
            code_id=row["code_id"],
            ref=submission.ref,
            attribution=attribution(submission),
            citation=cite(submission.ref, paragraph, time_ms, page, speakers),
            quote=row["quote"],
            code=self._paths.get(row["code_id"], ""),
            coder=row["coder"],
            document=row["title"],
            start=row["start"],
            end=row["end"],
            paragraph=paragraph,
            time_ms=time_ms,
            permission=submission.permission,
            type=submission.type,
            status=submission.status,
            memo=row["memo"],
            marked=bool(row["marked"]),
            sensitive=bool(row["sensitive"]),
            machine_draft=bool(row["machine_draft"]),
            speakers=speakers,
            region=submission.region,
            question=row["question"],
            created_at=row["created_at"],
            coding_ids=(row["id"],),
        )

    def _paragraph(self, row: _Row) -> tuple[str, str]:
        document_id, start, end = row["document_id"], row["start"], row["end"]
        if document_id not in self._paragraphs:
            query = "SELECT paragraphs FROM documents WHERE id = ?"
            kept = self._db.execute(query, (document_id,)).fetchone()[0]
            _keep(self._paragraphs, document_id, json.loads(kept))
        every = self._paragraphs[document_id]
        first = max(0, bisect_right(every, start, key=lambda one: one[1]) - 1)
        last = max(first + 1, bisect_left(every, end, key=lambda one: one[1]))
        covered = [Paragraph(n, s, e, Style(k), *page) for n, s, e, k, *page in every[first:last]]
        return numbers_of(covered, start, end), pages_of(covered, start, end)

    def _lines(self, document_id: str, start: int) -> list[Segment]:
        """The lines of a transcript; only that with the word at `start` has the words' times."""
        if document_id not in self._segments:
            _keep(self._segments, document_id, self._reads.segments_untimed(document_id))
        lines = self._segments[document_id]
        place = bisect_right(lines, start, key=lambda one: one.start) - 1
        if place >= 0 and not lines[place].words:
            timed = self._reads.segment(lines[place].id)
            if timed:
                lines[place] = replace(timed, start=lines[place].start)
        return lines


def _keep(kept: dict[str, Any], document_id: str, known: Any) -> None:
    """Remembers what is known of a document, and forgets what was longest ago."""
    kept[document_id] = known
    if len(kept) > _KEPT:
        del kept[next(iter(kept))]


def passage(reads: Reads, document: Document, start: int, end: int) -> Quote:
    """The words `[start, end)` of a document as a quote that nobody has coded: cited by time and
    speaker in a transcript, else by paragraph."""
    submission = reads.submission(document.submission_id)
    timed = document.kind is DocumentKind.TRANSCRIPT
    lines = reads.segments(document.id) if timed else []
    time_ms = spoken_at(lines, start)
    speakers = speaking(submission, spoken_by(lines, start, end))
    paragraph = "" if timed else numbers_of(document.paragraphs, start, end)
    page = "" if timed else pages_of(document.paragraphs, start, end)
    return replace(
        plain(submission, document, start, end),
        citation=cite(submission.ref, paragraph, time_ms, page, speakers),
        paragraph=paragraph,
        time_ms=time_ms,
        speakers=speakers,
    )


def plain(submission: Submission, document: Document, start: int, end: int) -> Quote:
    """The words `[start, end)` of a document of this submission as a quote that nobody has coded,
    cited by the reference alone. Of a document without its text there are no words in it."""
    return Quote(
        id="",
        submission_id=submission.id,
        document_id=document.id,
        code_id="",
        ref=submission.ref,
        attribution=attribution(submission),
        citation=cite(submission.ref),
        quote=document.text[start:end],
        code="",
        coder="",
        document=document.title,
        start=start,
        end=end,
        paragraph="",
        time_ms=None,
        permission=submission.permission,
        type=submission.type,
        status=submission.status,
        machine_draft=document.machine_draft,
    )
