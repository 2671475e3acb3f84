"""Who is to code what, drawn fairly and taken back, and how far everyone is."""

from __future__ import annotations

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.together import AGREED
from coder.project import Project
from coder.project.assigning import Share


@pytest.fixture
def inquiry(project: Project, letter) -> Project:
    """Nine submissions: six of individuals, three of charities."""
    for number in range(9):
        letter(f"This is what we have to say, number {number}.")
    for number in (7, 8, 9):
        project.evidence.change(project.submission(f"SIC000{number}").id, type="charity")
    return project


def given(project: Project) -> dict[str, tuple[str, ...]]:
    return {one.submission.ref: one.given for one in project.evidence.all() if one.given}


def test_submissions_are_given_to_coders_also_such_as_have_not_come_yet(inquiry: Project) -> None:
    assert inquiry.assigning.assign(["SIC0001", "SIC0002"], ["Noor", "  Asha   Verma "]) == 4
    assert inquiry.assigning.assign(["SIC0002"], ["Noor"]) == 0

    assert given(inquiry) == dict.fromkeys(("SIC0001", "SIC0002"), ("Asha Verma", "Noor"))
    assert [one.submission.ref for one in inquiry.evidence.all() if one.mine] == [
        "SIC0001", "SIC0002",
    ]  # fmt: skip
    inquiry.as_coder("Asha Verma")
    assert inquiry.evidence.one("SIC0002").mine
    inquiry.as_coder("Noor")
    assert inquiry.history(1)[0].label == "Give SIC0001 and SIC0002 to Noor and Asha Verma"
    assert inquiry.undo() == "Give SIC0001 and SIC0002 to Noor and Asha Verma"
    assert inquiry.assigning.all() == []
    assert inquiry.verify() == []


def test_one_who_has_done_nothing_yet_gives_themselves_a_share(inquiry: Project) -> None:
    inquiry.as_coder("Tamsin Okoro")
    inquiry.assigning.assign(["SIC0001"], ["Tamsin Okoro"])
    assert inquiry.evidence.one("SIC0001").mine


def test_what_cannot_be_is_refused(inquiry: Project) -> None:
    with pytest.raises(Refused, match="Nobody was named"):
        inquiry.assigning.assign(["SIC0001"], [" "])
    with pytest.raises(Refused, match="no submission to give"):
        inquiry.assigning.assign([], ["Noor"])
    with pytest.raises(Refused, match="two coders"):
        inquiry.assigning.assign(["SIC0001"], ["Noor"], twice=True)
    with pytest.raises(Refused, match="not a person"):
        inquiry.assigning.assign(["SIC0001"], [AGREED])
    with pytest.raises(NotFound):
        inquiry.assigning.assign(["SIC0099"], ["Noor"])
    with pytest.raises(NotFound, match="has done nothing here"):
        inquiry.assigning.take_back(["SIC0001"], ["Nobody"])
    inquiry.withdrawal.withdraw("SIC0003")
    with pytest.raises(Refused, match="nothing to code in SIC0003"):
        inquiry.assigning.assign(["SIC0003"], ["Noor"])
    assert inquiry.assigning.all() == []


def test_what_nobody_has_is_shared_out_evenly_within_types(inquiry: Project) -> None:
    inquiry.assigning.assign(["SIC0001"], ["Noor"])

    assert inquiry.assigning.share_out(["Noor", "Asha"], seed=4) == 8

    assert [len(one) for one in given(inquiry).values()] == [1] * 9
    assert [(one.coder, one.given) for one in inquiry.assigning.shares()] == [
        ("Asha", 4), ("Noor", 5),
    ]  # fmt: skip
    with pytest.raises(Refused, match="to somebody already"):
        inquiry.assigning.share_out(["Asha"])


def test_a_sample_to_be_coded_twice_has_every_type_in_it(inquiry: Project) -> None:
    drawn = inquiry.assigning.draw(3, seed=5)

    assert [one.submission.type for one in drawn].count("charity") == 1
    assert drawn == inquiry.assigning.draw(3, seed=5)
    refs = [one.submission.ref for one in drawn]
    inquiry.assigning.assign(refs[:1], ["Noor"])
    assert inquiry.assigning.assign(refs, ["Noor", "Asha"], twice=True) == 5
    assert all(one.twice for one in inquiry.assigning.all())


def test_everyone_sees_how_far_they_are(inquiry: Project) -> None:
    inquiry.assigning.assign(["SIC0001", "SIC0002", "SIC0003"], ["Noor"])
    inquiry.assigning.assign(["SIC0002", "SIC0003"], ["Noor", "Asha"], twice=True)
    one, two, _, four = (
        inquiry.evidence.document_titled(f"SIC000{number}") for number in (1, 2, 3, 4)
    )
    inquiry.tag_with_new_code(one, 0, 4, "Saying")
    inquiry.progress.declare([two.id])
    inquiry.tag_with_new_code(four, 0, 4, "Saying")

    assert inquiry.assigning.shares() == [
        Share("Asha", given=2, twice=2, begun=0, read=0, coded=0, coded_twice=0, beyond=0),
        Share("Noor", given=3, twice=2, begun=2, read=1, coded=1, coded_twice=1, beyond=1),
    ]


def test_what_was_given_is_taken_back_from_one_or_all(inquiry: Project) -> None:
    inquiry.assigning.assign(["SIC0001", "SIC0002"], ["Noor", "Asha"])

    assert inquiry.assigning.take_back(["SIC0001"], ["Asha"]) == 1
    assert inquiry.assigning.take_back(["SIC0002"]) == 2
    assert given(inquiry) == {"SIC0001": ("Noor",)}
    inquiry.undo()
    assert len(inquiry.assigning.all()) == 3


def test_a_withdrawn_submission_is_nobodys(inquiry: Project) -> None:
    inquiry.assigning.assign(["SIC0001"], ["Noor"])
    inquiry.withdrawal.withdraw("SIC0001")
    assert inquiry.assigning.all() == []
    assert inquiry.verify() == []
