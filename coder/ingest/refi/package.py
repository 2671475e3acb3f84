"""Opens a REFI-QDA project file, bounded and without trusting it: the document, texts, files.

Members are found by their bare names in any case, since programs write `Sources` and `sources`,
and put one more folder around it all; the document by its ending, since some name it after the
project.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.interchange import EXTRAS
from coder.domain.text import one_line
from coder.ingest.packed.entries import (
    ELSEWHERE,
    Bomb,
    Entry,
    Unfolding,
    can_unfold,
    listed,
    overlapping,
    placed,
)
from coder.ingest.packed.shelf import Shelf

LARGEST_DOCUMENT = 512 * 1024**2
"""Bytes of the project document beyond which it is refused."""

_LARGEST_TEXT = 64 * 1024**2
_LARGEST_ROW = 16 * 1024**2
_MOST_MEMBERS = 200_000
_DOCUMENT = ".qde"
_NAMESPACE = b"urn:QDA-XML:project"
_HEAD = 4096


def is_project_file(source: Source) -> bool:
    """Whether a file is a REFI-QDA project, by its content: a zip that holds a project document, or
    such a document by itself. False too where it cannot be read."""
    try:
        head = source.read(_HEAD)
        if not head.startswith(b"PK"):
            return _NAMESPACE in head and b"<Project" in head
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            return any(name.lower().endswith(_DOCUMENT) for name in archive.namelist())
    except (Unreadable, OSError, zipfile.BadZipFile, ValueError, RuntimeError, EOFError):
        return False


class Package:
    """One project file, opened. A context manager."""

    def __init__(self, source: Source) -> None:
        """Raises Unreadable where it is no project file, damaged, locked or made to do harm."""
        self._source = source
        self._stream = source.open()
        self._entries: dict[str, Entry] = {}
        self._document: Entry | None = None
        if source.read(2) == b"PK":
            try:
                self._list()
            except Unreadable:
                self.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._stream.close()

    def document(self) -> bytes:
        """The project document. Raises Unreadable."""
        if self._document is None:
            data = self._source.read(LARGEST_DOCUMENT + 1)
            if len(data) > LARGEST_DOCUMENT:
                raise self._too_large()
            return data
        found = self._data(self._document, LARGEST_DOCUMENT)
        if found is None:
            raise self._damaged()
        return found

    def data(self, path: str) -> bytes | None:
        """The bytes of a text inside that the document names, or None where there is none, or it is
        damaged. Raises Unreadable for a bomb and for more than 64 MB."""
        entry = self._named(path)
        return self._data(entry, _LARGEST_TEXT) if entry else None

    def file(self, path: str, name: str, shelf: Shelf) -> Source | None:
        """A file inside, unpacked onto the shelf under this name; or, where the document says that
        it lies beside (`relative://`), that one. None where it is not there or not whole. Raises
        Unreadable for a bomb and where there is no room."""
        entry = self._named(path)
        if entry is None:
            return self._beside(path, name)
        unfolding = Unfolding(self._stream, entry)
        found = shelf.put(name, unfolding)
        return found if unfolding.whole else None

    def extras(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Rows that we keep for ourselves in files of ours; what is no such row is passed over."""
        entry = self._entries.get(EXTRAS)
        if entry is None:
            return
        rest = b""
        for chunk in Unfolding(self._stream, entry):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                found = _row(line)
                if found:
                    yield found
            if len(rest) > _LARGEST_ROW:
                return

    def _list(self) -> None:
        entries = listed(self._stream)
        if not entries:
            raise self._damaged()
        if len(entries) > _MOST_MEMBERS:
            raise self._too_large()
        entries = placed(self._stream, entries)
        if overlapping(entries):
            raise Unreadable(
                f"“{self._source.name}” was made to unfold without end: its parts share bytes.",
                "Do not open it; ask for what it should hold to be sent again.",
            )
        documents: list[tuple[bool, int, Entry]] = []
        for entry in entries:
            name = _bare(entry.name.decode("utf-8" if entry.utf8 else "cp437", "replace"))
            if entry.locked:
                raise Unreadable(
                    f"“{self._source.name}” is locked with a password.", "Save it without one."
                )
            if entry.link or entry.offset == ELSEWHERE or not can_unfold(entry):
                continue
            self._entries.setdefault(name, entry)
            if name.endswith(_DOCUMENT):
                documents.append((name != "project.qde", len(documents), entry))
        if not documents:
            raise self._damaged()
        self._document = min(documents)[2]

    def _named(self, path: str) -> Entry | None:
        scheme, found, name = path.partition("://")
        inside = not found or scheme.lower() == "internal"
        return self._entries.get(_bare(unquote(name if found else path))) if inside else None

    def _beside(self, path: str, name: str) -> Source | None:
        """A file beside the project file itself; nothing further away is ever looked at."""
        scheme, _, where = path.partition("://")
        bare = PurePosixPath(unquote(where).replace("\\", "/")).name
        if scheme.lower() != "relative" or not bare or self._source.path is None:
            return None
        there = self._source.path.parent / bare
        if there.is_symlink() or not there.is_file():
            return None
        return Source(name or one_line(bare), path=there)

    def _data(self, entry: Entry, most: int) -> bytes | None:
        chunks, size = [], 0
        unfolding = Unfolding(self._stream, entry)
        try:
            for chunk in unfolding:
                chunks.append(chunk)
                size += len(chunk)
                if size > most:
                    raise self._too_large()
        except Bomb as problem:
            raise self._too_large() from problem
        return b"".join(chunks) if unfolding.whole else None

    def _too_large(self) -> Unreadable:
        return Unreadable(
            f"“{self._source.name}” unpacks to an unreasonable size.",
            "It may be hostile: ask where it comes from before trying anything else.",
        )

    def _damaged(self) -> Unreadable:
        return Unreadable(
            f"“{self._source.name}” is damaged, or is no REFI-QDA project.",
            "Export it again from the program that made it, as REFI-QDA project (.qdpx).",
        )


def _bare(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()


def _row(line: bytes) -> tuple[str, dict[str, Any]] | None:
    try:
        table, row = json.loads(line, parse_constant=_refused)
    except (ValueError, TypeError, RecursionError):
        return None
    if not isinstance(table, str) or not isinstance(row, dict):
        return None
    return table, row


def _refused(word: str) -> None:
    raise ValueError(word)
