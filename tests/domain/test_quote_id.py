from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.quote_id import QuoteId


@given(
    prefix=st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True),
    number=st.integers(1, 99999),
    letter=st.sampled_from(["", "b", "ba"]),
    document=st.text("0123456789abcdef", min_size=32, max_size=32),
    start=st.integers(0, 5_000_000),
    length=st.integers(1, 99_999),
)
def test_an_id_is_read_back_from_every_form_that_word_keeps(
    prefix: str, number: int, letter: str, document: str, start: int, length: int
) -> None:
    one = QuoteId.of(f"{prefix}{number:04}{letter}", document, start, start + length)

    assert [QuoteId.parse(form) for form in (str(one), one.tag, one.bookmark)] == [one] * 3
    assert one.end == start + length
    assert len(one.bookmark) <= 40
    assert len(one.tag) <= 64


@pytest.mark.parametrize("text", ["", "SIC0012", "q_SIC0012_3f2a9c_10", "SIC0012-zzzzzz-1-2"])
def test_anything_else_is_no_id(text: str) -> None:
    assert QuoteId.parse(text) is None
