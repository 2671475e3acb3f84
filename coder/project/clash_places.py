"""Where what a clash is about can be seen."""

from __future__ import annotations

from dataclasses import dataclass

from coder.store.reads import Reads
from coder.store.rows import Row


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: a code, or a submission and in it maybe a document and words of its
    text (code points, half-open). All by their ids; empty where there is none."""

    code_id: str = ""
    submission_id: str = ""
    document_id: str = ""
    start: int = 0
    end: int = 0


def spot_of(read: Reads, table: str, row_id: str) -> Spot | None:
    """Where a row stands now; None where it is gone, or belongs to no code and no submission."""
    row = read.row(table, row_id)
    if row is None:
        return None
    if table == "codes":
        return Spot(code_id=row_id)
    document_id = row_id if table == "documents" else str(row.get("document_id") or "")
    owner = read.owner_of(document_id or row_id) or str(row.get("submission_id") or "")
    if owner:
        return Spot("", owner, document_id, *_words(read, table, document_id, row))
    code_id = str(row.get("code_id") or "")
    return Spot(code_id=code_id) if code_id else None


def _words(read: Reads, table: str, document_id: str, row: Row) -> tuple[int, int]:
    if table == "segments":
        start = max(0, read.document(document_id).text.find(row["text"]))
        return start, start + len(row["text"])
    if table == "codings":
        return row["start"], row["end"]
    return 0, 0
