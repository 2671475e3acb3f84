"""Typed reads about transcripts: their segments, how they were heard, and what waits to be."""

from __future__ import annotations

import sqlite3
from typing import Any, TypeVar

from coder.domain.model import Hearing, Segment, Standing, Stretch
from coder.domain.segments import laid_out
from coder.store.handwork import changed_since, checked_by, moved_since, reworded, worked_on
from coder.store.rows import TABLES, columns, from_row

R = TypeVar("R")

_UNTIMED = ", ".join("'[]' AS words" if name == "words" else name for name in columns(Segment))
_IN_ORDER = "ORDER BY position, id"


class TranscriptReads:
    """Reads over one connection. Each gives records, never rows."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def _all(self, kind: type[R], rest: str = "", *values: Any) -> list[R]:
        query = f'SELECT * FROM "{TABLES[kind]}" {rest}'  # noqa: S608
        return [from_row(kind, row) for row in self._db.execute(query, values)]

    def _one(self, kind: type[R], rest: str, *values: Any) -> R | None:
        found = self._all(kind, rest, *values)
        return found[0] if found else None

    def segments(self, document_id: str) -> list[Segment]:
        """A transcript's segments in order, with where they lie in its text."""
        return laid_out(self._all(Segment, f"WHERE document_id = ? {_IN_ORDER}", document_id))

    def segments_untimed(self, document_id: str) -> list[Segment]:
        """The same without the words and their times: a tenth of the work."""
        query = f"SELECT {_UNTIMED} FROM segments WHERE document_id = ? {_IN_ORDER}"  # noqa: S608
        rows = self._db.execute(query, (document_id,))
        return laid_out(from_row(Segment, row) for row in rows)

    def segment(self, segment_id: str) -> Segment | None:
        """The segment with this id, or None; without where it lies in the text."""
        return self._one(Segment, "WHERE id = ?", segment_id)

    def lines(self, document_id: str) -> list[tuple[str, float, str]]:
        """Id, position and text of a transcript's segments, in order: far faster than all that is
        known of them."""
        query = f"SELECT id, position, text FROM segments WHERE document_id = ? {_IN_ORDER}"  # noqa: S608
        return [tuple(row) for row in self._db.execute(query, (document_id,))]

    def places(self, document_id: str) -> list[tuple[str, float, int]]:
        """Id, position and beginning (ms) of a transcript's segments, in order."""
        query = f"SELECT id, position, start_ms FROM segments WHERE document_id = ? {_IN_ORDER}"  # noqa: S608
        return [tuple(row) for row in self._db.execute(query, (document_id,))]

    def moved_since(self, document_id: str, step_id: str) -> bool:
        """Whether sentences came into a transcript, or were numbered anew, between this undo or
        redo and the step that it takes back."""
        return moved_since(self._db, document_id, step_id)

    def speakers(self, document_id: str = "") -> list[str]:
        """The names of those who speak in a transcript, or in any, by name."""
        of = "AND document_id = ?" if document_id else ""
        query = f"SELECT DISTINCT speaker FROM segments WHERE speaker <> '' {of} ORDER BY speaker"  # noqa: S608
        return [row[0] for row in self._db.execute(query, (document_id,) if document_id else ())]

    def corrected(self, document_id: str) -> int:
        """How many sentences of a transcript have words that a person changed, or were put in or
        deleted."""
        return reworded(self._db, document_id)

    def worked_on(self, document_id: str) -> int:
        """How many sentences of a transcript a person has touched in any way."""
        return worked_on(self._db, document_id)

    def checked_by(self, document_id: str) -> tuple[str, str] | None:
        """Who last marked a transcript as checked, and when (ISO 8601); None where nobody did."""
        return checked_by(self._db, document_id)

    def changed_since(self, document_id: str, seq: int) -> bool:
        """Whether the sentences of a transcript are others than after the step of this number."""
        return changed_since(self._db, document_id, seq)

    def heard_until(self, document_id: str) -> int:
        """How far a recording was listened to for a transcript, in milliseconds: to the end of the
        last piece that is kept."""
        query = "SELECT max(end_ms) FROM stretches WHERE document_id = ?"
        return int(self._db.execute(query, (document_id,)).fetchone()[0] or 0)

    def last_position(self, document_id: str) -> float:
        """The position of the last segment of a transcript, −1 where it has none."""
        query = "SELECT max(position) FROM segments WHERE document_id = ?"
        found = self._db.execute(query, (document_id,)).fetchone()[0]
        return -1.0 if found is None else float(found)

    def stretches(self, document_id: str) -> list[Stretch]:
        """The parts of a recording that were listened to for a transcript, in order."""
        return self._all(Stretch, "WHERE document_id = ? ORDER BY start_ms", document_id)

    def stretch(self, stretch_id: str) -> Stretch | None:
        """The stretch with this id, or None."""
        return self._one(Stretch, "WHERE id = ?", stretch_id)

    def hearing(self, hearing_id: str) -> Hearing | None:
        """The hearing with this id, or None."""
        return self._one(Hearing, "WHERE id = ?", hearing_id)

    def hearing_of(self, transcript_id: str) -> Hearing | None:
        """How a transcript was made, or is being made; None for one that was sent in."""
        return self._one(Hearing, "WHERE transcript_id = ?", transcript_id)

    def hearings_for(self, media_id: str) -> list[Hearing]:
        """All hearings of a recording, done or not."""
        return self._all(Hearing, f"WHERE media_id = ? {_IN_ORDER}", media_id)

    def queue(self) -> list[Hearing]:
        """What is yet to be heard, or was given up, in order."""
        return self._all(Hearing, f"WHERE standing <> ? {_IN_ORDER}", Standing.DONE)
