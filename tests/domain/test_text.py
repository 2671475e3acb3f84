"""Positions hold in every script: code points for us, UTF-16 units for Qt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.text import Utf16Map, clock, occurrence, snippet

MIXED = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("a \r\n\t🎉👩‍👧𝔸e\u0301\u200fאبñ"),
    )
)


@given(MIXED, st.data())
def test_a_code_point_lies_where_utf_16_puts_it(text: str, data: st.DataObject) -> None:
    point = data.draw(st.integers(0, len(text)))

    unit = Utf16Map(text).to_units(point)

    assert unit == len(text[:point].encode("utf-16-le")) // 2


@given(MIXED)
def test_there_and_back_is_the_same_place(text: str) -> None:
    places = Utf16Map(text)

    assert [places.to_points(places.to_units(n)) for n in range(len(text) + 1)] == list(
        range(len(text) + 1)
    )


@given(MIXED)
def test_the_middle_of_a_surrogate_pair_is_the_pair(text: str) -> None:
    places = Utf16Map(text)
    for point, character in enumerate(text):
        if ord(character) > 0xFFFF:
            assert places.to_points(places.to_units(point) + 1) == point


@pytest.mark.parametrize(("nth", "place"), [(1, 0), (2, 1), (3, 2), (4, -1), (0, -1)], ids=str)
def test_occurrences_overlap(nth: int, place: int) -> None:
    assert occurrence("aaaa", "aa", nth) == place


@given(MIXED, st.text("ab 🎉\u0301א\r\n", min_size=1), MIXED)
def test_a_snippet_shows_the_exact_words_on_one_line(before: str, words: str, after: str) -> None:
    shown = snippet(before + words + after, len(before), len(before + words), around=5)

    assert " ".join(f"«{words}»".split()) in shown
    assert shown.split() == shown.split(" ")


def test_a_snippet_is_cut_between_words() -> None:
    text = "The community hall closed and nobody told us about it."
    start = text.index("closed")

    assert snippet(text, start, start + 6, around=12) == "…hall «closed» and nobody…"


def test_a_snippet_of_a_script_without_spaces_keeps_what_follows() -> None:
    text = "村里的会堂关闭了没有人告诉我们这件事情真的"

    assert snippet(text, 5, 7, around=4) == "…里的会堂«关闭»了没有人…"


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (0, "00:00"),
        (999, "00:00"),
        (134_000, "02:14"),
        (3_599_999, "59:59"),
        (3_734_000, "1:02:14"),
        (36_000_000, "10:00:00"),
    ],
)
def test_times_are_given_as_a_player_shows_them(ms: int, shown: str) -> None:
    assert clock(ms) == shown
