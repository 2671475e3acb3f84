"""The table of quotes follows every change of codings, and damage in it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.model import Coding, new_id
from coder.store import quoted
from coder.store.connection import DATABASE
from coder.store.journal import Step
from coder.store.schema import migrations
from coder.store.store import Store
from tests.store.conftest import ANN, BEN, Desk

ACTS = st.lists(
    st.tuples(
        st.sampled_from(("tag", "move", "recode", "mark", "remove", "undo", "redo")),
        st.integers(0, 5),
        st.sampled_from((ANN, BEN)),
    ),
    max_size=14,
)
SPANS = ((0, 2), (0, 2), (3, 12), (13, 17), (0, 17), (3, 7))


@pytest.fixture(scope="module")
def long_desk(tmp_path_factory: pytest.TempPathFactory):
    """One project in which random acts go on and on."""
    folder = Path(tmp_path_factory.mktemp("quoted")) / "inquiry"
    store = Store.create(folder, "Loneliness", "SIC", "", ANN)
    desk = Desk(store)
    desk.document("d", "We volunteer here.")
    for key in ("c", "x"):
        desk.code(key)
    yield desk
    store.close()


@given(acts=ACTS)
@settings(max_examples=25, deadline=None)
def test_it_follows_every_history_of_tagging(long_desk: Desk, acts) -> None:
    store = long_desk.store
    text = store.read.document("d").text
    for what, number, coder in acts:
        standing = store.read.codings("d")
        one = standing[number % len(standing)] if standing else None
        span = SPANS[number]
        if what == "undo":
            store.undo(coder)
        elif what == "redo":
            store.redo(coder)
        elif what == "tag":
            _step(store, lambda tx, n=number, c=coder: tx.put(_coding(text, n, c.id)))
        elif one and what == "remove":
            _step(store, lambda tx, o=one: tx.delete(o))
        elif one:
            changed = {
                "move": replace(one, start=span[0], end=span[1], quote=text[slice(*span)]),
                "recode": replace(one, code_id="x" if one.code_id == "c" else "c"),
                "mark": replace(one, marked=not one.marked),
            }[what]
            _step(store, lambda tx, c=changed: tx.put(c))

    assert quoted.verify(store.reader) == []


def _coding(text: str, number: int, coder_id: str) -> Coding:
    span = SPANS[number]
    words = text[slice(*span)]
    return Coding(new_id(), "d", "cx"[number % 2], coder_id, *span, words, f"2020-09-0{number + 1}")


def _step(store: Store, act: Callable[[Step], None]) -> None:
    with store.step("Change", ANN) as tx:
        tx.put(BEN)
        act(tx)


def test_damage_is_told(desk, folder: Path) -> None:
    document = desk.document()
    desk.code()
    desk.coding("a", document)
    assert desk.store.verify() == []
    desk.store.close()
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("DELETE FROM quoted")
        database.commit()

    again = Store.open(folder)

    [told] = again.verify()
    assert "list of quotes" in told
    again.close()


def test_an_older_project_gets_it_when_it_is_opened(desk, folder: Path) -> None:
    document = desk.document()
    desk.code()
    desk.coding("a", document)
    desk.store.close()
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("DROP TABLE quoted")
        database.execute("DELETE FROM _sqlite_migrations WHERE name = 'quoting'")
        database.commit()

    again = Store.open(folder)

    assert again.reader.execute("SELECT count(*) FROM quoted").fetchone()[0] == 1
    assert again.verify() == []
    assert migrations.name == "evidence-coder"
    again.close()


def test_an_erasure_leaves_nothing_of_it_and_the_rest_in_place(desk, ann) -> None:
    desk.code()
    for key in ("d1", "d2", "d3"):
        desk.coding(f"of-{key}", desk.document(key))

    desk.store.erase("s-d1", ann)

    assert desk.store.reader.execute("SELECT count(*) FROM quoted").fetchone()[0] == 2
    assert quoted.verify(desk.store.reader) == []


@pytest.mark.parametrize(
    ("at", "number"),
    [
        ("2020-09-18T16:04:05.123456Z", 20200918160405123),
        ("2020-09-18T16:04:05Z", 20200918160405000),
        ("2020", 20200000000000000),
        ("", 0),
    ],
)
def test_a_moment_is_the_same_number_in_sql_and_here(desk, at: str, number: int) -> None:
    document = desk.document()
    desk.code()
    coding = desk.coding("a", document)
    with desk.store.step("Date", desk.ann) as tx:
        tx.put(replace(coding, created_at=at))

    assert quoted.moment(at) == number
    assert desk.store.reader.execute("SELECT at FROM quoted").fetchone()[0] == number
