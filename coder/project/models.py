"""The Whisper models and engines of this machine, which belong to a person and not to a project."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from coder import places, settings
from coder.domain.errors import EvidenceError, NotFound
from coder.jobs import Job
from coder.transcribe import catalogue as lists
from coder.transcribe import install, machine, models, run, trial, voices
from coder.transcribe.catalogue import Entry
from coder.transcribe.fetch import BY_HAND
from coder.transcribe.models import Model, ModelMissing
from coder.transcribe.published import recommended
from coder.transcribe.trial import Speed

__all__ = ["BY_HAND", "Entry", "Model", "ModelMissing", "Speed"]


def catalogue() -> list[Entry]:
    """Every model to choose from: those on this machine first, then the published ones."""
    chosen = settings.load()
    return lists.entries(places.user_data(), chosen.model, chosen.engine)


def entry(name: str, engine: str = "") -> Entry:
    """The model of that name; of two, the one for the engine, or for the engine chosen last. Raises
    NotFound."""
    engine = engine or settings.load().engine
    found = [one for one in catalogue() if one.id == name]
    if not found:
        raise NotFound(
            f"There is no model “{name}”.",
            "See what there is in “Models for transcription…” (`models list`).",
        )
    return min(found, key=lambda one: (models.FORMATS.get(engine) != one.format, not one.model))


def machine_told() -> str:
    """What this machine has and which model suits it, in a sentence."""
    cores = machine.cores()
    many = "1 processor core" if cores == 1 else f"{cores} processor cores"
    memory = round(machine.memory() / 2**30)
    return f"This machine has {many} and {memory} GB of memory; “{recommended()}” suits it."


def size(count: int) -> str:
    """A number of bytes as a person says it: `486 MB`, `1.6 GB`."""
    return models.size(count)


def spoken_time(speed: Speed) -> str:
    """How long an hour of recording takes, as a person says it: `about 13 minutes`."""
    minutes = speed.minutes_an_hour
    if minutes < 90:
        whole = max(1, round(minutes))
        return "about 1 minute" if whole == 1 else f"about {whole} minutes"
    return f"about {minutes / 60:.1f} hours"


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


def look_into(source: Path, job: Job | None = None) -> list[Model]:
    """The models that could be installed out of a folder, a file or a zip. Raises EvidenceError
    where there is none, Cancelled."""
    return install.look(source, job)


def add_model(source: Path, job: Job | None = None) -> Model:
    """Installs the model in a folder, a file or a zip that is on this machine. Raises Refused where
    it holds several, EvidenceError, Cancelled."""
    return install.add(source, places.user_data(), job=job)


def add_models(source: Path, names: Collection[str] = (), job: Job | None = None) -> list[Model]:
    """Installs the models of these names out of a folder or zip, or all of them. Raises
    EvidenceError, Cancelled."""
    return install.add_these(source, places.user_data(), names, job)


def get_model(name: str, job: Job | None = None) -> Model:
    """Downloads and installs a published model, going on where an earlier download stopped. Raises
    EvidenceError, Cancelled."""
    return install.get(name, places.user_data(), job=job)


def check_model(path: Path, engine: str, job: Job | None = None) -> Model:
    """The model in a folder or `.pt` file that was not installed, found whole and undamaged as far
    as its description goes. Raises EvidenceError where it is none, is damaged or is for another
    engine, Cancelled."""
    found = models.read(path)
    models.refuse_speakers(found)
    run.refuse_mismatch(engine, found, next(iter(found.languages), "en"))
    models.check(found, places.user_data(), job)
    return found


def remove_model(wanted: Entry) -> str:
    """Removes a model, or what is kept of a stopped download, and says what is used from now on.

    Raises EvidenceError where there is nothing of it that is this user's own.
    """
    home = places.user_data()
    told = removal_told(wanted)
    if wanted.model is not None:
        install.remove(wanted.model, home)
        if wanted.default and settings.load().model:
            settings.save(replace(settings.load(), model=""))
    elif wanted.problem:
        install.remove_folder(wanted.id, home)
    elif wanted.kept:
        install.throw_away(home, wanted.id)
    else:
        raise NotFound(f"The model “{wanted.id}” is not on this machine.")
    return told


def removal_told(wanted: Entry) -> str:
    """What the removal of a model means for transcriptions to come, in a sentence."""
    if not wanted.default or wanted.model is None:
        return ""
    next_one = lists.after_removal(wanted.model, places.user_data(), wanted.model.engine)
    if next_one:
        return f"“{next_one.id}” is used from now on."
    shipped = next((one for one in models.shipped() if runs(wanted.model.engine, one)), None)
    if shipped is None:
        return "No other model is installed, so nothing can be transcribed until one is."
    return (
        f"No other model is installed: only “{shipped.id}”, which comes with the program and knows "
        "no voice but the sample’s, can be chosen until one is."
    )


def set_default(wanted: Entry) -> None:
    """Uses this model, and the engine that reads it, unless another is named. Raises NotFound where
    it is not on this machine, EvidenceError where it cannot be used."""
    if wanted.model is None:
        remedy = "Install it again." if wanted.problem else "Install it first."
        raise NotFound(f"The model “{wanted.id}” is not on this machine.", remedy)
    models.refuse_speakers(wanted.model)
    engine = wanted.model.engine
    run.refuse_engine(engine)
    settings.save(replace(settings.load(), model=wanted.model.id, engine=engine))


def default_model(engine: str) -> Model | None:
    """The model that the engine uses unless another is named, or None where there is none."""
    chosen = settings.load()
    try:
        wanted = chosen.model if chosen.engine == engine else ""
        return models.default(places.user_data(), wanted, engine)
    except EvidenceError:
        return None


def minutes_an_hour(engine: str, name: str) -> float | None:
    """How many minutes an hour of recording takes with a model (name, folder or file) on this
    machine; None where nobody has tried, or there is none."""
    with suppress(EvidenceError):
        speed = trial.known(models.find(name, places.user_data(), engine), places.user_data())
        return speed.minutes_an_hour if speed else None
    return None


def try_model(wanted: Model, job: Job | None = None) -> Speed:
    """Measures how fast a model is on this machine, and keeps it. Raises EvidenceError,
    Cancelled."""
    return trial.measure(wanted, places.user_data(), job or Job())


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
