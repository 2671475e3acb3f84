"""Which differences are forgiven, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.export.checking.words import folded_words, word_places, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We QUEUE – at “dawn”.", "we queue - at 'dawn'"),
        ("food-bank", "food\u2011bank"),
        ("a food bank", "a  food-bank"),
        ("the volunteers’ hall", "the volunteers' hall"),
        ("ﬁfty\u00adone", "fiftyone"),
        ("7.\tWe queue", "We queue"),
        ("(b) We queue", "We queue"),
        ("word¹ and", "word and"),
    ],
)
def test_case_spacing_marks_and_labels_are_forgiven(one: str, other: str) -> None:
    assert folded_words(one) == folded_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("its", "it's"),
        ("50", "50%"),
        ("1,000", "1000"),
        ("café", "cafe"),
        ("£5", "5"),
        ("5 people came", "people came"),
        ("volunteer", "volunteers"),
    ],
)
def test_words_and_figures_are_not(one: str, other: str) -> None:
    assert folded_words(one) != folded_words(other)


def test_every_way_of_taking_words_gives_the_same() -> None:
    text = "7.\tWe’re ‘here’ — 1,000 of us (50%), 日本 and café\n8.\tNext"
    several = list(words(text))
    assert [one.folded for one in several] == folded_words(text)
    assert [(one.start, one.end) for one in several] == word_places(text)
    assert text[several[0].start : several[0].end] == "We’re"


_SIGNS = st.sampled_from("aB'’ʼ`1.,- \n\tİßﬁ\u0301\u00ad¹²日ก%&£")


@given(st.text(alphabet=st.one_of(st.characters(), _SIGNS), max_size=30))
def test_every_way_of_taking_words_agrees_on_any_text(text: str) -> None:
    assert folded_words(text) == [one.folded for one in words(text)]
    assert word_places(text) == [(one.start, one.end) for one in words(text)]
