"""Films whose every picture tells its number and whose sound tells its time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

RATE = 48_000
PACE = 20
BLOCKS = 8


def film(
    path: Path,
    seconds: float = 8.0,
    *,
    codec: str = "libx264",
    sound: str = "aac",
    every: int = 40,
    late: float = 0.0,
    options: Mapping[str, str] | None = None,
) -> Path:
    """Twenty pictures a second, a key frame every so many, and a sound whose pitch rises; `late` is
    how long after the picture the sound begins. Empty for no such stream."""
    with av.open(str(path), "w") as container:
        seen: Any = None
        if codec:
            chosen = {"bf": "2", "sc_threshold": "0", **(options or {})}
            seen = container.add_stream(codec, rate=PACE, options=chosen)
            seen.width, seen.height, seen.pix_fmt = 16 * BLOCKS, 32, "yuv420p"
            seen.gop_size = every
        heard: Any = container.add_stream(sound, rate=RATE, layout="mono") if sound else None
        packets = []
        for number in range(round(seconds * PACE) if codec else 0):
            picture = av.VideoFrame.from_ndarray(numbered(number), format="gray")
            picture.pts, picture.time_base = number, Fraction(1, PACE)
            packets += seen.encode(picture.reformat(format="yuv420p"))
        packets += seen.encode(None) if codec else []
        if sound:
            samples = rising(seconds - late, late).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(samples, "fltp", "mono")
            frame.sample_rate, frame.pts = RATE, round(late * RATE)
            frame.time_base = Fraction(1, RATE)
            [frame] = av.AudioResampler(heard.format, "mono", RATE).resample(frame)
            packets += [*heard.encode(frame), *heard.encode(None)]
        packets.sort(key=lambda packet: float((packet.dts or 0) * packet.time_base))
        for packet in packets:
            container.mux(packet)
    return path


def numbered(number: int) -> Any:
    """A picture of white and black fields, which are the digits of its number."""
    bits = [255 * (number >> place & 1) for place in range(BLOCKS)]
    return np.repeat(np.array([bits], np.uint8), 16, axis=1).repeat(32, axis=0)


def number_of(picture: Any) -> int:
    """The number that a picture tells, turned back first where it stands upright."""
    grey = picture.to_ndarray(format="gray")
    if grey.shape[0] > grey.shape[1]:
        grey = np.rot90(grey)
    fields = grey.reshape(grey.shape[0], BLOCKS, -1).mean(axis=(0, 2))
    return sum(1 << place for place, light in enumerate(fields) if light > 127)


def rising(seconds: float, begin: float = 0.0) -> Any:
    """A sound from 200 Hz up by 100 Hz a second, from a second on."""
    times = begin + np.arange(round(seconds * RATE)) / RATE
    return (0.5 * np.sin(2 * np.pi * (200 * times + 50 * times**2))).astype(np.float32)


def shown(path: Path) -> list[tuple[float, int]]:
    """When a player shows which picture: seconds on its clock, and the pictures' numbers."""
    with av.open(str(path)) as container:
        origin = (container.start_time or 0) / 1e6
        return [(frame.time - origin, number_of(frame)) for frame in container.decode(video=0)]


def length(path: Path) -> float:
    """How long a recording says it is, in seconds."""
    with av.open(str(path)) as container:
        return (container.duration or 0) / 1e6


def lag(heard: Any, wanted: Any, rate: int) -> float:
    """By how many seconds what is heard comes later than what is wanted, as they fit best; raises
    AssertionError where they do not fit."""
    size = 1 << (len(heard) + len(wanted)).bit_length()
    both = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size))
    fits = np.fft.irfft(both, size)
    best = int(np.argmax(fits))
    strength = np.linalg.norm(heard) * np.linalg.norm(wanted)
    assert fits[best] > 0.85 * strength, fits[best] / strength
    return (best - size if best > size // 2 else best) / rate


def with_second_sound(path: Path, source: Path) -> Path:
    """The film with a first sound track that is silent before its own."""
    with av.open(str(source)) as film_, av.open(str(path), "w") as container:
        silent: Any = container.add_stream("aac", rate=RATE, layout="mono")
        kept = {one.index: container.add_stream_from_template(one) for one in film_.streams}
        quiet = np.zeros((1, round(length(source) * RATE)), np.float32)
        frame = av.AudioFrame.from_ndarray(quiet, "fltp", "mono")
        frame.sample_rate, frame.pts = RATE, 0
        for packet in [*silent.encode(frame), *silent.encode(None)]:
            container.mux(packet)
        for packet in film_.demux():
            if packet.dts is not None:
                packet.stream = kept[packet.stream.index]
                container.mux(packet)
    return path
