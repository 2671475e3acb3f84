"""Has recordings heard in a process of its own, which may be stopped or crash without harm."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from coder import places
from coder.domain.errors import EvidenceError
from coder.domain.model import Word
from coder.jobs import Job
from coder.transcribe import devices, models
from coder.transcribe.child import BrokenOff, converse
from coder.transcribe.engine import Options, Piece
from coder.transcribe.models import Model

_WORKER = "coder.transcribe.worker"
_PACKAGES = {"faster-whisper": "faster-whisper", "whisper": "openai-whisper"}

Span = tuple[int, int]
"""From when to when, in milliseconds on the recording's clock, half-open."""


@dataclass(frozen=True, slots=True)
class Way:
    """How recordings are listened to: by which engine with which model, in which language, on
    which sound track (from 0), left and right `apart` or as one, with which names and terms to
    expect, and with how many threads (0 for as many as the machine can bear)."""

    model: Model
    engine: str = "faster-whisper"
    language: str = "en"
    track: int = 0
    apart: bool = False
    hotwords: str = ""
    threads: int = 0

    @property
    def options(self) -> Options:
        """What it asks of the engine, as the model wants to be used."""
        return Options.wanted_by(self.model.decoding, self.language, self.hotwords)

    def refuse(self, home: Path, job: Job) -> None:
        """Raises EvidenceError where the engine or the model is not there, the model is damaged,
        or they do not suit each other or the language; Cancelled."""
        refuse_engine(self.engine)
        refuse_mismatch(self.engine, self.model, self.language)
        job.report(0, 0, "Checking the model")
        models.check(self.model, home, job)


@dataclass(frozen=True, slots=True)
class Line:
    """Words that are said in a span of a recording, by a voice: 0 where all are heard as one, 1 for
    the left channel and 2 for the right one."""

    text: str
    span: Span
    voice: int = 0


def available_engines() -> tuple[str, ...]:
    """The engines that are installed, the default first."""
    return tuple(engine for engine in _PACKAGES if _installed(engine))


def transcribe(
    path: Path,
    way: Way,
    *,
    job: Job,
    from_ms: int = 0,
    home: Path | None = None,
    tell: Callable[[str], None] | None = None,
    name: str = "",
) -> Generator[Piece]:
    """The pieces of a recording as they are heard, without a hole from its beginning to its end.

    Progress goes to `job` in milliseconds of sound; cancelling it ends the process. `tell` is given
    a sentence for each thing that a person must know about the recording (damage). With `from_ms`,
    the end of the last piece kept, only the rest is done. `home` is the user's own folder, where it
    is remembered that the model was found sound. `name` is what messages call the recording, in
    place of the file's own name.

    Raises Unreadable for a recording without sound or one that cannot be decoded, EvidenceError
    for a damaged model, an engine that is not there or a process that broke down, and Cancelled.
    What was given before that is good.
    """
    name = name or path.name
    request = {"do": "transcribe", "from_ms": from_ms, **_sound(path, way, name)}
    broken = EvidenceError(
        f"The transcription of “{name}” broke off",
        "What was finished stays. Try again, or choose a smaller model.",
    )
    way.refuse(home or places.user_data(), job)
    for message in served(_WORKER, request, broken, job):
        event = message.pop("event")
        if event == "piece":
            yield Piece.from_json(message)
        elif event == "progress":
            done, total = (message[key] - from_ms for key in ("done", "total"))
            job.report(max(0, done), max(0, total), f"Transcribing “{name}”")
        elif event == "note" and tell:
            tell(message["what"])


def hear(
    path: Path,
    way: Way,
    spans: Sequence[Span],
    *,
    job: Job,
    home: Path | None = None,
    name: str = "",
) -> list[Piece]:
    """What is said in these spans of a recording, a piece for each, whether anybody is found to
    speak there or not. Raises as `transcribe` does."""
    name = name or path.name
    request = {"do": "hear", "spans": spans, **_sound(path, way, name)}
    said = _answers(request, "piece", f"Hearing “{name}” again", way, job, home)
    return [Piece.from_json(message) for message in said]


