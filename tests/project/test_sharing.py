"""A copy for a colleague holds what it should and nothing else, and opens as a project."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.errors import EvidenceError, NotFound, Refused, Unreadable
from coder.domain.model import About, Document
from coder.domain.together import Dismissal
from coder.project import Project
from coder.project.sharing import (
    ShareOptions,
    is_shared,
    needs_passphrase,
    open_shared,
    unpacked,
)
from tests.project.conftest import SURVEY
from tests.project.copies import letter, rows

PASSPHRASE = "four words to keep"


@pytest.fixture
def inquiry(project: Project, write) -> Project:
    """Two letters that Noor and Asha have tagged, and that Noor has written memos on."""
    for name in ("one", "two"):
        project.intake.bring([write(f"{name}.txt", f"The {name} letter says kettlewell.\n")])
    for ref in ("SIC0001", "SIC0002"):
        document = project.evidence.document_titled(ref)
        project.tag_with_new_code(document, 0, 7, "Openings")
        project.memos.write(About.SUBMISSION, document.submission_id, f"Noor on {ref}: zephyr.")
    project.memos.write(About.JOURNAL, "", "Began to read.")
    project.as_coder("Asha")
    project.tag_with_new_code(project.evidence.document_titled("SIC0001"), 4, 14, "Letters")
    project.as_coder("Noor")
    return project


def everything(folder: Path) -> bytes:
    """All bytes that lie in a project's folder, and in the files of its zip."""
    return b"".join(one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file())


def opened(shared: Path, tmp_path: Path, passphrase: str = "") -> Project:
    folder = tmp_path / "copy"
    open_shared(shared, folder, passphrase)
    return Project.open(folder, "Asha")


def texts(project: Project) -> dict[str, str]:
    return {
        view.submission.ref: project.evidence.document_titled(view.submission.ref).text
        for view in project.evidence.all()
    }


def test_a_whole_copy_is_the_whole_project(inquiry: Project, tmp_path: Path) -> None:
    shared = inquiry.sharing.share(tmp_path / "all.evidence", ShareOptions(to="Asha"))

    assert str(shared) == "2 submissions, 3 tags and 2 files. Anybody can open it."
    assert shared.left == ()
    assert is_shared(shared.path)
    with opened(shared.path, tmp_path) as copy:
        assert copy.verify() == []
        assert texts(copy) == texts(inquiry)
        assert copy.inquiry == inquiry.inquiry
        assert len(copy.memos.all()) == 3
        assert copy.undo() == "Tag “Letters”"
        assert copy.verify() == []


def test_of_submissions_that_were_not_chosen_nothing_is_in_the_copy(
    inquiry: Project, tmp_path: Path
) -> None:
    shared = inquiry.sharing.share(tmp_path / "one.evidence", ShareOptions(refs=("SIC0001",)))

    assert (shared.submissions, shared.codings, shared.files) == (1, 2, 1)
    assert [str(one)[:24] for one in shared.left] == [
        "Submissions left out: 1.", "Tags left out: 1. They a", "Memos left out: 1. They ",
    ]  # fmt: skip
    with opened(shared.path, tmp_path) as copy:
        assert copy.verify() == []
        assert list(texts(copy)) == ["SIC0001"]
        assert copy.find("two") == []
        new = copy.intake.bring([_file(tmp_path, "three.txt")])
        assert new
        assert copy.evidence.all()[-1].submission.ref == "SIC0003"
    left = everything(tmp_path / "copy")
    assert b"The one letter" in left
    assert b"The two letter" not in left
    assert b"Noor on SIC0002" not in left
    assert b"two.txt" not in left


def test_a_blind_copy_shows_nothing_of_how_others_code(inquiry: Project, tmp_path: Path) -> None:
    shared = inquiry.sharing.share(tmp_path / "blind.evidence", ShareOptions(to="Asha", blind=True))

    assert (shared.submissions, shared.codings) == (2, 1)
    with opened(shared.path, tmp_path) as copy:
        assert copy.verify() == []
        document = copy.evidence.document_titled("SIC0001")
        assert [one.quote for one in copy.codings.of(document.id)] == ["one letter"]
        assert [view.text for view in copy.memos.all()] == ["Began to read."]
        copy.tag_with_new_code(document, 0, 7, "Openings")
        assert copy.verify() == []
        assert "Noor on" not in str(copy.history())
    assert b"zephyr" not in everything(tmp_path / "copy")


