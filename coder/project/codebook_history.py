"""The history of a code and of its definition, out of the journal, in lines a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coder.domain.codes import paths_of
from coder.domain.model import Code
from coder.domain.sight import Others, Sight
from coder.store.journal import REDO, UNDO
from coder.store.past import Past
from coder.store.reads import Reads

_TEXTS = {
    "definition": "Definition",
    "use_when": "Use when",
    "not_when": "Do not use when",
}
_WORDS = {"name": "Name", "colour": "Colour", "key": "Key"}
_TURNED_BACK = {UNDO: "undone", REDO: "done again"}


@dataclass(frozen=True, slots=True)
class CodeChange:
    """Who changed a code when (ISO 8601), and what, a line each. `turned` is `undone` or `done
    again` where the change was an undo or redo, else empty."""

    at: str
    coder: str
    lines: tuple[str, ...]
    turned: str = ""


def history_of(read: Reads, code_id: str, sight: Sight = Sight()) -> list[CodeChange]:  # noqa: B008
    """Every change of the code that says something about it, newest first. Where it only changed
    its place among its siblings there is no entry. To those who code blind nothing is told of the
    examples that others pinned, by which they would know who uses the code."""
    paths = paths_of(read.codes())
    found = []
    for past in read.past(Code, code_id):
        pins = sight.others is not Others.BLIND or past.coder_id == sight.coder_id
        lines = ("Withdrawn since.",) if past.erased else tuple(_lines(past, paths, pins=pins))
        if lines:
            turned = _TURNED_BACK.get(past.kind, "")
            found.append(CodeChange(past.at, past.coder, lines, turned))
    return found[::-1]


def _lines(past: Past[Code], paths: dict[str, str], *, pins: bool) -> Iterator[str]:
    before, after = past.before, past.after
    if after is None:
        yield "Removed"
        return
    if before is None:
        yield f"Made as “{after.name}”{_below(after, paths)}"
        before = Code(after.id, after.name, after.parent_id, colour=after.colour)
    for name, words in _WORDS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{words}: {_said(old)} → {_said(new)}"
    if before.parent_id != after.parent_id:
        yield f"Moved{_below(after, paths) or ' to the top'}"
    for name, words in _TEXTS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old and old != new:
            yield f"{words}: {_said(old)} → {_said(new)}"
        elif old != new:
            yield f"{words}: {_said(new)}"
    if pins:
        yield from _pinned(before, after)


def _pinned(before: Code, after: Code) -> Iterator[str]:
    fresh = len(set(after.examples) - set(before.examples))
    gone = len(set(before.examples) - set(after.examples))
    for number, did in ((fresh, "pinned"), (gone, "unpinned")):
        if number:
            yield f"{'An example' if number == 1 else f'{number} examples'} {did}"


def _below(code: Code, paths: dict[str, str]) -> str:
    if code.parent_id is None:
        return ""
    path = paths.get(code.parent_id, "")
    return f" below “{path.replace('/', ' / ')}”" if path else " below a code that has gone"


def _said(text: str) -> str:
    return f"“{text}”" if text else "none"
