"""Quotes from which a writer leaves something out: always by spans, so that what is left out is
known and the rest can still be compared with the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

OMISSION = "[…]"
"""What stands in place of words left out, as reports show it."""

Span = tuple[int, int]

_GAP = re.compile(rf"{re.escape(OMISSION)} (?=[,.;:!?)\]’”])")


def kept(start: int, end: int, omitted: Iterable[Span]) -> list[Span]:
    """The parts of the passage `[start, end)` that stay, in order; what lies outside it is not
    looked at, and an empty part is none."""
    parts, place = [], start
    for first, last in sorted(omitted):
        if first >= end:
            break
        if place < first:
            parts.append((place, first))
        place = max(place, min(last, end))
    if place < end:
        parts.append((place, end))
    return parts


def tidy(start: int, end: int, omitted: Iterable[Span]) -> tuple[Span, ...]:
    """The same omissions as a basket item keeps them: inside the passage, in order, those that
    touch made one."""
    found: list[Span] = []
    for first, last in sorted((max(start, a), min(end, b)) for a, b in omitted):
        if first >= last:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


def shown(parts: Sequence[str], *, before: bool = False, after: bool = False) -> str:
    """The parts with `[…]` between them; `before` and `after` say that something is left out at the
    beginning or the end too. A sign that closes stands right behind it: `[…], and stayed.`"""
    said = [part.strip() for part in parts if part.strip()]
    pieces = [*[OMISSION] * before, f" {OMISSION} ".join(said), *[OMISSION] * after]
    return _GAP.sub(OMISSION, " ".join(filter(None, pieces)))


def trimmed(words: str, start: int, omitted: Sequence[Span]) -> str:
    """The words of a passage that begins at `start`, with `[…]` for each omission."""
    if not omitted:
        return words
    end = start + len(words)
    parts = kept(start, end, omitted)
    return shown(
        [words[first - start : last - start] for first, last in parts],
        before=not parts or parts[0][0] > start,
        after=not parts or parts[-1][1] < end,
    )
