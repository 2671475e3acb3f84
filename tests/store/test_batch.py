"""Many steps in one commit: faster, and nothing of what steps promise is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError, Refused
from coder.domain.model import Code
from coder.store.journal import StepDone
from coder.store.store import Store


def names(desk) -> set[str]:
    return {code.id for code in desk.store.read.codes()}


def committed(folder: Path) -> set[str]:
    """The codes that another program sees."""
    looking = Store.open(folder, read_only=True)
    found = {code.id for code in looking.read.codes()}
    looking.close()
    return found


def test_each_step_of_a_batch_is_undone_by_itself(desk) -> None:
    with desk.store.batch():
        desk.code("a")
        desk.code("b")

    assert names(desk) == {"a", "b"}
    assert [desk.store.undo(desk.ann), names(desk)] == ["Add b", {"a"}]
    assert desk.store.verify() == []


def test_nothing_is_committed_before_the_end_and_the_batch_sees_its_own(desk, folder: Path) -> None:
    with desk.store.batch():
        desk.document("d")
        desk.code("a")
        within, without = names(desk), committed(folder)
        with desk.store.step("Look", desk.ann) as tx:
            tx.put(Code("b", "b"))
            step_sees = {code.id for code in tx.read.codes()}
        assert tx.read.highest_number("SIC") == 1
        assert desk.store.undo(desk.ann) == "Look"

    assert (within, without, step_sees) == ({"a"}, set(), {"a", "b"})
    assert committed(folder) == {"a"}


def test_a_step_that_fails_takes_back_only_itself(desk) -> None:
    with desk.store.batch():
        desk.code("a")
        with pytest.raises(ZeroDivisionError):
            desk.breaks_after(Code("x", "x"), desk.ben)
        with pytest.raises(Refused, match="“Add y” was not done"):
            desk.code("y", parent="gone")
        desk.code("b")

    assert names(desk) == {"a", "b"}
    assert desk.store.read.coder_named("Ben") is None
    assert desk.store.verify() == []


def breaks_off(desk) -> None:
    with desk.store.batch():
        desk.code("a")
        desk.breaks_after(Code("x", "x"), desk.ann)


def test_what_was_finished_stays_where_the_batch_is_broken_off(desk, folder: Path) -> None:
    heard: list[str] = []
    desk.store.watchers.append(lambda done: heard.append(done.label))

    with pytest.raises(ZeroDivisionError):
        breaks_off(desk)

    assert committed(folder) == {"a"}
    assert heard == ["Add a"]
    desk.code("after")
    assert desk.store.verify() == []


def test_watchers_hear_of_each_step_in_order_and_after_the_commit(desk, folder: Path) -> None:
    heard: list[StepDone] = []
    seen: list[set[str]] = []
    desk.store.watchers.append(heard.append)
    desk.store.watchers.append(lambda _: seen.append(committed(folder)))

    with desk.store.batch():
        code = desk.code("a")
        with desk.store.step("Nothing", desk.ann) as tx:
            tx.put(code)
        desk.code("b")
        assert heard == []

    assert [done.label for done in heard] == ["Add a", "Add b"]
    assert seen == [{"a", "b"}] * 2


def test_a_batch_within_a_batch_is_part_of_it(desk, folder: Path) -> None:
    with desk.store.batch():
        with desk.store.batch():
            desk.code("a")
        assert committed(folder) == set()

    assert committed(folder) == {"a"}


def steps_within_a_step(desk) -> None:
    with desk.store.batch(), desk.store.step("Outer", desk.ann) as tx:
        tx.put(Code("a", "a"))
        desk.code("b")


def test_a_step_within_a_step_of_a_batch_is_a_mistake(desk) -> None:
    with pytest.raises(RuntimeError, match="within another"):
        steps_within_a_step(desk)

    assert names(desk) == set()
    assert desk.store.verify() == []


def test_others_read_meanwhile_and_write_afterwards(desk) -> None:
    seen: list[set[str]] = []
    other = threading.Thread(target=lambda: (seen.append(names(desk)), desk.code("theirs")))

    with desk.store.batch():
        desk.code("a")
        other.start()
        while not seen:
            pass
        desk.code("b")
    other.join()

    assert seen == [set()]
    assert names(desk) == {"a", "b", "theirs"}
    assert desk.store.verify() == []


def test_originals_of_a_batch_have_their_names_when_it_is_committed(desk, folder: Path) -> None:
    with desk.store.batch():
        kept = desk.store.keep_original(Source("a.txt", b"Hello"))
        with desk.store.step("Keep", desk.ann) as tx:
            tx.put(kept)
        again = desk.store.keep_original(Source("b.md", b"Hello"))
        assert not desk.store.original_path(kept).exists()

    assert again == kept
    assert desk.store.original_path(kept).read_bytes() == b"Hello"
    assert len([path for path in (folder / "originals").rglob("*") if path.is_file()]) == 1
    assert desk.store.verify() == []


def beyond_the_disk(desk) -> None:
    """A batch of which the second step finds the disk full, and which goes on regardless."""
    with desk.store.batch():
        desk.store.keep_original(Source("a.txt", b"Hello"))
        desk.code("a")
        with pytest.raises(EvidenceError, match="is full"):
            desk.document("d", "word " * 100_000)
        with pytest.raises(EvidenceError, match="not saved"):
            desk.code("b")


def test_a_full_disk_gives_the_whole_batch_up_in_a_sentence(desk, folder: Path) -> None:
    heard: list[StepDone] = []
    desk.store.watchers.append(heard.append)
    pages = desk.store._writer.execute("PRAGMA page_count").fetchone()[0]
    desk.store._writer.execute(f"PRAGMA max_page_count = {pages + 20}")

    with pytest.raises(EvidenceError, match="not saved"):
        beyond_the_disk(desk)

    assert heard == []
    assert committed(folder) == set()
    assert [path for path in (folder / "originals").rglob("*") if path.is_file()] == []
    desk.code("after")
    assert desk.store.verify() == []


def test_what_a_kill_left_half_written_is_swept_away(desk, folder: Path) -> None:
    kept = desk.store.keep_original(Source("a.txt", b"Hello"))
    part = desk.store.original_path(kept).with_name(".part-x")
    part.write_bytes(b"Hel")
    desk.store.close()

    desk.store = Store.open(folder)

    assert not part.exists()
    assert desk.store.original_path(kept).exists()


def test_reading_only_there_is_no_batch(desk, folder: Path) -> None:
    looking = Store.open(folder, read_only=True)
    with pytest.raises(Refused, match="reading only"), looking.batch():
        pass
    looking.close()


def test_a_code_changed_twice_in_a_batch_is_journaled_twice(desk) -> None:
    with desk.store.batch():
        code = desk.code("a")
        with desk.store.step("Rename", desk.ann) as tx:
            tx.put(replace(code, name="b"))

    assert desk.store.undo(desk.ann) == "Rename"
    assert desk.store.read.codes() == [code]


IMPORTING = """
import sys
from pathlib import Path
from coder.domain.draft import Source
from coder.domain.model import Coder, Document, DocumentKind, Submission, new_id
from coder.store.store import Store

