"""The clock of our sound is the player's: a person finds each word where the transcript has it."""

import wave

import numpy as np
import pytest

from coder.domain.draft import Source
from coder.ingest.timed import media
from coder.jobs import Job
from coder.transcribe.audio import RATE, Samples, decode
from coder.transcribe.run import Way, transcribe
from tests.transcribe.edits import edit, turn
from tests.transcribe.player import played

NEAR = 0.1
"""Seconds; what is asked of word times."""


def beeps(length: float, *places: float) -> Samples:
    """A tone of 0.3 s at each place."""
    sound = np.zeros(int(length * RATE), np.float32)
    for place in places:
        tone = 0.5 * np.sin(np.arange(int(0.3 * RATE)) * 0.3)
        sound[int(place * RATE) : int(place * RATE) + len(tone)] = tone
    return sound


def onsets(samples: Samples) -> list[float]:
    """Where it becomes loud, in seconds."""
    loud = np.flatnonzero(np.abs(samples) > 0.1)
    first = np.diff(loud, prepend=-RATE) > RATE // 10
    return [float(place) / RATE for place in loud[first]]


@pytest.fixture
def player(qapp):
    """Plays a recording; skips where this machine cannot."""

    def play(path, track=0) -> Samples:
        heard = played(path, track)
        if heard is None:
            pytest.skip("Qt has no player here")
        return heard

    return play


def agree(path, player, track=0) -> list[float]:
    """Holds our clock against the player's; gives our onsets."""
    ours = onsets(decode(path, track))

    assert ours == pytest.approx(onsets(player(path, track)), abs=NEAR)
    return ours


THREE = beeps(3, 0.5, 1.5, 2.5)


@pytest.mark.parametrize(
    ("name", "codec", "rate", "picture"),
    [
        ("late.mp4", "aac", 48_000, 4.5),
        ("late.mov", "pcm_s16le", 16_000, 4.5),
        ("late.ts", "aac", 44_100, 4.5),
        ("late.3gp", "libopencore_amrnb", 8_000, 4.5),
        ("late.mkv", "libopus", 48_000, 4.5),
    ],
)
def test_sound_that_begins_late(write, player, name, codec, rate, picture):
    path = write(name, [(1.2, THREE)], codec, rate, picture)

    assert agree(path, player) == pytest.approx([1.7, 2.7, 3.7], abs=0.05)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("begins.mkv", "pcm_s16le", 16_000),
        ("begins.m4a", "aac", 44_100),
        ("begins.ts", "aac", 44_100),
        ("begins.webm", "libopus", 48_000),
    ],
)
def test_a_clock_that_does_not_begin_at_zero(write, player, name, codec, rate):
    path = write(name, [(1.2, THREE)], codec, rate)

    assert agree(path, player) == pytest.approx([0.5, 1.5, 2.5], abs=0.05)


@pytest.mark.parametrize(
    ("name", "codec", "rate", "picture"),
    [
        ("gap.mp4", "aac", 48_000, 6.0),
        ("gap.mov", "aac", 44_100, 6.0),
        ("gap.m4a", "aac", 44_100, 0.0),
        ("gap.mkv", "pcm_s16le", 16_000, 6.0),
        ("gap.webm", "libopus", 48_000, 0.0),
        ("gap.ts", "aac", 44_100, 6.0),
    ],
)
def test_a_gap_in_the_sound(write, player, name, codec, rate, picture):
    path = write(name, [(0, THREE), (4, beeps(2, 0.5, 1.5))], codec, rate, picture)

    assert agree(path, player) == pytest.approx([0.5, 1.5, 2.5, 4.5, 5.5], abs=0.05)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("padded.mp3", "libmp3lame", 44_100),
        ("memo.wav", "pcm_s16le", 16_000),
        ("memo.flac", "flac", 44_100),
        ("memo.ogg", "libopus", 48_000),
        ("memo.amr", "libopencore_amrnb", 8_000),
        ("memo.3gp", "libopencore_amrnb", 8_000),
        ("memo.aac", "aac", 44_100),
        ("memo.avi", "libmp3lame", 44_100),
    ],
)
def test_plain_recordings_with_what_their_encoder_pads(write, player, name, codec, rate):
    path = write(name, [(0, THREE)], codec, rate)

    assert agree(path, player) == pytest.approx([0.5, 1.5, 2.5], abs=0.05)


