"""A respondent takes evidence back: it goes for good, and the report says what went."""

from __future__ import annotations

from datetime import date

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Status
from coder.project import Project
from coder.project.withdrawal import Erased, Withdrawal, sentences
from tests.project.conftest import SURVEY


def withdrawal(project: Project) -> Withdrawal:
    return Withdrawal(project._store, project._who)


def test_a_withdrawn_submission_has_its_reference_and_nothing_else(
    project: Project, letter
) -> None:
    document = letter("I was alone on Sundays.")
    letter("I was not.")
    project.tag_with_new_code(document, 2, 11, "Loneliness")
    project._store.back_up(date(2020, 9, 18))

    gone = withdrawal(project).withdraw("sic0001")

    assert sentences(gone) == [
        "SIC0001 withdrawn: 1 document of 23 characters, 1 tag and 0 originals erased.",
        "Erased from 1 backup too.",
    ]
    view = project.evidence.one("SIC0001")
    assert (view.submission.status, view.documents, view.codings) == (Status.WITHDRAWN, (), 0)
    assert project.find("Sundays") == []
    assert project.verify() == []
    assert [code.name for code in project.codebook.codes()] == ["Loneliness"]


def test_undo_does_not_bring_it_back_but_goes_on_with_what_was_before(
    project: Project, letter
) -> None:
    project.codebook.add("Before")
    letter("I was alone.")

    withdrawal(project).withdraw("SIC0001")

    assert project.next_labels() == ("Add the code “Before”", None)


def test_what_cannot_be_withdrawn_is_refused(project: Project, letter) -> None:
    letter("I was alone.")
    withdrawal(project).withdraw("SIC0001")

    with pytest.raises(NotFound, match="SIC0009"):
        withdrawal(project).withdraw("SIC0009")
    with pytest.raises(Refused, match="SIC0001 is withdrawn and erased already"):
        withdrawal(project).withdraw("SIC0001")
    with (
        Project.open(project.folder, "Noor", read_only=True) as looking,
        pytest.raises(Refused, match="reading only"),
    ):
        withdrawal(looking).withdraw("SIC0001")


def test_the_report_names_what_stayed_and_what_could_not_be_done() -> None:
    gone = Erased(
        ["SIC0001", "SIC0002"], 2, 1200, 0, 1, ["a.txt"], ["SIC0003", "SIC0004", "SIC0005"],
        rewritten=0, removed=["2020-09-17.db"], unfinished=["Something is left."],
    )  # fmt: skip

    first, *others = sentences(gone)

    assert first.startswith("SIC0001 and SIC0002 withdrawn: 2 documents of 1,200 characters, ")
    assert first.endswith(", 0 tags and 1 original erased.")
    assert others == [
        "Removed, since they could not be read: backups 2020-09-17.db.",
        "Kept, since other submissions have the same file: “a.txt”.",
        "Not withdrawn, though declared the same: SIC0003, SIC0004 and SIC0005.",
        "Not reached: the files as they were sent, in the inbox or elsewhere.",
        "Something is left.",
    ]


def test_what_was_withdrawn_is_known_again_and_waits_for_a_persons_word(
    project: Project, mail, looked
) -> None:
    files = [mail("a.eml", "Jo Lee", "I was alone."), mail("b.eml", "Al Day", "I was not.")]
    project.intake.bring(files)
    withdrawal(project).withdraw("SIC0001")

    plan = looked(*files, as_one=True)

    [proposal] = plan.proposals
    assert (proposal.wanted, proposal.withdrawn, proposal.marks) == (
        False,
        "SIC0001",
        ("withdrawn",),
    )
    proposal.wanted = True
    assert [one.ref for one in project.intake.admit(plan).imported] == ["SIC0003"]


def test_an_import_without_a_look_leaves_what_was_withdrawn_and_names_it(
    project: Project, mail
) -> None:
    file = mail("a.eml", "Jo Lee", "I was alone.")
    project.intake.bring([file])
    withdrawal(project).withdraw("SIC0001")
    before = project.account.table()

    report = project.intake.bring([file])

    assert report.imported == []
    [told] = report.sentences()
    assert told.startswith("“a.eml” was withdrawn as SIC0001, so it was not brought in again.")
    assert project.account.table() == before
    assert [one.became for one in project.account.files()][-1] == (
        "Withdrawn as SIC0001 before; not brought in again."
    )
    assert "a.eml" not in {one.path for one in project._store.read.receipts()}
    assert project._store.read.originals() == []


def test_a_row_of_a_survey_that_was_withdrawn_is_known_again(
    project: Project, write, looked
) -> None:
    project.intake.bring([write("survey.csv", SURVEY)])
    withdrawal(project).withdraw("SIC0001")

    plan = looked(write("survey.csv", SURVEY))

    assert [(one.respondent, one.wanted) for one in plan.proposals] == [("Jo Lee", False)]
