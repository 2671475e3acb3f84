"""What was heard once more finds its time and its speaker."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Segment, Word
from coder.project.splicing import begun_at

WORDS = (Word(0, 2, 1_000, 1_200, 0.9), Word(3, 6, 1_300, 1_900, 0.8))
SEGMENT = Segment("s", "film", 0, 1_000, 2_000, "We met", words=WORDS)


def test_a_later_beginning_takes_words_with_it() -> None:
    now = begun_at(SEGMENT, 1_400)

    assert (now.start_ms, now.end_ms) == (1_400, 2_000)
    assert [(one.start_ms, one.end_ms) for one in now.words] == [(1_400, 1_400), (1_400, 1_900)]


def test_an_earlier_beginning_leaves_words_where_they_are_said() -> None:
    now = begun_at(SEGMENT, 500)

    assert (now.start_ms, now.end_ms, now.words) == (500, 2_000, WORDS)


@given(st.integers(0, 5_000))
def test_times_never_leave_the_segment(start_ms: int) -> None:
    now = begun_at(SEGMENT, start_ms)

    assert now.start_ms == start_ms <= now.end_ms
    for one in now.words:
        assert start_ms <= one.start_ms <= one.end_ms <= now.end_ms
