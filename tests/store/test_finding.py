"""Asking the index: limits, counts, exact places, and what may be seen."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.errors import EvidenceError
from coder.domain.model import About, Document, DocumentKind, Memo, Reading, Segment
from coder.domain.query import parse, parse_typed
from coder.domain.sight import Others, Sight
from coder.store import finding
from coder.store.finding import Hit, Scope
from tests.effort import tries

TEXT = (
    "My neighbour volunteers at the café every week, and volunteers at home.",
    "Volunteering keeps us going, says the community café’s founder.",
    "No bus runs after six; nobody can come to the hall.",
)
PUNCTUATION = (
    *('"', "(", ")", "*", "NEAR(", "NEAR/2", "AND", "OR", "NOT", "-", "café", "bus", "vol*"),
    *(
        "^",
        "{",
        "}",
        ":",
        "text:",
        "+",
        "\\",
        ";",
        "'",
        "’",
        "\x00",
        "🎉",
        "e\u0301",
        "א",
        "kind:memo",
    ),
)


def page(desk, typed: str, scope: Scope | None = None, limit: int = 50) -> list[Hit]:
    reader = desk.store.reader
    asked = finding.ask(reader, parse(typed), scope or Scope())
    hits = finding.page(reader, asked, limit)
    assert len(hits) == min(limit, finding.count(reader, asked))
    return hits


def limited(name: str, *ids: str, wanted: bool = True, sight: Sight | None = None) -> Scope:
    return Scope(((name, ids, wanted),), sight or Sight())


def words_of(document: Document, hits: list[Hit]) -> list[str]:
    return [document.text[start:end] for hit in hits for start, end in hit.places]


def test_every_place_in_a_paragraph_is_told(desk) -> None:
    document = desk.document("d", *TEXT)

    [first, second] = page(desk, "volunteer")

    assert words_of(document, [first]) == ["volunteers", "volunteers"]
    assert [first.excerpt[a:b] for a, b in first.marked] == ["volunteers", "volunteers"]
    assert words_of(document, [second]) == ["Volunteering"]
    assert (second.kind, second.owner) == ("text", "d")


def test_words_side_by_side_are_one_place(desk) -> None:
    document = desk.document("d", *TEXT)

    assert words_of(document, page(desk, "every week neighbour")) == ["neighbour", "every week"]


@pytest.mark.parametrize(("typed", "found"), [
    ("cafe week", ["café", "week"]),
    ("café -week", ["café"]),
    ("bus OR founder", ["founder", "bus"]),
    ("(bus OR founder) NOT hall", ["founder"]),
    ("bus NEAR/3 six", ["bus", "six"]),
    ("bus NEAR/1 six", []),
    ("“after six”", ["after six"]),
    ("“six after”", []),
    ("neigh*", ["neighbour"]),
    ("it’s c++ 50%", []),
])  # fmt: skip
def test_what_the_language_finds(desk, typed: str, found: list[str]) -> None:
    document = desk.document("d", *TEXT)

    assert words_of(document, page(desk, typed)) == found


def test_a_long_paragraph_is_shown_around_the_words(desk) -> None:
    desk.document("d", f"{'before ' * 40}trampoline {'after ' * 80}")

    [hit] = page(desk, "trampoline")

    assert hit.excerpt.startswith("…before")
    assert hit.excerpt.endswith("after…")
    assert len(hit.excerpt) < 300
    [(start, end)] = hit.marked
    assert hit.excerpt[start:end] == "trampoline"


def test_a_search_keeps_to_submissions_and_types(desk) -> None:
    desk.document("one", *TEXT)
    desk.document("two", *TEXT)

    assert {hit.ref for hit in page(desk, "café", limited("in", "s-two"))} == {"SIC0002"}
    assert {hit.ref for hit in page(desk, "café", limited("in", "s-two", wanted=False))} == {
        "SIC0001"
    }
    assert page(desk, "café", limited("type", "charity")) == []
    assert len(page(desk, "café", limited("type", "unknown"))) == 4


def test_many_passages_are_asked_one_by_one_whether_they_are_among_them(
    desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.document("one", *TEXT)
    desk.document("two", *TEXT)
    few = page(desk, "café", limited("in", "s-two"))
    monkeypatch.setattr(finding, "SMALL", 1)

    assert page(desk, "café", limited("in", "s-two")) == few


def test_a_search_keeps_to_what_carries_a_code(desk) -> None:
    document = desk.document("d", *TEXT)
    desk.code()
    bus = document.text.index("bus")
    desk.coding("k", document, span=(bus, bus + 8), memo="the bus again")

    found = page(desk, "bus OR café", limited("code", "c"))

    assert {(hit.kind, hit.owner) for hit in found} == {("text", "d"), ("memo", "k")}
    assert {hit.start for hit in found} == {bus}
    assert len(page(desk, "bus OR café", limited("code", "c", wanted=False))) == 2


def test_limits_alone_find_all_that_they_let_through(desk) -> None:
    document = desk.document("d", *TEXT)

    hits = page(desk, "in:SIC0001", limited("in", "s-d"))

    assert words_of(document, hits) == list(TEXT)
    assert all(hit.marked == () for hit in hits)


def test_transcripts_are_found_at_their_place_in_the_whole(desk) -> None:
    desk.document("d", *TEXT)
    desk.code()
    transcript = Document("t", "s-d", 1, "t", DocumentKind.TRANSCRIPT, source_id="d")
    with desk.store.step("Hear", desk.ann) as tx:
        tx.put(transcript)
        tx.put(Segment("g1", "t", 0, 0, 900, "Good 🎉 morning."))
        tx.put(Segment("g2", "t", 1, 900, 2000, "The trampoline broke."))
    whole = desk.store.read.document("t")
    desk.coding("k", whole, span=(20, 30))

    [hit] = page(desk, "trampolines")

    assert words_of(whole, [hit]) == ["trampoline"]
    assert hit.kind == "transcript"
    assert page(desk, "trampolines", limited("kind", "transcript")) == [hit]
    assert page(desk, "trampolines", limited("kind", "text")) == []
    assert page(desk, "trampolines", limited("code", "c")) == [hit]
    assert page(desk, "morning", limited("code", "c")) == []


@pytest.mark.parametrize("about", list(About))
def test_a_memo_of_any_kind_is_found_with_what_it_is_about(desk, about: About) -> None:
    desk.document("d", *TEXT)
    desk.code()
    of_id = {"submission": "s-d", "document": "d", "code": "c"}.get(about, "")
    with desk.store.step("Memo", desk.ann) as tx:
        tx.put(Memo("m", about, of_id, "ann", "2020", "Compare with the zebra"))

    [hit] = page(desk, "zebras")

    assert (hit.kind, hit.about, hit.of_id, hit.owner) == ("memo", about, of_id, "m")
    assert hit.ref == ("SIC0001" if about in ("submission", "document") else "")
    assert hit.places == ()
    assert page(desk, "zebras", limited("by", "ann")) == [hit]
    assert page(desk, "zebras", limited("by", "ben")) == []
    assert page(desk, "zebras", limited("kind", "memo")) == [hit]


def test_memos_on_others_tags_are_not_found_while_these_are_out_of_sight(desk) -> None:
    document = desk.document("d", *TEXT)
    desk.code()
    desk.coding("k", document, memo="zebra of Ben", coder=desk.ben)
    desk.coding("l", document, memo="zebra of Ann")
    blind = Scope(sight=Sight("ann", Others.BLIND))

    assert [hit.owner for hit in page(desk, "zebra", blind)] == ["l"]
    found = page(desk, "neighbour", limited("code", "c", sight=Sight("ben", Others.HIDDEN)))
    assert [hit.owner for hit in found] == ["d"]

    with desk.store.step("Declare", desk.ann) as tx:
        tx.put(Reading("r", "d", "ann", coded_at="2020"))
    assert [hit.owner for hit in page(desk, "zebra", blind)] == ["k", "l"]


def test_counts_by_submission(desk) -> None:
    desk.document("one", *TEXT)
    desk.document("two", *TEXT)
    asked = finding.ask(desk.store.reader, parse("café"), Scope())

    assert finding.tally(desk.store.reader, asked) == {"s-one": 2, "s-two": 2}


def test_the_best_come_first_where_it_is_asked_for(desk) -> None:
    desk.document("d", "A hall and a garden and a road and a river.", "The hall. The hall!")
    asked = finding.ask(desk.store.reader, parse("hall"), Scope())

    best = finding.page(desk.store.reader, asked, 5, best_first=True)

    assert [hit.excerpt[:3] for hit in best] == ["The", "A h"]
    assert finding.page(desk.store.reader, asked, 5) == best[::-1]
    assert finding.page(desk.store.reader, asked, 1, 1) == best[:1]


def test_names_leave_out_who_has_withdrawn(desk) -> None:
    desk.document("d", *TEXT)
    desk.document("e", *TEXT)
    desk.store.erase("s-d", desk.ann)

    assert {row[0] for row in finding.names(desk.store.reader)} == {"SIC0002"}
    assert {hit.ref for hit in page(desk, "café")} == {"SIC0002"}


@settings(
    max_examples=tries(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(PUNCTUATION), max_size=9).map(" ".join) | st.text(max_size=30))
def test_any_string_gives_places_or_a_plain_sentence(desk, typed: str) -> None:
    if desk.store.read.highest_number("SIC") == 0:
        desk.document("d", *TEXT)
    for read in (parse, parse_typed):
        told, hits = "", []
        try:
            query = read(typed)
            asked = finding.ask(desk.store.reader, query, Scope())
            hits = finding.page(desk.store.reader, asked, 10) if query else []
        except EvidenceError as problem:
            told = str(problem)
        assert "could not be understood" not in told  # the language has said it better before
        assert all(hit.excerpt for hit in hits)
