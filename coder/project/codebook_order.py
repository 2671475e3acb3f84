"""Where codes stand among one another: moving one up, down, below the one above, or out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coder.domain.codes import lineage
from coder.domain.model import Code


class Shift(StrEnum):
    """A move by one place. IN puts a code below the one above it, OUT behind its parent."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the codebook: below a parent (None: on top), before a sibling (None: last)."""

    parent_id: str | None
    before_id: str | None = None


def siblings(codes: Sequence[Code], parent_id: str | None) -> list[Code]:
    """The codes right below a parent, or on top, in their order."""
    return [code for code in codes if code.parent_id == parent_id]


def shifted(codes: Sequence[Code], code: Code, by: Shift) -> Spot | None:
    """Where a move by one place puts the code; None where it cannot go further that way."""
    beside = [one.id for one in siblings(codes, code.parent_id)]
    place = beside.index(code.id)
    if by is Shift.UP:
        return Spot(code.parent_id, beside[place - 1]) if place else None
    if by is Shift.DOWN:
        if place == len(beside) - 1:
            return None
        return Spot(code.parent_id, beside[place + 2] if place + 2 < len(beside) else None)
    if by is Shift.IN:
        return Spot(beside[place - 1]) if place else None
    if code.parent_id is None:
        return None
    parent = next(one for one in codes if one.id == code.parent_id)
    uncles = [one.id for one in siblings(codes, parent.parent_id)]
    behind = uncles.index(parent.id) + 1
    return Spot(parent.parent_id, uncles[behind] if behind < len(uncles) else None)


def without_inner(codes: Sequence[Code], moved: Sequence[Code]) -> list[Code]:
    """Of the codes moved together, those that do not go with another of them anyway, in the order
    of the codebook."""
    known = {code.id: code for code in codes}
    chosen = {code.id for code in moved}

    def goes_along(code: Code) -> bool:
        return any(one.id in chosen for one in lineage(code.parent_id, known))

    return [code for code in walk(codes) if code.id in chosen and not goes_along(code)]


def walk(codes: Sequence[Code]) -> Iterator[Code]:
    """The codes from top to bottom, each followed by what is below it."""
    below: dict[str | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent_id, []).append(code)

    def from_here(parent: str | None) -> Iterator[Code]:
        for code in below.get(parent, []):
            yield code
            yield from from_here(code.id)

    return from_here(None)


def placed(codes: Sequence[Code], moved: Sequence[Code], spot: Spot) -> list[Code]:
    """The codes below the spot's parent as they are after these were moved there, with positions
    from 0. A sibling that moves too counts as the next that stays."""
    going = {code.id for code in moved}
    beside = siblings(codes, spot.parent_id)
    before = next((place for place, one in enumerate(beside) if one.id == spot.before_id), None)
    first = beside if before is None else beside[:before]
    rest = [] if before is None else beside[before:]
    row = [
        *(one for one in first if one.id not in going),
        *moved,
        *(one for one in rest if one.id not in going),
    ]
    return [
        replace(code, parent_id=spot.parent_id, position=place) for place, code in enumerate(row)
    ]
