"""Whisper models on this machine: found by name or folder, and checked against their checksums.

A model for faster-whisper is a folder in CTranslate2's format; one for the `whisper` package is a
`.pt` file, which a `.json` of the same name beside it may describe as `model.json` does. Installed
ones lie in `models/` of the user's own folder, each in a folder with a `model.json` that holds its
SHA-256 checksums and the decoding it wants. A model for telling voices apart is a folder with two
networks, installed and checked in the same way, and never offered for transcribing.
"""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coder import places
from coder.domain.errors import EvidenceError, NotFound
from coder.jobs import Job
from coder.transcribe.checksums import Checksums
from coder.transcribe.published import PUBLISHED, recommended

DESCRIPTION = "model.json"
"""The file beside a model's own that describes it."""

CTRANSLATE2 = "ctranslate2"
OPENAI = "openai"
SPEAKERS = "speakers"
"""The format of a model for telling voices apart: two networks for sherpa-onnx."""

NETWORKS = ("segmentation.onnx", "embedding.onnx")
"""Who speaks when within seconds (pyannote's kind), and what tells a voice from another."""

_ABOUT = 1.1
"""How much larger than announced a published model may be."""

FORMATS = {"faster-whisper": CTRANSLATE2, "whisper": OPENAI}
"""The format that each engine reads."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How models of a format lie on disk: patterns of the files that must be there, the first of
    which hold the weights, and of those that may. One that is `single` is a file, not a folder."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    single: bool = False

    def missing(self, names: Collection[str]) -> list[str]:
        """The patterns that none of these file names answers."""
        return [one for one in self.needed if not fnmatch.filter(names, one)]

    def own(self, names: Collection[str]) -> list[str]:
        """Those of the names that belong to the model."""
        patterns = (*self.needed, *self.optional)
        return sorted(name for one in patterns for name in fnmatch.filter(names, one))


LAYOUTS = {
    # The published models before large-v3 have no preprocessor_config.json.
    CTRANSLATE2: Layout(
        ("model.bin", "config.json", "tokenizer.json", "vocabulary.*"),
        ("preprocessor_config.json",),
    ),
    OPENAI: Layout(("*.pt",), single=True),
    SPEAKERS: Layout(NETWORKS),
}
"""The formats of models that can be installed."""


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
        return self.path.parent if LAYOUTS[self.format].single else self.path

    @property
    def engine(self) -> str:
        """The engine that reads it; empty where none that transcribes does."""
        return next((engine for engine, form in FORMATS.items() if form == self.format), "")


class ModelMissing(NotFound):
    """A model that is not on this machine.

    `bytes` is about how large it is, or 0 where no published model has that name. `downloadable`
    says whether `coder.transcribe.install.get` can fetch it: only those for faster-whisper.
    """

    def __init__(self, name: str, engine: str = "faster-whisper") -> None:
        self.name = name
        self.bytes = PUBLISHED[name].bytes if name in PUBLISHED else 0
        self.downloadable = bool(self.bytes) and engine == "faster-whisper"
        what = f"The model “{name}” is not on this machine; it takes {size(self.bytes)}."
        where = "in “Models for transcription…”"
        if self.downloadable:
            remedy = (
                f"Download it {where} (`models get {name}`), or install it there from a folder or "
                "zip (`models add FOLDER`)."
            )
        elif self.bytes:
            remedy = f"Install its file {where} (`models add FILE.pt`)."
        else:
            what = (
                f"There is no model “{name}” on this machine, and none is published by that name."
            )
            remedy = f"Choose a folder with a model, or one of {', '.join(PUBLISHED)}."
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
        refuse_speakers(model)
        return model
    if path.suffix == ".pt" or len(path.parts) > 1:
        raise NotFound(f"There is no model at “{path}”.", "Check the name of the folder or file.")
    raise ModelMissing(str(name), engine)


def refuse_speakers(model: Model) -> None:
    """Raises EvidenceError for a model that does not transcribe."""
    if model.format == SPEAKERS:
        raise EvidenceError(
            f"“{model.id}” tells voices apart; it does not write down what is said.",
            "Choose a Whisper model to transcribe with.",
        )


def default(home: Path, chosen: str = "", engine: str = "faster-whisper") -> Model:
    """The model to use: the `chosen` one, otherwise the best that is installed for the engine.

    What comes with the program is never taken unless it is named. Raises ModelMissing for the
    recommended one where none is installed.
    """
    if chosen:
        return find(chosen, home, engine)
    found = best(installed(home), engine)
    if found is None:
        raise ModelMissing(recommended(), engine)
    return found


def best(found: Iterable[Model], engine: str = "faster-whisper") -> Model | None:
    """Of these models that which suits the engine and this machine: the recommended one, otherwise
    the largest that is no larger, or the smallest of those beyond; None where there is none."""
    wanted = PUBLISHED[recommended()]
    readable = [one for one in found if one.format == FORMATS.get(engine)]
    within = [one for one in readable if one.bytes <= wanted.bytes * _ABOUT]
    named = [one for one in within if one.id == wanted.id]
    largest = max(within, key=lambda one: (one.bytes, not one.languages), default=None)
    return next(iter(named), largest or min(readable, key=lambda one: one.bytes, default=None))


def read(path: Path) -> Model:
    """The model in a folder or `.pt` file. Raises EvidenceError where it is none, naming what is
    missing."""
    if path.is_file():
        for form, layout in LAYOUTS.items():
            if layout.single and layout.own([path.name]):
                return _told(path, form, path.with_suffix(".json"))
    if not path.is_dir():
        raise EvidenceError(
            f"“{path.name}” is not a Whisper model."
            if path.exists()
            else f"There is nothing at {path}.",
            "Choose a model's folder, or its .pt file.",
        )
    names = [file.name for file in path.iterdir() if file.is_file()]
    for form, layout in LAYOUTS.items():
        if not layout.missing(names):
            inside = path / layout.own(names)[0] if layout.single else path
            return _told(inside, form, path / DESCRIPTION)
    raise not_whole(path.name, names)


def not_whole(folder: str, names: Collection[str]) -> EvidenceError:
    """What is to be said of a folder with these files that is no model: what it lacks to be one of
    the format that it comes nearest to."""
    return EvidenceError(
        f"The folder “{folder}” is not a Whisper model: {_lacking(names)}.",
        "Choose the folder that holds model.bin, or copy the model again.",
    )


def _lacking(names: Collection[str]) -> str:
    lacks = [(layout.missing(names), len(layout.needed)) for layout in LAYOUTS.values()]
    missing, _ = min(lacks, key=lambda one: len(one[0]) / one[1])
    return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"


def damaged(home: Path) -> dict[str, str]:
    """What was installed once and is no model any more, by its folder's name, with the reason."""
    found = {}
    for path in _folders(home_folder(home)):
        names = [file.name for file in path.iterdir()]
        if DESCRIPTION not in names:
            continue
        try:
            read(path)
        except EvidenceError as problem:
            whole = any(not layout.missing(names) for layout in LAYOUTS.values())
            found[path.name] = problem.what if whole else f"It is incomplete: {_lacking(names)}."
    return found


