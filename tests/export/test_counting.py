"""Who raised what: respondents, out of those who addressed it, and never a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder.domain.model import Code, Permission, RespondentType, Status, Submission
from coder.export.counting import Base, Counting, Evidence, Raised

MakeSubmission = Callable[..., Submission]

CODES = (
    Code("t1", "Volunteering"),
    Code("t2", "First-time volunteers", "t1"),
    Code("t3", "Trust"),
    Code("s", "Survey questions"),
    Code("q", "What helps?", "s"),
    Code("q1", "Buses", "q"),
)


def counted(code: str, of: list[Submission], *coded: tuple[int, str], answered=()) -> Raised:
    """Who raised this code, where submissions by their number are coded so."""
    evidence = Evidence(
        tuple((of[number].id, one) for number, one in coded),
        tuple((of[number].id, "q") for number in answered),
    )
    return Counting(evidence, CODES, of).of(code)


def test_a_code_is_counted_out_of_those_who_addressed_its_theme(submission: MakeSubmission) -> None:
    of = [submission(n) for n in range(5)]
    of.append(submission(9, type=RespondentType.INDIVIDUAL))
    raised = counted("t2", of, (0, "t2"), (0, "t2"), (5, "t2"), (1, "t1"), (2, "t3"))
    assert (raised.raised, raised.of, raised.base, raised.about) == (
        2,
        3,
        Base.THEME,
        "Volunteering",
    )
    assert raised.types == {RespondentType.INDIVIDUAL: 1, RespondentType.CHARITY: 1}
    assert str(raised) == (
        "Raised by 2 of the 3 submissions that addressed “Volunteering”: 1 charity, 1 individual"
    )


def test_a_theme_is_counted_with_what_is_below_it_out_of_all_that_were_coded(
    submission: MakeSubmission,
) -> None:
    of = [submission(n) for n in range(6)]
    raised = counted("t1", of, (0, "t2"), (0, "t1"), (1, "t1"), (2, "t3"))
    assert (raised.raised, raised.of, raised.base) == (2, 3, Base.CODED)


def test_a_code_under_a_question_is_counted_out_of_those_who_answered_it(
    submission: MakeSubmission,
) -> None:
    of = [submission(n) for n in range(6)]
    raised = counted("q1", of, (0, "q1"), (5, "q"), (1, "t1"), answered=(0, 1, 2, 3))
    assert (raised.raised, raised.of, raised.base, raised.about) == (
        1,
        5,
        Base.QUESTION,
        "What helps?",
    )


@pytest.mark.parametrize("status", Status)
def test_only_what_stands_counts(submission: MakeSubmission, status: Status) -> None:
    of = [submission(1), submission(2, status=status, of_id=submission(1).id)]
    stands = status in (Status.RECEIVED, Status.INCLUDED)
    assert counted("t1", of, (0, "t1"), (1, "t1")).raised == 1 + stands


def test_what_may_not_be_published_counts_without_its_region(submission: MakeSubmission) -> None:
    of = [submission(n, permission=one, region="Kent") for n, one in enumerate(Permission)]
    raised = counted("t1", of, *((n, "t1") for n in range(len(of))))
    assert (raised.raised, raised.regions) == (4, {"Kent": 2})


def test_the_letters_of_a_campaign_are_one_voice(submission: MakeSubmission) -> None:
    head = submission(1, flags=("campaign",))
    letters = [submission(n, flags=("campaign",), of_id=head.id) for n in (2, 3, 4)]
    of = [head, *letters, submission(5)]
    raised = counted("t1", of, (0, "t1"), (2, "t1"), (4, "t1"))
    assert (raised.raised, raised.of, raised.letters, raised.campaigns) == (2, 2, 3, 1)
    assert raised.who == "2 charities; and 3 more letters of one campaign"


def test_a_campaign_whose_first_letter_is_withdrawn_goes_on_as_one(
    submission: MakeSubmission,
) -> None:
    head = submission(1, flags=("campaign",), status=Status.WITHDRAWN)
    of = [head, *(submission(n, flags=("campaign",), of_id=head.id) for n in (2, 3))]
    raised = counted("t1", of, (0, "t1"), (1, "t1"), (2, "t1"))
    assert (raised.raised, raised.letters) == (1, 1)


def test_names_of_those_who_are_not_named_are_masked_in_what_it_says(
    submission: MakeSubmission,
) -> None:
    hidden = submission(1, permission=Permission.ANONYMOUS, respondent="Gwen Ode", region="Ode")
    codes = [Code("a", "Gwen’s idea"), Code("b", "Bus", "a")]
    raised = Counting(Evidence(((hidden.id, "b"),)), codes, [hidden]).of("b")
    assert (raised.about, raised.regions) == ("[name]’s idea", {"[name]": 1})


@pytest.mark.parametrize(
    ("raised", "of", "said"),
    [
        (1, 1, "Raised by the one submission that was coded: 1 council"),
        (2, 2, "Raised by all 2 submissions that were coded: 2 councils"),
        (12, 1200, "A few: raised by 12 of the 1,200 submissions that were coded: 12 councils"),
    ],
)
def test_the_sentence_reads_well(raised: int, of: int, said: str) -> None:
    assert str(Raised(raised, of, Base.CODED, "", {RespondentType.COUNCIL: raised}, {})) == said
