"""Alpha over sets of codes: the distances are NLTK's, which does not know empty sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance

from coder.analysis.agreement.alpha import Interval, Sets, alpha
from coder.analysis.agreement.nominal import alpha as nominal_alpha
from coder.analysis.agreement.ratings import from_labels

CODES = 4
ROWS = st.lists(
    st.tuples(*[st.frozensets(st.integers(0, CODES - 1), min_size=1)] * 3), min_size=2, max_size=9
).filter(lambda rows: len({one for row in rows for one in row}) > 1)


def members(known: list[frozenset[int]]) -> np.ndarray:
    return np.array([[code in one for code in range(CODES)] for one in known], dtype=np.bool_)


@given(ROWS)
def test_masi_and_jaccard_are_as_nltk_has_them(rows: list[tuple[frozenset[int], ...]]) -> None:
    known = list(dict.fromkeys(one for row in rows for one in row))
    ratings = from_labels([[known.index(one) for one in row] for row in rows])
    triples = [(c, u, one) for u, row in enumerate(rows) for c, one in enumerate(row)]
    for masi, distance in ((True, masi_distance), (False, jaccard_distance)):
        expected = AnnotationTask(triples, distance=distance).alpha()
        sets = Sets(members(known), masi=masi).among(np.arange(len(known)))
        found = alpha(ratings, sets)
        assert float(found) == pytest.approx(expected, abs=1e-6)


def test_two_empty_sets_are_the_same_and_one_is_as_far_as_can_be() -> None:
    known = [frozenset[int](), frozenset({0}), frozenset({0, 1})]
    pairs = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2])
    masi, jaccard = (Sets(members(known), masi=masi) for masi in (True, False))
    assert masi.between(*pairs) == pytest.approx([0, 1, 0, 1 - 1 / 2 * 2 / 3])
    assert jaccard.between(*pairs) == pytest.approx([0, 1, 0, 0.5])
    with pytest.raises(ZeroDivisionError):
        masi_distance(set(), set())


def test_values_without_any_difference_are_undefined() -> None:
    assert np.isnan(alpha(from_labels([(3, 3), (3, 3)]), Interval([3])))


def test_of_two_values_the_distance_does_not_matter() -> None:
    ratings = from_labels([(0, 0), (0, 1), (1, 1), (1, 1), (0, None)])
    assert float(alpha(ratings, Interval([4, 9]))) == pytest.approx(float(nominal_alpha(ratings)))
