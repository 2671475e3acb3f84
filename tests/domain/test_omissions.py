from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.omissions import kept, tidy, trimmed

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)


def test_what_is_left_out_is_shown_where_it_was() -> None:
    words = "We opened on Tuesdays, as ever, and stayed."

    assert trimmed(words, 100, ()) == words
    assert trimmed(words, 100, ((121, 130),)) == "We opened on Tuesdays […], and stayed."
    assert trimmed(words, 100, ((121, 131),)) == "We opened on Tuesdays […] and stayed."
    assert trimmed(words, 100, ((100, 110),)) == "[…] on Tuesdays, as ever, and stayed."
    assert trimmed(words, 100, ((132, 143),)) == "We opened on Tuesdays, as ever, […]"


@given(omitted=SPANS)
def test_parts_and_omissions_make_the_passage(omitted: list[tuple[int, int]]) -> None:
    clean = tidy(5, 35, omitted)
    parts = kept(5, 35, clean)

    assert kept(5, 35, [(a, b) for a, b in omitted if a < b]) == parts
    assert tidy(5, 35, clean) == clean
    whole = sorted([*parts, *clean])
    assert [a for a, _ in whole] == [5, *[b for _, b in whole][:-1]]
    assert whole[-1][1] == 35
