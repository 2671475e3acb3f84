"""A transcript is cut into cues that can be read, with every word and in the order of time."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from coder.domain.model import Segment, Word
from coder.export.transcript_cues import LINE, Cue, cues
from coder.export.wording import printable
from tests.export.sheets import ODD, timed, words_of

LONG = (
    "When lockdown began our volunteers, most of whom are over seventy, could not come any more."
    " So we asked the mosque and the chess club, and forty people came in a week."
)


def test_a_short_segment_is_one_cue_with_its_own_time() -> None:
    assert cues([timed(1_000, 3_000, "Good afternoon.", "Ann")]) == [
        Cue(1_000, 3_000, ("Good afternoon.",), "Ann")
    ]


def test_a_long_segment_is_cut_where_sentences_end_and_timed_by_its_words() -> None:
    found = cues([timed(0, 17_000, LONG, "Ann")])

    assert [" ".join(cue.lines) for cue in found] == [
        "When lockdown began our volunteers,",
        "most of whom are over seventy, could not come any more.",
        "So we asked the mosque and the chess club, and forty people came in a week.",
    ]
    assert all(len(line) <= LINE for cue in found for line in cue.lines)
    assert (found[0].start_ms, found[-1].end_ms) == (0, 17_000)
    assert found[2].start_ms == 17_000 * LONG.index("So we") // len(LONG)
    assert {cue.speaker for cue in found} == {"Ann"}


def test_two_lines_are_about_as_long_as_each_other() -> None:
    ((first, second),) = [cue.lines for cue in cues([timed(0, 4_000, LONG[91:])])]

    assert abs(len(first) - len(second)) < 8


def test_without_word_times_the_time_is_shared_by_length() -> None:
    found = cues([Segment("s", "d", 0, 0, 16_700, LONG)])

    assert found[2].start_ms == 16_700 * LONG.index("So we") // len(LONG)


def test_a_pause_within_a_segment_ends_a_cue() -> None:
    words = (Word(0, 3, 0, 400, 1), Word(4, 8, 6_000, 6_500, 1), Word(9, 14, 6_500, 7_000, 1))
    found = cues([Segment("s", "d", 0, 0, 7_000, "And they came.", words=words)])

    assert found == [Cue(0, 400, ("And",)), Cue(6_000, 7_000, ("they came.",))]


def test_a_word_longer_than_a_line_is_not_cut() -> None:
    found = cues([timed(0, 5_000, f"Look at {'x' * 90} there")])

    assert words_of(line for cue in found for line in cue.lines)[2] == "x" * 90


def test_a_name_in_the_line_takes_its_room() -> None:
    (cue,) = cues([timed(0, 4_000, "We open on Tuesdays and on Fridays.")], lambda _: 12)

    assert len(cue.lines) == 2


def test_who_speaks_at_the_same_time_is_shown_one_after_the_other() -> None:
    found = cues([timed(0, 4_000, "Yes.", "A"), timed(0, 4_000, "No.", "B")])

    assert [(cue.start_ms, cue.end_ms) for cue in found] == [(0, 2_000), (2_000, 4_000)]


def test_a_cue_makes_way_for_the_next() -> None:
    found = cues([timed(0, 5_000, "A long answer"), timed(3_000, 6_000, "Thank you")])

    assert [(cue.start_ms, cue.end_ms) for cue in found] == [(0, 3_000), (3_000, 6_000)]


def test_what_has_no_length_shows_long_enough_to_be_read() -> None:
    (cue,) = cues([Segment("s", "d", 0, 5_000, 5_000, "Yes")])

    assert (cue.start_ms, cue.end_ms) == (5_000, 6_000)


def test_an_empty_segment_gives_no_cue() -> None:
    assert cues([Segment("s", "d", 0, 0, 900, " \n")]) == []


ANY = st.builds(
    Segment,
    st.just("s"),
    st.just("d"),
    st.just(0.0),
    st.integers(0, 5_000),
    st.integers(0, 5_000),
    st.lists(st.sampled_from(ODD) | st.text(max_size=12), max_size=40).map(" ".join),
    st.text(max_size=60),
    words=st.lists(
        st.builds(
            Word,
            st.integers(0, 80),
            st.integers(0, 80),
            st.integers(0, 9_000),
            st.integers(0, 9_000),
            st.just(1.0),
        ),
        max_size=8,
    ).map(lambda words: tuple(sorted(words, key=lambda word: word.start))),
)


@given(st.lists(ANY, max_size=8), st.integers(0, 90))
@example([Segment("s", "d", 0, 9, 3, "a b")] * 3, 0)
def test_whatever_the_times_words_stay_and_cues_follow_one_another(
    segments: list[Segment], lead: int
) -> None:
    found = cues(segments, lambda _: lead)

    printed = map(printable, words_of(one.text for one in segments))
    said = [line for cue in found for line in cue.lines]
    assert words_of(said) == [word for word in printed if word]
    assert all(line.split() and len(line.splitlines()) == 1 for line in said)
    assert all(cue.start_ms < cue.end_ms for cue in found)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(found))
