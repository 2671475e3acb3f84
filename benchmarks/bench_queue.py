"""How long the window stands still while recordings are heard and their queue is worked on, and how
soon nothing is left of what was stopped.

python -m benchmarks queue
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.figure import Figure
from coder import places
from coder.project import Project
from coder.project.manner import Manner

if TYPE_CHECKING:
    from coder.ui.window import Window

LIMIT_MS = 50
LEAVE_S = 5
MANY = 100
"""So many recordings are in the queue: the film of the sample inquiry, each with another length of
silence behind it."""

NOTE = f"{MANY} recordings in the queue, the window of transcription open"


def run() -> list[Figure]:
    """The figures, measured on the offscreen platform."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVIDENCE_CODER_HOME"] = str(Path(folder) / "home")
        os.environ["EVIDENCE_CODER_NAME"] = "Noor Hadley"
        _make(Path(folder))
        return _in_a_window(Path(folder) / "inquiry")


def _make(folder: Path) -> None:
    import av
    import numpy as np

    with av.open(str(places.samples() / "evidence" / "14-margaret-lunch-club.mp4")) as film:
        frames = [frame.to_ndarray()[:1] for frame in film.decode(audio=0)]
        rate = film.streams.audio[0].rate
    spoken = (np.concatenate(frames, axis=1)[0].clip(-1, 1) * 32_767).astype("<i2").tobytes()
    (folder / "in").mkdir()
    for number in range(MANY):
        with wave.open(str(folder / "in" / f"{number:03}.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(rate)
            sound.writeframes(spoken + bytes(2 * number))
    with Project.create(folder / "inquiry", "Streets", "STR", "Noor Hadley") as project:
        project.intake.bring(sorted((folder / "in").iterdir()))


def _in_a_window(folder: Path) -> list[Figure]:
    from benchmarks.heart import Heart, rest, shown_window

    _, window = shown_window()
    window.open_project(folder)
    gc.freeze()  # as the program does when its window is there
    heart = Heart(window)
    rest(1_000)
    figures = []
    for name, (act, until) in _acts(window).items():
        gap = heart.longest_gap(act, until)
        figures.append(Figure(f"{name}, longest block", gap, "ms", LIMIT_MS, NOTE))
        rest(300)
    figures += _left(window, heart.longest_gap)
    window.hearings.close()
    window.close()
    return figures


def _acts(window: Window) -> dict[str, tuple[Callable[[], object], Callable[[], bool]]]:
    """What is done, in this order, and when it is done with."""
    crew, session = window.hearings.crew, window.session
    assert session is not None
    manner = Manner(model=str(places.samples() / "whisper-synthetic"))
    pending = [one.id for one in session.project.transcripts.pending()]

    def some(count: int) -> list[str]:
        return [one.hearing.id for one in crew.rows[-count:]]

    return {
        "open the empty queue": (window.hearings.show_queue, lambda: True),
        "put them into the queue": (
            lambda: window.hearings.add(session, [(one, manner) for one in pending]),
            lambda: len(crew.rows) == MANY and bool(crew.running),
        ),
        "hear one to its end": (lambda: None, lambda: bool(crew.done)),
        "move forty to the top": (
            lambda: crew.move(some(40), crew.rows[0].hearing.id),
            lambda: not window.workshop.running,
        ),
        "hold forty back": (lambda: crew.hold(some(40)), lambda: not window.workshop.running),
        "pause all": (crew.pause, lambda: crew.at_rest and not crew.running),
        "go on": (crew.go_on, lambda: bool(crew.running)),
    }


def _left(window: Window, longest_gap: Callable[..., float]) -> list[Figure]:
    """How the project is left while something is heard."""
    crew = window.hearings.crew
    while not any(crew.running.values()):
        longest_gap(lambda: None)
    begun = time.monotonic()
    took: list[float] = []
    left: list[psutil.Process] = []

    def stopped() -> None:
        took.append(time.monotonic() - begun)
        left.extend(one for one in psutil.Process().children() if _hears(one))

    gap = longest_gap(lambda: window.hearings.leave(stopped), lambda: bool(took))
    note = f"processes left: {len(left)}"
    return [
        Figure("stop for closing, longest block", gap, "ms", LIMIT_MS, NOTE),
        Figure("stop for closing", took[0], "s", LEAVE_S, note),
    ]


def _hears(process: psutil.Process) -> bool:
    return "coder.transcribe.worker" in process.cmdline()


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
