"""Spans of a recording without speech, as a person is told of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Segment, Stretch, Word
from coder.domain.quiet import Quiet, parts_within, quiet_in


def stretches(*ends: tuple[int, bool]) -> list[Stretch]:
    """Stretches that follow each other from 0 on, each with its end and whether there is speech."""
    place, made = 0, []
    for number, (end, speech) in enumerate(ends):
        made.append(Stretch(str(number), "film", place, end, speech))
        place = end
    return made


def said(start_ms: int, end_ms: int, *words: tuple[int, int]) -> Segment:
    timed = tuple(Word(0, 1, *times, 1.0) for times in words)
    return Segment("s", "film", 0, start_ms, end_ms, "Yes.", words=timed)


def test_stretches_without_speech_that_follow_each_other_are_one_span() -> None:
    listened = stretches((5_000, True), (6_500, False), (9_000, False), (12_000, True))

    assert quiet_in(listened) == [Quiet(5_000, 9_000)]


def test_a_pause_between_sentences_is_not_told() -> None:
    listened = stretches((2_999, False), (5_000, True), (8_000, False))

    assert quiet_in(listened) == [Quiet(5_000, 8_000)]
    assert quiet_in(listened, least_ms=1) == [Quiet(0, 2_999), Quiet(5_000, 8_000)]


def test_where_a_person_put_in_what_is_said_it_is_not_quiet() -> None:
    listened = stretches((30_000, False))

    assert quiet_in(listened, [said(10_000, 20_000)]) == [Quiet(0, 10_000), Quiet(20_000, 30_000)]
    assert quiet_in(listened, [said(0, 30_000)]) == []


def test_a_sentence_that_was_joined_across_it_leaves_it_quiet() -> None:
    listened = stretches((2_000, True), (20_000, False), (22_000, True))

    across = said(0, 22_000, (0, 1_500), (20_500, 22_000))

    assert quiet_in(listened, [across]) == [Quiet(2_000, 20_000)]


def test_parts_are_cut_to_what_is_asked_for() -> None:
    quiet = [Quiet(0, 10), Quiet(20, 30), Quiet(40, 50)]

    assert parts_within(quiet, 5, 42) == [Quiet(5, 10), Quiet(20, 30), Quiet(40, 42)]
    assert parts_within(quiet, 10, 20) == []


_TIMES = st.lists(st.integers(0, 60), max_size=12, unique=True).map(sorted)


@given(_TIMES, st.lists(st.booleans(), min_size=12, max_size=12), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4))  # fmt: skip # noqa: E501
def test_every_moment_is_quiet_just_where_nobody_was_found_to_speak(ends, speech, spoken) -> None:
    listened = stretches(*((end, one) for end, one in zip(ends, speech, strict=False) if end))
    segments = [said(start, start + length) for start, length in spoken]

    found = quiet_in(listened, segments, least_ms=1)

    for moment in range(61):
        silent = any(not s.speech and s.start_ms <= moment < s.end_ms for s in listened)
        talked = any(one.start_ms <= moment < one.end_ms for one in segments)
        assert any(q.start_ms <= moment < q.end_ms for q in found) is (silent and not talked)
    assert found == sorted(found, key=lambda one: one.start_ms)
