"""The picture and the sound of a clip, packet by packet: copied, or decoded and encoded anew.

All times here are time stamps of the recording in seconds. What is damaged is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

Check = Callable[[], None]
Packets = Iterator[Any]
"""Packets of PyAV, whose type says what they are of and is of no use here."""

SOUND_RATE = 48_000
_BACK = (0.0, 2.0, 10.0, 60.0)
"""So many seconds before a time it is tried to find something to begin with."""
_SETTLE = 0.5
"""So many seconds of sound a decoder hears before what it gives is used."""
_INSTANT = 1e-6
_MOST_WAITING = 32
_DRIFT = SOUND_RATE // 25
_FASTEST, _SLOWEST, _USUAL = 60, 5, Fraction(25)
_LONGEST_POSTER = 640


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The film among the streams; the cover of a sound file is none."""
    from av.stream import Disposition

    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic and stream.codec_context:
            return stream
    return None


def codec_of(stream: Any) -> str:
    """What a stream is in, by FFmpeg's name of the codec, whichever decoder there is for it."""
    return str(stream.codec_context.codec.canonical_name)


def key_before(container: InputContainer, stream: VideoStream, at: float) -> float | None:
    """The time of the last key frame at or before a time, None where it cannot be told."""
    for back in _BACK:
        _seek(container, stream, at - back)
        found = None
        for packet in _stamped(container.demux(stream)):
            if float(packet.dts * packet.time_base) > at:
                break
            time = float(packet.pts * packet.time_base)
            if packet.is_keyframe and time <= at + _INSTANT:
                found = time
        if found is not None:
            return found
    return None


def copied(container: InputContainer, stream: Any, out: Any, begin: float, end: float) -> Packets:
    """The packets of a stream between two times as they are, with `begin` as 0. Of a film there
    must be a key frame at `begin`; some frames behind the end come along where others before it
    need them."""
    film = stream.type == "video"
    begun = False
    for packet in _packets_from(container, stream, begin):
        tick = packet.time_base
        if (packet.dts if film else packet.pts) * tick >= end:
            return
        middle = packet.pts + (0 if film else (packet.duration or 0) / 2)
        if float(middle * tick) < begin - _INSTANT:
            continue
        begun = begun or not film or packet.is_keyframe
        if begun:
            shift = round(begin / tick)
            packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
            packet.stream = out
            yield packet


def _packets_from(container: InputContainer, stream: Any, at: float) -> Iterator[Any]:
    """The packets from one on that is at or before a time, or all where there is none."""
    for back in _BACK:
        _seek(container, stream, at - back)
        packets = _stamped(container.demux(stream))
        first = next(packets, None)
        if first is not None and float(first.pts * first.time_base) <= at + _INSTANT:
            yield first
            yield from packets
            return
    container.seek(container.start_time or 0)
    yield from _stamped(container.demux(stream))


def _stamped(packets: Packets) -> Iterator[Any]:
    """The packets with a time, and those at the beginning that do not say when to decode them with
    the times that follow from the first one that does."""
    waiting: list[Any] = []
    for packet in packets:
        if packet.pts is None:
            continue
        if packet.dts is None and len(waiting) < _MOST_WAITING:
            waiting.append(packet)
            continue
        stamp = packet.pts if packet.dts is None else packet.dts
        for back, one in enumerate(reversed(waiting), 1):
            one.dts = min(one.pts or 0, stamp - back * max(1, packet.duration or 1))
        yield from waiting
        waiting.clear()
        packet.dts = stamp
        yield packet
    for one in waiting:
        one.dts = one.pts
        yield one


def pictures(
    container: InputContainer, stream: Any, out: Any, begin: float, end: float, check: Check
) -> Packets:
    """The film between two times, encoded at an even pace: at each tick what a player shows then,
    upright. What is there first is shown from the beginning on."""
    rate = out.codec_context.framerate
    ticks = max(1, round((end - begin) * rate))
    upright = Upright()
    shown, tick = None, 0

    def encoded(frame: VideoFrame) -> Packets:
        check()
        picture = upright(frame)
        picture.pts, picture.time_base = tick, 1 / rate
        yield from out.encode(picture)

    for frame in _decoded_from(container, stream, begin):
        while shown and tick < ticks and begin + float(tick / rate) < frame.time - 1e-3:
            yield from encoded(shown)
            tick += 1
        shown = frame
        if tick >= ticks:
            break
        check()
    while shown and tick < ticks:
        yield from encoded(shown)
        tick += 1
    yield from out.encode(None)


def sounds(
    container: InputContainer, stream: Any, out: Any, begin: float, end: float, check: Check
) -> Packets:
    """The sound between two times, encoded: silence where there is none."""
    import av

    voices = out.codec_context.layout
    samples, place = round((end - begin) * SOUND_RATE), 0
    heard = _resampled(container, stream, voices.name, begin)
    for piece in _placed(heard, begin, samples, voices.nb_channels):
        check()
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece), "fltp", voices.name)
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, place, Fraction(1, SOUND_RATE)
        place += piece.shape[1]
        yield from out.encode(frame)
    yield from out.encode(None)