def own_files(model: Model) -> list[Path]:
    """The files that make the model up, without its description."""
    layout = LAYOUTS[model.format]
    names = [model.path.name] if layout.single else [file.name for file in model.path.iterdir()]
    return [model.folder / name for name in layout.own(names)]


def check(model: Model, home: Path, job: Job | None = None) -> None:
    """Compares the model's files with their checksums; what was found good is remembered by size
    and time, so that only the first time takes long.

    Raises EvidenceError that names the damaged file, Cancelled.
    """
    known = remembered(home)
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


def remembered(home: Path) -> Checksums:
    """What is known of the checksums of models on this machine."""
    return Checksums(home_folder(home) / "checked.json")


def size(count: int) -> str:
    """A number of bytes as a person says it: `486 MB`, `1.6 GB`."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{max(1, round(count / 1e6))} MB"


def described(path: Path, form: str, count: int, told: Mapping[str, Any], where: str) -> Model:
    """The model of that format and number of bytes at `path`, with what its description tells.

    Raises EvidenceError where the description, which lies `where`, is none.
    """
    try:
        identity = str(told.get("id") or _name_of(path, form))
        return Model(
            id=identity,
            title=told.get("title") or identity,
            format=form,
            path=path,
            languages=tuple(told.get("languages") or (("en",) if identity.endswith(".en") else ())),
            bytes=count,
            decoding=dict(told.get("decoding", {})),
            checksums={name: entry["sha256"] for name, entry in told.get("files", {}).items()},
            licence=told.get("licence", ""),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise _unreadable(where) from problem


def _name_of(path: Path, form: str) -> str:
    """What a model is called that does not say so: as its file, folder or zip, or as its repository
    where the folder is a snapshot in the cache of the Hugging Face Hub."""
    if LAYOUTS[form].single:
        return path.stem
    if path.parent.name == "snapshots":
        return path.parent.parent.name.rpartition("--")[2]
    return path.name.removesuffix(".zip")


def _unreadable(where: str) -> EvidenceError:
    return EvidenceError(
        f"The description {where} cannot be read.",
        "Install the model again.",
    )


def _folders(folder: Path) -> list[Path]:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in found if path.is_dir() and not path.name.startswith(".")]


def _inside(folder: Path) -> list[Model]:
    found = []
    for path in _folders(folder):
        with suppress(EvidenceError):
            found.append(read(path))
    return found


def _told(path: Path, form: str, description: Path) -> Model:
    """The model at `path` with what its description says, where there is one."""
    where = f"{description.name} in “{description.parent.name}”"
    try:
        told = json.loads(description.read_text("utf-8")) if description.is_file() else {}
    except (ValueError, OSError) as problem:
        raise _unreadable(where) from problem
    files = [path] if path.is_file() else [file for file in path.iterdir() if file.is_file()]
    return described(path, form, sum(file.stat().st_size for file in files), told, where)