store = Store.open(Path(sys.argv[1]))
ann = Coder("ann", "Ann")
while True:
    with store.batch():
        ids = []
        for _ in range(7):
            own = new_id()
            kept = store.keep_original(Source("a.txt", own.encode()))
            with store.step("Import", ann) as tx:
                number = tx.read.highest_number("SIC") + 1
                tx.put(Submission(own, f"SIC{number:04}"))
                tx.put(kept)
                tx.put(Document(own, own, 0, "a", DocumentKind.EMAIL, own, (), kept.id))
            ids.append(own)
    print(*ids, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_no_acknowledged_batch_is_lost_by_kill_9(desk, folder: Path) -> None:
    desk.store.close()
    chance = random.Random(9)
    acknowledged: list[str] = []

    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", IMPORTING, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        ) as child:
            assert child.stdout
            for _ in range(chance.randint(1, 6)):
                acknowledged += child.stdout.readline().split()
            child.kill()
            for line in child.stdout:
                acknowledged += line.split() if line.endswith("\n") else []

        store = Store.open(folder)
        kept = [one.id for one in store.read.submissions()]
        assert set(acknowledged) <= set(kept)
        assert len(kept) % 7 == 0
        assert len({one.ref for one in store.read.submissions()}) == len(kept)
        assert store.verify() == []
        store.close()
