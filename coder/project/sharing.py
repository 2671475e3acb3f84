"""Sharing a copy with a colleague as one file, and opening one that was shared."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from coder.domain.errors import EvidenceError, Refused, Unreadable
from coder.domain.model import Coder, Status
from coder.domain.text import counted, listed
from coder.export.atomic import whole
from coder.jobs import Job
from coder.project.exchange.report import Left, Losses
from coder.project.exchange.whole import recordings, zip_folder
from coder.store import sealed
from coder.store.connection import DATABASE, sentence
from coder.store.folders import whole_or_nothing
from coder.store.originals import FOLDER
from coder.store.sharing import Cut, CutOut, cut
from coder.store.store import Store

ENDING = ".evidence"
"""What the file of a shared copy is called by us; what it is, its content says."""

SHORTEST = sealed.SHORTEST
"""So many characters a passphrase must have."""

_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class ShareOptions:
    """What a colleague gets: the files as they were received, with the recordings or without;
    these submissions, by reference, or all; and with `blind` nobody's tags but those of `to`, the
    colleague's name, so that they code unseen. With a `passphrase` the file is sealed."""

    to: str = ""
    refs: tuple[str, ...] = ()
    originals: bool = True
    recordings: bool = True
    blind: bool = False
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What was shared: the file, how many submissions, tags and files are in it, what was left out,
    and whether a passphrase opens it."""

    path: Path
    submissions: int
    codings: int
    files: int
    left: tuple[Left, ...]
    sealed: bool

    def __str__(self) -> str:
        held = (
            counted(self.submissions, "submission"),
            counted(self.codings, "tag"),
            counted(self.files, "file"),
        )
        shut = "It opens with the passphrase only." if self.sealed else "Anybody can open it."
        return f"{listed(list(held))}. {shut}"

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {
            "path": str(self.path),
            "submissions": self.submissions,
            "codings": self.codings,
            "files": self.files,
            "sealed": self.sealed,
            "left": [one.as_json() for one in self.left],
        }


class Sharing:
    """Copies of the project for colleagues. What they do in them comes back by a merge."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def share(self, path: Path, options: ShareOptions, job: Job | None = None) -> Shared:
        """Writes a copy of the project to `path`, whole or not at all. It is for the team: nothing
        in it is masked. Raises Refused for a short passphrase, NotFound for a reference that is not
        there, EvidenceError, Cancelled; then nothing is written."""
        if options.passphrase:
            sealed.refuse_weak(options.passphrase)
        job = job or Job()
        with self._store.still():
            return self._share(path, options, job)

    def _share(self, path: Path, options: ShareOptions, job: Job) -> Shared:
        losses = Losses()
        wanted = self._cut(options)
        with tempfile.TemporaryDirectory(prefix="evidence-coder-") as folder, whole(path) as target:
            job.report(0, 1, "Copying the database")
            database = Path(folder) / DATABASE
            self._store.copy_to(database)
            label = f"Share a copy{f' with {options.to}' if options.to else ''}"
            try:
                gone = cut(database, self._who(), label, wanted)
            except sqlite3.Error as problem:
                raise sentence(problem, path.name) from problem
            losses.add(
                "submissions left out",
                "They were not chosen.",
                count=gone.rows.get("submissions", 0),
            )
            losses.add("tags left out", _why(options), count=gone.rows.get("codings", 0))
            losses.add("memos left out", _why(options), count=gone.rows.get("memos", 0))
            held = _held(database)
            if options.passphrase:
                part = Path(folder) / "copy.zip"
                with part.open("w+b") as stream:
                    files = self._zip(database, stream, gone, wanted, losses, job)
                    stream.seek(0)
                    job.report(0, 1, "Sealing the file")
                    sealed.seal(stream, target, options.passphrase, job)
            else:
                files = self._zip(database, target, gone, wanted, losses, job)
        return Shared(path, *held, files, losses.told(), bool(options.passphrase))

    def _zip(
        self,
        database: Path,
        stream: Any,
        gone: CutOut,
        wanted: Cut,
        losses: Losses,
        job: Job,
    ) -> int:
        kept = [one for one in self._store.read.originals() if one.id not in gone.originals]
        common = [one for one in kept if one.id in gone.common]
        for one in common:
            losses.add("files left out", "Others that were not chosen are in them.", one.name)
            kept.remove(one)
        return zip_folder(self._store, database, stream, kept, wanted.absent, losses, job)

    def _cut(self, options: ShareOptions) -> Cut:
        read = self._store.read
        left: set[str] = set()
        if options.refs:
            chosen = {read.submission(ref).id for ref in options.refs}
            every = read.submissions()
            chosen |= {one.of_id for one in every if one.id in chosen} - {""}
            joined = [one for one in every if one.status is Status.JOINED]
            chosen |= {one.id for one in joined if one.of_id in chosen}
            left = {one.id for one in every} - chosen
        absent = set()
        if not options.originals:
            absent = {one.id for one in read.originals()}
        elif not options.recordings:
            absent = recordings(self._store)
        known = read.coder_named(options.to) if options.to else None
        return Cut(frozenset(left), options.blind, known.id if known else "", frozenset(absent))


