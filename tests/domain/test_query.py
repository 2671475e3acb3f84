"""The language of a search: what is typed is understood, or what is wrong is said plainly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.errors import EvidenceError
from coder.domain.query import (
    Either,
    Every,
    Limit,
    Near,
    Query,
    Term,
    parse,
    parse_typed,
    without_words,
)

BUS, TRAIN, HALL = Term("bus"), Term("train"), Term("hall")
WORDS = (
    *("bus", "“food bank”", '"', "(", ")", "OR", "AND", "NOT", "NEAR", "NEAR/3", "NEAR(", "-"),
    *("−x", "vol*", "*", "in:", "in:SIC0001", "-type:charity", "code:", "kind:memo", ",", "5"),
    *("—", "\x00", "🎉", "it’s", "c++", "^x", "{", "a:b", "«", "'", "\\", "%", "é", "עברית"),
)


@pytest.mark.parametrize(("typed", "words"), [
    ("bus", BUS),
    ("bus train", Every((BUS, TRAIN))),
    ("bus AND train", Every((BUS, TRAIN))),
    ("bus and train", Every((BUS, Term("and"), TRAIN))),
    ("bus OR train", Either((BUS, TRAIN))),
    ("bus train OR hall", Either((Every((BUS, TRAIN)), HALL))),
    ("bus (train OR hall)", Every((BUS, Either((TRAIN, HALL))))),
    ("bus NOT train", Every((BUS,), (TRAIN,))),
    ("bus -train", Every((BUS,), (TRAIN,))),
    ("bus −train", Every((BUS,), (TRAIN,))),
    ("-train bus", Every((BUS,), (TRAIN,))),
    ("bus NOT (train OR hall)", Every((BUS,), (Either((TRAIN, HALL)),))),
    ("bus re-open", Every((BUS, Term("re-open")))),
    ('"bus train"', Term("bus train")),
    ("“bus train”", Term("bus train")),
    ("«bus train»", Term("bus train")),
    ("bus*", Term("bus", begins=True)),
    ('"bus tr"*', Term("bus tr", begins=True)),
    ("bus NEAR train", Near((BUS, TRAIN), 10)),
    ("bus NEAR/5 train", Near((BUS, TRAIN), 5)),
    ("bus near/5 train", Near((BUS, TRAIN), 5)),
    ("bus near train", Every((BUS, Term("near"), TRAIN))),
    ("bus NEAR train NEAR/3 hall", Near((BUS, TRAIN, HALL), 10)),
    ("NEAR(bus train, 3)", Near((BUS, TRAIN), 3)),
    ("NEAR(bus train)", Near((BUS, TRAIN), 10)),
    ("bus & train", Every((BUS, TRAIN))),
    ("bus, train!", Every((BUS, TRAIN))),
    ('bus "OR" "NOT"', Every((BUS, Term("OR"), Term("NOT")))),
    ("—", None),
    ("", None),
])  # fmt: skip
def test_what_words_mean(typed: str, words: object) -> None:
    assert parse(typed) == Query(words)  # type: ignore[arg-type]


@pytest.mark.parametrize(("typed", "query"), [
    ("bus in:SIC0012", Query(BUS, (Limit("in", "SIC0012"),))),
    ("in:SIC0012 bus", Query(BUS, (Limit("in", "SIC0012"),))),
    ("IN:sic0012", Query(None, (Limit("in", "sic0012"),))),
    ("bus -type:charity", Query(BUS, (Limit("type", "charity", wanted=False),))),
    ("bus NOT in:SIC0012", Query(BUS, (Limit("in", "SIC0012", wanted=False),))),
    ("code:“Places to meet”", Query(None, (Limit("code", "Places to meet"),))),
    ("bus OR train in:SIC1", Query(Either((BUS, TRAIN)), (Limit("in", "SIC1"),))),
    ("begin:here", Query(Term("begin:here"))),
])  # fmt: skip
def test_what_limits_mean(typed: str, query: Query) -> None:
    assert parse(typed) == query


@pytest.mark.parametrize(("typed", "said"), [
    ('"food bank', "quotation mark without its partner, before “food bank”"),
    ("(bus", "opening bracket without its partner"),
    ("bus)", "closing bracket without its partner"),
    ("()", "nothing between the brackets"),
    ("bus OR", "OR stands between two words"),
    ("OR bus", "OR stands between two words"),
    ("AND bus", "AND needs a word"),
    ("bus AND", "AND needs a word"),
    ("bus NOT", "NOT needs a word"),
    ("NOT bus", "only says what to leave out"),
    ("-bus -train", "only says what to leave out"),
    ("bus OR (NOT train)", "only says what to leave out"),
    ("bus OR NOT train", "only says what to leave out"),
    ("bus NEAR", "NEAR stands between two words"),
    ("bus NEAR (train OR hall)", "NEAR stands between two words"),
    ("NEAR(bus)", "NEAR needs two words"),
    ("*", "star stands behind the beginning"),
    ("in:", "“in:” needs something behind it"),
    ("(bus in:SIC1)", "cannot stand in brackets"),
    ("(" * 20 + "bus" + ")" * 20, "too many brackets"),
    ("bus " * 65, "more than 64 words"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(typed: str, said: str) -> None:
    with pytest.raises(EvidenceError, match=re.escape(said)) as told:
        parse(typed)

    assert told.value.remedy


@pytest.mark.parametrize(("typed", "words"), [
    ("bus tra", Every((BUS, Term("tra", growing=True)))),
    ("bus tra ", Every((BUS, Term("tra")))),
    ("t", Term("t")),
    ('bus "food ba', Every((BUS, Term("food ba", begins=True)))),
    ("bus OR", Term("bus", growing=False)),
    ("bus NOT ", BUS),
    ("bus -", BUS),
    ("bus (train OR ", Every((BUS, TRAIN))),
    ("bus NEAR/", Every((BUS, Term("NEAR/")))),
    ("bus in:", BUS),
])  # fmt: skip
def test_what_is_still_being_typed_is_read_as_far_as_it_goes(typed: str, words: object) -> None:
    assert parse_typed(typed).words == words


@pytest.mark.parametrize(("typed", "said"), [
    ('volunt* "food bank"', "Paragraphs with “volunt…” and the words “food bank” together"),
    ("bus OR train", "Paragraphs with “bus” or “train”"),
    ("(bus OR train) -hall", "Paragraphs with (“bus” or “train”), but without “hall”"),
    ("bus NEAR/5 train", "Paragraphs with “bus” within 5 words of “train”"),
    ("bus kind:memo by:Asha", "Memos with “bus”; only in memos by Asha"),
    ("in:SIC0012 -code:Hall", "All paragraphs; only in SIC0012; not tagged “Hall”"),
])  # fmt: skip
def test_what_was_understood_is_said(typed: str, said: str) -> None:
    assert parse(typed).described() == said


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=40))
def test_anything_is_understood_or_told_plainly(typed: str) -> None:
    for read in (parse, parse_typed):
        told = None
        query = Query()
        try:
            query = read(typed)
        except EvidenceError as problem:
            told = problem
        assert told is None or (told.what.endswith(".") and told.remedy)
        assert not query or query.described()


@pytest.mark.parametrize("read", [parse, parse_typed])
def test_half_a_character_is_passed_over(read) -> None:
    query = read('bus \udc80 "train\ud800"')

    assert query == Query(Every((BUS, TRAIN)))
    assert query.described().encode()


@pytest.mark.parametrize(("typed", "without"), [
    ("東京", True),
    ("ตลาด", True),
    ("bus 🎉", True),
    ("bus “été” c++", False),
    ("עברית автобус", False),
])  # fmt: skip
def test_what_the_index_does_not_know_as_words_is_known(typed: str, without: bool) -> None:
    assert without_words(typed) is without
