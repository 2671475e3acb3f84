"""The default engine: faster-whisper, with 8-bit weights on the processor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coder.transcribe.audio import RATE, Samples
from coder.transcribe.engine import TEMPERATURES, Heard, Options, RawWord, heard, loading


class FasterWhisper:
    """faster-whisper with the model in the folder `path`."""

    def __init__(self, path: Path, threads: int, name: str = "") -> None:
        """Loads the model. Raises EvidenceError, which calls it by `name`, where it cannot be."""
        from faster_whisper import WhisperModel

        with loading(name or path.name):
            self._model = WhisperModel(
                str(path),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads,
                local_files_only=True,
            )

    def transcribe(self, samples: Samples, offset_ms: int, options: Options) -> Iterator[Heard]:
        """See `Engine`."""
        segments, _ = self._model.transcribe(
            samples,
            language=options.language,
            beam_size=options.beam,
            temperature=list(TEMPERATURES),
            condition_on_previous_text=False,
            word_timestamps=True,
            hotwords=options.hotwords or None,
        )
        for segment in segments:
            yield heard(
                segment.text,
                (segment.start, segment.end),
                (
                    RawWord(word.word, word.start, word.end, word.probability)
                    for word in segment.words or ()
                ),
                offset_ms=offset_ms,
                length_ms=len(samples) * 1000 // RATE,
                logprob=segment.avg_logprob,
                no_speech=segment.no_speech_prob,
                compression=segment.compression_ratio,
                temperature=segment.temperature or 0.0,
            )
