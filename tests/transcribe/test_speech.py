"""Runs of speech, the chunks made of them, and the turns in which they are heard."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coder.transcribe.audio import RATE
from coder.transcribe.engine import Options
from coder.transcribe.speech import QUIET, Chunk, chunks, cut_up, joined, speech_runs, turns


def _laid_out(pairs):
    """Runs from pairs of a pause and a length."""
    runs, place = [], 0
    for pause, length in pairs:
        runs.append((place + pause, place + pause + length))
        place += pause + length
    return runs


RUNS = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 100)), max_size=30).map(_laid_out)


def test_each_sentence_is_a_run(speech, truth):
    runs = speech_runs(speech, Options(min_silence_ms=250, speech_pad_ms=120))

    assert len(runs) == len(truth)
    for (start, end), sentence in zip(runs, truth, strict=True):
        assert start / RATE <= sentence.start - 2
        assert end / RATE >= sentence.end - 2 - 0.2


def test_a_model_that_asks_for_short_chunks_gets_a_run_at_a_time(speech):
    asked = Options.wanted_by({"max_chunk_seconds": 8, "min_silence_ms": 250, "speech_pad_ms": 120})

    assert len(chunks(speech, asked)) == 4
    runs = speech_runs(speech, Options())
    assert chunks(speech, Options()) == [Chunk(runs[0][0], runs[-1][1], runs=tuple(runs))]


def test_no_chunk_is_longer_than_was_asked_for(speech):
    for seconds in (2.0, 8.0):
        spans = chunks(speech, Options(max_chunk_seconds=seconds))

        assert max(one.end - one.start for one in spans) <= seconds * RATE


@given(RUNS, st.integers(100, 1000))
def test_joining_keeps_all_speech_in_order_within_the_length(runs, longest):
    together = joined(runs, longest)

    assert all(end - start <= longest for start, end in together)
    assert all(any(a <= start and end <= b for a, b in together) for start, end in runs)
    assert together == sorted(together)
    assert {start for start, _ in together} <= {start for start, _ in runs}


@given(RUNS, st.integers(100, 1000))
def test_a_chunk_ends_only_where_the_next_run_would_not_fit(runs, longest):
    together = joined(runs, longest)

    ends = dict(runs)
    for (start, _), (following, _) in pairwise(together):
        assert ends[following] - start > longest


def test_turns_have_no_hole_and_silence_stands_for_itself_where_it_is_long(speech):
    silence = np.zeros(QUIET + RATE, np.float32)
    sound = np.concatenate([silence, speech, silence, speech[: 3 * RATE]])

    found = turns([sound], Options(min_silence_ms=250, speech_pad_ms=120, join_runs=False))

    assert (found[0].start, found[-1].end) == (0, len(sound))
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]
    quiet = [one for one in found if not one.chunks]
    assert quiet[0].start == 0
    assert all(one.end - one.start >= QUIET for one in quiet)
    assert len(found) - len(quiet) == 5
    assert all(one.start <= c.start < c.end <= one.end for one in found for c in one.chunks)


def test_where_nobody_speaks_there_is_one_turn_without_chunks():
    [turn] = turns([np.zeros(RATE, np.float32)], Options())

    assert (turn.start, turn.end, turn.chunks) == (0, RATE, ())


def test_two_voices_that_overlap_make_one_turn(speech):
    other = np.roll(speech, RATE)
    options = Options(min_silence_ms=250, speech_pad_ms=120, join_runs=False)

    found = turns([speech, other], options)

    spoken = [one for one in found if one.chunks]
    chunks_of = [c for one in spoken for c in one.chunks]
    assert {c.voice for c in chunks_of} == {0, 1}
    assert any(len({c.voice for c in one.chunks}) == 2 for one in spoken)
    assert sorted(chunks_of, key=lambda c: (c.start, c.end)) == chunks_of
    alone = turns([speech], options)
    assert {(c.start, c.end) for one in alone for c in one.chunks} == {
        (c.start, c.end) for c in chunks_of if c.voice == 0
    }
    assert Chunk(0, 1).voice == 0


@given(st.integers(1, 20 * RATE), st.integers(RATE, 8 * RATE))
def test_pieces_are_the_whole_and_none_is_too_long(length, longest):
    sound = np.zeros(length, np.float32)

    found = cut_up(sound, longest)

    assert (found[0][0], found[-1][1]) == (0, length)
    assert [end for _, end in found[:-1]] == [start for start, _ in found[1:]]
    assert max(end - start for start, end in found) <= longest