def _why(options: ShareOptions) -> str:
    if options.blind and options.refs:
        return "They are others’, or of submissions that were not chosen."
    if options.blind:
        return "They are others’, and the copy is to be coded unseen."
    return "They are of submissions that were not chosen."


def _held(database: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(database)) as copy:
        counts = [
            copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("submissions", "codings")
        ]
    return counts[0], counts[1]


@contextmanager
def unpacked(path: Path, passphrase: str = "", job: Job | None = None) -> Iterator[Path]:
    """The project folder in a shared copy or a zip of a project, for as long as the body runs; a
    folder is given as it is. Raises Refused where a passphrase is needed, WrongPassphrase,
    Unreadable for what is no copy of a project, EvidenceError where it was changed or cut off,
    Cancelled."""
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="evidence-coder-") as folder:
        inner = Path(folder) / "copy"
        inner.mkdir()
        _unpack(path, inner, passphrase, job or Job())
        yield inner


def open_shared(path: Path, folder: Path, passphrase: str = "", job: Job | None = None) -> None:
    """Makes a project in a new or empty folder of a shared copy, to be opened and worked on there.
    Raises as `unpacked` does, and Refused where the folder is not empty; then nothing is left."""
    with whole_or_nothing(folder):
        _unpack(path, folder, passphrase, job or Job())


def is_project(folder: Path) -> bool:
    """Whether a folder is that of a project."""
    return (folder / DATABASE).is_file()


def is_copy(path: Path) -> bool:
    """Whether this is a project's folder, or a file that `is_shared`."""
    return is_project(path) or is_shared(path)


def is_shared(path: Path) -> bool:
    """Whether a file is a shared copy, sealed or not, or a zip of a project's folder."""
    try:
        refuse_strange(path)
    except EvidenceError:
        return False
    return True


def refuse_strange(path: Path) -> None:
    """Looks whether a file is a shared copy or a zip of a project, without unpacking it. Raises
    Unreadable where it is none, EvidenceError for one that was cut off or cannot be read."""
    try:
        if sealed.is_sealed(path):
            return
        with _archive(path, path.name) as archive:
            _root(archive, path.name)
    except OSError as problem:
        raise sentence(problem, path.name) from problem


def needs_passphrase(path: Path) -> bool:
    """Whether a file opens with a passphrase only."""
    try:
        return path.is_file() and sealed.is_sealed(path)
    except OSError:
        return False


def _unpack(path: Path, folder: Path, passphrase: str, job: Job) -> None:
    try:
        if not sealed.is_sealed(path):
            _unzip(path, folder, path.name, job)
            return
        if not passphrase:
            raise Refused(
                f"“{path.name}” opens with a passphrase only.",
                "Ask whoever shared it for the passphrase.",
            )
        with tempfile.TemporaryDirectory(prefix="evidence-coder-") as place:
            part = Path(place) / "copy.zip"
            with path.open("rb") as source, part.open("wb") as target:
                job.report(0, 1, f"Opening {path.name}")
                sealed.unseal(source, target, passphrase, path.name, job)
            _unzip(part, folder, path.name, job)
    except OSError as problem:
        raise sentence(problem, path.name) from problem


def _unzip(path: Path, folder: Path, name: str, job: Job) -> None:
    """Takes the database and the originals out of a zip, and nothing else that may be in it."""
    with _archive(path, name) as archive:
        root = _root(archive, name)
        members = [one for one in archive.infolist() if not one.is_dir()]
        for done, member in enumerate(members):
            job.report(done, len(members), f"Unpacking {name}")
            inside = _inside(PurePosixPath(member.filename), root)
            if inside is not None:
                _take_out(archive, member, folder / inside, job)


@contextmanager
def _archive(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The zip in a file, for as long as the body runs, in which damage is told in a sentence."""
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            raise _none(name)
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except _BROKEN as problem:
        raise _cut_off(name) from problem


def _root(archive: zipfile.ZipFile, name: str) -> PurePosixPath:
    """The folder in a zip in which a project lies. Raises Unreadable where there is not just one.
    In what is left of a zip that was cut off, its end may be that of a Word file inside it: then
    its first member does not lie at the beginning."""
    members = archive.infolist()
    if members and min(one.header_offset for one in members) > 0:
        raise _cut_off(name)
    paths = [PurePosixPath(one.filename) for one in members]
    roots = [path.parent for path in paths if path.name == DATABASE]
    if len(roots) != 1:
        raise _none(name)
    return roots[0]


def _cut_off(name: str) -> EvidenceError:
    return EvidenceError(
        f"“{name}” was changed or cut off on its way.", "Ask for it to be sent again."
    )


def _none(name: str) -> Unreadable:
    return Unreadable(
        f"“{name}” is no copy of an inquiry.",
        "Choose a file that Evidence Coder has shared, or the folder of an inquiry.",
    )


def _inside(member: PurePosixPath, root: PurePosixPath) -> Path | None:
    """Where in a project's folder a member belongs; None for what does not belong there."""
    if root not in member.parents:
        return None
    parts = member.relative_to(root).parts
    if ".." in parts or any(":" in part or "\\" in part for part in parts):
        return None
    if parts == (DATABASE,) or (parts[0] == FOLDER and len(parts) == 3):
        return Path(*parts)
    return None


def _take_out(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, job: Job) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            job.check()
            out.write(chunk)
