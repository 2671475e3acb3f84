"""What counts as a word, where it stands, and what its family is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.words import GAP, Vocabulary, tokens, words_of
from coder.analysis.words_small import SMALL


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s the choir's well-being.", ["it's", "the", "choir's", "well-being"]),
        ("‘Quoted’ and “so on”—twice", ["quoted", "and", "so", "on", "twice"]),
        ("1,204 people; 3.5 % in 2020.", ["1,204", "people", "3.5", "in", "2020"]),
        ("volunteers' hall", ["volunteers", "hall"]),
        ("word--word snake_case", ["word", "word", "snake", "case"]),
        ("CAFÉ cafe\u0301 STRASSE Straße", ["café", "café", "strasse", "strasse"]),
        ("co\u00adopera\u00adtion", ["cooperation"]),
        ("食物银行", ["食", "物", "银", "行"]),
        ("😀 !? – …", []),
    ],
)
def test_words_are_found_as_people_mean_them(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(max_size=300))
def test_each_word_stands_where_it_is_said_to(text: str) -> None:
    vocabulary = Vocabulary()
    half = len(text) // 2
    found = tokens(text, [(0, half), (half, len(text))], vocabulary)

    assert [int(one) for one in found.ids].count(GAP) == 2
    assert list(found.starts) == sorted(found.starts)
    for number, start, end in zip(found.ids, found.starts, found.ends, strict=True):
        if number != GAP:
            assert vocabulary.words[number] in words_of(text[start:end])
            assert end <= half or start >= half


@given(st.text())
def test_a_word_met_twice_has_one_number(text: str) -> None:
    vocabulary = Vocabulary()
    for word in words_of(text):
        assert (
            vocabulary.words[vocabulary.number(word)] == vocabulary.words[vocabulary.number(word)]
        )
    assert len(set(vocabulary.words)) == len(vocabulary.words)


def test_forms_of_one_word_are_a_family() -> None:
    vocabulary = Vocabulary()
    for word in ("volunteer", "volunteers", "volunteering", "Volunteer's", "bus"):
        vocabulary.number(word)

    assert len(set(vocabulary.stems()[:4])) == 1
    vocabulary.number("volunteered")
    assert vocabulary.stems()[0] == vocabulary.stems()[5] != vocabulary.stems()[4]


def test_the_small_words_are_spelt_as_words_are_counted() -> None:
    assert {"the", "it's", "don't"} <= SMALL
    assert SMALL.isdisjoint({"people", "work", "help", "bus"})
    assert all(words_of(word) == [word] for word in SMALL)
