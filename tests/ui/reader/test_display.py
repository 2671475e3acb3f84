"""What is shown stands for the text, place by place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Paragraph, Style
from coder.ui.reader.display import BREAK, LONGEST, SOFT_BREAK, PlaceMap, kinds, same_start, shown

AWKWARD = (
    "a b\n\r\t\0\x0b\x0c\x1f\x7f\x85\u2028\u2029\ufdd0\ufdd1\ufffc\ufeff\ufffe\uffff"
    "é\u0301שع三。👩\u200d"
)
texts = st.text(st.sampled_from(AWKWARD), max_size=60)
long_texts = st.builds(
    lambda part, times: (part or "x") * times, texts, st.integers(1, 4 * LONGEST // 20)
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_a_short_text_keeps_its_width_character_by_character(text):
    display = shown(text, [])
    assert display.inserted == ()
    assert [units(one) for one in display.text] == [units(one) for one in text]


@given(texts)
def test_only_line_breaks_break_the_shown_text(text):
    breaks = shown(text, []).text.count(BREAK)
    assert breaks == text.replace("\r\n", "\n").translate({13: "\n", 0x2029: "\n"}).count("\n")


@given(long_texts)
def test_no_block_is_longer_than_it_should_be_and_none_is_lost(text):
    display = shown(text, [Paragraph("1", 0, len(text))])
    assert max(len(block) for block in display.text.split(BREAK)) <= LONGEST
    assert len(display.text) == len(text) + len(display.inserted)


@given(long_texts, st.data())
def test_places_go_to_units_of_what_is_shown_and_back(text, data):
    display = shown(text, [Paragraph("1", 0, len(text))])
    places = PlaceMap(text, display.inserted)
    point = data.draw(st.integers(0, len(text)))
    assert places.to_points(places.to_units(point)) == point
    assert 0 <= places.to_units(point) <= units(display.text)
    assert places.to_units(len(text)) == units(display.text)


def test_both_sides_of_a_break_put_in_are_the_same_place():
    text = "三" * (LONGEST + 10)
    display = shown(text, [])
    (place,) = display.inserted
    places = PlaceMap(text, display.inserted)
    assert places.to_units(place) == place + 1
    assert places.to_points(place) == places.to_points(place + 1) == place


def test_a_line_break_inside_a_paragraph_does_not_end_its_block():
    text = "one\ntwo\nthree"
    assert shown(text, [Paragraph("1", 0, 7), Paragraph("2", 8, 13)]).text == (
        f"one{SOFT_BREAK}two{BREAK}three"
    )


def test_a_giant_paragraph_is_broken_after_a_sentence_in_place_of_its_space():
    text = "All of them came. " * 300
    display = shown(text, [Paragraph("1", 0, len(text))])
    assert display.inserted == ()
    assert all(block.endswith(".") for block in display.text.split(BREAK)[:-1])
    assert display.text.replace(BREAK, " ") == text


@pytest.mark.parametrize("cluster", ["e\u0301", "👩\u200d🚒", "👍🏽"])
def test_a_break_put_in_tears_no_character_apart(cluster):
    text = cluster * LONGEST
    display = shown(text, [])
    assert display.inserted
    assert all(place % len(cluster) == 0 for place in display.inserted)


def test_each_block_knows_its_paragraph():
    text = "Title\n" + "word " * 500 + "\n\nrow"
    body = Paragraph("1", 6, 6 + 2_500)
    row = Paragraph("2", len(text) - 3, len(text), Style.TABLE)
    paragraphs = [Paragraph("", 0, 5, Style.HEADING), body, row]
    found = kinds(shown(text, paragraphs), paragraphs)
    assert [kind.style for kind in found] == [
        Style.HEADING, Style.BODY, Style.BODY, Style.BODY, Style.TABLE,
    ]  # fmt: skip
    assert [(kind.begins, kind.ends) for kind in found[1:3]] == [(True, False), (False, True)]


@given(texts, texts, texts)
def test_the_common_start_is_as_long_as_can_be(start, one, other):
    same = same_start(start + one, start + other)
    assert same >= len(start)
    assert (start + one)[:same] == (start + other)[:same]
    assert (start + one)[same : same + 1] != (start + other)[same : same + 1] or same == len(
        start + one
    ) == len(start + other)
