"""What says the same is told, of one person and of several, here and in the project."""

from coder.project import Project
from tests.project.conftest import WORDS


def test_the_same_words_of_one_person_are_the_same_submission(
    project: Project, looked, mail, write
) -> None:
    project.intake.bring([mail("old.eml", "Jo Lee", WORDS)])

    plan = looked(
        mail("again.eml", "Jo Lee", WORDS.upper() + "\n", day=21),
        write("a.txt", "Nobody came."),
        write("b.md", "*Nobody*  came!"),
    )

    assert [one.same_as for one in plan.proposals] == ["SIC0001", "", "a.txt"]
    assert not any(one.campaign for one in plan.proposals)


def test_the_same_words_of_several_people_are_a_campaign_and_nobodys_duplicate(
    project: Project, looked, mail
) -> None:
    project.intake.bring([mail("old.eml", "Jo Lee", WORDS)])

    plan = looked(
        mail("a.eml", "Al Day", WORDS),
        mail("b.eml", "Flo Ray", f"{WORDS} My own mother was one of them."),
        mail("c.eml", "Kit Moss", "Something else entirely, about allotments and sheds."),
    )

    assert [one.same_as for one in plan.proposals] == ["", "", ""]
    assert [(one.campaign, one.like) for one in plan.proposals] == [
        (1, "SIC0001"),
        (1, "SIC0001"),
        (0, ""),
    ]


def test_rows_that_say_the_same_are_each_somebodys(looked, write) -> None:
    rows = "Your answer: how is it to live here?,Sector\n" + "It is good,Charity\n" * 3

    plan = looked(write("survey.csv", rows))

    assert len(plan.proposals) == 3
    assert not any(one.same_as or one.campaign for one in plan.proposals)
