"""Coded passages, chosen by filter and made citable."""

from dataclasses import replace

import pytest

from coder.domain.model import (
    Coding,
    Document,
    DocumentKind,
    Permission,
    RespondentType,
    Segment,
    Word,
)
from coder.domain.quotes import QuoteFilter
from coder.store import citing, quotes


@pytest.fixture
def coded(desk):
    """Two submissions: a theme `t` with `c` below it and `x` beside it, and four passages."""
    first = desk.document("d1", "Buses stop at six.", "Nobody can come.", "We 100% miss it.")
    second = desk.document("d2", "The bus is free.")
    for key, parent in (("t", None), ("c", "t"), ("x", None)):
        desk.code(key, parent)
    desk.coding("k1", first, "c", (0, 5))
    desk.coding("k2", first, "x", (3, 10), coder=desk.ben, memo="under_scored")
    desk.coding("k3", first, "t", (19, 45))
    desk.coding("k4", second, "c", (4, 7), coder=desk.ben)
    with desk.store.step("Set", desk.ann) as tx:
        council = desk.store.read.submission("SIC0002")
        tx.put(replace(council, type=RespondentType.COUNCIL, permission=Permission.NAMED))
        tx.put(replace(desk.store.read.coding("k3"), marked=True))
    return desk


@pytest.mark.parametrize(("wanted", "ids"), [
    (QuoteFilter(), ["k1", "k2", "k3", "k4"]),
    (QuoteFilter(codes=("c",)), ["k1", "k4"]),
    (QuoteFilter(codes=("t",)), ["k1", "k3", "k4"]),
    (QuoteFilter(codes=("c", "x")), ["k1", "k2", "k4"]),
    (QuoteFilter(codes=("c", "x"), every=True), ["k1", "k2"]),
    (QuoteFilter(codes=("t",), without=("x",)), ["k3", "k4"]),
    (QuoteFilter(types=("council",)), ["k4"]),
    (QuoteFilter(permissions=("unknown",)), ["k1", "k2", "k3"]),
    (QuoteFilter(coders=("Ben",)), ["k2", "k4"]),
    (QuoteFilter(submissions=("sic0002",)), ["k4"]),
    (QuoteFilter(text="bus"), ["k1", "k4"]),
    (QuoteFilter(text="under_"), ["k2"]),
    (QuoteFilter(text="u_der"), []),
    (QuoteFilter(text="100%"), ["k3"]),
    (QuoteFilter(text="%"), ["k3"]),
    (QuoteFilter(text="\\"), []),
    (QuoteFilter(marked=True), ["k3"]),
    (QuoteFilter(codes=("gone",)), []),
], ids=str)  # fmt: skip
def test_what_a_filter_asks_for(coded, wanted: QuoteFilter, ids: list[str]) -> None:
    read = coded.store.read

    found = quotes.select(coded.store.reader, wanted, read.codes())

    assert [quote.id for quote in found] == ids


def test_a_quote_has_everything_to_cite_it(coded) -> None:
    with coded.store.step("Name", coded.ann) as tx:
        council = coded.store.read.submission("SIC0002")
        tx.put(replace(council, organisation="Harrowmere Council"))

    [quote] = quotes.select(
        coded.store.reader, QuoteFilter(types=("council",)), coded.store.read.codes()
    )

    assert (quote.ref, quote.citation, quote.attribution) == (
        "SIC0002",
        "(SIC0002, para 1)",
        "Harrowmere Council",
    )
    assert (quote.quote, quote.code, quote.coder, quote.document) == (
        "bus",
        "t/c",
        "Ben",
        "d2.txt",
    )
    assert (quote.start, quote.end, quote.paragraph, quote.time_ms) == (4, 7, "1", None)


def test_a_passage_over_several_paragraphs_is_cited_by_their_range(coded) -> None:
    [quote] = quotes.select(
        coded.store.reader, QuoteFilter(marked=True), [*coded.store.read.codes()]
    )

    assert quote.citation == "(SIC0001, paras 2–3)"
    assert quote.attribution == ""


def test_spoken_words_are_cited_by_the_time_of_the_first(coded) -> None:
    words = (Word(0, 3, 61_000, 61_200, 0.9), Word(4, 9, 75_500, 76_000, 0.9))
    with coded.store.step("Hear", coded.ann) as tx:
        tx.put(Document("v", "s-d1", 1, "v", DocumentKind.TRANSCRIPT, source_id="d1"))
        tx.put(Segment("g0", "v", 0, 0, 9000, "Hm."))
        tx.put(Segment("g1", "v", 1, 61_000, 77_000, "The buses", words=words))
        tx.put(Coding("w0", "v", "x", "ann", 0, 3, "Hm.", "2020"))
        tx.put(Coding("w1", "v", "x", "ann", 4, 7, "The", "2020"))
        tx.put(Coding("w2", "v", "x", "ann", 8, 13, "buses", "2020"))

    found = quotes.select(coded.store.reader, QuoteFilter(), coded.store.read.codes())

    assert {q.id: (q.time_ms, q.citation) for q in found if q.id.startswith("w")} == {
        "w0": (0, "(SIC0001, 00:00)"),
        "w1": (61_000, "(SIC0001, 01:01)"),
        "w2": (75_500, "(SIC0001, 01:15)"),
    }


def test_spoken_words_name_all_who_speak_them(coded) -> None:
    with coded.store.step("Hear", coded.ann) as tx:
        tx.put(Document("v", "s-d2", 1, "v", DocumentKind.TRANSCRIPT, source_id="d2"))
        for place, (who, said) in enumerate((("Ann Tate", "Yes."), ("Chair", "Why?"), ("", "Hm."))):
            tx.put(Segment(f"g{place}", "v", place, place * 2000, place * 2000 + 900, said, who))
        tx.put(replace(tx.read.submission("SIC0002"), respondent="Ann Tate"))
        for key, start, end in (
            ("w0", 0, 4),
            ("w1", 5, 9),
            ("w2", 0, 9),
            ("w3", 4, 13),
            ("w4", 10, 13),
        ):
            tx.put(Coding(key, "v", "x", "ann", start, end, "Yes.\nWhy?\nHm."[start:end], "2020"))

    def told() -> dict[str, str]:
        found = quotes.select(coded.store.reader, QuoteFilter(), coded.store.read.codes())
        return {one.id: one.citation for one in found if one.id.startswith("w")}

    assert told() == {
        "w0": "(SIC0002, 00:00)",
        "w1": "(SIC0002, 00:02, Chair speaking)",
        "w2": "(SIC0002, 00:00, Ann Tate and Chair speaking)",
        "w3": "(SIC0002, 00:00, Chair and an unnamed speaker)",
        "w4": "(SIC0002, 00:04)",
    }
    [chair] = quotes.of_codings(coded.store.reader, ["w1"], coded.store.read.codes())
    assert chair.as_json()["speaker"] == "Chair"
    whole = citing.passage(coded.store.read, coded.store.read.document("v"), 5, 9)
    assert whole.citation == chair.citation

    with coded.store.step("Hide", coded.ann) as tx:
        tx.put(replace(tx.read.submission("SIC0002"), permission=Permission.ANONYMOUS))

    assert told()["w2"] == "(SIC0002, 00:00, the respondent and another speaker)"
