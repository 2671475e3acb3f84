"""The schema is made by migrations, once, and nobody else's database is touched."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Document, DocumentKind, Segment
from coder.store import chain
from coder.store.connection import DATABASE, LOCK
from coder.store.rows import TABLES, columns
from coder.store.schema import migrations
from coder.store.store import Store


def test_the_tables_have_a_column_for_each_field_and_no_other(desk) -> None:
    database = Database(desk.store.reader)
    for kind, table in TABLES.items():
        assert set(database[table].columns_dict) == set(columns(kind))


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


def _as_it_was(database: sqlite3.Connection) -> None:
    """Puts a project back to how it was kept before segments lost their place in the text: rows,
    journal and chain, as if it had been written so."""
    database.row_factory = sqlite3.Row
    database.execute("DROP INDEX idx_segments_document_id_position")
    database.execute("ALTER TABLE segments DROP COLUMN heard")
    database.execute("ALTER TABLE segments ADD COLUMN start INTEGER")
    database.execute("CREATE UNIQUE INDEX idx_segments_document_id_position ON segments"
                     " (document_id, position)")  # fmt: skip
    start = 0
    for row in database.execute("SELECT id, text FROM segments ORDER BY position").fetchall():
        database.execute("UPDATE segments SET start = ? WHERE id = ?", (start, row["id"]))
        database.execute("UPDATE passages SET start = ? WHERE owner = ?", (start, row["id"]))
        start += len(row["text"]) + 1
    database.execute(
        "UPDATE changes SET after = json_remove(json_set(after, '$.start',"
        " (SELECT start FROM segments WHERE id = row_id)), '$.heard')"
        " WHERE table_name = 'segments'"
    )
    previous = ""
    for entry in database.execute("SELECT * FROM steps ORDER BY seq").fetchall():
        digests = []
        for one in database.execute("SELECT * FROM changes WHERE seq = ?", (entry["seq"],)):
            parts = (one["table_name"], one["row_id"], one["before"], one["after"])
            digests.append(chain.seal(one["salt"], *parts))
            where = (digests[-1], one["seq"], one["position"])
            database.execute("UPDATE changes SET digest = ? WHERE seq = ? AND position = ?", where)
        previous = chain.link(previous, dict(entry), digests)
        database.execute("UPDATE steps SET hash = ? WHERE seq = ?", (previous, entry["seq"]))
    database.execute("DELETE FROM _sqlite_migrations WHERE name = 'lines'")
    database.commit()


def test_a_project_whose_segments_kept_their_place_is_brought_up_to_date(
    desk, folder: Path
) -> None:
    # Given a transcript with several lines at one time, written down by an earlier version
    desk.document("d")
    transcript = Document("t", "s-d", 1, "t", DocumentKind.TRANSCRIPT, source_id="d")
    with desk.store.step("Import the transcript", desk.ann) as tx:
        tx.put(transcript)
        for n, text in enumerate(("Interview 🎉", "with Ann", "Hello.")):
            tx.put(Segment(f"g{9 - n}", "t", n, 0, 900, text))
    before = desk.store.read.document("t")
    desk.store.close()
    old = sqlite3.connect(folder / DATABASE)
    _as_it_was(old)
    old.close()

    # When it is opened
    with pytest.raises(Refused, match="older version"):
        Store.open(folder, read_only=True)
    store = Store.open(folder)

    # Then it says the same, holds, is searched, and what was done can be undone and done again
    assert store.read.document("t") == before
    assert [one.start for one in store.read.segments("t")] == [0, 12, 21]
    assert store.verify() == []
    [hit] = store.read.find("hello")
    assert before.text[hit.start : hit.end] == "Hello"
    assert store.undo(desk.ann) == "Import the transcript"
    assert store.redo(desk.ann) == "Import the transcript"
    assert store.read.document("t") == before
    assert store.verify() == []
    store.close()
