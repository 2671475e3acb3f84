"""Frames out of damaged recordings."""

import wave
from collections.abc import Iterator

import av
import numpy as np
import pytest

from coder.domain.errors import Unreadable
from coder.transcribe.audio import RATE, decode
from coder.transcribe.frames import frames


def test_all_frames_come_from_a_sound_recording(write):
    path = write("memo.m4a", [(0, np.zeros(2 * RATE, np.float32))], "aac", 48_000)
    told: list[str] = []

    with av.open(str(path)) as container:
        found = list(frames(container, container.streams.audio[0], told.append))

    assert sum(frame.samples for frame in found) == pytest.approx(2 * 48_000, abs=2048)
    assert told == []


class Tripping:
    """A container as PyAV has it where a stream turns up late: at the end of the file it trips
    over what the stream's unset memory holds, which nobody can arrange."""

    def __init__(self, container: av.container.InputContainer) -> None:
        self.container = container
        self.tripped = False

    def demux(self, stream: av.AudioStream) -> Iterator[av.Packet]:
        for packet in self.container.demux(stream):
            if not packet.size and not self.tripped:
                self.tripped = True
                raise IndexError("list index out of range")
            yield packet


def test_a_stream_that_turns_up_late_does_not_end_the_sound(write):
    path = write("memo.mp3", [(0, np.zeros(2 * RATE, np.float32))], "libmp3lame", 48_000)
    told: list[str] = []

    with av.open(str(path)) as container:
        whole = list(frames(container, container.streams.audio[0], told.append))
    with av.open(str(path)) as container:
        found = list(frames(Tripping(container), container.streams.audio[0], told.append))

    assert [frame.pts for frame in found] == [frame.pts for frame in whole]
    assert told == []


def test_more_channels_than_there_can_be_are_damage(tmp_path):
    path = tmp_path / "desk.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(200)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(400 * RATE))

    with pytest.raises(Unreadable, match=r"“desk\.wav” cannot be played"):
        decode(path)


class Broken:
    """A container of packets that cannot be decoded, so many of them."""

    def __init__(self, count: int) -> None:
        self.count = count

    def demux(self, stream: object) -> Iterator["Broken"]:
        del stream
        return iter([self] * self.count)

    def decode(self) -> list[av.AudioFrame]:
        raise EOFError


@pytest.mark.parametrize(
    ("count", "told"),
    [(1, "1 piece of its sound is missing"), (2, "2 pieces of its sound are missing")],
)
def test_what_is_missing_is_counted_as_people_count(count: int, told: str) -> None:
    notes: list[str] = []
    assert list(frames(Broken(count), None, notes.append)) == []
    assert notes == [f"“{{name}}” is damaged: {told}."]
