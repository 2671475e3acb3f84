"""A project as programs for qualitative analysis hand it to one another (REFI-QDA 1.5): what is
written into such a file, and what is read out of one.

It knows nothing of how a project is kept here. Ids are the GUIDs of the standard as 32 hexadecimal
digits in lower case. Positions are code points, half-open, in what is written; in what was read
from a file they are in whatever units that file counts (`coder.ingest.refi.units`). Times are
milliseconds; moments are ISO 8601 as they stand in the file, and empty where none is given.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.palette import called

ORIGIN = "Evidence Coder"
"""With what the origin of a file begins that was written here."""

LARGEST = 2**31 - 1
"""Bytes that a file inside a project file may have (standard, 8.3)."""

EXTRAS = "evidence-coder.jsonl"
"""The member of a project file in which we keep, for ourselves, what the standard has no place
for: a line of JSON for each row, `[table, row]`. Other programs pass over it."""

_OURS = uuid.UUID("5b1d3f0e-8c52-5a0b-9d0e-2f6a7c41e3b9")
_GUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


class Kind(StrEnum):
    """What a source is."""

    TEXT = "TextSource"
    PICTURE = "PictureSource"
    PDF = "PDFSource"
    AUDIO = "AudioSource"
    VIDEO = "VideoSource"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who coded."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeNode:
    """A code; those above stand before it. `colour` is `#rrggbb` or empty; `notes` are ids of
    notes about it."""

    id: str
    name: str
    parent: str = ""
    colour: str = ""
    description: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that is known of cases or sources. `type` is a word of the standard."""

    id: str
    name: str
    type: str = "Text"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody or something that sources are about or from: `values` are variables by their ids,
    `sources` ids. `parts` and `codes` count references to selections and codes."""

    id: str
    name: str
    description: str = ""
    values: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    parts: int = 0
    codes: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A memo: its words, or the file inside (`path`) that holds them."""

    id: str
    text: str
    name: str = ""
    user: str = ""
    at: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A coding: a code on the selection or source that it stands in."""

    id: str
    code: str
    user: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a text, `[start, end)`; or where `timed`, of a recording in milliseconds. In a
    transcript it runs from one sync point to another, whose ids `sync` names. `start` is None
    where a file does not say."""

    id: str
    start: int | None
    end: int | None
    tags: tuple[Tag, ...] = ()
    name: str = ""
    description: str = ""
    user: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()
    sync: tuple[str, str] = ("", "")
    timed: bool = False


@dataclass(frozen=True, slots=True)
class SyncPoint:
    """A place in a transcript and when it is spoken, either of which a file may leave out."""

    id: str
    position: int | None
    ms: int | None


@dataclass(frozen=True, slots=True)
class Text:
    """A text with what is selected in it: its words, or the files inside that hold them as plain
    and as rich text. `sync` is empty for what is no transcript."""

    id: str
    name: str = ""
    content: str | None = None
    plain: str = ""
    rich: str = ""
    selections: tuple[Selection, ...] = ()
    tags: tuple[Tag, ...] = ()
    notes: tuple[str, ...] = ()
    sync: tuple[SyncPoint, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source: a text, or a recording, picture or PDF with its file (`path`) and the texts that
    go with it. `tags` and `selections` are on the file itself; `areas` counts selections of pages
    and pictures, which have no words."""

    id: str
    kind: Kind
    name: str
    text: Text | None = None
    path: str = ""
    transcripts: tuple[Text, ...] = ()
    selections: tuple[Selection, ...] = ()
    tags: tuple[Tag, ...] = ()
    notes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    description: str = ""
    user: str = ""
    areas: int = 0


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A whole project. `notes` are ids of notes about it as a whole, `all_notes` the notes
    themselves; `unknown` counts elements of the file, by their names, that are not read."""

    name: str
    origin: str = ""
    created: str = ""
    description: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[CodeNode, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: Iterable[SourceFile] = ()
    all_notes: Iterable[Note] = ()
    notes: tuple[str, ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()

    @property
    def ours(self) -> bool:
        """Whether it was written here."""
        return self.origin.startswith(ORIGIN)


def guid(record_id: str) -> str:
    """An id as the standard writes it, `xxxxxxxx-xxxx-…`; one that is no UUID gets a GUID that is
    always the same."""
    bare = id_of(record_id)
    return f"{bare[:8]}-{bare[8:12]}-{bare[12:16]}-{bare[16:20]}-{bare[20:]}"


def id_of(text: str) -> str:
    """The id that a GUID means, whatever its case, with braces or without. Of what is no GUID an id
    that is always the same."""
    bare = text.strip().strip("{}").lower()
    return bare.replace("-", "") if _GUID.fullmatch(bare) else derived(text)


def derived(*parts: object) -> str:
    """An id that is always the same for the same parts, for what has none of its own here."""
    return uuid.uuid5(_OURS, " ".join(map(str, parts))).hex


def palette_colour(text: str) -> str:
    """The colour of the palette that is nearest to a colour of a file, `#rgb`, `#rrggbb`, or as
    some programs have it with the opacity before it, `#aarrggbb`; empty for anything else."""
    digits = text.strip().lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return called(f"#{digits[-6:]}") if len(digits) in (6, 8) else ""


# What is said of a code is one text there, and three here.

_MARKS = {"use_when": "Use when:", "not_when": "Do not use when:"}


def described(definition: str, use_when: str, not_when: str) -> str:
    """The three texts on a code as one: each of the last two begins below a line of its own. A line
    of the texts that looks like one of these gets a backslash before it."""
    parts = [_escaped(definition)] if definition else []
    for mark, text in zip(_MARKS.values(), (use_when, not_when), strict=True):
        if text:
            parts.append(f"{mark}\n{_escaped(text)}")
    return "\n\n".join(parts)


def told(description: str) -> tuple[str, str, str]:
    """Definition, when to use a code and when not, as `described` wrote them; of another text all
    of it is the definition."""
    texts: dict[str, list[str]] = {"definition": []}
    current = texts["definition"]
    for line in description.split("\n"):
        name = next((name for name, mark in _MARKS.items() if line == mark), "")
        if name and name not in texts:
            _drop_gap(current)
            current = texts[name] = []
        else:
            current.append(line[1:] if _is_escaped(line) else line)
    whole = {name: "\n".join(lines) for name, lines in texts.items()}
    return whole["definition"], whole.get("use_when", ""), whole.get("not_when", "")


def _escaped(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"\\{line}" if _marked(line) else line for line in lines)


def _marked(line: str) -> bool:
    return line.lstrip("\\") in _MARKS.values()


def _is_escaped(line: str) -> bool:
    return line.startswith("\\") and _marked(line)


def _drop_gap(lines: list[str]) -> None:
    """Takes away the empty line that stands between two texts."""
    if lines and not lines[-1]:
        lines.pop()
