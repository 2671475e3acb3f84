"""Hears pieces of a recording, each listened to whole: a turn, or all of a span; once more where
words go round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coder.domain.doubt import COMPRESSION, loops
from coder.domain.quiet import LEAST_MS
from coder.transcribe.audio import RATE, Block, Samples
from coder.transcribe.engine import Engine, Heard, Options, Piece
from coder.transcribe.pauses import quietest
from coder.transcribe.speech import Turn, cut_up


def heard_in(engine: Engine, block: Block, turn: Turn, options: Options) -> Piece:
    """What is said in one turn of a block. With two voices each segment says whose it is.

    Whisper leaves out what it takes for silence, and passes over whole sentences. So a turn of
    which nothing comes counts as one without speech, and a run of speech without a word as missed:
    a person is told, and may have it heard by itself.
    """
    found: list[Heard] = []
    missed: list[tuple[int, int]] = []
    for chunk in turn.chunks:
        sound = block.voices[chunk.voice][chunk.start : chunk.end]
        said = attentive(engine, sound, ms(block.start + chunk.start), options)
        voice = chunk.voice + 1 if len(block.voices) > 1 else 0
        found += [replace(one, voice=voice) for one in said]
        runs = [(ms(block.start + start), ms(block.start + end)) for start, end in chunk.runs]
        missed += _wordless(runs, said)
    begins, ends = ms(block.start + turn.start), ms(block.start + turn.end)
    return Piece(
        begins, ends, bool(found), _in_order(found), tuple(sorted(missed)) if found else ()
    )


def _wordless(runs: Iterable[tuple[int, int]], said: Iterable[Heard]) -> Iterator[tuple[int, int]]:
    """The runs of speech in which no word is said, but for those too short to be told of."""
    words = [(word.start_ms, word.end_ms) for one in said for word in (one.words or (one,))]
    for begins, ends in runs:
        if ends - begins >= LEAST_MS and not any(a < ends and b > begins for a, b in words):
            yield begins, ends


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
        for start, end in cut_up(samples, longest)
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
