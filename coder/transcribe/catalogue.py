"""Every model there is to choose from: those on this machine, and those that are published."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from coder.domain.errors import EvidenceError
from coder.transcribe import install, models, trial
from coder.transcribe.models import CTRANSLATE2, SPEAKERS, Model
from coder.transcribe.published import PUBLISHED, recommended
from coder.transcribe.trial import Speed


@dataclass(frozen=True, slots=True)
class Entry:
    """A model as a person chooses it.

    `model` is what is on this machine, or None where it would have to be downloaded; `own` says
    that this user installed it, so that it can be removed. `bytes` is what it takes, `kept` how
    many of them lie here from a download that was stopped. `problem` is why an installed one cannot
    be used. `recommended` goes with this machine; `default` is the one used unless another is
    named. One that `knows_sample` comes with the program, or is a copy of one that does, and knows
    no voice but that of the sample.
    """

    id: str
    title: str
    format: str
    languages: tuple[str, ...]
    bytes: int
    model: Model | None = None
    own: bool = False
    kept: int = 0
    problem: str = ""
    recommended: bool = False
    default: bool = False
    speed: Speed | None = None
    knows_sample: bool = False

    @property
    def transcribes(self) -> bool:
        """Whether it writes down what is said; otherwise it tells voices apart."""
        return self.format != SPEAKERS

    @property
    def downloadable(self) -> bool:
        """Whether it can be downloaded."""
        return self.id in PUBLISHED and self.format == CTRANSLATE2


def entries(home: Path, chosen: str = "", engine: str = "faster-whisper") -> list[Entry]:
    """The models: this user's own Whisper models from the largest, those for telling voices apart,
    damaged ones, those shipped with the program, and the published ones that are not here.
    `chosen` and `engine` are the default that a person set."""
    default = None
    with suppress(EvidenceError):
        default = models.default(home, chosen, engine)
    here = [*models.installed(home), *models.for_speakers(home)]
    shipped_ones = models.shipped()
    samples = [model.checksums for model in shipped_ones if model.checksums]
    own = [
        replace(_of_model(model, home, default, own=True), knows_sample=model.checksums in samples)
        for model in here
    ]
    broken = [_of_damaged(name, problem) for name, problem in models.damaged(home).items()]
    shipped = [
        replace(_of_model(model, home, default, own=False), knows_sample=True)
        for model in shipped_ones
    ]
    known = {(one.id, one.format) for one in (*own, *broken)}
    missing = [
        Entry(
            one.id,
            one.id,
            CTRANSLATE2,
            one.languages,
            one.bytes,
            kept=install.kept(home, one.id),
            recommended=one.id == recommended(),
        )
        for one in PUBLISHED.values()
        if (one.id, CTRANSLATE2) not in known
    ]
    return [*own, *broken, *shipped, *missing]


def after_removal(model: Model, home: Path, engine: str = "faster-whisper") -> Model | None:
    """The model that an engine would use by itself if this one were removed, or None."""
    rest = [one for one in models.installed(home) if one.path != model.path]
    return models.best(rest, engine)


def _of_model(model: Model, home: Path, default: Model | None, *, own: bool) -> Entry:
    return Entry(
        model.id,
        model.title,
        model.format,
        model.languages,
        model.bytes,
        model,
        own,
        recommended=own and model.format == CTRANSLATE2 and model.id == recommended(),
        default=model == default,
        speed=trial.known(model, home),
    )


def _of_damaged(name: str, problem: str) -> Entry:
    known = PUBLISHED.get(name)
    languages, count = (known.languages, known.bytes) if known else ((), 0)
    return Entry(name, name, CTRANSLATE2, languages, count, own=True, problem=problem)
