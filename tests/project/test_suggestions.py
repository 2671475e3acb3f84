"""Codes are suggested for a passage, with the passages that speak for them."""

from __future__ import annotations

import pytest

from coder.domain.model import Document
from coder.domain.sight import Others, Sight
from coder.project import Project
from coder.project.suggestions import FEWEST
from tests.project.conftest import Letter

BUSES = "The bus was cut and nobody could come to the lunch club number {}."
CHOIR = "We sing in a choir on {} and forget our worries while singing."
ASKED = "Since the bus was cut I cannot go to any lunch club."


def tag(project: Project, document: Document, path: str, paragraph: int = 0) -> None:
    with project._store.step("Add", project.coder) as tx:
        code = project.codebook.ensure(tx, path)
    place = document.paragraphs[paragraph]
    project.codings.tag(document, place.start, place.end, [code])


@pytest.fixture
def coded(project: Project, letter: Letter) -> Document:
    """Ten passages on buses, ten on a choir, and a letter that asks about a bus."""
    document = letter(
        *(BUSES.format(number) for number in range(10)),
        *(CHOIR.format(day) for day in "abcdefghij"),
    )
    for place in range(20):
        tag(project, document, "Transport" if place < 10 else "Music", place)
    return letter(ASKED, "Unlike anything: quinoa xylophone.")


def names(project: Project, document: Document, paragraph: int = 0, **how) -> list[str]:
    place = document.paragraphs[paragraph]
    found = project.suggestions.for_passage(document, place.start, place.end, **how)
    return [one.code.name for one in found]


def test_the_codes_of_similar_passages_come_with_these_as_the_reason(
    project: Project, coded: Document
) -> None:
    [first] = project.suggestions.for_passage(coded, 0, len(ASKED))

    assert (first.code.name, first.weight) == ("Transport", 1.0)
    assert len(first.reasons) == 10
    reason = first.reasons[0]
    assert (reason.ref, reason.document, reason.coder) == ("SIC0001", "letter.txt", "Noor")
    text = project.document(reason.document_id).text
    assert text[reason.start : reason.end] == reason.quote
    assert reason.quote.startswith("The bus was cut")


def test_nothing_is_suggested_where_nothing_is_like_it(project: Project, coded: Document) -> None:
    assert names(project, coded, 1) == []


def test_nothing_is_suggested_before_enough_is_tagged(project: Project, coded: Document) -> None:
    assert project.suggestions.tagged() == FEWEST
    project.undo()  # the letter
    project.undo()

    assert project.suggestions.tagged() == FEWEST - 1
    assert names(project, coded) == []


def test_codes_on_the_passage_are_not_suggested_and_it_does_not_vote_for_itself(
    project: Project, coded: Document
) -> None:
    document = project.suggestions.for_passage(coded, 0, len(ASKED))[0].reasons[0].document_id
    bus = project.document(document)
    for place in (0, 2, 3):
        tag(project, bus, "Lunch clubs", place)

    assert names(project, bus, 0) == []
    assert names(project, bus, 1) == ["Lunch clubs"]
    assert names(project, coded) == ["Transport", "Lunch clubs"]


def test_the_letters_of_a_campaign_vote_once(
    project: Project, coded: Document, letter: Letter
) -> None:
    once = letter("The bus was cut, the lunch club is lost.")
    tag(project, once, "Campaign")
    before = project.suggestions.for_passage(coded, 0, len(ASKED))
    for _ in range(8):
        tag(project, letter("The  bus was cut, the lunch\u00a0club is LOST."), "Campaign")

    after = project.suggestions.for_passage(coded, 0, len(ASKED))
    [weight, again] = [
        next(one.weight for one in found if one.code.name == "Campaign")
        for found in (before, after)
    ]
    assert again == pytest.approx(weight, rel=0.25)
    assert [len(one.reasons) for one in after if one.code.name == "Campaign"] == [1]


def test_who_codes_blind_is_suggested_nothing_and_hidden_tags_stay_hidden(
    project: Project, coded: Document
) -> None:
    mine = project.coder.id
    assert names(project, coded, sight=Sight(mine, Others.BLIND)) == []
    assert names(project, coded, sight=Sight(mine, Others.HIDDEN)) == ["Transport"]
    assert names(project, coded, sight=Sight("somebody else", Others.HIDDEN)) == []


def test_suggesting_changes_nothing(project: Project, coded: Document) -> None:
    before = project.history(1)
    names(project, coded)

    assert project.history(1) == before


def test_a_hidden_tag_on_the_passage_does_not_keep_its_code_from_being_suggested(
    project: Project, coded: Document
) -> None:
    mine = project.coder.id
    project.as_coder("Ines")
    project.codings.tag(coded, 0, len(ASKED), [project.codebook.at("Transport")])

    assert names(project, coded, sight=Sight(mine, Others.HIDDEN)) == ["Transport"]
    assert names(project, coded) == []
