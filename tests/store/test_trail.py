"""The trail reads steps by their indexes, and says how it narrows them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coder.domain.model import Code, Coder, Submission, new_id, now
from coder.domain.sight import Sight
from coder.domain.trail import Asked
from coder.store import trail
from coder.store.store import Store

NOOR = Coder(new_id(), "Noor", now())
ALL = Sight()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.create(tmp_path / "project", "Streets", "STR", "", NOOR)) as made:
        yield made


def test_pages_follow_one_another_without_gap(store: Store) -> None:
    codes = [Code(new_id(), f"Code {number}") for number in range(7)]
    for code in codes:
        with store.step(f"Add “{code.name}”", NOOR) as tx:
            tx.put(code)
    found, last = [], None
    while page := trail.steps(store.reader, Asked(), ALL, 3, last):
        found += page
        last = (page[-1].at, page[-1].seq)
    assert [one.seq for one in found] == list(range(8, 0, -1))
    assert [one.number for one in found[:-1]] == [1] * 7


def test_only_the_first_changes_of_a_large_step_are_read(store: Store) -> None:
    with store.step("Add many", NOOR) as tx:
        for number in range(trail.PER_STEP + 5):
            tx.put(Code(new_id(), f"Code {number}"))
    [step] = trail.steps(store.reader, Asked(), ALL, 1)
    assert step.number == trail.PER_STEP + 5
    assert len(trail.changes(store.reader, [step.seq])[step.seq]) == trail.PER_STEP
    assert len(trail.changes(store.reader, [step.seq], trail.MOST)[step.seq]) == step.number


def test_what_stands_in_words_is_found_and_ids_are_not(store: Store) -> None:
    code = Code(new_id(), "Trust_100%", definition="Said “so”")
    with store.step("Add a code", NOOR) as tx:
        tx.put(code)
    for words in ("trust_100%", "said “so”", "ADD A"):
        assert [one.label for one in trail.steps(store.reader, Asked(words=words), ALL, 9)] == [
            "Add a code"
        ]
    for words in (code.id, "definition", "t%t", "Trust-100"):
        assert trail.steps(store.reader, Asked(words=words), ALL, 9) == []


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Asked(), "steps_at"),
        (Asked(submissions=("x",)), "changes_about"),
        (Asked(codes=("x",)), "changes_code_before"),
        (Asked(since="2020"), "steps_at"),
    ],
)
def test_narrowing_goes_by_an_index(store: Store, asked: Asked, index: str) -> None:
    plans = Plans(store)
    trail.steps(plans, asked, ALL, 100)  # type: ignore[arg-type]
    assert any(index in one for one in plans.seen)
    assert not plans.whole_reads()


def test_the_changes_of_steps_and_of_rows_are_read_by_an_index(store: Store) -> None:
    plans = Plans(store)
    trail.changes(plans, [1, -1])  # type: ignore[arg-type]
    trail.last_images(plans, "codes", ["x"])  # type: ignore[arg-type]
    assert plans.seen
    assert not plans.whole_reads()


class Plans:
    """Stands where a connection does, and keeps how each query would be done."""

    def __init__(self, store: Store) -> None:
        self.seen: list[str] = []
        self._store = store

    def execute(self, query: str, values: dict[str, object]) -> list[sqlite3.Row]:
        plan = self._store.reader.execute(f"EXPLAIN QUERY PLAN {query}", values)
        self.seen.extend(str(row["detail"]) for row in plan)
        return []

    def whole_reads(self) -> list[str]:
        tables = ("SCAN changes", "SCAN brought_changes", "SCAN trail_changes", "SCAN c")
        return [one for one in self.seen if one.startswith(tables) and "INDEX" not in one]


def test_an_older_journal_gets_the_indexes(store: Store) -> None:
    with store.step("Take in", NOOR) as tx:
        tx.put(Submission(new_id(), "STR0001"))
    names = {row[0] for row in store.reader.execute("SELECT name FROM sqlite_master")}
    assert {
        "steps_at",
        "changes_about",
        "changes_code_after",
        "changes_code_before",
        "changes_kind",
    } <= names
