"""A fingerprint is short enough for paper, and is read back however it was written down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.trail import Fingerprint, noted

LINK = "9f3a27c18b0255de" + "0" * 48


@given(st.integers(1, 10**9), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_what_was_noted_is_read_back(steps: int, link: str) -> None:
    found = noted(str(Fingerprint(steps, link)))
    assert found == Fingerprint(steps, link[:16])


@pytest.mark.parametrize(
    "words",
    [
        "1204-9F3A-27C1-8B02-55DE",
        " 1204 9f3a 27c1 8b02 55de ",
        "1204-9F3A27C18B0255DE",
        "1204 – 9F3A–27C1 8B02-55de",
    ],
)
def test_case_spaces_and_dashes_do_not_matter(words: str) -> None:
    assert noted(words) == Fingerprint(1204, LINK[:16])


@pytest.mark.parametrize(
    "words", ["", "1204", "9F3A-27C1", "1204-9F3A-27C1-8B02-55D", "1204-9F3A-27C1-8B02-55DEA", "x"]
)
def test_what_is_no_fingerprint_is_none(words: str) -> None:
    assert noted(words) is None
