"""A plan can be regrouped before anything is written, and nothing of it gets lost on the way."""

from dataclasses import replace

from coder.domain.model import DocumentKind, RespondentType
from coder.project.plan import Fate, Outline, Plan, Proposal, Thing

TEXT = Outline("letter", DocumentKind.DOCUMENT, 40)


def thing(shown: str, *outlines: Outline, below: bool = False, **said: object) -> Thing:
    return Thing(
        shown,
        shown,
        documents=outlines or (TEXT,),
        below=below,
        alone=Proposal(**said),  # type: ignore[arg-type]
    )


def plan_of(*things: Thing) -> Plan:
    plan = Plan(list(things))
    plan.proposals = [Proposal([one], respondent=one.alone.respondent) for one in things]
    return plan


def names(plan: Plan) -> list[list[str]]:
    return [[one.shown for one in proposal.things] for proposal in plan.proposals]


def test_files_below_a_folder_are_grouped_by_it_and_files_named_singly_stay_apart() -> None:
    with plan_of(
        thing("a.txt"),
        thing("b.txt"),
        thing("inbox/1/x.txt", below=True),
        thing("inbox/2/x.txt", below=True),
        thing("inbox/1/y.txt", below=True),
    ) as plan:
        plan.group_by_folder()

        assert names(plan) == [
            ["a.txt"],
            ["b.txt"],
            ["inbox/1/x.txt", "inbox/1/y.txt"],
            ["inbox/2/x.txt"],
        ]


def test_everything_can_be_one_submission_in_the_order_given() -> None:
    with plan_of(*(thing(f"{n}.txt") for n in range(2000))) as plan:
        plan.group_as_one()

        assert names(plan) == [[f"{n}.txt" for n in range(2000)]]


def test_joined_submissions_say_of_the_respondent_what_any_of_them_says() -> None:
    with plan_of(thing("a"), thing("b"), thing("c")) as plan:
        _, second, third = plan.proposals
        second.respondent, second.type, second.wishes = "Jo", RespondentType.CHARITY, ("Hush.",)
        third.respondent, third.late, third.wishes = "Al", True, ("Hush.",)

        joined = plan.join([third, second])

        assert joined is second
        assert (joined.respondent, joined.type, joined.late) == ("Jo", RespondentType.CHARITY, True)
        assert joined.wishes == ("Hush.",)
        assert names(plan) == [["a"], ["b", "c"]]


def test_what_repeats_another_text_no_longer_does_once_it_has_words_of_its_own() -> None:
    with plan_of(thing("a"), thing("b")) as plan:
        plan.proposals[0].same_as = "SIC0001"

        assert plan.join(plan.proposals).same_as == ""


def test_a_thing_that_is_split_off_says_what_it_says_by_itself() -> None:
    with plan_of(thing("a", respondent="Jo"), thing("b", respondent="Al", late=True)) as plan:
        plan.group_as_one()

        split = plan.move([plan.things[1]], None)

        assert (split.respondent, split.late) == ("Al", True)
        assert names(plan) == [["a"], ["b"]]


def test_a_thing_can_be_moved_to_another_submission_and_an_empty_one_goes() -> None:
    with plan_of(thing("a"), thing("b")) as plan:
        plan.move([plan.things[0]], plan.proposals[1])

        assert names(plan) == [["b", "a"]]


def test_a_submission_is_blank_only_where_nothing_in_it_speaks_or_was_skipped() -> None:
    empty = Outline("mail", DocumentKind.EMAIL, 0)
    film, scan = (Outline("x", kind, 0) for kind in (DocumentKind.MEDIA, DocumentKind.DOCUMENT))
    skipped = thing("m", empty)
    skipped.problems = (("card.vcf", "It is not read."),)

    assert Proposal([thing("a", empty)]).blank
    assert not Proposal([thing("a", empty), thing("b")]).blank
    assert not Proposal([thing("a", empty, film)]).blank
    assert not Proposal([thing("a", scan)]).blank
    assert not Proposal([skipped]).blank


def test_marks_come_of_date_text_and_what_it_repeats() -> None:
    scan = Outline("scan.pdf", DocumentKind.DOCUMENT, 0)
    one = Proposal([thing("a", scan)], late=True, wishes=("Hush.",), campaign=1, same_as="b")

    assert one.noticed == ("late", "wishes", "needs-ocr")
    assert one.marks == ("duplicate", "campaign", "late", "wishes", "needs-ocr")


def test_what_makes_no_submission_is_left_behind() -> None:
    with plan_of(thing("a"), thing("b"), thing("c")) as plan:
        plan.things[1].fate, plan.things[2].fate = Fate.OPENED, Fate.DUPLICATE

        assert [one.shown for one in plan.left_behind()] == ["c"]


def joined(*said: dict[str, object]) -> Proposal:
    with plan_of(*(thing(str(n), **one) for n, one in enumerate(said))) as plan:
        plan.proposals = [
            replace(one.alone, things=[one]) for one in plan.things if one.alone is not None
        ]
        plan.group_as_one()
        return plan.proposals[0]


def sender(proposal: Proposal) -> tuple[str, str, RespondentType, bool]:
    return proposal.respondent, proposal.organisation, proposal.type, proposal.several


JO = {"respondent": "Jo", "type": RespondentType.INDIVIDUAL}
AID = {"organisation": "Aid", "type": RespondentType.CHARITY}


def test_of_different_senders_no_mixture_is_made_and_a_person_is_to_look() -> None:
    assert sender(joined(JO, AID)) == ("", "", RespondentType.UNKNOWN, True)
    assert sender(joined(JO, AID, JO)) == ("", "", RespondentType.UNKNOWN, True)
    assert sender(joined({"respondent": "Jo"}, {"organisation": "Aid"})) == (
        "Jo",
        "",
        RespondentType.UNKNOWN,
        True,
    )
    assert joined(JO, AID).marks == ("several-senders",)


def test_the_fuller_account_of_one_sender_is_taken_whole() -> None:
    both = {**AID, "respondent": "Jo"}

    assert sender(joined({}, AID)) == ("", "Aid", RespondentType.CHARITY, False)
    assert sender(joined({"respondent": "jo"}, both)) == (
        "Jo",
        "Aid",
        RespondentType.CHARITY,
        False,
    )


def test_what_a_person_wrote_of_the_sender_stays_when_more_is_added() -> None:
    with plan_of(thing("a", **JO), thing("b", **AID)) as plan:
        plan.proposals[0].respondent = "Joanna Lee"

        assert plan.join(plan.proposals).respondent == "Joanna Lee"


def test_marks_follow_a_thing_that_is_moved() -> None:
    with plan_of(thing("a"), thing("b", late=True, wishes=("Hush.",))) as plan:
        plan.move([plan.things[1]], plan.proposals[0])

        assert plan.proposals[0].noticed == ("late", "wishes")


def test_a_row_without_a_name_is_called_by_its_place() -> None:
    row = thing("in/export.csv/row 3")
    row.container = "the table's digest"

    assert Proposal([row]).title == "row 3 of export.csv"
    assert Proposal([row], respondent="Jo").title == "Jo"
