"""What every engine has in common: the choice of options, and what it gives for what it hears."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

from coder.domain.errors import EvidenceError
from coder.domain.model import Word

if TYPE_CHECKING:
    from coder.transcribe.audio import Samples

TEMPERATURES = (0.0, 0.2, 0.4)
"""Tried in turn where a result is doubtful; beyond 0.4 Whisper begins to invent."""

OUT_OF_MEMORY = re.compile(r"MemoryError|bad_alloc|(failed to|can't|cannot) allocate")
"""What Python, C++, CTranslate2 and PyTorch say when there is no memory left."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to listen.

    `beam` is the width of the search. Speech is what Silero VAD gives a probability of at least
    `vad_threshold`; a pause of `min_silence_ms` ends a run, and each run is widened by
    `speech_pad_ms`. Runs are joined into chunks of up to `max_chunk_seconds` (30 at most, which
    is Whisper's window) if `join_runs`, otherwise each is a chunk. `hotwords` are names and terms
    to expect.
    """

    language: str = "en"
    beam: int = 5
    vad_threshold: float = 0.5
    min_silence_ms: int = 500
    speech_pad_ms: int = 300
    max_chunk_seconds: float = 30.0
    join_runs: bool = True
    hotwords: str = ""

    @classmethod
    def wanted_by(
        cls, decoding: Mapping[str, Any], language: str = "en", hotwords: str = ""
    ) -> Options:
        """The options that a model's `decoding` asks for.

        A model that sets `max_chunk_seconds` is heard one run of speech at a time.
        """
        names = ("beam", "vad_threshold", "min_silence_ms", "speech_pad_ms", "max_chunk_seconds")
        return cls(
            language=language,
            hotwords=hotwords,
            join_runs="max_chunk_seconds" not in decoding,
            **{name: decoding[name] for name in names if name in decoding},
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """A timed stretch of speech as text.

    Times are milliseconds on the recording's clock. `confidence` is exp(mean log-probability of
    the tokens), 0…1; `no_speech`, `compression` and `temperature` are the engine's own measures.
    Word positions are code points inside `text`.
    """

    start_ms: int
    end_ms: int
    text: str
    confidence: float
    no_speech: float
    compression: float
    temperature: float
    words: tuple[Word, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Heard:
        """What `as_json` gave, read back."""
        words = tuple(Word(**word) for word in fields["words"])
        return cls(**{**fields, "words": words})


class Engine(Protocol):
    """A Whisper implementation with a model loaded."""

    def transcribe(self, samples: Samples, offset_ms: int, options: Options) -> Iterator[Heard]:
        """What is said in one chunk (at most 30 seconds) that begins at `offset_ms`."""
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
    """What an engine heard in a chunk of `length_ms`, put on the recording's clock.

    `span` is in seconds from the chunk's start; times beyond the chunk are brought back to its
    edge.
    """

    def on_clock(seconds: float) -> int:
        return offset_ms + min(length_ms, max(0, round(seconds * 1000)))

    text = text.strip()
    placed = []
    at = 0
    for word in words:
        bare = word.text.strip()
        start = text.find(bare, at)
        if not bare or start < 0:
            continue
        at = start + len(bare)
        begin = on_clock(word.start)
        placed.append(
            Word(start, at, begin, max(begin, on_clock(word.end)), round(word.probability, 4))
        )
    start_ms = on_clock(span[0])
    return Heard(
        start_ms=start_ms,
        end_ms=max(start_ms, on_clock(span[1])),
        text=text,
        confidence=round(min(1.0, math.exp(logprob)), 4),
        no_speech=round(no_speech, 4),
        compression=round(compression, 3),
        temperature=temperature,
        words=tuple(placed),
    )
