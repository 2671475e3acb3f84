"""Corrected sentences keep their times, and fill one another's places."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Segment, Word
from coder.domain.segments import (
    WordTimes,
    between,
    certain,
    joined,
    laid_out,
    parted,
    reworded,
    spoken_between,
    turns,
)

TOKENS = st.lists(
    st.sampled_from(["the", "choir", "hall,", "a", "🎉", "well-known", "x"]), min_size=1, max_size=9
)


def spoken(text: str, start_ms: int = 1000, each_ms: int = 400, **more) -> Segment:
    """A segment in which every word takes 400 ms and a pause of 100 ms follows."""
    words, place = [], 0
    for number, token in enumerate(text.split()):
        at = start_ms + number * (each_ms + 100)
        words.append(Word(place, place + len(token), at, at + each_ms, 0.4))
        place += len(token) + 1
    end = words[-1].end_ms if words else start_ms
    return Segment("g", "d", 0, start_ms, end, text, words=tuple(words), **more)


def times(segment: Segment) -> list[tuple[str, int, int, float]]:
    return [
        (segment.text[w.start : w.end], w.start_ms, w.end_ms, w.probability) for w in segment.words
    ]


def test_words_that_stay_keep_their_time_and_a_person_s_are_certain() -> None:
    segment = reworded(spoken("the acquire opened"), "the choir opened")

    assert times(segment) == [
        ("the", 1000, 1400, 0.4),
        ("choir", 1500, 1900, 1.0),
        ("opened", 2000, 2400, 0.4),
    ]
    assert segment.heard == "the acquire opened"


def test_words_in_place_of_others_share_their_time_by_length() -> None:
    segment = reworded(spoken("hello alot people"), "hello a lotto people")

    assert times(segment)[1:3] == [("a", 1500, 1567, 1.0), ("lotto", 1567, 1900, 1.0)]


def test_words_put_in_between_get_the_pause() -> None:
    segment = reworded(spoken("we met"), "we often met")

    assert times(segment)[1] == ("often", 1400, 1500, 1.0)


def test_what_was_heard_first_stays_known_until_it_is_written_again() -> None:
    twice = reworded(reworded(spoken("we met"), "we meet"), "we meat")

    assert twice.heard == "we met"
    assert reworded(twice, "we met").heard == ""


def test_a_sentence_without_word_times_stays_without() -> None:
    assert reworded(replace(spoken("we met"), words=()), "we meet").words == ()


def test_a_sentence_is_parted_where_a_word_begins() -> None:
    first, second = parted(spoken("we met. then we sang"), 10) or ()

    assert (first.text, second.text) == ("we met.", "then we sang")
    assert (first.end_ms, second.start_ms) == (1900, 2000)
    assert times(second)[0] == ("then", 2000, 2400, 0.4)
    assert first.id == "g" != second.id
    assert second.end_ms == spoken("we met. then we sang").end_ms


@pytest.mark.parametrize("at", [0, 1, 20, 99])
def test_nothing_is_parted_from_nothing(at: int) -> None:
    assert parted(spoken("we met. then we sang"), at) is None


def test_without_word_times_a_sentence_is_parted_in_proportion() -> None:
    whole = replace(spoken("aaaa bbbb"), words=(), start_ms=0, end_ms=900)

    first, second = parted(whole, 5) or ()

    assert (first.end_ms, second.start_ms, second.end_ms) == (500, 500, 900)


def test_what_was_heard_is_parted_with_the_words() -> None:
    whole = reworded(spoken("we mat. den we sang"), "we met. then we sang")

    first, second = parted(whole, 8) or ()

    assert (first.heard, second.heard) == ("we mat.", "den we sang")


@given(TOKENS, st.integers(0, 60))
def test_parted_and_joined_is_what_it_was(tokens: list[str], at: int) -> None:
    whole = spoken(" ".join(tokens))
    parts = parted(whole, at)
    if parts is None:
        return

    again = joined(*parts)

    assert (again.text, again.words) == (whole.text, whole.words)
    assert (again.start_ms, again.end_ms) == (whole.start_ms, whole.end_ms)


@given(TOKENS, TOKENS)
def test_times_stay_in_order_and_within_the_sentence(old: list[str], new: list[str]) -> None:
    segment = reworded(spoken(" ".join(old)), " ".join(new))

    assert [segment.text[w.start : w.end] for w in segment.words] == new
    for word in segment.words:
        assert segment.start_ms <= word.start_ms <= word.end_ms <= segment.end_ms
    for one, other in pairwise(segment.words):
        assert one.end_ms <= other.start_ms


def test_confirmed_words_are_no_longer_in_doubt() -> None:
    assert {word.probability for word in certain(spoken("we met")).words} == {1.0}


def test_lines_lie_behind_each_other() -> None:
    lines = laid_out([spoken("Hi 🎉"), spoken("there", start=99)])

    assert [(one.start, one.end) for one in lines] == [(0, 4), (5, 10)]


def test_there_is_room_between_two_positions_until_there_is_none() -> None:
    assert between(1, 2) == 1.5
    assert between(3.5, None) == 4
    assert between(1.0, 1.0000000000000002) is None


def test_a_passage_is_spoken_from_its_first_word_to_its_last() -> None:
    lines = laid_out([spoken("we met often"), spoken("then we sang", 9000)])
    text = "we met often\nthen we sang"

    start, end = text.index("often"), text.index(" we sang")

    assert spoken_between(lines, start, end) == (2000, 9400)
    assert spoken_between(lines, start, start) is None
    bare = [replace(one, words=()) for one in lines]
    assert spoken_between(bare, start, end) == (1000, 10_400)


def test_a_turn_begins_where_another_speaks() -> None:
    lines = laid_out(
        [
            spoken("Well."),
            spoken("Yes.", speaker="Ann"),
            spoken("No.", speaker="Ann"),
            spoken("Oh.", speaker="Ben"),
            spoken("Hm."),
        ]
    )

    assert turns(lines) == [(6, "Ann"), (15, "Ben"), (19, "")]
    assert turns(lines[:1]) == []


def test_the_times_of_all_words_are_found_by_place() -> None:
    lines = laid_out([spoken("we met"), replace(spoken("then", 9000), words=()), spoken("hi", 12)])

    times = WordTimes(lines)

    assert list(times) == [(0, 1000), (3, 1500), (7, 9000), (12, 12)]
    assert times[1:3] == [(3, 1500), (7, 9000)]
    assert not WordTimes([])
