"""What a quotation leaves out of its source, or puts in brackets, and whether that may turn what is
said into something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder.export.checking.alignment import Span
from coder.export.checking.findings import Kind, Piece, Problem
from coder.export.checking.pattern import Pattern
from coder.export.checking.sources import Sources
from coder.export.checking.words import says_no, turning

_SHORT_GAP = 4
"""Words left out, or replaced, up to which a “not” among them is wrong. Most longer stretches have
one and turn nothing round, so that it is only told."""

_STARTS_IN_BRACKETS = re.compile(r"\W*\[[^\[\]]{2,}\](?!\w)")
_PUT_IN = re.compile(r"\[([^\[\]…]{2,80})\]")
_LONGEST_SHOWN = 600


@dataclass(frozen=True, slots=True)
class Place:
    """Where the evidence has the words of a quotation: a span for each of its runs."""

    document_id: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """Words of the evidence behind run `run` of a quotation (−1 before the first) that it does not
    have, how many they are, and what of them may be told."""

    run: int
    words: str
    count: int
    tellable: str


def omissions(sources: Sources, text: str, pattern: Pattern, place: Place) -> list[Omission]:
    """What a quotation of this `text` passes over between its runs; none where it is altered."""
    if len(place.spans) != len(pattern.runs):
        return []
    spans, words = place.spans, sources.words(place.document_id)
    gaps = [(run, spans[run][1], spans[run + 1][0]) for run in range(len(spans) - 1)]
    if spans and spans[0][0] and _STARTS_IN_BRACKETS.match(text):
        gaps.insert(0, (-1, spans[0][0] - 1, spans[0][0]))
    found = []
    for run, first, last in gaps:
        if last > first:
            start, end = words[first][0], words[last - 1][1]
            hidden = sources.document(place.document_id).text[start:end]
            open_ = sources.tellable(place.document_id, start, end)
            found.append(Omission(run, hidden, last - first, open_))
    return found


def turned(gaps: Sequence[Omission], text: str) -> Iterator[Problem]:
    """What is left out, replaced or put in although it may turn the rest into its opposite."""
    for gap in gaps:
        if gap.count <= _SHORT_GAP and says_no(gap.words):
            told = " ".join(gap.tellable.split())
            what = f"“{told}” is left out, which" if told else "What is left out"
            yield Problem(Kind.ALTERED, f"{what} may turn what is said into its opposite.")
        elif gap.tellable and (found := turning(gap.tellable)):
            yield Problem(Kind.OMISSION, f"Look: “{found}” is among the words left out.")
        elif turning(gap.words):
            told = "Look: a word among those left out may turn what is said."
            yield Problem(Kind.OMISSION, told)
    for match in _PUT_IN.finditer(text):
        if found := turning(match[1]):
            yield Problem(Kind.OMISSION, f"Look: “{found}” is among the words put in brackets.")


def beside(
    text: str, pattern: Pattern, place: Place, gaps: Sequence[Omission], sources: Sources
) -> tuple[Piece, ...]:
    """The quotation beside the evidence, with what it leaves out."""
    known = {one.run: one for one in gaps}
    source, words = sources.document(place.document_id).text, sources.words(place.document_id)
    pieces, behind = [], 0
    for run in range(-1, len(pattern.runs)):
        if run >= 0:
            said, (first, last) = pattern.runs[run].words, place.spans[run]
            end = said[-1].end
            evidence = source[words[first][0] : words[last - 1][1]]
            pieces.append(Piece(True, text[said[0].start : end], evidence))
            behind = end
        following = pattern.runs[run + 1 : run + 2]
        stop = following[0].words[0].start if following else len(text)
        sign = text[behind:stop].strip()
        if gap := known.get(run):
            pieces.append(Piece(True, sign, short(gap.words), short(gap.tellable), omitted=True))
        elif sign:
            pieces.append(Piece(True, sign, ""))
    return tuple(pieces)


def short(words: str) -> str:
    """Both ends of long words."""
    half = _LONGEST_SHOWN // 2
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:half]} … {words[-half:]}"
