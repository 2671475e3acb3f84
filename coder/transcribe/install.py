"""Installs models for this user, from a folder, a file, a zip or the internet, and removes them.

A model is there whole or not at all: it is put together in a hidden folder beside the installed
ones, loaded once, and moved to its place in one step. A lock for each model keeps two programs from
doing so at once.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.jobs import Job
from coder.transcribe import fetch, models, run, sources, voices
from coder.transcribe.fetch import Files
from coder.transcribe.models import DESCRIPTION, Model, ModelMissing
from coder.transcribe.published import PUBLISHED
from coder.transcribe.sources import Offer

_PIECE = 4 * 1024 * 1024
_NAME = re.compile(r"\w[\w.-]*")
_NEW, _OLD, _PART = ".new-", ".old-", ".part-"


def look(source: Path, job: Job | None = None) -> list[Model]:
    """The models that could be installed out of a folder, a file or a zip.

    Raises EvidenceError where there is none, Cancelled.
    """
    with sources.opened(source, job or Job()) as offers:
        return [offer.model for offer in offers]


def add(source: Path, home: Path, name: str = "", job: Job | None = None) -> Model:
    """Installs the model in a folder, a file or a zip by copying it, under `name` or its own one.

    Its checksums are compared with those in its description, or recorded where it has none, and it
    is loaded once, to see that it is a model and whole. It takes the place of an installed one of
    the same name and format. Raises Refused where there are several, EvidenceError, Cancelled.
    """
    job = job or Job()
    with sources.opened(source, job) as offers:
        if len(offers) > 1:
            names = ", ".join(offer.model.id for offer in offers)
            raise Refused(
                f"“{source.name}” holds {len(offers)} models: {names}.",
                "Say which of them is meant, or that all are.",
            )
        return _install(offers[0], source, home, name, job)


def add_these(
    source: Path, home: Path, names: Collection[str] = (), job: Job | None = None
) -> list[Model]:
    """Installs several models out of a folder or a zip: those of these names, or all.

    Raises as `add` does, NotFound for a name that is not there, and Refused where one stands for
    two models; what was installed before that stays.
    """
    job = job or Job()
    with sources.opened(source, job) as offers:
        there = [(offer.model.id, offer.model.format) for offer in offers]
        for identity, form in there:
            if there.count((identity, form)) > 1 and (not names or identity in names):
                raise Refused(
                    f"“{source.name}” holds several models called “{identity}”.",
                    "Choose the folder of the one that is meant.",
                )
        for name in names:
            if name not in {identity for identity, _ in there}:
                raise NotFound(f"There is no model “{name}” in “{source.name}”.")
        wanted = [offer for offer in offers if not names or offer.model.id in names]
        return [_install(offer, source, home, "", job) for offer in wanted]


def get(name: str, home: Path, job: Job | None = None) -> Model:
    """Downloads the published model of that name for faster-whisper and installs it.

    This is the only thing in the program that uses the network, and only when asked to. What has
    come when it is stopped or fails is kept, and the next call goes on with it. Raises ModelMissing
    where none is published by that name, EvidenceError where it cannot be had, and Cancelled.
    """
    job = job or Job()
    if name not in PUBLISHED:
        raise ModelMissing(name)
    folder = models.home_folder(home)
    with _alone(folder, name):
        part = _part(home, name)
        files = fetch.download(PUBLISHED[name], part, job)
        plain = Model(name, name, models.CTRANSLATE2, part, PUBLISHED[name].languages, 0)
        return _settle(plain, name, files, part, name, job)


def kept(home: Path, name: str) -> int:
    """How many bytes of a published model are here from a download that was stopped."""
    return fetch.kept(_part(home, name))


def throw_away(home: Path, name: str) -> None:
    """Removes what is kept of a download that was stopped. Raises EvidenceError."""
    with _alone(models.home_folder(home), name):
        shutil.rmtree(_part(home, name), ignore_errors=True)


def remove(model: Model, home: Path) -> None:
    """Removes an installed model.

    A transcription under way has it in memory and goes on to its end. Where it is being read at
    this moment, a system that does not let go of open files refuses, and the model stays whole.
    Raises Refused for a model that is not this user's own, EvidenceError.
    """
    if model.folder.parent != models.home_folder(home):
        raise Refused(
            f"The model “{model.id}” lies in “{model.folder.parent}” and was not installed here.",
            "Models that you installed can be removed.",
        )
    remove_folder(model.folder.name, home)


def remove_folder(name: str, home: Path) -> None:
    """Removes what was installed into the folder of that name, also where it is damaged. Raises
    EvidenceError."""
    folder = models.home_folder(home)
    with _alone(folder, name):
        gone = folder / f"{_OLD}{name}"
        (folder / name).replace(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _part(home: Path, name: str) -> Path:
    return models.home_folder(home) / f"{_PART}{name}"


def _install(offer: Offer, source: Path, home: Path, name: str, job: Job) -> Model:
    model = offer.model
    identity = name or model.id.removeprefix("faster-whisper-")
    if not _NAME.fullmatch(identity):
        raise EvidenceError(
            f"“{identity}” cannot be the name of a model.",
            "Use letters, digits, full stops and hyphens only.",
        )
    folder = models.home_folder(home)
    with _alone(folder, _place_name(identity, model.format)) as place:
        fresh = folder / f"{_NEW}{place.name}"
        try:
            fresh.mkdir()
            fetch.refuse_full(fresh, model.bytes, identity)
            files = _copied(offer, source, fresh, job)
            return _settle(model, identity, files, fresh, name or source.name, job)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _place_name(identity: str, form: str) -> str:
    return identity if form == models.CTRANSLATE2 else f"{identity}.{form}"


@contextmanager
def _alone(folder: Path, name: str) -> Iterator[Path]:
    """The place of a model among the installed ones, with nobody else at work on it and nothing
    left of work on it that was broken off.

    Raises Refused where another program is at it, and EvidenceError for what the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f".lock-{name}", timeout=0):
            place, old = folder / name, folder / f"{_OLD}{name}"
            if old.exists() and not place.exists():
                old.replace(place)
            for left in (old, folder / f"{_NEW}{name}"):
                shutil.rmtree(left, ignore_errors=True)
            yield place
    except Timeout as problem:
        raise Refused(
            f"“{name}” is being installed or removed by another window.", "Wait until that is done."
        ) from problem
    except OSError as problem:
        raise EvidenceError(
            f"The model could not be put into “{folder}” ({problem.strerror or problem}).",
            "Check that there is room, that you may write there, and that nothing is reading it.",
        ) from problem


