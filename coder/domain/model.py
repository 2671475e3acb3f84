"""The records of a project, one frozen dataclass for each table of the store.

Positions are Unicode code points, half-open `[start, end)`; times in media are milliseconds on the
clock that a player shows; moments are ISO 8601 in UTC with a `Z`; ids are random UUIDs as 32
hexadecimal digits.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


def new_id() -> str:
    """A fresh id that no other copy of the project will give."""
    return uuid.uuid4().hex


def now() -> str:
    """This moment, as records keep it: `2020-09-18T16:04:05.123456Z`."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class RespondentType(StrEnum):
    """Who is speaking, in the groups that reports count by."""

    INDIVIDUAL = "individual"
    CHARITY = "charity"
    FAITH = "faith"
    COUNCIL = "council"
    PUBLIC_BODY = "public-body"
    BUSINESS = "business"
    ACADEMIC = "academic"
    OTHER = "other"
    UNKNOWN = "unknown"


class Permission(StrEnum):
    """What the respondent allows: quoting with the name, without it, or not at all."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where a submission stands in the account of evidence."""

    RECEIVED = "received"
    INCLUDED = "included"
    BLANK = "blank"
    DUPLICATE = "duplicate"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"


class DocumentKind(StrEnum):
    """What a document of a submission is."""

    EMAIL = "email"
    DOCUMENT = "document"
    TRANSCRIPT = "transcript"
    POST = "post"
    ANSWER = "answer"
    MEDIA = "media"


class Standing(StrEnum):
    """How a recording stands in the queue: to be heard when its turn comes, held back by a person,
    given up with a problem, or heard to its end."""

    WAITING = "waiting"
    HELD = "held"
    FAILED = "failed"
    DONE = "done"


class About(StrEnum):
    """What a memo is about. An entry of the research journal is about the day it was written."""

    PROJECT = "project"
    SUBMISSION = "submission"
    DOCUMENT = "document"
    CODE = "code"
    JOURNAL = "journal"


