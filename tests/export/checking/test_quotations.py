"""What is a quotation though no mark says so."""

from __future__ import annotations

import pytest

from coder.export.checking.findings import Findings, Kind
from tests.export.checking.reports import Inquiry, Report, inquiry


@pytest.fixture(scope="module")
def evidence() -> Inquiry:
    return inquiry(52)


def _said(evidence: Inquiry) -> tuple[str, str]:
    """A sentence without marks, and the same with a word of ours in it."""
    words = next(
        said
        for paragraph in range(1, 9)
        if not set("“‘’") & set(said := evidence.said("SIC0001", paragraph))
    )
    several = words.split()
    return words, " ".join([*several[:4], "telescopes", *several[5:]])


def _kinds(found: Findings) -> list[list[Kind]]:
    return [[problem.kind for problem in one.problems] for one in found.found]


@pytest.mark.parametrize("between", ["", "blank", "line"])
def test_what_is_pasted_as_plain_text_is_compared(evidence: Inquiry, between: str) -> None:
    report = Report()
    report.say("What follows is what we were told by those who came to us.")
    for words in _said(evidence):
        who = f"— {evidence.submissions['SIC0001'].organisation} (SIC0001)"
        report.say(f"{words}\n{who}" if between == "line" else words)
        if between == "blank":
            report.say("")
        if between != "line":
            report.say(who)
    found = evidence.check(report.bytes())
    assert found.quotations == 2
    assert _kinds(found) == [[], [Kind.ALTERED]]


def test_a_paragraph_of_our_own_with_a_quotation_in_it_is_none(evidence: Inquiry) -> None:
    words, _ = _said(evidence)
    report = Report()
    report.say(f"One of them put it so, and we agree with all of it: “{words}”")
    report.say("— A resident (SIC0001)")
    assert _kinds(evidence.check(report.bytes())) == [[]]


def test_what_is_set_in_is_compared_where_few_paragraphs_are(evidence: Inquiry) -> None:
    words, altered = _said(evidence)
    report = Report()
    for said in (words, altered, "And this is only set in by the writer of this report."):
        report.say("Here stand words of our own.")
        report.say(said, indent=1.5)
        report.say("Here stand more of them.")
    found = evidence.check(report.bytes())
    assert _kinds(found) == [[], [Kind.ALTERED]]
    for _ in range(9):
        report.say("Most of this report is set in.", indent=1.5)
    assert evidence.check(report.bytes()).quotations == 0


@pytest.mark.parametrize("marks", ["``…''", "‘‘…’’", "`…'", "``…”"])
def test_marks_typed_as_two_single_ones_are_marks(evidence: Inquiry, marks: str) -> None:
    report = Report()
    first, last = marks.split("…")
    for words in _said(evidence):
        report.say(f"One of them wrote {first}{words}{last} (SIC0001).")
    assert _kinds(evidence.check(report.bytes())) == [[], [Kind.ALTERED]]


@pytest.mark.parametrize(
    ("cited", "kind", "told"),
    [
        ("SIC0001, para 99", Kind.PARAGRAPH, "SIC0001 has no paragraph 99."),
        ("SIC0001, paras 2 and 3", Kind.UNQUOTED, "beside no quotation."),
        ("SIC0046", Kind.UNQUOTED, "SIC0046 has not agreed to be published."),
        ("SIC0047", Kind.UNQUOTED, "SIC0047 has not agreed to be published."),
        ("SIC12", Kind.UNREAD, "“SIC12” looks like a reference"),
    ],
)
def test_what_is_cited_beside_no_quotation_must_be_there(
    evidence: Inquiry, cited: str, kind: Kind, told: str
) -> None:
    report = Report()
    report.say(f"Many have said so ({cited}), in other words.")
    [one] = evidence.check(report.bytes()).found
    assert one.kind is kind
    assert told in one.problem


def test_citations_beside_no_quotation_are_told_and_listed(evidence: Inquiry) -> None:
    report = Report()
    for number in (1, 2, 3):
        report.say(f"Many have said so (SIC000{number}), in other words.")
    report.table(["Who", "Reference"], ["A choir", "SIC0004"])
    found = evidence.check(report.bytes())
    assert _kinds(found) == [[Kind.UNQUOTED]] * 3
    assert found.wrong == ()
    assert "3 citations stand beside no quotation, to be looked at by hand." in found.summary()
    assert "Nothing is wrong" not in found.summary()
