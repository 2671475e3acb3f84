"""Where codes stand: moved among one another, always whole, never below themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Code
from coder.project.codebook_order import Shift, Spot, placed, shifted, siblings, walk, without_inner

BOOK = [
    Code("a", "A", None, 0),
    Code("b", "B", None, 1),
    Code("c", "C", None, 2),
    Code("b1", "B1", "b", 0),
    Code("b2", "B2", "b", 1),
    Code("b11", "B11", "b1", 0),
]
"""A; B with B1 (with B11) and B2; C. Children of one parent stand in their order."""


def code(code_id: str) -> Code:
    return next(one for one in BOOK if one.id == code_id)


def test_a_code_goes_up_and_down_among_its_siblings() -> None:
    assert shifted(BOOK, code("b"), Shift.UP) == Spot(None, "a")
    assert shifted(BOOK, code("a"), Shift.DOWN) == Spot(None, "c")
    assert shifted(BOOK, code("b"), Shift.DOWN) == Spot(None, None)
    assert shifted(BOOK, code("a"), Shift.UP) is None
    assert shifted(BOOK, code("c"), Shift.DOWN) is None


def test_a_code_goes_below_the_one_above_and_out_behind_its_parent() -> None:
    assert shifted(BOOK, code("c"), Shift.IN) == Spot("b")
    assert shifted(BOOK, code("a"), Shift.IN) is None
    assert shifted(BOOK, code("b2"), Shift.OUT) == Spot(None, "c")
    assert shifted(BOOK, code("b11"), Shift.OUT) == Spot("b", "b2")
    assert shifted(BOOK, code("c"), Shift.OUT) is None


def test_what_goes_along_with_another_is_not_moved_by_itself() -> None:
    chosen = [code("b11"), code("c"), code("b")]
    assert [one.id for one in without_inner(BOOK, chosen)] == ["b", "c"]


def test_a_code_stays_where_it_stands_before_itself() -> None:
    assert [one.id for one in placed(BOOK, [code("b")], Spot(None, "b"))] == ["a", "b", "c"]


SPOTS = st.sampled_from([None, *BOOK]).flatmap(
    lambda parent: st.sampled_from(
        [None, *(one.id for one in siblings(BOOK, parent.id if parent else None))]
    ).map(lambda before: Spot(parent.id if parent else None, before))
)


@given(moved=st.lists(st.sampled_from(BOOK), unique=True, min_size=1), spot=SPOTS)
def test_a_row_after_a_move_holds_each_code_once_with_positions_from_nought(
    moved: list[Code], spot: Spot
) -> None:
    tops = without_inner(BOOK, moved)

    row = placed(BOOK, tops, spot)

    expected = {one.id for one in (*siblings(BOOK, spot.parent_id), *tops)}
    assert [one.position for one in row] == list(range(len(row)))
    assert len(row) == len(expected)
    assert {one.id for one in row} == expected
    assert {one.parent_id for one in row} == {spot.parent_id}
    assert [one.id for one in row if one in tops or one.id in {t.id for t in tops}] == [
        one.id for one in tops
    ]


def test_the_walk_gives_each_code_behind_its_parent() -> None:
    assert [one.id for one in walk(BOOK)] == ["a", "b", "b1", "b11", "b2", "c"]
