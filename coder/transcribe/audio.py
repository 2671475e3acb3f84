"""The sound of a recording, placed by the clock that a player shows.

Times come from the container, not from counting samples: sound that begins late is led in by
silence, a gap in the packets is filled, and what overlaps is trimmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from coder.domain.errors import EvidenceError, Unreadable
from coder.domain.text import clock
from coder.transcribe.feed import Feed, Voices, silences
from coder.transcribe.frames import frames
from coder.transcribe.pauses import quietest
from coder.transcribe.placing import RATE, Placing
from coder.transcribe.seeking import Entry, entry_before
from coder.transcribe.tracks import channels, length_ms, opened, undecodable

__all__ = ["LONGEST_MS", "RATE", "Block", "Samples", "Sound", "decode", "open_sound", "stretch"]

Samples = NDArray[np.float32]
"""Sound at 16 kHz, one voice, -1…1."""

LONGEST_MS = 600_000
"""The longest block. It is cut in its later half, so the shortest but for the last is half that."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of sound. `start` is its place on the recording's clock, and like all places in
    it a number of samples at 16 kHz. `voices` is the one mono mix, or the left and the right
    channel where they were asked for apart; they are of equal length."""

    start: int
    voices: tuple[Samples, ...]

    @property
    def end(self) -> int:
        """Where the next block begins."""
        return self.start + len(self.voices[0])

    @property
    def samples(self) -> Samples:
        """The mono mix: the mean of the voices."""
        if len(self.voices) == 1:
            return self.voices[0]
        mixed: Samples = np.mean(self.voices, axis=0, dtype=np.float32)
        return mixed


@dataclass
class Sound:
    """A sound track of an open recording, to be read once.

    `duration_ms` is the length that the recording claims (0 where it does not say). With `apart`
    each block has the left and the right channel as voices of their own. `problems` fills up with
    plain sentences while `blocks` is read.
    """

    name: str
    duration_ms: int
    apart: bool = False
    problems: list[str] = field(default_factory=list)
    _container: Any = None
    _stream: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    def blocks(self, from_sample: int = 0, longest_ms: int = LONGEST_MS) -> Iterator[Block]:
        """The sound in blocks of at most `longest_ms`, cut at pauses in their later half.

        The same recording always gives the same blocks. With `from_sample`, the end of an earlier
        block, it gives those after it. Damage inside is bridged by silence and told in `problems`.
        Raises Unreadable where nothing at all could be decoded.
        """
        longest = longest_ms * RATE // 1000
        held = np.empty((1 + self.apart, longest), np.float32)
        place, length = from_sample, 0
        for piece in self._from(from_sample):
            taken = 0
            while taken < piece.shape[1]:
                if length == longest:
                    cut = quietest(tuple(held))
                    yield Block(place, tuple(held[:, :cut]))
                    place, length = place + cut, longest - cut
                    rest, held = held[:, cut:], np.empty_like(held)
                    held[:, :length] = rest
                    del rest
                more = piece[:, taken : taken + longest - length]
                held[:, length : length + more.shape[1]] = more
                length, taken = length + more.shape[1], taken + more.shape[1]
        if length:
            yield Block(place, tuple(held[:, :length]))

    def span(self, start: int, end: int) -> Voices:
        """The sound from one sample to another, a row for each voice; silence where there is none.
        Raises as `blocks`."""
        return self._cut_out(self._on_the_clock(), 0, start, end)

    def span_by_index(self, start: int, end: int) -> Voices | None:
        """The same without decoding all that lies before, or None where that would not be the
        same to the last bit.

        It is heard twice, the second time with a longer run-up and a decoder that has been used. A
        decoder that needs to know more of what lies before, or fills bands with noise of its own
        as some AAC wants it, then gives something else.
        """
        import av

        entry = entry_before(self._container, self._stream, self._placing(), start)
        if entry is None:
            return None
        takes = []
        for earlier in entry.earlier:
            try:
                self._container.seek(earlier, stream=self._stream)
            except av.FFmpegError:
                return None
            pieces = self._on_the_clock(entry)
            takes.append(self._cut_out(pieces, entry.placing.expected, start, end))
        return takes[0] if np.array_equal(takes[0], takes[1]) else None

    def _cut_out(self, pieces: Iterator[Voices], place: int, start: int, end: int) -> Voices:
        voices = np.zeros((1 + self.apart, max(0, end - start)), np.float32)
        for piece in pieces:
            if place >= end:
                break
            part = piece[:, max(0, start - place) : end - place]
            at = max(0, place - start)
            voices[:, at : at + part.shape[1]] = part
            place += piece.shape[1]
        return voices

    def _from(self, begin: int) -> Iterator[Voices]:
        """Pieces that join without a gap from the sample `begin` on."""
        place = 0
        for piece in self._on_the_clock():
            before = begin - place
            place += piece.shape[1]
            if place > begin:
                yield piece[:, max(0, before) :]

    def _placing(self) -> Placing:
        """How things stand before the first frame."""
        origin = (self._container.start_time or 0) / 1_000_000
        return Placing(origin, (self.duration_ms or 24 * 3_600_000) * RATE // 1000)

    def _on_the_clock(self, entry: Entry | None = None) -> Iterator[Voices]:
        """Pieces that join without a gap from time 0, or from an entry on."""
        placing = replace(entry.placing) if entry else self._placing()
        feed = Feed(apart=self.apart)
        place = placing.expected
        for frame in frames(self._container, self._stream, self._tell):
            if entry and (frame.pts is None or frame.pts < entry.stamp):
                continue
            leaps, anew = placing.take(frame.time, frame.samples, frame.sample_rate)
            if leaps:
                self._tell("The clock of “{name}” jumps; times after {at} may be off.", place)
            if anew:
                for piece in feed.flush():
                    place += piece.shape[1]
                    yield piece
                for silence in silences(placing.base - place, 1 + self.apart):
                    place += silence.shape[1]
                    yield silence
                feed.leave_out(max(0, place - placing.base))
            for piece in feed.push(frame):
                place += piece.shape[1]
                yield piece
        for piece in feed.flush():
            place += piece.shape[1]
            yield piece
        self._account_for(place)

    def _account_for(self, place: int) -> None:
        if not place:
            raise undecodable(self.name)
        stream = self._stream
        if not stream.duration:
            return
        origin = (self._container.start_time or 0) / 1_000_000
        claimed = float((stream.duration + (stream.start_time or 0)) * stream.time_base) - origin
        if claimed - place / RATE > 1.0:
            self._tell("The sound of “{name}” breaks off at {at}, before its end.", place)

    def _tell(self, sentence: str, place: int = 0) -> None:
        self.problems.append(sentence.format(name=self.name, at=clock(place * 1000 // RATE)))


def open_sound(path: Path, track: int = 0, name: str = "", *, apart: bool = False) -> Sound:
    """The sound track number `track` (from 0) of a recording, to be used in a `with` statement.

    `name` is what messages call it, in place of the file's own name. With `apart` left and right
    are voices of their own. Raises Unreadable where there is no such file, no recording in it, no
    sound or no such track, EvidenceError where there are not two channels to be heard apart.
    """
    name = name or path.name
    container = opened(path, name)
    try:
        stream = _chosen(container, track, name)
        if apart and channels(stream) != 2:
            raise EvidenceError(
                f"“{name}” has {_counted(channels(stream), 'channel')}, not two, so its voices"
                " cannot be heard apart.",
                "Transcribe it as one sound (without `--apart`).",
            )
    except EvidenceError:
        container.close()
        raise
    return Sound(name, length_ms(container), apart, _container=container, _stream=stream)


def stretch(
    path: Path, start_ms: int, end_ms: int, track: int = 0, name: str = "", *, apart: bool = False
) -> tuple[Samples, ...]:
    """The voices between two times on the clock: the very samples that `blocks` has there, silence
    where the recording has no sound. Raises as `open_sound` and `blocks`."""
    start, end = start_ms * RATE // 1000, end_ms * RATE // 1000
    with open_sound(path, track, name, apart=apart) as sound:
        voices = sound.span_by_index(start, end)
    if voices is None:
        with open_sound(path, track, name, apart=apart) as sound:
            voices = sound.span(start, end)
    return tuple(voices)


def decode(path: Path, track: int = 0) -> Samples:
    """The whole sound of a short recording, sample 0 at time 0. Raises Unreadable."""
    with open_sound(path, track) as sound:
        return np.concatenate([block.samples for block in sound.blocks()])


def _chosen(container: Any, track: int, name: str) -> Any:
    tracks = container.streams.audio
    if not 0 <= track < len(tracks):
        raise Unreadable(
            f"“{name}” has {_counted(len(tracks), 'sound track')}; there is no number {track + 1}.",
            "Choose another one.",
        )
    return tracks[track]


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
