"""Clashes in words: what it is about, what stands and what does not."""

from __future__ import annotations

import json

from coder.domain.text import counted
from coder.store.merging import naming, placing, resting, rowwise, transcripts, whole
from coder.store.merging.clashing import Listed, Side
from coder.store.merging.rules import GROUPS
from coder.store.reads import Reads
from coder.store.rows import Row

_CALLED = {
    "codings": "tag", "codes": "code", "submissions": "submission", "documents": "document",
    "segments": "sentence", "memos": "memo", "readings": "reading mark", "baskets": "basket",
    "basket_items": "basket item", "filters": "saved filter", "coders": "coder",
    "originals": "original", "receipts": "receipt", "hearings": "hearing", "stretches": "stretch",
    "assignments": "assignment", "decisions": "decision", "dismissals": "dismissal",
    "sign_offs": "sign-off", "inquiry": "inquiry",
}  # fmt: skip
_PLURALS = {"stretches": "stretches", "inquiry": "inquiries"}

_FIELDS = {
    "start": "passage", "text": "words", "code_id": "code", "of_id": "submission it repeats",
    "parent_id": "place in the codebook", "use_when": "rule when to use it",
    "not_when": "rule when not to use it", "machine_draft": "mark as checked",
    "submission_id": "submission", "flags": "flags", "received": "date",
    "also_masked": "words to mask", "how": "outcome", "why": "reason", "colour": "colour",
}  # fmt: skip

_TURNABLE = {
    rowwise.FIELD, rowwise.DELETED, rowwise.MERGED, resting.CYCLE, naming.SAME_KEY,
    transcripts.REWORDED, whole.UNCHECKED,
}  # fmt: skip

_SHORT = 80


def some(table: str, number: int) -> str:
    """So many rows of a table, in words."""
    return counted(number, _CALLED.get(table, table), _PLURALS.get(table, ""))


def turnable(kind: str) -> bool:
    """Whether a clash of this kind can be turned round with one act."""
    return kind in _TURNABLE


def told(read: Reads, one: Listed) -> tuple[str, str, str]:
    """What a clash is about, what was kept, and what was lost."""
    clash = one.clash
    row = _row(read, clash.table, clash.row_id) or one.lost.after or one.lost.before
    row = row or one.kept.after or one.kept.before or {}
    what = name_of(read, clash.table, row)
    kind = _CALLED.get(clash.table, clash.table)
    sides = (_side(read, one, one.kept), _side(read, one, one.lost))
    field = _FIELDS.get(clash.field, clash.field.replace("_", " "))
    sentence, kept, lost = _TOLD[clash.kind]
    words = {"kind": kind, "what": what, "field": field, "kept": sides[0], "lost": sides[1]}
    return sentence.format(**words), kept.format(**words), lost.format(**words)


_REMOVED = ("The {kind} {what} was removed by one and used by the other", "it stays", "removed")
_TOLD = {
    rowwise.FIELD: ("Both changed the {field} of the {kind} {what}", "{kept}", "{lost}"),
    rowwise.DELETED: _REMOVED,
    resting.USED: _REMOVED,
    rowwise.MERGED: (
        "The code {what} was merged into another by one and changed by the other",
        "merged",
        "{lost}",
    ),
    resting.FOLLOWED: (
        "The {kind} {what} was put on a code that was merged into another",
        "on the code that took its place",
        "on the code that has gone",
    ),
    resting.CYCLE: (
        "The code {what} and one above it were each moved below the other",
        "the earlier move",
        "{lost}",
    ),
    naming.SAME_NAME: ("Two have one name, so one is {what} now", "{kept}", "{lost}"),
    naming.SAME_KEY: ("Two codes were given one key", "{kept}", "{what} has none"),
    naming.SAME_REF: ("A reference was given twice; one is {what} now", "the earlier", "{what}"),
    transcripts.REWORDED: ("A sentence was corrected in two ways", "{kept}", "{lost}"),
    whole.UNCHECKED: (
        "{what} was marked as checked while it was corrected elsewhere",
        "a draft again",
        "checked",
    ),
    placing.UNSURE: ("The {kind} could not be placed for certain", "{what}", "{lost}"),
}
"""For each kind of clash what it says, what was kept, and what was lost."""


def name_of(read: Reads, table: str, row: Row) -> str:
    """How a row is called."""
    for name in ("name", "ref", "title", "quote", "text"):
        if row.get(name):
            return _quoted(row[name]) if name != "ref" else str(row[name])
    if table == "sign_offs" or not row:
        return ""
    of = row.get("submission_id") or row.get("document_id") or row.get("of_id") or ""
    return read.title_of(of)


def submission_of(read: Reads, one: Listed) -> str:
    """The id of the submission that a clash is about; empty where it is about none."""
    table, row_id = one.clash.table, one.clash.row_id
    if table in ("submissions", "documents"):
        return read.owner_of(row_id)
    row = _row(read, table, row_id) or one.lost.after or one.lost.before or {}
    return str(row.get("submission_id") or read.owner_of(row.get("document_id") or ""))


def _row(read: Reads, table: str, row_id: str) -> Row | None:
    return read.row(table, row_id)


def _side(read: Reads, one: Listed, side: Side) -> str:
    """What one side says of the field that a clash is about."""
    if side.after is None:
        return "removed" if side.before is not None else ""
    field = one.clash.field
    if field == "start":
        return _quoted(str(side.after.get("quote", "")))
    if field not in GROUPS[one.clash.table]:
        return name_of(read, one.clash.table, side.after)
    value = side.after[field]
    if field in ("code_id", "parent_id"):
        code = read.code(value or "")
        return _quoted(code.name) if code else "no code"
    if isinstance(value, str) and value.startswith("["):
        return ", ".join(map(str, json.loads(value)))
    return _quoted(str(value)) if value not in ("", None) else "nothing"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:_SHORT]}…”" if len(line) > _SHORT else f"“{line}”"
