"""Cells mean what they say; where a permission is not clear, nothing is allowed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.model import Permission, RespondentType
from coder.ingest.table_values import moment, month_first, permission, respondent_type


@pytest.mark.parametrize(
    ("heading", "cell", "allowed"),
    [
        ("May we publish your name?", "Yes", Permission.NAMED),
        ("May we quote you by name?", "YES", Permission.NAMED),
        ("Are you happy for your name to be published?", "Yes please", Permission.NAMED),
        ("Permission", "Named", Permission.NAMED),
        ("Permission", "You may publish my response with my name", Permission.NAMED),
        ("Would you like to remain anonymous?", "Yes", Permission.ANONYMOUS),
        ("Permission", "anonymous", Permission.ANONYMOUS),
        ("Permission", "Yes, but anonymously", Permission.ANONYMOUS),
        ("May we publish your response?", "No", Permission.WITHHELD),
        ("May we publish your name?", "No, thank you", Permission.WITHHELD),
        ("Is your response confidential?", "Yes", Permission.WITHHELD),
        ("Permission", "Please keep confidential", Permission.WITHHELD),
        ("Permission", "Do not publish my response", Permission.WITHHELD),
        ("May we publish your response?", "Yes", Permission.UNKNOWN),
        ("Would you like to remain anonymous?", "No", Permission.UNKNOWN),
        ("Is your response confidential?", "No", Permission.UNKNOWN),
        ("Do you not want to be named?", "Yes", Permission.UNKNOWN),
        ("Have you read the notice and given your name?", "Yes", Permission.UNKNOWN),
        ("Permission", "I don’t want to be anonymous", Permission.UNKNOWN),
        ("Permission", "Publish my response but not my name", Permission.UNKNOWN),
        ("Permission", "Do not publish my name", Permission.UNKNOWN),
        ("Permission", "Yes, but ask me before you use my name", Permission.UNKNOWN),
        ("Permission", "named, if I see it first", Permission.UNKNOWN),
        ("Permission", "My name is Jane", Permission.UNKNOWN),
        ("Permission", "Unnamed", Permission.UNKNOWN),
        ("Permission", "Non-attributable", Permission.UNKNOWN),
        ("Permission", "No objection", Permission.UNKNOWN),
        ("Permission", "N/A", Permission.UNKNOWN),
        ("May we publish your name?", "1", Permission.UNKNOWN),
        ("May we publish your name?", "", Permission.UNKNOWN),
    ],
)
def test_only_a_clear_word_allows_anything(heading: str, cell: str, allowed: Permission) -> None:
    assert permission([(heading, cell)]) is allowed


def test_the_strictest_of_several_answers_holds_and_an_unclear_one_allows_nothing() -> None:
    named = ("May we use your name?", "Yes")

    assert permission([("May we publish your response?", "Yes"), named]) is Permission.NAMED
    assert permission([("May we publish your response?", "No"), named]) is Permission.WITHHELD
    assert permission([("May we publish your response?", "Perhaps"), named]) is Permission.UNKNOWN
    assert permission([("Publish anonymously?", "Yes"), named]) is Permission.ANONYMOUS


_HEDGES = ["not", "never", "no", "without", "only", "if", "ask", "don’t", "non", "but"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(_HEDGES), min_size=1),
    st.sampled_from(["publish my name", "named", "use my name", "anonymous"]),
)
def test_no_hedged_word_allows_a_name(hedges: list[str], wish: str) -> None:
    assert permission([("Permission", f"{' '.join(hedges)} {wish}")]) is not Permission.NAMED


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Individual", RespondentType.INDIVIDUAL),
        ("A member of the public", RespondentType.INDIVIDUAL),
        ("Registered charity", RespondentType.CHARITY),
        ("Voluntary organisation", RespondentType.CHARITY),
        ("Other charity", RespondentType.CHARITY),
        ("Faith group", RespondentType.FAITH),
        ("Local authority", RespondentType.COUNCIL),
        ("Local government", RespondentType.COUNCIL),
        ("Parish council", RespondentType.COUNCIL),
        ("NHS trust", RespondentType.PUBLIC_BODY),
        ("Private company", RespondentType.BUSINESS),
        ("University", RespondentType.ACADEMIC),
        ("Other (please specify)", RespondentType.OTHER),
        ("On behalf of an organisation", RespondentType.UNKNOWN),
        ("Charity or business", RespondentType.UNKNOWN),
        ("", RespondentType.UNKNOWN),
    ],
)
def test_kinds_of_respondents_go_by_words(words: str, kind: RespondentType) -> None:
    assert respondent_type(words) is kind


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2020-05-12", "2020-05-12"),
        ("12/05/2020", "2020-05-12"),
        ("12.5.20", "2020-05-12"),
        ("12/05/2020 22:15:01", "2020-05-12T22:15:01"),
        ("12 May 2020 at 10:03", "2020-05-12T10:03:00"),
        ("12-May-2020", "2020-05-12"),
        ("Tuesday, 12th May 2020", "2020-05-12"),
        ("10:03 PM · May 12, 2020", "2020-05-12T22:03:00"),
        ("2020/05/12 10:03:11 am GMT+1", "2020-05-12T09:03:11Z"),
        ("2020-05-12T10:03:00.000Z", "2020-05-12T10:03:00Z"),
        ("2020-05-12 00:30:00+01:00", "2020-05-11T23:30:00Z"),
        ("43963", "2020-05-12"),
        ("43963.5", "2020-05-12T12:00:00"),
        ("12 May", ""),
        ("31/02/2020", ""),
        ("3h", ""),
        ("12345", ""),
        ("99/99/2020 99:99", ""),
        ("", ""),
    ],
)
def test_moments_are_read_in_british_order(words: str, iso: str) -> None:
    assert moment(words) == iso


def test_american_order_is_taken_where_the_column_can_only_be_read_so() -> None:
    assert month_first(["05/12/2020", "05/13/2020 10:00"])
    assert not month_first(["05/12/2020", "06/11/2020"])
    assert not month_first(["13/05/2020", "05/13/2020"])
    assert moment("05/12/2020", american=True) == "2020-05-12"


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("0129/-:. TZapm+GMTMay,")))
def test_any_words_are_a_moment_or_none(words: str) -> None:
    assert moment(words) == "" or moment(words)[:4].isdigit()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Health", RespondentType.PUBLIC_BODY),
        ("Education sector", RespondentType.ACADEMIC),
        ("Voluntary", RespondentType.CHARITY),
        ("Third sector", RespondentType.CHARITY),
        ("Local government", RespondentType.COUNCIL),
        ("Private sector", RespondentType.BUSINESS),
        ("Mental health", RespondentType.UNKNOWN),
    ],
)
def test_the_name_of_a_sector_is_a_type(words: str, kind: RespondentType) -> None:
    assert respondent_type(words) is kind
