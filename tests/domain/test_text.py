"""Positions hold in every script: code points for us, UTF-16 units for Qt."""

import os
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.text import (
    LONGEST_WORD,
    Utf16Map,
    clock,
    counted,
    extend_by_word,
    file_name,
    legible,
    occurrence,
    one_line,
    quoted_from,
    snippet,
    whole_characters,
    whole_words,
)

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


@pytest.mark.parametrize(
    ("text", "taken", "whole"),
    [
        ("We met in the park.", "et in th", "met in the"),
        ("We met in the park.", "met in the", "met in the"),
        ("our neighbours’ own", "eighbour", "neighbours"),
        ("it wasn't a well-known place", "n't a wel", "wasn't a well-known"),
        ("it wasn’t so", "was", "wasn’t"),
        ("they gave £2,500.50, once", "2,5", "2,500.50"),
        ("a cafe\u0301s door", "af", "cafe\u0301s"),
        ("हिन्दी में", "हि", "हिन्दी"),
        ("قال المتطوعون إنهم", "متطوع", "المتطوعون"),
        ("‘quoted’ and (so) on", "uote", "quoted"),
        ("one–two", "ne", "one"),
        ("村里的会堂关闭了没有人", "会堂", "会堂"),
        ("ตลาดปิดแล้ว", "ลาด", "ลาด"),
        ("❤\ufe0fus", "s", "us"),
        ("x" * 100, "x" * 3, "x" * 3),
        ("x" * LONGEST_WORD + "y", "y", "x" * LONGEST_WORD + "y"),
    ],
)
def test_a_span_is_stretched_to_whole_words(text: str, taken: str, whole: str) -> None:
    start = text.index(taken) if text[0] != "x" or taken == "y" else 48

    found = whole_words(text, start, start + len(taken))

    assert text[slice(*found)] == whole


@given(MIXED, st.data())
def test_a_stretched_span_holds_the_span_and_needs_no_more(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))

    found = whole_words(text, start, end)

    assert start - LONGEST_WORD <= found[0] <= start <= end <= found[1] <= end + LONGEST_WORD
    assert whole_words(text, *found) == found
    if start == end:
        assert found == (start, end)


STEPS = "We (all) can’t go: 1,000 cafe\u0301s.\n三つ👩🏽\u200d🚒 🇬🇧🇫🇷"


def moves(start: int, end: int, edge: str, step: int) -> list[tuple[int, int]]:
    """The spans that an edge goes through until it can go no further."""
    found = [(start, end)]
    while (moved := extend_by_word(STEPS, *found[-1], edge, step)) != found[-1]:
        found.append(moved)
    return found


def test_an_end_goes_on_behind_each_word_sign_and_character() -> None:
    ends = [end for _, end in moves(0, 2, "end", 1)]
    assert [STEPS[one:two].strip() for one, two in pairwise(ends)] == [
        "(", "all", ")", "can’t", "go", ":", "1,000", "cafe\u0301s", ".",
        "三", "つ", "👩🏽\u200d🚒", "🇬🇧", "🇫🇷",
    ]  # fmt: skip


def test_a_start_goes_on_before_each_word_sign_and_character() -> None:
    starts = [start for start, _ in moves(0, len(STEPS), "start", 1)]
    assert [STEPS[one:two].strip() for one, two in pairwise(starts)] == [
        "We", "(", "all", ")", "can’t", "go", ":", "1,000", "cafe\u0301s", ".",
        "三", "つ", "👩🏽\u200d🚒", "🇬🇧",
    ]  # fmt: skip


@pytest.mark.parametrize("edge", ["start", "end"])
def test_steps_back_lead_through_the_same_places(edge: str) -> None:
    first = (0, 2) if edge == "end" else (0, len(STEPS))
    on = moves(*first, edge, 1)
    assert moves(*on[-1], edge, -1) == on[::-1]


@pytest.mark.parametrize(("edge", "step"), [("start", 1), ("end", -1)])
def test_a_span_of_one_word_never_becomes_empty(edge: str, step: int) -> None:
    assert extend_by_word("one two", 4, 7, edge, step) == (4, 7)


def test_at_the_ends_of_the_text_a_span_stays_as_it_is() -> None:
    assert extend_by_word("one two", 0, 7, "start", -1) == (0, 7)
    assert extend_by_word("one two ", 0, 7, "end", 1) == (0, 7)


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


def test_numbers_take_their_nouns() -> None:
    assert [counted(n, "quote") for n in (0, 1, 1204)] == ["0 quotes", "1 quote", "1,204 quotes"]
    assert counted(2, "public body", "public bodies") == "2 public bodies"


@pytest.mark.skipif(sys.platform == "win32", reason="names there are always text")
@given(st.lists(st.binary(max_size=6), unique=True))
def test_any_name_becomes_text_that_can_be_kept_and_stays_apart(names: list[bytes]) -> None:
    shown = [legible(os.fsdecode(name)) for name in names if b"\\" not in name]

    assert len(set(shown)) == len(shown)
    assert all(text == text.encode().decode() for text in shown)


@given(MIXED)
def test_a_name_with_line_breaks_is_shown_on_one_line(name: str) -> None:
    assert len(one_line(name).splitlines()) <= 1
    assert legible(name) == name


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("cafe\u0301s", (0, 4), (0, 5)),
        ("go 👩‍👩‍👧 on", (4, 5), (3, 8)),
        ("🇬🇧🇮🇪", (1, 2), (0, 2)),
        ("🇬🇧🇮🇪", (0, 2), (0, 2)),
        ("\u1112\u1161\u11ab", (0, 1), (0, 3)),
        ("a\r\nb", (0, 2), (0, 3)),
        ("plain", (1, 3), (1, 3)),
    ],
)
def test_a_span_is_stretched_to_what_a_person_sees_as_characters(
    text: str, span: tuple[int, int], whole: tuple[int, int]
) -> None:
    assert whole_characters(text, *span) == whole


def test_a_quote_under_several_headings_is_counted_once() -> None:
    assert quoted_from(1, 1, 1) == "1 quote from 1 submission"
    assert quoted_from(13, 5, 17) == "13 quotes, 17 times under a heading, from 5 submissions"
    assert quoted_from(1, 1, 2, "code") == "1 quote, 2 times under a code, from 1 submission"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Chapter 3: “Help”", "Chapter 3 “Help”"),
        ("a/b\\c?", "a b c"),
        (" .. ", ""),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_a_file_has_a_name_that_every_system_allows(words: str, name: str) -> None:
    assert file_name(words) == name
