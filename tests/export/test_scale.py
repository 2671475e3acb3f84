"""The words for how many, and where they say less than the numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.export import scale


@pytest.mark.parametrize(
    ("raised", "of", "said"),
    [
        (4, 41, "a few"),
        (3, 30, "a few"),
        (5, 41, "some"),
        (14, 41, "many"),
        (20, 40, "many"),
        (21, 40, "most"),
        (36, 40, "most"),
        (37, 40, "almost all"),
        (41, 41, "all"),
        (9, 9, ""),
        (2, 100, ""),
        (0, 100, ""),
    ],
)
def test_each_word_holds_up_to_its_share(raised: int, of: int, said: str) -> None:
    assert scale.word(raised, of) == said


@given(of=st.integers(scale.SMALLEST_BASE, 5000), raised=st.integers(scale.SMALLEST_COUNT, 5000))
def test_more_is_never_told_by_a_smaller_word(of: int, raised: int) -> None:
    words = [*(said for _, said in scale.STEPS), scale.NEARLY, scale.EVERYONE]
    less, more = scale.word(min(raised, of) - 1, of), scale.word(min(raised, of), of)
    assert not less or words.index(less) <= words.index(more)


def test_the_declaration_tells_every_word_and_limit() -> None:
    told = scale.declaration()
    for share, said in scale.STEPS:
        assert f"“{said}” up to {share} per cent" in told
    assert f"“{scale.NEARLY}”" in told
    assert f"“{scale.EVERYONE}”" in told
