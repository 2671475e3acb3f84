"""What is no sound copy is refused, and a merge that does not come to its end has not been."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused
from coder.jobs import Job
from coder.project import Project
from coder.project.sharing import ShareOptions
from coder.store.connection import DATABASE
from tests.project.copies import NAMES, Copies, letter, rows
from tests.project.merged import ASHA, BEN, NOOR, tag


def test_originals_come_along_and_are_checked(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "new", "We write for the first time.")
    document = asha.evidence.document_titled("SIC0004")
    kept = asha.evidence.original_path(document)
    words = kept.read_bytes()
    kept.write_bytes(b"something else")
    before = rows(noor)

    with pytest.raises(EvidenceError, match="changed or is cut off"):
        noor.merging.merge(asha.folder)

    assert rows(noor) == before
    kept.write_bytes(words)
    assert noor.merging.merge(asha.folder).originals == 1
    assert noor.evidence.original_path(document).read_bytes() == words
    assert noor.verify() == []


def damaged(folder: Path, how: str) -> None:
    path = folder / DATABASE
    if how == "cut off":
        path.write_bytes(path.read_bytes()[:30_000])
        return
    statements = {
        "another inquiry": "UPDATE inquiry SET id = 'x'",
        "newer": "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('evidence-coder', 'of_tomorrow', '2040')",
        "a label": "UPDATE steps SET label = 'x' WHERE seq = 2",
        "a row": "UPDATE codes SET name = 'x'",
        "a change": "UPDATE changes SET after = replace(after, 'Hope', 'Fear')",
    }
    with closing(sqlite3.connect(path)) as tampering:
        tampering.execute(statements[how])
        tampering.commit()


REFUSED = {
    "another inquiry": "is another inquiry",
    "newer": "newer version",
    "a label": "altered outside the program",
    "a row": "altered outside the program",
    "a change": "altered outside the program",
    "cut off": "damaged",
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_is_foreign_or_altered_is_refused_and_nothing_changes(
    copies: Copies, tmp_path: Path, how: str
) -> None:
    noor, asha, _ = copies.projects
    asha.codebook.add("Faith")
    asha.close()
    other = shutil.copytree(copies.folders[ASHA], tmp_path / "other")
    damaged(other, how)
    before = rows(noor), noor.history(3)

    with pytest.raises(EvidenceError, match=REFUSED[how]):
        noor.merging.merge(other)

    assert (rows(noor), noor.history(3)) == before


def test_a_zip_comes_in_as_its_folder_and_a_cut_off_one_is_refused(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "new", "We write for the first time.")
    packed = tmp_path / "asha.zip"
    asha.interchange.export(packed)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(packed.read_bytes()[:-300])
    with zipfile.ZipFile(tmp_path / "none.zip", "w") as archive:
        archive.writestr("x.txt", "x")

    for path, why in ((cut, "changed or cut off"), (tmp_path / "none.zip", "no copy")):
        with pytest.raises(EvidenceError, match=why):
            noor.merging.merge(path)
    with pytest.raises(NotFound):
        noor.merging.preview(tmp_path / "nowhere")
    with pytest.raises(Refused, match="this project itself"):
        noor.merging.merge(noor.folder)

    assert noor.merging.merge(packed).originals == 1
    assert noor.verify() == []


KILLED = """
import os, signal, sys
from pathlib import Path
from coder.project import Project
from coder.store import connection, store

real, done, left = connection.connect, 0, int(sys.argv[3])

def count(statement):
    global done
    done += 1
    if done == left:
        os.kill(os.getpid(), signal.SIGKILL)

def connect(folder, **how):
    found = real(folder, **how)
    if how["write"] and folder == Path(sys.argv[1]):
        found.set_trace_callback(count)
    return found

store.connect = connect
with Project.open(Path(sys.argv[1]), "Asha Rao") as project:
    project.merging.merge(Path(sys.argv[2]))
    print(done, flush=True)
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(folder: Path, other: Path, after: int) -> str:
    """Merges in a process that is killed before this statement of its database, 0 for right after
    the merge; gives what it said."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, (folder, other, after))],
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    return done.stdout.decode()


def test_a_merge_that_is_killed_has_been_or_not(copies: Copies, tmp_path: Path) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "new", "We write for the first time.")
    tag(asha, "Hope", 60, 70)
    asha.withdrawal.withdraw("SIC0002")
    tag(noor, "Hope", 60, 70)
    noor.close()
    asha.close()
    home, other = copies.folders[:2]
    every = int(killed(shutil.copytree(home, tmp_path / "whole"), other, 0))
    with Project.open(home, NAMES[NOOR]) as before, Project.open(other, NAMES[ASHA]) as theirs:
        tags, ends = rows(before)["codings"], rows(theirs)["documents"]
    erased = {one: row for one, row in tags.items() if row[1] in ends}
    seen = set()
    for place in (every // 6, every // 2, every * 4 // 5, every - 1, 0):
        folder = shutil.copytree(home, tmp_path / f"{place}")
        killed(folder, other, place)
        with Project.open(folder, NAMES[NOOR]) as again:
            assert again.verify() == []
            standing = rows(again)["codings"]
            came = standing not in (tags, erased)
            seen.add((came, standing == tags))
            assert came == any(one.kind == "merge" for one in again.history())
            again.merging.merge(other)
            assert again.verify() == []
            assert rows(again)["documents"] == ends
            assert len(rows(again)["codings"]) == len(erased) + 1
    assert len(seen) == 3


def test_a_merge_that_is_stopped_changes_nothing(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    tag(asha, "Hope", 60, 70)
    before = rows(noor)
    told: list[str] = []
    job = Job(lambda now: (told.append(now.label), job.cancel()))

    with pytest.raises(Cancelled):
        noor.merging.merge(asha.folder, job)

    assert told
    assert rows(noor) == before
    assert noor.verify() == []


def test_copies_that_went_on_in_one_sitting_are_refused(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    for project in (noor, asha):
        project._store._origin = "the copy of an earlier version"
        project.codebook.add("Faith")
    before = rows(noor)

    with pytest.raises(Refused, match="cannot be brought together"):
        noor.merging.merge(asha.folder)

    assert rows(noor) == before


def test_nothing_is_merged_into_what_is_open_for_reading_only(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    asha.codebook.add("Faith")
    with Project.open(noor.folder, NAMES[BEN], read_only=True) as looking:
        assert looking.merging.preview(asha.folder).added == {"codes": 1, "coders": 1}
        with pytest.raises(Refused, match="open for reading only"):
            looking.merging.merge(asha.folder)


def test_a_byte_changed_anywhere_in_a_zip_or_shared_copy_is_refused_or_does_no_harm(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "new", "We write for the first time.")
    tag(asha, "Hope", 60, 70)
    packed, given = tmp_path / "asha.zip", tmp_path / "asha.evidence"
    asha.interchange.export(packed)
    asha.sharing.share(given, ShareOptions())
    before = rows(noor)
    refused = 0
    for path in (packed, given):
        whole = path.read_bytes()
        places = [whole.index(b"We write for"), len(whole) - 30]
        for place in (*places, *range(200, len(whole), len(whole) // 9)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
            try:
                merged = noor.merging.merge(path)
            except EvidenceError:
                refused += 1
            else:
                assert merged.acts == {NAMES[ASHA]: 2}
                noor.undo()
            assert rows(noor) == before
    assert noor.verify() == []
    assert refused > 2