def _copied(offer: Offer, source: Path, fresh: Path, job: Job) -> Files:
    """Copies the model's own files and gives their sizes and checksums by name."""
    model, done = offer.model, 0
    files: Files = {}
    for name, item in offer.files.items():
        digest = hashlib.sha256()
        count = 0
        with item.open() as old, (fresh / name).open("wb") as new:
            while data := old.read(_PIECE):
                job.check()
                new.write(data)
                digest.update(data)
                count += len(data)
                job.report(done + count, model.bytes, f"Installing the model “{model.id}”")
        done += count
        if digest.hexdigest() != model.checksums.get(name, digest.hexdigest()):
            raise EvidenceError(
                f"The model in “{source.name}” is damaged: {name} is not what it was when it was "
                "made.",
                "Copy or download the model again.",
            )
        files[name] = {"bytes": count, "sha256": digest.hexdigest()}
    return files


def _try_out(model: Model, name: str, job: Job) -> None:
    if model.format == models.SPEAKERS:
        voices.try_out(model, name, job)
    else:
        run.try_out(model, name, job)


def _settle(model: Model, identity: str, files: Files, fresh: Path, name: str, job: Job) -> Model:
    """Describes the model in the folder `fresh`, loads it once, and moves it to its place. `name`
    is what messages call it."""
    manifest = {
        "id": identity,
        "title": model.title,
        "format": model.format,
        "languages": list(model.languages),
        "decoding": dict(model.decoding),
        "files": files,
    }
    if model.licence:
        manifest["licence"] = model.licence
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (fresh / DESCRIPTION).write_text(text + "\n", "utf-8")
    _try_out(models.read(fresh), name, job)
    place = fresh.with_name(_place_name(identity, model.format))
    old = fresh.with_name(f"{_OLD}{place.name}")
    with suppress(FileNotFoundError):
        place.replace(old)
    fresh.replace(place)
    shutil.rmtree(old, ignore_errors=True)
    return models.read(place)
