"""Drafts as the records that a project keeps of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from coder.domain.draft import Draft, DraftDocument
from coder.domain.model import (
    Document,
    DocumentKind,
    Original,
    Receipt,
    Segment,
    Submission,
    new_id,
    now,
)
from coder.project.plan import Thing
from coder.project.survey import spoken


def told(draft: Draft, document: DraftDocument) -> tuple[str, ...]:
    """What a person must know of a document; the first of a draft also tells which parts of the
    whole were skipped."""
    if document is not draft.documents[0]:
        return document.problems
    return (*(sentence(one.part, one.what) for one in draft.problems), *document.problems)


def sentence(part: str, what: str) -> str:
    """What is the matter with a part, named where the sentence does not name it already."""
    return f"{part}: {what}" if part and f"“{part}”" not in what else what


def document_of(
    draft: DraftDocument,
    submission: Submission,
    position: int,
    original: Original,
    problems: tuple[str, ...],
    recording: Document | None,
) -> Document:
    """The document that a draft makes in a submission; a transcript also with its recording."""
    return Document(
        new_id(),
        submission.id,
        position,
        draft.title,
        draft.kind,
        draft.text,
        draft.paragraphs,
        original.id,
        original.media_type,
        draft.media_ms or (recording.media_ms if recording else None),
        recording.id if recording else None,
        problems,
        draft.machine,
        draft.silent,
        draft.question,
    )


def segments_of(document: Document, draft: DraftDocument) -> Iterator[Segment]:
    """The segments of a transcript that was sent in: a line each of its text."""
    for position, one in enumerate(draft.segments):
        yield Segment(
            new_id(), document.id, position, one.start_ms, one.end_ms, one.text, one.speaker
        )


def recording_of(draft: DraftDocument, recordings: dict[str, Document]) -> Document | None:
    """The recording of its name that a transcript was made of."""
    if draft.kind is not DocumentKind.TRANSCRIPT:
        return None
    name = stem(draft.title)
    return recordings.get(name) or recordings.get(spoken(name))


def stem(title: str) -> str:
    """A file's name without folder, ending and case, by which two belong together."""
    return PurePosixPath(title.replace("\\", "/")).stem.casefold()


def receipt(thing: Thing, outcome: str, what: str, submission: str | None = None) -> Receipt:
    """What became of a thing, for the account of evidence."""
    return Receipt(
        new_id(),
        now(),
        thing.path,
        outcome,
        submission,
        thing.digest,
        what,
        thing.inside,
        thing.container,
    )
