"""Sources other than the evidence, named beside a quotation."""

from __future__ import annotations

import pytest

from coder.export.checking.elsewhere import named_source
from coder.export.checking.findings import Kind
from tests.export.checking.reports import Inquiry, Report, inquiry


@pytest.fixture(scope="module")
def evidence() -> Inquiry:
    return inquiry(52)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("The call for evidence asked “", "”.", "The call for evidence"),
        ("In its 2018 strategy the Government said that “", "”.", "the Government"),
        ("The Minister told the House: “", "”", "The Minister"),
        ("According to the loneliness strategy, “", "”", "the loneliness strategy"),
        ("We read “", "”, as the 2018 strategy says.", "the 2018 strategy"),
        ("We read “", "” (Office for National Statistics, 2018).", "Office for National"),
        ("We read “", "” (Holt-Lunstad, 2015: 12).", "Holt-Lunstad, 2015"),
        ("We read “", "” (Focus group, May 2024).", ""),
        ("Our survey respondents said “", "”", ""),
        ("A government worker told us “", "”", ""),
        ("The Minister told us “", "”", ""),
        ("The Act came, and one of us said “", "”", ""),
        ("The report is long. Walsall Food Bank said “", "”", ""),
        ("Somebody said “", "” in the report.", ""),
    ],
)
def test_another_source_is_read_from_the_words_around(before: str, after: str, named: str) -> None:
    found = named_source(before, after)
    assert found.startswith(named) if named else not found


@pytest.mark.parametrize(
    ("lead", "tail", "kind"),
    [
        ("The call for evidence asked", ".", Kind.OUTSIDE),
        ("The call for evidence asked", ", and one answered (SIC0003).", Kind.OUTSIDE),
        ("The call for evidence asked", " (SIC0003).", Kind.NOT_FOUND),
        ("Somebody asked", ".", Kind.NOT_FOUND),
    ],
)
def test_words_from_another_source_are_only_to_be_looked_at(
    evidence: Inquiry, lead: str, tail: str, kind: Kind
) -> None:
    report = Report()
    report.say(f"{lead} “how being alone may be told from wishing to be so”{tail}")
    one, *_ = evidence.check(report.bytes()).found
    assert one.kind is kind


def test_a_colon_in_the_paragraph_before_leads_to_a_quotation(evidence: Inquiry) -> None:
    report = Report()
    report.say("The Government’s strategy says:")
    report.say("“Everybody is to have somebody near whom they may call.”")
    [one] = evidence.check(report.bytes()).found
    assert one.kind is Kind.OUTSIDE
