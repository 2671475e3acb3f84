"""Sentences are found where a reader would see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.language import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met. They left.", ["We met.", "They left."]),
        ("Dr. Smith came. She stayed.", ["Dr. Smith came.", "She stayed."]),
        ("See para. 7 of the note. It is short.", ["See para. 7 of the note.", "It is short."]),
        ("Help, e.g. shopping, came. Then?  Yes!", ["Help, e.g. shopping, came.", "Then?", "Yes!"]),
        ("It cost 3.50 a week. Too much.", ["It cost 3.50 a week.", "Too much."]),
        ("😀 Good. Très bon.", ["😀 Good.", "Très bon."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text())
def test_spans_rise_and_leave_only_white_space_between_them(text: str) -> None:
    place = 0
    for start, end in sentences(text):
        assert text[place:start].strip() == ""
        assert place <= start < end <= len(text)
        place = end
    assert text[place:].strip() == ""
