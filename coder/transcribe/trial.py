"""How fast a model is on this machine: it hears half a minute of speech, and the result is kept.

Half a minute, since Whisper always computes a window of thirty seconds: with ten seconds in it
`large-v3-turbo` would seem two and a half times as slow as it is. On two cores the trial takes
about three seconds with `base`, and ten with `small` or `large-v3-turbo`.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coder import places
from coder.domain.errors import EvidenceError
from coder.jobs import Job
from coder.transcribe import devices, machine, models, run
from coder.transcribe.engine import Options
from coder.transcribe.models import Model
from coder.transcribe.serving import Message, Request, serve

SECONDS = 30
"""How much sound is heard."""


@dataclass(frozen=True, slots=True)
class Speed:
    """What a trial measured: seconds of sound heard, seconds that took, and seconds to load the
    model before."""

    heard: float
    took: float
    load: float

    @property
    def minutes_an_hour(self) -> float:
        """How many minutes an hour of recording takes."""
        return 60 * self.took / self.heard


def measure(model: Model, home: Path, job: Job, seconds: int = SECONDS) -> Speed:
    """Tries a model on so many seconds of the sample's film and keeps how fast it was.

    Raises EvidenceError for a model that is damaged or that no engine here reads, Cancelled.
    """
    models.refuse_speakers(model)
    run.refuse_engine(model.engine)
    job.report(0, 0, "Checking the model")
    models.check(model, home, job)
    language = "en" if "en" in model.languages or not model.languages else model.languages[0]
    request = {
        "engine": model.engine,
        "model": str(model.path),
        "device": devices.AUTO,
        "seconds": seconds,
        "options": asdict(Options.wanted_by(model.decoding, language)),
    }
    broken = EvidenceError(
        f"The trial of “{model.id}” broke off", "Close other programs, or try a smaller model."
    )
    job.report(0, 0, f"Trying how fast “{model.id}” is")
    *_, told = run.served("coder.transcribe.trial", request, broken, job)
    speed = Speed(told["heard"], told["took"], told["load"])
    _keep(model, speed, home)
    return speed


def known(model: Model, home: Path) -> Speed | None:
    """How fast the model was on this machine, or None where nobody has tried."""
    with suppress(KeyError, TypeError):
        return Speed(**_read(home)[_key(model)])
    return None


def _key(model: Model) -> str:
    """By which model and on which machine a trial was made."""
    weights = json.dumps(sorted(model.checksums.items())) if model.checksums else str(model.bytes)
    digest = hashlib.sha256(weights.encode()).hexdigest()[:16]
    cores = f"{machine.cores()} cores, {machine.threads()} threads"
    return f"{model.id}, {model.format} {digest}, {platform.machine()}, {cores}"


def _file(home: Path) -> Path:
    return models.home_folder(home) / "speeds.json"


def _read(home: Path) -> dict[str, Any]:
    """What is kept; nothing where it cannot be read, since it can be measured again."""
    with suppress(OSError, ValueError):
        found = json.loads(_file(home).read_text("utf-8"))
        if isinstance(found, dict):
            return {key: value for key, value in found.items() if isinstance(value, dict)}
    return {}


def _keep(model: Model, speed: Speed, home: Path) -> None:
    kept = {**_read(home), _key(model): asdict(speed)}
    file = _file(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(kept, indent=1), "utf-8")
    fresh.replace(file)


# In the process of its own


def work(request: Request) -> Iterator[Message]:
    """How long it took to load the model and to hear, speech being found as in earnest. Raises
    EvidenceError."""
    from coder.transcribe.audio import RATE, decode
    from coder.transcribe.pieces import ms
    from coder.transcribe.speech import chunks

    if request["device"] == devices.AUTO and devices.has_graphics(request["engine"]):
        yield {"event": "trying"}
    began = time.perf_counter()
    engine = devices.load(request["engine"], Path(request["model"]), device=request["device"])
    loaded = time.perf_counter()
    options = Options.from_json(request["options"])
    samples = decode(places.samples() / "evidence" / "14-margaret-lunch-club.mp4")
    samples = samples[: request["seconds"] * RATE]
    chunks(samples[:RATE], options)  # loads what finds speech
    ready = time.perf_counter()
    for one in chunks(samples, options):
        for _ in engine.transcribe(samples[one.start : one.end], ms(one.start), options):
            pass
    yield {
        "event": "speed",
        "heard": len(samples) / RATE,
        "took": time.perf_counter() - ready,
        "load": loaded - began,
    }


if __name__ == "__main__":
    serve(work)
