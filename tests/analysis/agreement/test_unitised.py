"""Passages as units: what must hold whatever coders mark, beside the published figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.agreement import passages
from coder.analysis.agreement.runs import Runs, union
from coder.analysis.agreement.unitised import coincidences, unitised_1995, units
from coder.domain.agreement import Coefficient
from tests.analysis.agreement.written_out import (
    Segment,
    disagreement_1995,
    family_2016,
    with_gaps,
)

U, U_1995, BINARY, CU = (
    Coefficient.U_ALPHA, Coefficient.U_ALPHA_1995, Coefficient.U_BINARY, Coefficient.CU_ALPHA,
)  # fmt: skip

LENGTH, CODES = 40, 3


def runs(*spans: tuple[int, int]) -> Runs:
    return union([start for start, _ in spans], [end for _, end in spans])


def test_the_same_passages_are_full_agreement() -> None:
    both = [runs((3, 9), (20, 31))] * 3
    found = passages.of_one(both, 100)
    assert (found[U].value, found[U_1995].value) == (1, 1)


def test_nobody_marked_anything() -> None:
    found = passages.of_one([runs(), runs()], 100)
    assert found[U].value is None
    assert found[U_1995].value is None
    assert "Nobody tagged" in found[U].why


def test_marks_that_never_meet_are_below_chance() -> None:
    found = passages.of_one([runs((0, 40)), runs((50, 90))], 100)
    assert found[U].value is not None
    assert found[U].value < 0


def test_ends_that_lie_nearer_agree_better() -> None:
    near, far = (passages.of_one([runs((10, 30)), runs((10 + by, 30 + by))], 200) for by in (2, 9))
    for kind in (U, U_1995):
        assert near[kind].value > far[kind].value  # type: ignore[operator]


def test_where_a_text_begins_does_not_matter() -> None:
    here = passages.of_one([runs((10, 30)), runs((12, 33))], 80)
    there = passages.of_one([runs((510, 530)), runs((512, 533))], 80, offset=500)
    assert here == there


def test_one_code_is_the_binary_form() -> None:
    coders = [units([(2, 9, 1), (12, 20, 1)]), units([(3, 9, 1)])]
    common = coincidences(coders, 40, 1)
    assert common.u_alpha() == pytest.approx(common.binary())
    assert np.isnan(common.cu_alpha())
    assert common.observed.sum() == pytest.approx(80)


def test_passages_of_different_codes_that_overlap_are_no_units_of_one_text() -> None:
    apart = [[runs((0, 10)), runs((10, 20))], [runs((0, 9)), runs((12, 20))]]
    found, singled = passages.of_several(apart, 50)
    assert all(found[kind].value is not None for kind in (U, BINARY, CU, U_1995))
    assert [one.value for one in singled] == [1, 1]
    over = [[runs((0, 10)), runs((5, 20))], [runs((0, 9)), runs((12, 20))]]
    found, singled = passages.of_several(over, 50)
    assert (found[U].value, found[CU].value, singled[0].value) == (None, None, None)
    assert "overlap" in found[U].why
    assert found[BINARY].value is not None
    assert found[U_1995].value is not None


def test_the_form_of_1995_adds_up_over_codes() -> None:
    one, other = [runs((0, 10)), runs((2, 10))], [runs((20, 40)), runs((20, 44))]
    each = [unitised_1995([[one.as_units() for one in code]], 60) for code in (one, other)]
    observed, expected = sum(one.observed for one in each), sum(one.expected for one in each)
    found, _ = passages.of_several(list(map(list, zip(one, other, strict=True))), 60)
    assert found[U_1995].value == pytest.approx(1 - observed / expected)


def test_where_little_meets_of_more_coders_no_figure_without_meaning_is_told() -> None:
    marked = [[runs((7, 8)), runs()], [runs(), runs()], [runs(), runs((1, 8))], [runs(), runs()]]
    found, singled = passages.of_several(marked, 20)
    assert (found[CU].value, singled[0].value, singled[1].value) == (None, None, None)
    assert found[CU].why == "Too little was tagged by two coders at once to tell chance."
    assert found[U].value is not None


def test_why_a_code_cannot_be_told_from_others_is_said_exactly() -> None:
    apart = [[runs((0, 5)), runs()], [runs((10, 15)), runs((20, 30))]]
    found, singled = passages.of_several(apart, 50)
    assert {found[CU].why, singled[1].why} == {"Nowhere did two coders both tag a passage."}
    alone = [[runs((0, 5)), runs()], [runs((0, 5)), runs((20, 30))]]
    found, singled = passages.of_several(alone, 50)
    only = "Where two coders both tagged, there is only one code."
    assert (found[CU].why, singled[0].why) == (only, only)
    assert singled[1].why == "Where two coders both tagged, nobody used it."


@st.composite
def coders(draw: st.DrawFn) -> list[list[Segment]]:
    """What two to five coders mark in a text with some codes."""
    made = []
    for _ in range(draw(st.integers(2, 5))):
        cuts = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=8)))
        codes = [draw(st.integers(0, CODES)) for _ in cuts[1:]]
        made.append([one for one in zip(cuts, cuts[1:], codes, strict=False) if one[2]])
    return made


@given(coders())
def test_the_family_of_2016_is_as_its_equations_say(marked: list[list[Segment]]) -> None:
    found = coincidences([units(one) for one in marked], LENGTH, CODES)
    u, binary, cu, ku = family_2016([with_gaps(one, LENGTH) for one in marked], CODES)
    figures = [found.u_alpha(), found.binary(), found.cu_alpha()]
    figures += [found.ku_alpha(code) for code in range(1, CODES + 1)]
    assert figures == pytest.approx([u, binary, cu, *ku], nan_ok=True)
    assert not any(one > 1 + 1e-9 for one in figures)


@given(coders())
def test_the_form_of_1995_is_as_its_formula_says(marked: list[list[Segment]]) -> None:
    codes = [
        [[one for one in own if one[2] == code] for own in marked] for code in range(1, CODES + 1)
    ]
    found = unitised_1995([[units(own) for own in code] for code in codes], LENGTH)
    parts = [disagreement_1995([with_gaps(own, LENGTH) for own in code], LENGTH) for code in codes]
    observed, expected = (sum(part) for part in zip(*parts, strict=True))
    assert (found.observed, found.expected) == pytest.approx((observed, expected))
