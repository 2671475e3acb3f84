"""Cuts a stretch out of a recording: as it is, from a key frame on, or encoded anew to the instant.

Times are those that a player shows: 0 is the first time stamp of the recording, of whichever of its
tracks begins first, so that sound which begins late stays late. Nothing but picture and sound is
taken over: not the place and the hour that a phone writes down, nor other tracks.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from coder.domain.errors import EvidenceError, Unreadable
from coder.export.atomic import whole
from coder.export.clip_streams import (
    SOUND_RATE,
    Check,
    Packets,
    codec_of,
    copied,
    key_before,
    pace,
    picture_stream,
    pictures,
    poster,
    seen_size,
    sounds,
)
from coder.jobs import Job

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer

_PLAYED = {
    ".mp4": (("h264", "hevc", "av1"), ("aac", "mp3")),
    ".webm": (("vp8", "vp9"), ("opus", "vorbis")),
}
"""Files that browsers play, by what they may hold of picture and sound."""

_HEARD = {"aac": ".m4a", "opus": ".opus", "mp3": ".mp3"}
"""The same of sound alone."""

_ENCODERS = (("libx264", ".mp4", "aac"), ("libvpx-vp9", ".webm", "libopus"))
"""What pictures are encoded with, the best first, as far as this machine's FFmpeg has it."""

