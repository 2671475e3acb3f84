"""The second engine: the reference `whisper` package, slower and dependent on PyTorch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coder.transcribe.audio import RATE, Samples
from coder.transcribe.engine import TEMPERATURES, Heard, Options, RawWord, heard, loading


class OpenAIWhisper:
    """The reference implementation with the model in the file `path` (`.pt`)."""

    def __init__(self, path: Path, threads: int, name: str = "") -> None:
        """Loads the model. Raises EvidenceError, which calls it by `name`, where it cannot be."""
        import torch
        import whisper

        torch.set_num_threads(threads)
        with loading(name or path.name):
            self._model = whisper.load_model(str(path), device="cpu")
        heads = whisper._ALIGNMENT_HEADS.get(path.stem)  # noqa: SLF001 (only set by name)
        if heads is not None:
            self._model.set_alignment_heads(heads)

    def transcribe(self, samples: Samples, offset_ms: int, options: Options) -> Iterator[Heard]:
        """See `Engine`."""
        result = self._model.transcribe(
            samples,
            language=options.language,
            beam_size=options.beam,
            temperature=TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
            initial_prompt=options.hotwords or None,
            fp16=False,
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
