"""In which units a file counts is told by its selections."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.ingest.refi.units import (
    AS_THEY_ARE,
    ONE,
    STANDARD,
    TWO,
    Places,
    RawText,
    Units,
    units_of,
)
from tests.ingest.refi.others import PASSAGES, TEXT, utf16

SPANS = [(TEXT.index(words), TEXT.index(words) + len(words)) for words, _ in PASSAGES]
CRLF = TEXT.replace("\n", "\r\n")


def told(place: int, units: Units) -> int:
    """Where a place of the text with line feeds lies in other units."""
    before = TEXT[:place]
    wide = utf16(TEXT, place) - place if units.astral == 2 else 0
    breaks = {AS_THEY_ARE: before.count("\n"), ONE: 0, TWO: before.count("\n")}[units.breaks]
    return place + wide + breaks + units.mark


@pytest.mark.parametrize("mark", [0, 1])
@pytest.mark.parametrize("breaks", [AS_THEY_ARE, ONE])
@pytest.mark.parametrize("astral", [1, 2])
def test_each_way_of_counting_is_found_out(astral: int, breaks: str, mark: int) -> None:
    units = Units(astral, breaks, mark)
    raw = RawText(CRLF, marked=True)

    found = units_of([(raw, [(told(a, units), told(b, units)) for a, b in SPANS])])

    assert found == units
    places = Places(raw, found)
    assert [(places.point(told(a, units)), places.point(told(b, units))) for a, b in SPANS] == SPANS


def test_line_ends_may_count_as_two_where_the_file_has_lost_them() -> None:
    units = Units(2, TWO)

    assert (
        units_of([(RawText(TEXT), [(told(a, units), told(b, units)) for a, b in SPANS])]) == units
    )


def test_where_there_is_nothing_to_tell_by_the_standard_counts() -> None:
    assert units_of([]) == STANDARD
    assert units_of([(RawText("One two"), [(0, 3)])]) == STANDARD
    assert units_of([(RawText(TEXT), SPANS)]) == STANDARD
    assert str(STANDARD) == "Unicode code points"
    assert str(Units(2, TWO, 1)) == (
        "UTF-16 units, with line ends as two, with the byte order mark"
    )


PART = st.sampled_from(["a", " ", "\n", "\r\n", "\r", "🙂", "é", "word"])


@settings(max_examples=200)
@given(st.lists(PART, max_size=30).map("".join), st.sampled_from((1, 2)))
def test_every_place_of_a_text_comes_back(raw: str, astral: int) -> None:
    text = RawText(raw)
    places = Places(text, Units(astral))
    for place in range(len(raw) + 1):
        unit = utf16(raw, place) if astral == 2 else place
        inside = raw[place - 1 : place + 1] == "\r\n"
        before = raw[: place - inside].replace("\r\n", "\n").replace("\r", "\n")
        assert places.point(unit) == len(before)
