"""Another copy of a project, read without trusting it and without touching it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sqlite_utils import Database

from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.jobs import Job
from coder.store import backup, brought, chain, originals, schema
from coder.store.connection import DATABASE, connect, damaged, refuse_closed, sentence
from coder.store.folders import can_read_with_log

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_DAMAGE = (sqlite3.Error, OSError, TypeError, ValueError, LookupError, zipfile.BadZipFile)


@dataclass(slots=True)
class Foreign:
    """A sound copy of the project, brought up to date apart from where it lies. `name` is how it is
    called."""

    name: str
    db: sqlite3.Connection
    path: Path

    @contextmanager
    def original(self, digest: str, name: str) -> Iterator[BinaryIO | None]:
        """The bytes of an original, None where this copy has none."""
        if self.path.is_dir():
            lies = originals.path_of(self.path, digest, name)
            found = lies if lies.is_file() else next(lies.parent.glob(f"{digest}*"), None)
            if found is None:
                yield None
                return
            with found.open("rb") as stream:
                yield stream
            return
        try:
            with zipfile.ZipFile(self.path) as archive:
                inside = _inside(archive, digest)
                if inside is None:
                    yield None
                    return
                with archive.open(inside) as stream:
                    yield stream  # type: ignore[misc]
        except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
            raise _cut_off(self.name) from problem

    def has(self, digest: str) -> bool:
        """Whether this copy has the bytes of an original."""
        with self.original(digest, "") as found:
            return found is not None


def _inside(archive: zipfile.ZipFile, digest: str) -> str | None:
    """The name under which an original lies in an archive."""
    for name in archive.namelist():
        path = PurePosixPath(name)
        if path.stem == digest and originals.FOLDER in path.parts:
            return name
    return None


@contextmanager
def opened(path: Path, inquiry_id: str, job: Job) -> Iterator[Foreign]:
    """Another copy of the inquiry with this id: a project folder, or the zip of one.

    Raises NotFound where there is none, Refused for another inquiry, one of a newer version, and
    one that was altered, EvidenceError for one that is damaged. Nothing is changed where it lies.
    """
    name = path.name
    with tempfile.TemporaryDirectory(prefix="evidence-coder-merge-") as folder:
        apart = Path(folder) / DATABASE
        _fetch(path, apart)
        job.check()
        with _connected(apart, name) as db:
            _refuse_unsound(db, name, inquiry_id, job)
            yield Foreign(name, db, path)


@contextmanager
def _connected(apart: Path, name: str) -> Iterator[sqlite3.Connection]:
    try:
        db = connect(apart.parent, write=True)
    except sqlite3.Error as problem:
        raise sentence(problem, name) from problem
    with closing(db):
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA trusted_schema = OFF")
        yield db


def _fetch(path: Path, apart: Path) -> None:
    """Copies the database of a project folder or zip, as it is at this moment."""
    try:
        if path.is_dir():
            refuse_closed(path)
            if not (path / DATABASE).is_file():
                raise NotFound(
                    f"“{path.name}” is not a project of Evidence Coder.",
                    f"A project is a folder with a file {DATABASE} in it, or a zip of one.",
                )
            frozen = not can_read_with_log(path)
            with closing(connect(path, write=False, frozen=frozen)) as reader:
                backup.copy(reader, apart)
        elif path.is_file():
            _unpack(path, apart)
        else:
            raise NotFound(f"There is no “{path}”.", "Name a project folder, or the zip of one.")
    except (sqlite3.Error, OSError) as problem:
        raise sentence(problem, path.name) from problem


def _unpack(path: Path, apart: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [one for one in archive.namelist() if PurePosixPath(one).name == DATABASE]
            if len(inside) != 1:
                raise NotFound(
                    f"“{path.name}” is not a copy of a project.",
                    "Choose the folder of a project, or a file that Evidence Coder has shared.",
                )
            with archive.open(inside[0]) as stream, apart.open("wb") as out:
                shutil.copyfileobj(stream, out, 1 << 20)
    except _BROKEN as problem:
        raise _cut_off(path.name) from problem


def _cut_off(name: str) -> EvidenceError:
    return EvidenceError(
        f"“{name}” is cut off or damaged.", "Ask for the file to be sent once more."
    )


def _refuse_unsound(db: sqlite3.Connection, name: str, inquiry_id: str, job: Job) -> None:
    try:
        schema.refuse_foreign(Database(db), name)
        schema.refuse_newer(Database(db), name)
        mine = [row[0] for row in db.execute("SELECT id FROM inquiry")]
        if mine != [inquiry_id]:
            raise Refused(
                f"“{name}” is another inquiry, and no copy of this one.",
                "Choose a copy of this one. Others can be opened apart from it.",
            )
        for row in db.execute("PRAGMA quick_check(1)"):
            if row[0] != "ok":
                raise damaged(name)
        schema.migrations.apply(Database(db))
        job.check()
        findings = chain.verify(db) + brought.verify(db)
    except EvidenceError:
        raise
    except _DAMAGE as problem:
        raise damaged(name) from problem
    if findings:
        raise Refused(
            f"“{name}” was altered outside the program: {findings[0]}",
            "Nothing was taken from it. Ask for a fresh copy, or look at it with `verify`.",
        )


def refuse_forked(ours: sqlite3.Connection, theirs: Foreign) -> None:
    """Raises Refused where both copies went on in one and the same sitting, which no copy does that
    this version has opened."""
    mine = {
        (row[0], row[1]): row[2]
        for table in ("steps", "brought_steps")
        for row in ours.execute(f"SELECT origin, seq, id FROM {table}")  # noqa: S608
    }
    for table in ("steps", "brought_steps"):
        for row in theirs.db.execute(f"SELECT origin, seq, id FROM {table}"):  # noqa: S608
            if mine.get((row[0], row[1]), row[2]) != row[2]:
                raise Refused(
                    f"“{theirs.name}” and this project went on from one copy under an earlier"
                    " version of the program, which cannot be brought together.",
                    "Hand the tags over with `export` and `import` of a .qdpx file.",
                )
