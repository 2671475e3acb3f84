"""Another copy looked at, and brought in as one step."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from coder.domain.errors import Refused
from coder.domain.model import Coder
from coder.jobs import Job
from coder.store import originals
from coder.store.acts import MERGE
from coder.store.connection import sentence
from coder.store.journal import row_of
from coder.store.merging import bringing, clashing, foreign
from coder.store.merging.erasing import joined_there, told_by
from coder.store.merging.foreign import Foreign
from coder.store.merging.plan import Plan, plan, with_content
from coder.store.store import Store


def plan_merge(store: Store, path: Path, job: Job) -> Plan:
    """What bringing another copy in, a project folder or the zip of one, would do.

    Raises NotFound, Refused (another inquiry, a newer version, altered, the same folder),
    EvidenceError (damaged), Cancelled.
    """
    _refuse_itself(store, path)
    job.report(0, 2, f"Reading “{path.name}”")
    opened = foreign.opened(path, store.read.inquiry().id, job)
    with bringing.without_pauses(), opened as theirs, store.still():
        job.report(1, 2, "Comparing the two copies")
        foreign.refuse_forked(store.reader, theirs)
        return plan(store.reader, theirs, job)


def merge(store: Store, path: Path, label: Callable[[Plan], str], coder: Coder, job: Job) -> Plan:
    """Brings another copy in, as one step under this label; gives what that did.

    What the other copy has erased is erased here first, in steps of their own that stay. Where
    there is nothing to bring no step is made. Raises as `plan_merge` does, and Refused where the
    project is open for reading only; then nothing is changed but for what was erased.
    """
    _refuse_itself(store, path)
    job.report(0, 4, f"Reading “{path.name}”")
    opened = foreign.opened(path, store.read.inquiry().id, job)
    with bringing.without_pauses(), opened as theirs, store.alone() as writer:
        foreign.refuse_forked(writer, theirs)
        job.report(1, 4, "Comparing the two copies")
        found = plan(writer, theirs, job)
        if found.empty:
            _fill(store, writer, theirs, found, job)
            clashing.keep_alone(writer, found.clashes)
            return found
        withdrawals = found.withdrawals
        if withdrawals or found.documents:
            _erase(store, theirs, found, coder)
            found = plan(writer, theirs, job)
            found.withdrawals = withdrawals
        return _write(store, theirs, found, label(found), coder, job)


def _fill(store: Store, writer: sqlite3.Connection, theirs: Foreign, found: Plan, job: Job) -> None:
    """Takes the originals that had been left out of this copy, where nothing else is to be done."""
    if found.originals:
        try:
            bringing.keep_originals(store.folder, theirs, found, job, [])
        except OSError as problem:
            raise sentence(problem, store.folder.name) from problem
        bringing.note_absent(writer, theirs.db, found)


def _write(store: Store, theirs: Foreign, found: Plan, label: str, coder: Coder, job: Job) -> Plan:
    fresh: list[str] = []
    try:
        job.report(2, 4, "Copying originals")
        bringing.keep_originals(store.folder, theirs, found, job, fresh)
        bringing.rename_originals(store.folder, found.changes)
        job.report(3, 4, "Writing it down")
        found = _with_coder(store, theirs, found, coder, job)
        with store.step(label, coder, MERGE, seen=found.latest) as tx:
            bringing.bring(tx, theirs, found)
            job.check()
    except BaseException as problem:
        for digest in fresh:
            originals.remove(store.folder, digest)
        if isinstance(problem, OSError | sqlite3.Error):
            raise sentence(problem, store.folder.name) from problem
        raise
    return found


def _with_coder(store: Store, theirs: Foreign, found: Plan, coder: Coder, job: Job) -> Plan:
    """What is to be done once whoever merges is written down here, whom the other copy may know
    already."""
    with store.alone() as writer:
        if row_of(writer, "coders", coder.id):
            return found
        store.introduce(coder)
        return replace(plan(writer, theirs, job), withdrawals=found.withdrawals)


def _erase(store: Store, theirs: Foreign, found: Plan, coder: Coder) -> None:
    """Erases what the other copy has erased, under the label and name it bears there."""
    joined = joined_there(theirs.db, found.withdrawals)
    for label, who, ids in told_by(theirs.db, found.withdrawals):
        store.erase_as_elsewhere(label, who, ids, (), joined)
    left = with_content(store.reader, set(found.documents))
    if left:
        store.erase_as_elsewhere("Erase what was withdrawn elsewhere", coder, (), sorted(left))


def _refuse_itself(store: Store, path: Path) -> None:
    if path.is_dir() and path.resolve() == store.folder.resolve():
        raise Refused(f"“{path.name}” is this project itself.", "Choose another copy of it.")