def pace(stream: VideoStream) -> Fraction:
    """Pictures a second for a film encoded anew."""
    rate = stream.average_rate or stream.guessed_rate
    if not rate:
        return _USUAL
    return Fraction(min(max(rate, Fraction(_SLOWEST)), Fraction(_FASTEST))).limit_denominator(1001)


def seen_size(container: InputContainer, stream: VideoStream) -> tuple[int, int]:
    """Width and height of the film as it is seen, both even. Reads its beginning."""
    width, height = stream.width, stream.height
    frame = next(_decoded(container, stream), None)
    if frame is not None:
        width, height = frame.width, frame.height
        if turned(frame) % 2:
            width, height = height, width
    return width // 2 * 2, height // 2 * 2


class Upright:
    """Turns pictures as a player would, and gives them the even sides and the format that encoders
    take."""

    def __init__(self) -> None:
        self._graph: Any = None
        self._shape: tuple[object, ...] = ()

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        """The picture as it is seen."""
        turns = turned(frame)
        shape = (frame.width, frame.height, frame.format.name, turns)
        if shape != self._shape:
            self._shape, self._graph = shape, _graph(frame, turns)
        self._graph.push(frame)
        picture: VideoFrame = self._graph.pull()
        return picture


def turned(frame: VideoFrame) -> int:
    """By how many quarters, counter-clockwise, a player turns this picture: 0…3."""
    return round(frame.rotation / 90) % 4


def poster(container: InputContainer) -> bytes:
    """The first picture of a film as JPEG, upright and at most 640 points wide; empty where there
    is none."""
    import av

    stream = picture_stream(container)
    frame = next(_decoded(container, stream), None) if stream else None
    if frame is None:
        return b""
    seen = Upright()(frame)
    width = min(seen.width, _LONGEST_POSTER) // 2 * 2
    height = max(2, seen.height * width // seen.width // 2 * 2)
    seen = seen.reformat(width=width, height=height, format="yuvj420p")
    encoder: Any = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    seen.pts, seen.time_base = 0, Fraction(1, 25)
    return b"".join(bytes(packet) for packet in [*encoder.encode(seen), *encoder.encode(None)])


def _graph(frame: VideoFrame, turns: int) -> Any:
    from av.filter import Graph

    graph = Graph()
    steps: list[tuple[str, str]] = {
        1: [("transpose", "cclock")],
        2: [("hflip", ""), ("vflip", "")],
        3: [("transpose", "clock")],
    }.get(turns, [])
    steps += [("scale", "trunc(iw/2)*2:trunc(ih/2)*2"), ("format", "yuv420p")]
    nodes = [
        graph.add_buffer(
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=frame.time_base or Fraction(1, 1000),
        ),
        *(graph.add(name, said or None) for name, said in steps),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    return graph


def _seek(container: InputContainer, stream: Any, at: float) -> None:
    import av

    try:
        container.seek(int(at / stream.time_base), stream=stream)
    except av.FFmpegError:
        container.seek(container.start_time or 0)


def _decoded(container: InputContainer, stream: Any) -> Iterator[Any]:
    import av

    packets = container.demux(stream)
    while True:
        try:
            frames = next(packets).decode()
        except StopIteration:
            return
        except (av.FFmpegError, IndexError):
            continue
        yield from (frame for frame in frames if frame.time is not None)


def _decoded_from(container: InputContainer, stream: Any, begin: float) -> Iterator[Any]:
    """The frames from one on that begins at or before a time, or all where there is none."""
    for back in _BACK:
        _seek(container, stream, begin - back)
        frames = _decoded(container, stream)
        first = next(frames, None)
        if first is not None and first.time <= begin:
            yield first
            yield from frames
            return
    container.seek(container.start_time or 0)
    yield from _decoded(container, stream)


def _resampled(
    container: InputContainer, stream: Any, layout: str, begin: float
) -> Iterator[tuple[float, Any]]:
    """Pieces of sound at our rate, a row for each channel, each with its time."""
    import av

    resampler = av.AudioResampler("fltp", layout, SOUND_RATE)
    for frame in _decoded_from(container, stream, begin - _SETTLE):
        for piece in resampler.resample(frame):
            yield piece.time or 0.0, piece.to_ndarray()
    for piece in resampler.resample(None):
        yield piece.time or 0.0, piece.to_ndarray()


def _placed(
    pieces: Iterator[tuple[float, Any]], begin: float, samples: int, voices: int
) -> Iterator[Any]:
    """So many samples from a time on without a gap: pieces follow one another while their times
    agree with it to 40 ms, what overlaps is trimmed and what is missing is silent."""
    done, follows = 0, None
    for time, piece in pieces:
        first = round((time - begin) * SOUND_RATE)
        if follows is not None and abs(first - follows) <= _DRIFT:
            first = follows
        follows = first + piece.shape[1]
        gap = min(first, samples) - done
        if gap > 0:
            yield np.zeros((voices, gap), np.float32)
            done += gap
        part = piece[:, max(0, done - first) : max(0, samples - first)]
        if part.shape[1]:
            yield part
            done += part.shape[1]
        if done >= samples:
            return
    if done < samples:
        yield np.zeros((voices, samples - done), np.float32)
