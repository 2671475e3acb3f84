"""Which of many pieces of speech are one voice, from what a network made of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ENOUGH = 20.0
"""Seconds of speech beyond which a piece counts for no more, so that whoever asks the questions
stands beside whoever answers at length."""


def gathered(pieces: NDArray[np.float32], seconds: Sequence[float], count: int) -> NDArray[np.int_]:
    """The voice (0…`count`−1) of each piece, by Ward's method on directions.

    `pieces` holds an embedding a row, `seconds` how long each speaks. Of two groups those are put
    together first that cost least: wₐ·w_b / (wₐ+w_b) · |a−b|² (Ward 1963), so a cough or a laugh,
    which is short, joins a voice rather than take the place of one.
    """
    lengths = np.linalg.norm(pieces, axis=1, keepdims=True)
    centres = np.asarray(pieces / np.maximum(lengths, 1e-9), np.float64)
    weights = np.minimum(np.asarray(seconds, np.float64), ENOUGH)
    voices = np.arange(len(pieces))
    groups = list(voices)
    while len(groups) > count:
        some, heavy = centres[groups], weights[groups]
        apart = np.square(some).sum(1)
        distance = apart[:, None] + apart[None] - 2 * some @ some.T
        cost = distance * heavy[:, None] * heavy[None] / (heavy[:, None] + heavy[None])
        np.fill_diagonal(cost, np.inf)
        one, other = (groups[place] for place in np.unravel_index(np.argmin(cost), cost.shape))
        weight = weights[one] + weights[other]
        centres[one] = (centres[one] * weights[one] + centres[other] * weights[other]) / weight
        weights[one] = weight
        voices[voices == other] = one
        groups.remove(other)
    return np.searchsorted(np.array(groups), voices)
