"""The process that tells voices apart: one request as a line of JSON in, lines of JSON out.

Long recordings are heard in stretches, since sherpa-onnx wants all of the sound at once and then
compares every piece of it with every other: three hours would take 3 GB. In each stretch it finds a
few voices more than there are people, and the voices of all stretches are put together by what the
second network made of them.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coder.domain.errors import EvidenceError
from coder.transcribe import machine
from coder.transcribe.audio import RATE, Block, Samples, open_sound
from coder.transcribe.clustering import gathered
from coder.transcribe.serving import Message, Request, serve

STRETCH_MS = 300_000
"""The longest stretch that is heard at once: below 300 MB in all with the published models."""

_SPARE = 2
"""How many more voices are looked for in a stretch than there are people: a laugh or a door would
otherwise have the place of one, and what is one voice is put together afterwards."""
_TOLD_APART = 30
"""Seconds of a voice that are looked at to tell it from others."""
_PAUSE = 0.5
"""Seconds of silence within one turn."""
_STEPS = 20


@dataclass(frozen=True, slots=True)
class _Piece:
    """One voice within a stretch: its turns, in seconds on the recording's clock, and what it is
    like."""

    turns: list[tuple[float, float]]
    like: NDArray[np.float32]

    @property
    def seconds(self) -> float:
        return sum(end - start for start, end in self.turns)


def work(request: Request) -> Iterator[Message]:
    """The messages for a request: `progress` as it goes, `turns` once with all of them, `note` for
    what a person must know about the recording. Raises EvidenceError.

    A request without a recording (`path`) only loads the networks.
    """
    count = request.get("count", 1)
    try:
        listener = _Listener(request["segmentation"], request["embedding"], count + _SPARE)
    except RuntimeError as unread:
        raise EvidenceError(
            f"The model “{request['model']}” is damaged or was not made for sherpa-onnx.",
            "Get its two files again.",
        ) from unread
    if "path" not in request:
        return
    pieces: list[_Piece] = []
    with open_sound(Path(request["path"]), request["track"], request["name"]) as sound:
        for block in sound.blocks(longest_ms=STRETCH_MS):
            total = max(_ms(block.end), sound.duration_ms)
            hear = partial(listener.hear, block, pieces)
            for told in _telling(hear):
                done = block.start + told * len(block.samples)
                yield {"event": "progress", "done_ms": _ms(done), "total_ms": total}
        problems = sound.problems
    yield {"event": "turns", "turns": _turns(pieces, count)}
    for problem in problems:
        yield {"event": "note", "what": problem}


class _Listener:
    """Both networks, loaded. Raises EvidenceError where they want another kind of sound."""

    def __init__(self, segmentation: str, embedding: str, count: int) -> None:
        import sherpa_onnx

        threads = machine.threads()
        told = sherpa_onnx.SpeakerEmbeddingExtractorConfig(embedding, num_threads=threads)
        self._voices = sherpa_onnx.SpeakerEmbeddingExtractor(told)
        self._turns = sherpa_onnx.OfflineSpeakerDiarization(
            sherpa_onnx.OfflineSpeakerDiarizationConfig(
                sherpa_onnx.OfflineSpeakerSegmentationModelConfig(
                    sherpa_onnx.OfflineSpeakerSegmentationPyannoteModelConfig(segmentation),
                    num_threads=threads,
                ),
                told,
                sherpa_onnx.FastClusteringConfig(num_clusters=count),
            )
        )
        if self._turns.sample_rate != RATE:
            raise EvidenceError(
                f"The model wants sound at {self._turns.sample_rate} Hz, not at {RATE}.",
                "Choose a model for finding speakers that was made for 16 kHz.",
            )

    def hear(self, block: Block, into: list[_Piece], tell: Callable[[float], None]) -> None:
        """Puts the voices in a stretch into a list; `tell` is given the share done, 0…1."""

        def go_on(done: int, total: int) -> int:
            if done == total or done % max(1, total // _STEPS) == 0:
                tell(done / total)
            return 0

        found: dict[int, list[tuple[float, float]]] = {}
        heard = self._turns.process(block.samples, callback=go_on)
        for turn in heard.sort_by_start_time():
            found.setdefault(turn.speaker, []).append((turn.start, turn.end))
        tell(1.0)
        offset = block.start / RATE
        into.extend(
            _Piece([(start + offset, end + offset) for start, end in turns], like)
            for turns in found.values()
            if (like := self._like(block.samples, turns)) is not None
        )

    def _like(
        self, samples: Samples, turns: list[tuple[float, float]]
    ) -> NDArray[np.float32] | None:
        """What the second network makes of a voice, from its longest turns; None where they are too
        short to tell."""
        stream = self._voices.create_stream()
        left = _TOLD_APART * RATE
        for start, end in sorted(turns, key=lambda turn: turn[0] - turn[1]):
            spoken = samples[int(start * RATE) : int(end * RATE)][:left]
            stream.accept_waveform(RATE, spoken)
            left -= len(spoken)
        stream.input_finished()
        if not self._voices.is_ready(stream):
            return None
        return np.asarray(self._voices.compute(stream), np.float32)


def _telling(act: Callable[[Callable[[float], None]], None]) -> Iterator[float]:
    """What an act tells of how far it is, while it is done in a thread."""
    told: queue.SimpleQueue[float | None] = queue.SimpleQueue()
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(act, told.put)
        done.add_done_callback(lambda _: told.put(None))
        while (share := told.get()) is not None:
            yield share
        done.result()


def _turns(pieces: list[_Piece], count: int) -> list[tuple[int, int, int]]:
    """Start and end in ms and the number of the voice, in order, pauses within a turn bridged."""
    if not pieces:
        return []
    voices = gathered(np.stack([one.like for one in pieces]), [p.seconds for p in pieces], count)
    spoken = sorted(
        (start, end, int(voice))
        for piece, voice in zip(pieces, voices, strict=True)
        for start, end in piece.turns
    )
    order: dict[int, int] = {}
    turns: list[tuple[float, float, int]] = []
    last: dict[int, int] = {}
    for start, end, voice in spoken:
        number = order.setdefault(voice, len(order))
        before = last.get(number)
        if before is not None and before == len(turns) - 1 and start - turns[before][1] <= _PAUSE:
            turns[before] = (turns[before][0], max(end, turns[before][1]), number)
        else:
            last[number] = len(turns)
            turns.append((start, end, number))
    return [(_ms(start * RATE), _ms(end * RATE), number) for start, end, number in turns]


def _ms(samples: float) -> int:
    return int(samples) * 1000 // RATE


if __name__ == "__main__":
    serve(work)
