"""Clashes in words: what it is about, what stands and what does not."""

from __future__ import annotations

import json
from dataclasses import dataclass

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

_BY_HAND = {
    resting.USED: "Remove what was made with it first; then it can be removed.",
    resting.FOLLOWED: "Give the tag another code, or ask whose it is to.",
    naming.SAME_NAME: "Give one of the two another name, or merge them.",
    naming.SAME_REF: "References stay as they are; both can be cited.",
    placing.UNSURE: "Look at the passage, and change its ends where they are wrong.",
}
"""What to do where a clash cannot be turned round with one act, by its kind."""

_SHORT = 80
_SINGLE = str.maketrans("“”„", "‘’‚")


def some(table: str, number: int) -> str:
    """So many rows of a table, in words."""
    return counted(number, _CALLED.get(table, table), _PLURALS.get(table, ""))


def remedy(kind: str) -> str:
    """What to do about a clash of this kind by hand; empty where one act turns it round."""
    return _BY_HAND.get(kind, "")


@dataclass(frozen=True, slots=True)
class Words:
    """A clash in words: what it is `about`, what `happened` to that in a few words, both as a
    sentence (`what`), and what was kept and lost."""

    about: str
    happened: str
    what: str
    kept: str
    lost: str


def told(read: Reads, one: Listed, coming: Row | None = None) -> Words:
    """What a clash is about, what was kept, and what was lost. `coming` is the row as a merge will
    leave it, where that is not done yet."""
    clash = one.clash
    row = coming or read.row(clash.table, clash.row_id) or one.lost.after or one.lost.before
    row = row or one.kept.after or one.kept.before or {}
    kind = _CALLED.get(clash.table, clash.table)
    words = {
        "kind": kind,
        "kinds": _PLURALS.get(clash.table, f"{kind}s"),
        "what": name_of(read, clash.table, row),
        "field": _FIELDS.get(clash.field, clash.field.replace("_", " ")),
        "kept": _side(read, one, one.kept),
        "lost": _side(read, one, one.lost),
        "given": (one.lost.after or {}).get("ref") or "A reference",
        "now": _code(read, row.get(clash.field), "the code that took its place"),
        "was": _code(read, (one.lost.after or {}).get(clash.field), "the code that has gone"),
    }
    happened, *parts = (part.format(**words) for part in _TOLD[clash.kind])
    return Words(f"{kind} {words['what']}".strip(), happened, *parts)


_REMOVED = (
    "removed and used",
    "The {kind} {what} was removed by one and used by the other",
    "it stays",
    "removed",
)
_TOLD = {
    rowwise.FIELD: (
        "{field} changed by both",
        "Both changed the {field} of the {kind} {what}",
        "{kept}",
        "{lost}",
    ),
    rowwise.DELETED: _REMOVED,
    resting.USED: _REMOVED,
    rowwise.MERGED: (
        "merged away and changed",
        "The code {what} was merged into another by one and changed by the other",
        "merged",
        "{lost}",
    ),
    resting.FOLLOWED: (
        "its code was merged away",
        "The {kind} {what} was put on a code that was merged into another",
        "on {now}",
        "on {was}",
    ),
    resting.CYCLE: (
        "moved below each other",
        "The code {what} and one above it were each moved below the other",
        "the earlier move",
        "{lost}",
    ),
    naming.SAME_NAME: (
        "one name for two",
        "Two {kinds} had one name, so the later is {what} now",
        "the earlier keeps the name",
        "the later is {what}",
    ),
    naming.SAME_KEY: (
        "one key for two",
        "Two codes were given the key {lost}",
        "the code that had it first",
        "{what} has none",
    ),
    naming.SAME_REF: (
        "one reference for two",
        "{given} was given to two submissions, so the later is {what} now",
        "the earlier keeps {given}",
        "the later is {what}",
    ),
    transcripts.REWORDED: (
        "corrected in two ways",
        "A sentence was corrected in two ways",
        "{kept}",
        "{lost}",
    ),
    whole.UNCHECKED: (
        "checked and corrected",
        "{what} was marked as checked while it was corrected elsewhere",
        "a draft again",
        "checked",
    ),
    placing.UNSURE: (
        "not placed for certain",
        "The {kind} could not be placed for certain",
        "{what}",
        "{lost}",
    ),
}
"""For each kind of clash what happened in a few words and in a sentence, what was kept, and what
was lost."""


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
    row = read.row(table, row_id) or one.lost.after or one.lost.before or {}
    return str(row.get("submission_id") or read.owner_of(row.get("document_id") or ""))


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
        return _code(read, value, "no code")
    if isinstance(value, str) and value.startswith("["):
        return ", ".join(map(str, json.loads(value)))
    return _quoted(str(value)) if value not in ("", None) else "nothing"


def _code(read: Reads, code_id: object, otherwise: str) -> str:
    """How a code is called, or was while it stood; `otherwise` where that is not known."""
    name = read.code_name(str(code_id)) if code_id else ""
    return _quoted(name) if name else otherwise


def _quoted(text: str) -> str:
    line = " ".join(text.split()).translate(_SINGLE)
    return f"“{line[:_SHORT]}…”" if len(line) > _SHORT else f"“{line}”"
