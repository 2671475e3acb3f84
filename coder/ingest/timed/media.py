"""Finds out about recordings what a transcriber and a player must know, without reading them whole.

FFmpeg (through PyAV) is handed the open file, never its name, and only formats that hold their own
sound and picture: playlists could make it open other files or the network.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.draft import DraftDocument, Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind
from coder.domain.text import clock

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo,asf,flv,ogg,wav,w64,mp3,aac,"
    "flac,amr,amrnb,amrwb,aiff,au,caf"
)
_DAMAGE = (OSError, ValueError, RuntimeError, ArithmeticError)
_MICROSECONDS = 1000
_BAD_PACKETS = 50
_BELIEVABLE = 100 * 3600 * 1000 * _MICROSECONDS


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What is known of a recording.

    `duration_ms` is the length in milliseconds and None where nothing tells it. `rotation` is by
    how many degrees, counter-clockwise, a player must turn the picture: -90, 0, 90 or 180.
    `sound` says whether sound can be decoded and `present_ms`, where the file is cut short, how
    much of it there is. Codecs go by FFmpeg's names and are empty where there is no such stream.
    """

    duration_ms: int | None
    has_audio: bool
    has_video: bool
    rotation: int = 0
    audio_tracks: int = 0
    audio_codec: str = ""
    video_codec: str = ""
    width: int = 0
    height: int = 0
    sound: bool = False
    present_ms: int | None = None


def probe(source: Source) -> MediaInfo:
    """What a recording holds. Raises Unreadable where it is none, or is cut short before its end
    in a way that leaves nothing."""
    with _opened(source) as container:
        audio = container.streams.audio
        video = [stream for stream in container.streams.video if not _is_cover(stream)]
        if not audio and not video:
            raise Unreadable(f"“{source.name}” holds neither sound nor picture.")
        return MediaInfo(
            duration_ms=_duration(source, container),
            has_audio=bool(audio),
            has_video=bool(video),
            rotation=_rotation(container, video[0]) if video else 0,
            audio_tracks=len(audio),
            audio_codec=_codec(audio[0]) if audio else "",
            video_codec=_codec(video[0]) if video else "",
            width=_measure(video, "width"),
            height=_measure(video, "height"),
            sound=bool(audio) and _decodes(container, audio[0]),
            present_ms=_present(source, [*audio, *video]),
        )


def read_media(source: Source) -> DraftDocument:
    """The recording as a document without text; its problems say what hinders a transcript.

    Raises Unreadable where there is nothing to play.
    """
    info = probe(source)
    if info.duration_ms is None:
        raise Unreadable(
            f"“{source.name}” is only the beginning of a recording: nothing in it can be played.",
            "Ask for it to be sent again.",
        )
    return DraftDocument(
        title=source.name,
        kind=DocumentKind.MEDIA,
        source=source,
        media_ms=info.duration_ms,
        silent=not info.has_audio,
        problems=tuple(_problems(source.name, info)),
    )


def quarter_turns(degrees: float) -> int:
    """A rotation as -90, 0, 90 or 180 degrees; what is not near a quarter turn counts as none."""
    if not math.isfinite(degrees) or abs(degrees) > 360:
        return 0
    turned = round(degrees / 90) * 90 % 360
    return turned - 360 if turned > 180 else turned


def _problems(name: str, info: MediaInfo) -> Iterator[str]:
    if not info.has_audio:
        yield f"“{name}” has no sound track, so there is nothing to transcribe."
    elif not info.sound:
        yield f"The sound of “{name}” cannot be decoded: it is damaged or copy-protected."
    if info.audio_tracks > 1:
        yield f"“{name}” has {info.audio_tracks} sound tracks; choose one when transcribing."
    if info.present_ms is not None:
        whole = clock(info.duration_ms or 0)
        yield f"“{name}” is cut short: {clock(info.present_ms)} of {whole} is there."


@contextmanager
def _opened(source: Source) -> Iterator[InputContainer]:
    import av

    av.logging.set_level(None)
    with source.open() as stream:
        try:
            with av.open(
                stream, "r", container_options={"format_whitelist": _FORMATS}, io_open=_refuse
            ) as container:
                yield container
        except (*_DAMAGE, av.FFmpegError) as problem:
            raise Unreadable(
                f"“{source.name}” is no recording that can be played, or it is cut short.",
                "Play it where it came from, and ask for it to be sent again.",
            ) from problem


def _refuse(url: str, *_: object) -> None:
    """Keeps a recording from opening anything beside itself."""
    raise PermissionError(url)


def _is_cover(stream: Stream) -> bool:
    """Whether a picture stream is only the cover of a sound file."""
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)


def _codec(stream: Stream) -> str:
    return stream.codec_context.name if stream.codec_context else ""


def _measure(video: list[VideoStream], side: str) -> int:
    """A side of the picture in pixels; a stream in an unknown codec has no context to ask."""
    return int(getattr(video[0].codec_context, side, 0)) if video else 0


def _duration(source: Source, container: InputContainer) -> int | None:
    """The length by the container, or by the last packet where it tells none, as live recordings
    do, or one of more than a hundred hours."""
    if container.duration is not None and 0 < container.duration < _BELIEVABLE:
        return math.ceil(container.duration / _MICROSECONDS)
    with _opened(source) as again:
        ends = [
            float((packet.pts + (packet.duration or 0)) * packet.time_base)
            for packet in again.demux()
            if packet.pts is not None and packet.time_base is not None and packet.size
        ]
    return math.ceil(max(ends) * 1000) if ends else None


def _rotation(container: InputContainer, stream: Stream) -> int:
    """The rotation lies with the frames, so the first is decoded."""
    frame = _first_frame(container, stream)
    return quarter_turns(getattr(frame, "rotation", 0)) if frame is not None else 0


def _decodes(container: InputContainer, stream: Stream) -> bool:
    return _first_frame(container, stream) is not None


def _first_frame(container: InputContainer, stream: Stream) -> object | None:
    """The first frame that can be decoded among the first packets, or None."""
    import av

    bad = 0
    try:
        container.seek(0)
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except (*_DAMAGE, av.FFmpegError):
                frames, bad = [], bad + 1
            if frames:
                return frames[0]
            if bad > _BAD_PACKETS:
                break
    except (*_DAMAGE, av.FFmpegError):
        return None
    return None


def _present(source: Source, streams: list[Stream]) -> int | None:
    """How many milliseconds there are of a file whose index points beyond its end, or None."""
    size = source.size()
    ends = []
    for stream in streams:
        entries = stream.index_entries
        if not len(entries) or entries[-1].pos + entries[-1].size <= size:
            continue
        missing = next(entry for entry in entries if entry.pos + entry.size > size)
        if stream.time_base is not None:
            ends.append(max(0, int(missing.timestamp * stream.time_base * 1000)))
    return min(ends, default=None)
