"""The project's folder as one file: database, originals, and nothing of who has it open."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import IO

from coder.domain.model import DocumentKind, Original
from coder.export.atomic import whole
from coder.jobs import Job
from coder.project.exchange.report import HandedOver, Losses
from coder.store.connection import DATABASE
from coder.store.store import Store

NOTE = (
    "It is the whole project with its history, for the team and not for publication. Unpack it to"
    " go on with it."
)
_CHUNK = 1 << 20


def pack_folder(store: Store, path: Path, job: Job, *, media: bool) -> HandedOver:
    """Writes the project's folder as a zip, whole or not at all; without `media` the originals of
    recordings stay out. Raises EvidenceError, Cancelled."""
    losses = Losses()
    absent = set() if media else recordings(store)
    with tempfile.TemporaryDirectory(prefix="evidence-coder-") as folder, whole(path) as stream:
        job.report(0, 1, "Copying the database")
        copy = Path(folder) / DATABASE
        store.copy_to(copy)
        files = zip_folder(store, copy, stream, store.read.originals(), absent, losses, job)
    return HandedOver(path, _holds(store, files), losses.told(), NOTE)


def recordings(store: Store) -> set[str]:
    """The SHA-256 of the originals that are recordings."""
    return {one.original for one in store.read.documents() if one.kind is DocumentKind.MEDIA}


def zip_folder(
    store: Store,
    database: Path,
    stream: IO[bytes],
    originals: Sequence[Original],
    absent: Collection[str],
    losses: Losses,
    job: Job,
) -> int:
    """Writes this database with these originals, but those that are to be `absent`, as a zip of a
    project folder; gives how many originals there are in it. Raises OSError, Cancelled."""
    heard, files = recordings(store), 0
    with zipfile.ZipFile(stream, "w") as archive:
        _put(archive, database, f"{store.folder.name}/{DATABASE}", job, packed=True)
        for done, original in enumerate(originals, start=1):
            job.report(done, len(originals) + 1, f"Packing {original.name}")
            if original.id in absent:
                what = "recordings" if original.id in heard else "files"
                losses.add(f"{what} left out", "They were not wanted.", original.name)
            elif (lies := store.original_path(original)).is_file():
                inside = lies.relative_to(store.folder).as_posix()
                _put(archive, lies, f"{store.folder.name}/{inside}", job)
                files += 1
            else:
                losses.add("originals missing", "They are not in the project.", original.name)
    return files


def _put(
    archive: zipfile.ZipFile, path: Path, name: str, job: Job, *, packed: bool = False
) -> None:
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with path.open("rb") as source, archive.open(member, "w", force_zip64=True) as inside:
        while chunk := source.read(_CHUNK):
            job.check()
            inside.write(chunk)


def _holds(store: Store, files: int) -> dict[str, int]:
    read = store.read
    return {
        "submissions": read.count_submissions(),
        "documents": len(read.documents()),
        "codes": len(read.codes()),
        "codings": sum(codings for codings, _ in read.code_counts().values()),
        "memos": read.count_memos(),
        "coders": len(read.coders()),
        "files": files,
    }
