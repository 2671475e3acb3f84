"""The index of marks agrees with looking at all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Paragraph
from coder.ui.reader.marks import LINE, Mark, Marks, depths

PARAGRAPHS = [Paragraph(str(n), n * 300, n * 300 + 299) for n in range(7)]


def mark(name: str, start: int, end: int, muted: bool = False) -> Mark:
    return Mark(name, start, end, "Code", "#0063a8", "Ann", muted)


spans = st.tuples(st.integers(0, 1_900), st.integers(1, 199)).map(lambda s: (s[0], s[0] + s[1]))
lists = st.lists(spans, max_size=25).map(
    lambda found: [mark(str(index), *span) for index, span in enumerate(found)]
)


def meet(one: Mark, other: Mark) -> bool:
    """Whether two marks share a code point, or may share a line: both in one paragraph, and less
    than a line apart."""
    first, second = sorted((one, other), key=lambda found: found.start)
    if second.start < first.end:
        return True
    return (first.end - 1) // 300 == second.start // 300 and second.start - first.end < LINE


@given(lists, spans)
def test_finds_the_marks_over_a_span(found, span):
    start, end = span
    expected = {one.id for one in found if one.start < end and one.end > start}
    assert {one.id for one in Marks(found).over(start, end)} == expected


@given(lists, st.data())
def test_changing_one_at_a_time_finds_the_same_as_beginning_anew(found, data):
    marks = Marks([], PARAGRAPHS)
    for one in found:
        marks.add(one)
    gone = data.draw(st.sets(st.sampled_from(found))) if found else set()
    for one in gone:
        assert marks.remove(one.id) == one
    left = [one for one in found if one not in gone]
    assert list(marks) == list(Marks(left))
    for place in range(0, 2_000, 50):
        assert marks.over(place, place + 50) == Marks(left).over(place, place + 50)


@given(lists, st.integers(0, 25))
def test_marks_that_meet_never_share_a_lane(found, given_at_once):
    marks = Marks(found[:given_at_once], PARAGRAPHS)
    for one in found[given_at_once:]:
        marks.add(one)
    for one in found:
        for other in found:
            if one is not other and meet(one, other):
                assert marks.lane(one.id) != marks.lane(other.id)


def test_a_stripe_keeps_its_lane_when_another_goes():
    marks = Marks([mark("a", 0, 50), mark("b", 10, 60), mark("c", 20, 70)])
    assert [marks.lane(name) for name in "abc"] == [0, 1, 2]
    marks.remove("a")
    assert [marks.lane(name) for name in "bc"] == [1, 2]
    marks.add(mark("d", 5, 30))
    assert marks.lane("d") == 0


def test_the_shortest_mark_at_a_place_comes_first():
    marks = Marks([mark("long", 0, 100), mark("short", 40, 60), mark("before", 0, 50)])
    assert [one.id for one in marks.at(50)] == ["short", "long"]


def test_goes_from_mark_to_mark_either_way():
    marks = Marks([mark("a", 10, 20), mark("b", 30, 40)])
    assert marks.beside(10, forward=True).id == "b"
    assert marks.beside(30, forward=False).id == "a"
    assert marks.beside(30, forward=True) is None
    assert marks.beside(10, forward=False) is None


@given(lists)
def test_depth_counts_the_marks_on_each_code_point(found):
    counted = [sum(one.start <= place < one.end for one in found) for place in range(2_100)]
    said = [0] * 2_100
    for start, end, depth in depths(found):
        said[start:end] = [depth] * (end - start)
    assert said == counted


def test_muted_marks_give_no_depth():
    assert depths([mark("a", 0, 9), mark("b", 3, 6, muted=True)]) == [(0, 9, 1)]
