"""Hearing recordings: the queue, how it is to be done, and the models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pictures.studio import ROOT, Studio


def transcription(studio: Studio) -> None:
    """The queue of recordings, one of them being heard."""
    from coder.project.manner import Manner

    project, hearings = studio.window.session.project, studio.window.hearings
    project.intake.bring(_talks(studio.folder.with_name(f"{studio.folder.name}-talks")))
    manner = Manner(model="whisper-synthetic")
    first, *others = [(one.id, manner) for one in project.transcripts.pending()]
    studio.open("transcription")
    hearings.crew.allow(1)
    hearings.add(studio.window.session, [first])
    crew = hearings.crew
    studio.wait(lambda: crew.running and any(crew.running.values()), 60)
    hearings.add(studio.window.session, others)
    studio.wait(lambda: len(crew.rows) == len(others) + 1)
    crew.hold([crew.rows[1].hearing.id])
    broken = crew.rows[2]
    project.queue.give_up(broken.hearing.id, _NO_MEMORY.format(broken.title))
    studio.wait(lambda: crew.running and max(p.fraction for p in crew.running.values()) > 0.4, 120)
    hearings.shown.choose(next(iter(crew.running)))
    studio.pause(800)


def models(studio: Studio) -> None:
    """The models for transcription, one installed and tried."""
    from coder import places
    from coder.jobs import Job
    from coder.project import models as list_of_models

    installed = list_of_models.add_model(places.samples() / "whisper-synthetic", Job())
    list_of_models.try_model(installed, Job())
    window = studio.open("models")
    studio.wait(lambda: window.list.model().rowCount() > 6)
    window.list.setCurrentIndex(window.list.model().index(6, 0))
    list_of_models.remove_model(list_of_models.entry(installed.id))


def how_to_transcribe(studio: Studio) -> None:
    """How several recordings are to be heard."""
    project = studio.window.session.project
    project.intake.bring(_talks(studio.folder.with_name(f"{studio.folder.name}-talks")))
    project.recordings.keep_terms("Tarn Street, Wexbrook, befriending")
    studio.pause(800)
    studio.open("transcribe")
    studio.pause(1_500)


_NO_MEMORY = (
    "The transcription of “{}” broke off: the computer ran out of memory,"
    " or the process was ended from outside. What was finished stays. Try again, or choose a"
    " smaller model."
)


def _talks(folder: Path) -> list[Path]:
    """Recordings of some minutes: the same few sentences, several times."""
    import wave

    import av
    import numpy as np

    folder.mkdir()
    with av.open(str(ROOT / "tests" / "data" / "evidence_offset2.mp4")) as film:
        frames = [frame.to_ndarray()[:1] for frame in film.decode(audio=0)]
        rate = film.streams.audio[0].rate
    once = (np.concatenate(frames, axis=1)[0].clip(-1, 1) * 32_767).astype("<i2")
    talks = {"choir-rehearsal": 24, "interview-ferry-lane": 30}
    talks |= {"oral-session-harrowmere": 56, "phone-note": 8}
    for name, times in talks.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(rate)
            sound.writeframes(np.tile(once, times).tobytes())
    return sorted(folder.iterdir())


SHOTS: dict[str, Callable[[Studio], None]] = {
    "transcription": transcription,
    "transcribe": how_to_transcribe,
    "models": models,
    "models-dark": models,
}
