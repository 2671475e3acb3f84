"""Where the members of a container are put while they are read: files below a folder, or memory."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from coder.domain.draft import Source
from coder.domain.errors import Unreadable

MOST_ON_DISK = 20 * 1024**3
MOST_IN_MEMORY = 200 * 1024**2
_RESERVE = 1024**3
_LOOKED_AT_EVERY = 64 * 1024**2


class Full(Unreadable):
    """A container that unfolds to more than there is room for."""


class Shelf:
    """Room for what one container holds, in a new folder below `into`, or in memory (None).

    On disk it takes 20 GB, and leaves 1 GB of the disk free; in memory 200 MB.
    """

    def __init__(self, into: Path | None) -> None:
        self._folder = Path(tempfile.mkdtemp(dir=into)) if into else None
        self._room = MOST_ON_DISK if into else MOST_IN_MEMORY
        self._unlooked = _LOOKED_AT_EVERY
        self._count = 0

    def put(self, name: str, chunks: Iterable[bytes]) -> Source:
        """The bytes as a source under `name`; on disk they lie under a name made here.

        Whatever `chunks` raises goes on, and nothing is kept then. Raises Full where there is no
        more room.
        """
        if self._folder is None:
            return Source(name, data=b"".join(self._counted(name, chunks)))
        self._count += 1
        path = self._folder / f"{self._count:06}"
        before = self._room
        done = False
        try:
            with path.open("wb") as file:
                file.writelines(self._counted(name, chunks))
            done = True
        finally:
            if not done:
                path.unlink(missing_ok=True)
                self._room = before
        return Source(name, path=path)

    def _counted(self, name: str, chunks: Iterable[bytes]) -> Iterable[bytes]:
        for chunk in chunks:
            self._room -= len(chunk)
            self._unlooked += len(chunk)
            if self._room < 0 or not self._disk_has_room():
                raise Full(
                    f"“{name}” and what came before it unfold to more than there is room for.",
                    "Unpack it on a disk with more room, and add what is needed of it.",
                )
            yield chunk

    def _disk_has_room(self) -> bool:
        if self._folder is None or self._unlooked < _LOOKED_AT_EVERY:
            return True
        self._unlooked = 0
        return shutil.disk_usage(self._folder).free > _RESERVE
