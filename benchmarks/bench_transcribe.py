"""What our way of transcribing costs beside the engine's own decoding of the same chunks, and how
much memory it takes for recordings of any length.

    python -m benchmarks.bench_transcribe

Both hear synthetic speech with the model that comes along. That model is hundreds of times smaller
than a real one, so the share measured here is the worst there is.
"""

from __future__ import annotations

import lzma
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

import av
import numpy as np
import psutil

from benchmarks.figure import Figure
from coder.jobs import Job
from coder.transcribe.audio import RATE, Samples, decode
from coder.transcribe.devices import load
from coder.transcribe.models import Model, read, shipped
from coder.transcribe.run import Way, available_engines, transcribe
from coder.transcribe.speech import chunks

DATA = Path(__file__).parents[1] / "tests" / "data"
SPEECH = DATA / "evidence_offset2.mp4"
ROUNDS = 5
"""What is compared is measured in turns, so that a machine which grows slower or faster meanwhile
does so for all of it."""

TIMES = {"faster-whisper": 14, "whisper": 3}
"""How often the thirteen seconds of speech are heard by each engine: the second takes long."""

MINUTES = (10, 60, 180)
SPOKEN = 120
"""Seconds of speech in each ten minutes of the long recordings; the rest is a hum below speech."""


def run() -> list[Figure]:
    """The start-up of the process, the share that our way adds to the engine's own time, for each
    engine with the same weights, and the most memory that the process takes.

    The share is one of processor time, which other programs on the machine hardly disturb; where
    the system does not tell that of a child (Windows), it is 0.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sentence = written(home / "sentence.mp4", decode(SPEECH)[2 * RATE : 5 * RATE])
        figures = []
        for engine, model in models_in(home):
            speech = np.tile(decode(SPEECH)[2 * RATE :], TIMES[engine])
            recording = written(home / f"{engine}.mp4", speech)
            figures += costs(Way(model, engine), recording, sentence, home)
        return [*figures, *memory(home)]


def models_in(home: Path) -> Iterator[tuple[str, Model]]:
    """The same weights for each engine that is installed."""
    here = next(model for model in shipped() if model.id == "whisper-synthetic")
    yield "faster-whisper", here
    if "whisper" in available_engines():
        weights = home / "whisper-synthetic.pt"
        weights.write_bytes(lzma.decompress((DATA / "whisper-synthetic.pt.xz").read_bytes()))
        plain = read(weights)
        yield "whisper", Model(**{**_fields(plain), "decoding": here.decoding})


def _fields(model: Model) -> dict[str, object]:
    return {name: getattr(model, name) for name in Model.__dataclass_fields__}


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, and seconds of processor time with that of children."""

    wall: float
    processor: float


def costs(way: Way, recording: Path, short: Path, home: Path) -> list[Figure]:
    """What one engine costs by itself and in our way. The share is that of what a recording has
    more than a short one, so that what comes once for each process (imports, loading, what the
    second engine compiles) does not count; of several rounds, the median."""
    works: list[Callable[[], object]] = [
        lambda: heard(short, way, home),
        lambda: heard(recording, way, home),
        engine_alone(short, way),
        engine_alone(recording, way),
    ]
    for work in (works[0], works[2]):
        work()
    rounds = [[cost(work) for work in works] for _ in range(ROUNDS)]
    begin, whole, _, engine = (min(one.wall for one in same) for same in zip(*rounds, strict=True))
    sound = f"{len(decode(recording)) / RATE:.0f} s of sound"
    share = median(
        (ours.processor - start.processor) / (alone.processor - first.processor)
        for start, ours, first, alone in rounds
    )
    name = way.engine
    return [
        Figure(f"{name}: process, loading, one sentence", begin, "s", None, "file to segments"),
        Figure(f"{name} alone", engine, "s", None, sound),
        Figure(f"{name}: our way", whole, "s", None, f"{sound}, file to segments, with start"),
        Figure(f"{name}: our way over the engine alone", share, "×", 1.1, "without the start"),
    ]


def cost(work: Callable[[], object]) -> Cost:
    """What `work` costs once."""
    wall, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return Cost(time.perf_counter() - wall, sum(after[:4]) - sum(before[:4]))


def heard(recording: Path, way: Way, home: Path) -> int:
    """Everything, from the file to the last segment; gives how many milliseconds were heard."""
    end = 0
    for piece in transcribe(recording, way, job=Job(), home=home):
        end = piece.end_ms
    return end


def engine_alone(recording: Path, way: Way) -> Callable[[], None]:
    """The loaded engine on the same chunks, sound and chunks being ready."""
    engine = load(way.engine, way.model.path)
    samples = decode(recording)
    spans = chunks(samples, way.options)

    def hear() -> None:
        for one in spans:
            for _ in engine.transcribe(samples[one.start : one.end], 0, way.options):
                pass

    return hear


def memory(home: Path) -> list[Figure]:
    """The most memory that the process takes above what it takes for half a minute, which is the
    model's own with its libraries."""
    model = next(model for model in shipped() if model.id == "whisper-synthetic")
    speech = decode(SPEECH)[2 * RATE :]
    ten = (np.random.default_rng(1).standard_normal(600 * RATE) * 0.002).astype(np.float32)
    spoken = np.resize(speech, SPOKEN * RATE)
    ten[: len(spoken)] += spoken
    way = Way(model)
    own = peak_of(written(home / "short.mp4", ten[: 30 * RATE]), way, home)
    figures = [Figure("memory for half a minute", own / 1e6, "MB", None, "the model's own")]
    for minutes in MINUTES:
        path = repeated(written(home / "ten.mp4", ten), home / f"{minutes}.mp4", minutes // 10)
        began = time.perf_counter()
        peak = peak_of(path, way, home)
        took = time.perf_counter() - began
        note = f"above the model's own; took {took:.0f} s"
        figures.append(
            Figure(f"memory for {minutes} minutes", (peak - own) / 1e6, "MB", 1000.0, note)
        )
        path.unlink()
    return figures


def peak_of(recording: Path, way: Way, home: Path) -> int:
    """The most bytes of memory that the processes which hear a recording take."""
    with _watched() as peak:
        heard(recording, way, home)
    return peak[0]


@contextmanager
def _watched() -> Iterator[list[int]]:
    """Looks fifty times a second at how much memory the processes below this one take."""
    peak, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.02):
            taken = 0
            for child in psutil.Process().children(recursive=True):
                try:
                    taken += child.memory_info().rss
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], taken)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


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


def repeated(source: Path, target: Path, times: int) -> Path:
    """A recording many times one after the other, its packets being copied."""
    with av.open(str(target), "w") as whole:
        place = 0
        into = None
        for _ in range(times):
            with av.open(str(source)) as part:
                stream = part.streams.audio[0]
                into = into or whole.add_stream_from_template(stream)
                for packet in part.demux(stream):
                    if packet.dts is None:
                        continue
                    packet.stream = into
                    packet.pts = packet.dts = place
                    packet.time_base = Fraction(1, 48_000)
                    place += 1024
                    whole.mux(packet)
    return target


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3f} {figure.unit} ({figure.note})", flush=True)
