"""The files of a project that comes in: taken out, read where the document has no words of theirs,
and kept as originals."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from coder.domain.draft import Draft, DraftDocument, Source
from coder.domain.errors import EvidenceError
from coder.domain.interchange import Kind, SourceFile
from coder.domain.model import Document, Original
from coder.ingest.packed.shelf import Shelf
from coder.ingest.refi.file import RefiFile
from coder.ingest.safe import read_many
from coder.jobs import Job
from coder.project.exchange.extras import Extras
from coder.project.exchange.report import Losses
from coder.store.store import Store

RECORDINGS = (Kind.AUDIO, Kind.VIDEO)
WITHDRAWN_HERE = (
    "sources withdrawn",
    "They were withdrawn here, so they were not brought in again.",
)
"""What is lost, and why, where a file holds what may not come back."""


@dataclass(frozen=True, slots=True)
class File:
    """What came with a source: the original that is kept, and what could be read from it."""

    original: Original | None = None
    draft: DraftDocument | None = None


_NONE = File()


class Files:
    """The files of the sources that are to come in. `wanted` says whether they are kept, or only
    looked at. What was kept and not needed in the end is removed again when it is closed.
    `withdrawn` are the ids of sources whose files were withdrawn here: they may not come in."""

    def __init__(
        self, store: Store, file: RefiFile, extras: Extras, losses: Losses, *, wanted: bool
    ) -> None:
        self._store = store
        self._file = file
        self._extras = extras
        self._losses = losses
        self._wanted = wanted
        self._traces = store.traces
        self.withdrawn: set[str] = set()
        self._of: dict[str, File] = {}
        self._kept: list[Original] = []
        self._folder = tempfile.TemporaryDirectory(prefix="evidence-coder-")
        self._shelf = Shelf(Path(self._folder.name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()
        self._store.drop_unused(self._kept)

    def take(self, sources: Iterable[SourceFile], job: Job) -> None:
        """Takes out what belongs to these sources. Raises EvidenceError, Cancelled."""
        every = list(sources)
        to_read: dict[str, Source] = {}
        for done, source in enumerate(every):
            job.check()
            job.report(done, len(every), f"Taking out {source.name}")
            found = self._take(source)
            if found is not None and self._has_no_words(source):
                to_read[source.id] = found
            elif found is not None and found.path is not None:
                self._discard(found.path)
        outcomes = read_many(list(to_read.values()), job, into=Path(self._folder.name))
        for source_id, (_, outcome) in zip(to_read, outcomes, strict=True):
            if isinstance(outcome, Draft) and outcome.documents:
                kept = self._of[source_id]
                self._of[source_id] = File(kept.original, outcome.documents[0])

    def of(self, source_id: str) -> File:
        """What came with a source."""
        return self._of.get(source_id, _NONE)

    def _take(self, source: SourceFile) -> Source | None:
        path, name = self._named(source)
        found = self._file.file(path, name, self._shelf)
        if found is None:
            if source.kind is not Kind.TEXT and not self._file.project.ours:
                why = "The project file does not hold them."
                self._losses.add("files missing", why, source.name)
            return None
        digest = found.sha256()
        ref = self._traces.of(digest)
        if ref:
            self._losses.add(*WITHDRAWN_HERE, ref)
            self.withdrawn.add(source.id)
            return None
        self._of[source.id] = File(self._keep(found, digest))
        return found

    def _discard(self, path: Path) -> None:
        """Removes what was taken out, and nothing that lies elsewhere."""
        if path.is_relative_to(self._folder.name):
            path.unlink(missing_ok=True)

    def _named(self, source: SourceFile) -> tuple[str, str]:
        """Where the original of a source lies, and what it is called."""
        document = self._extras.record(Document, source.id)
        own = self._extras.record(Original, document.original) if document else None
        if document is not None and own is None:
            return "", source.name
        if own is not None:
            path = self._extras.said(Original, own.id, "path")
            return (path if isinstance(path, str) else ""), own.name
        text = source.text
        path = source.path or (text.rich or text.plain if text and source.kind is Kind.TEXT else "")
        ending = PurePosixPath(path).suffix.lower()
        name = source.name or "source"
        return path, name if name.lower().endswith(ending) else f"{name}{ending}"

    def _keep(self, found: Source, digest: str) -> Original:
        known = self._store.read.original(digest)
        if known or not self._wanted:
            return known or Original(digest, found.name, found.size(), found.media_type())
        kept = self._store.keep_original(found)
        self._kept.append(kept)
        return kept

    def _has_no_words(self, source: SourceFile) -> bool:
        """Whether the file must say for itself what is in it: of another program's recordings how
        long they are, of anything else the words where the document does not tell them."""
        if self._file.project.ours:
            return False
        if source.kind in RECORDINGS or source.text is None:
            return True
        with suppress(EvidenceError):
            return self._file.text(source.text) is None
        return True
