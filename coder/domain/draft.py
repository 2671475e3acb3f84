"""What intake hands over: submissions as read from files, before a project has taken them in."""

from __future__ import annotations

import hashlib
import io
import mimetypes
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind, Paragraph, Permission, RespondentType
from coder.domain.text import legible, one_line


class Use(StrEnum):
    """What a column of a table holds. Those set ASIDE stay in the row's original and are not read
    as evidence (numbers of rows, addresses of computers)."""

    RESPONDENT = "respondent"
    ORGANISATION = "organisation"
    TYPE = "type"
    PERMISSION = "permission"
    REGION = "region"
    RECEIVED = "received"
    QUESTION = "question"
    AUTHOR = "author"
    TEXT = "text"
    LINK = "link"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of which each row is a submission: the headings of its columns, what each is used
    for, its first rows as they stand (for looking at), and how many rows there are."""

    headings: tuple[str, ...]
    uses: tuple[Use, ...]
    samples: tuple[tuple[str, ...], ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name: a file on disk, or a part that was inside another (`data`).

    A recording may be larger than memory, so it is read through `open` or `path`, never whole.
    `uses` says what the columns are, where it is a table and a person has said so.
    """

    name: str
    data: bytes | None = None
    path: Path | None = None
    uses: tuple[Use, ...] = ()

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
class DraftSegment:
    """A timed stretch of a transcript that was sent in: milliseconds, text, and who speaks."""

    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A document to be. `source` is the original to keep; `silent` says that a recording has no
    sound track; `problems` are plain sentences about what a person must know of it.

    `segments` are those of a timed transcript, whose text they are, a line each (then `text` and
    `paragraphs` are empty). `question` is what an answer answers. `machine` says that a machine
    recognised the text (OCR) and nobody has checked it.
    """

    title: str
    kind: DocumentKind
    source: Source
    text: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    media_ms: int | None = None
    silent: bool = False
    problems: tuple[str, ...] = ()
    segments: tuple[DraftSegment, ...] = ()
    question: str = ""
    machine: bool = False

    @property
    def characters(self) -> int:
        """How many characters of text came out."""
        return len(self.text) or sum(len(segment.text) for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Draft:
    """A submission to be: who sent it, when (ISO 8601 or empty), through which channel, and its
    documents in reading order. `problems` names the parts that could not be read.

    `permission` is only what a form's own field says. `wishes` are the sentences in which the text
    itself speaks of confidence or publication: they are pointed out and never decide anything.
    """

    documents: tuple[DraftDocument, ...]
    respondent: str = ""
    organisation: str = ""
    received: str = ""
    channel: str = "file"
    problems: tuple[Problem, ...] = ()
    type: RespondentType = RespondentType.UNKNOWN
    permission: Permission = Permission.UNKNOWN
    region: str = ""
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """What a container holds: `members`, each to be read like a file of its own and named by its
    place inside, or `drafts`, each with its name inside. `problems` names what could not be taken
    out. `keep` says that the container's own bytes must be kept, since its members do not hold all
    that is in it. `table` tells how the rows of a table were taken. `apart` says that each member
    stands for itself, as the mails of a mailbox do, though all lie in one place."""

    members: tuple[Source, ...] = ()
    drafts: tuple[tuple[str, Draft], ...] = ()
    problems: tuple[Problem, ...] = ()
    keep: bool = False
    table: Table | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class DraftCode:
    """A code to be, as read from a call for evidence: a theme with the questions under it."""

    name: str
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    children: tuple[DraftCode, ...] = ()
