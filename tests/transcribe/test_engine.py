"""What an engine hears is put on the clock, with words placed inside the text."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.errors import EvidenceError
from coder.domain.model import Word
from coder.transcribe.engine import Heard, Options, RawWord, heard, loading, without_lead

MEASURES = {"logprob": -0.5, "no_speech": 0.1, "compression": 1.2, "temperature": 0.0}


def hear(text, words, **changes):
    return heard(
        text, (0.5, 2.0), words, **{"offset_ms": 10_000, "length_ms": 3_000, **MEASURES, **changes}
    )


def test_times_are_the_recordings_and_text_has_no_blank_around():
    segment = hear(" The app.", [RawWord(" The", 0.5, 0.8, 0.9), RawWord(" app.", 0.8, 2.0, 0.7)])

    assert (segment.start_ms, segment.end_ms, segment.text) == (10_500, 12_000, "The app.")
    assert [segment.text[word.start : word.end] for word in segment.words] == ["The", "app."]
    assert [(word.start_ms, word.end_ms) for word in segment.words] == [
        (10_500, 10_800),
        (10_800, 12_000),
    ]
    assert segment.confidence == pytest.approx(math.exp(-0.5), abs=1e-4)


def test_what_is_heard_is_one_line():
    segment = hear(" The\napp.\r\n", [RawWord(" The", 0.5, 0.8, 0.9), RawWord("\napp.", 0.8, 2, 1)])

    assert segment.text == "The app."
    assert [segment.text[word.start : word.end] for word in segment.words] == ["The", "app."]


def test_no_word_is_said_outside_its_sentence():
    segment = hear(" The app.", [RawWord(" The", 0.2, 0.8, 0.9), RawWord(" app.", 0.8, 2.4, 0.7)])

    assert (segment.start_ms, segment.end_ms) == (10_200, 12_400)


def test_a_word_that_the_text_does_not_have_is_left_out():
    segment = hear(" The app.", [RawWord(" Teh", 0, 1, 1), RawWord(" app.", 1, 2, 1)])

    assert [segment.text[word.start : word.end] for word in segment.words] == ["app."]


def test_what_is_said_beyond_the_chunk_is_brought_back_to_its_edge():
    segment = hear(" app", [RawWord(" app", -0.2, 9.0, 1)])

    assert (segment.words[0].start_ms, segment.words[0].end_ms) == (10_000, 13_000)


@given(st.lists(st.text("abÿ😀’", min_size=1, max_size=5), min_size=1, max_size=12))
def test_every_word_is_found_again_at_its_place(words):
    raw = [RawWord(f" {word}", n, n + 1, 0.5) for n, word in enumerate(words)]

    segment = hear(" " + " ".join(words), raw)

    assert [segment.text[word.start : word.end] for word in segment.words] == words


def test_a_segment_survives_the_way_through_the_process():
    segment = hear(" The café.", [RawWord(" The", 0.5, 0.8, 0.9), RawWord(" café.", 1, 2, 0.7)])

    assert Heard.from_json(json.loads(json.dumps(segment.as_json()))) == segment


def test_a_model_says_how_it_wants_to_be_used():
    asked = Options.wanted_by({"max_chunk_seconds": 8, "min_silence_ms": 250, "other": 1}, "fr")

    assert asked == Options("fr", min_silence_ms=250, max_chunk_seconds=8, join_runs=False)
    assert Options.wanted_by({}) == Options()


def test_what_a_library_says_of_a_model_becomes_plain_words_unless_memory_is_short():
    with pytest.raises(EvidenceError, match="“small” is damaged or not whole"), loading("small"):
        raise RuntimeError("PytorchStreamReader failed reading zip archive")

    for problem in (MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory")):
        with pytest.raises(type(problem)) as caught, loading("small"):
            raise problem
        assert caught.value is problem


def test_the_first_word_does_not_take_in_the_silence_before_it():
    words = tuple(Word(n, n + 1, 3_000 + n * 300, 3_300 + n * 300, 0.9) for n in range(1, 5))
    first = Word(0, 1, 0, 3_300, 0.9)

    assert without_lead((first, *words)) == (replace(first, start_ms=2_700), *words)
    assert without_lead(words) == words
    assert without_lead(()) == ()
