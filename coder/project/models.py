"""The Whisper models and engines of this machine, which belong to a person and not to a project."""

from __future__ import annotations

from pathlib import Path

from coder import places
from coder.domain.errors import EvidenceError
from coder.jobs import Job
from coder.transcribe import install, models, run, voices
from coder.transcribe.models import Model, ModelMissing

__all__ = ["Model", "ModelMissing"]


def installed_models() -> list[Model]:
    """The Whisper models on this machine: this user's own, then those shipped with the program."""
    return [*models.installed(places.user_data()), *models.shipped()]


def speaker_models() -> list[Model]:
    """The models on this machine that tell voices apart."""
    return models.for_speakers(places.user_data())


def missing_for_speakers() -> EvidenceError | None:
    """What must be installed before any model can tell voices apart, or None."""
    try:
        voices.refuse_missing()
    except EvidenceError as missing:
        return missing
    return None


def add_model(source: Path, job: Job | None = None) -> Model:
    """Installs a model from a folder or file that is on this machine. Raises EvidenceError."""
    return install.add(source, places.user_data(), job=job)


def get_model(name: str, job: Job | None = None) -> Model:
    """Downloads and installs a published model. Raises EvidenceError, Cancelled."""
    return install.get(name, places.user_data(), job=job)


def engines() -> tuple[str, ...]:
    """The engines that can be used on this machine, the default first."""
    return run.available_engines()


def runs(engine: str, model: Model) -> bool:
    """Whether this engine can use this model."""
    return models.FORMATS[engine] == model.format


def missing_model(engine: str) -> ModelMissing | None:
    """What is missing where no model of this user's own is installed for the engine, or None."""
    try:
        models.default(places.user_data(), engine=engine)
    except ModelMissing as missing:
        return missing
    return None