def align(
    path: Path,
    way: Way,
    lines: Sequence[Line],
    *,
    job: Job,
    home: Path | None = None,
    name: str = "",
) -> list[tuple[Word, ...]]:
    """When each word of these lines is said, in the order of the lines; a span is at most 30
    seconds long. Raises as `transcribe` does."""
    name = name or path.name
    texts = [asdict(line) for line in lines]
    request = {"do": "align", "texts": texts, **_sound(path, way, name)}
    said = _answers(request, "words", f"Timing the words of “{name}”", way, job, home)
    return [tuple(Word(**word) for word in message["words"]) for message in said]


def try_out(model: Model, name: str, job: Job) -> None:
    """Loads a model once in a process of its own, where an installed engine reads it. `name` is
    what messages call it. Raises EvidenceError where it cannot be loaded, Cancelled."""
    if not _installed(model.engine):
        return
    job.report(1, 1, f"Trying the model “{model.id}”")
    broken = EvidenceError(
        f"The model “{name}” could not be loaded", "Get it again, or choose a smaller one."
    )
    request = {"do": "load", **_engine(Way(model, model.engine)), "model_name": name}
    for _ in served(_WORKER, request, broken, job):
        continue


def _engine(way: Way) -> dict[str, Any]:
    return {
        "engine": way.engine,
        "model": str(way.model.path),
        "model_name": way.model.id,
        "threads": way.threads,
        "device": devices.AUTO,
        "options": asdict(way.options),
    }


def _sound(path: Path, way: Way, name: str) -> dict[str, Any]:
    sound = {"path": str(path), "name": name, "track": way.track, "apart": way.apart}
    return {**sound, **_engine(way)}


def _answers(
    request: dict[str, Any], event: str, label: str, way: Way, job: Job, home: Path | None
) -> list[dict[str, Any]]:
    """The answers of one kind to a request about parts of a recording, with progress by parts."""
    way.refuse(home or places.user_data(), job)
    broken = EvidenceError(
        f"“{request['name']}” could not be heard", "Nothing was changed. Try again."
    )
    found = []
    job.report(0, 0, label)
    for message in served(_WORKER, request, broken, job):
        kind = message.pop("event")
        if kind == event:
            found.append(message)
        elif kind == "progress":
            job.report(message["done"], message["total"], label)
    return found


def served(
    module: str, request: dict[str, Any], broken: EvidenceError, job: Job
) -> Generator[dict[str, Any]]:
    """The messages that answer a request, which names a `device`. Where the trial of a graphics
    card takes the process along, it is asked of another one that computes on the processor. Raises
    as `child.converse` does."""
    for device in (request["device"], devices.CPU):
        trying = False
        try:
            asked = {**request, "device": device}
            with closing(converse(module, asked, broken, job)) as said:
                for message in said:
                    trying = message["event"] == "trying"
                    yield message
        except BrokenOff:
            if not trying:
                raise
        else:
            return


def refuse_engine(engine: str) -> None:
    """Raises EvidenceError where there is no such engine, or it is not installed."""
    if engine not in _PACKAGES:
        raise EvidenceError(
            f"There is no engine “{engine}”.", f"Choose one of {', '.join(_PACKAGES)}."
        )
    if not _installed(engine):
        raise EvidenceError(
            f"The engine “{engine}” is not installed.",
            'Install it with: pip install "evidence-coder[whisper]"',
        )


def refuse_mismatch(engine: str, model: Model, language: str) -> None:
    """Raises EvidenceError where the engine cannot read the model, or the model does not know the
    language."""
    if model.format != models.FORMATS[engine]:
        raise EvidenceError(
            f"The model “{model.id}” is made for the engine “{model.engine}”, not for “{engine}”.",
            "Choose that engine, or another model.",
        )
    if model.languages and language not in model.languages:
        raise EvidenceError(
            f"The model “{model.id}” does not know the language “{language}”.",
            f"It knows {', '.join(model.languages)}.",
        )


def _installed(engine: str) -> bool:
    try:
        metadata.version(_PACKAGES[engine])
    except metadata.PackageNotFoundError:
        return False
    return True
