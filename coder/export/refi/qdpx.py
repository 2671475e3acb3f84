"""Writes a REFI-QDA project file: a zip of the project document and a flat folder of files."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from coder.domain.interchange import EXTRAS, ProjectFile, guid
from coder.export.atomic import whole
from coder.export.refi.qde import write_qde

DOCUMENT = "project.qde"
FOLDER = "sources"
_CHUNK = 1 << 20
_IN_MEMORY = 8 << 20
_PACKS = {".txt", ".html", ".htm", ".eml", ".rtf", ".csv", ".md", ".wav"}
"""The endings of files that are worth packing."""


class Sources:
    """The folder of files in a project file that is being written. Each is put in once."""

    def __init__(self, archive: zipfile.ZipFile, check: Callable[[], None]) -> None:
        self._archive = archive
        self._check = check
        self._there: set[str] = set()

    def put_text(self, record_id: str, text: str) -> str:
        """Keeps a text as a file in UTF-8; gives the path by which the document names it."""
        return self._put(f"{guid(record_id)}.txt", io.BytesIO(text.encode("utf-8")))

    def put_file(self, record_id: str, path: Path) -> str:
        """Keeps a copy of a file; gives the path by which the document names it. Raises OSError
        where it cannot be read."""
        with path.open("rb") as stream:
            return self._put(f"{guid(record_id)}{path.suffix.lower()}", stream)

    def _put(self, name: str, stream: IO[bytes]) -> str:
        if name not in self._there:
            self._there.add(name)
            stored = Path(name).suffix not in _PACKS
            member = zipfile.ZipInfo(f"{FOLDER}/{name}")
            member.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            with self._archive.open(member, "w", force_zip64=True) as inside:
                while chunk := stream.read(_CHUNK):
                    self._check()
                    inside.write(chunk)
        return f"internal://{name}"


Extras = Iterable[tuple[str, Mapping[str, Any]]]
"""Rows of ours, each with the name of its table, for which the standard has no place."""


@contextmanager
def writing_qdpx(path: Path, check: Callable[[], None]) -> Iterator[Writing]:
    """Opens a project file to be written, whole or not at all. `check` is called between pieces and
    may raise to stop it. Raises EvidenceError where it cannot be written."""
    with whole(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        yield Writing(archive, check)


class Writing:
    """A project file that is being written."""

    def __init__(self, archive: zipfile.ZipFile, check: Callable[[], None]) -> None:
        self.sources = Sources(archive, check)
        self._archive = archive
        self._check = check

    def write(self, project: ProjectFile, extras: Extras) -> None:
        """Writes the document and our own rows. While sources are taken one by one, they may still
        put files of theirs into the folder."""
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as waiting:
            write_qde(project, waiting, self._check)
            waiting.seek(0)
            self._member(DOCUMENT, waiting)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as waiting:
            for table, row in extras:
                line = json.dumps([table, row], ensure_ascii=False, sort_keys=True)
                waiting.write(line.encode("utf-8") + b"\n")
            waiting.seek(0)
            self._member(EXTRAS, waiting)

    def _member(self, name: str, stream: IO[bytes]) -> None:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        with self._archive.open(member, "w", force_zip64=True) as inside:
            shutil.copyfileobj(stream, inside, _CHUNK)
