"""Decoded frames as samples at 16 kHz."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.transcribe.placing import RATE

Voices = NDArray[np.float32]
"""Sound at 16 kHz, -1…1: a row for each voice, of equal length."""


class Feed:
    """Turns frames into one voice, or with `apart` into the left and the right one."""

    def __init__(self, *, apart: bool) -> None:
        self._apart = apart
        self._resampler: Any = None
        self._shape: tuple[object, ...] = ()
        self._surplus = 0

    def leave_out(self, surplus: int) -> None:
        """Keeps back the next `surplus` samples, which are there already."""
        self._surplus = surplus

    def push(self, frame: Any) -> Iterator[Voices]:
        """Takes a frame in and gives what is ready."""
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            yield from self.flush()
            self._shape = shape
        if self._resampler is None:
            self._resampler = self._made(frame.layout)
        frame.pts = None
        yield from self._trimmed(self._resampler.resample(frame))

    def flush(self) -> Iterator[Voices]:
        """Gives what the resampler still holds back."""
        if self._resampler is not None:
            resampler, self._resampler = self._resampler, None
            yield from self._trimmed(resampler.resample(None))

    def _made(self, layout: Any) -> Any:
        """A resampler. Two channels are mixed here, as their mean: FFmpeg's own mix of them is
        louder and can go beyond 1. So are those of a mixing desk, which FFmpeg cannot mix since
        nothing says where each stands."""
        import av

        wanted = "mono"
        if self._apart or layout.nb_channels == 2:
            wanted = "stereo"
        elif layout.name.endswith("channels"):
            wanted = layout.name
        return av.AudioResampler(format="flt", layout=wanted, rate=RATE)

    def _trimmed(self, frames: list[Any]) -> Iterator[Voices]:
        for frame in frames:
            voices = frame.to_ndarray().reshape(-1, frame.layout.nb_channels).T
            skip = min(self._surplus, voices.shape[1])
            self._surplus -= skip
            if skip == voices.shape[1]:
                continue
            voices = voices[:, skip:]
            if not self._apart and len(voices) > 1:
                voices = voices.mean(axis=0, dtype=np.float32, keepdims=True)
            yield voices


def silences(length: int, voices: int) -> Iterator[Voices]:
    """Silence of `length` samples in pieces of at most a minute."""
    while length > 0:
        yield np.zeros((voices, min(length, 60 * RATE)), np.float32)
        length -= 60 * RATE
