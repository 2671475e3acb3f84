"""Codes that nearly always go together, and sub-codes never apart from their parent."""

from __future__ import annotations

import pytest

from coder.analysis.consistency.findings import Kind
from tests.analysis.consistency.conftest import Find
from tests.planted import Inquiry


def put(inquiry: Inquiry, many: int, *paths: str, coder: str = "Ada") -> None:
    """So many letters whose one paragraph bears all these codes."""
    for day in range(many):
        letter = inquiry.letter([inquiry.paragraph()])
        for path in paths:
            inquiry.tag(letter, 0, path, coder, day)


def test_two_codes_on_the_same_words_are_told(inquiry: Inquiry, find: Find) -> None:
    put(inquiry, 18, "Food", "Money")
    put(inquiry, 2, "Food")

    [one] = find(Kind.TOGETHER)

    assert set(one.paths) == {"Food", "Money"}
    assert "18 of 20" in one.said
    assert "18 of 18" in one.said
    assert {tag.code for tag in one.passages[0].tags} == {"Food", "Money"}


@pytest.mark.parametrize(("together", "alone"), [(9, 0), (20, 3)], ids=["too few", "often apart"])
def test_few_passages_or_some_apart_tell_nothing(
    inquiry: Inquiry, find: Find, together: int, alone: int
) -> None:
    put(inquiry, together, "Food", "Money")
    put(inquiry, alone, "Money")

    assert find(Kind.TOGETHER) == []


def test_different_coders_who_use_one_each_do_not_use_them_together(
    inquiry: Inquiry, find: Find
) -> None:
    put(inquiry, 20, "Food")
    for letter in inquiry.documents:
        inquiry.tag(letter, 0, "Money", "Ben")

    assert find(Kind.TOGETHER) == []


def test_one_letter_does_not_speak_for_a_codebook(inquiry: Inquiry, find: Find) -> None:
    letter = inquiry.letter([inquiry.paragraph() for _ in range(20)])
    for place in range(20):
        for path in ("Food", "Money"):
            inquiry.tag(letter, place, path)

    assert find(Kind.TOGETHER) == []


def test_a_sub_code_never_apart_from_the_code_above_it(inquiry: Inquiry, find: Find) -> None:
    below = inquiry.code("Parcels", "Boxes of food.", "Food")
    put(inquiry, 8, "Food", below)
    put(inquiry, 30, "Food")

    [one] = find(Kind.TOGETHER, Kind.PARENT)

    assert one.said == (
        "“Parcels” is never apart from “Food” above it: 8 of its 8 passages bear both."
    )
    put(inquiry, 1, below)
    assert find(Kind.TOGETHER, Kind.PARENT) == []
