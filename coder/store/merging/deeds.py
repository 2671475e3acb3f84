"""Acts, and what each of them had seen of the others.

Steps of one sitting follow one another in one copy. So what a step had seen is told by a number for
each sitting: the last step of it that was there. A sitting had seen what lies before it in its
folder's chain, and what each merge in that chain brought, as long as the merge stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from coder.store.acts import MERGE, UNMERGE

Vector = Mapping[str, int]
"""By the id of a sitting the number of the last of its steps that is known."""


class Entry(NamedTuple):
    """A step as a journal has it, with the link before it and its own."""

    id: str
    origin: str
    seq: int
    stamp: str
    coder_id: str
    kind: str
    reverses: str | None
    previous: str
    hash: str


@dataclass(slots=True, eq=False)
class Deed:
    """An act, and what its sitting had seen of other sittings when it was done."""

    id: str
    origin: str
    seq: int
    stamp: str
    coder_id: str
    kind: str
    seen: Vector
    order: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.order = (self.stamp, self.id)

    def saw(self, other: Deed) -> bool:
        """Whether the other was there when this was done."""
        if other.origin == self.origin:
            return other.seq < self.seq
        return self.seen.get(other.origin, 0) >= other.seq

    def beside(self, other: Deed) -> bool:
        """Whether neither had seen the other."""
        return self is not other and not self.saw(other) and not other.saw(self)


def joined(vectors: Iterable[Vector]) -> dict[str, int]:
    """What is known by one of these at least."""
    found: dict[str, int] = {}
    for vector in vectors:
        for origin, seq in vector.items():
            if seq > found.get(origin, 0):
                found[origin] = seq
    return found


class _Line:
    """A folder's chain at some place: which sittings lie before, and which merges stand."""

    def __init__(self, origin: str, before: Vector, merges: Mapping[str, Vector]) -> None:
        self.origin, self.before, self.merges = origin, before, merges
        self.seen = joined([before, *merges.values()])


_NOWHERE = _Line("", {}, {})


def deeds_of(entries: Iterable[Entry], brought: Mapping[str, Vector]) -> dict[str, Deed]:
    """The deeds by id; `brought` says by the id of a merge what it brought."""
    lines: dict[str, tuple[_Line, int]] = {}
    deeds: dict[str, Deed] = {}
    for one in sorted(entries, key=lambda entry: (entry.stamp, entry.id)):
        line, last = lines.get(one.previous, (_NOWHERE, 0))
        if line.origin != one.origin:
            before = {**line.before, line.origin: last} if line.origin else {}
            line = _Line(one.origin, before, line.merges)
        deeds[one.id] = Deed(
            one.id, one.origin, one.seq, one.stamp, one.coder_id, one.kind, line.seen
        )
        if one.kind == MERGE:
            merges = {**line.merges, one.id: brought.get(one.id, {})}
            line = _Line(one.origin, line.before, merges)
        elif one.kind == UNMERGE:
            rest = {key: value for key, value in line.merges.items() if key != one.reverses}
            line = _Line(one.origin, line.before, rest)
        lines[one.hash] = (line, one.seq)
    return deeds


T = TypeVar("T")


def latest(deeds: Sequence[tuple[Deed, T]]) -> list[tuple[Deed, T]]:
    """Of these, in their order, those that no other of them had seen, in their order."""
    found: list[tuple[Deed, T]] = []
    for deed, what in reversed(deeds):
        if not any(later.saw(deed) for later, _ in found):
            found.append((deed, what))
    return found[::-1]
