"""A filter is said in words."""

from __future__ import annotations

import pytest

from coder.domain.model import Code
from coder.domain.quotes import QuoteFilter
from coder.ui.packing.wanted import in_words

CODES = {"a": Code("a", "Trust"), "b": Code("b", "Buses"), "c": Code("c", "Rent")}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (QuoteFilter(), "Every tagged passage."),
        (QuoteFilter(codes=("a", "b", "c")), "Passages tagged with “Trust”, “Buses” or “Rent”."),
        (
            QuoteFilter(codes=("a", "b"), every=True, without=("c",), marked=True),
            "Passages tagged with “Trust” and “Buses”; not with “Rent”; marked for use.",
        ),
        (
            QuoteFilter(types=("faith", "council"), coders=("Noor",)),
            "Passages from a respondent of the type faith group or council; tagged by Noor.",
        ),
        (
            QuoteFilter(text="bus", submissions=("SIC0001",), permissions=("named",)),
            "Passages by permission: publish with the name; of SIC0001; with the words “bus”.",
        ),
        (QuoteFilter(questions=("b", "Why?"), regions=("Wales",), longest=9),
         "Passages in Wales; in answer to “Buses” or “Why?”; of at most 9 characters."),
    ],
)  # fmt: skip
def test_a_filter_in_words(wanted: QuoteFilter, words: str) -> None:
    assert in_words(wanted, CODES) == words


def test_whose_tags_are_not_seen_is_said() -> None:
    assert in_words(QuoteFilter(), {}, "only yours") == "Passages only yours."
