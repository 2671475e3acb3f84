"""What intake hands over: submissions as read from files, before a project has taken them in."""

from __future__ import annotations

import hashlib
import io
import mimetypes
import stat
from dataclasses import dataclass
from pathlib import Path

from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind, Paragraph
from coder.domain.text import legible, one_line


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name: a file on disk, or a part that was inside another (`data`).

    A recording may be larger than memory, so it is read through `open` or `path`, never whole.
    """

    name: str
    data: bytes | None = None
    path: Path | None = None

    @classmethod
    def of(cls, path: Path) -> Source:
        """The file at `path`, under its own name as it can be shown."""
        return cls(one_line(legible(path.name)), path=path)

    def open(self) -> io.BufferedReader | io.BytesIO:
        """The bytes as a stream. Raises Unreadable where the file cannot be opened, or is none: a
        pipe or a device may never end."""
        if self.path is None:
            return io.BytesIO(self.data or b"")
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise Unreadable(
                    f"“{self.name}” is a folder, a pipe or a device, not a file.",
                    "Save what it holds as a file first.",
                )
            return self.path.open("rb")
        except OSError as problem:
            raise Unreadable(
                f"“{self.name}” could not be opened ({problem.strerror}).",
                "Check that the file is still there and that you may read it.",
            ) from problem

    def read(self, limit: int = -1) -> bytes:
        """The bytes, all or the first `limit` of them. Raises Unreadable."""
        if self.data is not None:
            return self.data if limit < 0 else self.data[:limit]
        with self.open() as stream:
            return stream.read(limit)

    def size(self) -> int:
        """How many bytes there are."""
        if self.path is None:
            return len(self.data or b"")
        return self.path.stat().st_size

    def sha256(self) -> str:
        """The SHA-256 of the bytes, as 64 hexadecimal digits."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def media_type(self) -> str:
        """The media type that the name suggests, or `application/octet-stream`."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person must know about a file: which part, and what is the matter."""

    part: str
    what: str


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A document to be. `source` is the original to keep; `silent` says that a recording has no
    sound track; `problems` are plain sentences."""

    title: str
    kind: DocumentKind
    source: Source
    text: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    media_ms: int | None = None
    silent: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A submission to be: who sent it, when (ISO 8601 or empty), through which channel, and its
    documents in reading order. `problems` names the parts that could not be read."""

    documents: tuple[DraftDocument, ...]
    respondent: str = ""
    organisation: str = ""
    received: str = ""
    channel: str = "file"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftCode:
    """A code to be, as read from a call for evidence: a theme with the questions under it."""

    name: str
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    children: tuple[DraftCode, ...] = ()
