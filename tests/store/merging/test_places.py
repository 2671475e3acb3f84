"""Passages are carried with their words from one state of a transcript to another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.store.merging.places import Line, Moved

_SAID = "we met at the old hall and sang"
_WORDS = st.lists(st.sampled_from(_SAID.split()), min_size=1, max_size=6)
_LINES = st.lists(_WORDS.map(" ".join), min_size=1, max_size=6)


def lines(texts: list[str]) -> list[Line]:
    return [(str(number), text) for number, text in enumerate(texts)]


@given(_LINES, st.data())
def test_where_nothing_changed_a_passage_stays(texts: list[str], data: st.DataObject) -> None:
    moved = Moved(lines(texts), lines(texts))
    start = data.draw(st.integers(0, len(moved.old) - 1))
    end = data.draw(st.integers(start + 1, len(moved.old)))

    assert moved.place((start, end), moved.old[start:end]) == ((start, end), True)


@given(_LINES, _LINES, st.data())
def test_a_passage_in_a_line_that_stayed_keeps_its_words(
    texts: list[str], others: list[str], data: st.DataObject
) -> None:
    stayed = data.draw(st.integers(0, len(texts) - 1))
    before = data.draw(st.integers(0, len(others)))
    kept = lines(texts)[stayed]
    new = [
        *((f"x{n}", text) for n, text in enumerate(others[:before])),
        kept,
        *((f"y{n}", text) for n, text in enumerate(others[before:])),
    ]
    moved = Moved(lines(texts), new)
    start = sum(len(text) + 1 for text in texts[:stayed])

    (begins, ends), sure = moved.place((start, start + len(kept[1])), kept[1])

    assert sure
    assert moved.new == "\n".join(text for _, text in new)
    assert moved.new[begins:ends] == kept[1]
    assert begins == sum(len(text) + 1 for _, text in new[:before])


@given(_LINES, _LINES, st.data())
def test_a_passage_is_always_put_on_words(
    texts: list[str], others: list[str], data: st.DataObject
) -> None:
    moved = Moved(lines(texts), [(f"x{n}", text) for n, text in enumerate(others)])
    start = data.draw(st.integers(0, len(moved.old) - 1))
    end = data.draw(st.integers(start + 1, len(moved.old)))

    (begins, ends), _ = moved.place((start, end), moved.old[start:end])

    assert 0 <= begins < ends <= len(moved.new)


def test_a_passage_whose_words_are_gone_is_not_sure() -> None:
    moved = Moved([("a", "we met"), ("b", "at the hall")], [("a", "we met"), ("b", "elsewhere")])

    assert moved.place((7, 18), "at the hall") == ((7, 16), True)
    gone = Moved([("a", "we met"), ("b", "at the hall")], [("a", "we met")])
    assert gone.place((7, 18), "at the hall")[1] is False


def test_words_that_are_not_where_they_are_said_to_be_are_looked_for() -> None:
    moved = Moved([("a", "we met and sang")], [("z", "yes"), ("a", "we met and sang")])

    assert moved.place((0, 4), "sang") == ((15, 19), False)
