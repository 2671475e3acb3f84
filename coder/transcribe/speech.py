"""Where somebody speaks: runs of speech by Silero VAD, joined into chunks for an engine."""

from __future__ import annotations

from collections.abc import Iterable

from coder.transcribe.audio import RATE, Samples
from coder.transcribe.engine import Options

Span = tuple[int, int]
"""A stretch of samples, half-open."""


def chunks(samples: Samples, options: Options) -> list[Span]:
    """The stretches of `samples` to be heard one by one, none longer than the options allow."""
    runs = speech_runs(samples, options)
    longest = int(options.max_chunk_seconds * RATE)
    return joined(runs, longest) if options.join_runs else runs


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
