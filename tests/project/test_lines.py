"""Where a sentence finds room among others."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coder.project.lines import spread_between

_ENDS = st.one_of(st.none(), st.floats(-1e6, 1e6))


@given(_ENDS, _ENDS, st.integers(0, 40))
def test_positions_ascend_between_two_others_where_there_is_room(low, high, count) -> None:
    if low is not None and high is not None:
        low, high = sorted((low, high))
    roomy = low is None or high is None or high - low > 1e-3

    found = spread_between(low, high, count)

    assert len(found) == count
    if roomy:
        around = [*([] if low is None else [low]), *found, *([] if high is None else [high])]
        assert all(one < other for one, other in pairwise(around))


def test_behind_all_others_they_are_whole_as_the_machine_counts_on() -> None:
    assert spread_between(4.5, None, 3) == [5, 6, 7]
    assert spread_between(None, None, 2) == [0, 1]
    assert spread_between(None, 0, 2) == [-2, -1]


def test_where_there_is_no_room_some_are_the_same() -> None:
    tight = spread_between(1.0, 1.0000000000000002, 3)
    assert len(set(tight)) < 3 or tight[-1] >= 1.0000000000000002
