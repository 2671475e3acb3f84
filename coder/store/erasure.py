"""True erasure of a submission: the one act that rewrites the journal.

What is in the database goes in one step, with a note of what remains to be done outside it; then
the originals, the pages that SQLite has freed and the copies follow. A kill leaves the note, and
`finish` goes on from it. What stays is the reference, when and how the evidence came, of which type
its respondent was, and who erased it when; and a trace of each file, by which the same bytes are
known again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from coder.domain.account import NOTHING
from coder.domain.errors import EvidenceError
from coder.domain.model import Coder, Original, Receipt, Status, Submission
from coder.store import backup, chain, journal, originals, quoted, schema, traces
from coder.store.chain import ERASURE
from coder.store.journal import Step
from coder.store.rows import from_row
from coder.store.scope import Scope, scope_of

NOTHING_JOINED: Mapping[str, str] = {}

_DAMAGE = (EvidenceError, sqlite3.Error, OSError, LookupError, TypeError, ValueError)


@dataclass
class Erased:
    """What an erasure took: references, numbers of documents, of their characters, of codings, of
    originals and of quotes in baskets. `shared` names originals that stay since other evidence has
    the same bytes, and `twins` the references declared the same as this one, which stay with
    their texts.

    `rewritten` copies were erased from too; those `removed` could not be and are gone whole.
    `unfinished` says in sentences what could not be done yet; erasing again goes on from there.
    """

    refs: list[str] = field(default_factory=list)
    documents: int = 0
    characters: int = 0
    codings: int = 0
    originals: int = 0
    shared: list[str] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    quoted: int = 0
    rewritten: int = 0
    removed: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)


def is_erased(connection: sqlite3.Connection, submission_id: str) -> bool:
    """Whether a submission was erased and nothing has been added to it or changed since."""
    erased = connection.execute(
        "SELECT 1 FROM act_changes WHERE table_name = 'submissions' AND row_id = ? AND kind = ?",
        (submission_id, ERASURE),
    ).fetchone()
    status = connection.execute(
        "SELECT status FROM submissions WHERE id = ?", (submission_id,)
    ).fetchone()
    added = connection.execute(
        "SELECT 1 FROM documents WHERE submission_id = ?", (submission_id,)
    ).fetchone()
    return bool(erased and status and status[0] == Status.WITHDRAWN and added is None)


def unfinished(connection: sqlite3.Connection) -> list[str]:
    """A sentence for each erasure of which something remains to be done."""
    return [
        f"“{row['label']}” is not finished: something of it may still lie in the project folder."
        " Open the project again where it can be written to."
        for row in connection.execute("SELECT label FROM erasing JOIN steps USING (seq)")
    ]


def erase(tx: Step, submission_id: str) -> Erased:
    """Erases a submission, and what was joined with it, from the rows, the journal and the index,
    and notes what remains to be done."""
    scope = scope_of(tx.connection, {submission_id})
    read = tx.read
    standing = [one for one in read.submissions() if one.id in scope.submissions]
    lengths = read.lengths()
    gone = Erased(
        refs=[one.ref for one in standing],
        documents=len(scope.documents & lengths.keys()),
        characters=sum(lengths.get(one, 0) for one in scope.documents),
        codings=sum(read.coding(one) is not None for one in scope.codings),
        originals=sum(read.original(one) is not None for one in scope.originals),
        quoted=sum(read.basket_item(one) is not None for one in scope.basket_items),
        shared=[one.name for one in map(read.original, sorted(scope.shared)) if one],
        twins=[
            one.ref
            for one in read.submissions()
            if one.of_id in scope.submissions and one.id not in scope.submissions
        ],
    )
    _forget(tx, scope, submission_id)
    tx.connection.execute(
        "INSERT INTO erasing (seq, submissions, originals) VALUES (?, ?, ?)",
        (tx.seq, *(json.dumps(sorted(ids)) for ids in (scope.submissions, scope.originals))),
    )
    return gone


def erase_all(
    tx: Step,
    submissions: Collection[str],
    documents: Collection[str] = (),
    joined: Mapping[str, str] = NOTHING_JOINED,
) -> None:
    """Erases submissions and documents (ids) that were erased in another copy, as `erase` does.
    `joined` says with which those were joined there that went with another."""
    scope = scope_of(tx.connection, submissions, documents=documents)
    _forget(tx, scope, "", joined)
    noted = (scope.submissions, scope.originals, set(documents))
    tx.connection.execute(
        "INSERT INTO erasing (seq, submissions, originals, documents) VALUES (?, ?, ?, ?)",
        (tx.seq, *(json.dumps(sorted(ids)) for ids in noted)),
    )


def finish(connection: sqlite3.Connection, folder: Path, origin: str, gone: Erased) -> None:
    """Does what remains of the erasures noted in the database, and tells `gone` of it: removes
    originals, then what the database's pages and the copies still hold."""
    for note in connection.execute(
        "SELECT * FROM erasing JOIN steps USING (seq) ORDER BY seq"
    ).fetchall():
        before = len(gone.unfinished)
        try:
            backup.sweep(folder)
            _remove_originals(connection, folder, json.loads(note["originals"]))
            compact(connection)
            if not _empty_log(connection):
                gone.unfinished.append("Another program is reading the project; close it there.")
        except (sqlite3.Error, OSError) as problem:
            gone.unfinished.append(f"Something could not be removed yet ({problem}).")
        _erase_from_copies(connection, folder, note, origin, gone)
        if len(gone.unfinished) == before:
            connection.execute("DELETE FROM erasing WHERE seq = ?", (note["seq"],))
            _empty_log(connection)


