"""What can be installed out of a folder, a file or a zip: the models in it, wherever they lie.

Nothing is unpacked to look: a model's own files are read out of a zip one by one under their bare
names, so that no path in it can lead outside.
"""

from __future__ import annotations

import json
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from coder.domain.errors import EvidenceError, Unreadable
from coder.jobs import Job
from coder.transcribe import models
from coder.transcribe.models import DESCRIPTION, LAYOUTS, Layout, Model

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What reading a damaged file out of a zip raises."""

_DEEPEST = 6
_MOST_FILES = 20_000
_SWELLING = 100
_LONGEST_DESCRIPTION = 1_000_000
_OUTSIDE = "Choose a zip that holds the model and nothing else."


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a model that is offered: how many bytes it has, and how it is opened."""

    size: int
    open: Callable[[], IO[bytes]]


Shelf = Mapping[str, Item]
"""The files of one folder by name."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be installed, with its own files by name. Its path is where it lies; inside
    a zip it goes on behind the zip's name."""

    model: Model
    files: Shelf


@contextmanager
def opened(source: Path, job: Job) -> Iterator[list[Offer]]:
    """The models in a folder, a file or a zip, by name; they can be read until this is left.

    Raises EvidenceError where there is none, naming what is missing, or where a zip is hostile or
    damaged, and Cancelled.
    """
    if source.suffix.lower() == ".zip" and source.is_file():
        try:
            with zipfile.ZipFile(source) as archive:
                yield _offers(source, _in_zip(archive, source))
        except BROKEN as problem:
            raise Unreadable(
                f"The zip “{source.name}” is damaged or not whole ({problem}).", "Copy it again."
            ) from problem
    elif source.is_dir():
        yield _offers(source, _in_folder(source, job))
    else:
        yield [_of_file(models.read(source))]


def _offers(source: Path, shelves: Mapping[Path, Shelf]) -> list[Offer]:
    found = [one for place, shelf in shelves.items() for one in _on_shelf(place, shelf)]
    at_once = [one for one in found if one.model.folder == source]
    if found:
        return sorted(at_once or found, key=lambda one: one.model.id)
    halves = [
        (place, shelf)
        for place, shelf in shelves.items()
        if any(layout.needed[0] not in layout.missing(shelf) for layout in _folders())
    ]
    if halves:
        place, shelf = halves[0]
        raise models.not_whole(place.name, list(shelf))
    if source.is_dir():
        raise models.not_whole(source.name, list(shelves.get(source, ())))
    raise EvidenceError(
        f"There is no Whisper model in “{source.name}”.",
        "Choose a folder, or a zip of a folder, that holds model.bin, or a .pt file.",
    )


def _folders() -> list[Layout]:
    return [layout for layout in LAYOUTS.values() if not layout.single]


def _on_shelf(place: Path, shelf: Shelf) -> list[Offer]:
    """The models that a folder holds: itself, and each single file in it."""
    found = []
    for form, layout in LAYOUTS.items():
        if layout.missing(shelf):
            continue
        own = layout.own(shelf)
        if not layout.single:
            found.append(_offer(place, form, {name: shelf[name] for name in own}, shelf))
            continue
        for name in own:
            beside = {DESCRIPTION: shelf[DESCRIPTION]} if DESCRIPTION in shelf else {}
            told = f"{PurePosixPath(name).stem}.json"
            if told in shelf or len(own) > 1:
                beside = {DESCRIPTION: shelf[told]} if told in shelf else {}
            found.append(_offer(place / name, form, {name: shelf[name]}, beside))
    return found


def _offer(path: Path, form: str, files: Shelf, shelf: Shelf) -> Offer:
    where = f"of “{path.name}”"
    told: Any = {}
    if DESCRIPTION in shelf:
        try:
            with shelf[DESCRIPTION].open() as stream:
                told = json.loads(stream.read(_LONGEST_DESCRIPTION))
        except ValueError:
            told = None
    count = sum(item.size for item in files.values())
    return Offer(models.described(path, form, count, told, where), files)


def _of_file(model: Model) -> Offer:
    files = models.own_files(model)
    return Offer(model, {file.name: _item(file) for file in files})


def _item(file: Path) -> Item:
    return Item(file.stat().st_size, lambda: file.open("rb"))


def _in_folder(source: Path, job: Job) -> dict[Path, Shelf]:
    shelves: dict[Path, Shelf] = {}
    seen = 0
    for root, inside, names in os.walk(source):
        job.check()
        place = Path(root)
        if len(place.relative_to(source).parts) >= _DEEPEST:
            inside.clear()
        inside.sort()
        seen += len(names)
        if seen > _MOST_FILES:
            raise EvidenceError(
                f"“{source.name}” holds too many files to be looked through.",
                "Choose the folder of the model itself.",
            )
        shelf = [place / name for name in names if not name.startswith(".")]
        shelves[place] = {file.name: _item(file) for file in shelf if file.is_file()}
    return shelves


def _in_zip(archive: zipfile.ZipFile, source: Path) -> dict[Path, Shelf]:
    entries = archive.infolist()
    if len(entries) > _MOST_FILES:
        raise _hostile(source, f"it holds {len(entries):,} files")
    shelves: dict[Path, dict[str, Item]] = {}
    for entry in entries:
        _refuse_hostile(entry, source)
        path = PurePosixPath(entry.filename)
        if entry.is_dir() or path.name.startswith("."):
            continue
        item = Item(entry.file_size, partial(archive.open, entry))
        shelves.setdefault(source / path.parent, {})[path.name] = item
    return dict(shelves)


def _refuse_hostile(entry: zipfile.ZipInfo, source: Path) -> None:
    """Raises Unreadable for what no zip of a model holds: a path that leads outside, a link, a
    file that is locked, or one that swells."""
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise _hostile(source, f"“{entry.filename}” in it would lie outside of it")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _hostile(source, f"“{entry.filename}” in it is a link and not a file")
    if entry.flag_bits & 1:
        raise _hostile(source, f"“{entry.filename}” in it is locked with a password")
    if entry.file_size > _SWELLING * max(entry.compress_size, 10_000):
        times = entry.file_size // max(entry.compress_size, 1)
        raise _hostile(source, f"“{entry.filename}” in it would swell to {times:,} times its size")


def _hostile(source: Path, why: str) -> Unreadable:
    return Unreadable(f"The zip “{source.name}” was refused: {why}.", _OUTSIDE)
