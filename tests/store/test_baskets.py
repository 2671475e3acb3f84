"""Baskets on disk: in their order, and found by the words they hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.baskets import Basket, BasketItem, ItemKind
from coder.domain.model import Document
from coder.store import basketed


@pytest.fixture
def gathered(desk):
    """Two baskets: one with a heading and two quotes, the other with one."""
    first, second = desk.document("d1", "Buses stop at six."), desk.document("d2", "All walk.")
    for key, parent in (("t", None), ("c", "t")):
        desk.code(key, parent)
    with desk.store.step("Gather", desk.ann) as tx:
        for number, key in enumerate(("later", "first")):
            tx.put(Basket(key, key.title(), "ann", "2020", 1.0 - number))
        tx.put(BasketItem("i0", "first", ItemKind.HEADING, "ann", "2020", 0.5, text="On the road"))
        for key, basket, document, span, place in (
            ("i1", "first", first, (0, 10), 2.0),
            ("i2", "first", second, (0, 3), 1.0),
            ("i3", "later", first, (6, 18), 0.0),
        ):
            tx.put(item(key, basket, document, span, place))
    return desk


def item(
    key: str, basket: str, document: Document, span: tuple[int, int], place: float
) -> BasketItem:
    words = document.text[slice(*span)]
    return BasketItem(
        key, basket, ItemKind.QUOTE, "ann", "2020", place, document.id, *span, words, code_id="c"
    )


def test_baskets_and_what_is_in_them_stand_in_order(gathered) -> None:
    read = gathered.store.read
    assert [one.id for one in read.baskets()] == ["first", "later"]
    assert [one.id for one in read.basket_items("first")] == ["i0", "i2", "i1"]
    assert read.sizes_of_baskets() == {"first": 2, "later": 1}
    assert read.basket("gone") is read.basket_item("gone") is None


def test_quotes_are_found_by_their_document_and_code(gathered) -> None:
    read = gathered.store.read
    assert [one.id for one in read.quoted("d1")] == ["i1", "i3"]
    assert [one.id for one in read.quoted("d1", 10)] == ["i3"]
    assert {one.id for one in read.found_under("c")} == {"i1", "i2", "i3"}


def test_overlapping_words_are_found_in_every_basket(gathered) -> None:
    found = gathered.store.read.baskets_with([("d1", 9, 10), ("d1", 10, 12), ("d2", 3, 9)])
    assert found == [[("first", "i1"), ("later", "i3")], [("later", "i3")], []]


def test_items_are_cited_like_coded_passages_whoever_coded_them(gathered) -> None:
    first = gathered.store.read.document("d1")
    gathered.coding("k1", first, "c", (0, 10))
    gathered.coding("k2", first, "c", (0, 10), coder=gathered.ben)
    gathered.coding("k3", first, "t", (0, 10), coder=gathered.ben)
    gathered.coding("k4", first, "c", (0, 5))
    trimmed = replace(gathered.store.read.basket_item("i1"), omitted=((2, 4),))
    items = [trimmed, gathered.store.read.basket_item("i2")]

    found = basketed.of_items(gathered.store.reader, items, gathered.store.read.codes())

    assert [
        (one.ref, one.quote, one.code, one.coder, one.citation, one.omitted)
        for one in (found["i1"], found["i2"])
    ] == [
        ("SIC0001", "Buses stop", "t/c", "Ann; Ben", "(SIC0001, para 1)", ((2, 4),)),
        ("SIC0002", "All", "t/c", "", "(SIC0002, para 1)", ()),
    ]


def test_what_is_sensitive_and_which_codes_submissions_have_is_told(gathered) -> None:
    first = gathered.store.read.document("d1")
    coding = gathered.coding("k1", first, "c", (0, 10))
    with gathered.store.step("Hide", gathered.ann) as tx:
        tx.put(replace(coding, sensitive=True))

    read = gathered.store.read
    assert read.sensitive_in(["d1", "d2"]) == [("d1", 0, 10)]
    assert read.sensitive_in(["d2"]) == []
    assert read.coded_submissions() == [("c", "s-d1")]
