"""Failures of the disk and the database, in plain words."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from coder.domain.errors import NotFound
from coder.domain.model import Document
from coder.project import Project, faults


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "full"),
        (errno.EACCES, "cannot be written to"),
        (errno.EROFS, "cannot be written to"),
        (errno.EIO, "could not be used"),
    ],
)
def test_a_failure_of_the_disk_names_the_file(code: int, words: str) -> None:
    told = faults.plain(OSError(code, os.strerror(code), "a/b/pack.docx"))
    assert told is not None
    assert "pack.docx" in str(told)
    assert "a/b" not in str(told)


def test_a_real_failure_of_the_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "project.db"
    path.write_bytes(b"no database at all" * 100)
    with closing(sqlite3.connect(path)) as database, pytest.raises(sqlite3.Error) as raised:
        database.execute("SELECT * FROM sqlite_master")
    told = faults.plain(raised.value)
    assert told is not None
    assert "damaged" in str(told)


def test_what_is_known_stays_and_our_mistakes_are_not_dressed_up() -> None:
    known = NotFound("There is no SIC0009.")
    assert faults.plain(known) is known
    assert faults.plain(ZeroDivisionError()) is None


def test_damage_is_told_and_our_mistakes_are_not_taken_for_it(
    project: Project, letter: Callable[..., Document]
) -> None:
    # Given a sound project, when something of ours fails, then that is not dressed up
    document = letter("We volunteer.")
    assert faults.damage(KeyError("code"), project) is None

    # When the paragraphs of a document are damaged, then the same failure is told as what it is
    with closing(sqlite3.connect(project.folder / "project.db")) as database, database:
        database.execute("UPDATE documents SET paragraphs = '[[' WHERE id = ?", (document.id,))
    with pytest.raises(ValueError, match="Expecting") as raised:
        project.document(document.id)
    told = faults.damage(raised.value, project)
    assert told is not None
    assert "“inquiry” is damaged" in told.what
    assert "backups" in told.remedy
    assert faults.damage(OSError(errno.EIO, "I/O error"), project) is None
