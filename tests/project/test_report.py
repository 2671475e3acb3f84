"""The report of an import: everything that was given is in one of its lists, by name."""

import pytest

from coder.domain.errors import Cancelled
from coder.domain.model import DocumentKind
from coder.project import Project
from coder.project.intake import ImportReport
from coder.project.plan import Fate, Outline, Plan, Proposal, Thing
from coder.project.report import Came, Trouble
from tests.project.conftest import packed


def test_a_report_names_what_lies_in_a_container_by_the_file_that_was_given(
    project: Project, write
) -> None:
    path = write("all.zip", packed(x__a_txt="We sang.", x__b_txt="We sang."))
    report = ImportReport()

    project.intake.bring([path], report=report)

    told = report.as_json()
    assert [(one["path"], one["inside"]) for one in told["imported"]] == [(str(path), "x/a.txt")]
    assert [(one["path"], one["inside"], one["of"]) for one in told["duplicates"]] == [
        (str(path), "x/b.txt", "SIC0001")
    ]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("“a.txt” is empty.", "“in/a.txt” is empty."),
        ("“in/a.txt” is empty.", "“in/a.txt” is empty."),
        ("It is empty.", "in/a.txt, page 2: It is empty."),
    ],
)
def test_a_sentence_names_the_thing_from_the_folder_that_was_given(
    what: str, sentence: str
) -> None:
    assert Trouble("/home/in/a.txt", "", "in/a.txt", "page 2", what).sentence == sentence


def test_everything_in_a_plan_is_in_one_of_the_lists() -> None:
    outline = Outline("t", DocumentKind.DOCUMENT, 5, problems=("It is short.",))
    made = {
        fate: Thing(str(fate), str(fate), fate=fate, what=f"It is {fate}.", documents=(outline,))
        for fate in Fate
    }
    made[Fate.DUPLICATE].of = "ready"
    made[Fate.OPENED].problems = (("x.bin", "It is locked."), ("", "Skipped: 2 files."))
    wanted, unwanted, left = made[Fate.READY], Thing("no", "no"), Thing("late", "late")
    report = ImportReport(stopped=Cancelled())
    with Plan(
        [*made.values(), unwanted, left],
        [Proposal([wanted]), Proposal([unwanted], wanted=False), Proposal([left])],
    ) as plan:
        report.fill(plan, {id(wanted): Came("SIC0007", 1)}, {})

    assert [(one.path, one.ref, one.characters) for one in report.imported] == [
        ("ready", "SIC0007", 5)
    ]
    assert [(one.path, one.of) for one in report.duplicates] == [("duplicate", "SIC0007")]
    assert report.failed == ["opened", "unreadable", "blank", "late"]
    assert (report.skipped, report.submissions) == (2, 1)
    listed = {one.path for one in (*report.imported, *report.duplicates, *report.problems)}
    assert listed == {one.path for one in plan.things}
    assert [one.what for one in report.problems if one.path == "ready"] == ["It is short."]
    assert report.problems[-1].what == "Not imported: Stopped. What was finished stays."
