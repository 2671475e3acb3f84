"""What sound a recording holds: how long it is, and its sound tracks to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.errors import Unreadable

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_BELIEVABLE_MS = 100 * 3_600_000


@dataclass(frozen=True, slots=True)
class Track:
    """A sound track. `number` counts from 0. `codec` goes by FFmpeg's name and is empty where it
    is not known, `language` is the ISO 639 code that the recording gives, empty where it gives
    none, and `duration_ms` is the track's own length, or the recording's where it claims none.
    `default` is the one that a player plays unasked, where the recording says so.
    """

    number: int
    codec: str
    channels: int
    language: str
    title: str
    duration_ms: int
    default: bool


@dataclass(frozen=True, slots=True)
class Recording:
    """What a recording says of itself. `duration_ms` is 0 where it does not say; it has at least
    one track."""

    duration_ms: int
    tracks: tuple[Track, ...]


def probe(path: Path, name: str = "") -> Recording:
    """What sound there is, without reading the whole file. `name` is what messages call it, in
    place of the file's own name. Raises Unreadable where there is no such file, no recording in
    it, or no sound."""
    with opened(path, name) as container:
        whole = length_ms(container)
        tracks = tuple(
            _track(number, stream, whole) for number, stream in enumerate(container.streams.audio)
        )
        return Recording(whole, tracks)


def opened(path: Path, name: str = "") -> InputContainer:
    """The recording with at least one sound track, to be closed. Raises Unreadable as `probe`."""
    import av

    name = name or path.name
    try:
        container = av.open(str(path), metadata_errors="ignore")
    except (av.FFmpegError, OSError, ValueError) as problem:
        if not path.is_file():
            raise Unreadable(
                f"“{name}” is not there any more.", "Check where the file is."
            ) from problem
        raise undecodable(name) from problem
    if not container.streams.audio:
        container.close()
        raise Unreadable(
            f"“{name}” has no sound track, so there is nothing to transcribe.",
            "If there should be sound, ask for the recording again.",
        )
    return container


def undecodable(name: str) -> Unreadable:
    """What to raise where nothing can be made of a recording."""
    return Unreadable(
        f"“{name}” cannot be played: it is damaged, cut short, or no recording.",
        "Ask for the file again, or play it in another program to see what it is.",
    )


def length_ms(container: InputContainer) -> int:
    """The length that a recording claims, 0 where it claims none or one beyond belief."""
    claimed = max(0, container.duration or 0) // 1000
    return claimed if claimed < _BELIEVABLE_MS else 0


def channels(stream: AudioStream) -> int:
    """How many channels a track has, 0 where its codec is not known."""
    return stream.codec_context.channels if stream.codec_context else 0


def _track(number: int, stream: AudioStream, whole_ms: int) -> Track:
    from av.stream import Disposition

    own_ms = 0
    if stream.duration and stream.time_base:
        own_ms = max(0, int(stream.duration * stream.time_base * 1000))
    language = stream.language or ""
    return Track(
        number=number,
        codec=stream.codec_context.name if stream.codec_context else "",
        channels=channels(stream),
        language="" if language == "und" else language,
        title=(stream.metadata.get("title") or stream.metadata.get("name", "")).strip(),
        duration_ms=own_ms if 0 < own_ms < _BELIEVABLE_MS else whole_ms,
        default=bool(stream.disposition & Disposition.default),
    )
