"""No time left is told before there is a pace to tell it from."""

from __future__ import annotations

from coder.jobs import Progress
from coder.project.pace import TimeLeft

HOUR = 3_600_000


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_told_from_the_pace_of_listening_once_there_is_one() -> None:
    clock = Clock()
    left = TimeLeft(clock)
    # Given half a minute in which the model is loaded
    assert left.after(Progress(0, 0, "Checking the model")) is None
    clock.now = 30
    assert left.after(Progress(0, HOUR, "Transcribing")) is None
    # When a piece is heard, and too little time has passed
    clock.now = 32
    assert left.after(Progress(20_000, HOUR, "Transcribing")) is None
    clock.now = 34
    assert left.after(Progress(40_000, HOUR, "Transcribing")) is None
    # Then it is told at ten times the speed of sound, without the loading
    clock.now = 36
    assert left.after(Progress(60_000, HOUR, "Transcribing")) == 354


def test_one_piece_is_no_pace() -> None:
    clock = Clock()
    left = TimeLeft(clock)
    left.after(Progress(0, HOUR, "Transcribing"))
    clock.now = 9
    assert left.after(Progress(20_000, HOUR, "Transcribing")) is None
