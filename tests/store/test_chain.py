"""Journals of the old form are sealed once, and nothing that was wrong with them is forgotten."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from coder.domain.errors import Refused
from coder.domain.model import Code, Coder
from coder.store import chain
from coder.store.connection import DATABASE, connect
from coder.store.schema import migrations
from coder.store.store import Store

ANN = Coder("ann", "Ann", "2020")
Change = tuple[str, dict[str, object] | None, dict[str, object] | None]

SUBMISSION = {
    "id": "s", "ref": "SIC0007", "respondent": "Ann", "organisation": "", "type": "unknown",
    "permission": "unknown", "region": "", "received": "", "channel": "file",
    "status": "received", "flags": "[]",
}  # fmt: skip
DOCUMENT = {
    "id": "d", "submission_id": "s", "position": 0, "title": "d.txt", "kind": "document",
    "text": "Hello.", "paragraphs": '[["1",0,6,"body"]]', "original": "", "media_type": "",
    "media_ms": None, "source_id": None, "problems": "[]", "machine_draft": 0, "silent": 0,
}  # fmt: skip
RECEIPT = {
    "id": "r", "at": "2020", "path": "/d.txt", "outcome": "imported", "submission_id": "s",
    "original": "", "what": "",
}  # fmt: skip
CODE = {
    "id": "c", "name": "c", "parent_id": None, "position": 0, "colour": "", "definition": "",
    "use_when": "", "not_when": "", "key": "",
}  # fmt: skip

STEPS: tuple[tuple[str, str, tuple[Change, ...]], ...] = (
    ("Make the inquiry", "machine", (
        ("coders", None, {"id": "ann", "name": "Ann", "created_at": "2020"}),
        ("inquiry", None, {"id": "i", "title": "L", "prefix": "SIC", "closes": "",
                           "created_at": "2020"}),
    )),
    ("Add c", "act", (("codes", None, CODE),)),
    ("Import “d.txt”", "act", (
        ("submissions", None, SUBMISSION), ("documents", None, DOCUMENT),
        ("receipts", None, RECEIPT),
    )),
    ("Change the region", "act", (
        ("submissions", SUBMISSION, {**SUBMISSION, "region": "North"}),
    )),
)  # fmt: skip


def dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_old(folder: Path) -> None:
    """A project as it was written before seals, and before intake's columns."""
    folder.mkdir()
    with closing(connect(folder, write=True)) as connection:
        database = Database(connection)
        migrations.apply(database, stop_before="intake")
        previous = ""
        for seq, (label, kind, changes) in enumerate(STEPS, 1):
            digest = hashlib.sha256()
            entry = {
                "id": f"step{seq}", "origin": "o", "at": "2020", "coder_id": "ann",
                "label": label, "kind": kind, "reverses": None,
            }  # fmt: skip
            rows = []
            for position, (table, before, after) in enumerate(changes):
                row = after or before or {}
                images = [image and dumps(image) for image in (before, after)]
                digest.update(dumps([table, row["id"], *images]).encode())
                names = ("seq", "position", "table_name", "row_id", "before", "after")
                values = (seq, position, table, row["id"], *images)
                rows.append(dict(zip(names, values, strict=True)))
                database.table(table).upsert(row, pk="id")
            linked = dumps([previous, entry, digest.hexdigest()])
            previous = hashlib.sha256(linked.encode()).hexdigest()
            database.table("steps").insert({"seq": seq, **entry, "hash": previous})
            database.table("changes").insert_all(rows)
        database.table("passages").insert(
            {"owner": "d", "kind": "text", "document_id": "d", "start": 0, "text": "Hello."}
        )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of a project of the old form."""
    write_old(tmp_path / "old")
    return tmp_path / "old"


def test_an_old_project_opens_sound_and_stays_so_when_it_is_worked_on(old: Path) -> None:
    with closing(Store.open(old)) as store:
        assert store.verify() == []
        submission = store.read.submission("SIC0007")
        with store.step("Change", ANN) as tx:
            tx.put(replace(submission, region="South", of_id="x"))
            tx.put(replace(store.read.document("d"), question="Why?"))

        assert store.verify() == []
        assert store.read.highest_number("SIC") == 7


def test_old_acts_are_undone_and_done_again(old: Path) -> None:
    with closing(Store.open(old)) as store:
        before = store.read.submission("SIC0007")

        undone = [store.undo(ANN) for _ in range(2)]
        assert store.read.submissions() == []
        redone = [store.redo(ANN) for _ in range(2)]

        assert undone == ["Change the region", "Import “d.txt”"]
        assert redone == undone[::-1]
        assert store.read.submission("SIC0007") == before
        assert store.read.document("d").text == "Hello."
        assert store.verify() == []


TAMPERING = {
    "a label": ("UPDATE steps SET label = 'x' WHERE seq = 2", "Step 2 (“x”) was altered"),
    "a change": ("UPDATE changes SET before = '{}' WHERE seq = 2", "Step 2"),
    "a hash": ("UPDATE steps SET hash = '00' WHERE seq = 3", "Step 3"),
    "a step gone": ("DELETE FROM changes WHERE seq = 2; DELETE FROM steps WHERE seq = 2", "Step 3"),
    "a row": ("UPDATE codes SET name = 'x'", "Row c of codes was not written"),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_what_was_broken_before_stays_broken(old: Path, kind: str) -> None:
    statements, finding = TAMPERING[kind]
    with closing(sqlite3.connect(old / DATABASE)) as tampering:
        tampering.executescript(statements)

    with closing(Store.open(old)) as store:
        findings = store.verify()
        with store.step("Go on", ANN) as tx:
            tx.put(Code("new", "new"))

        assert any(found.startswith(finding) for found in findings), findings
        assert store.verify() == findings


def test_an_old_project_is_not_read_before_it_is_brought_up_to_date(old: Path) -> None:
    with pytest.raises(Refused, match="older version"):
        Store.open(old, read_only=True)

    Store.open(old).close()

    Store.open(old, read_only=True).close()


def test_an_old_submission_can_be_erased(old: Path) -> None:
    with closing(Store.open(old)) as store:
        store.erase("s", ANN)

        assert store.verify() == []
        assert not any(b"Hello" in path.read_bytes() for path in old.rglob("*") if path.is_file())


def test_a_seal_says_nothing_without_its_salt() -> None:
    one, other = chain.new_salt(), chain.new_salt()

    assert len({one, other}) == 2
    assert chain.seal(one, "We volunteer") == chain.seal(one, "We volunteer")
    assert chain.seal(one, "We volunteer") != chain.seal(other, "We volunteer")
    assert chain.seal(one, "a", "b") != chain.seal(one, "ab")
    quaint = ["a", None, '“ü” \\ " \n \x00 \u2028 🙂']
    assert chain.seal(one, *quaint) == hashlib.sha256(dumps([one, *quaint]).encode()).hexdigest()