def test_what_others_judged_and_withdrew_again_is_not_in_a_blind_copy(
    inquiry: Project, tmp_path: Path
) -> None:
    document = inquiry.evidence.document_titled("SIC0002")
    [coding] = inquiry.codings.of(document.id)
    inquiry.codings.write_memo(coding, "qq tagged so")
    inquiry.signing.sign("SIC0001", "qq signed")
    basket = inquiry.baskets.make("Report").id
    inquiry.baskets.add(basket, [inquiry.baskets.passage(document, 0, 7)])
    inquiry.baskets.set_note(inquiry.baskets.items(basket)[0].item.id, "qq noted")
    for place, reason in enumerate(("qq dismissed", "qq dismissed and undone")):
        about = Dismissal(
            str(place), "spread", (coding.id,), inquiry.coder.id, "2031", reason,
            submissions=(document.submission_id,),
        )  # fmt: skip
        with inquiry._store.step(f"Dismiss: {reason}", inquiry.coder) as tx:
            tx.put(about)
    inquiry.undo()
    memo = inquiry.memos.write(About.DOCUMENT, document.id, "qq thought and removed")
    inquiry.memos.change(memo.id, "")
    for name in ("Asha", "Ben"):
        inquiry.sharing.share(tmp_path / "b.evidence", ShareOptions(to=name, blind=True))
        open_shared(tmp_path / "b.evidence", tmp_path / name)

        assert b"qq " not in everything(tmp_path / name)
        with Project.open(tmp_path / name, name) as copy:
            assert copy.verify() == []
            other = copy.evidence.document_titled("SIC0002")
            copy.tag_with_new_code(other, 0, 7, "Openings")
            [mine] = [one for one in copy.codings.of(other.id) if one.coder_id == copy.coder.id]
            copy.codings.write_memo(mine, f"qq by {name}")
            again = tmp_path / f"{name} again.evidence"
            copy.sharing.share(again, ShareOptions(to="Cleo", blind=True))
            open_shared(again, tmp_path / f"{name} again")
            inquiry.merging.merge(copy.folder)
        assert b"qq " not in everything(tmp_path / f"{name} again")
    assert inquiry.verify() == []
    assert len(inquiry.codings.of(document.id)) == 3


def test_a_file_in_which_others_came_too_is_not_in_a_copy_of_some(
    project: Project, write, tmp_path: Path
) -> None:
    project.intake.bring([write("survey.csv", SURVEY)])
    for _ in range(2):
        letter(project, "letter", "The same letter.")
    letter(project, "mailbox", "Something of each is in this box.")
    box = project.evidence.all()[-1].documents[0]
    letter(project, "other", "Hardly more.")
    with project._store.step("Take both out of one box", project.coder) as tx:
        mine = project.evidence.all()[-1].documents[0]
        tx.put(replace(project.document(mine.id), original=box.original))
    refs = [view.submission.ref for view in project.evidence.all()]

    shared = project.sharing.share(
        tmp_path / "x.evidence", ShareOptions(refs=(*refs[0:3:2], refs[-1]))
    )

    assert "in them" in str(shared.left)
    with opened(shared.path, tmp_path) as copy:
        assert copy.verify() == []
        assert [view.submission.ref for view in copy.evidence.all()] == [*refs[0:3:2], refs[-1]]
        copy.merging.merge(project.folder)
        assert copy.verify() == []
        assert rows(copy)["documents"] == rows(project)["documents"]
    fresh = tmp_path / "fresh"
    open_shared(shared.path, fresh)
    assert b"lately" not in everything(fresh)
    assert b"of each" not in everything(fresh)
    assert b"The same letter." in everything(fresh)


