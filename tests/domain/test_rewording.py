"""A passage stays on its words, or on those that stand for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.rewording import Rewording, visible

WORDS = st.lists(st.sampled_from(["the", "choir", "hall", "opened", "a", "🎉", "Tuesday,"]))


def carried(old: str, new: str, words: str) -> str | None:
    """The words that stand for these ones of the old text."""
    start = old.index(words)
    found = Rewording(old, new).carried(start, start + len(words))
    return None if found is None else new[slice(*found)]


@pytest.mark.parametrize(
    ("old", "new", "words", "now"),
    [
        ("we met in the hall", "we met in the great hall", "the hall", "the great hall"),
        ("we met in the hall", "yes we met in the hall", "we met", "we met"),
        ("the acquire opened", "the choir opened", "acquire", "choir"),
        ("the acquire opened", "the choir opened", "the acquire", "the choir"),
        ("alot of people came", "a lot of people came", "alot", "a lot"),
        ("a lot of people came", "alot of people came", "lot of", "alot of"),
        ("we met um in the hall", "we met in the hall", "met um in", "met in"),
        ("we met um in the hall", "we met in the hall", "met um", "met"),
        ("we met um in the hall", "we met in the hall", "um", None),
        ("one two three", "four five six", "two", "five"),
        ("私たちは公園で会いました", "私たちは公園で、会いました", "公園", "公園"),
        ("volunteers", "volunteer", "volunt", "volunt"),
        ("The café 🎉 shut.", "The café 🎉 shut down.", "🎉", "🎉"),
    ],
)
def test_a_passage_keeps_its_words(old: str, new: str, words: str, now: str | None) -> None:
    assert carried(old, new, words) == now


def test_what_is_gone_is_looked_for_at_the_nearest_word() -> None:
    change = Rewording("we met um in the hall", "we met in the hall")

    start, end = change.nearest(len("we met "))

    assert change.new[start:end] in ("met", "in")
    with pytest.raises(ValueError, match="no word"):
        Rewording("gone", "").nearest(0)


@given(WORDS, WORDS, st.data())
def test_a_passage_is_never_empty_nor_cut_by_white_space(old, new, data) -> None:
    before, after = " ".join(old), " ".join(new)
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))

    found = Rewording(before, after).carried(start, end)

    if found is not None:
        assert visible(after, *found) == found
    if before == after and visible(before, start, end):
        assert found == visible(before, start, end)


@given(WORDS, WORDS, WORDS)
def test_what_stands_before_and_behind_a_change_stays_as_it_is(head, middle, tail) -> None:
    old = " ".join([*head, "um", *tail])
    new = " ".join([*head, *middle, *tail])
    change = Rewording(old, new)

    for place, (start, end) in enumerate(change.old_words):
        if place != len(head):
            found = change.carried(start, end)
            assert found is not None
            assert new[slice(*found)] == old[start:end]
