"""Which citation belongs to which quotation, and what is a quotation at all."""

from __future__ import annotations

import pytest

from coder.export.checking.binding import Binder, Bound
from coder.export.checking.citations import Citation, CitationFinder
from coder.export.checking.quotations import Quotation, quotations
from coder.export.checking.reading import open_report
from tests.export.checking.reports import Report


def _bound(report: Report) -> list[tuple[Quotation, Bound]]:
    story = open_report(report.bytes(), "r.docx").story
    finder = CitationFinder(["SIC"])
    citations: list[list[Citation]] = [finder.find(one.text) for one in story.paragraphs]
    every = quotations(story, citations)
    binder = Binder(story, citations, every)
    return [(one, binder.bound(one)) for one in every]


def _meant(text: str) -> dict[str, str]:
    report = Report()
    report.say(text)
    return {one.text: "; ".join(c.text for c in bound.meant) for one, bound in _bound(report)}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("“A b” (SIC0001), and “c d” (SIC0002).", {"A b": "SIC0001", "c d": "SIC0002"}),
        ("“A b” and “c d” (SIC0001).", {"A b": "SIC0001", "c d": "SIC0001"}),
        ("A Choir (SIC0003) said: “A b.” Others do not (SIC0004).", {"A b.": "SIC0003"}),
        ("“A b.” That is what one told us (SIC0005).", {"A b.": "SIC0005"}),
        ("“A b” — A Choir (SIC0006).", {"A b": "SIC0006"}),
        ("“A b”{{A Choir (SIC0007), para 2.}} here (SIC0008).", {"A b": "SIC0007, para 2"}),
        ("“A b”{{Hansard, 3 May.}} as ministers say.", {"A b": ""}),
    ],
)
def test_the_nearest_citation_is_meant(text: str, meant: dict[str, str]) -> None:
    assert _meant(text) == meant


def test_a_note_without_evidence_gives_another_source() -> None:
    report = Report()
    report.say("“We sing”{{Hansard, 3 May.}} as ministers say.")
    [(_, bound)] = _bound(report)
    assert bound.elsewhere


def test_blocks_are_quotations_without_who_said_them() -> None:
    report = Report()
    report.say("We sing every week. Otley Choir (SIC0001, para 2)", "Quote")
    report.say("“We queue every week.”", "Intense Quote")
    report.say("— Walsall Food Bank (SIC0002)")
    report.say("We wait every week.", indent=1.5)
    report.say("Walsall Food Bank (SIC0003)", indent=1.5)
    report.say("Only set in, and cited by nobody.", indent=1.5)
    found = {one.text: "; ".join(c.text for c in bound.own) for one, bound in _bound(report)}
    assert found == {
        "We sing every week.": "SIC0001, para 2",
        "We queue every week.": "SIC0002",
        "We wait every week.": "SIC0003",
    }


def test_a_quotation_over_paragraphs_is_one() -> None:
    report = Report()
    report.say("“We sing every week.")
    report.say("“We queue every day.")
    report.say("“And we wait” (SIC0001), as they say.")
    [(one, bound)] = _bound(report)
    assert one.text == "We sing every week.\nWe queue every day.\nAnd we wait"
    assert [c.text for c in bound.own] == ["SIC0001"]


def test_a_row_of_a_table_is_bound_across_its_cells() -> None:
    report = Report()
    report.row("“We sing every week”", "SIC0001, para 3")
    [(_, bound)] = _bound(report)
    assert [c.text for c in bound.about] == ["SIC0001, para 3"]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("As paragraph 4.1 of SIC0003 says, “A b.”", True),
        ("SIC0003 wrote: “A b.”", True),
        ("SIC0003 says the “a b” is gone.", False),
    ],
)
def test_a_citation_may_lead_to_few_words(text: str, own: bool) -> None:
    report = Report()
    report.say(text)
    [(_, bound)] = _bound(report)
    assert bool(bound.own) is own
