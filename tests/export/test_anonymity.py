"""Tests of what packs say of anonymity: what is masked, and who can be told all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from coder.domain.model import Permission, RespondentType, Status, Submission
from coder.domain.quotes import Quote
from coder.export.anonymity import Veil, alone, veil_of
from coder.export.selection import publishable
from coder.export.shelf import Facts, facts_of
from tests.export.conftest import NO_TEXT

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]

HIDDEN: dict[str, Any] = {"permission": Permission.ANONYMOUS, "respondent": "Gwen Ode"}
PERSON: dict[str, Any] = {"type": RespondentType.INDIVIDUAL, "organisation": ""}


def facts(quote: MakeQuote, of: Iterable[Submission]) -> Facts:
    every = list(of)
    return facts_of(publishable(map(quote, every), every, NO_TEXT).quotes)


def test_a_note_says_what_is_masked_and_no_more(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    named, hidden = submission(1), submission(2, **HIDDEN)
    also = submission(3, **HIDDEN | {"pseudonym": "Wren", "also_masked": "Elm Row; Mrs Patel"})
    joined = submission(4, status=Status.JOINED, of_id=also.id, also_masked="elm row; Kiln")
    aside = submission(5, **HIDDEN | {"pseudonym": "Rook", "also_masked": "Not quoted"})

    assert veil_of(facts(quote, [named]), [named, hidden]).note() == ""
    plain = veil_of(facts(quote, [hidden]), [named, hidden, also])
    assert plain == Veil(1)
    assert "[withheld]" not in plain.note() + plain.signs()
    assert "pseudonym" not in plain.note() + plain.signs()

    every = [named, hidden, also, joined, aside]
    quoted = publishable([quote(named), quote(hidden), quote(also)], every, NO_TEXT).quotes
    veil = veil_of(facts_of(quoted), every)
    assert veil == Veil(2, 1, 3)
    assert veil.note() == (
        "2 quotes are anonymous: respondents’ own names are masked as [name] or, for 1 respondent,"
        " shown as a pseudonym in square brackets, and 3 further words or phrases as [withheld],"
        " but other details, such as addresses and telephone numbers, are not. Check before"
        " publishing."
    )
    assert veil.signs() == (
        "[…] stands for words left out, [name] for a name that may not be published, a pseudonym"
        " in square brackets for the respondent’s and [withheld] for words that could tell who it"
        " is"
    )


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([], True),
        ([{"region": "Kent", "respondent": "Ann Tate", **PERSON}], False),
        ([{"region": " kent", "respondent": "Gwen  ode", **PERSON}], True),
        ([{"region": "Essex", "respondent": "Ann Tate", **PERSON}], True),
        ([{"region": "Kent"}], True),
        ([{"region": "Kent", "respondent": "Ann", "status": Status.WITHDRAWN, **PERSON}], True),
        ([{"region": "Kent", "respondent": "", **PERSON}], False),
    ],
)
def test_who_alone_is_of_a_type_and_region_can_be_told(
    quote: MakeQuote, submission: MakeSubmission, others: list[dict[str, Any]], told: bool
) -> None:
    one = submission(1, region="Kent", **HIDDEN, **PERSON)
    every = [one, *(submission(n, **fields) for n, fields in enumerate(others, 2))]

    said = alone(facts(quote, [one]), every)

    assert said.startswith("SIC0001 (“Individual, Kent”) can be told") is told
    assert bool(said) is told


def test_where_no_region_is_told_all_of_the_type_are_alike(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    bare = submission(1, **HIDDEN, **PERSON)
    other = submission(2, region="Kent", respondent="Ann Tate", **PERSON)
    assert alone(facts(quote, [bare]), [bare, other]) == ""
    unknown = submission(3, type=RespondentType.UNKNOWN, **HIDDEN)
    assert alone(facts(quote, [unknown]), [unknown, bare, other]) == ""


def test_of_many_who_can_be_told_some_are_named(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    every = [submission(n, region=f"Place {n}", **HIDDEN) for n in range(1, 9)]
    said = alone(facts(quote, every), every)
    assert "SIC0005" in said
    assert "SIC0006" not in said
    assert "and 3 more can be told" in said
