"""What is judged of a single quotation where little shows that it is not what was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.model import Permission, Style
from coder.domain.paragraphs import lay_out
from coder.export.checking.findings import Kind, Status
from tests.export.checking.reports import Inquiry, Report, inquiry

WORDS = (
    "The hall was there long before and the people were glad of it.",
    "We do not support the closing of the library on weekdays because nobody else helps.",
    "The right result was had, we think – but also to take responsibility for what the town lost.",
    "From 10–12 of us were not able to pay the 5 000 pounds for the well-being of our food bank.",
)


@pytest.fixture(scope="module")
def evidence() -> Inquiry:
    """Evidence of which SIC0001 has these words."""
    of = inquiry(52)
    text, spans = lay_out((one, Style.BODY) for one in WORDS)
    old = of.text("SIC0001")
    of.documents[old.id] = replace(old, text=text, paragraphs=spans)
    return of


def _found(evidence: Inquiry, *said: str, style: str | None = None) -> list[tuple[list[Kind], str]]:
    report = Report()
    for one in said:
        report.say(one, style)
        report.say("Between them stand words of our own.")
    found = evidence.check(report.bytes()).found
    return [
        ([p.kind for p in one.problems if p.kind is not Kind.TWICE], one.problem) for one in found
    ]


@pytest.mark.parametrize(
    "said",
    [
        "We do […] support the closing of the library",
        "We do… support the closing of the library",
        "We [do] support the closing of the library",
        "[We] support the closing of the library on weekdays",
        "the closing of the library on weekdays because […] else helps",
    ],
)
def test_what_is_left_out_must_not_turn_the_rest_round(evidence: Inquiry, said: str) -> None:
    [(kinds, told)] = _found(evidence, f"One wrote “{said}” (SIC0001, para 2).")
    assert kinds == [Kind.ALTERED]
    assert "opposite" in told
    assert "not" in told or "nobody" in told


@pytest.mark.parametrize(
    "said",
    [
        "We do not […] the closing of the library",
        "[W]e do not support the closing of the library",
        "[The group does] not support the closing of the library",
    ],
)
def test_other_omissions_are_no_alarm(evidence: Inquiry, said: str) -> None:
    assert _found(evidence, f"One wrote “{said}” (SIC0001).") == [([], "")]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The hall was there […] on weekdays because", "“not” is among the words left out"),
        ("The hall was [not] there long before", "“not” is among the words put in brackets"),
        ("The hall was […] and the people were glad", ""),
    ],
)
def test_a_not_among_many_words_left_out_or_put_in_is_told(
    evidence: Inquiry, said: str, told: str
) -> None:
    report = Report()
    report.say(f"One wrote “{said}” (SIC0001).")
    [one] = evidence.check(report.bytes()).found
    assert [p.kind for p in one.problems] == [Kind.OMISSION] * bool(told)
    assert told in one.problem
    assert one.status is Status.VERBATIM
    assert one.omits is ("[not]" not in said)
    if not told:
        assert one.title == "Verbatim with omissions"
        assert "{…there long before…}" in one.marked


def test_what_was_left_out_is_not_told_of_who_is_withheld(evidence: Inquiry) -> None:
    owner = replace(evidence.submissions["SIC0001"], permission=Permission.WITHHELD)
    of = replace(evidence, submissions=evidence.submissions | {"SIC0001": owner})
    [(kinds, told)] = _found(of, "“We do […] support the closing of the library” (SIC0001).")
    assert kinds == [Kind.PERMISSION, Kind.ALTERED]
    assert "do not" not in told
    assert "opposite" in told


def test_parts_of_a_quotation_are_found_where_they_stand_closest(evidence: Inquiry) -> None:
    report = Report()
    report.say("We read “the […] on weekdays” (SIC0001, para 2).")
    [one] = evidence.check(report.bytes()).found
    assert not one.problems
    assert one.passage is not None
    assert one.passage.words == "the library on weekdays"
    assert one.passage.citation == "(SIC0001, para 2)"


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (
            "The right result was had, we think – but also to take bread for what the (%s)",
            Kind.ALTERED,
        ),
        ("The right result was had, we think – but also to take responsibility (%s)", None),
        ("The right result was had, we think – a volunteer (%s)", None),
        ("The right result was had, we think. — someone we met (%s)", None),
        ("The right result was had, we think — Otley Band (%s)", None),
    ],
)
def test_who_said_a_block_is_told_from_how_it_ends(
    evidence: Inquiry, words: str, kinds: Kind | None
) -> None:
    [(found, _)] = _found(evidence, words % "SIC0001, para 3", style="Quote")
    assert [one for one in found if one is not Kind.NAME] == ([kinds] if kinds else [])


def test_marks_that_nobody_closed_join_no_more_paragraphs_than_a_quotation_has(
    evidence: Inquiry,
) -> None:
    report = Report()
    for number in range(90):
        report.say(f"“Paragraph {number} of a report with a mark too many (SIC0001).")
    report.say("“And one that is closed” (SIC0001).")
    found = evidence.check(report.bytes()).found
    assert [one.stretch.first for one in found if one.stretch.last == 90][:1] == [30]
    assert all(one.stretch.last - one.stretch.first <= 60 for one in found)


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("From 1012 of us were not able to pay the 5 000 pounds", [Kind.ALTERED]),
        ("10–12 of us were notable to pay the 5 000 pounds", [Kind.ALTERED]),
        ("10-12 of us were not able to pay the 5000 pounds", []),
        ("pounds for the wellbeing of our food bank", []),
    ],
)
def test_words_parted_otherwise_are_the_same_only_where_they_say_the_same(
    evidence: Inquiry, said: str, kinds: list[Kind]
) -> None:
    [(found, _)] = _found(evidence, f"One wrote “{said}” (SIC0001).")
    assert found == kinds


@pytest.mark.parametrize(
    ("said", "right"), [("glad of it", True), ("glad of them", False), ("deployed 460", False)]
)
def test_few_words_that_a_citation_leads_to_are_compared(
    evidence: Inquiry, said: str, right: bool
) -> None:
    [(kinds, _)] = _found(evidence, f"As paragraph 1 of sic0001 says, “{said}.”")
    assert (kinds == []) is right


@pytest.mark.parametrize(
    ("lead", "tail", "kind"),
    [
        ("Mr Ashpole told us", "", Kind.SPEAKER),
        ("Leonard Ashpole told us", "", Kind.SPEAKER),
        ("Leonard Ashpole (SIC0003) told us", "", Kind.NAME),
        ("Mr Ashpole (SIC0003, para 3) told us", "", Kind.SPEAKER),
        ("Mrs Jones told us", "", None),
        ("Mr Ashpole was there, and Mrs Jones told us", "", None),
        ("Mr Ashpole was there. We were told", "", None),
        ("They told us", "Mr Ashpole said so too.", None),
    ],
)
def test_another_speaker_before_a_quotation_is_to_be_looked_at(
    evidence: Inquiry, lead: str, tail: str, kind: Kind | None
) -> None:
    two = replace(evidence.submissions["SIC0002"], respondent="Leonard Ashpole")
    three = replace(evidence.submissions["SIC0003"], respondent="Ines Jones")
    of = replace(evidence, submissions=evidence.submissions | {"SIC0002": two, "SIC0003": three})
    report = Report()
    report.say(f"{lead} “{of.said('SIC0003', 3)}” (SIC0003). {tail}")
    checked = of.check(report.bytes())
    told = [one for found in checked.found for one in found.problems]
    told = [one for one in told if one.kind is not Kind.UNQUOTED]
    assert [one.kind for one in told] == ([kind] if kind else [])
    assert not told or "is SIC0002, and" in told[0].told
