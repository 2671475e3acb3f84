"""Coded passages, chosen by SQL and made citable."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from coder.domain.baskets import BasketItem
from coder.domain.citation import attribution, cite, speaking
from coder.domain.model import (
    Code,
    Document,
    DocumentKind,
    Quote,
    QuoteFilter,
    Segment,
    Submission,
)
from coder.domain.paragraphs import numbers_of, pages_of
from coder.domain.sight import Others, Sight
from coder.store.reads import Reads
from coder.store.rows import from_row
from coder.store.sight import seen

_SELECT = (
    'SELECT c.id, c.document_id, c.code_id, c.start, c."end", c.quote, c.memo, c.marked,'
    " c.sensitive, d.title, d.kind, d.machine_draft, d.submission_id, k.name AS coder"
    " FROM codings c JOIN documents d ON d.id = c.document_id"
    " JOIN submissions s ON s.id = d.submission_id"
    " JOIN coders k ON k.id = c.coder_id"
)
_ORDER = ' ORDER BY length(s.ref), s.ref, d.position, c.start, c."end", c.created_at'


def select(
    connection: sqlite3.Connection, wanted: QuoteFilter, codes: Sequence[Code]
) -> list[Quote]:
    """The coded passages that the filter asks for, in the order of references and of the text.

    Attributions obey permission and status; nothing is left out here for the sake of it, because a
    researcher reads everything. What may be published is decided in `coder.export.selection`.
    """
    where, values = _where(wanted, children_of(codes))
    rows = connection.execute(_SELECT + where + _ORDER, values).fetchall()
    return _Citing(connection, codes).quotes(rows)


def of_codings(
    connection: sqlite3.Connection, coding_ids: Sequence[str], codes: Sequence[Code]
) -> list[Quote]:
    """The passages of these codings, as far as they are still there, in the order of references and
    of the text."""
    where = " WHERE c.id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(_SELECT + where + _ORDER, (json.dumps(list(coding_ids)),)).fetchall()
    return _Citing(connection, codes).quotes(rows)


_BASKETED = """
SELECT i.id, i.document_id, i.code_id, i.start, i."end", i.quote, '' AS memo, 0 AS marked,
0 AS sensitive, d.title, d.kind, d.machine_draft, d.submission_id, coalesce(
  (SELECT group_concat(name, '; ') FROM
   (SELECT DISTINCT k.name FROM codings c JOIN coders k ON k.id = c.coder_id
    WHERE c.document_id = i.document_id AND c.start = i.start AND c."end" = i."end"
    AND c.code_id = i.code_id ORDER BY k.name)), '') AS coder
FROM basket_items i JOIN documents d ON d.id = i.document_id
WHERE i.id IN (SELECT value FROM json_each(?))
"""


def of_items(
    connection: sqlite3.Connection, items: Sequence[BasketItem], codes: Sequence[Code]
) -> dict[str, Quote]:
    """What the quotes of a basket stand for, by the item's id, whether or not they are coded:
    `coder` names those who put its code on exactly these words. None counts as marked or sensitive
    by itself."""
    wanted = json.dumps([item.id for item in items])
    found = _Citing(connection, codes).quotes(connection.execute(_BASKETED, (wanted,)).fetchall())
    by_id = {quote.id: quote for quote in found}
    return {item.id: replace(by_id[item.id], omitted=item.omitted) for item in items}


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


def sight_of(wanted: QuoteFilter) -> Sight:
    """Whose codings the filter looks at."""
    if wanted.hidden_to:
        return Sight(wanted.hidden_to, Others.HIDDEN)
    return Sight(wanted.blind_to, Others.BLIND) if wanted.blind_to else Sight()


def _where(wanted: QuoteFilter, families: Mapping[str, list[str]]) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []

    def ask(condition: str, *found: Any) -> None:
        parts.append(condition)
        values.extend(found)

    sight = sight_of(wanted)
    beside, blind = seen(sight, "o")
    groups = [families.get(code, [code]) for code in wanted.codes]
    if groups:
        anyone = [one for group in groups for one in group]
        ask(f"c.code_id IN ({_marks(anyone)})", *anyone)
    if wanted.every:
        for group in groups:
            ask(f"EXISTS {_overlapping(group, beside)}", *group, *blind)
    for code in wanted.without:
        group = families.get(code, [code])
        ask(f"NOT EXISTS {_overlapping(group, beside)}", *group, *blind)
    for column, several in (
        ("s.type", wanted.types),
        ("s.permission", wanted.permissions),
        ("k.name", wanted.coders),
    ):
        if several:
            ask(f"{column} IN ({_marks(several)})", *several)
    if wanted.submissions:
        ask(
            f"s.ref IN ({_marks(wanted.submissions)})",
            *(ref.upper() for ref in wanted.submissions),
        )
    if wanted.text:
        escaped = wanted.text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        ask(r"(c.quote LIKE ? ESCAPE '\' OR c.memo LIKE ? ESCAPE '\')", *[f"%{escaped}%"] * 2)
    if wanted.marked:
        ask("c.marked = 1")
    if not sight.whole:
        condition, blind = seen(sight)
        ask(condition, *blind)
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _overlapping(group: Sequence[str], seen_too: str) -> str:
    return (
        "(SELECT 1 FROM codings o WHERE o.document_id = c.document_id"  # noqa: S608
        f' AND o.start < c."end" AND o."end" > c.start AND o.code_id IN ({_marks(group)})'
        f" AND {seen_too})"
    )


class _Citing:
    """Turns rows into quotes, reading each submission, document and transcript only once, and none
    that is not quoted."""

    def __init__(self, connection: sqlite3.Connection, codes: Sequence[Code]) -> None:
        self._db = connection
        self._reads = Reads(connection)
        self._paths = paths_of(codes)
        self._submissions: dict[str, Submission] = {}
        self._segments: dict[str, list[Segment]] = {}
        self._paragraphs: dict[str, Any] = {}

    def quotes(self, rows: Sequence[sqlite3.Row]) -> list[Quote]:
        quoted = json.dumps(sorted({row["submission_id"] for row in rows}))
        query = "SELECT * FROM submissions WHERE id IN (SELECT value FROM json_each(?))"
        for found in self._db.execute(query, (quoted,)):
            self._submissions[found["id"]] = from_row(Submission, found)
        return [self._quote(row) for row in rows]

    def _quote(self, row: sqlite3.Row) -> Quote:
        submission = self._submissions[row["submission_id"]]
        timed = row["kind"] == DocumentKind.TRANSCRIPT
        lines = self._lines(row["document_id"]) if timed else []
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
        )

    def _paragraph(self, row: sqlite3.Row) -> tuple[str, str]:
        document_id = row["document_id"]
        if document_id not in self._paragraphs:
            self._paragraphs[document_id] = self._reads.document(document_id).paragraphs
        place = self._paragraphs[document_id], row["start"], row["end"]
        return numbers_of(*place), pages_of(*place)

    def _lines(self, document_id: str) -> list[Segment]:
        if document_id not in self._segments:
            self._segments[document_id] = self._reads.segments(document_id)
        return self._segments[document_id]


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
