"""Cuts in pauses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.transcribe.pauses import quietest

RATE = 16_000


def talk(seconds: float, *pauses: tuple[float, float], floor: float = 0.0) -> np.ndarray:
    """Noise as loud as speech, and in the pauses as loud as a quiet room."""
    noise = np.random.default_rng(5).standard_normal(int(seconds * RATE)).astype(np.float32)
    level = np.full(len(noise), 0.1, np.float32)
    for start, end in pauses:
        level[int(start * RATE) : int(end * RATE)] = floor
    return noise * level


@given(st.integers(1, 200), st.integers(0, 2**32 - 1), st.integers(1, 2))
def test_a_cut_lies_in_the_later_half(tenths, seed, voices):
    noise = np.random.default_rng(seed).standard_normal((voices, tenths * RATE // 10))

    cut = quietest(noise.astype(np.float32))

    assert noise.shape[1] / 2 <= cut <= noise.shape[1]


@pytest.mark.parametrize("floor", [0.0, 0.001])
def test_the_middle_of_the_longest_pause_is_better_than_a_breath(floor):
    sound = talk(20, (11.0, 11.6), (14.0, 16.0), (18.0, 18.7), floor=floor)

    assert quietest([sound]) / RATE == pytest.approx(15.0, abs=0.05)


def test_of_pauses_alike_the_last_is_taken():
    assert quietest([talk(20, (12, 13), (17, 18))]) / RATE == pytest.approx(17.5, abs=0.02)


def test_a_pause_in_the_earlier_half_is_not_looked_for():
    assert quietest([talk(20, (4, 9), (15, 15.8))]) / RATE == pytest.approx(15.4, abs=0.02)


def test_where_one_voice_pauses_and_the_other_speaks_is_no_pause():
    voices = [talk(20, (11, 13), (16, 17)), talk(20, (16, 17))]

    assert quietest(voices) / RATE == pytest.approx(16.5, abs=0.02)
