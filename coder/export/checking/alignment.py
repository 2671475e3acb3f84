"""Whether a text has the words of a quotation, and if not, which of its words come nearest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from coder.export.checking.evidence import Corpus
from coder.export.checking.pattern import MOST_REPLACED, Pattern, Run

_MOST_PLACES = 1000
_OUT_OF_ORDER = 0.8
_IN_ORDER = 0.5


Span = tuple[int, int]
"""Words of a text, half-open, by their number."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Words `[start, end)` of the quotation, counted over all of its runs, beside words `[source,
    source_end)` of the text; `same` says that they are the same."""

    same: bool
    start: int
    end: int
    source: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words of a text that come nearest to a quotation. `likeness` is the share of its words
    that are there, 0…1, each weighed by how much it tells; `shared` is how many."""

    likeness: float
    shared: int
    edits: tuple[Edit, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words of the text that stand beside words of the quotation."""
        return tuple(
            (one.source, one.source_end) for one in self.edits if one.source_end > one.source
        )


def places(pattern: Pattern, spelled: str, corpus: Corpus) -> list[tuple[Span, ...]]:
    """Where a text has exactly the words of a quotation: for each place the span of each run, the
    closest together first. At most 1,000 places are looked at."""
    clusters = _clusters(pattern, corpus)
    if not clusters:
        return []
    found = list(islice(_places(clusters, spelled), _MOST_PLACES))
    return sorted(found, key=lambda spans: spans[-1][1] - spans[0][0])


def _places(clusters: Sequence[re.Pattern[str]], spelled: str) -> Iterator[tuple[Span, ...]]:
    for first in _everywhere(clusters[0], spelled):
        spans, end = list(_spans(first)), first.end()
        for cluster in clusters[1:]:
            match = cluster.search(spelled, end)
            if match is None:
                return
            spans += _spans(match)
            end = match.end()
        yield tuple(spans)


def _everywhere(cluster: re.Pattern[str], spelled: str) -> Iterator[re.Match[str]]:
    """Where a stretch stands, also where these places overlap: words may repeat themselves."""
    match = cluster.search(spelled)
    while match is not None:
        yield match
        match = cluster.search(spelled, match.start() + 1)


def _spans(match: re.Match[str]) -> Iterator[Span]:
    return (match.span(number) for number in range(1, len(match.groups()) + 1))


def _clusters(pattern: Pattern, corpus: Corpus) -> list[re.Pattern[str]]:
    """A pattern of characters for each stretch of runs without an omission in it."""
    parts: list[str] = []
    for run, gap in zip(pattern.runs, pattern.gaps, strict=True):
        sign = corpus.vocabulary.sign
        said = "".join(
            sign(ways[0]) if len(ways) == 1 else f"[{''.join(map(sign, ways))}]"
            for ways in run.readings
        )
        if gap or not parts:
            parts.append(f"({said})")
        else:
            parts[-1] += f".{{0,{MOST_REPLACED}}}?({said})"
    return [re.compile(part, re.DOTALL) for part in parts]


def align(
    pattern: Pattern, spelled: str, corpus: Corpus, within: Span | None = None
) -> Alignment | None:
    """The words of a text that come nearest to a quotation; None where it has none of them.

    The heaviest run is looked for first, `within` these words of the text where they are given, and
    the others before and behind it in their order; what is not there in order is looked for in the
    whole text.
    """
    whole = (0, len(spelled))
    runs = pattern.runs
    weights = [_weight(run, corpus) for run in runs]
    if not runs or not sum(weights):
        return None
    anchor = max(range(len(runs)), key=lambda number: weights[number])
    found: dict[int, tuple[float, list[Edit]]] = {
        anchor: _nearest(runs[anchor], spelled, within or whole, corpus)
    }
    first = last = anchor
    for number in [*range(anchor + 1, len(runs)), *range(anchor - 1, -1, -1)]:
        if number > anchor:
            _, edge = _extent(found, last, spelled)
            room = (edge, len(spelled))
            last = number
        else:
            edge, _ = _extent(found, first, spelled)
            room = (0, edge)
            first = number
        found[number] = _in_room(runs[number], spelled, room, corpus)
    offsets = [sum(len(run) for run in runs[:number]) for number in range(len(runs))]
    edits = tuple(
        Edit(one.same, one.start + offset, one.end + offset, one.source, one.source_end)
        for number, offset in enumerate(offsets)
        for one in found[number][1]
    )
    shared = sum(one.end - one.start for one in edits if one.same)
    if not shared:
        return None
    return Alignment(sum(one for one, _ in found.values()) / sum(weights), shared, edits)


def _extent(found: dict[int, tuple[float, list[Edit]]], number: int, spelled: str) -> Span:
    edits = [one for one in found[number][1] if one.source_end > one.source]
    return (edits[0].source, edits[-1].source_end) if edits else (len(spelled), 0)


def _in_room(run: Run, spelled: str, room: Span, corpus: Corpus) -> tuple[float, list[Edit]]:
    weight = _weight(run, corpus)
    found = _nearest(run, spelled, room, corpus)
    if found[0] < _IN_ORDER * weight:
        anywhere = _nearest(run, spelled, (0, len(spelled)), corpus)
        if anywhere[0] >= _OUT_OF_ORDER * weight:
            return anywhere
    return found


def _weight(run: Run, corpus: Corpus) -> float:
    sign = corpus.vocabulary.sign
    return sum(corpus.weight(sign(ways[0])) for ways in run.readings)


def _nearest(run: Run, spelled: str, room: Span, corpus: Corpus) -> tuple[float, list[Edit]]:
    """The weight of the words that the room has in common with a run where it has most, and the
    edits between them."""
    signs = "".join(corpus.vocabulary.sign(ways[0]) for ways in run.readings)
    best = (0.0, [Edit(False, 0, len(run), room[0], room[0])])
    for start, end in _windows(signs, spelled, room, corpus):
        edits = _edits(signs, spelled, start, end)
        shared = sum(
            corpus.weight(signs[place])
            for one in edits
            if one.same
            for place in range(one.start, one.end)
        )
        if shared > best[0]:
            best = shared, edits
    return best


def _edits(signs: str, spelled: str, start: int, end: int) -> list[Edit]:
    """What makes words of a text into these, of all its stretches in `[start, end)` in the one that
    needs the fewest changes."""
    from rapidfuzz.distance import Levenshtein

    end = start + _reach(signs, spelled[start:end], free=True)
    start = end - _reach(signs[::-1], spelled[start:end][::-1], free=False)
    return [
        Edit(
            code.tag == "equal",
            code.src_start,
            code.src_end,
            code.dest_start + start,
            code.dest_end + start,
        )
        for code in Levenshtein.opcodes(signs, spelled[start:end])
    ]


def _reach(signs: str, window: str, *, free: bool) -> int:
    """How many characters of a window are used where all of `signs` are made of its first ones, or
    with `free` of any, with the fewest changes; of several the most.

    Sellers, “The theory and computation of evolutionary distances”, 1980: the rows of Levenshtein’s
    table, whose first is nought where a match may begin anywhere.
    """
    import numpy as np

    codes = np.frombuffer(window.encode("utf-32-le"), dtype=np.uint32)
    steps = np.arange(len(codes) + 1)
    row = np.zeros_like(steps) if free else steps.copy()
    for count, sign in enumerate(signs, start=1):
        changed = row[:-1] + (codes != ord(sign))
        row = np.concatenate(([count], np.minimum(changed, row[1:] + 1)))
        row = np.minimum.accumulate(row - steps) + steps
    return int(len(codes) - row[::-1].argmin())


def _windows(signs: str, spelled: str, room: Span, corpus: Corpus) -> list[Span]:
    """The two stretches of a room with the most of these words, somewhat longer than they are."""
    import numpy as np

    start, end = room
    if end <= start:
        return []
    size = len(signs)
    wide, slack = size + size // 4 + 2, size // 2 + 6
    codes = np.frombuffer(spelled[start:end].encode("utf-32-le"), dtype=np.uint32)
    known = {ord(sign): corpus.weight(sign) for sign in signs}
    table = np.zeros(max(*known, int(codes.max()), 1) + 1)
    for code, weight in known.items():
        table[code] = weight
    sums = np.concatenate(([0.0], np.cumsum(table[codes])))
    if len(codes) <= wide:
        return [(start, end)]
    held = sums[wide:] - sums[:-wide]
    found = []
    for _ in range(3):
        best = int(held.argmax())
        if held[best] <= 0:
            break
        found.append((start + max(0, best - slack), min(end, start + best + wide + slack)))
        held[max(0, best - wide) : best + wide] = 0
    return found
