"""A project folder, opened: one writer, any number of readers, and word of every change."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Coder, Document, Inquiry, Original, new_id, now
from coder.store import backup, erasure, journal, originals, schema, soundness
from coder.store.acts import MERGE, UNMERGE
from coder.store.chain import ERASURE
from coder.store.connection import (
    DATABASE,
    WriteLock,
    connect,
    damaged,
    refuse_closed,
    sentence,
    still,
)
from coder.store.erasure import Erased
from coder.store.folders import can_read_with_log, whole_or_nothing
from coder.store.journal import ACT, REDO, UNDO, MakeWay, Step, StepDone
from coder.store.reads import Reads
from coder.store.rows import Row
from coder.store.traces import Traces

Watcher = Callable[[StepDone], None]
Check = Callable[[Step], None]


def _agree(tx: Step) -> None:
    del tx


def _refuse_empty(folder: Path) -> None:
    """Raises NotFound where no project lies in a folder."""
    refuse_closed(folder)
    if not (folder / DATABASE).is_file():
        raise NotFound(
            f"“{folder}” is not a project of Evidence Coder.",
            f"A project is a folder with a file {DATABASE} in it.",
        )


def _stay(tx: Step, table: str, row_id: str, before: Row | None) -> None:
    del tx, table, row_id, before


@dataclass
class _Batch:
    """Steps that wait for one commit, and the originals that must be safe before it."""

    done: list[StepDone] = field(default_factory=list)
    waiting: originals.Waiting = field(default_factory=dict)


class Store:
    """The one door to a project's database. Open it with `create` or `open`, and close it.

    Any thread may use it: steps and batches follow one another, and each thread reads through a
    connection of its own. Watchers are called for each step after it is committed, in the thread
    that made it.

    Steps carry the id of the sitting they are made in, fresh each time the store is opened, since
    a folder may be copied and both copies go on. `clock` tells the moment, as records keep it.
    """

    def __init__(
        self, folder: Path, held: ExitStack, writer: sqlite3.Connection | None = None
    ) -> None:
        self.folder = folder
        self.clock: Callable[[], str] = now
        self.watchers: list[Watcher] = []
        self._held = held
        self._writer = writer
        self._turn = threading.RLock()
        self._copying = threading.Lock()
        self._here = threading.local()
        self._all_readers: list[sqlite3.Connection] = []
        self._frozen = writer is None and not can_read_with_log(folder)
        self._origin = new_id()

    @classmethod
    def create(cls, folder: Path, title: str, prefix: str, closes: str, coder: Coder) -> Store:
        """Makes a new project in `folder`, which must not exist or be empty.

        Raises EvidenceError where it is not, or cannot be written to; then nothing is left.
        """
        with whole_or_nothing(folder), ExitStack() as unless_made:
            store = cls._open_for_writing(folder)
            unless_made.callback(store.close)
            inquiry = Inquiry(new_id(), title, prefix, closes, now())
            with store.step(f"Make the inquiry “{title}”", coder, journal.MACHINE) as tx:
                tx.put(inquiry)
            unless_made.pop_all()
            return store
        raise AssertionError

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Store:
        """Opens the project in `folder`.

        Raises NotFound where there is none, Refused where it is open elsewhere for writing or was
        made by a newer version, Outdated where it is to be read only and an older one made it,
        EvidenceError where its database is damaged, another program's, or may not be read.
        """
        _refuse_empty(folder)
        seen = cls._open_for_reading(folder, read_only=read_only)
        if read_only:
            return seen
        seen.close()
        return cls._open_for_writing(folder)

    @classmethod
    def glance(cls, folder: Path) -> tuple[str, str]:
        """Title and prefix of the inquiry in `folder`, also of an older version. Raises as `open`
        does for reading, but not Outdated."""
        _refuse_empty(folder)
        with closing(cls._open_for_reading(folder, read_only=False)) as seen:
            found = seen.reader.execute("SELECT title, prefix FROM inquiry").fetchone()
            return (str(found[0]), str(found[1])) if found else ("", "")

    @classmethod
    def _open_for_writing(cls, folder: Path) -> Store:
        with ExitStack() as held:
            held.enter_context(WriteLock(folder))
            try:
                writer = connect(folder, write=True)
                held.callback(writer.close)
                database = Database(writer)
                schema.refuse_newer(database, folder.name)
                schema.migrations.apply(database)
                originals.sweep(folder)
            except (sqlite3.Error, OSError) as problem:
                raise sentence(problem, folder.name) from problem
            store = cls(folder, held.pop_all(), writer)
            store._finish_erasures(Erased())
            return store
        raise AssertionError

    @classmethod
    def _open_for_reading(cls, folder: Path, *, read_only: bool) -> Store:
        with ExitStack() as unless_sound:
            try:
                store = cls(folder, ExitStack())
                unless_sound.callback(store.close)
                schema.refuse_foreign(Database(store.reader), folder.name)
                schema.refuse_newer(Database(store.reader), folder.name)
                if read_only:
                    schema.refuse_older(Database(store.reader), folder.name)
            except sqlite3.Error as problem:
                raise sentence(problem, folder.name) from problem
            except UnicodeDecodeError as problem:  # SQLite quotes what it stumbled over
                raise damaged(folder.name) from problem
            unless_sound.pop_all()
            return store
        raise AssertionError

    def close(self) -> None:
        """Closes all connections and gives the lock back. The store cannot be used after."""
        with self._turn:
            for reader in self._all_readers:
                reader.close()
            self._all_readers.clear()
            self._writer = None
            self._held.close()

    @property
    def read_only(self) -> bool:
        """Whether this window may only look."""
        return self._writer is None

    @property
    def reader(self) -> sqlite3.Connection:
        """This thread's read-only connection."""
        found: sqlite3.Connection | None = getattr(self._here, "reader", None)
        if found is None:
            found = connect(self.folder, write=False, frozen=self._frozen)
            self._here.reader = found
            self._all_readers.append(found)
        return found

    @property
    def read(self) -> Reads:
        """Typed reads over what is committed; within a batch, over what it has done so far."""
        return Reads(self._seen)

    def still(self) -> AbstractContextManager[None]:
        """Lets this thread read the project as it is at one moment, whoever writes meanwhile."""
        return still(self.reader)

    @property
    def traces(self) -> Traces:
        """By what the files of withdrawn submissions are known again."""
        return Traces(self._seen)

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """Lets nobody else write in the body, so that what is read through this connection holds
        until it is written. Raises Refused where the project is open for reading only."""
        if self._writer is None:
            raise self._only_reading()
        with self._turn:
            yield self._writer

    @contextmanager
    def step(self, label: str, coder: Coder, kind: str = ACT, *, seen: str = "") -> Iterator[Step]:
        """Opens a step: what the body does becomes one act, committed whole or not at all. It
        counts as made after `seen`, the latest stamp of what it brings from another copy.

        Raises Refused where the project is open for reading only, EvidenceError where the disk is
        full or cannot be written to. A coder not seen before is written down with the step.
        """
        with self._step(label, coder, kind, None, seen) as tx:
            yield tx

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Makes the steps and originals of the body safe by one commit at its end, which is far
        faster than one each. Nothing in it is acknowledged before that.

        A step that fails takes back only itself. Where the body raises, the steps that it finished
        are committed and the error goes on. Nobody else can write meanwhile, so a batch should
        last no longer than a person waits. A batch within a batch is part of it. Raises Refused
        where the project is open for reading only, EvidenceError where the commit fails; then
        nothing of the batch is kept.
        """
        if self._batch:
            yield
            return
        if self._writer is None:
            raise self._only_reading()
        batch = _Batch()
        try:
            with self._turn:
                with self._in_sentences():
                    self._writer.execute("BEGIN IMMEDIATE")
                self._here.batch = batch
                try:
                    yield
                finally:
                    self._here.batch = None
                    self._commit(self._writer, batch)
        finally:
            self._tell(batch.done)

    def introduce(self, coder: Coder) -> None:
        """Writes down a coder who has done nothing here yet, in a step of its own."""
        with self.alone() as writer, self._in_sentences():
            if not self.read.has("coders", coder.id):
                begun, moment = f"{coder.name} begins", self.clock()
                with journal.step(
                    writer, begun, coder, self._origin, journal.MACHINE, at=moment, alone=True
                ):
                    pass

    def undo(self, coder: Coder, check: Check = _agree, make_way: MakeWay = _stay) -> str | None:
        """Takes back this coder's latest act; gives its label, or None where there is nothing.

        `check` sees the step before it is committed and may refuse it; `make_way` is told of each
        row before it is put back. Raises Refused where one of them does, and where a row has since
        been changed by somebody else.
        """
        return self._reverse(coder, UNDO, journal.undoable, check, make_way)

    def redo(self, coder: Coder, check: Check = _agree, make_way: MakeWay = _stay) -> str | None:
        """Does again what this coder's latest undo took back; gives its label, or None."""
        return self._reverse(coder, REDO, journal.redoable, check, make_way)

    def next_labels(self, coder: Coder) -> tuple[str | None, str | None]:
        """The labels of what undo and redo would do now, None where there is nothing."""
        undo = journal.undoable(self._seen, coder)
        redo = journal.redoable(self._seen, coder)
        return undo["label"] if undo else None, redo["label"] if redo else None

    def undoes_merge(self, coder: Coder) -> bool:
        """Whether it is a merge that undo would take back."""
        target = journal.undoable(self._seen, coder)
        return target is not None and target["kind"] == MERGE

    def made_by_undoable(self, coder: Coder) -> set[tuple[str, str]]:
        """The rows, by table and id, that are there by this coder's act which undo would take
        back."""
        return journal.made_by_undoable(self._seen, coder)

    def passed_over(self, coder: Coder) -> str:
        """The label of this coder's erasure, which stays, that undo would go past; or nothing."""
        return journal.passed_over(self._seen, coder)

    def keep_original(self, source: Source) -> Original:
        """Takes a file's bytes into the project under their SHA-256; gives the record to put.

        The bytes are on disk when this returns, or in a batch before it is committed, so a step
        that puts the record never points at nothing. It is done outside any step, since a
        recording may take long. Raises EvidenceError.
        """
        if self.read_only:
            raise self._only_reading()
        try:
            digest = source.sha256()
            known = self.read.original(digest)
            name = known.name if known else source.name
            if self._batch:
                kept = originals.write(self.folder, source, digest, name, self._batch.waiting)
            else:
                kept = originals.keep(self.folder, source, digest, name)
        except OSError as problem:
            raise sentence(problem, self.folder.name) from problem
        return known or Original(digest, source.name, kept.stat().st_size, source.media_type())

    def drop_unused(self, kept: Iterable[Original]) -> None:
        """Removes the bytes of those originals of which no record was put after all, since what was
        to come with them did not. Raises EvidenceError."""
        for original in kept:
            if self.read.original(original.id) is None:
                try:
                    originals.remove(self.folder, original.id)
                except OSError as problem:
                    raise sentence(problem, self.folder.name) from problem

    def original_path(self, original: Original) -> Path:
        """Where the original's bytes lie."""
        return originals.path_of(self.folder, original.id, original.name)

    def original_file(self, document: Document) -> Path:
        """The file that a document came from. Raises NotFound where it has gone."""
        original = self.read.original(document.original)
        path = self.original_path(original) if original else None
        if original and original.id in self.read.absent() and path and not path.is_file():
            raise NotFound(
                f"The original of “{document.title}” was left out of this copy.",
                "Ask whoever shared it for a copy with recordings and originals, and merge it.",
            )
        if path is None or not path.is_file():
            raise NotFound(
                f"The original of “{document.title}” is missing from the project folder.",
                "Copy it back from where the project was copied from.",
            )
        return path

    def erase(self, submission_id: str, coder: Coder) -> Erased:
        """Erases a submission for good: from the rows, the journal, the index, the originals and
        the backups. Its reference, type, channel and date stay, and the fact that this was done.

        What could not be done yet is in the answer; it is tried again when the project is opened
        and when this is called again. Raises Refused where it is erased already or the project is
        open for reading only, NotFound, EvidenceError.
        """
        if self._writer is None:
            raise self._only_reading()
        with self._turn:
            submission = self.read.submission(submission_id)
            gone = Erased()
            if not erasure.is_erased(self._writer, submission.id):
                self._writer.execute("PRAGMA secure_delete = ON")
                with self._step(f"Withdraw {submission.ref}", coder, ERASURE, None) as tx:
                    gone = erasure.erase(tx, submission.id)
            elif not erasure.unfinished(self._writer):
                raise Refused(f"{submission.ref} is withdrawn and erased already.")
            self._finish_erasures(gone)
        return gone

    def erase_as_elsewhere(
        self,
        label: str,
        coder: Coder,
        submissions: Collection[str],
        documents: Collection[str],
        joined: Mapping[str, str] = erasure.NOTHING_JOINED,
    ) -> None:
        """Erases submissions and documents (ids) that another copy has erased, as `erase` does.
        `joined` says with which those were joined there that went with another."""
        with self.alone() as writer:
            writer.execute("PRAGMA secure_delete = ON")
            with self._step(label, coder, ERASURE, None) as tx:
                erasure.erase_all(tx, submissions, documents, joined)
            self._finish_erasures(Erased())

    def back_up(self, today: date) -> Path | None:
        """Copies the database into the project's `backups`, once a day, and thins the old copies.

        Gives the copy, or None where there is one of today. Raises EvidenceError.
        """
        if self.read_only:
            raise self._only_reading()
        try:
            with self._copying:
                return backup.back_up(self.reader, self.folder, today)
        except (OSError, sqlite3.Error) as problem:
            raise sentence(problem, self.folder.name) from problem

    def copy_to(self, path: Path) -> None:
        """Copies the database as it is now to a new file. Raises EvidenceError."""
        try:
            with self._copying:
                backup.copy(self.reader, path)
        except (OSError, sqlite3.Error) as problem:
            raise sentence(problem, path.name) from problem

    def verify(self) -> list[str]:
        """What is wrong with the project, a sentence each; empty where all is well."""
        return soundness.verify(self.reader, self.folder)

    def _reverse(
        self,
        coder: Coder,
        kind: str,
        choose: Callable[[sqlite3.Connection, Coder], sqlite3.Row | None],
        check: Check,
        make_way: MakeWay,
    ) -> str | None:
        with self._turn:
            target = choose(self._seen, coder)
            if target is None:
                return None
            if target["kind"] == MERGE:
                return self._take_out(target, coder)
            with self._step(str(target["label"]), coder, kind, target["id"]) as tx:
                journal.reverse(tx, target, make_way)
                check(tx)
            return str(target["label"])

    def _take_out(self, target: sqlite3.Row, coder: Coder) -> str:
        from coder.store.merging import bringing

        with self._step(str(target["label"]), coder, UNMERGE, target["id"]) as tx:
            bringing.take_out(tx, target)
        return str(target["label"])

    @contextmanager
    def _step(
        self, label: str, coder: Coder, kind: str, reverses: str | None, seen: str = ""
    ) -> Iterator[Step]:
        if self._writer is None:
            raise self._only_reading()
        batch = self._batch
        if batch and not self._writer.in_transaction:
            raise self._given_up()
        with self._turn:
            try:
                with journal.step(
                    self._writer,
                    label,
                    coder,
                    self._origin,
                    kind,
                    reverses,
                    at=self.clock(),
                    seen=seen,
                    batched=bool(batch),
                ) as open_step:
                    yield open_step
            except sqlite3.IntegrityError as problem:
                raise Refused(
                    f"“{label}” was not done: something it rests on is no longer there.",
                    "Look at the history, then do it again.",
                ) from problem
            except sqlite3.DatabaseError as problem:
                raise sentence(problem, self.folder.name) from problem
        if not open_step.touched:
            return
        done = open_step.done(label, kind, coder)
        if batch:
            batch.done.append(done)
        else:
            self._tell([done])

    @property
    def _batch(self) -> _Batch | None:
        """The batch that this thread is in."""
        found: _Batch | None = getattr(self._here, "batch", None)
        return found

    @property
    def _seen(self) -> sqlite3.Connection:
        """What this thread sees the project through."""
        return self._writer if self._batch and self._writer else self.reader

    def _commit(self, writer: sqlite3.Connection, batch: _Batch) -> None:
        try:
            if not writer.in_transaction:
                raise self._given_up()
            with self._in_sentences():
                originals.settle(batch.waiting)
                writer.execute("COMMIT")
        except BaseException:
            batch.done.clear()
            originals.discard(batch.waiting)
            if writer.in_transaction:
                writer.execute("ROLLBACK")
            raise

    @contextmanager
    def _in_sentences(self) -> Iterator[None]:
        """Tells a failure of the database or the disk to a person."""
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as problem:
            raise sentence(problem, self.folder.name) from problem

    def _tell(self, steps: Sequence[StepDone]) -> None:
        for done in steps:
            for watcher in list(self.watchers):
                watcher(done)

    def _given_up(self) -> EvidenceError:
        """SQLite takes a whole transaction back where the disk is full or fails."""
        return EvidenceError(
            f"“{self.folder.name}” could not be written to, so what was being done was not saved.",
            "See whether its disk is full, and do it again; everything before it is kept.",
        )

    def _finish_erasures(self, gone: Erased) -> None:
        if self._writer is not None:
            with self._copying:
                erasure.finish(self._writer, self.folder, self._origin, gone)

    def _only_reading(self) -> Refused:
        return Refused(
            f"“{self.folder.name}” is open for reading only.",
            "Close it where it is being worked on, then open it again.",
        )
