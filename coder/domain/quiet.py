"""Where no speech was found in a recording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coder.domain.model import Stretch

LEAST_MS = 3_000
"""What is shorter is a pause between sentences, and not worth telling."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """A span of a recording in which no speech was found, in milliseconds on its clock."""

    start_ms: int
    end_ms: int


def quiet_in(stretches: Iterable[Stretch], least_ms: int = LEAST_MS) -> list[Quiet]:
    """The spans without speech of at least `least_ms`, in order; stretches that follow each other
    make one. `stretches` come in the order of time."""
    found: list[Quiet] = []
    for stretch in stretches:
        if stretch.speech:
            continue
        if found and stretch.start_ms <= found[-1].end_ms:
            found[-1] = Quiet(found[-1].start_ms, max(found[-1].end_ms, stretch.end_ms))
        else:
            found.append(Quiet(stretch.start_ms, stretch.end_ms))
    return [one for one in found if one.end_ms - one.start_ms >= least_ms]
