"""A piece is listened to whole, and once more where words go round."""

import json
from dataclasses import replace

import numpy as np
import pytest

from coder.transcribe.audio import RATE, Block
from coder.transcribe.engine import Heard, Options, Piece
from coder.transcribe.pieces import attentive, heard_in, heard_whole
from coder.transcribe.speech import Chunk, Turn

LOOP = "Thanks for watching. " * 4


def heard(text, start_ms=0, compression=1.0) -> Heard:
    return Heard(start_ms, start_ms + 900, text, 0.9, 0.1, compression, 0.0)


class Scripted:
    """An engine that says what it is told to; it stands for a model that begins to go round, as
    none that is small enough to come along does."""

    def __init__(self, *said):
        self.said = list(said)
        self.asked = []

    def transcribe(self, samples, offset_ms, options):
        self.asked.append((len(samples), offset_ms, options))
        yield from self.said.pop(0)


SOUND = np.zeros(4 * RATE, np.float32)


def test_what_does_not_go_round_is_heard_once():
    engine = Scripted([heard("We met in the hall.")])

    assert attentive(engine, SOUND, 5000, Options()) == [heard("We met in the hall.")]
    assert len(engine.asked) == 1


@pytest.mark.parametrize("first", [heard(LOOP), heard("We met.", compression=2.5)])
def test_what_goes_round_is_heard_again_in_two_halves_with_other_settings(first):
    engine = Scripted([first], [heard("We met", 5000)], [heard("in the hall.", 8000)])

    found = attentive(engine, SOUND, 5000, Options(hotwords="Tarn Street"))

    assert [one.text for one in found] == ["We met", "in the hall."]
    lengths, offsets, options = zip(*engine.asked, strict=True)
    assert lengths[1] + lengths[2] == lengths[0]
    assert offsets == (5000, 5000, 5000 + lengths[1] * 1000 // RATE)
    assert options[1].hotwords == ""
    assert min(options[1].temperatures) > 0
    assert options[1].no_repeat == 3


@pytest.mark.parametrize("again", [[heard(LOOP)], []])
def test_where_it_is_no_better_the_first_stays_to_be_doubted(again):
    engine = Scripted([heard(LOOP)], again, [])

    assert attentive(engine, SOUND, 0, Options()) == [heard(LOOP)]


def test_two_voices_are_told_apart_and_come_in_the_order_of_time():
    engine = Scripted(
        [heard("Left first.", 1000), heard("Left again.", 3000)], [heard("Right.", 2000)]
    )
    turn = Turn(0, 4 * RATE, (Chunk(0, 4 * RATE, 0), Chunk(RATE, 3 * RATE, 1)))

    piece = heard_in(engine, Block(0, (SOUND, SOUND)), turn, Options())

    assert [(one.voice, one.text) for one in piece.segments] == [
        (1, "Left first."),
        (2, "Right."),
        (1, "Left again."),
    ]


def test_where_the_engine_makes_nothing_of_speech_it_is_not_passed_over_in_silence():
    """Whisper leaves out what it takes for silence, though speech was found there."""
    turn = Turn(0, 4 * RATE, (Chunk(RATE, 3 * RATE),))

    piece = heard_in(Scripted([]), Block(0, (SOUND,)), turn, Options())

    assert piece == Piece(0, 4_000, speech=False)


@pytest.mark.parametrize(
    ("said", "missed"),
    [
        ([heard("We met.", 1_000), heard("In the hall.", 12_000)], ((6_000, 10_000),)),
        ([heard("We met.", 1_000), heard("In the hall.", 9_500)], ()),
    ],
)
def test_a_run_of_speech_without_a_word_is_told_of(said, missed):
    """What is shorter than three seconds may be a cough, as may the last one here."""
    runs = ((RATE, 3 * RATE), (6 * RATE, 10 * RATE), (12 * RATE, 13 * RATE), (14 * RATE, 16 * RATE))
    turn = Turn(0, 16 * RATE, (Chunk(RATE, 16 * RATE, runs=runs),))
    sound = np.zeros(16 * RATE, np.float32)

    piece = heard_in(Scripted(said), Block(0, (sound,)), turn, Options())

    assert (piece.segments, piece.missed) == (tuple(said), missed)


def test_parts_of_a_piece_are_all_of_it():
    whole = Piece(0, 9_000, True, (heard("We met."),))
    missed = replace(whole, missed=((0, 3_000), (2_000, 5_000), (6_000, 9_000)))

    assert list(whole.parts()) == [(0, 9_000, True)]
    assert list(missed.parts()) == [
        (0, 3_000, False),
        (3_000, 5_000, False),
        (5_000, 6_000, True),
        (6_000, 9_000, False),
    ]


def test_a_span_is_heard_to_its_end_whether_anybody_speaks_or_not():
    engine = Scripted(*([heard(f"Piece {n}.", n * 1000)] for n in range(4)))

    piece = heard_whole(engine, (SOUND,), (10_000, 14_000), Options(max_chunk_seconds=2))

    assert (piece.start_ms, piece.end_ms, piece.speech) == (10_000, 14_000, True)
    assert sum(length for length, _, _ in engine.asked) == len(SOUND)
    assert engine.asked[0][1] == 10_000
    assert all(length <= 2 * RATE for length, _, _ in engine.asked)


def test_a_piece_survives_the_way_through_the_process():
    piece = Piece(0, 9_000, True, (heard("We met."),), ((2_000, 6_000),))

    assert Piece.from_json(json.loads(json.dumps(piece.as_json()))) == piece
