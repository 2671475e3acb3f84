"""What of a row belongs together, what counts as a use of it, and what rests on what."""

from __future__ import annotations

from coder.store.rows import TABLES, columns

_TOGETHER = {
    "submissions": (("status", "of_id", "flags"),),
    "codings": (("start", "end", "quote"),),
    "basket_items": (("start", "end", "quote", "omitted", "was"),),
    "segments": (("text", "words", "start_ms", "end_ms", "heard"),),
}

PLACE = {"codings": "start", "basket_items": "start"}
"""By table, the first of the fields that say where a row stands in a text."""


def _groups(table: str, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    together = _TOGETHER.get(table, ())
    within = {name for group in together for name in group}
    alone = tuple((name,) for name in names if name not in within)
    return {group[0]: group for group in (*alone, *together)}


GROUPS = {table: _groups(table, columns(kind)) for kind, table in TABLES.items()}
"""For each table the fields that are written together, by the name of the first of them."""

SLIGHT = {
    "codes": {"position", "key", "examples", "merged_into"},
    "segments": {"position"},
    "basket_items": {"position"},
    "baskets": {"position"},
    "documents": {"position"},
    "hearings": {"position", "standing", "problem"},
}
"""What is written of a row in passing: where it stands among others, a key that another took. It
does not keep alive a row that somebody removed, and is never told as a clash."""

UNTOLD = {
    "id", "created_at", "added_at", "given_at", "given_by", "decided_at", "dismissed_at",
    "signed_at", "read_at", "coded_at", "at", "merged_into",
}  # fmt: skip
"""Moments and the like: where two differ the later holds, and nobody need be told."""

QUIET = {"coders", "originals", "readings", "stretches", "receipts", "hearings"}
"""Tables of which no clash is told."""

FIRM = {
    "codings": {"document_id": "documents", "code_id": "codes", "coder_id": "coders"},
    "basket_items": {
        "basket_id": "baskets",
        "document_id": "documents",
        "coder_id": "coders",
    },
    "documents": {"submission_id": "submissions", "source_id": "documents"},
    "codes": {"parent_id": "codes"},
    "memos": {"coder_id": "coders"},
    "decisions": {"document_id": "documents", "coder_id": "coders"},
    "baskets": {"coder_id": "coders"},
    "filters": {"coder_id": "coders"},
    "dismissals": {"coder_id": "coders"},
    "sign_offs": {"coder_id": "coders"},
}
"""What a row cannot be without: while it stands, that stands too."""

LOOSE = {
    "readings": {"document_id": "documents", "coder_id": "coders"},
    "assignments": {"submission_id": "submissions", "coder_id": "coders"},
    "hearings": {"media_id": "documents", "transcript_id": "documents"},
    "stretches": {"document_id": "documents"},
}
"""What goes with what it speaks of."""

PARTS = {
    "documents": {"submission_id": "submissions", "source_id": "documents"},
    "stretches": {"document_id": "documents"},
    "hearings": {"media_id": "documents", "transcript_id": "documents"},
    "receipts": {"submission_id": "submissions"},
}
"""What was removed together with what it is part of comes back with it."""

MEMO_ON = {"submission": "submissions", "document": "documents", "code": "codes"}
