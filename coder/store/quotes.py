"""Coded passages, chosen by SQL and made citable."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from coder.domain.citation import attribution, cite, speaking
from coder.domain.model import Code, Document, DocumentKind, Paragraph, Segment, Style, Submission
from coder.domain.paragraphs import numbers_of, pages_of
from coder.domain.quotes import Quote, QuoteFilter
from coder.store.choosing import chosen
from coder.store.reads import Reads
from coder.store.rows import from_row

_COLUMNS = (
    'c.id, c.document_id, c.code_id, c.start, c."end", c.quote, c.memo, c.marked,'
    " c.sensitive, c.created_at, d.title, d.kind, d.machine_draft, d.question, d.submission_id,"
    " k.name AS coder"
)
_JOINS = (
    "JOIN documents d ON d.id = c.document_id JOIN submissions s ON s.id = d.submission_id"
    " JOIN coders k ON k.id = c.coder_id"
)
_ORDER = 'ORDER BY length(s.ref), s.ref, d.position, c.start, c."end", c.created_at'
_Row = sqlite3.Row | dict[str, Any]
_AT_ONCE = 500
"""So many quotes are read at a time."""

_KEPT = 200
"""Of so many documents the paragraphs are kept, in case that more is quoted of them."""


def select(
    connection: sqlite3.Connection, wanted: QuoteFilter, codes: Sequence[Code]
) -> list[Quote]:
    """The coded passages that the filter asks for, in the order of references and of the text.

    Attributions obey permission and status; nothing is left out here for the sake of it, because a
    researcher reads everything. What may be published is decided in `coder.export.selection`.
    """
    return list(each(connection, wanted, codes))


def each(
    connection: sqlite3.Connection, wanted: QuoteFilter, codes: Sequence[Code]
) -> Iterator[Quote]:
    """What `select` gives, one by one, so that a hundred thousand take no more memory than a few.
    Those of a basket come in its order."""
    if wanted.basket:
        from coder.store.basketed import basketed

        yield from basketed(connection, wanted, codes)
        return
    citing = Citing(connection, codes)
    numbers = found(connection, wanted, codes)
    for first in range(0, len(numbers), _AT_ONCE):
        yield from citing.quotes(rows_of(connection, numbers[first : first + _AT_ONCE]))


def of_codings(
    connection: sqlite3.Connection, coding_ids: Sequence[str], codes: Sequence[Code]
) -> list[Quote]:
    """The passages of these codings, as far as they are still there, in the order of references and
    of the text."""
    where = "WHERE c.id IN (SELECT value FROM json_each(?))"
    query = f"SELECT {_COLUMNS} FROM codings c {_JOINS} {where} {_ORDER}"  # noqa: S608
    rows = connection.execute(query, (json.dumps(list(coding_ids)),)).fetchall()
    return Citing(connection, codes).quotes(rows)


def rows_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[sqlite3.Row]:
    """What `Citing` needs of the codings with these numbers, in their order."""
    query = (
        f"SELECT {_COLUMNS} FROM json_each(?) w CROSS JOIN codings c ON c.rowid = w.value"  # noqa: S608
        f" {_JOINS} ORDER BY w.key"
    )
    return connection.execute(query, (json.dumps(numbers),)).fetchall()


def merged(
    connection: sqlite3.Connection,
    parts: Sequence[Sequence[sqlite3.Row]],
    codes: Sequence[Code],
) -> list[Quote]:
    """One quote for each of these groups of codings, which lie in one document under one code: from
    the first word of any to the last, with all that is said of them. It counts as tagged when the
    last of them was."""
    made = []
    for rows in parts:
        row = dict(rows[0])
        row["start"] = min(one["start"] for one in rows)
        row["end"] = max(one["end"] for one in rows)
        if (row["start"], row["end"]) != (rows[0]["start"], rows[0]["end"]):
            text = Reads(connection).text_of(row["document_id"])
            row["quote"] = text[row["start"] : row["end"]]
        row["coder"] = "; ".join(sorted({one["coder"] for one in rows}))
        row["memo"] = _memos(rows)
        for name in ("marked", "sensitive", "created_at"):
            row[name] = max(one[name] for one in rows)
        made.append(row)
    ids = [tuple(one["id"] for one in rows) for rows in parts]
    found = Citing(connection, codes).quotes(made)
    return [replace(quote, coding_ids=of) for quote, of in zip(found, ids, strict=True)]


def _memos(rows: Sequence[sqlite3.Row]) -> str:
    """What is thought of a passage, by whom where that is not one."""
    said = [(one["coder"], one["memo"]) for one in rows if one["memo"]]
    if len({one["coder"] for one in rows}) == 1:
        return "\n".join(memo for _, memo in said)
    return "\n".join(f"{coder}: {memo}" for coder, memo in said)


def children_of(codes: Sequence[Code]) -> dict[str, list[str]]:
    """For each code id, itself and every code below it."""
    below: dict[str | None, list[str]] = {}
    for code in codes:
        below.setdefault(code.parent_id, []).append(code.id)

    def family(code_id: str) -> list[str]:
        return [code_id, *(one for child in below.get(code_id, []) for one in family(child))]

    return {code.id: family(code.id) for code in codes}


def paths_of(codes: Sequence[Code]) -> dict[str, str]:
    """The path of each code by id, from its theme down: `Volunteering/First-time volunteers`."""
    known = {code.id: code for code in codes}

    def path(code: Code) -> str:
        parent = known.get(code.parent_id or "")
        return f"{path(parent)}/{code.name}" if parent else code.name

    return {code.id: path(code) for code in codes}


def found(connection: sqlite3.Connection, wanted: QuoteFilter, codes: Sequence[Code]) -> list[int]:
    """The numbers of the codings that the filter asks for, in the order of references and of the
    text."""
    where, values = chosen(wanted, children_of(codes))
    query = f"SELECT q.document, json_group_array(q.id) FROM quoted q WHERE {where}"  # noqa: S608
    of_document = dict(map(tuple, connection.execute(f"{query} GROUP BY q.document", values)))
    order = connection.execute(
        "SELECT d.rowid FROM documents d JOIN submissions s ON s.id = d.submission_id"
        " ORDER BY length(s.ref), s.ref, d.position, d.id"
    )
    return [
        number
        for row in order
        if (numbers := of_document.get(row[0]))
        for number in json.loads(numbers)
    ]


class Citing:
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


def spoken_at(segments: Sequence[Segment], start: int) -> int | None:
    """When the word at `start` of a transcript is spoken, in milliseconds; the segment's own time
    where its words have none, None before the first segment."""
    place = bisect_right(segments, start, key=lambda segment: segment.start) - 1
    if place < 0:
        return None
    segment = segments[place]
    for word in segment.words:
        if segment.start + word.end > start:
            return word.start_ms
    return segment.start_ms


def spoken_until(segments: Sequence[Segment], end: int) -> int | None:
    """When the last word before `end` of a transcript has been spoken, in milliseconds; the
    segment's own end where its words have no times, None before the first segment."""
    place = bisect_left(segments, end, key=lambda segment: segment.start) - 1
    if place < 0:
        return None
    segment = segments[place]
    said = [word for word in segment.words if segment.start + word.start < end]
    return said[-1].end_ms if said else segment.end_ms


def spoken_by(segments: Sequence[Segment], start: int, end: int) -> list[str]:
    """Who speaks in the words `[start, end)` of a transcript, sentence by sentence; empty where
    nobody is named."""
    first = max(0, bisect_right(segments, start, key=lambda segment: segment.start) - 1)
    last = bisect_left(segments, end, key=lambda segment: segment.start)
    within = [one for one in segments[first:last] if one.end > start]
    return [" ".join(one.speaker.split()) for one in within]
