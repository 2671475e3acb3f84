"""Finding words in one text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.find import places, says, spoken
from coder.domain.query import parse

TEXT = "The Café’s door. A cafe by the sea; CAFÉS don’t close — cafe\u0301 au lait\u00a0here."


def found(words: str, text: str = TEXT, **options: bool) -> list[str]:
    return [text[start:end] for start, end in places(text, words, **options)]


def test_case_and_accents_make_no_difference() -> None:
    assert found("cafe") == ["Café", "cafe", "CAFÉ", "cafe\u0301"]
    assert found("CAFÉ") == found("cafe")


def test_straight_and_curly_marks_are_alike() -> None:
    assert found("don't") == ["don’t"]
    assert found("Cafe's door") == ["Café’s door"]


def test_white_space_is_alike() -> None:
    assert found("lait here") == ["lait\u00a0here"]
    assert found("a\nb", "a \t b") == ["a \t b"]


def test_whole_words_only() -> None:
    assert found("cafe", whole=True) == ["Café", "cafe", "cafe\u0301"]
    assert found("the", whole=True) == ["The", "the"]


def test_case_matters_where_it_is_asked_to() -> None:
    assert found("cafe", match_case=True) == ["cafe", "cafe"]
    assert found("The", match_case=True) == ["The"]


def test_no_words_are_nowhere() -> None:
    assert found("") == found("  ") == []


def test_letters_that_grow_when_made_small_shift_nothing() -> None:
    assert found("ankara", "İİİ Ankara") == ["Ankara"]


@given(st.text("aAéİß ’'\u0301\n🎉", max_size=30), st.text("aAé’\u0301 🎉", max_size=4))
def test_places_are_in_order_and_say_the_words(text: str, words: str) -> None:
    spans = places(text, words)

    assert all(a < b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert not words.strip() or words not in text or places(text, words, match_case=True)


@pytest.mark.parametrize(("typed", "said"), [
    ("wal", True),
    ("WALSALL bank", True),
    ("alsall", False),
    ("cafe OR bank", True),
    ("bank -food", False),
    ("bank NEAR food", True),
    ('"food bank"', True),
])  # fmt: skip
def test_a_name_says_what_its_words_begin_with(typed: str, said: bool) -> None:
    words = parse(typed).words
    assert words is not None
    assert says(words, spoken("Walsall Food-Bank")) is said
