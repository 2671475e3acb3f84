"""Tells voices apart: who speaks when in a recording, found by sherpa-onnx in a process of its own.

Nothing is known of anybody: voices are numbered in the order in which they first speak, and how
many there are is told by a person, since that is where such programs err most.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from coder import places
from coder.domain.errors import EvidenceError, NotFound
from coder.jobs import Job
from coder.transcribe import models
from coder.transcribe.child import converse
from coder.transcribe.models import Model

MOST = 20
"""Of how many voices at most can be told apart."""

_WORKER = "coder.transcribe.voices_worker"
_GRACE = 0.5
"""Seconds to stop in: sherpa-onnx hears nothing while it works, and there is nothing to lose."""


@dataclass(frozen=True, slots=True)
class SpeakerTurn:
    """A stretch in which one voice speaks, on the recording's clock; two may overlap. `voice` is
    numbered from 0 in the order in which they first speak."""

    start_ms: int
    end_ms: int
    voice: int


def refuse_missing() -> None:
    """Raises EvidenceError where sherpa-onnx is not installed."""
    try:
        metadata.version("sherpa-onnx")
    except metadata.PackageNotFoundError:
        raise EvidenceError(
            "Finding speakers needs the package sherpa-onnx, which is not installed.",
            'Install it with: pip install "evidence-coder[speakers]".',
        ) from None


def model_for(home: Path, name: str = "") -> Model:
    """The installed model of that name, the one in that folder, or the first that is installed.
    Raises NotFound, saying what to do, or EvidenceError for a folder that is none."""
    there = models.for_speakers(home)
    named = [model for model in there if model.id == name or not name]
    if named:
        return named[0]
    folder = Path(name).expanduser()
    if name and folder.exists():
        model = models.read(folder)
        if model.format != models.SPEAKERS:
            raise EvidenceError(
                f"“{model.id}” is a model for transcribing; it cannot tell voices apart.",
                f"Choose a folder with {' and '.join(models.NETWORKS)}.",
            )
        return model
    which = f"The model “{name}”" if name else "A model for finding speakers"
    raise NotFound(
        f"{which} is not on this machine.",
        "Install one from a folder in “Models for transcription…” (`models add FOLDER`); Help, "
        "“Who is speaking”, says where to get it.",
    )


def find_voices(
    path: Path,
    model: Model,
    count: int,
    *,
    job: Job,
    track: int = 0,
    home: Path | None = None,
    tell: Callable[[str], None] | None = None,
    name: str = "",
) -> list[SpeakerTurn]:
    """Who of `count` voices (1…20) speaks when, in order; fewer where fewer are heard, and nothing
    where nobody speaks.

    Progress goes to `job` in milliseconds of sound; cancelling it ends the process. `tell` is given
    a sentence for each thing that a person must know about the recording (damage). `home` is the
    user's own folder, `name` what messages call the recording.

    Raises EvidenceError where sherpa-onnx is missing, the model is damaged or the process broke
    down, Unreadable for a recording that cannot be decoded, and Cancelled.
    """
    refuse_missing()
    job.report(0, 0, "Checking the model")
    models.check(model, home or places.user_data(), job)
    name = name or path.name
    request = {
        **_networks(model, model.id),
        "path": str(path),
        "name": name,
        "track": track,
        "count": count,
    }
    broken = EvidenceError(
        f"The search for speakers in “{name}” broke off", "Try again, or name them by hand."
    )
    turns: list[SpeakerTurn] = []
    with closing(converse(_WORKER, request, broken, job, _GRACE)) as said:
        for message in said:
            if message["event"] == "turns":
                turns = [SpeakerTurn(*turn) for turn in message["turns"]]
            elif message["event"] == "progress":
                label = f"Finding the speakers of “{name}”"
                job.report(message["done_ms"], message["total_ms"], label)
            elif message["event"] == "note" and tell:
                tell(message["what"])
    return turns


def try_out(model: Model, name: str, job: Job) -> None:
    """Loads both networks once in a process of its own, where sherpa-onnx is installed. `name` is
    what messages call the model. Raises EvidenceError where they cannot be loaded, Cancelled."""
    try:
        refuse_missing()
    except EvidenceError:
        return
    job.report(1, 1, f"Trying the model “{model.id}”")
    broken = EvidenceError(
        f"The model “{name}” could not be loaded", "Get its two files again, made for sherpa-onnx."
    )
    for _ in converse(_WORKER, _networks(model, name), broken, job, _GRACE):
        pass


def _networks(model: Model, called: str) -> dict[str, str]:
    """Where both networks lie, and what messages call the model."""
    return {"model": called, **{Path(n).stem: str(model.path / n) for n in models.NETWORKS}}
