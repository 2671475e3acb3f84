"""What is asked of an engine, how it is to listen, and what it gives for what it hears."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Protocol, Self

from coder.domain.errors import EvidenceError
from coder.domain.model import Word

if TYPE_CHECKING:
    from coder.transcribe.audio import Block, Samples, Sound
    from coder.transcribe.speech import Turn
    from coder.transcribe.tracks import Recording

TEMPERATURES = (0.0, 0.2, 0.4)
"""Tried in turn where a result is doubtful; beyond 0.4 Whisper begins to invent."""

OUT_OF_MEMORY = re.compile(r"MemoryError|bad_alloc|(failed to|can't|cannot) allocate")
"""What Python, C++, CTranslate2 and PyTorch say when there is no memory left."""


OPENING = "\"'“¿([{-"
"""Signs that belong to the word behind them; what Whisper itself takes."""

CLOSING = "\"'.。,，!！?？:：”)]}、"
"""Signs that belong to the word before them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to listen.

    `beam` is the width of the search. Speech is what Silero VAD gives a probability of at least
    `vad_threshold`; a pause of `min_silence_ms` ends a run, and each run is widened by
    `speech_pad_ms`. Runs are joined into chunks of up to `max_chunk_seconds` (30 at most, which
    is Whisper's window) if `join_runs`, otherwise each is a chunk. `hotwords` are names and terms
    to expect. `temperatures` are tried in turn until a result is beyond doubt by Whisper's own
    measures. `no_repeat` is the length of the word sequences (in tokens) that may not come twice,
    0 for any; only faster-whisper obeys it.
    """

    language: str = "en"
    beam: int = 5
    vad_threshold: float = 0.5
    min_silence_ms: int = 500
    speech_pad_ms: int = 300
    max_chunk_seconds: float = 30.0
    join_runs: bool = True
    hotwords: str = ""
    temperatures: tuple[float, ...] = TEMPERATURES
    no_repeat: int = 0

    @classmethod
    def wanted_by(
        cls, decoding: Mapping[str, Any], language: str = "en", hotwords: str = ""
    ) -> Options:
        """The options that a model's `decoding` asks for.

        A model that sets `max_chunk_seconds` is heard one run of speech at a time, and one that
        sets `hotwords` to false is not told any.
        """
        names = ("beam", "vad_threshold", "min_silence_ms", "speech_pad_ms", "max_chunk_seconds")
        return cls(
            language=language,
            hotwords=hotwords if decoding.get("hotwords", True) else "",
            join_runs="max_chunk_seconds" not in decoding,
            **{name: decoding[name] for name in names if name in decoding},
        )

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """The options as `asdict` gave them, after their way through JSON."""
        return cls(**{**told, "temperatures": tuple(told["temperatures"])})

    def against_loops(self) -> Options:
        """How to listen once more where the first time the same words came again and again:
        nothing to expect, no first guess without variation, no three tokens twice."""
        return replace(self, hotwords="", temperatures=(0.2, 0.4, 0.6), no_repeat=3)


@dataclass(frozen=True, slots=True)
class Heard:
    """A timed stretch of speech as text.

    Times are milliseconds on the recording's clock. `confidence` is exp(mean log-probability of
    the tokens), 0…1; `no_speech`, `compression` and `temperature` are the engine's own measures.
    Word positions are code points inside `text`. `voice` is 0 where all voices are heard in one,
    1 for the left channel and 2 for the right one.
    """

    start_ms: int
    end_ms: int
    text: str
    confidence: float
    no_speech: float
    compression: float
    temperature: float
    words: tuple[Word, ...] = ()
    voice: int = 0

    def as_json(self) -> dict[str, Any]:
        """The fields as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Heard:
        """What `as_json` gave, read back."""
        words = tuple(Word(**word) for word in fields["words"])
        return cls(**{**fields, "words": words})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a recording that was listened to whole, `[start_ms, end_ms)` on its clock, with
    what is said in it in the order of time. Where there was no `speech`, nobody was found to
    speak, or the engine made nothing of it. `missed` are the spans in it, in order, of which it
    made nothing though speech was found there."""

    start_ms: int
    end_ms: int
    speech: bool
    segments: tuple[Heard, ...] = ()
    missed: tuple[tuple[int, int], ...] = ()

    def parts(self) -> Iterator[tuple[int, int, bool]]:
        """The piece cut where something was missed: from when to when, and whether words came of
        it."""
        place = self.start_ms
        for begins, ends in self.missed:
            if place < begins:
                yield place, begins, self.speech
            if max(place, begins) < ends:
                yield max(place, begins), ends, False
            place = max(place, ends)
        if place < self.end_ms or not self.missed:
            yield place, self.end_ms, self.speech

    def as_json(self) -> dict[str, Any]:
        """The fields as plain values."""
        return {
            "start_ms": self.start_ms,
            "end_ms": self.end_ms,
            "speech": self.speech,
            "segments": [one.as_json() for one in self.segments],
            "missed": self.missed,
        }

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Piece:
        """What `as_json` gave, read back."""
        segments = tuple(Heard.from_json(one) for one in fields["segments"])
        missed = tuple((begins, ends) for begins, ends in fields["missed"])
        return cls(fields["start_ms"], fields["end_ms"], fields["speech"], segments, missed)


class Engine(Protocol):
    """A Whisper implementation with a model loaded. `device` is what it computes on: cpu or
    cuda."""

    device: str

    def probe(self, path: Path, name: str = "") -> Recording:
        """What sound a recording holds. Raises Unreadable."""
        ...

    def decode(self, path: Path, track: int = 0, name: str = "", *, apart: bool = False) -> Sound:
        """The sound of a recording on its own clock. Raises Unreadable."""
        ...

    def plan(self, block: Block, options: Options) -> list[Turn]:
        """How a block of sound is to be heard: turns that follow each other without a hole from
        its beginning to its end, each with its chunks of speech, or with none."""
        ...

    def transcribe(self, samples: Samples, offset_ms: int, options: Options) -> Iterator[Heard]:
        """What is said in one chunk (at most 30 seconds) that begins at `offset_ms`. The same
        chunk always gives the same."""
        ...

    def align(
        self, samples: Samples, offset_ms: int, text: str, options: Options
    ) -> tuple[Word, ...]:
        """When each word of `text` is said in a chunk (at most 30 seconds) that begins at
        `offset_ms`; positions are code points of `text`, times lie within the chunk."""
        ...


@contextmanager
def loading(name: str) -> Iterator[None]:
    """Turns what a library raises while it loads the model `name` into an EvidenceError. What is
    for want of memory is left as it is, since no damage is shown."""
    try:
        yield
    except Exception as problem:
        if OUT_OF_MEMORY.search(f"{type(problem).__name__}: {problem}"):
            raise
        raise EvidenceError(
            f"The model “{name}” is damaged or not whole, and cannot be loaded.",
            "Copy or download it again, or choose another one.",
        ) from problem


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word as an engine gives it: with its leading space, in seconds from the chunk's start."""

    text: str
    start: float
    end: float
    probability: float