def test_what_was_joined_with_a_chosen_submission_goes_with_it(
    inquiry: Project, tmp_path: Path
) -> None:
    inquiry.joining.join("SIC0001", "SIC0002")

    shared = inquiry.sharing.share(tmp_path / "x.evidence", ShareOptions(refs=("SIC0001",)))

    with opened(shared.path, tmp_path) as copy:
        assert copy.verify() == []
        assert len(copy.evidence.one("SIC0001").documents) == 2


def test_files_stay_out_where_they_are_not_wanted_and_that_is_no_fault(
    inquiry: Project, tmp_path: Path
) -> None:
    shared = inquiry.sharing.share(tmp_path / "bare.evidence", ShareOptions(originals=False))

    assert shared.files == 0
    with opened(shared.path, tmp_path) as copy:
        assert copy.verify() == []
        document: Document = copy.evidence.document_titled("SIC0001")
        with pytest.raises(NotFound, match="was left out of this copy"):
            copy._store.original_file(document)


def test_a_sealed_copy_opens_with_its_passphrase_only(inquiry: Project, tmp_path: Path) -> None:
    path = tmp_path / "sealed.evidence"
    shared = inquiry.sharing.share(path, ShareOptions(passphrase=PASSPHRASE))

    assert shared.sealed
    assert needs_passphrase(path)
    assert is_shared(path)
    assert b"kettlewell" not in path.read_bytes()
    with pytest.raises(Refused, match="opens with a passphrase only"):
        open_shared(path, tmp_path / "copy")
    with pytest.raises(Refused, match="does not open with this passphrase"):
        open_shared(path, tmp_path / "copy", "four other words")
    assert not (tmp_path / "copy").exists()
    with opened(path, tmp_path, PASSPHRASE) as copy:
        assert texts(copy) == texts(inquiry)


def test_what_is_wrong_with_a_request_is_said_and_nothing_written(
    inquiry: Project, tmp_path: Path
) -> None:
    path = tmp_path / "x.evidence"
    with pytest.raises(Refused, match="8 characters"):
        inquiry.sharing.share(path, ShareOptions(passphrase="short"))
    with pytest.raises(NotFound):
        inquiry.sharing.share(path, ShareOptions(refs=("SIC0099",)))
    assert not path.exists()


def test_what_is_no_copy_or_was_cut_off_is_refused(inquiry: Project, tmp_path: Path) -> None:
    path = inquiry.sharing.share(tmp_path / "all.evidence", ShareOptions()).path
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EvidenceError, match="changed or cut off"), unpacked(path):
        pass
    broken = bytearray(whole)
    broken[whole.index(b"originals/") + 200] ^= 1
    path.write_bytes(bytes(broken))
    with pytest.raises(EvidenceError), unpacked(path):
        pass
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "No project.")
    assert not is_shared(path)
    with pytest.raises(Unreadable, match="is no copy of an inquiry"), unpacked(path):
        pass
    assert not is_shared(_file(tmp_path, "three.txt"))


def test_nothing_is_unpacked_beside_the_folder(inquiry: Project, tmp_path: Path) -> None:
    path = inquiry.sharing.share(tmp_path / "all.evidence", ShareOptions()).path
    with zipfile.ZipFile(path, "a") as archive:
        for name in ("inquiry/originals/../../../evil", "inquiry/../evil", "inquiry/run.sh"):
            archive.writestr(name, "evil")
    with unpacked(path) as folder:
        kept = {one.relative_to(folder).parts[0] for one in folder.rglob("*")}
    assert kept == {"project.db", "originals"}
    assert not list(tmp_path.rglob("evil"))


def test_a_folder_and_its_own_zip_serve_as_well(inquiry: Project, tmp_path: Path) -> None:
    with unpacked(inquiry.folder) as folder:
        assert folder == inquiry.folder
    inquiry.interchange.export(tmp_path / "whole.zip")
    with unpacked(tmp_path / "whole.zip") as folder:
        shutil.copytree(folder, tmp_path / "again")
    with Project.open(tmp_path / "again", "Asha") as copy:
        assert copy.verify() == []


def _file(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    path.write_text("The third one.\n", encoding="utf-8")
    return path
