"""Every thing that is asked of the quotes is told in words, and can be taken away by itself."""

from __future__ import annotations

from dataclasses import fields

from coder.domain.quotes import QuoteFilter
from coder.project.quotes import Totals
from coder.ui.quotes.told import chips, summary

ALL = QuoteFilter(
    codes=("a", "b"), every=True, without=("c",), types=("charity",), permissions=("named",),
    coders=("Tom Pryce",), submissions=("SIC0001",), text="bus", marked=True, overlapping=("d",),
    near=("e",), within=200, regions=("",), questions=("Why?",), documents=("x",),
    since="2020-09-01", until="2020-09-30", received_since="2020-08-01",
    received_until="2020-08-31", shortest=10, longest=900, unused=True, basket="k",
)  # fmt: skip
NAMES = {**{key: key.upper() for key in "abcde"}, "k": "Chapter 2"}


def test_all_that_is_asked_is_told_once() -> None:
    told = [chip.words for chip in chips(ALL, lambda one: NAMES.get(one, ""))]
    assert told == [
        "A", "B", "not C", "near E (200 characters)", "overlapping D", "all of these codes",
        "Charity or community group", "Publish with the name", "Region not known", "by Tom Pryce",
        "asked: Why?", "SIC0001", "in one document", "“bus”", "marked for use", "not used yet",
        "in the basket Chapter 2", "tagged from 1 Sep 2020", "tagged until 30 Sep 2020",
        "received from 1 Aug 2020", "received until 31 Aug 2020",
        "10 characters or more", "900 characters at most",
    ]  # fmt: skip


def test_taking_everything_away_one_by_one_asks_for_nothing() -> None:
    wanted, steps = ALL, 0
    while found := next(chips(wanted, str), None):
        wanted, steps = found.without, steps + 1
    asked = {one.name for one in fields(QuoteFilter) if one.name != "within"}
    assert all(getattr(wanted, name) == getattr(QuoteFilter(), name) for name in asked)
    assert 15 < steps <= 23


def test_a_list_is_summed_up() -> None:
    assert summary(Totals(214, 61, 230)) == "214 quotes from 61 submissions; 230 tags"
    assert summary(Totals(1, 1, 1)) == "1 quote from 1 submission; 1 tag"
