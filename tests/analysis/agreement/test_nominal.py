"""Coefficients for categories: as NLTK has them where it is right, and undefined where they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from coder.analysis.agreement import nominal
from coder.analysis.agreement.ratings import Ratings, counted, from_labels
from tests.analysis.agreement import written_out

Table = list[tuple[int, ...]]
ALL = (
    nominal.cohen, nominal.conger, nominal.fleiss, nominal.brennan_prediger, nominal.ac1,
    nominal.alpha,
)  # fmt: skip


def tables(coders: int) -> st.SearchStrategy[Table]:
    row = st.tuples(*[st.integers(0, 3)] * coders)
    return st.lists(row, min_size=2, max_size=12).filter(
        lambda table: all(len({row[coder] for row in table}) > 1 for coder in range(coders))
    )


def task(table: Table) -> AnnotationTask:
    return AnnotationTask(
        [
            (f"c{coder}", f"u{unit}", label)
            for unit, row in enumerate(table)
            for coder, label in enumerate(row)
        ]
    )


@given(tables(2))
def test_two_coders_without_gaps_are_as_nltk_has_them(table: Table) -> None:
    ratings, other = from_labels(table), task(table)
    assert float(nominal.percent(ratings)) == pytest.approx(other.avg_Ao())
    assert float(nominal.cohen(ratings)) == pytest.approx(other.kappa())
    assert float(nominal.fleiss(ratings)) == pytest.approx(other.pi())
    assert float(nominal.brennan_prediger(ratings)) == pytest.approx(other.S())
    assert float(nominal.alpha(ratings)) == pytest.approx(other.alpha())


@given(tables(4))
def test_more_coders_without_gaps_are_as_nltk_has_them(table: Table) -> None:
    ratings, other = from_labels(table), task(table)
    assert float(nominal.cohen(ratings)) == pytest.approx(other.kappa())
    assert float(nominal.conger(ratings)) == pytest.approx(other.multi_kappa())
    assert float(nominal.alpha(ratings)) == pytest.approx(other.alpha())


@st.composite
def with_gaps(draw: st.DrawFn) -> list[tuple[int | None, ...]]:
    """A table in which anything may be missing, and all may be the same."""
    label = st.one_of(st.none(), st.integers(0, draw(st.integers(0, 3))))
    row = st.tuples(*[label] * draw(st.integers(2, 5)))
    return draw(st.lists(row, min_size=1, max_size=12))


@given(with_gaps())
def test_with_gaps_they_are_as_their_formulas_written_out(
    table: list[tuple[int | None, ...]],
) -> None:
    ratings, names = from_labels(table), (nominal.fleiss, nominal.brennan_prediger, nominal.ac1)
    found = [float(of(ratings)) for of in (*names, nominal.cohen, nominal.conger, nominal.alpha)]
    expected = [*written_out.by_shares(table), written_out.cohen(table)]
    expected += [written_out.conger(table), written_out.alpha(table)]
    assert found == pytest.approx(expected, nan_ok=True)
    assert float(nominal.percent(ratings)) == pytest.approx(written_out.alike(table), nan_ok=True)


@pytest.mark.parametrize("function", ALL)
def test_one_category_only_is_undefined(function: Callable[[Ratings], np.ndarray]) -> None:
    ratings = counted(np.zeros((9, 3), dtype=np.int64), 2)
    assert np.isnan(function(ratings))
    assert float(nominal.percent(ratings)) == 1


@pytest.mark.parametrize("function", [nominal.percent, *ALL])
def test_without_a_unit_that_two_rated_all_is_undefined(
    function: Callable[[Ratings], np.ndarray],
) -> None:
    apart = from_labels([(1, None), (None, 2), (1, None)])
    assert np.isnan(function(apart))
    assert np.isnan(function(counted(np.zeros((0, 2), dtype=np.int64), 2)))


def test_two_who_each_know_one_answer_only_agree_by_no_more_than_chance() -> None:
    assert float(nominal.cohen(from_labels([(0, 1)] * 5))) == 0


@given(tables(3), st.integers(2, 5))
def test_counts_are_as_good_as_units_written_out(table: Table, times: int) -> None:
    written = from_labels(table * times)
    once = from_labels(table)
    many = once.drawn(once.counts * times)
    for function in (nominal.percent, *ALL):
        assert float(function(many)) == pytest.approx(float(function(written)), nan_ok=True)


@given(tables(3))
def test_samples_beside_one_another_are_as_one_by_one(table: Table) -> None:
    ratings = from_labels(table)
    dice = np.random.default_rng(5)
    drawn = dice.multinomial(len(table), ratings.counts / len(table), size=4).astype(float)
    for function in (nominal.percent, *ALL):
        together = function(ratings.drawn(drawn))
        alone = [float(function(ratings.drawn(counts))) for counts in drawn]
        assert together == pytest.approx(np.array(alone), nan_ok=True)
