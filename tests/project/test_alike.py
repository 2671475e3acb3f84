"""What says the same is told, of one person and of several, here and in the project."""

from dataclasses import replace

from coder.jobs import Job
from coder.project import Project
from coder.project.alike import Alike
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


def test_a_damaged_file_repeats_the_whole_one_and_never_stands_for_it(
    project: Project, looked, write
) -> None:
    plan = looked(write("a.txt", WORDS), write("b.txt", f"{WORDS} And we thank you."))
    for proposal in plan.proposals:
        proposal.things[0].documents = tuple(
            replace(one, problems=("It is cut off.",)) if one.title == "a.txt" else one
            for one in proposal.things[0].documents
        )

    Alike(project._store).mark(plan, Job())

    assert [(one.same_as, one.campaign) for one in plan.proposals] == [("b.txt", 0), ("", 0)]


def test_two_near_identical_letters_of_one_sender_are_no_campaign(looked, mail) -> None:
    plan = looked(
        mail("a.eml", "Jo Lee", WORDS),
        mail("b.eml", "Jo Lee", f"{WORDS} My own mother was one of them."),
    )

    assert [(one.same_as, one.campaign) for one in plan.proposals] == [("b.eml", 0), ("", 0)]


def test_letters_without_names_are_a_campaign_from_three_on(looked, write) -> None:
    letters = [
        write(f"{n}.txt", f"{WORDS} We are {n} of the club.") for n in ("nine", "forty", "ten")
    ]

    two, three = looked(*letters[:2]), looked(*letters)

    assert [one.campaign for one in two.proposals] == [0, 0]
    assert [(one.campaign, one.like) for one in three.proposals] == [
        (1, ""),
        (1, "nine.txt"),
        (1, "nine.txt"),
    ]
