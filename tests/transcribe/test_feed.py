"""Frames become samples at 16 kHz."""

from fractions import Fraction

import av
import numpy as np
import pytest

from coder.transcribe.feed import Feed, silences
from coder.transcribe.placing import RATE


def frame(samples: np.ndarray, rate: int, layout: str = "mono") -> av.AudioFrame:
    made = av.AudioFrame.from_ndarray(samples.astype(np.float32), "fltp", layout)
    made.sample_rate, made.pts, made.time_base = rate, 0, Fraction(1, rate)
    return made


def through(feed: Feed, *frames: av.AudioFrame) -> np.ndarray:
    pieces = [piece for one in frames for piece in feed.push(one)]
    return np.concatenate([*pieces, *feed.flush()], axis=1)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_a_second_stays_a_second(rate):
    second = np.full((1, rate), 0.25)

    assert through(Feed(apart=False), frame(second, rate)).shape[1] == pytest.approx(RATE, abs=2)


def test_two_channels_at_their_loudest_do_not_go_beyond_1():
    loud = np.ones((2, RATE))

    mixed = through(Feed(apart=False), frame(loud, RATE, "stereo"))

    assert mixed == pytest.approx(np.ones((1, RATE)))


def test_a_change_of_rate_and_channels_goes_on():
    heard = through(
        Feed(apart=False),
        frame(np.full((1, 48_000), 0.25), 48_000),
        frame(np.full((2, 44_100), 0.5), 44_100, "stereo"),
    )

    assert heard.shape == (1, pytest.approx(2 * RATE, abs=4))
    assert heard[0, RATE // 2] == pytest.approx(0.25, abs=0.01)
    assert heard[0, RATE + RATE // 2] == pytest.approx(0.5, abs=0.01)


def test_what_is_there_already_is_left_out():
    feed = Feed(apart=False)
    feed.leave_out(RATE // 4)

    heard = through(feed, *(frame(np.full((1, 1600), n), RATE) for n in range(10)))

    assert heard.shape[1] == RATE - RATE // 4
    assert heard[0, 0] == 2


def test_silence_comes_in_pieces_of_a_minute_at_most():
    assert [piece.shape for piece in silences(150 * RATE, 2)] == [
        (2, 60 * RATE),
        (2, 60 * RATE),
        (2, 30 * RATE),
    ]
    assert list(silences(-5, 1)) == []