def heard(
    text: str,
    span: tuple[float, float],
    words: Iterable[RawWord],
    *,
    offset_ms: int,
    length_ms: int,
    logprob: float,
    no_speech: float,
    compression: float,
    temperature: float,
) -> Heard:
    """What an engine heard in a chunk of `length_ms`, put on the recording's clock and on one line.

    `span` is in seconds from the chunk's start, and widened where words lie beyond it; times beyond
    the chunk are brought back to its edge.
    """

    edges = (offset_ms, offset_ms + length_ms)
    text = " ".join(text.split())
    kept = placed(text, words, edges)
    start_ms = min([_on_clock(span[0], edges), *(word.start_ms for word in kept)])
    return Heard(
        start_ms=start_ms,
        end_ms=max([start_ms, _on_clock(span[1], edges), *(word.end_ms for word in kept)]),
        text=text,
        confidence=round(min(1.0, math.exp(logprob)), 4),
        no_speech=round(no_speech, 4),
        compression=round(compression, 3),
        temperature=temperature,
        words=kept,
    )


def placed(text: str, words: Iterable[RawWord], edges: tuple[int, int]) -> tuple[Word, ...]:
    """The words where they stand in `text` and on the recording's clock; `edges` are the
    beginning and end of their chunk in milliseconds. One that the text does not have is left
    out."""
    found = []
    at = 0
    for word in words:
        bare = word.text.strip()
        start = text.find(bare, at)
        if not bare or start < 0:
            continue
        at = start + len(bare)
        begin = _on_clock(word.start, edges)
        end = max(begin, _on_clock(word.end, edges))
        found.append(Word(start, at, begin, end, round(word.probability, 4)))
    return tuple(found)


def without_lead(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, the first of which no longer takes in the silence before it: one that lasts more
    than twice as long as most of them (the median, of at most 0.7 s) begins later. So does
    Whisper's own `add_word_timestamps`."""
    if not words:
        return words
    longest = 2 * min(700, round(median(word.end_ms - word.start_ms for word in words)))
    first = words[0]
    if not 0 < longest < first.end_ms - first.start_ms:
        return words
    return replace(first, start_ms=first.end_ms - longest), *words[1:]


def _on_clock(seconds: float, edges: tuple[int, int]) -> int:
    begin, end = edges
    return min(end, begin + max(0, round(seconds * 1000)))
