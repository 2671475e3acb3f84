"""Cells that a spreadsheet must not run, and what they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.cells import FORMULA, guarded, unguarded


@given(first=st.sampled_from(["", "'", "''", *FORMULA]), rest=st.text(max_size=20))
def test_what_was_guarded_is_no_formula_and_reads_back(first: str, rest: str) -> None:
    cell = guarded(first + rest)
    assert not cell.startswith(FORMULA)
    assert unguarded(cell) == first + rest


def test_other_cells_stay_as_they_are() -> None:
    for cell in ("", "plain", "'Tis", "1 - 2", "'"):
        assert guarded(cell) == cell == unguarded(cell)
