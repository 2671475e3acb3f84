"""Pieces of a recording, each listened to whole: what is heard in a turn, once more where words go
round, and what a piece says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coder.domain.doubt import COMPRESSION, loops
from coder.transcribe.audio import RATE, Block, Samples
from coder.transcribe.engine import Engine, Heard, Options
from coder.transcribe.pauses import quietest
from coder.transcribe.speech import Turn, pieces


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a recording that was listened to whole, `[start_ms, end_ms)` on its clock, with
    what is said in it in the order of time. Where there was no `speech`, nothing was listened
    to."""

    start_ms: int
    end_ms: int
    speech: bool
    segments: tuple[Heard, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields as plain values."""
        return {
            "start_ms": self.start_ms,
            "end_ms": self.end_ms,
            "speech": self.speech,
            "segments": [one.as_json() for one in self.segments],
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Piece:
        """What `as_json` gave, read back."""
        segments = tuple(Heard.from_json(one) for one in fields["segments"])
        return cls(fields["start_ms"], fields["end_ms"], fields["speech"], segments)


def heard_in(engine: Engine, block: Block, turn: Turn, options: Options) -> Piece:
    """What is said in one turn of a block. With two voices each segment says whose it is."""
    found = [
        replace(one, voice=chunk.voice + 1 if len(block.voices) > 1 else 0)
        for chunk in turn.chunks
        for one in attentive(
            engine,
            block.voices[chunk.voice][chunk.start : chunk.end],
            ms(block.start + chunk.start),
            options,
        )
    ]
    begins, ends = ms(block.start + turn.start), ms(block.start + turn.end)
    return Piece(begins, ends, bool(turn.chunks), _in_order(found))


def heard_whole(
    engine: Engine, voices: Sequence[Samples], span: Sequence[int], options: Options
) -> Piece:
    """What is said in all of the sound of `span` (milliseconds), whether anybody is found to speak
    there or not."""
    begins, ends = span
    longest = int(options.max_chunk_seconds * RATE)
    found = [
        replace(one, voice=voice + 1 if len(voices) > 1 else 0)
        for voice, samples in enumerate(voices)
        for start, end in pieces(samples, longest)
        for one in attentive(engine, samples[start:end], begins + ms(start), options)
    ]
    return Piece(begins, ends, True, _in_order(found))


def attentive(engine: Engine, samples: Samples, offset_ms: int, options: Options) -> list[Heard]:
    """What is said in a chunk. Where the same words come again and again, it is heard once more in
    two halves and with other settings; where that is no better, the first stays, and its measures
    and words show it to be in doubt."""
    first = list(engine.transcribe(samples, offset_ms, options))
    if not _loops(first):
        return first
    cut = quietest((samples,))
    second = [
        one
        for start, end in ((0, cut), (cut, len(samples)))
        if end > start
        for one in engine.transcribe(
            samples[start:end], offset_ms + ms(start), options.against_loops()
        )
    ]
    return second if second and not _loops(second) else first


def ms(samples: int) -> int:
    """A number of samples in whole milliseconds."""
    return samples * 1000 // RATE


def _loops(segments: Iterable[Heard]) -> bool:
    several = list(segments)
    return any(one.compression > COMPRESSION for one in several) or loops(
        " ".join(one.text for one in several)
    )


def _in_order(segments: Iterable[Heard]) -> tuple[Heard, ...]:
    return tuple(sorted(segments, key=lambda one: (one.start_ms, one.voice)))
