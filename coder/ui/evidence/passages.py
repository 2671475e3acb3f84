"""What a person should listen to in a transcript: sentences in doubt, and silence."""

from __future__ import annotations

from dataclasses import dataclass

from coder.domain.doubt import Kind
from coder.ui.evidence.playback import Playback


@dataclass(frozen=True, slots=True)
class Passage:
    """What a person should listen to: a sentence in doubt, or a span in which no speech was found,
    which has no segment and no words. Times are milliseconds, places code points."""

    start_ms: int
    end_ms: int
    start: int
    end: int
    why: str
    kinds: tuple[Kind, ...] = ()
    segment_id: str = ""
    words: str = ""

    @property
    def key(self) -> str:
        """By what it is known again."""
        return self.segment_id or f"quiet {self.start_ms}"


def passages_of(playback: Playback) -> list[Passage]:
    """What is in doubt and where no speech was found, in the order of time."""
    of = {one.id: one for one in playback.segments}
    found = [
        Passage(
            one.start_ms,
            of[one.segment_id].end_ms,
            one.start,
            one.end,
            one.reason,
            one.kinds,
            one.segment_id,
            of[one.segment_id].text,
        )
        for one in playback.doubts
    ]
    for quiet in playback.quiet:
        place = playback.place_of(quiet.start_ms)
        found.append(Passage(quiet.start_ms, quiet.end_ms, place, place, "No speech was found"))
    return sorted(found, key=lambda one: one.start_ms)
