"""Cues of subtitles: a transcript cut into pieces that a viewer can read, and when each shows.

No word is changed, and none is cut. Two lines of 42 characters are what broadcasters ask for (BBC
Subtitle Guidelines, Netflix Timed Text Style Guide); a longer word stands on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coder.domain.model import Segment
from coder.domain.pauses import LEAST_MS
from coder.export.wording import printable

LINE = 42
"""How many code points a line of a subtitle holds."""

_MOST_LEAD = LINE // 2
_READ_MS = 1_000
"""How long a cue shows that has no length of its own, where nothing follows sooner."""
_FLASH_MS = 250
"""Two cues that begin within so many milliseconds share the time."""
_TOKEN = re.compile(r"\S+(?:[\u00a0\u202f]+\S+)*")
_ENDS = (".", "?", "!", "…", "。", "؟", "।")
_PARTS = (",", ";", ":", "–", "—", "،")
_CLOSING = "\"'’”»)]"


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines of words that show together, who says them (empty for nobody known), and when, in
    milliseconds."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as it is parted by spaces, `[start, end)` in its segment, and how long it is silent
    before it, in milliseconds."""

    text: str
    start: int
    end: int
    silence: int = 0


def cues(segments: Iterable[Segment], lead: Callable[[str], int] = lambda _: 0) -> list[Cue]:
    """The transcript as cues in its own order: no two show at once, each has a length of at least a
    millisecond, and none begins before the one above it. `lead` says for a speaker how many code
    points of the first line are taken by the name."""
    cut = [cue for segment in segments for cue in _cut(segment, lead)]
    return list(_settled(cut))


def _cut(segment: Segment, lead: Callable[[str], int]) -> Iterator[Cue]:
    """The segment in pieces, each at the time of its own words."""
    speaker = " ".join(printable(segment.speaker).split())
    tokens = _tokens(segment)
    taken = min(lead(speaker), _MOST_LEAD)
    first, last = segment.start_ms, max(segment.start_ms, segment.end_ms)
    edges = _edges(tokens, taken)
    for begin, end in pairwise(edges):
        from_ms, to_ms = _spoken(segment, tokens[begin].start, tokens[end - 1].end)
        from_ms = first if begin == 0 else min(max(first, from_ms), last)
        to_ms = last if end == len(tokens) else min(max(from_ms, to_ms), last)
        yield Cue(from_ms, to_ms, _lines(tokens[begin:end], taken), speaker)


def _tokens(segment: Segment) -> list[_Token]:
    words, place, found = segment.words, 0, []
    for match in _TOKEN.finditer(segment.text):
        while place < len(words) and words[place].start < match.start():
            place += 1
        silence = 0
        if 0 < place < len(words) and words[place].start < match.end():
            silence = words[place].start_ms - words[place - 1].end_ms
        if text := printable(match[0]):
            found.append(_Token(text, match.start(), match.end(), silence))
    return found


def _edges(tokens: Sequence[_Token], lead: int) -> list[int]:
    """Where to cut: the way from the first word to the last that costs least (Knuth and Plass,
    “Breaking paragraphs into lines”, 1981)."""
    best = [0.0] + [float("inf")] * len(tokens)
    came = [0] * (len(tokens) + 1)
    for begin in range(len(tokens)):
        for end in range(begin + 1, len(tokens) + 1):
            piece = tokens[begin:end]
            if end > begin + 1 and not _fits(piece, lead):
                break
            cost = best[begin] + _cost(piece, tokens[end] if end < len(tokens) else None, lead)
            if cost < best[end]:
                best[end], came[end] = cost, begin
    edges = [len(tokens)]
    while edges[0]:
        edges.insert(0, came[edges[0]])
    return edges if tokens else []


def _cost(piece: Sequence[_Token], after: _Token | None, lead: int) -> float:
    """Little for a full cue that ends where a sentence does, or where somebody falls silent; much
    for one that goes on through a pause."""
    cost = 1 + (1 - min(1.0, (_width(piece) + lead) / (2 * LINE))) ** 2
    cost += 5 * sum(token.silence >= LEAST_MS for token in piece[1:])
    if after is None or after.silence >= LEAST_MS:
        return cost
    said = piece[-1].text.rstrip(_CLOSING)
    return cost + (0 if said.endswith(_ENDS) else 0.4 if said.endswith(_PARTS) else 0.8)


def _fits(piece: Sequence[_Token], lead: int) -> bool:
    """Whether the words fit on two lines, the first of which is taken up to `lead`."""
    lines, empty = [lead], True
    for token in piece:
        if not empty and lines[-1] + 1 + len(token.text) > LINE:
            lines.append(0)
            empty = True
        lines[-1] += len(token.text) + (not empty)
        empty = False
    return len(lines) <= 2 and max(lines) <= LINE


def _lines(piece: Sequence[_Token], lead: int) -> tuple[str, ...]:
    """The words on one line where they fit, else on two that are as long as each other."""
    whole = " ".join(token.text for token in piece)
    if len(whole) + lead <= LINE or len(piece) == 1:
        return (whole,)

    def longer(at: int) -> int:
        return max(_width(piece[:at]) + lead, _width(piece[at:]))

    at = min(range(1, len(piece)), key=longer)
    parts = piece[:at], piece[at:]
    return tuple(" ".join(token.text for token in part) for part in parts)


def _width(piece: Sequence[_Token]) -> int:
    return sum(len(token.text) + 1 for token in piece) - 1


def _spoken(segment: Segment, start: int, end: int) -> tuple[int, int]:
    """From when to when a piece is spoken: by its words, or in proportion where none has a time."""
    words = [word for word in segment.words if word.start < end and word.end > start]
    if words:
        return words[0].start_ms, words[-1].end_ms
    length = segment.end_ms - segment.start_ms
    from_ms, to_ms = (
        segment.start_ms + length * place // max(1, len(segment.text)) for place in (start, end)
    )
    return from_ms, to_ms


def _settled(cut: Sequence[Cue]) -> Iterator[Cue]:
    """The cues one after the other: players show what overlaps in any order, or not at all."""
    free = 0
    for place, cue in enumerate(cut):
        start = max(free, cue.start_ms)
        end = max(start + 1, cue.end_ms if cue.end_ms > cue.start_ms else start + _READ_MS)
        following = cut[place + 1].start_ms if place + 1 < len(cut) else end
        if following >= start + min(_FLASH_MS, end - start):
            end = min(end, following)
        elif end > following:
            end = start + max(1, (end - start) // 2)
        free = end
        yield replace(cue, start_ms=start, end_ms=end)
