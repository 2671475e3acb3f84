"""The default engine: faster-whisper, on the processor with 8-bit weights or on a graphics card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from coder.domain.model import Word
from coder.transcribe.audio import RATE, Samples
from coder.transcribe.engine import (
    CLOSING,
    OPENING,
    Heard,
    Options,
    RawWord,
    heard,
    loading,
    placed,
)
from coder.transcribe.listening import Listening

PRECISION = {"cpu": "int8", "cuda": "float16"}
"""What the weights are computed with on each device."""


def has_graphics() -> bool:
    """Whether CTranslate2 sees a graphics card that it could compute on."""
    import ctranslate2

    return bool(ctranslate2.get_cuda_device_count())


class FasterWhisper(Listening):
    """faster-whisper with the model in the folder `path`."""

    def __init__(self, path: Path, threads: int, name: str = "", device: str = "cpu") -> None:
        """Loads the model. Raises EvidenceError, which calls it by `name`, where it cannot be."""
        from faster_whisper import WhisperModel

        self.device = device
        with loading(name or path.name):
            self._model = WhisperModel(
                str(path),
                device=device,
                compute_type=PRECISION[device],
                cpu_threads=threads,
                local_files_only=True,
            )

    def transcribe(self, samples: Samples, offset_ms: int, options: Options) -> Iterator[Heard]:
        """See `Engine`."""
        import ctranslate2

        ctranslate2.set_random_seed(0)
        segments, _ = self._model.transcribe(
            samples,
            language=options.language,
            beam_size=options.beam,
            temperature=list(options.temperatures),
            no_repeat_ngram_size=options.no_repeat,
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

    def align(
        self, samples: Samples, offset_ms: int, text: str, options: Options
    ) -> tuple[Word, ...]:
        """See `Engine`."""
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import merge_punctuations

        model = self._model
        features = model.feature_extractor(samples)
        tokenizer = Tokenizer(
            model.hf_tokenizer,
            model.model.is_multilingual,
            task="transcribe",
            language=options.language,
        )
        [words] = model.find_alignment(
            tokenizer,
            [tokenizer.encode(f" {text.strip()}")],
            model.encode(pad_or_trim(np.asarray(features))),
            min(features.shape[-1], model.feature_extractor.nb_max_frames),
        )
        merge_punctuations(words, OPENING, CLOSING)
        raw = (RawWord(w["word"], w["start"], w["end"], float(w["probability"])) for w in words)
        return placed(text, raw, (offset_ms, offset_ms + len(samples) * 1000 // RATE))
