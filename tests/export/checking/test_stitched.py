"""Quotations of true words that were put together anew."""

from __future__ import annotations

import pytest

from coder.export.checking.findings import Finding, Kind
from coder.export.checking.telling import notes
from tests.export.checking.reports import Inquiry, Report, inquiry


@pytest.fixture(scope="module")
def evidence() -> Inquiry:
    return inquiry(52)


def _one(evidence: Inquiry, words: str, cited: str = " (SIC0001)") -> Finding:
    report = Report()
    report.say(f"One wrote “{words}”{cited}.")
    [found] = evidence.check(report.bytes()).found
    return found


def _halves(evidence: Inquiry) -> tuple[str, str]:
    first, second = evidence.said("SIC0001", 2), evidence.said("SIC0001", 5)
    return " ".join(first.split()[:7]), " ".join(second.split()[-8:])


@pytest.mark.parametrize("cited", [" (SIC0001)", " (SIC0001, para 2)", ""])
def test_two_passages_without_a_mark_between_are_told_as_joined(
    evidence: Inquiry, cited: str
) -> None:
    first, second = _halves(evidence)
    found = _one(evidence, f"{first} {second}", cited)
    assert [one.kind for one in found.problems] == [Kind.ALTERED]
    begins = " ".join(second.split()[:5]).rstrip(",;")
    assert f"Two passages joined: from “{begins}” on" in found.problem
    assert "no mark says" in found.problem
    parts = [(one.same, one.report) for one in found.difference]
    assert parts == [(True, first), (False, ""), (True, second)]
    assert found.difference[1].evidence


@pytest.mark.parametrize("sign", ["…", "[…]"])
def test_with_a_mark_between_they_are_right(evidence: Inquiry, sign: str) -> None:
    first, second = _halves(evidence)
    found = _one(evidence, f"{first} {sign} {second}")
    assert not [one for one in found.problems if one.kind is not Kind.OMISSION]


def test_passages_in_another_order_are_told(evidence: Inquiry) -> None:
    first, second = _halves(evidence)
    found = _one(evidence, f"{second} {first}")
    assert found.kind is Kind.ALTERED
    assert "stand before the others" in found.problem


def test_passages_of_two_submissions_are_told_and_both_must_be_open(evidence: Inquiry) -> None:
    first = evidence.said("SIC0001", 2)
    found = _one(evidence, f"{first} {evidence.said('SIC0007', 5)}")
    assert [one.kind for one in found.problems] == [Kind.ALTERED]
    assert "in another text, SIC0007, para 5." in found.problem
    withheld = _one(evidence, f"{first} {evidence.said('SIC0046', 5)}")
    assert [one.kind for one in withheld.problems] == [Kind.PERMISSION, Kind.ALTERED]


def test_few_words_left_out_are_told_one_by_one(evidence: Inquiry) -> None:
    words = evidence.said("SIC0001", 2).split()
    found = _one(evidence, " ".join([*words[:6], *words[8:]]))
    assert found.problem == f"“{' '.join(words[6:8])}” is left out."


def test_a_sentence_that_ends_elsewhere_is_to_be_looked_at(evidence: Inquiry) -> None:
    first, second = evidence.said("SIC0001", 2, 0, 1), evidence.said("SIC0001", 2, 1, 2)
    words = second.split()
    begun, rest = " ".join(words[:4]), " ".join(words[4:])
    moved = f"{first[:-1]} {begun[0].lower()}{begun[1:]}. {rest[0].upper()}{rest[1:]}"
    found = _one(evidence, moved)
    assert [one.kind for one in found.problems] == [Kind.SENTENCE]
    assert found.soft
    assert f"behind “{words[3]}”" in found.problem
    for right in (f"{first} {second}", f"{first[:-1]}; {second}", f"{first[:-1]}, {second}"):
        assert not _one(evidence, right).problems


def test_a_true_quotation_twice_is_told_but_has_no_comment_of_its_own(evidence: Inquiry) -> None:
    words = evidence.said("SIC0001", 3)
    report = Report()
    for said in (words, words, words.replace(words.split()[5], "telescope", 1)):
        report.say(f"One wrote “{said}” (SIC0001).")
    checked = evidence.check(report.bytes())
    assert [[one.kind for one in found.problems] for found in checked.found] == [
        [],
        [Kind.TWICE],
        [Kind.ALTERED],
    ]
    assert "used twice 1" in checked.summary()
    assert [one.stretch.first for one in notes(checked)[1:] if one.stretch] == [
        checked.found[2].stretch.first
    ]
