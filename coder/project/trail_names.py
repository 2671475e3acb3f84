"""What the journal names by ids, as people call it: submissions, documents, places in them, codes
and coders, those that have gone among them."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from coder.domain.codes import paths_of
from coder.domain.model import DocumentKind
from coder.domain.text import clock
from coder.store.reads import Reads
from coder.store.trail import Change, last_images

GONE = "something that has gone"


@dataclass(frozen=True, slots=True)
class _Place:
    submission_id: str
    title: str
    kind: str


class Names:
    """Names things; what many changes speak of is read at once by `know`, which goes before."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._read = Reads(db)
        self._paths = paths_of(self._read.codes())
        self._coders = {one.id: one.name for one in self._read.coders()}
        self._refs: dict[str, str] = {}
        self._places: dict[str, _Place] = {}
        self._paragraphs: dict[str, list[Any]] = {}
        self._lines: dict[str, tuple[list[int], list[int]]] = {}

    def know(self, changes: Iterable[Change]) -> None:
        """Reads the names of all that these changes speak of."""
        told = list(changes)
        either = [one.either for one in told]
        documents = {row.get("document_id") or row.get("media_id") or "" for row in either}
        documents |= {one.row_id for one in told if one.table == "documents"}
        documents |= {row["of_id"] for row in either if row.get("about") == "document"}
        self._know_documents(sorted(documents - self._places.keys() - {""}))
        owners = {place.submission_id for place in self._places.values()}
        owners |= {
            (row or {}).get(name) or ""
            for one in told
            for row in (one.before, one.after)
            for name in ("submission_id", "of_id")
        }
        owners |= {one.row_id for one in told if one.table == "submissions"}
        self._know_submissions(sorted(owners - self._refs.keys() - {""}))
        codes = {row.get("code_id") or "" for row in either}
        codes |= {one.before["code_id"] for one in told if one.table == "codings" and one.before}
        codes |= {
            (row or {}).get("parent_id") or ""
            for one in told
            for row in (one.before, one.after)
            if one.table == "codes"
        }
        self._know_codes(sorted(codes - self._paths.keys() - {""}))

    def code(self, code_id: str | None, otherwise: str = GONE) -> str:
        """The path of a code as it is called now, or was last."""
        return self._paths.get(code_id or "", otherwise)

    def coder(self, coder_id: str) -> str:
        """A coder's name."""
        return self._coders.get(coder_id, "somebody")

    def ref(self, submission_id: str) -> str:
        """The reference of a submission."""
        return self._refs.get(submission_id, GONE)

    def there(self, document_id: str) -> dict[str, Any]:
        """Where a document is, as fields: its submission and itself; none where it has gone."""
        place = self._places.get(document_id)
        if place is None:
            return {}
        return {"submission_id": place.submission_id, "document_id": document_id}

    def _in(self, document_id: str) -> tuple[str, str]:
        """The reference and the title of a document."""
        place = self._places.get(document_id)
        return (self._refs.get(place.submission_id, ""), place.title) if place else ("", GONE)

    def titled(self, document_id: str) -> str:
        """A document as it is called: `“letter.txt” (SIC0003)`."""
        ref, title = self._in(document_id)
        return f"“{title}” ({ref})" if ref else f"“{title}”"

    def where(self, document_id: str, start: int) -> str:
        """Where a passage stands: `(SIC0003, para 4)`, or the time in a recording."""
        ref, _ = self._in(document_id)
        place = self._places.get(document_id)
        if place is None or not ref:
            return f"({ref or GONE})"
        if place.kind == DocumentKind.TRANSCRIPT:
            time = self._time(document_id, start)
            return f"({ref}, {time})" if time else f"({ref})"
        number = self._number(document_id, start)
        return f"({ref}, para {number})" if number else f"({ref})"

    def _number(self, document_id: str, start: int) -> str:
        if document_id not in self._paragraphs:
            query = "SELECT paragraphs FROM documents WHERE id = ?"
            row = self._db.execute(query, (document_id,)).fetchone()
            self._paragraphs[document_id] = json.loads(row[0]) if row else []
        every = self._paragraphs[document_id]
        found = bisect_right(every, start, key=lambda one: one[1]) - 1
        return next((str(every[at][0]) for at in range(found, -1, -1) if every[at][0]), "")

    def _time(self, document_id: str, start: int) -> str:
        """When the words at a place of a transcript are spoken, as it reads now."""
        if document_id not in self._lines:
            lines = self._read.segments_untimed(document_id)
            starts, times = [one.start for one in lines], [one.start_ms for one in lines]
            self._lines[document_id] = (starts, times)
        starts, times = self._lines[document_id]
        at = bisect_right(starts, start) - 1
        return clock(times[at]) if at >= 0 else ""

    def _know_documents(self, ids: list[str]) -> None:
        these = json.dumps(ids)
        rows = self._db.execute(
            "SELECT id, submission_id, title, kind FROM documents"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (these,),
        ).fetchall()
        known = {row["id"]: dict(row) for row in rows}
        gone = [one for one in ids if one not in known]
        known |= last_images(self._db, "documents", gone) if gone else {}
        for one, row in known.items():
            self._places[one] = _Place(row["submission_id"], row["title"], row["kind"])

    def _know_submissions(self, ids: list[str]) -> None:
        these = json.dumps(ids)
        query = "SELECT id, ref FROM submissions WHERE id IN (SELECT value FROM json_each(?))"
        self._refs |= dict(self._db.execute(query, (these,)).fetchall())
        gone = [one for one in ids if one not in self._refs]
        images = last_images(self._db, "submissions", gone) if gone else {}
        self._refs |= {one: row.get("ref", "") for one, row in images.items()}

    def _know_codes(self, ids: list[str]) -> None:
        images = last_images(self._db, "codes", ids) if ids else {}
        self._paths |= {one: row.get("name", GONE) for one, row in images.items()}
