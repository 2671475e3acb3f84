"""Which files are meant by what a person names: all of them are accounted for, noise by name."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.project.gather import gather

Tree = Callable[..., Path]
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs what only POSIX has")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Makes files below the folder `inbox`; gives the folder."""

    def make(*names: str) -> Path:
        for name in names:
            (tmp_path / "inbox" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "inbox" / name).write_text(name)
        return tmp_path / "inbox"

    return make


def test_files_come_in_the_order_of_their_paths_and_are_shown_from_the_folder(tree: Tree) -> None:
    inbox = tree("b.txt", "a/2.txt", "a/1.txt", "c.txt")

    found = gather([inbox / "c.txt", inbox])

    names = ["c.txt", "inbox/a/1.txt", "inbox/a/2.txt", "inbox/b.txt", "inbox/c.txt"]
    assert [Path(one.shown).as_posix() for one in found] == names
    assert [one.left_out for one in found] == [""] * 5
    assert found[1].account == str(inbox / "a" / "1.txt")


def test_what_is_no_evidence_is_skipped_and_named_unless_it_is_named_itself(tree: Tree) -> None:
    noise = [".DS_Store", "Thumbs.db", "DESKTOP.INI", "~$letter.docx", ".git/config"]
    inbox = tree("a.txt", "old/project.db", "old/originals/a.txt", *noise)

    found = gather([inbox])

    assert [one.path.name for one in found if not one.left_out] == ["a.txt"]
    skipped = {one.path.name for one in found if one.as_usual}
    assert skipped == {".DS_Store", "Thumbs.db", "DESKTOP.INI", "~$letter.docx", ".git", "old"}
    assert all(
        one.left_out.startswith(f"Skipped: “{one.shown}” is") for one in found if one.as_usual
    )
    assert [one.left_out for one in gather([inbox / name for name in noise])] == [""] * 5
    assert not gather([inbox / ".git"])[0].left_out


def test_a_project_is_no_evidence(tree: Tree) -> None:
    inbox = tree("project.db", "originals/a.txt")

    [found] = gather([inbox])

    assert "“inbox” is a project of Evidence Coder" in found.left_out
    assert not found.as_usual


@posix
def test_links_to_folders_are_named_and_broken_links_stay_in(tree: Tree) -> None:
    inbox = tree("a/1.txt")
    (inbox / "again").symlink_to(inbox / "a")
    (inbox / "gone.txt").symlink_to(inbox / "nowhere.txt")

    found = {one.path.name: one for one in gather([inbox])}

    assert set(found) == {"1.txt", "again", "gone.txt"}
    assert "a link to a folder" in found["again"].left_out
    assert not found["gone.txt"].left_out


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="names there are always text")
def test_any_name_is_shown_and_the_true_path_is_kept(tree: Tree) -> None:
    inbox = tree("a.txt")
    true = inbox / os.fsdecode(b"caf\xe9\n.txt")
    true.write_text("x")

    [_, found] = gather([inbox])

    assert found.path == true
    assert found.shown == "inbox/caf\\xe9␤.txt"
    assert found.account.encode() == os.fsencode(inbox) + b"/caf\\xe9\n.txt"
