"""What is left out of a copy made for somebody is known by its seals, and the chain holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from coder.domain.model import Code
from coder.store import chain
from coder.store.acts import SHARE
from coder.store.chain import stamp_after
from coder.store.connection import DATABASE


def leave_out(desk) -> None:
    with desk.store.step("Share with Ben", desk.ann, SHARE) as tx:
        chain.leave_out(tx.connection, tx.seq, "codes", ["x"])
        tx.connection.execute("DELETE FROM codes WHERE id = 'x'")


def test_what_a_share_left_out_is_missed_by_nobody(desk) -> None:
    with desk.store.step("Add Wolpertinger", desk.ann) as tx:
        tx.put(Code("x", "Wolpertinger"))

    leave_out(desk)

    assert desk.store.verify() == []
    row = desk.store.reader.execute("SELECT * FROM changes WHERE row_id = 'x'").fetchone()
    assert (row["before"], row["after"], row["salt"]) == (None, None, "")
    assert [one.label for one in desk.store.read.history(2)] == [
        "Share with Ben",
        "Something left out of this copy",
    ]


def test_what_no_share_left_out_is_missed(desk) -> None:
    for name in ("x", "y"):
        with desk.store.step(f"Add {name}", desk.ann) as tx:
            tx.put(Code(name, name))
    leave_out(desk)
    hide = "UPDATE {} SET {} left_out = (SELECT max(seq) FROM steps) WHERE seq = 3"

    with closing(sqlite3.connect(desk.store.folder / DATABASE)) as tampering:
        tampering.execute(hide.format("changes", "after = NULL, salt = '',"))
        tampering.execute("DELETE FROM codes WHERE id = 'y'")
        tampering.commit()

    assert any("was altered" in found for found in desk.store.verify())


def test_a_step_counts_as_made_after_all_it_had_seen_whatever_the_clock_says(desk) -> None:
    desk.store.clock = lambda: "2001-01-01T00:00:00.000000Z"
    for name in ("x", "y"):
        with desk.store.step(f"Add {name}", desk.ann) as tx:
            tx.put(Code(name, name))

    rows = desk.store.reader.execute("SELECT at, stamp FROM steps ORDER BY seq DESC").fetchall()

    assert rows[0]["at"] == rows[1]["at"] == "2001-01-01T00:00:00.000000Z"
    assert rows[0]["stamp"] == stamp_after("", rows[1]["stamp"]) > rows[1]["stamp"]
    assert desk.store.verify() == []
