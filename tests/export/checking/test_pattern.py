"""What a quotation claims: omissions, insertions, changes of case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.export.checking.alignment import align, places
from coder.export.checking.evidence import Corpus, Vocabulary
from coder.export.checking.pattern import pattern

SOURCE = (
    "The people of the street came to the hall every Tuesday because they had nobody to ask, and"
    " Ann’s kettle was always warm."
)


def _places(quoted: str, source: str = SOURCE) -> list[tuple[tuple[int, int], ...]]:
    claimed = pattern(quoted)
    corpus = Corpus(Vocabulary([claimed]))
    return places(claimed, corpus.add("d", source), corpus)


@pytest.mark.parametrize(
    "quoted",
    [
        "The people of the street came to the hall",
        "[P]eople of the street […] had nobody to ask",
        "people of the street … nobody to ask . . . always warm",
        "because [their neighbours] had nobody to ask",
        "[The residents] of the street came",
        "and [name]’s kettle was always warm",
        "and [withheld] kettle was always warm",
        "came to the hall[,] every Tuesday",
        "the street[s] came to the hall",
        "… came to the hall …",
    ],
)
def test_what_brackets_and_omissions_allow(quoted: str) -> None:
    assert _places(quoted)


@pytest.mark.parametrize(
    "quoted",
    [
        "The people of the streets came",
        "had nobody to ask […] The people of the street",
        "people of the street nobody to ask",
        "because [they] nobody at all",
        "[T]hat people of the street",
    ],
)
def test_what_they_do_not_allow(quoted: str) -> None:
    assert _places(quoted) == []


def test_parts_are_taken_where_they_lie_closest_together() -> None:
    source = "we wait here. Later much later we wait and then we leave"
    [first, *_] = _places("we wait […] we leave", source)
    assert first == ((6, 8), (10, 12))


def test_the_nearest_words_are_found_and_told_apart() -> None:
    claimed = pattern("came to the hall each Tuesday because they had nobody")
    corpus = Corpus(Vocabulary([claimed]))
    found = align(claimed, corpus.add("d", SOURCE), corpus)
    assert found is not None
    assert found.shared == 9
    [changed] = [one for one in found.edits if not one.same]
    assert (changed.start, changed.end, changed.source, changed.source_end) == (4, 5, 9, 10)
    assert align(pattern("…"), "", corpus) is None


_TEXT = st.lists(st.sampled_from(["hall", "tea", "bus", "key", "song"]), min_size=8, max_size=40)


def test_places_that_overlap_are_all_found() -> None:
    assert _places("on and on", "on and on and on") == [((0, 3),), ((2, 5),)]


@given(_TEXT, st.data())
def test_any_words_of_a_text_are_found_and_none_with_another_among_them(
    source: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(source) - 4))
    end = data.draw(st.integers(start + 4, len(source)))
    said, whole = source[start:end], " ".join(source)
    assert ((start, end),) in _places(" ".join(said), whole)
    cut = data.draw(st.integers(1, len(said) - 1))
    shorter = [*said[:cut], "[…]", *said[cut + 1 :]]
    assert _places(" ".join(shorter), whole)
    assert not _places(" ".join([*said[:cut], "moon", *said[cut:]]), whole)
    # Where words repeat themselves without end, several stretches come equally near
    source = [f"{word}{place}" for place, word in enumerate(source)]
    said, whole = source[start:end], " ".join(source)
    claimed = pattern(" ".join([*said[:cut], "moon", *said[cut:]]))
    corpus = Corpus(Vocabulary([claimed]))
    found = align(claimed, corpus.add("d", whole), corpus)
    assert found is not None
    assert found.shared == len(said)
