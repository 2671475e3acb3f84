"""Runs of speech and the chunks made of them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coder.transcribe.audio import RATE
from coder.transcribe.engine import Options
from coder.transcribe.speech import chunks, joined, speech_runs


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
    assert chunks(speech, Options()) == [
        (speech_runs(speech, Options())[0][0], speech_runs(speech, Options())[-1][1])
    ]


def test_no_chunk_is_longer_than_was_asked_for(speech):
    for seconds in (2.0, 8.0):
        spans = chunks(speech, Options(max_chunk_seconds=seconds))

        assert max(end - start for start, end in spans) <= seconds * RATE


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
