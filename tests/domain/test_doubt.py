"""What a person should listen to before it is quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.doubt import Doubt, Kind, doubts, loops, told
from coder.domain.model import Segment, Word
from coder.domain.segments import laid_out


def segment(text: str = "We met in the hall.", **changes) -> Segment:
    told = {"confidence": 0.9, "compression": 1.1, **changes}
    return Segment(text, "film", 0, 1000, 2000, text, **told)


def kinds(*segments: Segment) -> list[tuple[Kind, ...]]:
    return [one.kinds for one in doubts(laid_out(segments))]


@pytest.mark.parametrize(
    ("measure", "kind"),
    [
        ({"confidence": 0.36}, Kind.UNLIKELY),
        ({"compression": 2.41}, Kind.LOOP),
        ({"temperature": 0.2}, Kind.GUESSED),
        ({"no_speech": 0.61}, Kind.SILENCE),
    ],
)
def test_each_measure_of_the_engine_has_its_limit(measure, kind):
    assert kinds(segment(**measure)) == [(kind,)]


def test_within_the_limits_there_is_no_doubt():
    assert kinds(segment(confidence=0.37, compression=2.4, no_speech=0.6)) == []
    assert kinds(segment(confidence=0.0)) == [], "what was sent in as text has no confidence"


def test_words_in_doubt_are_told_by_their_place_in_the_whole_text():
    words = (Word(0, 2, 0, 1, 0.49), Word(3, 6, 1, 2, 0.5))

    [doubt] = doubts(laid_out([segment("Before."), segment("We met.", words=words)]))

    assert doubt == Doubt("We met.", 8, 15, 1000, (Kind.WORDS,), ((8, 10),))
    assert doubt.reason == "The recogniser was unsure of words"


def test_the_gravest_comes_first_and_all_are_told():
    [doubt] = doubts([segment(confidence=0.1, temperature=0.4, no_speech=0.9)])

    assert doubt.kinds == (Kind.SILENCE, Kind.UNLIKELY, Kind.GUESSED)
    assert doubt.reason.count(";") == 2


def test_what_a_person_stands_by_is_in_doubt_no_longer():
    assert kinds(segment(confidence=0.1, checked=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Thank you. Thank you. Thank you. Thank you.",
        "no " * 8,
        "and then we went " * 3,
        "It began in spring, it began in spring. It began in SPRING!",
    ],
)
def test_a_round_of_words_is_a_loop(text):
    assert loops(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no no no no",
        "very, very, very good",
        "We met every week, and every week we met in the hall, every week.",
        "of the people, by the people, for the people",
    ],
)
def test_people_repeat_themselves_too(text):
    assert not loops(text)


@given(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12, unique=True),
    st.integers(1, 9),
    st.integers(0, 5),
)
def test_three_rounds_and_eight_words_make_a_loop_wherever_they_stand(words, times, before):
    lead = [f"x{n}" for n in range(before)]
    text = " ".join([*lead, *words * times, "end"])

    assert loops(text) is (times >= 3 and times * len(words) >= 8)


def test_a_loop_from_one_segment_to_the_next_marks_each_of_them():
    rounds = [segment("Thanks for watching.") for _ in range(3)]

    found = kinds(segment("We met."), *rounds, segment("Good."))

    assert found == [(Kind.LOOP,)] * 3


def test_how_many_there_are_is_told_in_words():
    loop, other = (Doubt("s", 0, 1, 0, (kind,)) for kind in (Kind.LOOP, Kind.WORDS))

    assert told([]) == ""
    assert told([other]) == "1 passage in doubt"
    assert told([loop, other]) == "2 passages in doubt, 1 of them a loop"
    assert told([loop, loop, other], 2) == (
        "3 passages in doubt, 2 of them loops; 2 spans without speech"
    )
    assert told([], 1) == "1 span without speech"


def _goes_round(words: list[str]) -> bool:
    """The same, found by looking at every stretch of words."""
    return any(
        end - first >= max(8, 3 * length)
        and all(words[at] == words[at - length] for at in range(first + length, end))
        for length in range(1, 13)
        for first in range(len(words))
        for end in range(first + 1, len(words) + 1)
    )


@given(st.lists(st.sampled_from("ab"), max_size=24) | st.lists(st.sampled_from("abc"), max_size=16))
def test_every_round_is_found_and_nothing_else(words):
    assert loops(" ".join(words)) is _goes_round(words)
