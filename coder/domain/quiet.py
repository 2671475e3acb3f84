"""Where no speech was found in a recording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coder.domain.model import Segment, Stretch

LEAST_MS = 3_000
"""What is shorter is a pause between sentences, and not worth telling."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """A span of a recording in which no speech was found, in milliseconds on its clock."""

    start_ms: int
    end_ms: int


def quiet_in(
    stretches: Iterable[Stretch], segments: Iterable[Segment] = (), least_ms: int = LEAST_MS
) -> list[Quiet]:
    """The spans without speech of at least `least_ms`, in order; stretches that follow each other
    make one. `stretches` come in the order of time. Where one of the `segments` is spoken, which a
    person may have put in, it is not quiet."""
    spoken = sorted(time for segment in segments for time in _times(segment))
    found = [part for one in _joined(stretches) for part in _without(one, spoken)]
    return [one for one in found if one.end_ms - one.start_ms >= least_ms]


def parts_within(quiet: Iterable[Quiet], start_ms: int, end_ms: int) -> list[Quiet]:
    """What of these spans lies in `[start_ms, end_ms)`."""
    cut = (Quiet(max(one.start_ms, start_ms), min(one.end_ms, end_ms)) for one in quiet)
    return [one for one in cut if one.start_ms < one.end_ms]


def _joined(stretches: Iterable[Stretch]) -> list[Quiet]:
    found: list[Quiet] = []
    for stretch in stretches:
        if stretch.speech:
            continue
        if found and stretch.start_ms <= found[-1].end_ms:
            found[-1] = Quiet(found[-1].start_ms, max(found[-1].end_ms, stretch.end_ms))
        else:
            found.append(Quiet(stretch.start_ms, stretch.end_ms))
    return found


def _times(segment: Segment) -> Iterator[tuple[int, int]]:
    """When a segment is spoken: word by word, or all of it where words have no times."""
    if segment.words:
        return ((word.start_ms, word.end_ms) for word in segment.words)
    return iter([(segment.start_ms, segment.end_ms)])


def _without(one: Quiet, spoken: Iterable[tuple[int, int]]) -> Iterator[Quiet]:
    """What is left of a quiet span between the times at which somebody speaks, ascending."""
    place = one.start_ms
    for begins, ends in spoken:
        if begins >= one.end_ms:
            break
        if ends > place:
            yield Quiet(place, max(place, begins))
            place = ends
    yield Quiet(place, max(place, one.end_ms))
