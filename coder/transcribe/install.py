"""Installs models for this user: from a folder or file, or by downloading a published one."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coder.domain.errors import EvidenceError
from coder.jobs import Job
from coder.transcribe import models, run, voices
from coder.transcribe.models import Model, ModelMissing
from coder.transcribe.paths import python_path

_PIECE = 4 * 1024 * 1024
_NAME = re.compile(r"\w[\w.-]*")
_ENDINGS = {models.CTRANSLATE2: "", models.OPENAI: ".openai", models.SPEAKERS: ".speakers"}
"""How the folder of an installed model ends, so that one name may stand for several formats."""


def add(source: Path, home: Path, name: str = "", job: Job | None = None) -> Model:
    """Installs the model in a folder or `.pt` file by copying it, under `name` or its own one.

    Its checksums are compared with those in its description, or recorded where it has none, and it
    is loaded once, to see that it is a model and whole. It takes the place of an installed one of
    the same name and format, and is there either whole or not at all. Raises EvidenceError,
    Cancelled.
    """
    job = job or Job()
    model = models.read(source)
    identity = name or model.id.removeprefix("faster-whisper-")
    if not _NAME.fullmatch(identity):
        raise EvidenceError(
            f"“{identity}” cannot be the name of a model.",
            "Use letters, digits, full stops and hyphens only.",
        )
    folder = models.home_folder(home)
    with _workshop(folder) as fresh:
        files = _copied(model, fresh, job)
        _describe(model, identity, files, fresh)
        _try_out(models.read(fresh), name or source.name, job)
        place = folder / f"{identity}{_ENDINGS[model.format]}"
        if place.exists():
            place.replace(fresh.with_name("old"))
        fresh.replace(place)
    return models.read(place)


def get(name: str, home: Path, job: Job | None = None) -> Model:
    """Downloads the published model of that name for faster-whisper and installs it.

    This is the only thing in the program that uses the network, and only when asked to. Raises
    ModelMissing where none is published by that name, EvidenceError where it cannot be had, and
    Cancelled.
    """
    job = job or Job()
    if name not in models.SIZES:
        raise ModelMissing(name)
    with _workshop(models.home_folder(home)) as fresh:
        _download(name, fresh, job)
        return add(fresh, home, name, job)


def _try_out(model: Model, name: str, job: Job) -> None:
    if model.format == models.SPEAKERS:
        voices.try_out(model, name, job)
    else:
        run.try_out(model, name, job)


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A new folder beside the installed models that is gone afterwards, with all around it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as bench:
            fresh = Path(bench) / "model"
            fresh.mkdir()
            yield fresh
    except OSError as problem:
        raise EvidenceError(
            f"The model could not be put into “{folder}” ({problem.strerror or problem}).",
            "Check that there is room and that you may write there.",
        ) from problem


def _copied(model: Model, fresh: Path, job: Job) -> dict[str, dict[str, object]]:
    """Copies the model's own files and gives their sizes and checksums by name."""
    sources = models.own_files(model)
    total = sum(source.stat().st_size for source in sources)
    done = 0
    files: dict[str, dict[str, object]] = {}
    for source in sources:
        digest = hashlib.sha256()
        with source.open("rb") as old, (fresh / source.name).open("wb") as new:
            while piece := old.read(_PIECE):
                job.check()
                new.write(piece)
                digest.update(piece)
                done += len(piece)
                job.report(done, total, f"Installing the model “{model.id}”")
        expected = model.checksums.get(source.name, digest.hexdigest())
        if digest.hexdigest() != expected:
            raise EvidenceError(
                f"The model in “{model.folder.name}” is damaged: {source.name} is not what it was "
                "when it was made.",
                "Copy or download the model again.",
            )
        files[source.name] = {"bytes": source.stat().st_size, "sha256": digest.hexdigest()}
    return files


def _describe(
    model: Model, identity: str, files: dict[str, dict[str, object]], fresh: Path
) -> None:
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
    (fresh / "model.json").write_text(text + "\n", "utf-8")


def _download(name: str, folder: Path, job: Job) -> None:
    """Fetches the files in a process of its own, which can be stopped at any moment."""
    total = models.SIZES[name]
    label = f"Downloading the model “{name}”"
    job.report(0, total, label)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "coder.transcribe.fetch", name, str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": python_path()},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        while True:
            job.check()
            try:
                code = process.wait(0.25)
                break
            except subprocess.TimeoutExpired:
                done = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
                job.report(min(done, total), total, label)
    finally:
        process.kill()
        process.wait()
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    if code:
        raise EvidenceError(
            f"The model “{name}” could not be downloaded.",
            "Check the connection to the internet, or copy the folder from another computer and "
            "use “evidence-coder models add FOLDER”.",
        )
