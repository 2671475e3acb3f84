"""The files as they were received, kept under the SHA-256 of their bytes and never changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from coder.domain.draft import Source

FOLDER = "originals"


def path_of(folder: Path, digest: str, name: str = "") -> Path:
    """Where the original with this SHA-256 lies in a project folder.

    It keeps the ending of its name, so that other programs know what it is.
    """
    return folder / FOLDER / digest[:2] / f"{digest}{Path(name).suffix.lower()}"


def keep(folder: Path, source: Source, digest: str, name: str) -> Path:
    """Copies the source into the project unless it is there, whole or not at all, and on disk
    before this returns. Raises OSError."""
    target = path_of(folder, digest, name)
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out, source.open() as stream:
            shutil.copyfileobj(stream, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    _sync_names(target.parent)
    _sync_names(target.parent.parent)
    return target


def is_sound(path: Path, digest: str) -> bool:
    """Whether the original is there and still has the bytes it was received with."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == digest


def _sync_names(folder: Path) -> None:
    """Lets a new name in a folder survive a power cut; Windows sees to that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
