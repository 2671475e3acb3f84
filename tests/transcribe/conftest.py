"""Recordings and models for the tests of transcription: ours, or written on the spot."""

import json
import lzma
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from coder.transcribe import models
from coder.transcribe.audio import RATE, Samples, decode

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder that is empty."""
    home = tmp_path / "home"
    monkeypatch.setenv("EVIDENCE_CODER_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of larger material, which need not be there."""
    default = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("EVIDENCE_SHARED", default))
    if not folder.is_dir():
        pytest.skip("the shared material is not here")
    return folder


@pytest.fixture(scope="session")
def recording() -> Path:
    """Four sentences whose sound begins two seconds after the picture."""
    return DATA / "evidence_offset2.mp4"


@dataclass(frozen=True)
class Sentence:
    """What is said, and when, in seconds on the recording's clock."""

    text: str
    start: float
    end: float
    words: list[tuple[str, float]]


@pytest.fixture(scope="session")
def truth() -> list[Sentence]:
    """What is said in `recording`."""
    told = json.loads((DATA / "evidence_offset2.truth.json").read_text("utf-8"))
    return [Sentence(**{**one, "words": [tuple(word) for word in one["words"]]}) for one in told]


@pytest.fixture(scope="session")
def speech(recording: Path) -> Samples:
    """The sound of `recording` without the two seconds before it."""
    return decode(recording)[2 * RATE :]


@pytest.fixture
def synthetic(home: Path) -> models.Model:
    """The model that comes with the program."""
    return models.find("whisper-synthetic", home)


@pytest.fixture(scope="session")
def reference_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model for the `whisper` package, in a folder that says how to decode."""
    folder = tmp_path_factory.mktemp("reference")
    packed = (DATA / "whisper-synthetic.pt.xz").read_bytes()
    (folder / "whisper-synthetic.pt").write_bytes(lzma.decompress(packed))
    shipped = next(model for model in models.shipped() if model.id == "whisper-synthetic")
    manifest = {
        "id": "whisper-synthetic",
        "format": "openai",
        "languages": ["en"],
        "decoding": dict(shipped.decoding),
    }
    (folder / "model.json").write_text(json.dumps(manifest), "utf-8")
    return folder


Write = Callable[..., Path]
Pieces = Sequence[tuple[float, Samples]]
"""Pieces of sound, each at its second; of several channels where they have several rows."""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a recording of pieces of sound, each at its own second on the clock."""

    def to_file(
        name: str,
        pieces: Pieces,
        codec: str = "pcm_s16le",
        rate: int = RATE,
        picture: float = 0.0,
        **more: Any,
    ) -> Path:
        return write_recording(tmp_path / name, pieces, codec, rate, picture, **more)

    return to_file


def write_recording(
    path: Path,
    pieces: Pieces,
    codec: str,
    rate: int,
    picture: float,
    *,
    more: Sequence[Pieces] = (),
    about: Sequence[Mapping[str, str]] = (),
    film: str = "mpeg4",
    uneven: bool = False,
    options: Mapping[str, str] | None = None,
    coding: Mapping[str, str] | None = None,
) -> Path:
    """A recording with the pieces at their seconds; with `picture` seconds of black beside it,
    `more` sound tracks, and what is said `about` each track. The picture is coded as `film`, and
    an `uneven` one has frames of unequal length. `options` are for the writer of the
    container, `coding` for that of the sound."""
    with av.open(str(path), "w", options=dict(options or {})) as container:
        video = container.add_stream(film, rate=25) if picture else None
        tracks = [(_track(container, track, codec, rate), track) for track in (pieces, *more)]
        for sound, _ in tracks:
            sound.options = dict(coding or {})
        for (sound, _), tags in zip(tracks, about, strict=False):
            sound.metadata.update(tags)
        if video:
            _show(container, video, picture, uneven)
        for sound, track in tracks:
            for at, samples in track:
                for frame in _frames(sound, samples, rate):
                    frame.pts += round(at * rate)
                    frame.time_base = Fraction(1, rate)
                    container.mux(sound.encode(frame))
            container.mux(sound.encode(None))
    return path


def _show(
    container: av.container.OutputContainer, video: av.VideoStream, seconds: float, uneven: bool
) -> None:
    video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
    if video.codec_context.name == "libx265":
        video.options = {"x265-params": "log-level=none"}
    black = np.zeros((48, 64, 3), np.uint8)
    for number in range(int(seconds * 25)):
        if uneven and number % 7 in (2, 3, 5):
            continue
        frame = av.VideoFrame.from_ndarray(black, "rgb24")
        frame.pts, frame.time_base = number, Fraction(1, 25)
        container.mux(video.encode(frame))
    container.mux(video.encode(None))


def _track(
    container: av.container.OutputContainer, pieces: Pieces, codec: str, rate: int
) -> av.AudioStream:
    return container.add_stream(codec, rate=rate, layout=_layout(pieces[0][1]))


def _layout(samples: Samples) -> str:
    return {1: "mono", 2: "stereo", 6: "5.1"}[len(np.atleast_2d(samples))]


def _frames(sound: av.AudioStream, samples: Samples, rate: int) -> list[av.AudioFrame]:
    channels = np.atleast_2d(samples)
    layout = _layout(samples)
    whole = av.AudioFrame.from_ndarray(
        (np.clip(channels, -1, 1) * 32767).astype(np.int16).T.reshape(1, -1), "s16", layout
    )
    whole.sample_rate = RATE
    whole.pts = 0
    whole.time_base = Fraction(1, RATE)
    resampler = av.AudioResampler(
        sound.format.name, layout, rate, frame_size=sound.codec_context.frame_size or 256
    )
    frames = [*resampler.resample(whole), *resampler.resample(None)]
    place = 0
    for frame in frames:
        frame.pts = place
        place += frame.samples
    return frames
