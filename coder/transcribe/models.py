"""Whisper models on this machine: found by name or folder, and checked against their checksums.

A model for faster-whisper is a folder in CTranslate2's format; one for the `whisper` package is a
`.pt` file, which a `.json` of the same name beside it may describe as `model.json` does. Installed
ones lie in `models/` of the user's own folder, each in a folder with a `model.json` that holds its
SHA-256 checksums and the decoding it wants. A model for telling voices apart is a folder with two
networks, installed and checked in the same way, and never offered for transcribing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coder import places
from coder.domain.errors import EvidenceError, NotFound
from coder.jobs import Job
from coder.transcribe.checksums import Checksums

CTRANSLATE2 = "ctranslate2"
OPENAI = "openai"
SPEAKERS = "speakers"
"""The format of a model for telling voices apart: two networks for sherpa-onnx."""

NETWORKS = ("segmentation.onnx", "embedding.onnx")
"""Who speaks when within seconds (pyannote's kind), and what tells a voice from another."""

FORMATS = {"faster-whisper": CTRANSLATE2, "whisper": OPENAI}
"""The format that each engine reads."""

SIZES = {
    "tiny": 78_000_000,
    "base": 148_000_000,
    "small": 486_000_000,
    "medium": 1_530_000_000,
    "large-v3": 3_090_000_000,
    "large-v3-turbo": 1_620_000_000,
}
"""About how many bytes each published model takes, for either engine (half precision)."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model on disk.

    `path` is its folder, or its `.pt` file; `checksums` holds the SHA-256 of its files by name and
    is empty where nobody recorded them. `languages` is empty where the model says nothing, which
    means all that Whisper knows. `decoding` is what it asks of `Options`.
    """

    id: str
    title: str
    format: str
    path: Path
    languages: tuple[str, ...]
    bytes: int
    decoding: Mapping[str, Any] = field(default_factory=dict)
    checksums: Mapping[str, str] = field(default_factory=dict)
    licence: str = ""

    @property
    def folder(self) -> Path:
        """The folder that its files lie in."""
        return self.path.parent if self.format == OPENAI else self.path


class ModelMissing(NotFound):
    """A model that is not on this machine.

    `bytes` is about how large it is, or 0 where no published model has that name. `downloadable`
    says whether `coder.transcribe.install.get` can fetch it: only those for faster-whisper.
    """

    def __init__(self, name: str, engine: str = "faster-whisper") -> None:
        self.name = name
        self.bytes = SIZES.get(name, 0)
        self.downloadable = bool(self.bytes) and engine == "faster-whisper"
        what = f"The model “{name}” is not on this machine; it takes {size(self.bytes)}."
        by_hand = "take it from a folder with “evidence-coder models add FOLDER”."
        if self.downloadable:
            remedy = f"Download it with “evidence-coder models get {name}”, or {by_hand}"
        elif self.bytes:
            remedy = "Add its file with “evidence-coder models add FILE.pt”."
        else:
            what = (
                f"There is no model “{name}” on this machine, and none is published by that name."
            )
            remedy = f"Choose a folder with a model, or one of {', '.join(SIZES)}."
        super().__init__(what, remedy)


def home_folder(home: Path) -> Path:
    """Where installed models lie in the user's own folder `home`."""
    return home / "models"


def installed(home: Path) -> list[Model]:
    """The Whisper models installed for this user, the largest first. Folders that are none are left
    out."""
    found = [model for model in _inside(home_folder(home)) if model.format != SPEAKERS]
    return sorted(found, key=lambda model: (-model.bytes, model.id))


def for_speakers(home: Path) -> list[Model]:
    """The models for telling voices apart that are installed for this user, by name."""
    return [model for model in _inside(home_folder(home)) if model.format == SPEAKERS]


def shipped() -> list[Model]:
    """The models that come with the program. They are for the demo and for tests only."""
    return _inside(places.samples())


def find(name: str | Path, home: Path, engine: str = "faster-whisper") -> Model:
    """The model of that name, in that folder or in that `.pt` file; of two with one name, the one
    that `engine` reads.

    Raises ModelMissing where there is no such model, EvidenceError where a folder is none.
    """
    named = [model for model in (*installed(home), *shipped()) if model.id == str(name)]
    named.sort(key=lambda model: model.format != FORMATS.get(engine))
    if named:
        return named[0]
    path = Path(name).expanduser()
    if path.exists():
        model = read(path)
        if model.format == SPEAKERS:
            raise EvidenceError(
                f"“{model.id}” tells voices apart; it does not write down what is said.",
                "Choose a Whisper model to transcribe with.",
            )
        return model
    if path.suffix == ".pt" or len(path.parts) > 1:
        raise NotFound(f"There is no model at “{path}”.", "Check the name of the folder or file.")
    raise ModelMissing(str(name), engine)


def default(home: Path, chosen: str = "", engine: str = "faster-whisper") -> Model:
    """The model to use: the `chosen` one, otherwise the best that is installed for the engine.

    What comes with the program is never taken unless it is named. Raises ModelMissing for the
    recommended one where none is installed.
    """
    if chosen:
        return find(chosen, home, engine)
    for model in installed(home):
        if model.format == FORMATS.get(engine):
            return model
    raise ModelMissing(recommended(), engine)


def recommended() -> str:
    """The published model to begin with: `base` below 8 GB of memory, otherwise `small`."""
    import os

    with suppress(AttributeError, ValueError, OSError):
        if os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") < 7.5e9:
            return "base"
    return "small"


def read(path: Path) -> Model:
    """The model in a folder or `.pt` file. Raises EvidenceError where it is none, naming what is
    missing."""
    if path.is_file() and path.suffix == ".pt":
        return _told(path, path.with_suffix(".json"))
    if not path.is_dir():
        raise EvidenceError(
            f"“{path.name}” is not a Whisper model.", "Choose a model's folder, or its .pt file."
        )
    if any((path / name).is_file() for name in NETWORKS):
        return _read_networks(path)
    weights = sorted(path.glob("*.pt"))
    missing = missing_files(path)
    if missing and not weights:
        raise EvidenceError(
            f"The folder “{path.name}” is not a Whisper model: {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing.",
            "Choose the folder that holds model.bin, or copy the model again.",
        )
    return _told(weights[0] if missing else path, path / "model.json")


def missing_files(folder: Path) -> list[str]:
    """Which files a folder lacks to be a model for faster-whisper.

    `preprocessor_config.json` is not among them: the published models before large-v3 have none.
    """
    needed = ["model.bin", "config.json", "tokenizer.json", "vocabulary.*"]
    return [name for name in needed if not any(folder.glob(name))]


def own_files(model: Model) -> list[Path]:
    """The files that make the model up, without its `model.json`."""
    if model.format == OPENAI:
        return [model.path]
    if model.format == SPEAKERS:
        return [model.path / name for name in NETWORKS]
    optional = ("preprocessor_config.json",)
    names = ("model.bin", "config.json", "tokenizer.json", "vocabulary.*", *optional)
    return sorted(file for name in names for file in model.path.glob(name))


def check(model: Model, home: Path, job: Job | None = None) -> None:
    """Compares the model's files with their checksums; what was found good is remembered by size
    and time, so that only the first time takes long.

    Raises EvidenceError that names the damaged file, Cancelled.
    """
    known = Checksums(home_folder(home) / "checked.json")
    for name, expected in model.checksums.items():
        file = model.folder / name
        if not file.is_file():
            raise EvidenceError(
                f"The model “{model.id}” is incomplete: {name} is missing.",
                "Install the model again.",
            )
        if known.of(file, job) != expected:
            raise EvidenceError(
                f"The model “{model.id}” is damaged: {name} is not what it was when it was made.",
                "Install the model again, since a damaged model invents sentences.",
            )
    known.save()


def size(count: int) -> str:
    """A number of bytes as a person says it: `486 MB`, `1.6 GB`."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{max(1, round(count / 1e6))} MB"


def _inside(folder: Path) -> list[Model]:
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not path.name.startswith("."):
            with suppress(EvidenceError):
                found.append(read(path))
    return found


def _read_networks(path: Path) -> Model:
    for name in NETWORKS:
        if not (path / name).is_file():
            raise EvidenceError(
                f"The folder “{path.name}” is not a model for finding speakers: {name} is missing.",
                f"It needs {' and '.join(NETWORKS)}.",
            )
    return _told(path, path / "model.json")


def _told(path: Path, description: Path) -> Model:
    """The model at `path` with what its description says, where there is one."""
    try:
        told = json.loads(description.read_text("utf-8")) if description.is_file() else {}
        return _described(path, told)
    except (ValueError, TypeError, KeyError, AttributeError, OSError) as problem:
        raise EvidenceError(
            f"The description {description.name} in “{description.parent.name}” cannot be read.",
            "Install the model again.",
        ) from problem


def _described(path: Path, manifest: Mapping[str, Any]) -> Model:
    single = path.is_file()
    identity = manifest.get("id") or (path.stem if single else path.name)
    files = [path] if single else [file for file in path.iterdir() if file.is_file()]
    return Model(
        id=identity,
        title=manifest.get("title") or identity,
        format=OPENAI if single else _format_of(path),
        path=path,
        languages=tuple(manifest.get("languages", ())),
        bytes=sum(file.stat().st_size for file in files),
        decoding=dict(manifest.get("decoding", {})),
        checksums={name: entry["sha256"] for name, entry in manifest.get("files", {}).items()},
        licence=manifest.get("licence", ""),
    )


def _format_of(folder: Path) -> str:
    return SPEAKERS if (folder / NETWORKS[0]).is_file() else CTRANSLATE2
