"""The bytes of a recording as they were received: nothing else is ever listened to."""

from __future__ import annotations

from pathlib import Path

from coder.domain.errors import EvidenceError, Refused
from coder.domain.model import Document
from coder.jobs import Job
from coder.store.store import Store
from coder.transcribe.checksums import sha256


def as_received(store: Store, media: Document, job: Job) -> Path:
    """Where a recording's bytes lie, after a look whether they are those that came in. Raises
    Refused where what is heard could not be kept, NotFound where they have gone, EvidenceError
    where they are others or cannot be read, Cancelled."""
    if store.read_only:
        raise Refused(
            "The project is open for reading only, so what is heard could not be kept.",
            "Open it again when nobody else is at work in it.",
        )
    path = store.original_file(media)
    job.report(0, 0, f"Checking “{media.title}”")
    try:
        digest = sha256(path, job)
    except OSError as problem:
        raise EvidenceError(
            f"The recording “{media.title}” cannot be read ({problem.strerror}).",
            "See whether the disk with the project is there and sound, and try again.",
        ) from problem
    if digest != media.original:
        raise EvidenceError(
            f"The recording “{media.title}” is no longer the file that was imported.",
            f"Put the file as it was received back to “{path}”; nothing was listened to.",
        )
    return path
