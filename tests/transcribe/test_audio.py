"""Sound by the clock of its container."""

import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.errors import EvidenceError, Unreadable
from coder.transcribe.audio import LONGEST_MS, RATE, Samples, decode, open_sound, stretch


def beep(seconds: float) -> Samples:
    return (0.5 * np.sin(np.arange(int(seconds * RATE)) * 0.3)).astype(np.float32)


def loud_stretches(samples: Samples) -> list[tuple[float, float]]:
    """Where it is loud, in seconds, to a hundredth."""
    step = RATE // 100
    level = np.abs(samples[: len(samples) // step * step]).reshape(-1, step).max(axis=1) > 0.1
    edges = np.flatnonzero(np.diff(np.concatenate([[0], level.astype(int), [0]])))
    return [(start / 100, end / 100) for start, end in edges.reshape(-1, 2)]


def test_sound_that_begins_after_the_picture_keeps_its_place(recording, truth):
    samples = decode(recording)

    begins = loud_stretches(samples)[0][0]

    assert begins == pytest.approx(truth[0].start, abs=0.15)
    assert not samples[: int(1.9 * RATE)].any()


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("gap.mkv", "pcm_s16le", 16_000),
        ("gap.mp4", "aac", 48_000),
        ("gap-opus.mkv", "libopus", 48_000),
        ("gap.ts", "aac", 44_100),
    ],
)
def test_a_gap_in_the_packets_is_silence(write, name, codec, rate):
    path = write(name, [(0, beep(1)), (3, beep(1.5))], codec, rate, picture=5.0)

    stretches = [span for span in loud_stretches(decode(path)) if span[1] - span[0] > 0.5]

    assert stretches == [pytest.approx((0, 1), abs=0.06), pytest.approx((3, 4.5), abs=0.06)]


def test_a_recording_whose_own_clock_begins_later_begins_at_zero_as_in_a_player(write):
    path = write("late.mkv", [(2, beep(1)), (4, beep(1))])

    assert loud_stretches(decode(path)) == [
        pytest.approx((0, 1), abs=0.02),
        pytest.approx((2, 3), abs=0.02),
    ]


def one_after_the_other(write, *pieces):
    """Transport streams put together as a camera or `cat` does it, each with its own clock."""
    parts = [write(f"{n}.ts", [piece], "aac", 48_000) for n, piece in enumerate(pieces)]
    path = parts[0].with_name("whole.ts")
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def test_what_overlaps_is_trimmed(write):
    path = one_after_the_other(write, (0, beep(2)), (1.5, beep(2)))

    assert len(decode(path)) / RATE == pytest.approx(3.5, abs=0.06)


