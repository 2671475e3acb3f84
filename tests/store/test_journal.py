"""Steps and rows agree whatever is done, and undone, and done again, by whomever."""

import json
import shutil
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from coder.domain.errors import Refused
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Original,
    Segment,
    Submission,
)
from coder.store.connection import DATABASE
from coder.store.rows import TABLES
from coder.store.store import Store
from tests.effort import tries

CODERS = tuple(Coder(name.lower(), name, "2020") for name in ("Ann", "Ben", "Cyd"))
WHO = st.sampled_from(CODERS)
WORDS = st.text(st.sampled_from("abc é🎉e\u0301אב\r\n"), max_size=6)
LASTING = ("coders", "originals")
Rows = dict[tuple[str, str], dict[str, object]]


def rows_of(connection: sqlite3.Connection) -> Rows:
    return {
        (table, row["id"]): dict(row)
        for table in TABLES.values()
        for row in connection.execute(f'SELECT * FROM "{table}"')
    }


def replayed(connection: sqlite3.Connection) -> Rows:
    """The rows as the journal tells them, with nothing of our own code."""
    rows: Rows = {}
    for change in connection.execute("SELECT * FROM changes ORDER BY seq, position"):
        key = (change["table_name"], change["row_id"])
        if change["erased"]:
            assert change["before"] is None
            continue
        assert rows.get(key) == (json.loads(change["before"]) if change["before"] else None)
        if change["after"]:
            rows[key] = json.loads(change["after"])
        else:
            del rows[key]
    return rows


def lasting(rows: Rows) -> Rows:
    return {key: row for key, row in rows.items() if key[0] not in LASTING}


