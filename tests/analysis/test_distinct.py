import numpy as np
import pytest

from coder.analysis.distinct import once, rows_once


def test_each_number_stands_once_in_order() -> None:
    assert once(np.array([5, -1, 5, 3, 3])).tolist() == [-1, 3, 5]
    assert once(np.array([], dtype=np.int64)).tolist() == []


@pytest.mark.parametrize("rows", [0, 1, 500])
@pytest.mark.parametrize("dtype", [np.uint8, np.int64])
def test_rows_are_told_apart_as_numpy_does(rows: int, dtype: type) -> None:
    table = np.random.default_rng(1).integers(0, 4, (rows, 3)).astype(dtype)
    different, places = rows_once(table)
    expected, inverse = np.unique(table, axis=0, return_inverse=True)
    assert np.array_equal(different, expected)
    assert np.array_equal(places, inverse.ravel())
    assert different.dtype == dtype
