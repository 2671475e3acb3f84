"""The passages most like one at hand vote for codes, each with its likeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.suggestion import Neighbour, telling, votes


def near(score: float, *codes: str) -> Neighbour:
    return Neighbour(score, frozenset(codes))


def test_each_passage_gives_its_likeness_to_each_of_its_codes() -> None:
    found = votes([near(6, "buses"), near(3, "food", "buses"), near(1, "food")])

    assert [(one.code_id, one.weight, one.by) for one in found] == [
        ("buses", pytest.approx(0.9), (0, 1)),
        ("food", pytest.approx(0.4), (1, 2)),
    ]


def test_codes_that_are_there_already_are_not_suggested_but_their_passages_weigh() -> None:
    [food] = votes([near(6, "buses"), near(2, "food")], {"buses"})

    assert (food.code_id, food.weight) == ("food", pytest.approx(0.25))


def test_what_hardly_anything_speaks_for_is_left_out() -> None:
    assert [one.code_id for one in votes([near(96, "buses"), near(4, "food")])] == ["buses"]


def test_nothing_near_means_nothing_to_suggest() -> None:
    assert votes([]) == []
    assert votes([near(1)]) == []


@given(
    st.lists(
        st.builds(near, st.floats(0.01, 100), st.sampled_from("abc"), st.sampled_from("abc")),
        max_size=8,
    )
)
def test_weights_are_shares_the_strongest_first(neighbours: list[Neighbour]) -> None:
    found = votes(neighbours)

    weights = [one.weight for one in found]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < one <= 1.000001 for one in weights)
    assert all(vote.code_id in neighbours[place].codes for vote in found for place in vote.by)


def test_only_words_that_tell_something_are_looked_for() -> None:
    assert telling("The bus didn’t come: it's THE Bus!") == ["bus", "come"]
    assert telling("It is, and we were.") == []
