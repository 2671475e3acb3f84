"""Frames find their places on the clock."""

from hypothesis import given
from hypothesis import strategies as st

from coder.transcribe.placing import RATE, Placing

HOUR = 3600 * RATE


def test_small_unevenness_is_not_followed_and_does_not_add_up():
    placing = Placing(origin=0.0, longest=HOUR)

    for number in range(1000):
        leaps, anew = placing.take(number * 0.02 + 0.015 * (number % 3 - 1), 960, 48_000)
        assert (leaps, anew) == (False, False)

    assert placing.expected == 20 * RATE


@given(st.lists(st.floats(0, 5), min_size=1, max_size=50))
def test_no_frame_is_expected_far_from_its_time(pauses):
    placing = Placing(origin=0.0, longest=HOUR)
    time = 0.0

    for pause in pauses:
        time += pause
        before = placing.expected
        _, anew = placing.take(time, 480, 48_000)
        begins = placing.base if anew else before
        assert abs(begins / RATE - time) <= 0.04 + 1 / RATE
        time += 0.01


def test_sound_that_begins_late_begins_a_run_there():
    placing = Placing(origin=1.0, longest=HOUR)

    assert placing.take(3.0, 1024, 48_000) == (False, True)
    assert (placing.base, placing.count) == (2 * RATE, 1024)


def test_a_frame_without_a_time_follows_the_one_before():
    placing = Placing(origin=0.0, longest=HOUR)
    placing.take(0.5, 8000, 16_000)

    assert placing.take(None, 8000, 16_000) == (False, False)
    assert placing.expected == RATE + RATE // 2


def test_a_leap_of_the_clock_is_told_and_gone_along_with():
    placing = Placing(origin=0.0, longest=HOUR)
    placing.take(0.0, 16_000 * 5, 16_000)

    assert placing.take(0.0, 16_000, 16_000) == (True, False)
    assert placing.take(1.0, 16_000, 16_000) == (False, False)
    assert placing.expected == 7 * RATE
