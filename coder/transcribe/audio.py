"""The sound of a recording, placed by the clock that a player shows.

Times come from the container, not from counting samples: sound that begins late is led in by
silence, a gap in the packets is filled, and what overlaps is trimmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from coder.domain.errors import Unreadable
from coder.domain.text import clock

Samples = NDArray[np.float32]

RATE = 16_000
"""Samples a second, what Whisper and Silero VAD want."""

LONGEST_MS = 120_000
"""The longest block: the whole process then stays below 400 MB with a small model."""

_TOLERANCE = RATE // 25
_OVERLAP = RATE
_BEYOND = 10 * RATE
_SEARCH = 30 * RATE
_WINDOW = RATE // 2


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of sound, mono, −1…1. `start` is its place on the recording's clock, and like
    all places in it a number of samples at 16 kHz."""

    start: int
    samples: Samples

    @property
    def end(self) -> int:
        """Where the next block begins."""
        return self.start + len(self.samples)


@dataclass
class Sound:
    """The sound track of an open recording.

    `duration_ms` is the length that the recording claims (0 where it does not say). `problems`
    fills up with plain sentences while `blocks` is read.
    """

    name: str
    duration_ms: int
    problems: list[str] = field(default_factory=list)
    _container: Any = None
    _stream: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    def blocks(self, longest_ms: int = LONGEST_MS) -> Iterator[Block]:
        """The sound from time 0 on, in blocks of at most `longest_ms`, cut where it is quiet.

        Damage inside is bridged by silence and told in `problems`. Raises Unreadable where nothing
        at all could be decoded.
        """
        longest = longest_ms * RATE // 1000
        held: list[Samples] = []
        length = place = 0
        for piece in self._on_the_clock():
            held.append(piece)
            length += len(piece)
            while length >= longest:
                whole = np.concatenate(held)
                cut = quietest(whole[:longest])
                yield Block(place, whole[:cut])
                place += cut
                held, length = [whole[cut:]], length - cut
        if length:
            yield Block(place, np.concatenate(held))

    def _on_the_clock(self) -> Iterator[Samples]:
        """Pieces that join without a gap from time 0."""
        origin = (self._container.start_time or 0) / 1_000_000
        feed = _Feed()
        place = 0
        for frame in self._frames():
            wanted = feed.expected if frame.time is None else round((frame.time - origin) * RATE)
            if self._leaps(wanted - feed.expected):
                self._tell("The clock of “{name}” jumps; times after {at} may be off.", place)
                origin += (wanted - feed.expected) / RATE
                wanted = feed.expected
            if abs(wanted - feed.expected) > _TOLERANCE:
                for piece in feed.flush():
                    place += len(piece)
                    yield piece
                for silence in _silences(wanted - place):
                    place += len(silence)
                    yield silence
                feed.restart(wanted, surplus=max(0, place - wanted))
            for piece in feed.push(frame):
                place += len(piece)
                yield piece
        for piece in feed.flush():
            place += len(piece)
            yield piece
        self._account_for(place)

    def _leaps(self, drift: int) -> bool:
        """Whether a step of so many samples is a broken clock rather than silence or overlap."""
        beyond = (self.duration_ms or 24 * 3_600_000) * RATE // 1000 + _BEYOND
        return drift < -_OVERLAP or drift > beyond

    def _frames(self) -> Iterator[Any]:
        """Every frame that can be decoded; damage is skipped and told."""
        import av

        packets = self._container.demux(self._stream)
        damaged = 0
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                break
            except (av.FFmpegError, EOFError):
                self._tell("“{name}” is damaged and could only be read in part.")
                break
            try:
                yield from packet.decode()
            except (av.FFmpegError, EOFError):
                damaged += 1
        if damaged:
            self._tell(f"“{{name}}” is damaged: {damaged} pieces of its sound are missing.")

    def _account_for(self, place: int) -> None:
        if not place:
            raise _undecodable(self.name)
        stream = self._stream
        if not stream.duration:
            return
        origin = (self._container.start_time or 0) / 1_000_000
        claimed = float((stream.duration + (stream.start_time or 0)) * stream.time_base) - origin
        if claimed - place / RATE > 1.0:
            self._tell("The sound of “{name}” breaks off at {at}, before its end.", place)

    def _tell(self, sentence: str, place: int = 0) -> None:
        self.problems.append(sentence.format(name=self.name, at=clock(place * 1000 // RATE)))


def open_sound(path: Path, track: int = 0, name: str = "") -> Sound:
    """The sound track number `track` (from 0) of a recording, to be used in a `with` statement.

    `name` is what messages call it, in place of the file's own name. Raises Unreadable where there
    is no such file, no recording in it, or no sound.
    """
    import av

    name = name or path.name
    try:
        container = av.open(str(path), metadata_errors="ignore")
    except (av.FFmpegError, OSError) as problem:
        if not path.is_file():
            raise Unreadable(
                f"“{name}” is not there any more.", "Check where the file is."
            ) from problem
        raise _undecodable(name) from problem
    if len(container.streams.audio) <= track:
        container.close()
        raise Unreadable(
            f"“{name}” has no sound track, so there is nothing to transcribe.",
            "If there should be sound, ask for the recording again.",
        )
    stream = container.streams.audio[track]
    return Sound(
        name, max(0, container.duration or 0) // 1000, _container=container, _stream=stream
    )


def decode(path: Path, track: int = 0) -> Samples:
    """The whole sound of a short recording, sample 0 at time 0. Raises Unreadable."""
    with open_sound(path, track) as sound:
        return np.concatenate([block.samples for block in sound.blocks()])


def quietest(samples: Samples) -> int:
    """The quietest place in the last 30 seconds (at most the last half), as a sample number;
    of equally quiet ones the last."""
    begin = max(len(samples) - _SEARCH, len(samples) // 2)
    tail = samples[begin:]
    if len(tail) <= _WINDOW:
        return len(samples)
    energy = np.concatenate([[0.0], np.cumsum(np.square(tail, dtype=np.float64))])
    loudness = energy[_WINDOW:] - energy[:-_WINDOW]
    last = len(loudness) - 1 - int(np.argmin(loudness[::-1]))
    return begin + last + _WINDOW // 2


class _Feed:
    """Turns decoded frames into 16 kHz mono and knows where on the clock the next one belongs."""

    def __init__(self) -> None:
        self._resampler: Any = None
        self._shape: tuple[object, ...] = ()
        self._base = 0
        self._fed = 0.0
        self._surplus = 0

    @property
    def expected(self) -> int:
        """The sample number at which the next frame begins if the clock runs evenly."""
        return self._base + round(self._fed)

    def restart(self, place: int, surplus: int) -> None:
        """Begins anew at `place`; the first `surplus` samples are there already."""
        self._base, self._fed, self._surplus = place, 0.0, surplus

    def push(self, frame: Any) -> Iterator[Samples]:
        """Takes a frame in and gives what is ready."""
        import av

        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            yield from self.flush()
            self._shape = shape
        if self._resampler is None:
            self._resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        self._fed += frame.samples * RATE / frame.sample_rate
        frame.pts = None
        yield from self._trimmed(self._resampler.resample(frame))

    def flush(self) -> Iterator[Samples]:
        """Gives what the resampler still holds back."""
        if self._resampler is not None:
            resampler, self._resampler = self._resampler, None
            yield from self._trimmed(resampler.resample(None))

    def _trimmed(self, frames: list[Any]) -> Iterator[Samples]:
        for frame in frames:
            samples = frame.to_ndarray().reshape(-1)
            skip = min(self._surplus, len(samples))
            self._surplus -= skip
            if skip < len(samples):
                yield samples[skip:]


def _silences(length: int) -> Iterator[Samples]:
    """Silence of `length` samples in pieces of at most a minute."""
    while length > 0:
        yield np.zeros(min(length, 60 * RATE), np.float32)
        length -= 60 * RATE


def _undecodable(name: str) -> Unreadable:
    return Unreadable(
        f"“{name}” cannot be played: it is damaged, cut short, or no recording.",
        "Ask for the file again, or play it in another program to see what it is.",
    )
