"""Several references beside one quotation or several."""

from __future__ import annotations

import pytest

from coder.export.checking.findings import Kind
from tests.export.checking.reports import Inquiry, Report, inquiry


@pytest.fixture(scope="module")
def evidence() -> Inquiry:
    return inquiry(52)


@pytest.mark.parametrize(
    ("said", "kinds", "told"),
    [
        ("“{1}” (SIC0001, para 2; SIC0007)", [Kind.REFERENCE], "SIC0007 does not hold these words"),
        ("“{1}” (SIC0001, para 2; see also SIC0007)", [], ""),
        ("“{3}” (SIC0003, para 2 and SIC0049, para 5)", [Kind.MOVED, Kind.PARAGRAPH], "SIC0049, p"),
        ("“{1}” and “{3}” (SIC0001; SIC0003, para 2)", [], ""),
        ("“{1}” and “{3}” (SIC0001, para 4; SIC0003)", [Kind.PARAGRAPH], "SIC0001"),
        ("“{1}”, “{3}” and “{5}” (SIC0001, SIC0003)", [Kind.REFERENCE], "SIC0005"),
    ],
)
def test_each_reference_must_be_right_for_a_quotation(
    evidence: Inquiry, said: str, kinds: list[Kind], told: str
) -> None:
    words = [
        evidence.said(f"SIC{max(1, number):04}", 2).replace("“", "‘").replace("”", "’")
        for number in range(6)
    ]
    report = Report()
    report.say(f"Some wrote {said.format(*words)}.")
    found = evidence.check(report.bytes())
    assert {p.kind for one in found.wrong for p in one.problems} == set(kinds)
    assert told in " ".join(one.problem for one in found.wrong)
