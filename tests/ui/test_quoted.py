"""Shown quotes have marks of their own, and single ones within."""

from __future__ import annotations

import pytest

from coder.ui.quoted import quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("We sang.", "“We sang.”"),
        ("“Go on,” she said", "“‘Go on,’ she said”"),
        ('"Go on," she said, "now"', "“‘Go on,’ she said, ‘now’”"),
        ("two\n lines", "“two lines”"),
    ],
)
def test_marks_within_are_single(words: str, shown: str) -> None:
    assert quoted(words) == shown
