"""Inquiries with recordings that wait, and a look at the processes that hear them."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest

from coder import places
from coder.domain.model import Standing
from coder.project import Project
from coder.project.manner import Manner
from coder.project.recordings import Listed
from coder.ui.hearings.crew import Crew
from coder.ui.window import Window

DATA = Path(__file__).parents[2] / "data"
FILM = DATA / "evidence_offset2.mp4"
MODEL = places.samples() / "whisper-synthetic"
SYNTHETIC = Manner(model=str(MODEL))
SENTENCES = 4
"""So many sentences are spoken in the film."""


@pytest.fixture(scope="session")
def long_sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film’s sound a dozen times, which takes the small model as many seconds."""
    import av

    with av.open(str(FILM)) as film:
        frames = [frame.to_ndarray()[:1] for frame in film.decode(audio=0)]
        rate = film.streams.audio[0].rate
    once = np.concatenate(frames, axis=1)[0]
    path = tmp_path_factory.mktemp("sound") / "long.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes((np.tile(once, 12).clip(-1, 1) * 32_767).astype("<i2").tobytes())
    return path


@pytest.fixture
def films(folder: Path, tmp_path: Path) -> Path:
    """The small project with three short films, STR0002 to STR0004."""
    with Project.open(folder, "Noor Hadley") as project:
        paths = [tmp_path / f"{name}.mp4" for name in ("one", "two", "three")]
        for path in paths:
            # Bytes behind its end do not change what a film says, but whose it is.
            path.write_bytes(FILM.read_bytes() + path.stem.encode())
        project.intake.bring(paths)
    return folder


@pytest.fixture
def session(folder: Path, long_sound: Path) -> Path:
    """The small project with a long recording, STR0002."""
    with Project.open(folder, "Noor Hadley") as project:
        project.intake.bring([long_sound])
    return folder


@pytest.fixture
def put(window: Window) -> Callable[..., list[str]]:
    """Puts all recordings of the open project into the queue; gives their ids in order."""

    def into_the_queue(manner: Manner = SYNTHETIC) -> list[str]:
        assert window.session is not None
        pending = window.session.project.transcripts.pending()
        window.hearings.add(window.session, [(one.id, manner) for one in pending])
        return [one.id for one in pending]

    return into_the_queue


@pytest.fixture
def still(window: Window, films: Path, put, qtbot) -> Crew:
    """The crew of a window with three films in its queue, all paused."""
    assert window.open_project(films)
    crew = window.hearings.crew
    crew.pause()
    assert window.session is not None
    project = window.session.project
    project.queue.add([one.id for one in project.transcripts.pending()], SYNTHETIC)
    qtbot.waitUntil(lambda: len(crew.rows) == 3)
    return crew


def workers() -> list[psutil.Process]:
    """The processes that hear something now."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "coder.transcribe.worker" in child.cmdline():
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def titles(crew: Crew) -> list[str]:
    """The recordings of the queue in order, without those that are done."""
    return [one.title for one in waiting(crew)]


def waiting(crew: Crew) -> list[Listed]:
    """What is in the queue."""
    return [one for one in crew.rows if one.hearing.standing is not Standing.DONE]


def refs(project: Project) -> dict[str, list[str]]:
    """The sentences of each transcript, by the reference of its submission."""
    return {
        view.submission.ref: [one.text for one in project.segments(document.id)]
        for view in project.evidence.all()
        for document in view.documents
        if document.source_id
    }
