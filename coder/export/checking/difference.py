"""The words of a report beside those of the evidence, where they are the same and where not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from coder.export.checking.alignment import Edit, Span
from coder.export.checking.findings import Piece
from coder.export.checking.pattern import Pattern
from coder.export.checking.words import fold, says_no

_MOST_TOLD = 3
_THOUSANDS = re.compile(r"\d{3}")
_LONGEST_TOLD = 90


def difference(
    quoted: str,
    pattern: Pattern,
    text: str,
    words: Sequence[Span],
    edits: Sequence[Edit],
    tell: Callable[[int, int], str],
) -> list[Piece]:
    """The quotation, piece by piece, beside the `text` of these `words`, of which `tell` says what
    of a stretch may be told.

    Words that differ only in how they are parted (`well-being`, `wellbeing`) are the same.
    """
    said = pattern.words
    ways = [one for run in pattern.runs for one in run.readings]
    pieces: list[Piece] = []
    for same, several in groupby(edits, key=lambda one: one.same):
        group = list(several)
        start, end = group[0].start, group[-1].end
        source = [(one.source, one.source_end) for one in group if one.source_end > one.source]
        stretches = [(words[a][0], words[b - 1][1]) for a, b in _joined(source)]
        evidence = " […] ".join(text[a:b] for a, b in stretches)
        open_ = [tell(a, b) for a, b in stretches] if not same else []
        report = ""
        if end > start:
            stop = said[end].start if end < len(said) else len(quoted)
            report = quoted[said[start].start : stop].strip()
        alike = same or _alike(
            [ways[number] for number in range(start, end)],
            [fold(text[first:last]) for a, b in source for first, last in words[a:b]],
        )
        pieces.append(Piece(alike, report, evidence, " […] ".join(open_) if all(open_) else ""))
    return _merged(pieces)


def is_same(pieces: Sequence[Piece]) -> bool:
    """Whether there is no difference."""
    return all(one.same for one in pieces)


def told(pieces: Sequence[Piece]) -> str:
    """The differences in a sentence, the first three of them; only that there are some where not
    all of them may be told outside the project."""
    if any(one.evidence and not one.tellable for one in pieces if not one.same):
        return "Its words are altered."
    changes = [_change(one) for one in pieces if not one.same]
    more = f", and {len(changes) - _MOST_TOLD} more" if len(changes) > _MOST_TOLD else ""
    return f"{'; '.join(changes[:_MOST_TOLD])}{more}."


def _change(piece: Piece) -> str:
    report, evidence = _short(piece.report), _short(piece.tellable)
    if not piece.evidence:
        return f"“{report}” is not in the evidence"
    if not piece.report:
        return f"“{evidence}” is left out"
    return f"“{report}” where the evidence has “{evidence}”"


def _short(words: str) -> str:
    words = " ".join(words.split()).strip(' ,.;:“”"')
    return words if len(words) <= _LONGEST_TOLD else f"{words[:_LONGEST_TOLD].rstrip()}…"


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _alike(quoted: Sequence[tuple[str, ...]], source: Sequence[str]) -> bool:
    if len(quoted) == len(source) and all(b in a for a, b in zip(quoted, source, strict=True)):
        return bool(source)
    said = [ways[0] for ways in quoted]
    return bool(source) and "".join(said) == "".join(source) and _parts_alike(said, source)


def _parts_alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words that differ only in how they are parted say the same: `notable` is not `not
    able`, and `10–12` not `1012`, though `5 000` is `5000`."""
    if says_no(" ".join(words)) != says_no(" ".join(others)):
        return False
    parted = max(words, others, key=len)
    return not any(
        one[-1:].isdigit() and other[:1].isdigit() and not _THOUSANDS.fullmatch(other)
        for one, other in pairwise(parted)
    )


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of one kind that follow each other as one."""
    found: list[Piece] = []
    for one in pieces:
        if found and found[-1].same is one.same:
            last = found[-1]
            report = f"{last.report} {one.report}".strip()
            evidence = f"{last.evidence} {one.evidence}".strip()
            found[-1] = Piece(one.same, report, evidence, _both(last, one))
        else:
            found.append(one)
    return found


def _both(one: Piece, other: Piece) -> str:
    """What of the evidence in both may be told; empty where something of either may not."""
    if any(piece.evidence and not piece.tellable for piece in (one, other)):
        return ""
    return f"{one.tellable} {other.tellable}".strip()
