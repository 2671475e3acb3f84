"""What an exported transcript says of itself, and its words in turns: the same for every format."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from coder.domain.citation import UNCHECKED, barred
from coder.domain.model import Permission, Segment, Status
from coder.domain.pauses import Pause
from coder.domain.text import clock, counted
from coder.export.wording import day

KIND = "Transcript"
INTERNAL = (
    "Internal, not for publication: a transcript holds all that was said. No name is masked in it,"
    " not even of respondents who asked not to be named."
)
_PERMISSIONS = {
    Permission.NAMED: "may be quoted with the name",
    Permission.ANONYMOUS: "may be quoted only without the name",
    Permission.WITHHELD: "must not be published",
    Permission.UNKNOWN: "permission not known yet; until it is, nothing may be published",
}
_MADE = " (transcript)"
_UNKNOWN = "Unknown speaker"
_PARAGRAPH_MS = 30_000
"""After so many milliseconds what one person says goes on in a new paragraph, with its time."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A transcript to be written: from which inquiry and submission, how it came about, and what
    is said in it. `made_by` tells in words who or what wrote it down, `by_machine` that it was a
    machine, and `draft` that nobody has checked it since, `checked_by` who did, and when.
    `respondent` is who sent it in, with the organisation. `corrected` counts the sentences whose
    words a person changed, `problems` are what was noted when it was made, and `pauses` are those
    to be marked."""

    inquiry: str
    ref: str
    title: str
    recording: str
    media_ms: int | None
    made_by: str
    by_machine: bool
    draft: bool
    finished: bool
    corrected: int
    permission: Permission
    status: Status
    created: date
    segments: tuple[Segment, ...]
    problems: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    times: bool = True
    checked_by: tuple[str, date] | None = None
    respondent: str = ""

    @property
    def heading(self) -> str:
        """What the file is called: `SIC0031 · film`; that it is a transcript stands above it."""
        return f"{self.ref} · {self.title.removesuffix(_MADE)}"

    @property
    def standing(self) -> str:
        """Whether a person has compared it with the recording."""
        if self.draft:
            return (
                f"Machine draft, not checked. A quote from it is from an {UNCHECKED}: listen to"
                " the recording before publishing."
            )
        if self.checked_by:
            who, when = self.checked_by
            return f"Checked by {who} on {day(when)}." if who else f"Checked on {day(when)}."
        return "Checked: a person has compared it with the recording." if self.by_machine else ""

    @property
    def allowed(self) -> str:
        """What the respondent allows, in words."""
        why = barred(self.permission, self.status)
        stands = not why or why == self.permission.value
        told = _PERMISSIONS[self.permission] if stands else f"must not be published ({why})"
        return f"{self.ref}: {told}."

    def summary(self) -> str:
        """Who sent it in, when it was written, and how much it holds."""
        length = f" of {clock(self.media_ms)}" if self.media_ms else ""
        recording = f"“{self.recording}”{length}" if self.recording else ""
        said = counted(len(self.segments), "sentence")
        written = f"Exported {day(self.created)}"
        return "  ·  ".join(
            filter(None, (" ".join(self.respondent.split()), written, recording, said))
        )

    def notes(self) -> list[str]:
        """What a reader must know of the whole, the weightiest first."""
        edited = counted(self.corrected, "sentence was", "sentences were")
        return [
            note
            for note in (
                INTERNAL,
                self.allowed,
                self.standing,
                "" if self.finished else "Not finished: the recording goes on beyond its end.",
                self.made_by,
                f"{edited} corrected by hand." if self.corrected else "",
                *self.problems,
            )
            if note
        ]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph, or, where it is a `pause`, its mark, which nobody said."""

    text: str
    pause: bool = False


@dataclass(slots=True)
class Turn:
    """A paragraph of what somebody says, and when it begins, in milliseconds. `speaker` is empty
    where nobody is known and where they only go on speaking. `pause` is the mark of the silence
    before it."""

    start_ms: int
    speaker: str
    pause: str = ""
    pieces: list[Piece] = field(default_factory=list)


def turns(sheet: Sheet) -> list[Turn]:
    """The transcript in paragraphs: another where another speaks, and every half minute."""
    found: list[Turn] = []
    before, pauses = "", deque(sheet.pauses)
    for segment in sheet.segments:
        pieces = list(_pieces(segment, pauses))
        if not pieces:
            continue
        speaker = " ".join(segment.speaker.split())
        late = found and segment.start_ms - found[-1].start_ms >= _PARAGRAPH_MS
        if not found or late or speaker != before:
            named = "" if speaker == before else speaker or _UNKNOWN
            pause = pieces.pop(0).text if pieces[0].pause else ""
            found.append(Turn(segment.start_ms, named, pause))
        found[-1].pieces += pieces
        before = speaker
    return found


def _pieces(segment: Segment, pauses: deque[Pause]) -> Iterator[Piece]:
    """The segment's words, with the marks of the pauses between them, which are taken out."""
    place = segment.start
    while pauses and pauses[0].before < segment.end:
        pause = pauses.popleft()
        if words := _words(segment, place, pause.before):
            yield Piece(words)
        yield Piece(pause.shown(), pause=True)
        place = pause.before
    if words := _words(segment, place, segment.end):
        yield Piece(words)


def _words(segment: Segment, start: int, end: int) -> str:
    return " ".join(segment.text[start - segment.start : end - segment.start].split())
