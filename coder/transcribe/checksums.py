"""SHA-256 checksums of large files, remembered by size and time of change."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from coder.jobs import Job

_PIECE = 4 * 1024 * 1024


class Checksums:
    """What is known about files; kept in one small JSON file, which may be lost at any time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, list[object]] = {}
        with suppress(OSError, ValueError):
            known = json.loads(path.read_text("utf-8"))
            self._known = known if isinstance(known, dict) else {}

    def of(self, file: Path, job: Job | None = None) -> str:
        """The SHA-256 of the file, from memory if it has not changed since. Raises Cancelled."""
        stat = file.stat()
        stamp = [stat.st_size, stat.st_mtime_ns]
        entry = self._known.get(str(file.resolve()))
        if isinstance(entry, list) and entry[:2] == stamp:
            return str(entry[2])
        digest = sha256(file, job)
        self._known[str(file.resolve())] = [*stamp, digest]
        return digest

    def save(self) -> None:
        """Writes down what is known; where that is not possible, it is found out anew."""
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(self._known, indent=1), "utf-8")
            fresh.replace(self._path)


def sha256(file: Path, job: Job | None = None) -> str:
    """The SHA-256 of the file, read in pieces. Raises Cancelled."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            if job:
                job.check()
            digest.update(piece)
    return digest.hexdigest()
