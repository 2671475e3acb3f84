"""Recordings tell their length, tracks and rotation, and what hinders a transcript."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind
from coder.ingest.timed.media import probe, quarter_turns, read_media

RATE = 16000


def record(path: Path, seconds: float = 2.0, *, audio: int = 1, video: bool = False) -> Path:
    """A tone on each track, and a grey picture at ten frames a second."""
    with av.open(str(path), "w") as container:
        sounds = [container.add_stream("aac", rate=RATE) for _ in range(audio)]
        for stream in sounds:
            stream.layout = "mono"
        film = container.add_stream("mpeg4", rate=10) if video else None
        if film is not None:
            film.width, film.height, film.pix_fmt = 64, 48, "yuv420p"
            for count in range(int(seconds * 10)):
                picture = av.VideoFrame.from_ndarray(
                    np.full((48, 64, 3), 128, dtype=np.uint8), format="rgb24"
                )
                picture.pts, picture.time_base = count, Fraction(1, 10)
                container.mux(film.encode(picture))
            container.mux(film.encode(None))
        for stream in sounds:
            times = np.arange(int(seconds * RATE)) / RATE
            tone = np.sin(2 * np.pi * 440 * times, dtype=np.float32).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, 0
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def test_a_film_with_sound_tells_its_length_and_streams(tmp_path: Path) -> None:
    source = Source.of(record(tmp_path / "film.mp4", video=True))

    info = probe(source)

    assert info.duration_ms == pytest.approx(2000, abs=150)
    assert (info.has_audio, info.has_video, info.audio_tracks, info.sound) == (True, True, 1, True)
    assert (info.audio_codec, info.video_codec, info.rotation) == ("aac", "mpeg4", 0)
    assert (info.width, info.height, info.present_ms) == (64, 48, None)


def test_a_recording_becomes_a_document_without_text(tmp_path: Path) -> None:
    document = read_media(Source.of(record(tmp_path / "memo.m4a")))

    assert (document.kind, document.text, document.problems) == (DocumentKind.MEDIA, "", ())
    assert document.media_ms == pytest.approx(2000, abs=150)


def test_a_recording_inside_another_file_is_read_from_its_bytes(tmp_path: Path) -> None:
    data = record(tmp_path / "memo.m4a").read_bytes()

    assert probe(Source("memo.m4a", data=data)).has_audio


def test_a_silent_film_says_that_there_is_nothing_to_transcribe(tmp_path: Path) -> None:
    document = read_media(Source.of(record(tmp_path / "x.mp4", audio=0, video=True)))

    assert document.problems == ("“x.mp4” has no sound track, so there is nothing to transcribe.",)


def test_several_sound_tracks_are_mentioned(tmp_path: Path) -> None:
    document = read_media(Source.of(record(tmp_path / "x.mkv", audio=2)))

    assert document.problems == ("“x.mkv” has 2 sound tracks; choose one when transcribing.",)


def test_a_live_recording_without_a_length_is_measured(tmp_path: Path) -> None:
    path = record(tmp_path / "whole.mkv")
    data = path.read_bytes()
    place = data.index(b"\x44\x89\x88")
    path.write_bytes(data[:place] + b"\xec\x89" + bytes(9) + data[place + 11 :])

    assert probe(Source.of(path)).duration_ms == pytest.approx(2000, abs=150)


def test_a_film_that_was_cut_short_says_how_much_is_there(tmp_path: Path) -> None:
    whole = record(tmp_path / "whole.mp4", 6.0)
    index_first = tmp_path / "x.mp4"
    with (
        av.open(str(whole)) as old,
        av.open(str(index_first), "w", options={"movflags": "faststart"}) as new,
    ):
        copy = new.add_stream_from_template(old.streams.audio[0])
        for packet in old.demux(old.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = copy
                new.mux(packet)
    data = index_first.read_bytes()
    document = read_media(Source("x.mp4", data=data[: int(len(data) * 0.6)]))

    assert document.problems == ("“x.mp4” is cut short: 00:03 of 00:06 is there.",)


def test_a_picture_in_an_unknown_codec_does_not_hide_the_sound(tmp_path: Path) -> None:
    data = record(tmp_path / "x.mkv", video=True).read_bytes().replace(b"V_MPEG4", b"V_NOBDY")

    info = probe(Source("x.mkv", data=data))

    assert (info.has_video, info.video_codec, info.width, info.sound) == (True, "", 0, True)


@pytest.mark.parametrize("data", [b"", b"no film", b"\0\0\0\x18ftypisom" + bytes(300)])
def test_what_is_no_recording_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"x\.mp4"):
        read_media(Source("x.mp4", data=data))


def test_a_film_without_its_index_is_unreadable(tmp_path: Path) -> None:
    data = record(tmp_path / "x.mp4").read_bytes()

    with pytest.raises(Unreadable, match="cut short"):
        read_media(Source("x.mp4", data=data[: data.index(b"moov") - 4]))


def test_a_playlist_is_not_followed(tmp_path: Path) -> None:
    film = record(tmp_path / "film.mp4")
    playlist = tmp_path / "list.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXTINF:2,\n{film.as_uri()}\n#EXT-X-ENDLIST\n")

    with pytest.raises(Unreadable):
        probe(Source.of(playlist))


@given(st.floats())
def test_rotations_are_quarter_turns_whatever_is_reported(degrees: float) -> None:
    assert quarter_turns(degrees) in (-90, 0, 90, 180)


@pytest.mark.parametrize(
    ("degrees", "turned"),
    [(-90, -90), (90, 90), (270, -90), (-180, 180), (89.6, 90), (-2147483648, 0), (0, 0)],
)
def test_rotations_keep_their_sense(degrees: float, turned: int) -> None:
    assert quarter_turns(degrees) == turned


@pytest.mark.parametrize(
    ("name", "rotation", "audio"),
    [
        ("mozilla__video_rotation_90.mp4", -90, False),
        ("mozilla__no_timescale.mp4", 0, False),
        ("sannies__MOV00006.3gp", 0, True),
    ],
)
def test_hard_cases_are_understood(corpus: Path, name: str, rotation: int, audio: bool) -> None:
    info = probe(Source.of(corpus / "video" / name))

    assert (info.rotation, info.sound) == (rotation, audio)
