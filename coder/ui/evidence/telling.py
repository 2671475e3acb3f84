"""What the desk says of a submission and of its documents, in words."""

from __future__ import annotations

from coder.domain.citation import TYPE_NAMES
from coder.domain.dates import day_shown, moment_shown
from coder.domain.model import Document, DocumentKind, Standing, Status, Submission
from coder.domain.text import clock, counted
from coder.project import Project
from coder.project.evidence import SubmissionView
from coder.project.taking import NOTHING, UNFINISHED, unfinished
from coder.ui.evidence.notices import FLAGS
from coder.ui.names import PERMISSIONS_TOLD

_TAB = 40
_HOW_ON = {
    None: "Transcribe it to go on.",
    Standing.WAITING: "It goes on in its turn.",
    Standing.HELD: "Release it in the queue to go on.",
    Standing.FAILED: "It was given up; the queue says why.",
}
"""How a transcript that is not finished goes on, by how its recording stands in the queue."""
_HOW_BEGUN = {
    None: "",
    Standing.WAITING: "It waits for its turn.",
    Standing.HELD: "It is held back in the queue.",
    Standing.FAILED: "It was given up; the queue says why.",
}
_NOTHING_HEARD = "Nothing of it has been heard yet."


def heading(view: SubmissionView) -> str:
    """The reference with the name, where there is one."""
    ref = view.submission.ref
    return f"{ref} · {view.title}" if view.title else ref


def described(submission: Submission) -> str:
    """Who is speaking, what they allow, and what is special about it."""
    if submission.status is Status.WITHDRAWN:
        received = day_shown(submission.received)
        return f"withdrawn · received {received}" if received else "withdrawn"
    parts = [
        submission.respondent if submission.organisation else "",
        TYPE_NAMES[submission.type] if submission.type != "unknown" else "type not known",
        PERMISSIONS_TOLD[submission.permission],
        f"received {day_shown(submission.received)}" if submission.received else "",
        submission.status if submission.status in (Status.INCLUDED, Status.BLANK) else "",
        *(FLAGS.get(flag, flag) for flag in submission.flags),
    ]
    return " · ".join(filter(None, parts))


def standing(project: Project, view: SubmissionView) -> tuple[str, str]:
    """What a submission is to others like it, and the reference of the one that it repeats."""
    submission, other = view.submission, view.of
    if submission.status is Status.JOINED:
        return f"Its documents are with {other} now.", other
    if submission.status is Status.DUPLICATE and other:
        return f"The same text as {other}; what differs is tinted.", other
    letters = project.evidence.letter_count(submission)
    if not letters:
        return "", ""
    count = counted(letters, "letter")
    if not other:
        return f"Stands for {count} of a campaign.", ""
    return f"One of {count} of a campaign; what {other} does not say is tinted.", other


def urgent(
    document: Document,
    recording: Document | None = None,
    standing: Standing | None = None,
    heard_ms: int = 0,
) -> list[str]:
    """The sentences about a document that no reader should miss; of a transcript also what is the
    matter with its `recording`. `standing` is how that stands in the queue, and `heard_ms` how far
    it was heard."""
    lines = []
    if unfinished(document):
        far = f"{clock(heard_ms)} of {clock(document.media_ms or 0)}"
        lines.append(f"Not finished: heard to {far}. {_HOW_ON[standing]}")
    if document.kind is DocumentKind.MEDIA and not document.silent:
        lines.append(f"This recording has no transcript yet. {_HOW_BEGUN[standing]}".rstrip())
    if _is_heard(document):
        told = (*(recording.problems if recording else ()), *document.problems)
        past = {UNFINISHED, NOTHING} if document.text else {UNFINISHED}
        lines += [one for one in dict.fromkeys(told) if one not in past]
    if document.kind is DocumentKind.DOCUMENT and not document.text:
        lines.append("No text came out of this. Type it, and attach it to this submission.")
    return lines


def draft(document: Document, doubts: str) -> str:
    """That a text is a machine's, with how much of it is in doubt; nothing where a person has
    checked it."""
    if not document.machine_draft or not (document.text or document.source_id):
        return ""
    return f"Machine draft: not yet checked by a person.{f' {doubts}.' if doubts else ''}"


def notes(document: Document) -> tuple[str, ...]:
    """What a person should know about a document and is not told at once."""
    return () if _is_heard(document) else document.problems


def checked(project: Project, document: Document) -> str:
    """Who has compared a machine's transcript with its recording, and when; nothing where nobody
    has."""
    by = project.transcripts.checked_by(document)
    return f"Checked by {by[0]}, {moment_shown(by[1])}" if by else ""


def without_doubts(document: Document | None) -> str:
    """What is said where nothing is in doubt in a transcript, as far as it was heard."""
    if document is not None and unfinished(document):
        return "Nothing is in doubt in what was heard so far. The transcript is not finished."
    return "Nothing is in doubt. Listen to the whole before you mark it as checked."


def in_place_of_text(document: Document, standing: Standing | None = None) -> str:
    """What stands where a document has no text to be read."""
    if document.kind is DocumentKind.MEDIA:
        if document.silent:
            return "This recording has no sound track, so there is nothing to transcribe."
        return "Press Transcribe to turn this recording into text, on this machine."
    if document.kind is DocumentKind.TRANSCRIPT and not unfinished(document):
        return NOTHING
    if document.kind is DocumentKind.TRANSCRIPT:
        waits = standing is Standing.WAITING
        return "The text will appear here as it is heard." if waits else _NOTHING_HEARD
    return "There is no text in this document."


def in_place_of_documents(view: SubmissionView) -> str:
    """What stands where a submission has no documents (any more)."""
    ref = view.submission.ref
    if view.submission.status is Status.WITHDRAWN:
        return f"{ref} was withdrawn.\n\nIts evidence is erased; only the reference is left."
    if view.submission.status is Status.JOINED:
        return f"{ref} was joined with {view.of}.\n\nIts documents are there now."
    return f"There is nothing in {ref}."


def tab_of(document: Document) -> str:
    """What stands on a document's tab: its title, cut where it is long."""
    title = document.title
    return title if len(title) <= _TAB else f"{title[: _TAB - 1].rstrip()}…"


def drawing_of(document: Document) -> str:
    """The icon for a document's tab, by name."""
    return {"email": "mail", "media": "recording", "transcript": "recording"}.get(
        document.kind, "document"
    )


def _is_heard(document: Document) -> bool:
    """Whether a document is a recording or was made from one: what is the matter with it is then
    never folded away, since the text does not show what is missing."""
    return document.kind is DocumentKind.MEDIA or document.source_id is not None
