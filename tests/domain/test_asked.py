"""A filter is said in words."""

from __future__ import annotations

import pytest

from coder.domain.asked import in_words, narrowed
from coder.domain.model import Code
from coder.domain.quotes import QuoteFilter

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
        (QuoteFilter(coders=("agreed",)), "Passages tagged by agreement of the coders."),
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


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (QuoteFilter(), ""),
        (QuoteFilter(basket="b1"), ""),
        (
            QuoteFilter(codes=("a",), regions=("Wales",)),
            (
                "Quoted here are only passages tagged with “Trust”; in Wales."
                " Counts are of all the evidence."
            ),
        ),
        (
            QuoteFilter(basket="b1", marked=True, documents=("x", "y")),
            "Quoted here are only passages from 2 chosen documents; marked for use.",
        ),
        (
            QuoteFilter(hidden_to="ada"),
            (
                "Quoted here are only passages tagged as one coder may see it."
                " Counts are of what that coder may see."
            ),
        ),
    ],
)
def test_a_pack_says_to_what_it_was_narrowed(wanted: QuoteFilter, told: str) -> None:
    assert narrowed(wanted, CODES) == told
