"""How a recording is to be transcribed, as a person chose it, and what that comes to on this
machine."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coder import places
from coder.domain.errors import EvidenceError
from coder.domain.model import Hearing
from coder.transcribe import models, run
from coder.transcribe.models import Model
from coder.transcribe.run import Way

HOTWORDS = 600
"""At most so many characters of names and terms: Whisper takes 223 tokens, of about three
characters in names, and what is beyond is cut."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to transcribe: with which engine and model (name, folder or file; empty for the best one
    installed), which language is spoken, on which sound track (from 0), whether left and right are
    voices of their own, and which names and terms to expect."""

    engine: str = "faster-whisper"
    model: str = ""
    language: str = "en"
    track: int = 0
    apart: bool = False
    hotwords: str = ""


def manner_of(hearing: Hearing) -> Manner:
    """The manner that was chosen for a hearing."""
    return Manner(
        hearing.engine,
        hearing.model,
        hearing.language,
        hearing.track,
        hearing.apart,
        hearing.hotwords,
    )


def in_manner(hearing: Hearing, manner: Manner) -> Hearing:
    """The hearing in another manner, with the model named that it means today."""
    return replace(
        hearing,
        engine=manner.engine,
        model=resolved(manner),
        language=manner.language,
        track=manner.track,
        apart=manner.apart,
        hotwords=manner.hotwords,
    )


def short_name(model: str) -> str:
    """What a person calls a model (name, folder or file): the last part of its path."""
    return model.replace("\\", "/").rstrip("/").rpartition("/")[2]


def model_for(manner: Manner) -> Model:
    """The model that a manner names, or the best one installed.

    Raises ModelMissing, saying how large it is and how to get it, or EvidenceError where there is
    no such engine here, or the model does not suit the engine or the language.
    """
    run.refuse_engine(manner.engine)
    model = models.default(places.user_data(), manner.model, manner.engine)
    run.refuse_mismatch(manner.engine, model, manner.language)
    return model


def way_of(manner: Manner, threads: int = 0) -> Way:
    """What a manner comes to on this machine. Raises as `model_for` does."""
    return Way(
        model_for(manner),
        manner.engine,
        manner.language,
        manner.track,
        manner.apart,
        manner.hotwords[:HOTWORDS],
        threads,
    )


def differ(begun: Hearing, manner: Manner) -> str:
    """In what a transcript that was begun in one way differs from how it is to go on, in words;
    empty where it does not."""
    told = (
        ("the language", begun.language, manner.language),
        ("the sound track", begun.track, manner.track),
        ("voices apart", begun.apart, manner.apart),
    )
    return ", ".join(name for name, then, now in told if then != now)


def resolved(manner: Manner) -> str:
    """The model that a manner means today, by the name under which it is found again, also on
    another machine, or by its place where it is not installed. Empty where there is none yet."""
    if manner.model:
        form = models.FORMATS.get(manner.engine)
        named = (*models.installed(places.user_data()), *models.shipped())
        here = [one.id for one in named if (str(one.path), one.format) == (manner.model, form)]
        return here[0] if here else manner.model
    try:
        return models.default(places.user_data(), engine=manner.engine).id
    except EvidenceError:
        return ""
