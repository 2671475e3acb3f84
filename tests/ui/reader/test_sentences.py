"""Selecting by sentence stays within what a reader would call one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader.sentences import around, back, forward, plain_sentences

TEXT, PARAGRAPHS = lay_out(
    [("First one. Second one!", Style.BODY), ("Third one? “Fourth.” Fifth", Style.BODY)]
)


def spans(caret: int) -> list[tuple[int, int]]:
    return around(TEXT, PARAGRAPHS, caret, plain_sentences)


def words(pair: tuple[int, int]) -> str:
    return TEXT[min(pair) : max(pair)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("“Go!” she said. Off…", ["“Go!”", "she said.", "Off…"]),
        ("4.5 per cent", ["4.5 per cent"]),
        ("三つの理由。次は。", ["三つの理由。", "次は。"]),
        ("", []),
        ("  ", []),
    ],
)
def test_parts_a_paragraph_into_sentences(text, expected):
    assert [text[start:end] for start, end in plain_sentences(text)] == expected


@given(st.text(st.sampled_from("ab .!?。\n\u2028”"), max_size=40))
def test_sentences_are_in_order_and_hold_every_visible_character(text):
    place = 0
    for start, end in plain_sentences(text):
        assert place <= start < end
        assert not text[place:start].strip()
        place = end
    assert not text[place:].strip()


def test_the_first_press_takes_the_sentence_at_the_caret():
    assert words(forward(spans(3), 3, 3)) == "First one."


def test_between_two_sentences_the_next_is_taken():
    assert words(forward(spans(10), 10, 10)) == "Second one!"


def test_further_presses_take_one_more_and_go_on_into_the_next_paragraph():
    pair = forward(spans(3), 3, 3)
    pair = forward(spans(pair[1]), *pair)
    assert words(pair) == "First one. Second one!"
    pair = forward(spans(pair[1]), *pair)
    assert words(pair) == "First one. Second one!\nThird one?"


def test_the_last_sentence_is_not_gone_beyond():
    end = len(TEXT)
    assert forward(spans(end), end - 5, end) == (end - 5, end)


def test_back_lets_go_of_the_last_sentence():
    pair = (0, TEXT.index("!") + 1)
    pair = back(spans(pair[1]), *pair)
    assert words(pair) == "First one."
    assert back(spans(pair[1]), *pair) == (0, 0)


def test_back_from_a_bare_caret_takes_what_lies_before():
    caret = TEXT.index("Fifth")
    pair = back(spans(caret), caret, caret)
    assert words(pair) == "“Fourth.” "
    third = TEXT.index("Third")
    assert words(back(spans(third), third, third)) == "Second one!\n"


def test_a_text_without_paragraphs_is_parted_whole():
    assert around("One. Two.", [], 0, plain_sentences) == [(0, 4), (5, 9)]
