"""Typed reads: what the rooms above ask of a project, each through the connection given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from coder.domain.baskets import SavedFilter
from coder.domain.citation import as_reference
from coder.domain.errors import NotFound
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Inquiry,
    Memo,
    Original,
    Paragraph,
    Reading,
    Receipt,
    Segment,
    Status,
    Submission,
)
from coder.domain.sight import Sight
from coder.domain.together import SignOff
from coder.store import finding, settled, story
from coder.store.assigned import AssignmentReads
from coder.store.past import Past, past
from coder.store.rows import columns, from_row
from coder.store.schema import REF
from coder.store.sight import seen
from coder.store.story import StepEntry

R = TypeVar("R")

_REFS = (("changes", "changes_ref"), ("brought_changes", "brought_ref"))

_LIGHT = ", ".join(
    "'' AS text" if name == "text" else "'[]' AS paragraphs" if name == "paragraphs" else name
    for name in columns(Document)
)


@dataclass(frozen=True, slots=True)
class Tagged:
    """How much of a submission is tagged: by everyone, by one coder, as many as that coder may see
    who codes blind (others' only in documents declared coded), and the characters up to the last
    tag of that coder in each document, added up."""

    all: int = 0
    mine: int = 0
    unblinded: int = 0
    reached: int = 0


class Reads(AssignmentReads):
    """Reads over one connection. Each gives records, never rows."""

    def inquiry(self) -> Inquiry:
        """The project itself."""
        found = self._one(Inquiry, "LIMIT 1")
        if found is None:
            raise NotFound("This project has no inquiry in it.", "Make a new one.")
        return found

    def coders(self) -> list[Coder]:
        """Everyone who has done something here, by name."""
        return self._all(Coder, "ORDER BY name")

    def coder_named(self, name: str) -> Coder | None:
        """The coder of that name, or None."""
        return self._one(Coder, "WHERE name = ?", name)

    def submissions(self) -> list[Submission]:
        """All submissions in the order of their references."""
        return self._all(Submission, "ORDER BY length(ref), ref")

    def submission(self, ref: str) -> Submission:
        """The submission with this reference (any case) or id. Raises NotFound."""
        found = self._one(Submission, "WHERE ref = ? OR id = ?", as_reference(ref), ref)
        if found is None:
            raise NotFound(
                f"There is no submission {ref} in this project.", "`submissions` lists them."
            )
        return found

    def submissions_of(self, submission_id: str) -> list[Submission]:
        """The submissions that refer to this one: its duplicates, the other letters of its
        campaign, and those joined with it, in the order of their references."""
        return self._all(Submission, "WHERE of_id = ? ORDER BY length(ref), ref", submission_id)

    def count_letters(self, head_id: str) -> int:
        """How many other letters a campaign has than the one that stands for it."""
        row = self._db.execute(
            "SELECT count(*) FROM submissions WHERE of_id = ? AND status <> ?"
            " AND EXISTS (SELECT 1 FROM json_each(flags) WHERE value = 'campaign')",
            (head_id, Status.JOINED),
        ).fetchone()
        return int(row[0])

    def highest_number(self, prefix: str) -> int:
        """The highest number ever given to a reference with this prefix, 0 where none was.

        It is read from the journal, so that a reference is never given again, even after its
        submission was removed.
        """
        rows = (
            self._db.execute(
                f"SELECT CAST(substr({REF}, ?) AS INTEGER) FROM {table} INDEXED BY {index}"  # noqa: S608
                f" WHERE table_name = 'submissions' AND length({REF}) > 0 AND {REF} GLOB '*[0-9]'"
                f" ORDER BY length({REF}) DESC, {REF} DESC LIMIT 1",
                (len(prefix) + 1,),
            ).fetchone()
            for table, index in _REFS
        )
        return max((row[0] or 0 for row in rows if row), default=0)

    def ever_called(self, ref: str) -> set[str]:
        """The ids of all submissions that have ever had this reference, those that are gone
        too."""
        return {
            row[0]
            for table, index in _REFS
            for row in self._db.execute(
                f"SELECT DISTINCT row_id FROM {table} INDEXED BY {index}"  # noqa: S608
                f" WHERE table_name = 'submissions' AND length({REF}) = ? AND {REF} = ?",
                (len(ref), ref),
            )
        }

    def was_erased(self, table: str, row_id: str) -> bool:
        """Whether a row of this id went with a submission that was withdrawn."""
        these = "table_name = ? AND row_id = ? AND erased IS NOT NULL"
        query = f"SELECT 1 FROM all_changes WHERE {these} LIMIT 1"  # noqa: S608
        return self._db.execute(query, (table, row_id)).fetchone() is not None

    def row(self, table: str, row_id: str) -> dict[str, Any] | None:
        """A row as it stands, or None."""
        query = f'SELECT * FROM "{table}" WHERE id = ?'  # noqa: S608
        found = self._db.execute(query, (row_id,)).fetchone()
        return dict(found) if found else None

    def owner_of(self, row_id: str) -> str:
        """The id of the submission that a row is, or that the document of this id is in; empty
        where there is none."""
        row = self._db.execute(
            "SELECT id FROM submissions WHERE id = :id"
            " UNION ALL SELECT submission_id FROM documents WHERE id = :id",
            {"id": row_id},
        ).fetchone()
        return row[0] if row else ""

    def place_of(self, document_id: str) -> tuple[str, str, str]:
        """Where a document is: the id of its submission, its reference, and its own title."""
        row = self._db.execute(
            "SELECT s.id, s.ref, d.title FROM documents d JOIN submissions s"
            " ON s.id = d.submission_id WHERE d.id = ?",
            (document_id,),
        ).fetchone()
        return tuple(row) if row else ("", "", "")

    def document_under(self, table: str, row_id: str) -> str:
        """The id of the document that a coding or reading is about, also of one that has gone;
        empty where it was erased."""
        row = self._db.execute(
            "SELECT json_extract(COALESCE(after, before), '$.document_id') FROM all_changes"
            " WHERE table_name = ? AND row_id = ? AND COALESCE(after, before) IS NOT NULL LIMIT 1",
            (table, row_id),
        ).fetchone()
        return (row and row[0]) or ""

    def has(self, table: str, row_id: str) -> bool:
        """Whether a table has a row with this id."""
        query = f'SELECT 1 FROM "{table}" WHERE id = ?'  # noqa: S608
        return self._db.execute(query, (row_id,)).fetchone() is not None

    def count_submissions(self) -> int:
        """How many submissions there are."""
        return int(self._db.execute("SELECT COUNT(*) FROM submissions").fetchone()[0])

    def documents(self, submission_id: str = "") -> list[Document]:
        """The documents of a submission, or of all in the order of their references, each with its
        transcript behind it; without their texts and paragraphs."""
        of = "JOIN (SELECT id AS owner, ref FROM submissions) ON owner = submission_id"
        where = "WHERE submission_id = ?" if submission_id else ""
        order = "ORDER BY length(ref), ref, position, source_id IS NOT NULL"
        query = f"SELECT {_LIGHT} FROM documents {of} {where} {order}"  # noqa: S608
        values = (submission_id,) if submission_id else ()
        return [from_row(Document, row) for row in self._db.execute(query, values)]

    def document(self, document_id: str) -> Document:
        """A document with its text. A transcript's text and paragraphs are made of its segments.
        Raises NotFound."""
        found = self._one(Document, "WHERE id = ?", document_id)
        if found is None:
            raise NotFound("This document is no longer in the project.")
        if found.kind is not DocumentKind.TRANSCRIPT:
            return found
        return from_segments(found, self.segments(document_id))

    def text_of(self, document_id: str) -> str:
        """A document's text and nothing else of it; empty where there is no such document."""
        row = self._db.execute(
            "SELECT kind, text FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        if row and row[0] == DocumentKind.TRANSCRIPT:
            return "\n".join(text for _, _, text in self.lines(document_id))
        return str(row[1]) if row else ""

    def sensitive(self) -> list[tuple[str, int, int]]:
        """Where anyone marked a passage as sensitive: the document's id, start and end."""
        query = 'SELECT document_id, start, "end" FROM codings WHERE sensitive = 1'
        return [tuple(row) for row in self._db.execute(query)]

    def header(self, document_id: str) -> Document | None:
        """A document without its text and paragraphs, or None."""
        query = f"SELECT {_LIGHT} FROM documents WHERE id = ?"  # noqa: S608
        row = self._db.execute(query, (document_id,)).fetchone()
        return from_row(Document, row) if row else None

    def transcript_of(self, media_id: str) -> Document | None:
        """The transcript made from a recording, with its text, or None."""
        header = self.transcript_header(media_id)
        return self.document(header.id) if header else None

    def transcript_header(self, media_id: str) -> Document | None:
        """The transcript made from a recording, without its text and paragraphs, or None."""
        query = f"SELECT {_LIGHT} FROM documents WHERE source_id = ?"  # noqa: S608
        row = self._db.execute(query, (media_id,)).fetchone()
        return from_row(Document, row) if row else None

    def maker_of(self, document_id: str) -> Coder | None:
        """Who first put a document into the project: for a transcript, the engine and model."""
        row = self._db.execute(
            "SELECT * FROM coders WHERE id = (SELECT coder_id FROM act_changes"
            " WHERE table_name = 'documents' AND row_id = ? ORDER BY stamp LIMIT 1)",
            (document_id,),
        ).fetchone()
        return from_row(Coder, row) if row else None

    def lengths(self, submission_id: str = "") -> dict[str, int]:
        """The number of characters in each document of a submission, or of all, by id."""
        of = " AND submission_id = :of" if submission_id else ""
        within = " WHERE document_id IN (SELECT id FROM documents WHERE 1{of})" if of else ""
        rows = self._db.execute(
            f"SELECT id, length(text) AS n FROM documents WHERE kind <> 'transcript'{of}"  # noqa: S608
            " UNION ALL SELECT document_id, sum(length(text)) + count(*) - 1 FROM segments"
            f"{within.format(of=of)} GROUP BY document_id",
            {"of": submission_id},
        )
        return {row[0]: row[1] or 0 for row in rows}

    def title_of(self, document_id: str) -> str:
        """A document's title; empty where there is no such document."""
        query = "SELECT title FROM documents WHERE id = ?"
        row = self._db.execute(query, (document_id,)).fetchone()
        return row[0] if row else ""

    def code_name(self, code_id: str) -> str:
        """A code's name, of one that has gone the last; empty where there never was such a code."""
        row = self._db.execute(
            "SELECT coalesce((SELECT name FROM codes WHERE id = :id),"
            " (SELECT json_extract(coalesce(after, before), '$.name') FROM act_changes"
            " WHERE table_name = 'codes' AND row_id = :id ORDER BY stamp DESC LIMIT 1), '')",
            {"id": code_id},
        ).fetchone()
        return str(row[0])

    def codes(self) -> list[Code]:
        """The whole codebook; children of one parent in their order."""
        return self._all(Code, "ORDER BY parent_id IS NOT NULL, parent_id, position, name")

    def code(self, code_id: str) -> Code | None:
        """The code with this id, or None."""
        return self._one(Code, "WHERE id = ?", code_id)

    def code_counts(self, sight: Sight = Sight()) -> dict[str, tuple[int, int]]:  # noqa: B008
        """For each code id with any: its codings that are seen, and the submissions they lie in.
        What was agreed on counts where nobody's coding says the same."""
        condition, values = seen(sight)
        repeated = settled.repeated_codes(self._db, sight)
        rows = self._db.execute(
            "SELECT code_id, SUM(n), COUNT(DISTINCT d.submission_id) FROM"  # noqa: S608
            " (SELECT code_id, document_id, COUNT(*) AS n FROM codings c"
            f"  WHERE {condition} GROUP BY code_id, document_id) p"
            " JOIN documents d ON d.id = p.document_id GROUP BY code_id",
            values,
        )
        return {row[0]: (row[1] - repeated.get(row[0], 0), row[2]) for row in rows}

    def coders_of_codes(
        self,
        code_ids: Sequence[str],
        sight: Sight = Sight(),  # noqa: B008
    ) -> dict[str, int]:
        """How many codings that are seen each coder, by name, has with one of these codes; the most
        first."""
        condition, values = seen(sight)
        rows = self._db.execute(
            "SELECT k.name, COUNT(*) FROM codings c JOIN coders k ON k.id = c.coder_id"  # noqa: S608
            f" WHERE c.code_id IN (SELECT value FROM json_each(?)) AND {condition}"
            " GROUP BY k.id ORDER BY COUNT(*) DESC, k.name",
            (json.dumps(list(code_ids)), *values),
        )
        return dict(rows.fetchall())

    def codings(self, document_id: str) -> list[Coding]:
        """A document's codings in the order of the text."""
        return self._all(Coding, 'WHERE document_id = ? ORDER BY start, "end", id', document_id)

    def codings_behind(self, document_id: str, place: int) -> list[Coding]:
        """A document's codings that end behind this place, in the order of the text."""
        rest = 'WHERE document_id = ? AND "end" > ? ORDER BY start, "end", id'
        return self._all(Coding, rest, document_id, place)

    def coding(self, coding_id: str) -> Coding | None:
        """The coding with this id, or None."""
        return self._one(Coding, "WHERE id = ?", coding_id)

    def coding_at(
        self, document_id: str, code_id: str, coder_id: str, start: int, end: int
    ) -> Coding | None:
        """The coding of this code by this coder on exactly these words, or None."""
        return self._one(
            Coding,
            'WHERE document_id = ? AND start = ? AND "end" = ? AND code_id = ? AND coder_id = ?',
            *(document_id, start, end, code_id, coder_id),
        )

    def codings_on(self, document_id: str, start: int, end: int, sight: Sight) -> list[Coding]:
        """The codings on exactly these words, under whichever code, as far as they are in sight."""
        condition, values = seen(sight, "codings")
        where = f'WHERE document_id = ? AND start = ? AND "end" = ? AND {condition} ORDER BY id'
        return self._all(Coding, where, document_id, start, end, *values)

    def codings_with_memo(self, document_id: str = "") -> list[Coding]:
        """The codings with a memo of a document, or of all."""
        one = " AND document_id = ?" if document_id else ""
        values = (document_id,) if document_id else ()
        return self._all(Coding, f"WHERE memo <> ''{one} ORDER BY created_at, id", *values)

    def saved_filters(self) -> list[SavedFilter]:
        """The filters that were saved, by name."""
        return self._all(SavedFilter, "ORDER BY name COLLATE NOCASE, id")

    def sign_off(self, sign_off_id: str) -> SignOff | None:
        """The sign-off with this id, or None."""
        return self._one(SignOff, "WHERE id = ?", sign_off_id)

    def sign_offs(self, of_id: str | None = None) -> list[SignOff]:
        """The sign-offs of what has this id (empty: the codebook), or all, the latest first."""
        where, values = ("", ()) if of_id is None else ("WHERE of_id = ?", (of_id,))
        return self._all(SignOff, f"{where} ORDER BY signed_at DESC, id", *values)

    def memo(self, memo_id: str) -> Memo | None:
        """The memo with this id, or None."""
        return self._one(Memo, "WHERE id = ?", memo_id)

    def memos(self, of_id: str | None = None) -> list[Memo]:
        """The memos on what has this id, or all there are, oldest first."""
        where, values = ("", ()) if of_id is None else ("WHERE of_id = ?", (of_id,))
        return self._all(Memo, f"{where} ORDER BY created_at, id", *values)

    def count_memos(self) -> int:
        """How many memos there are, those in codings among them."""
        row = self._db.execute(
            "SELECT (SELECT COUNT(*) FROM memos) + (SELECT COUNT(*) FROM codings WHERE memo <> '')"
        ).fetchone()
        return int(row[0])

    def reading(self, reading_id: str) -> Reading | None:
        """The reading with this id, or None."""
        return self._one(Reading, "WHERE id = ?", reading_id)

    def readings(self, coder_id: str, submission_id: str = "") -> dict[str, Reading]:
        """How far a coder is with each document, or with those of a submission, by the document's
        id."""
        of = "document_id IN (SELECT id FROM documents WHERE submission_id = ?) AND "
        where = f"WHERE {of}coder_id = ?" if submission_id else "WHERE coder_id = ?"
        values = (submission_id, coder_id) if submission_id else (coder_id,)
        return {one.document_id: one for one in self._all(Reading, where, *values)}

    def readings_of(self, document_id: str) -> list[Reading]:
        """How far each coder is with a document."""
        return self._all(Reading, "WHERE document_id = ?", document_id)

    def tagged(self, coder_id: str, submission_id: str = "") -> dict[str, Tagged]:
        """What is tagged in each submission that has any tag, or in this one, by its id; as this
        coder may see it. What was agreed on counts where nobody's coding says the same."""
        repeated = settled.repeated_in(self._db, coder_id, submission_id)
        within = "WHERE document_id IN (SELECT id FROM documents WHERE submission_id = :of)"
        rows = self._db.execute(
            "SELECT d.submission_id, SUM(p.n), SUM(p.mine),"  # noqa: S608
            " SUM(IIF(r.coded_at <> '', p.n, p.mine)), SUM(p.reached) FROM ("
            "  SELECT document_id, COUNT(*) AS n, SUM(coder_id = :who) AS mine,"
            '  MAX(IIF(coder_id = :who, "end", 0)) AS reached FROM codings'
            f"  {within if submission_id else ''} GROUP BY document_id) p"
            " JOIN documents d ON d.id = p.document_id LEFT JOIN readings r"
            " ON r.document_id = d.id AND r.coder_id = :who GROUP BY d.submission_id",
            {"who": coder_id, "of": submission_id},
        )
        found = {}
        for one, every, mine, unblinded, reached in rows:
            twice, twice_seen = repeated.get(one, (0, 0))
            found[one] = Tagged(every - twice, mine, unblinded - twice_seen, reached)
        return found

    def codings_of_code(self, code_id: str) -> list[Coding]:
        """All codings that carry this code."""
        return self._all(Coding, "WHERE code_id = ?", code_id)

    def passages_with(self, code_ids: Sequence[str], sight: Sight) -> list[tuple[str, int, int]]:
        """Where one of these codes lies, as far as it is in sight: the document's id, start and
        end of each coding."""
        condition, values = seen(sight)
        marks = ", ".join("?" * len(code_ids))
        rows = self._db.execute(
            'SELECT document_id, start, "end" FROM codings c'  # noqa: S608
            f" WHERE code_id IN ({marks}) AND {condition} ORDER BY document_id, start",
            (*code_ids, *values),
        )
        return [tuple(row) for row in rows]

    def original(self, digest: str) -> Original | None:
        """The original with this SHA-256, or None."""
        return self._one(Original, "WHERE id = ?", digest)

    def originals(self) -> list[Original]:
        """Every original that is kept."""
        return self._all(Original, "ORDER BY id")

    def absent(self) -> set[str]:
        """The SHA-256 of the originals that were left out of this copy when it was shared."""
        return {row[0] for row in self._db.execute("SELECT digest FROM absent")}

    def receipts(self) -> list[Receipt]:
        """The account of every file given to the project, oldest first."""
        return self._all(Receipt, "ORDER BY at, path")

    def rows_of_tables(self, submission_id: str = "") -> dict[str, str]:
        """By the id of each submission that is a table's row and names nobody (or of this one), the
        place that it came from: the file given, and the table and row in it, parted by `/`."""
        one = " AND s.id = :id" if submission_id else ""
        found = self._db.execute(
            "SELECT s.id, r.path || '/' || r.inside FROM submissions s"  # noqa: S608
            " JOIN receipts r ON r.submission_id = s.id"
            " WHERE s.channel IN ('survey', 'social') AND s.respondent = ''"
            f" AND s.organisation = '' AND r.outcome = 'imported' AND r.inside <> ''{one}",
            {"id": submission_id},
        )
        return dict(found.fetchall())

    def past(self, kind: type[R], row_id: str) -> list[Past[R]]:
        """Every change that a record ever had, oldest first; see `coder.store.past`."""
        return past(self._db, kind, row_id)

    def find(self, query: str, limit: int = 200) -> list[finding.Hit]:
        """Full-text search, best first; see `coder.store.finding`. Raises EvidenceError."""
        return finding.find(self._db, query, limit)

    def history(self, limit: int = 100) -> list[StepEntry]:
        """The latest `limit` steps, newest first."""
        return story.history(self._db, limit)

    def story(self, limit: int = 100) -> list[StepEntry]:
        """The latest `limit` lines of the history, newest first. What a machine heard of one
        recording in a row is one line, with the number and time of its last sentence; so is what
        was withdrawn since."""
        return story.story(self._db, limit)


def from_segments(transcript: Document, segments: Sequence[Segment]) -> Document:
    """The transcript with its text, a line a segment, and a paragraph for each."""
    return replace(
        transcript,
        text="\n".join(segment.text for segment in segments),
        paragraphs=tuple(
            Paragraph(str(place + 1), segment.start, segment.end)
            for place, segment in enumerate(segments)
        ),
    )
