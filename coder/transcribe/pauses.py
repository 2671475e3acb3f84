"""Where a long recording may be cut without cutting a word: in a pause."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_STEP = 160
"""Samples of a step, 10 ms at 16 kHz: cuts lie on whole milliseconds."""

_WINDOW = 50
_LIKE = 2.0
_SILENT = 1e-8


def quietest(voices: Sequence[NDArray[np.float32]]) -> int:
    """The best place to cut sound at 16 kHz, as a sample number in its later half.

    Half a second is weighed at a time, all voices together. Of what is about as quiet as the
    quietest (3 dB more at most, or below -80 dB), the longest stretch is a real pause rather than
    a breath, and its middle is farthest from any word; of equally long ones the last is taken, so
    that blocks are long.
    """
    length = len(voices[0])
    begin = -(-length // (2 * _STEP)) * _STEP
    energy = sum(_steps(voice[begin:]) for voice in voices)
    if not isinstance(energy, np.ndarray) or len(energy) <= _WINDOW:
        return length
    total = np.concatenate([[0.0], np.cumsum(energy)])
    loudness = (total[_WINDOW:] - total[:-_WINDOW]) / _WINDOW
    first, last = _longest(loudness <= max(_SILENT, float(loudness.min()) * _LIKE))
    return begin + (first + last + _WINDOW) // 2 * _STEP


def _steps(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The mean square of each step."""
    whole = samples[: len(samples) // _STEP * _STEP].reshape(-1, _STEP)
    means: NDArray[np.float64] = np.einsum("ij,ij->i", whole, whole, dtype=np.float64)
    return means / _STEP


def _longest(quiet: NDArray[np.bool_]) -> tuple[int, int]:
    """The first and last place of the longest run of truth, of equally long ones the last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    best = len(lengths) - 1 - int(np.argmax(lengths[::-1]))
    return int(starts[best]), int(ends[best]) - 1
