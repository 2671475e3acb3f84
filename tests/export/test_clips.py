"""Clips show and play what the recording shows and plays at the time of the quote."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import av
import numpy as np
import pytest

from coder.domain.errors import Cancelled, EvidenceError, Unreadable
from coder.export.clips import cut, poster_of
from coder.jobs import Job
from coder.transcribe.audio import RATE, decode, stretch
from tests.export.films import PACE, film, lag, length, shown, with_second_sound
from tests.transcribe.edits import turn

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight seconds with a key frame every two."""
    return film(tmp_path_factory.mktemp("films") / "plain.mp4")


def assert_heard(clip: Path, recording: Path, start_ms: int, end_ms: int) -> None:
    """The clip plays what the recording plays between these times, to a hundredth of a second."""
    [wanted] = stretch(recording, start_ms, end_ms)
    assert abs(lag(decode(clip), wanted, RATE)) <= 0.01


def test_an_exact_clip_begins_and_ends_to_the_instant(plain: Path, tmp_path: Path) -> None:
    made = cut(plain, 3130, 5230, tmp_path / "clip", exact=True)

    assert (made.path.name, made.start_ms, made.end_ms) == ("clip.mp4", 3130, 5230)
    assert (made.picture, made.encoded) == (True, True)
    assert length(made.path) == pytest.approx(2.1, abs=0.1)
    pictures = shown(made.path)
    assert pictures[0] == (0, 62)
    for time, number in pictures:
        assert abs((3.13 + time) - number / PACE) <= 1.1 / PACE
    assert_heard(made.path, plain, 3130, 5230)


def test_a_clip_on_key_frames_begins_earlier_and_loses_nothing(plain: Path, tmp_path: Path) -> None:
    made = cut(plain, 3130, 5230, tmp_path / "clip")

    assert (made.start_ms, made.end_ms, made.encoded) == (2000, 5230, False)
    assert length(made.path) == pytest.approx(3.23, abs=0.2)
    pictures = shown(made.path)
    assert [number for _, number in pictures[:60]] == list(range(40, 100))
    assert all(time == pytest.approx(number / PACE - 2, abs=0.01) for time, number in pictures)
    assert_heard(made.path, plain, 2000, 5230)


def test_it_does_not_begin_before_what_must_stay_in(plain: Path, tmp_path: Path) -> None:
    made = cut(plain, 3130, 5230, tmp_path / "clip", not_before_ms=2500)
    assert (made.start_ms, made.encoded) == (3130, True)
    assert cut(plain, 3130, 5230, tmp_path / "clip", not_before_ms=2000).start_ms == 2000


def shown_at(recording: Path, at_ms: int) -> int:
    """The number of the picture that a player shows at a time on its clock."""
    return [number for time, number in shown(recording) if time * 1000 <= at_ms + 1][-1]


@pytest.mark.parametrize("exact", [True, False])
def test_sound_that_begins_late_stays_late(tmp_path: Path, exact: bool) -> None:
    recording = film(tmp_path / "late.mp4", late=2.5)
    made = cut(recording, 2000, 5000, tmp_path / "clip", exact=exact)
    assert made.start_ms == 2000
    assert shown(made.path)[0] == (0, 40)
    assert_heard(made.path, recording, 2000, 5000)
    assert np.abs(decode(made.path)[: int(0.45 * RATE)]).max() < 0.01


@pytest.mark.parametrize("exact", [True, False])
def test_a_clock_that_does_not_begin_at_0_is_a_players(tmp_path: Path, exact: bool) -> None:
    recording = film(tmp_path / "broadcast.ts")
    made = cut(recording, 4000, 6000, tmp_path / "clip", exact=exact)
    assert shown(made.path)[0][1] == shown_at(recording, made.start_ms)
    assert made.start_ms == (4000 if exact else pytest.approx(2000, abs=30))
    assert_heard(made.path, recording, made.start_ms, 6000)


@pytest.mark.parametrize("exact", [True, False])
def test_a_film_held_sideways_is_seen_upright(tmp_path: Path, exact: bool) -> None:
    recording = turn(film(tmp_path / "phone.mp4"))
    made = cut(recording, 4000, 5000, tmp_path / "clip", exact=exact)
    with av.open(str(recording)) as before, av.open(str(made.path)) as after:
        was, now = next(before.decode(video=0)), next(after.decode(video=0))
    assert was.rotation % 180 == 90
    if exact:
        assert (now.rotation, now.width, now.height) == (0, was.height, was.width)
    else:
        assert (now.rotation, now.width) == (was.rotation, was.width)
    with av.open(str(_written(tmp_path / "poster.jpg", poster_of(made.path)))) as poster:
        assert poster.streams.video[0].height == 128


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_film_of_a_new_phone_is_copied_as_players_want_it(tmp_path: Path) -> None:
    options = {"x265-params": "log-level=none"}
    recording = film(tmp_path / "phone.mov", 2, codec="libx265", options=options)
    made = cut(recording, 0, 1000, tmp_path / "clip")
    assert not made.encoded
    assert b"hvc1" in made.path.read_bytes()
    assert shown(made.path)[3] == (0.15, 3)