def test_a_clock_that_leaps_back_does_not_swallow_the_rest(write):
    path = one_after_the_other(write, (0, beep(6)), (0, beep(5)))

    with open_sound(path) as sound:
        length = sum(len(block.samples) for block in sound.blocks())

    assert length / RATE == pytest.approx(11, abs=0.2)
    assert [problem.split("; ")[0] for problem in sound.problems] == [
        "The clock of “whole.ts” jumps"
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(pauses=st.lists(st.floats(0.2, 9.0), min_size=1, max_size=6))
def test_every_piece_lies_where_its_time_says(write, pauses):
    places = [float(place) for place in np.cumsum(pauses) + np.arange(len(pauses)) * 0.4]
    path = write("pieces.mkv", [(0, beep(0.01)), *((place, beep(0.4)) for place in places)])

    begins = [start for start, end in loud_stretches(decode(path)) if end - start > 0.2]

    assert begins == pytest.approx(places, abs=0.03)


def test_blocks_join_into_the_whole(write):
    noise = np.random.default_rng(1).standard_normal(20 * RATE).astype(np.float32) * 0.1
    noise[int(6.0 * RATE) : int(7.0 * RATE)] = 0
    path = write("long.mkv", [(0.5, noise)])

    with open_sound(path) as sound:
        blocks = list(sound.blocks(longest_ms=8_000))

    assert np.array_equal(np.concatenate([block.samples for block in blocks]), decode(path))
    assert all(len(block.samples) <= 8 * RATE for block in blocks)
    assert [block.start for block in blocks[1:]] == [block.end for block in blocks[:-1]]
    assert blocks[1].start / RATE == pytest.approx(7.0, abs=0.6)


def test_blocks_are_of_five_to_ten_minutes_and_only_the_last_is_shorter(write):
    noise = np.tile(np.random.default_rng(2).standard_normal(RATE).astype(np.float32) * 0.1, 1500)
    noise[int(455.2 * RATE) : int(456.4 * RATE)] = 0
    path = write("long.wav", [(0, noise)])

    with open_sound(path) as sound:
        ends = [block.end / RATE for block in sound.blocks()]

    lengths = np.diff([0, *ends])
    assert LONGEST_MS == 600_000
    assert ends[0] == pytest.approx(455.8, abs=0.02)
    assert ends[-1] == 1500
    assert all(300 <= length <= 600 for length in lengths[:-1])
    assert lengths[-1] <= 600


def test_blocks_from_the_end_of_an_earlier_one_are_those_that_follow_it(write):
    noise = np.random.default_rng(3).standard_normal(40 * RATE).astype(np.float32) * 0.1
    path = write("long.mp4", [(0.7, noise[: 20 * RATE]), (24, noise[20 * RATE :])], "aac", 44_100)
    with open_sound(path) as sound:
        whole = list(sound.blocks(longest_ms=7_000))

    for number, block in enumerate(whole):
        with open_sound(path) as sound:
            rest = list(sound.blocks(block.end, longest_ms=7_000))
        assert [one.start for one in rest] == [one.start for one in whole[number + 1 :]]
        for one, other in zip(rest, whole[number + 1 :], strict=True):
            assert np.array_equal(one.samples, other.samples)


def test_two_channels_are_two_voices_and_their_mean_the_mix(write):
    left, right = beep(3), np.zeros(3 * RATE, np.float32)
    right[RATE : 2 * RATE] = 0.25
    path = write("interview.wav", [(0, np.stack([left, right]))])

    with open_sound(path, apart=True) as sound:
        (block,) = sound.blocks()
    with open_sound(path) as sound:
        (mixed,) = sound.blocks()

    assert len(block.voices) == 2
    assert block.voices[0] == pytest.approx(left, abs=1e-3)
    assert block.voices[1] == pytest.approx(right, abs=1e-3)
    assert len(mixed.voices) == 1
    assert np.array_equal(block.samples, mixed.samples)
    assert mixed.samples == pytest.approx((left + right) / 2, abs=1e-3)


@pytest.mark.parametrize(("channels", "told"), [(1, "1 channel"), (6, "6 channels")])
def test_voices_are_apart_only_where_there_are_two_channels(write, channels, told):
    path = write("panel.wav", [(0, np.stack([beep(1)] * channels))])

    with pytest.raises(EvidenceError, match=rf"“panel\.wav” has {told}, not two"):
        open_sound(path, apart=True)


def test_a_recorder_with_many_microphones_is_mixed(write):
    path = write("panel.wav", [(0, np.stack([beep(1)] * 6))])

    assert loud_stretches(decode(path)) == [pytest.approx((0, 1), abs=0.02)]


@pytest.mark.parametrize("channels", [3, 8, 9, 24])
def test_a_mixing_desk_with_channels_that_stand_nowhere_is_mixed(tmp_path, channels):
    path = tmp_path / "desk.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.outer(beep(1), np.ones(channels)) * 32767).astype(np.int16).tobytes())

    assert decode(path) == pytest.approx(beep(1), abs=1e-3)


def test_memory_does_not_grow_with_length(write):
    path = write("long.wav", [(0, beep(120))])
    block = 4 * 2 * RATE

    tracemalloc.start()
    with open_sound(path) as sound:
        length = sum(len(block.samples) for block in sound.blocks(longest_ms=2000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert length == 120 * RATE
    assert peak < 5 * block


def test_the_track_that_was_chosen_is_heard(write):
    path = write("tracks.mkv", [(0, beep(1))], more=[[(2, beep(1))]])

    assert loud_stretches(decode(path)) == [pytest.approx((0, 1), abs=0.02)]
    assert loud_stretches(decode(path, 1)) == [pytest.approx((2, 3), abs=0.02)]


@pytest.mark.parametrize("track", [2, -1])
def test_a_track_that_is_not_there_is_named(write, track):
    path = write("tracks.mkv", [(0, beep(1))], more=[[(2, beep(1))]])

    with pytest.raises(Unreadable, match=r"“tracks\.mkv” has 2 sound tracks; there is no number"):
        open_sound(path, track)


@pytest.mark.parametrize(("start", "end"), [(0, 500), (900, 3200), (4000, 9000), (20_000, 21_000)])
def test_a_stretch_is_what_the_whole_has_there(write, start, end):
    path = write("gap.mp4", [(0, beep(1)), (3, beep(1.5))], "aac", 48_000, picture=5.0)
    whole = decode(path)
    span = slice(start * RATE // 1000, end * RATE // 1000)

    (heard,) = stretch(path, start, end)

    assert len(heard) == (end - start) * RATE // 1000
    there = whole[span]
    assert np.array_equal(heard[: len(there)], there)
    assert not heard[len(there) :].any()


def test_a_video_without_sound_says_so():
    path = Path(__file__).parents[1] / "data" / "no_audio.mp4"

    with pytest.raises(Unreadable, match=r"“no_audio\.mp4” has no sound track"):
        open_sound(path)


def test_a_recording_that_was_cut_short_gives_what_there_is(write):
    path = write("cut.mkv", [(0, beep(20))], "aac", 48_000)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])

    samples = decode(path)

    assert 9 < len(samples) / RATE < 15


def test_damage_in_the_middle_is_bridged_and_told(write):
    path = write("damaged.mkv", [(0, beep(20))], "aac", 48_000)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3000] = bytes(range(250)) * 12
    path.write_bytes(data)

    with open_sound(path) as sound:
        length = sum(len(block.samples) for block in sound.blocks())

    assert length / RATE == pytest.approx(20, abs=0.2)
    assert "damaged" in " ".join(sound.problems)


@pytest.mark.parametrize("content", [b"", b"Dear committee, ", bytes(range(256)) * 40])
def test_what_is_no_recording_is_unreadable(tmp_path, content):
    path = tmp_path / "voice.mp4"
    path.write_bytes(content)

    with pytest.raises(Unreadable, match=r"voice\.mp4"):
        decode(path)


def test_an_mp4_without_its_end_is_unreadable(tmp_path, recording):
    path = tmp_path / "half.mp4"
    data = recording.read_bytes()
    path.write_bytes(data[: len(data) // 2])

    with pytest.raises(Unreadable, match=r"half\.mp4"):
        decode(path)


@pytest.mark.parametrize("name", ["gone.mp4", ""])
def test_a_file_that_is_not_there_is_unreadable(tmp_path, name):
    with pytest.raises(Unreadable):
        decode(tmp_path / name)
