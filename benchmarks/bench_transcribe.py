"""What our way of transcribing costs beside the engine's own decoding of the same chunks.

    python -m benchmarks.bench_transcribe

Both hear the same three minutes of synthetic speech with the model that comes along. That model is
hundreds of times smaller than a real one, so the share measured here is the worst there is.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from benchmarks.figure import Figure
from coder.jobs import Job
from coder.transcribe.audio import RATE, Samples, decode
from coder.transcribe.engine import Options
from coder.transcribe.models import Model, shipped
from coder.transcribe.run import transcribe
from coder.transcribe.speech import chunks
from coder.transcribe.worker import load

SPEECH = Path(__file__).parents[1] / "tests" / "data" / "evidence_offset2.mp4"
ROUNDS = 3


def run() -> list[Figure]:
    """The start-up of the process, and the share that our way adds to the engine's own time.

    The share is one of processor time, which other programs on the machine hardly disturb; where
    the system does not tell that of a child (Windows), it is 0.
    """
    model = next(model for model in shipped() if model.id == "whisper-synthetic")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        speech = np.tile(decode(SPEECH)[2 * RATE :], 14)
        recording = written(home / "speech.mp4", speech)
        hush = written(home / "hush.mp4", np.zeros(RATE, np.float32))
        our_way(hush, model, home)
        start = least(lambda: our_way(hush, model, home))
        engine = least(engine_alone(recording, model))
        whole = least(lambda: our_way(recording, model, home))
    sound = f"{len(speech) / RATE:.0f} s of sound"
    share = (whole.processor - start.processor) / engine.processor
    return [
        Figure("process start, imports and loading", start.wall, "s", None, "once a recording"),
        Figure("engine alone", engine.wall, "s", None, sound),
        Figure("our way with the start", whole.wall, "s", None, f"{sound}, from file to segments"),
        Figure("our way over the engine's own time", share, "×", 1.1, "without the start"),
    ]


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, and seconds of processor time with that of children."""

    wall: float
    processor: float


def least(work: Callable[[], None]) -> Cost:
    """The least that `work` costs in a few rounds."""
    costs = []
    for _ in range(ROUNDS):
        wall, before = time.perf_counter(), os.times()
        work()
        after = os.times()
        costs.append(Cost(time.perf_counter() - wall, sum(after[:4]) - sum(before[:4])))
    return Cost(min(cost.wall for cost in costs), min(cost.processor for cost in costs))


def our_way(recording: Path, model: Model, home: Path) -> None:
    """Everything, from the file to the last segment."""
    for _ in transcribe(recording, model, job=Job(), home=home):
        pass


def engine_alone(recording: Path, model: Model) -> Callable[[], None]:
    """The loaded engine on the same chunks, sound and chunks being ready."""
    options = Options.wanted_by(model.decoding)
    engine = load("faster-whisper", model.path)
    samples = decode(recording)
    spans = chunks(samples, options)

    def hear() -> None:
        for start, end in spans:
            for _ in engine.transcribe(samples[start:end], 0, options):
                pass

    return hear


def written(path: Path, samples: Samples) -> Path:
    """The samples as AAC in an MP4 file, as a telephone would give them."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray((samples * 32767).astype(np.int16)[None], "s16", "mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler("fltp", "mono", 48_000, frame_size=1024)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3f} {figure.unit} ({figure.note})")
