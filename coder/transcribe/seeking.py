"""Where in a long recording to begin for a passage of it, without decoding all that lies before.

Samples must come out where, and as, they do when all is decoded. So this is only for MP4 and its
kin, whose index tells the time of every frame, and for codecs with as many samples in each frame.
A frame before the passage that is damaged is not noticed; it then can lie up to 40 ms later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import gcd
from typing import Any

from coder.transcribe.frames import frames
from coder.transcribe.placing import RATE, Placing

_EVEN_CODECS = frozenset({"aac", "amrnb", "amrwb"})
_WARM = RATE // 2
_SETTLE = 150


@dataclass(frozen=True, slots=True)
class Entry:
    """A frame to begin with: its time stamp, how things stood before it, and the stamps of two
    earlier frames from which a decoder has settled when it comes to it."""

    stamp: int
    placing: Placing
    earlier: tuple[int, int]


def entry_before(container: Any, stream: Any, placing: Placing, sample: int) -> Entry | None:
    """The last frame well before a sample from which everything can be had as if all had been
    decoded; None where there is none, or it cannot be told. Reads the beginning of the recording.

    The place of a frame follows from all frames before it, so these are gone through in the index.
    A resampler begun at it gives the same samples where as many came before as make a whole number
    of samples at 16 kHz.
    """
    stamps = _stamps(container, stream)
    beginning = list(islice(frames(container, stream, lambda _: None), 3)) if stamps else []
    if len(beginning) < 3:
        return None
    first, second, third = beginning
    size, rate = second.samples, second.sample_rate
    at = stamps.index(second.pts) if second.pts in stamps else len(stamps)
    if stamps[at + 1 : at + 2] != [third.pts] or (third.samples, third.sample_rate) != (size, rate):
        return None
    unit = rate // gcd(rate, RATE)
    tick = stream.time_base
    placing = replace(placing)
    placing.take(first.time, first.samples, first.sample_rate)
    found = None
    for number in range(at, len(stamps)):
        if placing.expected > sample - _WARM:
            break
        if number >= 2 * _SETTLE and placing.count > rate and placing.count % unit == 0:
            found = number, replace(placing)
        placing.take(float(stamps[number]) * tick.numerator / tick.denominator, size, rate)
    if found is None:
        return None
    number, before = found
    return Entry(stamps[number], before, (stamps[number - _SETTLE], stamps[number - 2 * _SETTLE]))


def _stamps(container: Any, stream: Any) -> list[int]:
    """The time stamps of all frames, none where the index does not tell them all."""
    codec = stream.codec_context
    if "mp4" not in container.format.name or not codec or codec.name not in _EVEN_CODECS:
        return []
    entries = stream.index_entries
    if len(entries) != stream.frames:
        return []
    stamps = [entry.timestamp for entry in entries]
    return stamps if all(one < other for one, other in pairwise(stamps)) else []
