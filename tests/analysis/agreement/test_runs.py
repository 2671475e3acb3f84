"""Runs of text as ratings: what is worked out from their ends is what counting characters gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.agreement import nominal
from coder.analysis.agreement.ratings import MISSING, Ratings, counted
from coder.analysis.agreement.runs import Runs, Text, union

LENGTH = 60
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted),
    max_size=5,
)
CODERS = st.lists(SPANS, min_size=2, max_size=4)


def runs(spans: Sequence[Sequence[int]]) -> Runs:
    return union([one[0] for one in spans], [one[1] for one in spans])


def marks(spans: Sequence[Sequence[int]]) -> np.ndarray:
    found = np.zeros(LENGTH, dtype=np.int64)
    for start, end in spans:
        found[start:end] = 1
    return found


def text(coders: int, units: Runs | None = None, rated: np.ndarray | None = None) -> Text:
    parts = np.array([0, 25])
    everyone = np.ones((2, coders), dtype=np.bool_) if rated is None else rated
    return Text(LENGTH, units, parts, everyone, np.array([0, 10, 25, 40]))


def same(one: Ratings, other: Ratings) -> None:
    assert one.patterns.tolist() == other.patterns.tolist()
    assert one.counts.tolist() == other.counts.tolist()


@given(CODERS)
def test_characters_by_their_runs_are_characters_one_by_one(coders: list[list[list[int]]]) -> None:
    found, _ = text(len(coders)).table([runs(one) for one in coders]).grouped()
    same(found, counted(np.stack([marks(one) for one in coders], axis=1), 2))


@given(CODERS)
def test_a_unit_has_a_code_where_a_run_touches_it(coders: list[list[list[int]]]) -> None:
    edges = [(0, 7), (7, 20), (22, 25), (25, 26), (30, 60)]
    found, _ = text(len(coders), runs(edges)).table([runs(one) for one in coders]).grouped()
    written = [[int(marks(one)[start:end].any()) for one in coders] for start, end in edges]
    same(found, counted(np.array(written), 2))


@given(st.lists(CODERS.map(lambda coders: coders[:2]), min_size=1, max_size=3))
def test_sets_of_codes_are_those_that_each_character_has(
    codes: list[list[list[list[int]]]],
) -> None:
    marked = [[runs(code[coder]) for code in codes] for coder in range(2)]
    table, members = text(2).sets(marked)
    assert not members[0].any()
    assert table.weights.sum() == LENGTH
    for row, weight, start in zip(table.values, table.weights, table.starts, strict=True):
        for place in range(start, start + int(weight)):
            for coder in range(2):
                has = [bool(marks(code[coder])[place]) for code in codes]
                assert members[row[coder]].tolist() == has


def test_who_did_not_code_a_part_has_no_rating_there() -> None:
    rated = np.array([[True, True], [True, False]])
    table = text(2, rated=rated).table([runs([(0, 30)]), runs([(0, 40)])])
    later = table.within(25, LENGTH)
    assert set(later.values[:, 1]) == {MISSING}
    assert later.weights.sum() == LENGTH - 25
    assert float(nominal.percent(table.grouped()[0])) == 1


@given(SPANS)
def test_double_and_nested_marks_change_nothing(spans: list[list[int]]) -> None:
    nested = [[start + 1, end - 1] for start, end in spans if end - start > 2]
    once, twice = runs(spans), runs([*spans, *spans, *nested])
    assert (once.starts.tolist(), once.ends.tolist()) == (
        twice.starts.tolist(),
        twice.ends.tolist(),
    )


def test_runs_are_half_open_and_those_that_touch_stay_two() -> None:
    found = runs([(5, 10), (0, 5), (12, 12), (9, 11)])
    assert list(zip(found.starts, found.ends, strict=True)) == [(0, 5), (5, 11)]
    assert runs([(0, 5), (5, 9)]).touched(runs([(5, 6)])).tolist() == [False, True]
    assert found.within(0, 5).ends.tolist() == [5]


@pytest.mark.parametrize("coders", [2, 90])
def test_any_number_of_coders_is_counted(coders: int) -> None:
    table = np.arange(3 * coders).reshape(3, coders) % 2
    assert counted(np.concatenate([table, table]), 2).counts.sum() == 6
