"""What a column holds is guessed from its heading and cells, and a person's word goes first."""

from __future__ import annotations

import pytest

from coder.domain.draft import Use
from coder.domain.errors import EvidenceError
from coder.ingest.table_columns import guess, uses_from

LONG = "We delivered food parcels to more than three hundred homes in the town."


@pytest.mark.parametrize(
    ("heading", "cells", "use"),
    [
        ("Name", ["Jane", "Bob"], Use.RESPONDENT),
        ("1. What is your name?", ["Jane", "Bob"], Use.RESPONDENT),
        ("Please enter your full name", ["Jane", "Bob"], Use.RESPONDENT),
        ("Organisation (if any)", ["Helping Hands", ""], Use.ORGANISATION),
        ("What is your organisation called?", ["Helping Hands", "Acme Ltd"], Use.ORGANISATION),
        ("Sector", ["Local authority", "Business"], Use.TYPE),
        ("Are you responding as an individual or on behalf of an organisation?",
         ["Individual", "Individual"], Use.TYPE),
        ("May we publish your response with your name?", ["Yes", "No"], Use.PERMISSION),
        ("Would you like to be anonymous?", ["", ""], Use.PERMISSION),
        ("What region are you in?", ["Wales", "North West"], Use.REGION),
        ("Timestamp", ["12/05/2020", "13/05/2020"], Use.RECEIVED),
        ("Completion time", ["12/05/2020 10:00", "13/05/2020 11:00"], Use.RECEIVED),
        ("Email address", ["a@example.org", "b@example.org"], Use.ASIDE),
        ("What is your postcode?", ["AB1 2CD", ""], Use.ASIDE),
        ("IP Address", ["192.0.2.1", "192.0.2.2"], Use.ASIDE),
        ("Respondent ID", ["114", "115"], Use.ASIDE),
        ("How likely are you to recommend us?", ["9", "7"], Use.ASIDE),
        ("What did you do?", [LONG, LONG + " Twice."], Use.QUESTION),
        ("Do you agree with proposal 1?", ["Yes", "No"], Use.QUESTION),
        ("Experience", [LONG, LONG + " Twice."], Use.QUESTION),
        ("What type of volunteering do you do?", [LONG, "Shopping"], Use.QUESTION),
        ("How should the results be published?", [LONG, "In a report, I think"], Use.QUESTION),
        ("Price", ["1.2", "2.3"], Use.ASIDE),
        ("Colour", ["red", "blue"], Use.ASIDE),
    ],
)  # fmt: skip
def test_a_column_is_told_by_its_heading_and_cells(
    heading: str, cells: list[str], use: Use
) -> None:
    assert guess([heading, "Anything"], [(cell, "") for cell in cells])[0] is use


def test_the_end_of_a_response_is_when_it_was_received_and_its_start_is_set_aside() -> None:
    headings = ["Start Date", "End Date", "What changed?"]
    rows = [("12/05/2020 10:00", "12/05/2020 11:00", LONG)]

    assert guess(headings, rows) == (Use.ASIDE, Use.RECEIVED, Use.QUESTION)


def test_columns_of_author_and_text_are_posts() -> None:
    headings = ["Author", "Created at", "Tweet text", "Permalink", "Likes"]

    assert guess(headings, [("@jane", "2020-05-12", "Hi", "https://example.org/1", "3")]) == (
        Use.AUTHOR, Use.RECEIVED, Use.TEXT, Use.LINK, Use.ASIDE,
    )  # fmt: skip


def test_a_person_says_what_columns_are_by_heading_or_its_beginning() -> None:
    headings = ["Name", "Sector", "What changed for you?"]
    guessed = (Use.RESPONDENT, Use.ASIDE, Use.QUESTION)

    uses = uses_from({"sector": "type", "What changed": "aside"}, headings, guessed)

    assert uses == (Use.RESPONDENT, Use.TYPE, Use.ASIDE)


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (
            {"Colour": "type"},
            "no column “Colour”. The columns are: “Name”, “What now?”, “What next?”",
        ),
        ({"What": "aside"}, "2 columns begin with “What”"),
        ({"": "aside"}, "no column “”"),
        ({"Name": "colour"}, "“colour” is nothing that a column can be used for. There are: respo"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(mapping: dict[str, str], message: str) -> None:
    headings = ["Name", "What now?", "What next?"]

    with pytest.raises(EvidenceError) as caught:
        uses_from(mapping, headings, guess(headings, []))

    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "uses"),
    [
        ({"Respondent": "1 2 3", "Your name": "Jo Al Flo"}, (Use.ASIDE, Use.RESPONDENT)),
        ({"Respondent": "R001 R002 R003", "Region": "Kent Kent Fife"}, (Use.ASIDE, Use.REGION)),
        ({"Respondent": "Jo", "Your name": "Jo Al Flo"}, (Use.ASIDE, Use.RESPONDENT)),
        ({"First name": "Jo Al", "Surname": "Lee Day"}, (Use.RESPONDENT, Use.RESPONDENT)),
        (
            {"First name": "Jo Al", "Surname": "Lee Day", "Respondent": "jo al"},
            (Use.RESPONDENT, Use.RESPONDENT, Use.ASIDE),
        ),
    ],
)
def test_a_row_has_one_name_and_a_running_number_is_none(
    columns: dict[str, str], uses: tuple[Use, ...]
) -> None:
    rows = list(zip(*((*cells.split(), "", "")[:3] for cells in columns.values()), strict=True))

    assert guess(list(columns), rows) == uses


@pytest.mark.parametrize(
    ("cells", "use"),
    [("Health Education Other Health", Use.TYPE), ("Beta Gamma Beta Beta", Use.ASIDE)],
)
def test_a_question_after_the_sector_is_nobodys_evidence(cells: str, use: Use) -> None:
    rows = [(cell,) for cell in cells.split()]

    assert guess(["Which sector are you in?"], rows) == (use,)
