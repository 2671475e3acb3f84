"""Copies that hold a part of the project, brought together with fuller ones."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from coder.domain.errors import NotFound
from coder.project import Project
from coder.project.sharing import ShareOptions, open_shared
from coder.store import chain, likeness, quoted, search
from coder.store.acts import SHARE
from coder.store.scope import scope_of
from coder.store.store import Store
from tests.project.copies import NAMES, Copies, rows
from tests.project.merged import ASHA, BEN, NOOR, nothing_more, tag


def share_without(folder: Path, ref: str, other: Path) -> None:
    """Makes a copy for somebody, without one submission."""
    shutil.copytree(folder, other)
    with closing(Store.open(other)) as store:
        owner = store.read.submission(ref).id
        noor = store.read.coder_named(NAMES[NOOR])
        with store.step("Share with Asha", noor, SHARE) as tx:
            tx.connection.execute("PRAGMA defer_foreign_keys = ON")
            for table, ids in scope_of(tx.connection, {owner}).rows():
                chain.leave_out(tx.connection, tx.seq, table, ids)
                for one in ids:
                    search.refresh(tx.connection, table, one, None)
                    likeness.refresh(tx.connection, table, one, None)
                    tx.connection.execute(f"DELETE FROM {table} WHERE id = ?", (one,))
            quoted.rebuild(tx.connection)


def test_a_copy_without_part_of_it_comes_home_and_is_filled_again(
    copies: Copies, tmp_path: Path
) -> None:
    noor = copies.projects[NOOR]
    share_without(noor.folder, "SIC0001", tmp_path / "part")
    with Project.open(tmp_path / "part", NAMES[ASHA]) as part:
        assert part.verify() == []
        tag(part, "Hope", 60, 70, "SIC0002")
        tag(noor, "Hope", 60, 70, "SIC0001")

        assert noor.merging.merge(part.folder).added == {"coders": 1, "codings": 1}
        assert noor.verify() == []
        before = rows(part)
        part.merging.merge(noor.folder)

        assert part.verify() == []
        assert rows(part) == rows(noor)
        assert part.merging.merge(noor.folder).nothing
        part.undo()
        assert rows(part) == before
        assert part.verify() == []


def shared(project: Project, folder: Path, name: str, **options: object) -> Project:
    """Opens the copy that somebody was given."""
    path = folder / f"{name}.evidence"
    project.sharing.share(path, ShareOptions(to=name, **options))  # type: ignore[arg-type]
    open_shared(path, folder / name)
    return Project.open(folder / name, name)


def test_files_that_were_left_out_of_a_copy_come_with_a_merge(
    copies: Copies, tmp_path: Path
) -> None:
    noor = copies.projects[NOOR]
    document = noor.evidence.document_titled("SIC0002")
    with (
        shared(noor, tmp_path, "Asha Rao", originals=False) as bare,
        shared(noor, tmp_path, "Ben Sutton", refs=("SIC0001",)) as part,
    ):
        steps = len(bare.history())
        part.merging.merge(bare.folder)
        assert part.verify() == []
        for project in (bare, part):
            with pytest.raises(NotFound, match="left out of this copy"):
                project._store.original_file(document)

            merged = project.merging.merge(noor.folder)

            assert not merged.nothing
            assert "left out of this copy" in " ".join(merged.sentences())
            file = project._store.original_file(document)
            assert file.read_bytes() == noor._store.original_file(document).read_bytes()
            assert project.merging.merge(noor.folder).nothing
            assert project.verify() == []
        assert len(bare.history()) == steps


def test_steps_of_which_a_part_was_left_out_are_filled_from_any_copy(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    asha.assigning.assign(["SIC0002"], [NAMES[BEN]])
    document = asha.evidence.document_titled("SIC0002")
    asha.tag_with_new_code(document, 40, 60, "Rail")
    noor.merging.merge(asha.folder)
    noor.tag_with_new_code(document, 62, 70, "Bus")
    with (
        shared(noor, tmp_path, "Cleo", blind=True, refs=("SIC0001",)) as part,
        shared(noor, tmp_path, "Dan", refs=("SIC0001", "SIC0003")) as other,
    ):
        tag(part, "Rail", 20, 30)
        other.merging.merge(part.folder)
        part.merging.merge(other.folder)
        noor.merging.merge(other.folder)
        for project in (part, other):
            project.merging.merge(noor.folder)
        assert part.verify() == other.verify() == []

        assert rows(part)["codings"] == rows(other)["codings"] == rows(noor)["codings"]
        assert rows(part)["assignments"] == rows(noor)["assignments"]
        nothing_more(noor, part, other)


def test_what_a_copy_of_some_never_held_is_withdrawn_by_its_reference(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    with shared(noor, tmp_path, "Cleo", refs=("SIC0001",)) as part:
        asha.withdrawal.withdraw("SIC0002")

        assert part.merging.preview(asha.folder).withdrawn == ("SIC0002",)
        assert part.merging.merge(asha.folder).withdrawn == ("SIC0002",)
        assert part.verify() == []


def test_an_act_that_came_in_part_is_filled_from_a_fuller_copy(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    noor.tag_with_new_code(noor.evidence.document_titled("SIC0001"), 60, 70, "Returners")
    with shared(noor, tmp_path, "Cleo", blind=True) as blind:
        asha.merging.merge(blind.folder)
        assert asha.codebook.at("Returners")
    assert any("left out of this copy" in line.words for line in asha.trail.page(limit=4))
    assert "Something left out of this copy" in {one.label for one in asha.history(9)}
    asha.merging.merge(noor.folder)

    told = [line.words for line in asha.trail.page(limit=4)]
    assert any("made the code" in words and "tagged" in words for words in told)
    assert "Something left out of this copy" not in {one.label for one in asha.history(9)}
    assert [(one.coder, one.label) for one in asha.story(9)] == [
        (one.coder, one.label) for one in asha.history(9)
    ]
    assert rows(asha)["codings"] == rows(noor)["codings"]
    assert asha.merging.merge(noor.folder).nothing
    assert asha.verify() == []