def test_with_one_key_frame_only_it_begins_at_the_beginning_unless_exact(tmp_path: Path) -> None:
    recording = film(tmp_path / "one.mp4", every=1000)
    assert cut(recording, 5000, 6000, tmp_path / "a").start_ms == 0
    exact = cut(recording, 5000, 6000, tmp_path / "b", exact=True)
    assert shown(exact.path)[0] == (0, 100)


@pytest.mark.parametrize(
    ("name", "codec", "sound", "ending", "encoded"),
    [
        ("film.webm", "libvpx", "libopus", ".webm", False),
        ("film.mkv", "libx264", "pcm_s16le", ".mp4", False),
        ("film.avi", "mpeg4", "libmp3lame", ".mp4", True),
        ("silent.mp4", "libx264", "", ".mp4", False),
    ],
)
def test_what_a_browser_does_not_play_is_encoded(
    tmp_path: Path, name: str, codec: str, sound: str, ending: str, encoded: bool
) -> None:
    options = {"bf": "0"} if codec != "libx264" else {}
    recording = film(tmp_path / name, codec=codec, sound=sound, options=options)
    made = cut(recording, 4000, 6000, tmp_path / "clip")
    assert (made.path.suffix, made.encoded) == (ending, encoded)
    assert shown(made.path)[0][1] == shown_at(recording, 4000)
    assert made.start_ms == 4000
    if sound:
        assert_heard(made.path, recording, made.start_ms, 6000)


@pytest.mark.parametrize(
    ("name", "sound", "ending"),
    [
        ("memo.m4a", "aac", ".m4a"),
        ("memo.ogg", "libopus", ".opus"),
        ("memo.mp3", "libmp3lame", ".mp3"),
        ("memo.wav", "pcm_s16le", ".m4a"),
    ],
)
def test_sound_alone_is_cut_as_exactly(tmp_path: Path, name: str, sound: str, ending: str) -> None:
    recording = film(tmp_path / name, codec="", sound=sound)
    made = cut(recording, 3130, 5230, tmp_path / "clip")
    assert (made.path.name, made.picture, made.encoded) == (f"clip{ending}", False, False)
    assert length(made.path) == pytest.approx(2.1, abs=0.1)
    [wanted] = stretch(recording, 3130, 5230)
    assert abs(lag(decode(made.path), wanted, RATE)) <= 0.03
    assert poster_of(made.path) == b""


def test_the_sound_track_that_was_heard_is_taken(plain: Path, tmp_path: Path) -> None:
    recording = with_second_sound(tmp_path / "two.mp4", plain)
    made = cut(recording, 5000, 7000, tmp_path / "clip", track=1)
    [wanted] = stretch(recording, 4000, 7000, 1)
    assert abs(lag(decode(made.path), wanted, RATE)) <= 0.01
    for track in (0, 7):
        quiet = cut(recording, 5000, 7000, tmp_path / "quiet", track=track, exact=True)
        assert np.abs(decode(quiet.path)).max() < 0.01


def test_it_ends_with_the_recording(plain: Path, tmp_path: Path) -> None:
    made = cut(plain, 7000, 9000, tmp_path / "clip", exact=True)
    assert made.end_ms == pytest.approx(8000, abs=50)
    with pytest.raises(Unreadable, match="is over before"):
        cut(plain, 9000, 10_000, tmp_path / "clip")


def test_nothing_that_a_phone_noted_goes_along(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "phone.mov"), "w") as container:
        container.metadata["location"] = "+54.9783-001.6178/"
        container.metadata["title"] = "At home"
        with av.open(str(film(tmp_path / "x.mp4"))) as source:
            streams = [container.add_stream_from_template(one) for one in source.streams]
            for packet in source.demux():
                if packet.dts is not None:
                    packet.stream = streams[packet.stream.index]
                    container.mux(packet)
    assert b"+54.97" in (tmp_path / "phone.mov").read_bytes()
    for exact in (True, False):
        made = cut(tmp_path / "phone.mov", 1000, 2000, tmp_path / "clip", exact=exact)
        assert b"54.97" not in made.path.read_bytes()
        assert b"At home" not in made.path.read_bytes()


def test_what_is_no_recording_is_told(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"not a film" * 100)
    with pytest.raises(Unreadable, match="“Our film” cannot be cut"):
        cut(tmp_path / "film.mp4", 0, 1000, tmp_path / "clip", name="Our film")
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]


def test_a_full_disk_leaves_nothing(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EvidenceError, match="the disk is full"):
        cut(plain, 1000, 2000, tmp_path / "clip")
    assert list(tmp_path.iterdir()) == []


def test_when_stopped_it_leaves_nothing(plain: Path, tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        cut(plain, 1000, 2000, tmp_path / "clip", exact=True, job=job)
    assert list(tmp_path.iterdir()) == []
