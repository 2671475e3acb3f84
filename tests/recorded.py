"""Recordings in a project, and transcripts as a machine begins them."""

from __future__ import annotations

from pathlib import Path

from coder.domain.model import Document, DocumentKind, new_id
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
