"""Where somebody speaks: runs of speech by Silero VAD, joined into chunks for an engine, and the
turns in which a block of sound is heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coder.transcribe.audio import RATE, Samples
from coder.transcribe.engine import Options
from coder.transcribe.pauses import quietest

Span = tuple[int, int]
"""A stretch of samples, half-open."""

QUIET = 2 * RATE
"""How many samples without speech stand for themselves; what is shorter belongs to the speech
before it."""


@dataclass(frozen=True, slots=True, order=True)
class Chunk:
    """What an engine hears at once: samples `[start, end)` of one of a block's voices. `runs` are
    the runs of speech in it."""

    start: int
    end: int
    voice: int = 0
    runs: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What is listened to, and kept, as a whole: samples `[start, end)` of a block with the chunks
    of speech in them, in the order of time. Without chunks nobody speaks in it."""

    start: int
    end: int
    chunks: tuple[Chunk, ...] = ()


def turns(voices: Sequence[Samples], options: Options) -> list[Turn]:
    """How a block is to be heard: turns without a hole from its beginning to its end. Chunks of
    two voices that overlap make one turn. `voices` are of equal length."""
    length = len(voices[0])
    found: list[Turn] = []
    for turn in _grouped(voices, options):
        before = found[-1].end if found else 0
        if turn.start - before >= QUIET or not found:
            if turn.start > before:
                found.append(Turn(before, turn.start))
        else:
            found[-1] = replace(found[-1], end=turn.start)
        found.append(turn)
    end = found[-1].end if found else 0
    if length - end >= QUIET or not found:
        found.append(Turn(end, length))
    else:
        found[-1] = replace(found[-1], end=length)
    return found


def _grouped(voices: Sequence[Samples], options: Options) -> list[Turn]:
    spoken = sorted(
        chunk for voice, samples in enumerate(voices) for chunk in chunks(samples, options, voice)
    )
    groups: list[Turn] = []
    for chunk in spoken:
        if groups and chunk.start < groups[-1].end:
            last = groups[-1]
            groups[-1] = Turn(last.start, max(last.end, chunk.end), (*last.chunks, chunk))
        else:
            groups.append(Turn(chunk.start, chunk.end, (chunk,)))
    return groups


def chunks(samples: Samples, options: Options, voice: int = 0) -> list[Chunk]:
    """The stretches of `samples` to be heard one by one, none longer than the options allow."""
    runs = speech_runs(samples, options)
    longest = int(options.max_chunk_seconds * RATE)
    return [
        Chunk(start, end, voice, tuple(run for run in runs if start <= run[0] < end))
        for start, end in (joined(runs, longest) if options.join_runs else runs)
    ]


def speech_runs(samples: Samples, options: Options) -> list[Span]:
    """The runs of speech, in order; one beyond `max_chunk_seconds` is cut at its best pause."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    found = get_speech_timestamps(
        samples,
        VadOptions(
            threshold=options.vad_threshold,
            min_silence_duration_ms=options.min_silence_ms,
            speech_pad_ms=options.speech_pad_ms,
            max_speech_duration_s=options.max_chunk_seconds,
        ),
    )
    return [(int(run["start"]), int(run["end"])) for run in found]


def joined(runs: Iterable[Span], longest: int) -> list[Span]:
    """Neighbouring runs put together, with the pause between, while they fit into `longest`."""
    together: list[Span] = []
    for start, end in runs:
        if together and end - together[-1][0] <= longest:
            together[-1] = (together[-1][0], end)
        else:
            together.append((start, end))
    return together


def cut_up(samples: Samples, longest: int) -> list[Span]:
    """The whole of `samples` in stretches of at most `longest`, cut where it is quiet, whether
    anybody is heard to speak or not."""
    cut, found = 0, []
    while len(samples) - cut > longest:
        end = cut + quietest((samples[cut : cut + longest],))
        found.append((cut, end))
        cut = end
    if len(samples) > cut:
        found.append((cut, len(samples)))
    return found
