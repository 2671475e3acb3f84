"""Interchange: the whole project out to other programs, and theirs in (REFI-QDA 1.5)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError
from coder.domain.model import Coder
from coder.jobs import Job
from coder.project.exchange.report import HandedOver, Left, TakenOver
from coder.store.store import Store

__all__ = ["HandedOver", "Interchange", "Left", "TakenOver", "is_project_file"]


class Interchange:
    """The whole project as one file, going out and coming in."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def export(self, path: Path, *, media: bool = True, job: Job | None = None) -> HandedOver:
        """Writes the whole project to `path`, whole or not at all: `.qdpx` for other programs, or
        `.zip`, the project's folder with all of its history. Without `media` recordings stay out.

        It is a paper for the team: nothing is masked, and what may not be published is in it.
        Raises EvidenceError for another ending or a file that cannot be written, Cancelled.
        """
        from coder.project.exchange.hand_over import hand_over
        from coder.project.exchange.whole import pack_folder

        writers = {".qdpx": hand_over, ".zip": pack_folder}
        writer = writers.get(path.suffix.lower())
        if writer is None:
            raise EvidenceError(
                f"“{path.name}” does not end in a kind of file that a project can be.",
                "Use .qdpx for other programs, .zip for the whole project folder, or .qdc for the"
                " codebook alone.",
            )
        with self._store.still():
            return writer(self._store, path, job or Job(), media=media)

    def bring_in(
        self,
        path: Path,
        job: Job | None = None,
        *,
        dry_run: bool = False,
        founding: bool = False,
    ) -> TakenOver:
        """Brings in a project file (`.qdpx`, `.qde`) of another program or of ours, in one step
        that undo takes back. What is here already stays as it is, so a file that is brought in
        twice changes nothing; with `dry_run` nothing is written. `founding` says that the project
        was made for this file and is told by it what the inquiry is.

        Raises Unreadable for what is no such file, Refused where the project is open for reading
        only, Cancelled; then nothing of it is here.
        """
        from coder.project.exchange.take_over import take_over

        return take_over(
            self._store, self._who(), path, job or Job(), dry_run=dry_run, founding=founding
        )


def is_project_file(path: Path) -> bool:
    """Whether a file is a REFI-QDA project, by its content, whatever its name; False also where it
    cannot be read."""
    from coder.ingest.refi.package import is_project_file as is_one

    return path.is_file() and is_one(Source.of(path))
