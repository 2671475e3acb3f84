"""Where on a recording's clock each decoded frame belongs."""

from __future__ import annotations

from dataclasses import dataclass

RATE = 16_000
"""Samples a second, what Whisper and Silero VAD want."""

_TOLERANCE = RATE // 25
_OVERLAP = RATE
_BEYOND = 10 * RATE


@dataclass(slots=True)
class Placing:
    """Takes frames in their order. While their times agree with the number of samples before
    them, these are counted on; where they differ by more than 40 ms, a new run begins.

    `origin` is the time in seconds that a player shows as 0, and `longest` a number of samples
    beyond which no recording goes. `base` is where the present run begins, in samples at 16 kHz,
    and `count` how many samples, at their own rate, came in it.
    """

    origin: float
    longest: int
    base: int = 0
    count: int = 0
    fed: float = 0.0

    @property
    def expected(self) -> int:
        """The sample number at which the next frame begins if the clock runs evenly."""
        return self.base + round(self.fed)

    def take(self, time: float | None, samples: int, rate: int) -> tuple[bool, bool]:
        """Places a frame by its time in seconds, None where it has none. Whether the clock leaps
        there, as a broken one does (a step too wide for silence or overlap; it counts as none),
        and whether the frame begins a new run, at `base`."""
        wanted = self.expected if time is None else round((time - self.origin) * RATE)
        drift = wanted - self.expected
        leaps = drift < -_OVERLAP or drift > self.longest + _BEYOND
        if leaps:
            self.origin += drift / RATE
            wanted = self.expected
        anew = abs(wanted - self.expected) > _TOLERANCE
        if anew:
            self.base, self.count, self.fed = wanted, 0, 0.0
        self.count += samples
        self.fed += samples * RATE / rate
        return leaps, anew
