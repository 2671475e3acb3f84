"""Pauses of a transcript: where nobody speaks for a while.

They are worked out from the times of its words whenever they are asked for: none is kept, and none
is part of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coder.domain.model import Segment
from coder.domain.text import counted

LEAST_MS = 2_000
"""How long nobody speaks, in milliseconds, before it counts as a pause, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence between two words. `before` is where the word that ends it begins, in code points
    of the transcript's whole text; `start_ms` to `end_ms` is when nobody speaks."""

    before: int
    start_ms: int
    end_ms: int

    @property
    def seconds(self) -> int:
        """How long it lasts, to the nearest second, but at least one."""
        return max(1, (self.end_ms - self.start_ms + 500) // 1000)

    def shown(self) -> str:
        """How a transcript says it: `[pause, 4 seconds]`, to the nearest second."""
        return f"[pause, {counted(self.seconds, 'second')}]"


def pauses(segments: Iterable[Segment], least_ms: int = LEAST_MS) -> list[Pause]:
    """Every silence of at least `least_ms` milliseconds between one word and the next, also within
    a segment, in the order of the text. Where words have no times their segment stands for them.
    While anybody speaks, who may have begun earlier, there is none."""
    found: list[Pause] = []
    silent_from: int | None = None
    for before, start_ms, end_ms in _spoken(segments):
        if silent_from is not None and start_ms - silent_from >= max(1, least_ms):
            found.append(Pause(before, silent_from, start_ms))
        silent_from = max(end_ms, silent_from or 0)
    return found


def _spoken(segments: Iterable[Segment]) -> Iterator[tuple[int, int, int]]:
    """Each word that has a time, else each segment: where it begins, and from when to when it is
    spoken."""
    for segment in segments:
        for word in segment.words:
            yield segment.start + word.start, word.start_ms, word.end_ms
        if not segment.words:
            yield segment.start, segment.start_ms, segment.end_ms
