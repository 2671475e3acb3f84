"""Passages of long recordings, had without decoding what lies before them."""

import numpy as np
import pytest

from coder.domain.text import clock
from coder.transcribe.audio import RATE, Samples, decode, open_sound, stretch
from tests.transcribe.edits import edit

NO_NOISE = {"aac_pns": "0"}
"""As phones encode: FFmpeg's own encoder lets the decoder fill in noise, anew at each hearing."""


@pytest.fixture(scope="session")
def talk(recording) -> Samples:
    """45 seconds of speech in a room that is not quite quiet."""
    said = np.tile(decode(recording)[2 * RATE :], 4)[: 45 * RATE]
    room = np.random.default_rng(4).standard_normal(len(said)).astype(np.float32) * 0.003
    return said + room


def by_index(path, start: float, end: float, *, apart: bool = False):
    with open_sound(path, apart=apart) as sound:
        return sound.span_by_index(int(start * RATE), int(end * RATE))


SPANS = [(12.0, 17.5), (24.9, 31.25), (40.0, 60.0)]


@pytest.mark.parametrize(
    ("name", "codec", "rate", "coding"),
    [
        ("memo.m4a", "aac", 48_000, NO_NOISE),
        ("memo.mov", "aac", 44_100, NO_NOISE),
        ("memo.3gp", "libopencore_amrnb", 8_000, {}),
    ],
)
def test_by_the_index_a_passage_is_the_same_to_the_last_bit(write, talk, name, codec, rate, coding):
    pieces = [(0.4, talk[: 22 * RATE]), (25, talk[22 * RATE :])]
    path = write(name, pieces, codec, rate, 50.0 if name == "memo.mov" else 0.0, coding=coding)
    whole = np.concatenate([decode(path), np.zeros(30 * RATE, np.float32)])

    for start, end in SPANS:
        found = by_index(path, start, end)
        assert found is not None, clock(int(start * 1000))
        assert np.array_equal(found[0], whole[int(start * RATE) : int(end * RATE)])


def test_voices_apart_are_the_same_too(write, talk):
    both = np.stack([talk, np.roll(talk, 5 * RATE)])
    path = write("two.m4a", [(0, both)], "aac", 48_000, coding=NO_NOISE)
    with open_sound(path, apart=True) as sound:
        (block,) = sound.blocks()

    found = by_index(path, 20, 24, apart=True)

    assert found is not None
    for voice, other in zip(found, block.voices, strict=True):
        assert np.array_equal(voice, other[20 * RATE : 24 * RATE])


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("noise.m4a", "aac", 48_000),
        ("memo.mp3", "libmp3lame", 44_100),
        ("memo.webm", "libopus", 48_000),
        ("memo.wav", "pcm_s16le", 44_100),
        ("memo.amr", "libopencore_amrnb", 8_000),
        ("memo.ts", "aac", 44_100),
        ("memo.flac", "flac", 44_100),
    ],
)
def test_where_that_cannot_be_sure_all_before_is_decoded(write, talk, name, codec, rate):
    path = write(name, [(0.4, talk[: 22 * RATE]), (25, talk[22 * RATE :])], codec, rate)
    whole = np.concatenate([decode(path), np.zeros(30 * RATE, np.float32)])

    for start, end in SPANS:
        assert by_index(path, start, end) is None
        (heard,) = stretch(path, int(start * 1000), int(end * 1000))
        assert np.array_equal(heard, whole[int(start * RATE) : int(end * RATE)])


@pytest.mark.parametrize(
    "edits",
    [
        [(30, 5.25)],
        [(1.5, None), (40, 0.0)],
        [(20, 0.0), (15, 24.0)],
    ],
)
def test_an_edited_film_gives_what_decoding_all_gives(write, talk, edits):
    path = write("film.mov", [(0, talk)], "aac", 44_100, 46.0, coding=NO_NOISE)
    edit(path, {b"soun": edits, b"vide": edits})
    whole = np.concatenate([decode(path), np.zeros(60 * RATE, np.float32)])

    for start, end in SPANS:
        (heard,) = stretch(path, int(start * 1000), int(end * 1000))
        assert np.array_equal(heard, whole[int(start * RATE) : int(end * RATE)])
