"""Pauses follow from the times of words, lie between them, and are said in whole seconds."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Segment, Word
from coder.domain.pauses import Pause, pauses
from coder.domain.segments import laid_out


def segment(start_ms: int, end_ms: int, text: str, *words: Word) -> Segment:
    return Segment(f"s{start_ms}", "d", start_ms, start_ms, end_ms, text, words=words)


def test_a_silence_between_segments_is_a_pause_before_the_next_one() -> None:
    told = laid_out([segment(0, 3_000, "Good afternoon."), segment(7_200, 9_000, "We open.")])

    assert pauses(told) == [Pause(16, 3_000, 7_200)]
    assert pauses(told)[0].shown() == "[pause, 4 seconds]"


def test_a_silence_within_a_segment_is_found_by_its_words() -> None:
    words = (Word(0, 2, 0, 300, 1), Word(3, 7, 2_500, 3_000, 1), Word(8, 12, 3_100, 3_500, 1))
    told = laid_out([segment(0, 3_500, "We open late", *words)])

    assert pauses(told) == [Pause(3, 300, 2_500)]


def test_the_silence_at_the_end_of_a_segment_is_part_of_the_pause() -> None:
    first = segment(0, 4_000, "Yes", Word(0, 3, 0, 500, 1))
    told = laid_out([first, segment(4_100, 5_000, "No", Word(0, 2, 4_600, 5_000, 1))])

    assert pauses(told) == [Pause(4, 500, 4_600)]


def test_nothing_shorter_than_asked_for_counts() -> None:
    told = laid_out([segment(0, 1_000, "One"), segment(2_500, 3_000, "Two")])

    assert pauses(told) == []
    assert [pause.before for pause in pauses(told, 1_500)] == [4]


def test_there_is_no_pause_while_another_still_speaks() -> None:
    long, short = segment(0, 10_000, "A long answer"), segment(1_000, 1_500, "Mm")
    after = segment(10_500, 11_000, "Thank you")

    assert pauses(laid_out([long, short, after])) == []


def test_neither_the_silence_before_the_first_word_nor_behind_the_last_counts() -> None:
    assert pauses([segment(60_000, 61_000, "Late")]) == []


def test_a_second_is_one_and_more_are_several() -> None:
    assert Pause(0, 0, 1_400).shown() == "[pause, 1 second]"
    assert Pause(0, 0, 300).shown() == "[pause, 1 second]"
    assert Pause(0, 0, 1_500).shown() == "[pause, 2 seconds]"
    assert Pause(0, 0, 95_000).shown() == "[pause, 95 seconds]"


@given(
    st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 9_000)), max_size=30),
    st.integers(1, 5_000),
)
def test_pauses_are_long_enough_in_order_and_before_a_word(
    steps: list[tuple[int, int]], least: int
) -> None:
    clock, told = 0, []
    for silence, length in steps:
        told.append(segment(clock + silence, clock + silence + length, "word"))
        clock += silence + length
    told = laid_out([replace(one, id=str(at)) for at, one in enumerate(told)])

    found = pauses(told, least)

    starts = {one.start: one.start_ms for one in told}
    assert all(pause.end_ms - pause.start_ms >= least for pause in found)
    assert all(starts[pause.before] == pause.end_ms for pause in found)
    assert [pause.before for pause in found] == sorted({pause.before for pause in found})
    assert len(found) == sum(silence >= least for silence, _ in steps[1:])
