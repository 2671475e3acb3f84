"""A copy of the database each day, and fewer of them as they age."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Code, Coder, new_id, now
from coder.store.backup import rewrite, surplus
from coder.store.store import Store

TODAY = date(2020, 9, 18)


@pytest.fixture
def store(tmp_path: Path):
    coder = Coder(new_id(), "Noor Hadley", now())
    made = Store.create(tmp_path / "project", "Streets", "STR", "", coder)
    with made.step("Add a code", coder) as tx:
        tx.put(Code(new_id(), "Volunteering"))
    yield made
    made.close()


def test_a_copy_holds_all_that_was_committed(store: Store) -> None:
    copy = store.back_up(TODAY)
    assert copy is not None
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM codes").fetchall() == [("Volunteering",)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_one_a_day_is_enough(store: Store) -> None:
    assert store.back_up(TODAY) is not None
    assert store.back_up(TODAY) is None
    assert store.back_up(TODAY + timedelta(days=1)) is not None


def test_a_copy_that_failed_leaves_nothing(store: Store) -> None:
    (store.folder / "backups").write_text("in the way")
    with pytest.raises(Exception, match="could not be"):
        store.back_up(TODAY)
    assert (store.folder / "backups").read_text() == "in the way"


def test_copies_thin_out_as_they_age() -> None:
    copies = [Path(f"{TODAY - timedelta(days=age)}.db") for age in range(400)]
    kept = sorted(set(copies) - set(surplus(copies, TODAY)))
    ages = [(TODAY - date.fromisoformat(copy.stem)).days for copy in kept]
    assert [age for age in ages if age < 7] == [6, 5, 4, 3, 2, 1, 0]
    assert 7 <= len([age for age in ages if 7 <= age < 56]) <= 8
    assert 10 <= len([age for age in ages if age >= 56]) <= 13


@given(st.sets(st.integers(0, 800)))
def test_thinning_keeps_the_oldest_and_all_of_the_last_week(ages: set[int]) -> None:
    copies = [Path(f"{TODAY - timedelta(days=age)}.db") for age in ages]
    kept = set(copies) - set(surplus([*copies, Path("mine.db")], TODAY))
    assert not copies or min(copies) in kept
    assert {copy for age, copy in zip(ages, copies, strict=True) if age < 7} <= kept
    assert surplus(sorted(kept), TODAY) == []


def add_a_table(connection: sqlite3.Connection) -> bool:
    connection.execute("CREATE TABLE added (id)")
    return True


def add_and_fail(connection: sqlite3.Connection) -> bool:
    add_a_table(connection)
    raise ZeroDivisionError


def test_a_copy_is_rewritten_whole_or_not_at_all(store: Store) -> None:
    copy = store.back_up(TODAY)
    assert copy is not None
    before = copy.read_bytes()

    with pytest.raises(ZeroDivisionError):
        rewrite(copy, add_and_fail)
    assert copy.read_bytes() == before

    assert rewrite(copy, add_a_table)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT * FROM added").fetchall() == []
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
