"""Who is speaking is guessed where a text says so, and left open where it does not."""

from __future__ import annotations

import pytest

from coder.domain.draft import Draft, Source
from coder.domain.model import RespondentType
from coder.ingest.people.guess import filled
from coder.ingest.people.kinds_of_sender import is_organisation, type_of
from coder.ingest.registry import read_one
from coder.ingest.single import from_text


def guessed(text: str) -> Draft:
    return filled(from_text(Source("letter.txt", data=text.encode())))


def test_a_title_says_who_submits_and_a_date_line_when() -> None:
    draft = guessed(
        "Evidence submitted by the Northfield Community Trust\n\n18 September 2020\n\n"
        "We want to say this.\n\nYours sincerely,\n\nJane Okafor\nChief Executive"
    )

    assert draft.organisation == "Northfield Community Trust"
    assert draft.respondent == "Jane Okafor"
    assert (draft.type, draft.received) == (RespondentType.CHARITY, "2020-09-18")


def test_the_first_line_may_be_the_organisations_name() -> None:
    draft = guessed("Harrowmere Borough Council: evidence\n\nWe ran after it and caught up.")

    assert (draft.organisation, draft.type) == (
        "Harrowmere Borough Council",
        RespondentType.COUNCIL,
    )


def test_a_form_fills_its_own_fields() -> None:
    draft = guessed(
        "Name: Mary O'Neill\nOrganisation: St Mark's Church\nDate: 3 May 2020\n\nOur hall was shut."
    )

    assert (draft.respondent, draft.organisation) == ("Mary O'Neill", "St Mark's Church")
    assert (draft.type, draft.received) == (RespondentType.FAITH, "2020-05-03")


def test_on_behalf_of_names_the_organisation_and_the_farewell_the_person() -> None:
    draft = guessed(
        "Dear members\n\nI am writing on behalf of Walsall Food Bank. We ran out of beans.\n\n"
        "Best wishes\nTom Ferris"
    )

    assert (draft.respondent, draft.organisation) == ("Tom Ferris", "Walsall Food Bank")


def test_a_personal_capacity_is_an_individual() -> None:
    draft = guessed("I am writing in a personal capacity.\n\nThe bus went.\n\nRegards, Priya Shah")

    assert (draft.respondent, draft.type) == ("Priya Shah", RespondentType.INDIVIDUAL)


@pytest.mark.parametrize(
    "text",
    [
        "The evidence from the survey shows a fall.\n\nStatement by the minister was wrong.",
        "We shut in March.\n\nThe hall is cold.",
        "Best wishes to all who helped.\n\nThe End",
    ],
)
def test_nothing_is_said_where_the_text_names_nobody(text: str) -> None:
    draft = guessed(text)

    assert (draft.respondent, draft.organisation) == ("", "")
    assert draft.type is RespondentType.UNKNOWN


def test_a_wish_in_a_quoted_mail_is_not_the_submitters() -> None:
    mail = (
        b"From: Ann <ann@example.org>\nSubject: Re: evidence\nDate: Fri, 18 Sep 2020 10:00:00 +0000"
        b"\n\nHere it is.\n\n> Please treat this submission as confidential.\n\n"
        b"You may quote me.\n"
    )

    draft = read_one(Source("a.eml", data=mail))

    assert draft.wishes == ("You may quote me.",)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Leeds City Council", "council"),
        ("London Borough of Hackney", "council"),
        ("University of Stirling", "academic"),
        ("Wexbrook Faiths Forum", "faith"),
        ("Diocese of Truro", "faith"),
        ("Kent Police", "public-body"),
        ("Tarn Street Befriending", "charity"),
        ("Brackenfold Bakery Ltd", "business"),
        ("Smith & Sons", "business"),
        ("Noor", "unknown"),
    ],
)
def test_a_name_tells_its_type(name: str, kind: str) -> None:
    assert type_of(name) == kind
    assert is_organisation(name) is (kind != "unknown")


def test_a_charitys_number_tells_where_its_name_does_not() -> None:
    assert type_of("Shine", "Shine is a registered charity.") is RespondentType.CHARITY
