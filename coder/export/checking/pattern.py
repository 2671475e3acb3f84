"""What a quotation claims of its source: stretches of words in order, between which words may have
been left out, and square brackets that stand for words of the writer's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coder.export.checking.words import Word, words

MOST_REPLACED = 12
"""Words of the source for which square brackets may stand."""

_OMISSION = re.compile(r"[\[(]\s*(?:…|\.(?:\s?\.){2,3})\s*[\])]|…|\.(?:[ \u00a0\u202f]?\.){2,3}")
_BRACKETS = re.compile(r"(?P<before>[^\W_]*)\[(?P<inside>[^\[\]]{0,80})\](?P<after>[^\W_]*)")
_SUFFIX = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that must stand one after another. Each is one or more ways of reading it (`[T]he` is
    `the` or `he`), with where it stands in the quotation."""

    readings: tuple[tuple[str, ...], ...]
    words: tuple[Word, ...]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A quotation as runs of words. Before each run but the first of `runs` stands an omission,
    behind which the source may go on anywhere (`gaps` is true there), or an insertion, which
    stands for at most `MOST_REPLACED` words."""

    runs: tuple[Run, ...]
    gaps: tuple[bool, ...]

    @property
    def words(self) -> list[Word]:
        """All words that the source must have."""
        return [word for run in self.runs for word in run.words]

    def __len__(self) -> int:
        return sum(map(len, self.runs))


def pattern(text: str) -> Pattern:
    """What a quotation of these words claims."""
    breaks = [(match.start(), match.end(), True) for match in _OMISSION.finditer(text)]
    readings: dict[int, tuple[int, tuple[str, ...]]] = {}
    for match in _BRACKETS.finditer(text):
        if any(start < match.end() and end > match.start() for start, end, _ in breaks):
            continue
        inside = match["inside"]
        glued = match["before"] or match["after"]
        if glued and len(inside) == 1:
            both = f"{match['before']}{inside}{match['after']}"
            either = tuple(
                found[0].folded
                for reading in (both, match["before"] + match["after"])
                if len(found := list(words(reading))) == 1
            )
            readings[match.start()] = (match.end(), either)
        else:
            end = match.end()
            suffix = _SUFFIX.match(text, end)
            breaks.append((match.start(), suffix.end() if suffix else end, False))
    return _runs(text, sorted(breaks), readings)


def _runs(
    text: str,
    breaks: list[tuple[int, int, bool]],
    readings: dict[int, tuple[int, tuple[str, ...]]],
) -> Pattern:
    runs: list[Run] = []
    gaps: list[bool] = []
    place, omitted = 0, True
    for start, end, omission in [*breaks, (len(text), len(text), False)]:
        run = _run(text, place, start, readings)
        if len(run):
            runs.append(run)
            gaps.append(omitted)
            omitted = False
        omitted = omitted or omission
        place = max(place, end)
    return Pattern(tuple(runs), tuple(gaps))


def _run(text: str, start: int, end: int, readings: dict[int, tuple[int, tuple[str, ...]]]) -> Run:
    found: list[Word] = []
    ways: list[tuple[str, ...]] = []
    place = start
    inside = {at: one for at, one in readings.items() if start <= at < end}
    for at, (stop, either) in sorted([*inside.items(), (end, (end, ()))]):
        for word in words(" " * place + text[place:at]):
            found.append(word)
            ways.append((word.folded,))
        if either:
            found.append(Word(either[0], at, stop))
            ways.append(either)
        place = stop
    return Run(tuple(ways), tuple(found))
