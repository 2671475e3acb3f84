"""The second engine: the reference `whisper` package, slower and dependent on PyTorch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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


def has_graphics() -> bool:
    """Whether PyTorch sees a graphics card that it could compute on."""
    import torch

    return bool(torch.cuda.is_available())


class OpenAIWhisper(Listening):
    """The reference implementation with the model in the file `path` (`.pt`)."""

    def __init__(self, path: Path, threads: int, name: str = "", device: str = "cpu") -> None:
        """Loads the model. Raises EvidenceError, which calls it by `name`, where it cannot be."""
        import numba
        import torch
        import whisper

        self.device = device
        numba.get_num_threads()  # starts its pool: begun later, it has PyTorch take every core
        torch.set_num_threads(threads)
        with loading(name or path.name):
            self._model = whisper.load_model(str(path), device=device)
        heads = whisper._ALIGNMENT_HEADS.get(path.stem)  # noqa: SLF001 (only set by name)
        if heads is not None:
            self._model.set_alignment_heads(heads)

    def transcribe(self, samples: Samples, offset_ms: int, options: Options) -> Iterator[Heard]:
        """See `Engine`."""
        import torch

        torch.manual_seed(0)
        result = self._model.transcribe(
            samples,
            language=options.language,
            beam_size=options.beam,
            temperature=options.temperatures,
            condition_on_previous_text=False,
            word_timestamps=True,
            initial_prompt=options.hotwords or None,
            fp16=self.device == "cuda",
        )
        for segment in result["segments"]:
            if not segment["text"].strip():
                continue
            yield heard(
                segment["text"],
                (segment["start"], segment["end"]),
                (
                    RawWord(
                        word["word"],
                        float(word["start"]),
                        float(word["end"]),
                        float(word["probability"]),
                    )
                    for word in segment.get("words", ())
                ),
                offset_ms=offset_ms,
                length_ms=len(samples) * 1000 // RATE,
                logprob=float(segment["avg_logprob"]),
                no_speech=float(segment["no_speech_prob"]),
                compression=float(segment["compression_ratio"]),
                temperature=float(segment["temperature"]),
            )

    def align(
        self, samples: Samples, offset_ms: int, text: str, options: Options
    ) -> tuple[Word, ...]:
        """See `Engine`."""
        from whisper.audio import HOP_LENGTH, N_FRAMES, log_mel_spectrogram, pad_or_trim
        from whisper.timing import find_alignment, merge_punctuations
        from whisper.tokenizer import get_tokenizer

        model = self._model
        mel = pad_or_trim(log_mel_spectrogram(samples, model.dims.n_mels), N_FRAMES)
        tokenizer = get_tokenizer(
            model.is_multilingual,
            num_languages=model.num_languages,
            language=options.language,
            task="transcribe",
        )
        words = find_alignment(
            model,
            tokenizer,
            tokenizer.encode(f" {text.strip()}"),
            mel.to(model.device),
            min(len(samples) // HOP_LENGTH, N_FRAMES),
        )
        merge_punctuations(words, OPENING, CLOSING)
        raw = (RawWord(w.word, float(w.start), float(w.end), float(w.probability)) for w in words)
        return placed(text, raw, (offset_ms, offset_ms + len(samples) * 1000 // RATE))
