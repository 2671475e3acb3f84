"""Opens OLE compound files ([MS-CFB]), in which Outlook and old Word keep what they write.

Their chains of sectors break easily; a stream that cannot be had whole is given as far as it goes,
and `damaged` tells that something is missing.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from coder.domain.draft import Source
from coder.domain.errors import Unreadable

if TYPE_CHECKING:
    from olefile.olefile import OleDirectoryEntry, OleFileIO

_MOST_ENTRIES = 100_000
_DAMAGE = (
    OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError,
    RecursionError, struct.error,
)  # fmt: skip
_STORAGE = 1
_STREAM = 2

Path = tuple[str, ...]


class Compound:
    """An open compound file: storages, which hold others, and streams, by their paths."""

    def __init__(self, source: Source) -> None:
        """Opens it. Raises Unreadable where it has no directory that can be read."""
        import olefile

        self.damaged = False
        self._stream: BinaryIO = source.open()
        try:
            self._file = olefile.OleFileIO(self._stream)
            self._entries = dict(_entries(self._file.root))
            self.damaged = _astray(self._file)
        except _DAMAGE as problem:
            self._stream.close()
            raise Unreadable(
                f"“{source.name}” is damaged: what lies in it cannot be found.",
                "Ask for it to be sent again, or open it in the program that made it.",
            ) from problem
        self._children: dict[Path, list[str]] = {}
        for path in self._entries:
            self._children.setdefault(path[:-1], []).append(path[-1])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def names(self, storage: Path = ()) -> list[str]:
        """The names directly inside a storage, in alphabetical order."""
        return sorted(self._children.get(storage, []))

    def holds(self, *path: str) -> bool:
        """Whether there is a storage or stream of that path."""
        return path in self._entries

    def is_storage(self, *path: str) -> bool:
        """Whether that path is one of a storage."""
        entry = self._entries.get(path)
        return entry is not None and entry.entry_type == _STORAGE

    def stream(self, *path: str) -> bytes:
        """The bytes of a stream, as many as can be read; none where there is no such stream."""
        entry = self._entries.get(path)
        if entry is None or entry.entry_type != _STREAM:
            return b""
        try:
            data: bytes = self._file.openstream(list(path)).read()
        except _DAMAGE:
            self.damaged = True
            return b""
        self.damaged |= len(data) < entry.size
        return data


def _entries(root: OleDirectoryEntry) -> Iterator[tuple[Path, OleDirectoryEntry]]:
    """Every entry below the root with its path, without recursion."""
    waiting: list[tuple[Path, OleDirectoryEntry]] = [((), root)]
    count = 0
    while waiting and count < _MOST_ENTRIES:
        path, entry = waiting.pop()
        for child in entry.kids:
            count += 1
            yield (*path, child.name), child
            if child.entry_type == _STORAGE:
                waiting.append(((*path, child.name), child))


def _astray(file: OleFileIO) -> bool:
    """Whether the directory holds entries to which nothing leads any more, as after damage; one
    that was deleted has no type ([MS-CFB] 2.6.1)."""
    file.directory_fp.seek(0)
    table: bytes = file.directory_fp.read()
    return any(
        known is None
        and table[at + 66 : at + 67] in (b"\x01", b"\x02")
        and table[at : at + 1] > b"\0"
        for at, known in zip(range(0, len(table), 128), file.direntries, strict=False)
    )


def packaged(file: Compound, storage: Path) -> tuple[str, bytes] | None:
    """The file that an embedded object of the storage holds, with the name it gives (or none):
    a package of another program (`Ole10Native`, [MS-OLEDS] 2.3.6), an Office document of 2007 or
    later, or a PDF. None where the object is of another kind."""
    native = file.stream(*storage, "\x01Ole10Native")
    if native:
        return _native(native)
    for name in ("Package", "CONTENTS"):
        data = file.stream(*storage, name)
        if data.startswith((b"PK\x03\x04", b"%PDF-")):
            return "", data
    return None


def _native(data: bytes) -> tuple[str, bytes] | None:
    """The packaged file behind its label, its path, eight bytes and its path when it was packed."""
    stream = io.BytesIO(data[6:])
    label = _zero_ended(stream)
    _zero_ended(stream)
    stream.read(4)
    (length,) = struct.unpack("<I", stream.read(4).ljust(4, b"\0"))
    stream.seek(length, io.SEEK_CUR)
    (size,) = struct.unpack("<I", stream.read(4).ljust(4, b"\0"))
    inside = stream.read(size)
    return (label, inside) if inside and len(inside) == size else None


def _zero_ended(stream: io.BytesIO) -> str:
    text = bytearray()
    while (byte := stream.read(1)) not in (b"", b"\0"):
        text += byte
    return text.decode("cp1252", "replace")
