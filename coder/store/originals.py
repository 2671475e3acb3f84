"""The files as they were received, kept under the SHA-256 of their bytes and never changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from coder.domain.draft import Source

FOLDER = "originals"
_PART = ".part-"
_AT_ONCE = 8


def path_of(folder: Path, digest: str, name: str = "") -> Path:
    """Where the original with this SHA-256 lies in a project folder.

    It keeps the ending of its name, so that other programs know what it is.
    """
    return folder / FOLDER / digest[:2] / f"{digest}{Path(name).suffix.lower()}"


Waiting = dict[Path, Path]
"""Originals that are written but not yet safe from a power cut: where each belongs, and the part
file that holds its bytes until `settle`."""


def keep(folder: Path, source: Source, digest: str, name: str) -> Path:
    """Copies the source into the project unless it is there, whole or not at all, and on disk
    before this returns. Raises OSError."""
    waiting: Waiting = {}
    write(folder, source, digest, name, waiting)
    settle(waiting)
    return path_of(folder, digest, name)


def write(folder: Path, source: Source, digest: str, name: str, waiting: Waiting) -> Path:
    """Copies the source into the project unless it is there or waits; gives where its bytes lie.

    They are under their own name and safe only after `settle`. Raises OSError.
    """
    target = path_of(folder, digest, name)
    if target in waiting or target.exists():
        return waiting.get(target, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=_PART)
    try:
        with os.fdopen(handle, "wb") as out, source.open() as stream:
            shutil.copyfileobj(stream, out, 1 << 20)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    waiting[target] = Path(part)
    return waiting[target]


def settle(waiting: Waiting) -> None:
    """Puts what waits on disk, whole and under its own name: the files first, then the folders,
    each once. Raises OSError; what was not settled then is gone."""
    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(_sync, waiting.values()))
            for target, part in waiting.items():
                part.replace(target)
            list(pool.map(_sync_names, {near for one in waiting for near in one.parents[:2]}))
    finally:
        discard(waiting)


def discard(waiting: Waiting) -> None:
    """Removes what still waits. Raises OSError."""
    while waiting:
        _, part = waiting.popitem()
        part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Removes what an import left half written when it was killed. Raises OSError."""
    for part in (folder / FOLDER).glob(f"*/{_PART}*"):
        part.unlink(missing_ok=True)


def remove(folder: Path, digest: str) -> None:
    """Removes the original with this SHA-256, whatever its ending. Raises OSError."""
    for path in path_of(folder, digest).parent.glob(f"{digest}*"):
        path.unlink(missing_ok=True)


def is_sound(path: Path, digest: str) -> bool:
    """Whether the original is there and still has the bytes it was received with."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == digest


def _sync(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _sync_names(folder: Path) -> None:
    """Lets a new name in a folder survive a power cut; Windows sees to that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