SIX = beeps(5, 0.5, 1.5, 2.5, 3.5, 4.5)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({b"soun": [(3, 1.25)], b"vide": [(3, 1.25)]}, [0.25, 1.25, 2.25]),
        ({b"soun": [(3, 1.25)]}, [0.25, 1.25, 2.25]),
        ({b"soun": [(1.5, None), (3, 0.0)]}, [2.0, 3.0, 4.0]),
        ({b"soun": [(1.5, None), (3, 0.0)], b"vide": [(1.5, None), (3, 0.0)]}, [0.5, 1.5, 2.5]),
        ({b"soun": [(1.2, 0.0), (1.5, 3.2)], b"vide": [(1.2, 0.0), (1.5, 3.2)]}, [0.5, 1.5, 2.5]),
        ({b"soun": [(1.5, 3.2), (1.5, 0.2)]}, [0.3, 1.3, 1.8, 2.8]),
    ],
    ids=["middle", "middle, sound only", "empty", "empty, both", "two", "swapped"],
)
@pytest.mark.parametrize(("codec", "rate"), [("aac", 48_000), ("pcm_s16le", 16_000)])
def test_edit_lists(write, player, codec, rate, edits, expected):
    path = edit(write("edited.mov", [(0, SIX)], codec, rate, 5.0), edits)

    assert agree(path, player) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("name", "film", "uneven", "codec", "options"),
    [
        ("even.mov", "libx265", False, "aac", {}),
        ("even.mp4", "libx264", False, "aac", {}),
        ("unlisted.mp4", "libx264", False, "aac", {"use_editlist": "0"}),
        ("pieces.mp4", "libx264", False, "aac", {"movflags": "frag_keyframe+empty_moov"}),
        ("uneven.mp4", "libx264", True, "aac", {}),
        ("uneven.mkv", "libx264", True, "libopus", {}),
        ("even.ts", "libx264", False, "aac", {}),
        ("even.mpg", "mpeg2video", False, "mp2", {}),
    ],
)
def test_films_of_all_kinds(write, player, name, film, uneven, codec, options):
    path = write(
        name, [(0.7, THREE)], codec, 48_000, 4.0, film=film, uneven=uneven, options=options
    )

    assert agree(path, player) == pytest.approx([1.2, 2.2, 3.2], abs=NEAR)


def test_a_film_that_was_taken_upright(write, player):
    path = turn(write("upright.mp4", [(0.7, THREE)], "aac", 48_000, 4.0))

    assert media.probe(Source.of(path)).rotation in (90, -90)
    assert agree(path, player) == pytest.approx([1.2, 2.2, 3.2], abs=0.05)


def test_the_second_track(write, player):
    path = write("two.mkv", [(0, THREE)], more=[[(0.3, beeps(2, 0.4, 1.1))]])

    assert agree(path, player, 1) == pytest.approx([0.7, 1.4], abs=0.05)


@pytest.mark.parametrize(
    "name", ["sannies__MOV00006.3gp", "sannies__count-deutsch-audio.mp4", "apache__en-US_(Hi).mp4"]
)
def test_real_films(shared, player, name):
    path = shared / "corpus" / "video" / name

    assert offset(decode(path), player(path)) <= NEAR


def test_a_phone_video_with_amr(player):
    from tests.transcribe.conftest import DATA

    assert offset(decode(DATA / "phone.3gp"), player(DATA / "phone.3gp")) <= NEAR


def offset(ours: Samples, theirs: Samples) -> float:
    """By how many seconds two takes of one sound are apart, by where their levels fit best."""
    step = RATE // 100
    levels = [
        np.sqrt(np.square(one[: len(one) // step * step]).reshape(-1, step).mean(axis=1))
        for one in (ours, theirs)
    ]
    fit = np.correlate(*(level - level.mean() for level in levels), mode="full")
    return abs(int(np.argmax(fit)) - (len(levels[1]) - 1)) / 100


def starts(path, model) -> list[tuple[str, float]]:
    return [
        (segment.text[word.start : word.end], word.start_ms / 1000)
        for piece in transcribe(path, Way(model), job=Job())
        for segment in piece.segments
        for word in segment.words
    ]


def test_words_stand_where_the_player_says_them(
    recording, speech, write, player, synthetic, tmp_path
):
    """What is heard in the player's own sound, on its own clock, is heard at the same times."""
    cut = int(2.85 * RATE)
    gap = write("gap.mp4", [(0, speech[:cut]), (4.85, speech[cut:])], "aac", 48_000, picture=17.0)

    for path in (recording, gap):
        ours = starts(path, synthetic)
        theirs = starts(written(player(path), tmp_path / "played.wav"), synthetic)

        assert len(ours) >= 28
        assert [word for word, _ in ours] == [word for word, _ in theirs]
        assert [at for _, at in ours] == pytest.approx([at for _, at in theirs], abs=NEAR)


def written(samples: Samples, path):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes())
    return path