_FILM_OPTIONS = {
    "libx264": {"crf": "20", "preset": "veryfast"},
    "libvpx-vp9": {"crf": "31", "b:v": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"},
}
_BITS = 128_000
_MUXERS = {".m4a": "ipod", ".opus": "opus", ".mp3": "mp3", ".mp4": "mp4", ".webm": "webm"}


@dataclass(frozen=True, slots=True)
class Cut:
    """A clip as it was written: `start_ms`, `end_ms` lie on the recording's clock. `picture` says
    that there is more than sound, `encoded` that its picture was encoded anew."""

    path: Path
    start_ms: int
    end_ms: int
    picture: bool
    encoded: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a clip is made: from and to which time stamps in seconds, which ending it has, and what
    its streams are encoded with; empty where they are copied."""

    begin: float
    end: float
    ending: str
    film: str = ""
    sound: str = ""


def cut(
    recording: Path,
    start_ms: int,
    end_ms: int,
    stem: Path,
    *,
    exact: bool = False,
    not_before_ms: int = 0,
    track: int = 0,
    name: str = "",
    job: Job | None = None,
) -> Cut:
    """Writes `[start_ms, end_ms)` of a recording to `stem` with an ending that fits, whole or not
    at all.

    Without `exact` a film begins at the key frame at or before the start, and nothing is lost of
    its quality; it is encoded all the same where that key frame lies before `not_before_ms`, where
    there is none, and where browsers do not play what it is in. `track` is the sound track, `name`
    what messages call the recording. Raises Unreadable where there is nothing to cut there,
    EvidenceError where the clip cannot be written, Cancelled.
    """
    import av

    name, job = name or recording.name, job or Job()
    try:
        with ExitStack() as held:
            film, sound = (held.enter_context(av.open(str(recording))) for _ in range(2))
            origin = (film.start_time or 0) / 1_000_000
            length = (film.duration or 0) / 1_000_000
            begin, end = origin + start_ms / 1000, origin + end_ms / 1000
            end = min(end, origin + length) if length else end
            if end <= begin:
                raise Unreadable(f"“{name}” is over before the time of the quote.")
            streams = _Streams(picture_stream(film), _sound_stream(sound, track))
            earliest = origin + not_before_ms / 1000
            plan = _plan(film, streams, begin, end, None if exact else earliest, name)
            path = stem.with_name(stem.name + plan.ending)
            with whole(path) as stream:
                _write(stream, (film, sound), streams, plan, job.check)
    except av.FFmpegError as problem:
        raise Unreadable(
            f"“{name}” cannot be cut: it is damaged, cut short, or no recording.",
            "Ask for the file again, or cut it in another program.",
        ) from problem
    return Cut(
        path,
        round((plan.begin - origin) * 1000),
        round((plan.end - origin) * 1000),
        streams.film is not None,
        bool(plan.film),
    )


def poster_of(clip: Path) -> bytes:
    """The first picture of a clip as JPEG; empty where it has none."""
    import av

    with av.open(str(clip)) as container:
        return poster(container)


@dataclass(frozen=True, slots=True)
class _Streams:
    film: Any
    sound: Any


def _sound_stream(container: InputContainer, track: int) -> Any:
    """The sound track of this number, the first where there is none of it; None without sound."""
    tracks = list(container.streams.audio)
    wanted = [*tracks[track : track + 1], *tracks]
    return next((one for one in wanted if one.codec_context), None)


def _plan(
    container: InputContainer,
    streams: _Streams,
    begin: float,
    end: float,
    earliest: float | None,
    name: str,
) -> _Plan:
    """How to make the clip; with `earliest` the film is copied if it can be, from a key frame that
    is no earlier."""
    heard = codec_of(streams.sound) if streams.sound else ""
    if streams.film is None:
        if not heard:
            raise Unreadable(f"“{name}” has neither sound nor picture.")
        ending = "" if earliest is None else _HEARD.get(heard, "")
        return _Plan(begin, end, ending or ".m4a", sound="" if ending else "aac")
    seen = codec_of(streams.film)
    for ending, (films, sounds_too) in _PLAYED.items():
        if earliest is not None and seen in films:
            key = key_before(container, streams.film, begin)
            if key is not None and key >= earliest:
                anew = {".mp4": "aac", ".webm": "libopus"}[ending]
                return _Plan(key, end, ending, sound="" if heard in sounds_too else anew)
    for encoder, ending, with_sound in _ENCODERS:
        if _there_is(encoder):
            return _Plan(begin, end, ending, encoder, with_sound)
    raise EvidenceError("FFmpeg on this machine cannot encode films.", "Cut on key frames.")


def _there_is(encoder: str) -> bool:
    from av.codec import Codec
    from av.codec.codec import UnknownCodecError

    try:
        return Codec(encoder, "w").is_encoder
    except UnknownCodecError:
        return False


def _write(
    stream: BinaryIO,
    containers: tuple[InputContainer, InputContainer],
    streams: _Streams,
    plan: _Plan,
    check: Callable[[], None],
) -> None:
    """The packets of both streams in the order of their times."""
    import av

    with av.open(stream, "w", format=_MUXERS[plan.ending]) as out:
        parts = []
        if streams.film is not None:
            parts.append(_film(out, containers[0], streams.film, plan, check))
        if streams.sound is not None:
            parts.append(_sound(out, containers[1], streams.sound, plan, check))
        written = 0
        for packet in merge(*parts, key=_time):
            check()
            out.mux(packet)
            written += 1
        if not written:
            raise Unreadable("Nothing could be played there.")


def _time(packet: Any) -> float:
    stamp = packet.pts if packet.dts is None else packet.dts
    return float((stamp or 0) * packet.time_base)


def _film(
    out: OutputContainer, container: InputContainer, stream: Any, plan: _Plan, check: Check
) -> Packets:
    if not plan.film:
        made: Any = out.add_stream_from_template(stream)
        if codec_of(stream) == "hevc":
            made.codec_context.codec_tag = "hvc1"  # the only one that Apple's players take
        return copied(container, stream, made, plan.begin, plan.end)
    made = out.add_stream(plan.film, rate=pace(stream), options=_FILM_OPTIONS[plan.film])
    made.width, made.height, made.pix_fmt = *seen_size(container, stream), "yuv420p"
    return pictures(container, stream, made, plan.begin, plan.end, check)


def _sound(
    out: OutputContainer, container: InputContainer, stream: Any, plan: _Plan, check: Check
) -> Packets:
    if not plan.sound:
        made: Any = out.add_stream_from_template(stream)
        return copied(container, stream, made, plan.begin, plan.end)
    voices = "stereo" if stream.codec_context.channels > 1 else "mono"
    made = out.add_stream(plan.sound, rate=SOUND_RATE, layout=voices)
    made.bit_rate = _BITS
    return sounds(container, stream, made, plan.begin, plan.end, check)
