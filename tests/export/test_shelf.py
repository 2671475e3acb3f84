"""Quotes that were set aside come back as they were, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.errors import Cancelled
from coder.domain.model import Permission, Submission
from coder.domain.quotes import Quote
from coder.export import shelf as module
from coder.export.selection import Released, publishable
from coder.export.shelf import Facts, Shelf, pick, speakers_of
from tests.export.conftest import NO_TEXT

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]


def _never() -> None:
    """Nobody wants to stop."""


@pytest.fixture
def released(quote: MakeQuote, submission: MakeSubmission) -> list[Released]:
    """Quotes of two respondents, one passage of which stands under two codes."""
    of = [submission(1), submission(2, permission=Permission.ANONYMOUS)]
    twice = quote(of[1], "It 🥖 is", omitted=((2, 3),), start=0, end=7)
    again = {"start": 0, "end": 7, "code_id": "t2", "machine_draft": True}
    several = [quote(of[0], time_ms=5, speakers=("Ann",)), twice, quote(of[1], "It 🥖 is", **again)]
    return list(publishable(several, of, NO_TEXT).quotes)


@settings(max_examples=60)
@given(words=st.lists(st.text(st.characters()), max_size=9), data=st.data())
def test_words_come_back_as_they_were(
    quote: MakeQuote, submission: MakeSubmission, words: list[str], data: st.DataObject
) -> None:
    of = submission()
    quotes = publishable([quote(of, one) for one in words], [of], NO_TEXT).quotes
    order = data.draw(st.permutations(range(len(words))))
    with closing(Shelf(quotes, _never)) as shelf:
        assert [shelf[place] for place in order] == [quotes[place] for place in order]
        assert list(shelf) == list(quotes)
        assert list(pick(shelf, order)[1:]) == [quotes[place] for place in order[1:]]


def test_every_field_comes_back(released: list[Released]) -> None:
    shelf = Shelf(released, _never, by_document=True)
    assert list(shelf) == released
    shelf.close()


def test_what_is_counted_is_the_same_on_the_shelf_and_off_it(released: list[Released]) -> None:
    shelf, facts = Shelf(released, _never, by_document=True), Facts(released)
    for known in (shelf.facts, facts):
        assert (len(known), known.number, known.refs()) == (3, 2, {"SIC0001", "SIC0002"})
        assert (known.anonymous(), known.unchecked()) == ({1}, {1})
        assert list(map(list, known.by_code().values())) == [[0, 1], [2]]
    assert list(speakers_of(pick(shelf, [2, 0]))) == list(speakers_of([released[2], released[0]]))
    shelf.close()


def test_many_quotes_lie_on_the_disk(
    released: list[Released], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_IN_MEMORY", 1000)
    shelf = Shelf(released * 400, _never)
    assert shelf[1199] == released[2]
    assert shelf.facts.number == 2
    shelf.close()


def test_setting_aside_can_be_stopped(released: list[Released]) -> None:
    asked = iter([False, False, True])

    def watch() -> None:
        if next(asked):
            raise Cancelled

    def endless() -> Iterator[Released]:
        while True:
            yield from released

    with pytest.raises(Cancelled):
        Shelf(endless(), watch)
