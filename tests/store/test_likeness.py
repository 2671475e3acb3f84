"""Tagged passages are found by the words that they share with another, as codings come and go."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from coder.store import likeness
from coder.store.connection import DATABASE
from coder.store.store import Store
from tests.store.test_erasure import OTHER, WORDS, evidence, found

TEXT = ("We volunteer at the food bank.", "The bus was cut in March.", "Volunteers drove the van.")


def near(desk, *words: str) -> list[str]:
    return [coding.id for coding, _ in likeness.nearest(desk.store.reader, words)]


@pytest.fixture
def tagged(desk):
    """Three tagged paragraphs: `a` on volunteering, `b` on a bus, `c` on volunteers."""
    document = desk.document("d", *TEXT)
    desk.code()
    for key, paragraph in zip("abc", document.paragraphs, strict=True):
        desk.coding(key, document, span=(paragraph.start, paragraph.end))
    return desk


def test_passages_are_found_by_any_form_of_a_word(tagged) -> None:
    assert sorted(near(tagged, "volunteering")) == ["a", "c"]
    assert near(tagged, "cuts") == ["b"]
    assert near(tagged, "library") == []
    assert near(tagged) == []


def test_the_most_similar_comes_first_and_scores_most(tagged) -> None:
    nearest = list(likeness.nearest(tagged.store.reader, ["volunteer", "van", "drove"]))

    assert [coding.id for coding, _ in nearest] == ["c", "a"]
    scores = [score for _, score in nearest]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_the_index_follows_tagging_resizing_removing_undo_and_redo(tagged) -> None:
    store = tagged.store
    coding = store.read.coding("b")
    assert coding is not None
    with store.step("Change the ends", tagged.ann) as tx:
        tx.put(replace(coding, end=coding.start + 7, quote="The bus"))
    assert (near(tagged, "bus"), near(tagged, "March")) == (["b"], [])

    with store.step("Remove", tagged.ann) as tx:
        tx.delete(replace(coding, end=coding.start + 7, quote="The bus"))
    assert near(tagged, "bus") == []
    store.undo(tagged.ann)
    store.undo(tagged.ann)
    assert near(tagged, "March") == ["b"]
    store.redo(tagged.ann)
    assert near(tagged, "March") == []
    assert store.verify() == []


def test_a_memo_or_mark_leaves_the_index_as_it_is(tagged, folder: Path) -> None:
    def rows() -> list[tuple[int, str]]:
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            return database.execute("SELECT id, owner FROM coded ORDER BY id").fetchall()

    before = rows()
    coding = tagged.store.read.coding("a")
    assert coding is not None
    with tagged.store.step("Mark", tagged.ann) as tx:
        tx.put(replace(coding, marked=True, memo="Compare"))

    assert rows() == before


def test_different_passages_are_counted_not_the_codes_on_them(tagged) -> None:
    document = tagged.store.read.document("d")
    tagged.code("other")
    first = document.paragraphs[0]
    tagged.coding("again", document, "other", (first.start, first.end), coder=tagged.ben)

    assert likeness.count(tagged.store.reader, 20) == 3
    assert likeness.count(tagged.store.reader, 2) == 2


@pytest.mark.parametrize("harm", [
    "DELETE FROM coded",
    "UPDATE coded SET text = 'Something else.' WHERE owner = 'a'",
    "UPDATE coded SET owner = 'z' WHERE owner = 'a'",
    "INSERT INTO coded (owner, text) VALUES ('x', 'words')",
    "INSERT INTO coded_fts (coded_fts) VALUES ('delete-all')",
])  # fmt: skip
def test_an_index_that_does_not_hold_the_passages_is_found(tagged, folder, harm: str) -> None:
    assert tagged.store.verify() == []

    with closing(sqlite3.connect(folder / DATABASE)) as database, database:
        database.execute(harm)

    [finding] = tagged.store.verify()
    assert "index of tagged passages" in finding


def test_a_project_from_before_the_index_gets_it_when_it_is_opened(tagged, folder) -> None:
    tagged.store.close()
    with closing(sqlite3.connect(folder / DATABASE)) as database, database:
        database.execute("DROP TABLE coded_fts")
        database.execute("DROP TABLE coded")
        database.execute("DELETE FROM _sqlite_migrations WHERE name = 'likeness'")

    store = Store.open(folder)

    assert [one.id for one, _ in likeness.nearest(store.reader, ["bus"])] == ["b"]
    assert store.verify() == []
    assert "coded_fts" in Database(store.reader).table_names()
    store.close()


def test_what_is_erased_is_in_no_byte_of_the_index(desk, folder: Path) -> None:
    desk.code()
    first = evidence(desk, "SIC0001", WORDS)
    desk.store.back_up(date(2020, 9, 17))
    evidence(desk, "SIC0002", OTHER)
    assert near(desk, WORDS["body"]) == ["SIC0001-k"]

    desk.store.erase(first.id, desk.ann)

    assert found(folder, WORDS) == set()
    assert near(desk, WORDS["body"]) == []
    assert near(desk, OTHER["body"]) == ["SIC0002-k"]
    assert desk.store.verify() == []


def test_where_there_are_too_many_the_commonest_words_are_left_out(
    desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.document("d", "common", "common", "common some", "some rare")
    desk.code()
    for place, paragraph in enumerate(document.paragraphs):
        desk.coding(f"k{place}", document, span=(paragraph.start, paragraph.end))
    assert set(near(desk, "common", "some", "rare", "unknown")) == {"k0", "k1", "k2", "k3"}

    monkeypatch.setattr(likeness, "MOST", 3)
    assert set(near(desk, "common", "some", "rare")) == {"k2", "k3"}
    monkeypatch.setattr(likeness, "MOST", 1)
    assert set(near(desk, "common")) == {"k0", "k1", "k2"}


def test_the_codings_on_a_stretch_are_those_that_share_a_character_with_it(tagged) -> None:
    def on(start: int, end: int) -> list[str]:
        found = likeness.overlapping(tagged.store.reader, "d", start, end)
        return [coding.id for coding in found]

    first, second, _ = tagged.store.read.document("d").paragraphs
    assert on(first.start, first.end) == ["a"]
    assert on(first.end - 1, second.start + 1) == ["a", "b"]
    assert on(first.end, second.start) == []
