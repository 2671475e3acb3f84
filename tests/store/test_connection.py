"""Connections sync fully, one writer holds the lock, and failures are said plainly."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coder.domain.errors import EvidenceError, InUse
from coder.store.connection import HOLDER, WriteLock, connect, sentence

SECOND = """
import sys
from pathlib import Path
from coder.domain.errors import Refused
from coder.store.store import Store
try:
    Store.open(Path(sys.argv[1])).close()
    print("opened")
except Refused as refused:
    print(refused)
"""


def in_another_process(folder: Path) -> str:
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", SECOND, str(folder)],
        capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
    ).stdout.strip()  # fmt: skip


def test_a_writing_connection_survives_a_power_cut(tmp_path: Path) -> None:
    connection = connect(tmp_path, write=True)
    pragmas = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    connection.close()

    assert pragmas == ["wal", 2, 1]


def test_a_reading_connection_cannot_write(tmp_path: Path) -> None:
    connect(tmp_path, write=True).close()
    connection = connect(tmp_path, write=False)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("CREATE TABLE t (x)")
    connection.close()


def test_a_second_writer_is_told_who_has_it_and_may_come_after(desk, folder: Path) -> None:
    who = json.loads((folder / HOLDER).read_text(encoding="utf-8"))

    refused = in_another_process(folder)
    desk.store.close()

    assert "“inquiry” is being worked on elsewhere" in refused
    assert f"(by {who['who']} on {who['machine']})" in refused
    assert in_another_process(folder) == "opened"


def test_the_lock_can_be_given_back_by_another_thread(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path)
    lock.__enter__()
    closing = threading.Thread(target=lock.__exit__, args=(None, None, None))
    closing.start()
    closing.join()

    with WriteLock(tmp_path):
        assert (tmp_path / HOLDER).exists()
    assert not (tmp_path / HOLDER).exists()


def test_a_lock_that_cannot_be_signed_is_not_held(tmp_path: Path) -> None:
    (tmp_path / HOLDER).mkdir()
    with pytest.raises(EvidenceError), WriteLock(tmp_path):
        pass
    (tmp_path / HOLDER).rmdir()

    with WriteLock(tmp_path):
        pass


def test_a_holder_that_cannot_be_read_is_still_refused(tmp_path: Path) -> None:
    with WriteLock(tmp_path):
        (tmp_path / HOLDER).write_text("{", encoding="utf-8")
        with pytest.raises(InUse, match=r"is being worked on elsewhere\."), WriteLock(tmp_path):
            pass


@pytest.mark.parametrize(("problem", "said"), [
    (sqlite3.OperationalError("database or disk is full"), "is full"),
    (OSError(errno.ENOSPC, "No space left on device"), "is full"),
    (sqlite3.OperationalError("attempt to write a readonly database"), "cannot be written to"),
    (OSError(errno.EACCES, "Permission denied", "/beautiful/p"), "cannot be written to"),
    (OSError(errno.EPERM, "Operation not permitted"), "cannot be written to"),
    (OSError(errno.EROFS, "Read-only file system"), "cannot be written to"),
    (sqlite3.DatabaseError("file is not a database"), "damaged"),
    (sqlite3.DatabaseError("database disk image is malformed"), "damaged"),
    (sqlite3.OperationalError("unsupported file format"), "damaged"),
    (sqlite3.OperationalError("Could not decode to UTF-8 column 'text'"), "damaged"),
    (sqlite3.OperationalError("database is locked"), "another program"),
    (sqlite3.OperationalError("disk I/O error"), "disk I/O error"),
], ids=lambda value: str(value)[:30])  # fmt: skip
def test_failures_are_said_plainly(problem: sqlite3.Error | OSError, said: str) -> None:
    told = sentence(problem, "Loneliness")

    assert "“Loneliness”" in told.what
    assert said in told.what
    assert told.remedy.endswith(".")
