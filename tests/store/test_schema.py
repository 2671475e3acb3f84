"""The schema is made by migrations, once, and nobody else's database is touched."""

import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest
from sqlite_utils import Database

from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.store.connection import DATABASE, LOCK
from coder.store.rows import TABLES
from coder.store.schema import migrations
from coder.store.store import Store


def test_the_tables_have_a_column_for_each_field_and_no_other(desk) -> None:
    database = Database(desk.store.reader)
    for kind, table in TABLES.items():
        assert set(database[table].columns_dict) == {field.name for field in fields(kind)}


def test_migrations_run_once(desk, folder: Path) -> None:
    applied = migrations.applied(Database(desk.store.reader))
    desk.store.close()
    again = Store.open(folder)

    assert migrations.applied(Database(again.reader)) == applied
    assert migrations.pending(Database(again.reader)) == []
    again.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_project_of_a_newer_version_is_refused_untouched(
    desk, folder: Path, read_only: bool
) -> None:
    desk.store.close()
    newer = sqlite3.connect(folder / DATABASE)
    newer.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('evidence-coder', 'telepathy', '2030')"
    )
    newer.commit()
    newer.close()
    before = (folder / DATABASE).read_bytes()

    with pytest.raises(Refused, match="newer version"):
        Store.open(folder, read_only=read_only)

    assert (folder / DATABASE).read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("content", [b"", b"Dear all, " * 1000, b"SQLite format 3\0" + b"x" * 9000])
def test_what_is_not_a_database_is_refused_untouched(
    tmp_path: Path, content: bytes, read_only: bool
) -> None:
    (tmp_path / DATABASE).write_bytes(content)

    with pytest.raises(EvidenceError, match="damaged or is not one"):
        Store.open(tmp_path, read_only=read_only)

    assert (tmp_path / DATABASE).read_bytes() == content
    assert not (tmp_path / LOCK).exists()


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / DATABASE)
    other.execute("CREATE TABLE recipes (id)")
    other.close()
    before = (tmp_path / DATABASE).read_bytes()

    with pytest.raises(EvidenceError, match="not one of Evidence Coder"):
        Store.open(tmp_path)

    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_folder_without_a_project_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=DATABASE):
        Store.open(tmp_path / "nowhere")
