"""Thirty planted inconsistencies of all kinds are found, and hardly anything else is told."""

from __future__ import annotations

from collections import Counter

import pytest

from coder.analysis.consistency.findings import ADVICE, KIND_NAMES, Kind
from coder.analysis.consistency.looking import look
from coder.domain.errors import Cancelled
from coder.jobs import Job, Progress
from tests.planted import material_of, missed_and_unplanted, plain, planted

MOST_UNPLANTED = 2
"""Findings beside the thirty that were planted; there were none when this was written."""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_that_was_planted_is_found_and_little_else(seed: int) -> None:
    inquiry = planted(seed)
    assert len(inquiry.plants) == 30
    assert {one.kind for one in inquiry.plants} == set(Kind)

    missed, unplanted = missed_and_unplanted(inquiry, look(material_of(inquiry)))

    assert missed == []
    assert len(unplanted) <= MOST_UNPLANTED, [one.said for one in unplanted]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_nothing_is_told_of_people_who_code_as_people_do(seed: int) -> None:
    assert [one.said for one in look(material_of(plain(seed)))] == []


def test_findings_come_by_kind_each_once_with_something_to_do() -> None:
    found = look(material_of(planted()))

    kinds = [one.kind for one in found]
    assert kinds == sorted(kinds, key=list(Kind).index)
    assert max(Counter(one.id for one in found).values()) == 1
    assert all(one.said.endswith(".") and one.advice.endswith(".") for one in found)
    assert set(KIND_NAMES) == set(ADVICE) == set(Kind)
    assert look(material_of(planted()), kinds=[]) == []


def test_one_kind_can_be_asked_for() -> None:
    found = look(material_of(planted()), kinds=[Kind.PARENT, Kind.SHORT])

    assert Counter(one.kind for one in found) == {Kind.PARENT: 2, Kind.SHORT: 1}


def test_it_says_how_far_it_is_and_can_be_stopped() -> None:
    told: list[Progress] = []
    job = Job(told.append)
    look(material_of(plain()), job=job)
    assert [one.fraction for one in told] == sorted(one.fraction for one in told)
    assert len({one.label for one in told}) > 5

    stopping = Job()
    stopping.listener = lambda progress: stopping.cancel() if progress.done else None
    with pytest.raises(Cancelled):
        look(material_of(plain()), job=stopping)


def test_passages_say_where_they_are_who_tagged_them_and_when() -> None:
    inquiry = planted()
    texts = {one.id: one.text for one in inquiry.documents}
    codings = {one.id: one for one in inquiry.codings}
    for finding in look(material_of(inquiry)):
        for passage in finding.passages:
            assert texts[passage.document_id][passage.start : passage.end] == passage.quote
            for tag in passage.tags:
                coding = codings[tag.coding_id]
                assert (tag.code_id, tag.coder_id) == (coding.code_id, coding.coder_id)
                assert tag.at == coding.created_at
