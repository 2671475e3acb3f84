"""A project folder opened: whole or not at all, one writer, any readers, word of every change."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError, Refused
from coder.domain.model import Code, Coder
from coder.store.connection import DATABASE
from coder.store.journal import ACT, REDO, UNDO, StepDone
from coder.store.store import Store


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room; only where one may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    asked = [str(mount), "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(disk)]
    if mount is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_new_project_is_a_plain_folder_that_can_be_copied(
    desk, folder: Path, tmp_path: Path
) -> None:
    code = desk.code()
    desk.store.keep_original(Source("a.txt", b"Hello"))
    desk.store.close()
    assert {path.name for path in folder.iterdir()} <= {DATABASE, "originals", "project.lock"}

    copy = Store.open(shutil.copytree(folder, tmp_path / "copy"))

    assert copy.read.codes() == [code]
    assert copy.verify() == []
    copy.close()


def test_a_folder_in_use_is_left_alone(tmp_path: Path, ann: Coder) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(Refused, match="not empty"):
        Store.create(tmp_path, "T", "SIC", "", ann)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("there", [False, True])
def test_a_project_that_cannot_be_made_leaves_nothing(
    small_disk: Path, ann: Coder, there: bool
) -> None:
    folder = small_disk / "inquiry"
    if there:
        folder.mkdir()
    (small_disk / "film").write_bytes(b"x" * 1_500_000)

    with pytest.raises(EvidenceError, match="“inquiry” is full"):
        Store.create(folder, "T", "SIC", "", ann)

    assert folder.exists() is there
    assert not there or list(folder.iterdir()) == []


def fill(path: Path) -> None:
    """Writes until the disk has no room."""
    with path.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(b"x" * 4096):
            pass


def add_codes(desk, count: int) -> None:
    for n in range(count):
        desk.code(f"c{n}")


def test_a_full_disk_is_one_sentence_and_nothing_half_written(
    small_disk: Path, ann: Coder, desk_of: type
) -> None:
    store = Store.create(small_disk / "p", "T", "SIC", "", ann)
    document = desk_of(store).document()
    film = small_disk / "film"
    fill(film)

    with pytest.raises(EvidenceError, match="“p” is full, so this was not saved") as told:
        add_codes(desk_of(store), 200)
    kept = store.read.codes()
    with pytest.raises(EvidenceError, match="is full"):
        store.keep_original(Source("big.bin", b"y" * 500_000))

    assert told.value.remedy.startswith("Free some space")
    assert not list((small_disk / "p").rglob(".part-*"))
    assert store.verify() == []
    film.unlink()
    desk_of(store).code("room")
    assert len(store.read.codes()) == len(kept) + 1
    assert store.read.document(document.id) == document
    store.close()


def test_a_database_that_may_not_grow_is_a_full_disk(desk) -> None:
    writer = desk.store._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 2}")

    with pytest.raises(EvidenceError, match="is full"):
        desk.document("large", "word " * 20_000)

    assert desk.store.read.submissions() == []
    assert desk.store.verify() == []
    writer.execute("PRAGMA max_page_count = 100000")
    desk.document("large", "word " * 20_000)


def test_a_reader_beside_the_writer_sees_what_is_committed_and_may_not_write(
    desk, folder: Path
) -> None:
    looking = Store.open(folder, read_only=True)
    code = desk.code()

    assert looking.read_only
    assert looking.read.codes() == [code]
    with pytest.raises(Refused, match="open for reading only"), looking.step("x", desk.ann):
        pass
    with pytest.raises(Refused, match="open for reading only"):
        looking.undo(desk.ann)
    with pytest.raises(Refused, match="open for reading only"):
        looking.keep_original(Source("a.txt", b"Hello"))
    looking.close()


@pytest.mark.skipif(os.name == "nt", reason="folders are made read-only by other means there")
def test_a_folder_that_cannot_be_written_can_be_read(desk, folder: Path) -> None:
    code = desk.code()
    desk.store.close()
    if not _bind_read_only(folder):
        pytest.skip("no folder can be made read-only here")
    try:
        with pytest.raises(EvidenceError, match="cannot be written to"):
            Store.open(folder)
        looking = Store.open(folder, read_only=True)
        assert looking.read.codes() == [code]
        assert looking.verify() == []
        looking.close()
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _bind_read_only(folder: Path) -> bool:
    """Whether the folder is now read-only, also for one who may do everything."""
    commands = (["mount", "--bind", folder, folder], ["mount", "-o", "remount,bind,ro", folder])
    return shutil.which("mount") is not None and not any(
        subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode
        for command in commands
    )


def test_watchers_hear_of_each_commit_and_of_nothing_else(desk) -> None:
    heard: list[StepDone] = []
    seen: list[int] = []
    desk.store.watchers.append(heard.append)
    desk.store.watchers.append(lambda _: seen.append(len(desk.store.read.codes())))

    code = desk.code()
    with desk.store.step("Nothing", desk.ann) as tx:
        tx.put(code)
    with pytest.raises(ZeroDivisionError):
        desk.breaks_after(replace(code, name="x"), desk.ann)
    desk.store.undo(desk.ann)
    desk.store.redo(desk.ann)

    assert [done.kind for done in heard] == [ACT, UNDO, REDO]
    assert {done.label for done in heard} == {"Add c"}
    assert all(done.touched == {"codes": {"c"}} and done.touches("codes") for done in heard)
    assert not any(done.touches("codings") for done in heard)
    assert seen == [1, 0, 1]


def test_steps_of_many_threads_follow_one_another(desk) -> None:
    document = desk.document()
    desk.code()
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for n in range(10):
                desk.coding(f"{name}{n}", document)
                assert desk.store.read.coding(f"{name}{n}")
        except BaseException as problem:  # noqa: BLE001
            failures.append(problem)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    findings = [desk.store.verify() for _ in range(5)]
    for thread in threads:
        thread.join()

    assert failures == []
    assert findings == [[]] * 5
    assert len(desk.store.read.codings(document.id)) == 40
    assert desk.store.verify() == []


def test_a_changed_or_missing_original_is_found(desk) -> None:
    kept = [desk.store.keep_original(Source(name, name.encode())) for name in ("a.txt", "b.txt")]
    with desk.store.step("Keep", desk.ann) as tx:
        for original in kept:
            tx.put(original)
    assert desk.store.verify() == []

    desk.store.original_path(kept[0]).write_bytes(b"A.txt")
    desk.store.original_path(kept[1]).unlink()

    assert sorted(desk.store.verify()) == [
        "The original “a.txt” is missing or was changed.",
        "The original “b.txt” is missing or was changed.",
    ]


def test_the_same_bytes_under_another_name_are_kept_once(desk, folder: Path) -> None:
    first = desk.store.keep_original(Source("a.txt", b"Hello"))
    with desk.store.step("Keep", desk.ann) as tx:
        tx.put(first)

    assert desk.store.keep_original(Source("b.md", b"Hello")) == first
    assert len([path for path in (folder / "originals").rglob("*") if path.is_file()]) == 1


@pytest.fixture
def damaged(desk, folder: Path) -> Iterator[Store]:
    """The project opened after the first pages of its codes and documents were overwritten."""
    desk.document("large", "word " * 20_000)
    roots = desk.store.reader.execute(
        "SELECT rootpage FROM sqlite_master WHERE name IN ('codes', 'documents')"
    ).fetchall()
    desk.store.close()
    with (folder / DATABASE).open("r+b") as stream:
        for root in roots:
            stream.seek((root[0] - 1) * 4096)
            stream.write(b"\xff" * 4096)
    store = Store.open(folder)
    yield store
    store.close()


def test_a_damaged_database_is_found(damaged: Store) -> None:
    assert damaged.verify()
    assert all(found.startswith("The database is damaged: ") for found in damaged.verify())


def test_a_damaged_database_that_is_written_to_is_told_in_a_sentence(
    damaged: Store, ann: Coder
) -> None:
    with pytest.raises(EvidenceError, match="damaged"), damaged.step("Add", ann) as tx:
        tx.put(Code("c", "c"))


def test_each_sitting_is_known_by_itself(desk, folder: Path) -> None:
    desk.code("a")
    desk.store.close()
    desk.store = Store.open(folder)
    desk.code("b")

    origins = {row[0] for row in desk.store.reader.execute("SELECT origin FROM steps")}
    assert len(origins) == 2