class Style(StrEnum):
    """How a paragraph looked to the person who wrote it."""

    BODY = "body"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"
    REPLY = "reply"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document's text, without its line break.

    `number` is what a citation gives: the submitter's own number where there is one, otherwise a
    counted one; empty where a paragraph is not cited by number (a heading). `page` is the page it
    begins on, from 1, where there are pages and no numbers of the submitter's own; else 0.
    """

    number: str
    start: int
    end: int
    style: Style = Style.BODY
    page: int = 0


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The project itself: what is being asked, and how its references are made. `terms` are names
    and terms, parted by commas, that a machine should expect to hear."""

    id: str
    title: str
    prefix: str
    closes: str = ""
    created_at: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes, or a machine that wrote something on a person's behalf."""

    id: str
    name: str
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One respondent's evidence: its documents belong together under one permanent reference.

    `of_id` is the submission of which this one is a duplicate or a campaign letter, or with which
    it was joined; empty where it stands for itself. `pseudonym` is the name under which an
    anonymous respondent is quoted, everywhere the same; empty where none was chosen. `also_masked`
    are words, parted by semicolons, that are masked in its anonymous quotes beside its own names.
    """

    id: str
    ref: str
    respondent: str = ""
    organisation: str = ""
    type: RespondentType = RespondentType.UNKNOWN
    permission: Permission = Permission.UNKNOWN
    region: str = ""
    received: str = ""
    channel: str = "file"
    status: Status = Status.RECEIVED
    flags: tuple[str, ...] = ()
    of_id: str = ""
    pseudonym: str = ""
    also_masked: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text or a recording inside a submission. The text of an imported document never changes.

    A transcript's text lies in its segments; `source_id` names the recording it was made from.
    `media_ms` is the length of a recording and `silent` that it has no sound track; `original` is
    the SHA-256 of the bytes it came from. `question` is what an answer to a survey answers.
    `machine_draft` says that a machine wrote the text and nobody has checked it.
    """

    id: str
    submission_id: str
    position: int
    title: str
    kind: DocumentKind
    text: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    original: str = ""
    media_type: str = ""
    media_ms: int | None = None
    source_id: str | None = None
    problems: tuple[str, ...] = ()
    machine_draft: bool = False
    silent: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: its place in the segment's text, its time, and the engine's confidence.

    `start`, `end` count code points from the beginning of the segment; `probability` lies in 0…1.
    """

    start: int
    end: int
    start_ms: int
    end_ms: int
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A timed stretch of a transcript: a line of its text, in the order of `position`.

    `start` is where it lies in the transcript's whole text. It is not kept, but worked out from the
    lines before it when segments are read. `heard` is what the text said before a person corrected
    it; empty where nobody has. `checked` says that a person has listened and stands by the words;
    nothing that a machine hears takes their place then. `confidence` is exp(mean log-probability of
    its tokens), 0…1. `no_speech`, `compression` and `temperature` are what the engine reported,
    kept so that doubt can be shown later.
    """

    id: str
    document_id: str
    position: float
    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""
    confidence: float = 0.0
    no_speech: float = 0.0
    compression: float = 0.0
    temperature: float = 0.0
    words: tuple[Word, ...] = ()
    heard: str = ""
    checked: bool = False
    start: int = 0

    @property
    def end(self) -> int:
        """Where the segment ends in the transcript's whole text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Hearing:
    """How a recording is to be turned into text, or was, and its place in the queue.

    `transcript_id` is empty until the first of it is heard. `model` is a model's name, folder or
    file; `track` the number of the sound track, from 0; `apart` whether left and right are heard
    one by one; `hotwords` names and terms to expect. `again` says that the transcript there is
    gives way, and `problem` why it was given up.
    """

    id: str
    media_id: str
    transcript_id: str = ""
    position: float = 0.0
    standing: Standing = Standing.WAITING
    engine: str = ""
    model: str = ""
    language: str = "en"
    track: int = 0
    apart: bool = False
    hotwords: str = ""
    again: bool = False
    problem: str = ""
    added_at: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording that was listened to whole, on the recording's clock, `[start_ms,
    end_ms)`. Where there was no `speech`, nothing was transcribed."""

    id: str
    document_id: str
    start_ms: int
    end_ms: int
    speech: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """A label of the codebook. A code without a parent is a theme.

    `colour` is a name of `coder.domain.palette`; `key` the single character that applies the code;
    `examples` are the ids of the codings that were pinned to show what the code means.
    `merged_into` is said of a code at the moment it goes: the id of the code that took its place,
    to which tags follow that others put on it meanwhile in their copies.
    """

    id: str
    name: str
    parent_id: str | None = None
    position: int = 0
    colour: str = ""
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    key: str = ""
    examples: tuple[str, ...] = ()
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code put on the passage `[start, end)` of a document by a coder, with its exact words."""

    id: str
    document_id: str
    code_id: str
    coder_id: str
    start: int
    end: int
    quote: str
    created_at: str
    memo: str = ""
    marked: bool = False
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Memo:
    """What a coder thinks of something larger than a passage (whose memo lies in its coding).

    `of_id` is the id of the submission, document or code; empty for the project and the journal.
    `created_at` is the moment it was begun, by which the journal is read.
    """

    id: str
    about: About
    of_id: str
    coder_id: str
    created_at: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a coder is with a document: when they came to its end, and when they declared that
    they have coded it; empty where they have not. Its id is made of the two others, so that every
    copy of a project gives the same.
    """

    id: str
    document_id: str
    coder_id: str
    read_at: str = ""
    coded_at: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was received; its id is the SHA-256 of its bytes, under which it is kept."""

    id: str
    name: str
    bytes: int
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one thing that was given to the project: the account of evidence.

    `path` is the file that was given and `inside` the place in it where it holds several (a member
    of a zip, a mail of a mailbox, a row of a table); `original` is the SHA-256 of the thing's own
    bytes and `container` that of the file it came in, empty where it came by itself.
    """

    id: str
    at: str
    path: str
    outcome: str
    submission_id: str | None = None
    original: str = ""
    what: str = ""
    inside: str = ""
    container: str = ""
