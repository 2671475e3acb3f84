"""Recordings in a project, and transcripts as a machine begins them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from coder.domain.model import Document, DocumentKind, Segment, Word, new_id
from coder.project import Project


def bring_films(project: Project, folder: Path, film: Path, count: int) -> list[Document]:
    """So many recordings of the same words, which differ in their bytes, each a submission."""
    paths = [folder / f"film-{number}.mp4" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(film.read_bytes() + bytes(number))
    project.intake.bring(paths)
    return [
        document
        for view in project.evidence.all()
        for document in view.documents
        if document.kind is DocumentKind.MEDIA
    ]


def drafted(media: Document) -> Document:
    """The transcript of a recording by a machine, as yet without words and not kept anywhere."""
    return Document(
        new_id(),
        media.submission_id,
        media.position,
        "film (transcript)",
        DocumentKind.TRANSCRIPT,
        original=media.original,
        source_id=media.id,
        machine_draft=True,
    )


def spoken(project: Project, recording: Path, sentences: Sequence[str]) -> Document:
    """Brings in a recording with its transcript: each sentence takes two seconds, and each of its
    words half a second from 0.25 s on. The Chair speaks."""
    project.intake.bring([recording])
    [media] = project.evidence.all()[-1].documents
    transcript = drafted(media)
    with project._store.step("Hear a recording", project.coder) as tx:
        tx.put(transcript)
        for place, text in enumerate(sentences):
            begin = place * 2000
            words = tuple(
                Word(*found.span(), at, at + 500, 0.9)
                for found, at in zip(
                    re.finditer(r"\S+", text), range(begin + 250, begin + 9000, 500), strict=False
                )
            )
            tx.put(
                Segment(
                    new_id(), transcript.id, place, begin, begin + 2000, text, "Chair", words=words
                )
            )
    return project.document(transcript.id)