def _forget(
    tx: Step, scope: Scope, withdrawn: str, joined: Mapping[str, str] = NOTHING_JOINED
) -> None:
    """Erases the rows of a scope and their changes, and writes anew what stays of them."""
    kept = list(_blank_rows(tx, scope, withdrawn, joined))
    quoted.forget(tx.connection, scope.documents)
    traces.leave(tx.connection, _files(tx.connection, scope))
    tx.connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, ids in scope.rows():
        chain.forget(tx.connection, tx.seq, table, ids)
        _delete(tx.connection, table, "id", ids)
        tx.touched.update((table, one) for one in ids)
    for owners in (scope.documents, scope.segments, scope.codings, scope.memos):
        _delete(tx.connection, "passages", "owner", owners)
    _delete(tx.connection, "coded", "owner", scope.codings)
    for record in kept:
        tx.put(record)


def _blank_rows(
    tx: Step, scope: Scope, withdrawn: str, joined: Mapping[str, str]
) -> Iterable[Submission | Receipt | Original]:
    for submission in _standing(tx.connection, Submission, "submissions", scope.submissions):
        blank = Submission(
            submission.id,
            submission.ref,
            type=submission.type,
            received=submission.received[:10],
            channel=submission.channel,
        )
        if submission.id in joined:
            yield replace(blank, status=Status.JOINED, of_id=joined[submission.id])
        elif submission.id == withdrawn or submission.status is not Status.JOINED:
            yield replace(blank, status=Status.WITHDRAWN)
        else:
            yield replace(blank, status=Status.JOINED, of_id=submission.of_id)
    for receipt in _standing(tx.connection, Receipt, "receipts", scope.receipts):
        yield Receipt(receipt.id, receipt.at, "", receipt.outcome, receipt.submission_id)
    for receipt in _standing(tx.connection, Receipt, "receipts", scope.containers):
        yield replace(receipt, what="")
    for original in _standing(tx.connection, Original, "originals", scope.shared):
        yield replace(original, name=f"original{Path(original.name).suffix}")


def _files(connection: sqlite3.Connection, scope: Scope) -> Iterator[tuple[str, str]]:
    """The SHA-256 of every file that made these submissions, with the submission's id."""
    for receipt in _standing(connection, Receipt, "receipts", scope.receipts):
        of = receipt.submission_id
        if of in scope.submissions and receipt.original not in ("", NOTHING):
            yield receipt.original, of


def _standing(
    connection: sqlite3.Connection, kind: type[Any], table: str, ids: Iterable[str]
) -> list[Any]:
    found = (journal.row_of(connection, table, one) for one in sorted(ids))
    return [from_row(kind, row) for row in found if row]


def _delete(connection: sqlite3.Connection, table: str, column: str, ids: Iterable[str]) -> None:
    connection.executemany(
        f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608
        [(one,) for one in ids],
    )


def _remove_originals(connection: sqlite3.Connection, folder: Path, digests: list[str]) -> None:
    for digest in digests:
        if journal.row_of(connection, "originals", digest) is None:
            originals.remove(folder, digest)


def compact(connection: sqlite3.Connection) -> None:
    """Writes both indexes and the database anew, without what was deleted from them."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('rebuild')")
    connection.execute("INSERT INTO coded_fts (coded_fts) VALUES ('rebuild')")
    connection.execute("VACUUM")
    quoted.rebuild(connection)


def _empty_log(connection: sqlite3.Connection) -> bool:
    """Whether the write-ahead log is empty now; it is not while somebody is reading from it."""
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _erase_from_copies(
    connection: sqlite3.Connection, folder: Path, note: sqlite3.Row, origin: str, gone: Erased
) -> None:
    coder = from_row(Coder, journal.row_of(connection, "coders", note["coder_id"]) or {})
    scopes = [set(json.loads(note[name])) for name in ("submissions", "originals", "documents")]

    def change(copy: sqlite3.Connection) -> bool:
        schema.refuse_foreign(Database(copy), "backup")
        schema.refuse_newer(Database(copy), "backup")
        schema.migrations.apply(Database(copy))
        scope = scope_of(copy, *scopes)
        if not any(ids for _, ids in scope.rows()):
            return False
        with journal.step(copy, note["label"], coder, origin, ERASURE) as tx:
            _forget(tx, scope, "")
        compact(copy)
        return True

    for path in backup.copies(folder):
        try:
            gone.rewritten += backup.rewrite(path, change)
        except _DAMAGE:
            _remove_copy(path, gone)


def _remove_copy(path: Path, gone: Erased) -> None:
    try:
        path.unlink()
        gone.removed.append(path.name)
    except OSError as problem:
        gone.unfinished.append(f"The backup “{path.name}” could not be removed ({problem}).")
