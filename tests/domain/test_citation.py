"""References, citations and attributions, which fail closed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.citation import (
    ANOTHER,
    PUBLISHABLE,
    RESPONDENT,
    STANDING,
    TYPE_NAMES,
    UNNAMED,
    as_reference,
    attribution,
    barred,
    cite,
    reference,
    speaking,
    tells_no_name,
    twin_of,
    valid_prefix,
)
from coder.domain.model import Permission, RespondentType, Status, Submission


def submission(permission: Permission, **fields: object) -> Submission:
    particulars = {"respondent": "Jo Lee", "organisation": "Tarn CIC", "region": "Cumbria"}
    return Submission("s", "SIC0001", permission=permission, **{**particulars, **fields})


@pytest.mark.parametrize(("prefix", "valid"), [
    ("SIC", True), ("S", True), ("A2B4C6D8", True), ("S1", True),
    ("", False), ("sic", False), ("1A", False), ("ABCDEFGHI", False), ("S-C", False),
    ("SIC\n", False), ("ÉCO", False),
])  # fmt: skip
def test_prefixes_are_capitals_and_digits(prefix: str, valid: bool) -> None:
    assert valid_prefix(prefix) is valid


def test_references_have_four_digits_or_more() -> None:
    assert [reference("SIC", n) for n in (1, 12, 9999, 10000)] == [
        "SIC0001", "SIC0012", "SIC9999", "SIC10000",
    ]  # fmt: skip


def test_the_forms_of_a_citation() -> None:
    assert cite("SIC0012") == "(SIC0012)"
    assert cite("SIC0012", "7") == "(SIC0012, para 7)"
    assert cite("SIC0012", "7–9") == "(SIC0012, paras 7–9)"
    assert cite("SIC0031", time_ms=134_000) == "(SIC0031, 02:14)"
    assert cite("SIC0031", "7", 0) == "(SIC0031, 00:00)"
    assert cite("SIC0012", "7", page="4") == "(SIC0012, p. 4, para 7)"
    assert cite("SIC0012", page="4–5") == "(SIC0012, pp. 4–5)"


def test_who_speaks_stands_behind_the_time() -> None:
    def told(*names: str) -> str:
        return cite("SIC0031", time_ms=4_000, speakers=names)

    assert told("Chair") == "(SIC0031, 00:04, Chair speaking)"
    assert told("Chair", "Ann", "Left") == "(SIC0031, 00:04, Chair, Ann and Left speaking)"
    assert told("the respondent", ANOTHER) == "(SIC0031, 00:04, the respondent and another speaker)"


@pytest.mark.parametrize(
    ("names", "named", "hidden"),
    [
        ((), (), ()),
        (("",), (), ()),
        (("Jo Lee",), (), ()),
        (("JO LEE",), (), ()),
        (("Chair",), ("Chair",), (ANOTHER,)),
        (("Chair", "Tom", "Chair"), ("Chair", "Tom"), (ANOTHER,)),
        (("Jo Lee", "Chair"), ("Jo Lee", "Chair"), (RESPONDENT, ANOTHER)),
        (("Chair", ""), ("Chair", UNNAMED), (ANOTHER, UNNAMED)),
        (("Ms Lee",), ("Ms Lee",), ()),
        (("J. Lee",), ("J. Lee",), (UNNAMED,)),
        (("Speaker 2", "Left"), ("Speaker 2", "Left"), ("Speaker 2", "Left")),
    ],
)
def test_who_speaks_is_told_as_the_permission_lets_it(
    names: tuple[str, ...], named: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    assert speaking(submission(Permission.NAMED), names) == named
    for permission in set(Permission) - {Permission.NAMED}:
        assert speaking(submission(permission), names) == hidden
    assert speaking(submission(Permission.NAMED, status=Status.WITHDRAWN), names) == hidden


@pytest.mark.parametrize("respondent", ["", "Anonymous", "Name withheld"])
def test_nobody_is_called_another_where_the_respondent_is_not_known(respondent: str) -> None:
    unknown = submission(Permission.ANONYMOUS, respondent=respondent)
    assert speaking(unknown, ["Chair"]) == (UNNAMED,)


@given(st.text(), st.text())
def test_no_name_is_told_of_who_speaks_in_anonymous_words(respondent: str, name: str) -> None:
    told = speaking(submission(Permission.ANONYMOUS, respondent=respondent), [name, "Chair"])
    assert all(map(tells_no_name, told))


def test_who_may_be_named_is_named() -> None:
    assert attribution(submission(Permission.NAMED)) == "Jo Lee, Tarn CIC"
    assert attribution(submission(Permission.NAMED, organisation="")) == "Jo Lee"


def test_who_gave_no_name_is_called_by_type() -> None:
    nameless = submission(
        Permission.NAMED, respondent="", organisation="", type=RespondentType.FAITH
    )
    assert attribution(nameless) == "Faith group"


@given(st.sampled_from(RespondentType), st.text(), st.text())
def test_who_is_anonymous_is_called_by_type_and_region_only(
    kind: RespondentType, name: str, organisation: str
) -> None:
    told = submission(Permission.ANONYMOUS, type=kind, respondent=name, organisation=organisation)
    plain = submission(Permission.ANONYMOUS, type=kind, respondent="", organisation="")

    assert attribution(told) == attribution(plain)
    assert attribution(told).startswith(TYPE_NAMES[kind])
    assert attribution(told).endswith(", Cumbria")


@given(st.sampled_from(Permission), st.sampled_from(RespondentType))
def test_what_may_not_be_published_has_no_attribution(
    permission: Permission, kind: RespondentType
) -> None:
    assert bool(attribution(submission(permission, type=kind))) is (permission in PUBLISHABLE)


def test_only_an_explicit_yes_is_publishable() -> None:
    assert {Permission.NAMED, Permission.ANONYMOUS} == PUBLISHABLE
    assert Submission("s", "SIC0001").permission not in PUBLISHABLE


def test_every_type_has_a_name() -> None:
    assert set(TYPE_NAMES) == set(RespondentType)


@given(st.sampled_from(Permission), st.sampled_from(Status))
def test_what_does_not_stand_is_barred_whatever_its_permission(
    permission: Permission, status: Status
) -> None:
    free = permission in PUBLISHABLE and status in (Status.RECEIVED, Status.INCLUDED)
    assert (barred(permission, status) == "") is free
    assert bool(attribution(submission(permission, status=status))) is free
    assert {Status.RECEIVED, Status.INCLUDED} == STANDING


def test_the_reason_that_bars_is_told_in_a_word() -> None:
    assert barred(Permission.NAMED, Status.WITHDRAWN) == "withdrawn"
    assert barred(Permission.WITHHELD, Status.DUPLICATE) == "duplicate"
    assert barred(Permission.WITHHELD, Status.INCLUDED) == "withheld"


@pytest.mark.parametrize(
    ("ref", "number", "twin"),
    [
        ("SIC0012", 0, "SIC0012"),
        ("SIC0012", 1, "SIC0012b"),
        ("SIC0012b", 2, "SIC0012c"),
        ("SIC0012c", 0, "SIC0012"),
        ("SIC0012", 26, "SIC0012ba"),
    ],
)
def test_references_given_twice_are_told_apart_by_a_letter(
    ref: str, number: int, twin: str
) -> None:
    assert twin_of(ref, number) == twin


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("sic0012", "SIC0012"), ("sic0012B", "SIC0012b"), ("Sic0012b", "SIC0012b"), ("abc", "ABC")],
)
def test_a_reference_is_known_however_it_is_typed(typed: str, kept: str) -> None:
    assert as_reference(typed) == kept