class Inquiry(RuleBasedStateMachine):
    """Several coders at one project. Any act may be refused; then it must have left no trace."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.create(self.folder / "p", "Loneliness", "SIC", "", CODERS[0])
        self.count = 0

    def teardown(self) -> None:
        assert self.store.verify() == []
        self.store.close()
        shutil.rmtree(self.folder)

    def fresh(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def all(self, kind: type) -> list:
        return self.store.read._all(kind, "ORDER BY id")

    def codings(self) -> list[Coding]:
        return self.all(Coding)

    @rule(who=WHO, text=WORDS.filter(str.strip))
    def import_document(self, who: Coder, text: str) -> None:
        number = self.store.read.highest_number("SIC") + 1
        submission = Submission(self.fresh("s"), f"SIC{number:04}")
        document = Document(
            self.fresh("d"), submission.id, 0, "t", DocumentKind.DOCUMENT, text, original="o" * 64
        )
        with self.store.step("Import", who) as tx:
            tx.put(submission)
            tx.put(document)

    @rule(who=WHO, name=WORDS, data=st.data())
    def add_code(self, who: Coder, name: str, data: st.DataObject) -> None:
        parents = [None, *(code.id for code in self.all(Code))]
        code = Code(self.fresh("c"), name, data.draw(st.sampled_from(parents)))
        with self.store.step("Add", who) as tx:
            tx.put(code)
            tx.put(replace(code, definition=name))

    @precondition(lambda self: self.all(Code))
    @rule(who=WHO, name=WORDS, data=st.data())
    def rename(self, who: Coder, name: str, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(self.all(Code)))
        with self.store.step("Rename", who) as tx:
            tx.put(replace(code, name=name))

    @precondition(lambda self: self.all(Code))
    @rule(who=WHO, data=st.data())
    def delete_code(self, who: Coder, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(self.all(Code)))
        before = rows_of(self.store.reader)
        try:
            with self.store.step("Delete", who) as tx:
                for coding in self.store.read.codings_of_code(code.id):
                    tx.delete(coding)
                tx.delete(code)
        except Refused:
            assert any(other.parent_id == code.id for other in self.all(Code))
            assert rows_of(self.store.reader) == before

    @precondition(lambda self: self.all(Code) and self.all(Document))
    @rule(who=WHO, memo=WORDS, data=st.data())
    def tag(self, who: Coder, memo: str, data: st.DataObject) -> None:
        document = data.draw(st.sampled_from(self.all(Document)))
        code = data.draw(st.sampled_from(self.all(Code)))
        end = data.draw(st.integers(1, len(document.text)))
        coding = Coding(
            self.fresh("k"), document.id, code.id, who.id, 0, end, document.text[:end], "2020", memo
        )
        with self.store.step("Tag", who) as tx:
            tx.put(coding)

    @precondition(codings)
    @rule(who=WHO, data=st.data())
    def untag(self, who: Coder, data: st.DataObject) -> None:
        coding = data.draw(st.sampled_from(self.codings()))
        with self.store.step("Untag", who) as tx:
            tx.delete(coding)

    @precondition(codings)
    @rule(who=WHO, memo=WORDS, marked=st.booleans(), data=st.data())
    def write_memo(self, who: Coder, memo: str, marked: bool, data: st.DataObject) -> None:
        coding = data.draw(st.sampled_from(self.codings()))
        with self.store.step("Memo", who) as tx:
            tx.put(replace(coding, memo=memo, marked=marked))

    @rule(who=WHO)
    def undo_and_redo(self, who: Coder) -> None:
        before = rows_of(self.store.reader)
        wanted, _ = self.store.next_labels(who)
        try:
            label = self.store.undo(who)
        except Refused:
            assert rows_of(self.store.reader) == before
            return
        assert label == wanted
        if label:
            assert lasting(rows_of(self.store.reader)) != lasting(before)
            assert self.store.next_labels(who)[1] == label
            assert self.store.redo(who) == label
        assert rows_of(self.store.reader) == before

    @rule(who=WHO, redo=st.booleans())
    def undo_or_redo(self, who: Coder, redo: bool) -> None:
        wanted = self.store.next_labels(who)[redo]
        before = rows_of(self.store.reader)
        try:
            assert (self.store.redo(who) if redo else self.store.undo(who)) == wanted
        except Refused:
            assert rows_of(self.store.reader) == before
            assert self.store.next_labels(who)[redo] == wanted

    @precondition(lambda self: self.all(Document))
    @rule(who=WHO, data=st.data())
    def erase(self, who: Coder, data: st.DataObject) -> None:
        document = data.draw(st.sampled_from(self.all(Document)))
        before = lasting(rows_of(self.store.reader))
        mine = {(document.submission_id, "submissions"), (document.id, "documents")}
        mine |= {
            (coding.id, "codings") for coding in self.codings() if coding.document_id == document.id
        }
        gone = self.store.erase(document.submission_id, who)
        after = lasting(rows_of(self.store.reader))
        assert (gone.documents, gone.codings, gone.unfinished) == (1, len(mine) - 2, [])
        changed = {
            (row, table)
            for (table, row), image in before.items()
            if after.get((table, row)) != image
        }
        assert changed == mine
        assert before.keys() - after.keys() == {
            (table, row) for row, table in mine if table != "submissions"
        }
        assert self.store.verify() == []

    @rule()
    def restart(self) -> None:
        labels = [self.store.next_labels(who) for who in CODERS]
        before = rows_of(self.store.reader)
        self.store.close()
        self.store = Store.open(self.folder / "p")
        assert rows_of(self.store.reader) == before
        assert [self.store.next_labels(who) for who in CODERS] == labels

    @invariant()
    def rows_are_what_the_journal_tells(self) -> None:
        assert rows_of(self.store.reader) == replayed(self.store.reader)

    @invariant()
    def search_finds_what_there_is(self) -> None:
        owners = {row[0] for row in self.store.reader.execute("SELECT owner FROM passages")}
        assert owners == {coding.id for coding in self.codings() if coding.memo}


TestInquiry = Inquiry.TestCase
TestInquiry.settings = settings(max_examples=tries(40), stateful_step_count=30, deadline=None)


def test_undo_takes_back_ones_own_acts_last_first_and_redo_brings_them_again(desk) -> None:
    document = desk.document()
    desk.code()
    desk.coding("k1", document)
    desk.coding("k2", document, coder=desk.ben)
    store = desk.store

    assert store.next_labels(desk.ann) == ("Tag k1", None)
    assert [store.undo(desk.ann), store.next_labels(desk.ann)] == ["Tag k1", ("Add c", "Tag k1")]
    assert store.read.coding("k1") is None
    assert store.read.coding("k2") is not None


def test_undo_survives_a_restart_also_of_a_coders_first_act(desk, folder: Path) -> None:
    document = desk.document()
    desk.code()
    coding = desk.coding("k", document, coder=desk.ben)
    assert desk.store.undo(desk.ben) == "Tag k"
    desk.store.close()

    desk.store = Store.open(folder)
    ben = desk.store.read.coder_named("Ben")

    assert ben == desk.ben
    assert desk.store.next_labels(ben) == (None, "Tag k")
    assert desk.store.redo(ben) == "Tag k"
    assert desk.store.read.coding("k") == coding
    assert {entry.coder for entry in desk.store.read.history()} == {"Ann", "Ben"}


def test_something_new_ends_what_could_be_done_again(desk) -> None:
    desk.code("a")
    desk.store.undo(desk.ann)
    desk.code("b")

    assert desk.store.next_labels(desk.ann) == ("Add b", None)
    assert desk.store.redo(desk.ann) is None


def test_what_others_changed_since_is_not_undone(desk) -> None:
    code = desk.code()
    with desk.store.step("Rename", desk.ben) as tx:
        tx.put(replace(code, name="theirs"))

    with pytest.raises(Refused, match="“Add c” can no longer be undone: it has been changed"):
        desk.store.undo(desk.ann)

    assert desk.store.read.code("c").name == "theirs"


def test_what_later_work_rests_on_is_not_undone(desk) -> None:
    document = desk.document()
    desk.code(coder=desk.ben)
    desk.coding("k", document, coder=desk.ben)

    with pytest.raises(Refused, match="later work rests on it"):
        desk.store.undo(desk.ann)

    assert desk.store.read.document(document.id) == document
    assert desk.store.verify() == []


def test_what_cannot_be_done_again_says_so(desk) -> None:
    code = desk.code(coder=desk.ben)
    with desk.store.step("Rename", desk.ann) as tx:
        tx.put(replace(code, name="mine"))
    desk.store.undo(desk.ann)
    with desk.store.step("Delete", desk.ben) as tx:
        tx.delete(code)

    with pytest.raises(Refused, match="can no longer be done again"):
        desk.store.redo(desk.ann)


def test_an_original_that_another_rests_on_survives_the_undo_of_its_import(desk) -> None:
    logo = Original("a" * 64, "logo.png", 3)
    for who in (desk.ann, desk.ben):
        with desk.store.step("Import", who) as tx:
            tx.put(logo)
            tx.put(Submission(f"s-{who.id}", f"SIC-{who.id}"))

    desk.store.undo(desk.ann)

    assert desk.store.read.original(logo.id) == logo
    assert [one.id for one in desk.store.read.submissions()] == ["s-ben"]


def test_a_step_that_changes_nothing_leaves_no_trace(desk) -> None:
    code = desk.code()
    before = desk.store.read.history()

    with desk.store.step("Rename", desk.ben) as tx:
        tx.put(code)

    assert desk.store.read.history() == before
    assert desk.store.read.coder_named("Ben") is None
    assert desk.store.next_labels(desk.ben) == (None, None)


def test_a_failing_step_is_not_done_at_all(desk) -> None:
    before = rows_of(desk.store.reader)

    with pytest.raises(ZeroDivisionError):
        desk.breaks_after(Code("c", "half"), desk.ben)

    assert rows_of(desk.store.reader) == before
    assert desk.store.verify() == []
    desk.code("after")


def test_what_rests_on_something_gone_is_refused_in_a_sentence(desk) -> None:
    document = desk.document()

    with pytest.raises(Refused, match="“Tag k” was not done"):
        desk.coding("k", document, code="gone")

    assert desk.store.read.codings(document.id) == []


def test_numbers_given_roughly_are_journaled_as_they_are_kept(desk) -> None:
    document = desk.document()
    rough = Segment("g", document.id, 0, 0.0, 1.0, "Hi", confidence=1, temperature=0)
    with desk.store.step("Hear", desk.ann) as tx:
        tx.put(rough)

    assert desk.store.verify() == []
    assert desk.store.undo(desk.ann) == "Hear"


TAMPERING = {
    "a row": ("UPDATE codes SET name = 'x' WHERE id = 'c'", "Row c of codes was not written"),
    "a row gone": ("DELETE FROM codes WHERE id = 'c2'", "Row c2 of codes is missing"),
    "a row added": ("INSERT INTO coders VALUES ('z', 'Zed', '')", "Row z of coders"),
    "a label": ("UPDATE steps SET label = 'x' WHERE seq = 2", "Step 2 (“x”) was altered"),
    "a coder": ("UPDATE steps SET coder_id = 'ben' WHERE seq = 2", "Step 2"),
    "a moment": ("UPDATE steps SET at = '1999' WHERE seq = 3", "Step 3"),
    "a change": ("UPDATE changes SET after = '{}' WHERE seq = 2", "Step 2"),
    "a change added": (
        "INSERT INTO changes (seq, position, table_name, row_id) VALUES (2, 9, 'codes', 'q')",
        "Step 2",
    ),
    "a step gone": ("DELETE FROM changes WHERE seq = 2; DELETE FROM steps WHERE seq = 2", "Step 3"),
    "a hash": ("UPDATE steps SET hash = '00' WHERE seq = 2", "Step 2"),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found(desk, folder: Path, kind: str) -> None:
    statements, finding = TAMPERING[kind]
    desk.code("c")
    desk.code("c2")
    desk.code("c3")
    assert desk.store.verify() == []
    tampering = sqlite3.connect(folder / DATABASE)
    tampering.executescript(statements)
    tampering.close()

    assert any(found.startswith(finding) for found in desk.store.verify()), desk.store.verify()
