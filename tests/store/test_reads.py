"""Typed reads, each by an index where a key is given."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from coder.domain.errors import NotFound
from coder.domain.model import Coder, Document, DocumentKind, Receipt, Segment, Submission
from coder.domain.quotes import QuoteFilter
from coder.store import journal, quotes
from coder.store.reads import Reads

ANN = Coder("ann", "Ann")
KEYED: dict[str, Callable[[Reads], object]] = {
    "coder_named": lambda read: read.coder_named("Ann"),
    "submission": lambda read: read.submission("sic0001"),
    "submissions_of": lambda read: read.submissions_of("s-d"),
    "documents": lambda read: read.documents("s-d"),
    "document": lambda read: read.document("d"),
    "transcript_of": lambda read: read.transcript_of("d"),
    "maker_of": lambda read: read.maker_of("d"),
    "segments": lambda read: read.segments("d"),
    "code": lambda read: read.code("c"),
    "codings": lambda read: read.codings("d"),
    "coding": lambda read: read.coding("k"),
    "coding_at": lambda read: read.coding_at("d", "c", "ann", 0, 2),
    "codings_of_code": lambda read: read.codings_of_code("c"),
    "original": lambda read: read.original("ab"),
    "highest_number": lambda read: read.highest_number("SIC"),
    "undoable": lambda read: journal.undoable(read._db, ANN),
    "redoable": lambda read: journal.redoable(read._db, ANN),
    "quotes of a code": lambda read: quotes.select(
        read._db, QuoteFilter(codes=("c",)), read.codes()
    ),
    "quotes of a submission": lambda read: quotes.select(
        read._db, QuoteFilter(submissions=("SIC0001",)), read.codes()
    ),
    "quotes with every code": lambda read: quotes.select(
        read._db, QuoteFilter(codes=("c", "c2"), every=True, without=("c3",)), read.codes()
    ),
}


@pytest.mark.parametrize("name", KEYED)
def test_each_read_with_a_key_scans_no_wide_table(desk, name: str) -> None:
    """Each goes by an index; only `quoted`, which holds numbers alone and is meant to be read in
    its order (`store/choosing.py`), may be read through."""
    document = desk.document()
    desk.code()
    desk.coding("k", document)
    connection = desk.store.reader
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    KEYED[name](Reads(connection))
    connection.set_trace_callback(None)

    plans = [
        (row["detail"], query)
        for query in asked
        if " WHERE " in query
        for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")
    ]

    assert any(plan.startswith("SEARCH") for plan, _ in plans)
    scans = [(plan, query) for plan, query in plans if plan.startswith("SCAN")]
    wide = [
        plan
        for plan, query in scans
        if "json_each" not in plan
        and plan != "SCAN act_changes"
        and not (plan == "SCAN q" and "FROM quoted q " in query)
    ]
    assert not wide, plans


def test_history_reads_only_what_it_gives(desk) -> None:
    for n in range(5):
        desk.code(f"c{n}")

    latest = desk.store.read.history(2)

    assert [(entry.label, entry.coder, entry.kind) for entry in latest] == [
        ("Add c4", "Ann", "act"),
        ("Add c3", "Ann", "act"),
    ]
    assert latest[0].seq == latest[1].seq + 1


def test_what_was_heard_in_a_row_is_one_line_of_the_story(desk) -> None:
    # Given a transcript that a person's act parts in two, and another after it
    desk.document("d")
    machine = Coder("m", "Machine")

    def hear(transcript: str, *positions: int) -> None:
        for n in positions:
            with desk.store.step(f"Hear {n}", machine, journal.MACHINE) as tx:
                tx.put(Segment(f"{transcript}{n}", transcript, n, n, n + 1, "Yes."))

    for key in ("a", "b"):
        with desk.store.step(f"Begin {key}", machine, journal.MACHINE) as tx:
            tx.put(Document(key, "s-d", 1, f"film {key}", DocumentKind.TRANSCRIPT, source_id="d"))
    hear("a", 0, 1, 2)
    desk.code("c1")
    hear("a", 3, 4)
    hear("b", 0)

    # When the story is asked for, then each run is a line, a single sentence keeps its own
    story = desk.store.read.story()
    assert [entry.label for entry in story] == [
        "Hear 0",
        "Hear 2 sentences of “film a”",
        "Add c1",
        "Hear 3 sentences of “film a”",
        "Begin b",
        "Begin a",
        "Import d",
        *[entry.label for entry in desk.store.read.history() if entry.seq == 1],
    ]
    assert [entry.seq for entry in story] == sorted({e.seq for e in story}, reverse=True)
    assert (story[1].seq, story[1].coder, story[1].kind) == (story[0].seq - 1, "Machine", "machine")
    assert desk.store.read.story(2) == story[:2]

    # And one that was removed since is still called by its title
    with desk.store.step("Remove", desk.ann) as tx:
        for segment in tx.read.segments("a"):
            tx.delete(segment)
        tx.delete(tx.read.document("a"))
    assert "Hear 3 sentences of “film a”" in [entry.label for entry in desk.store.read.story()]


def test_a_number_once_given_is_never_given_again(desk) -> None:
    assert desk.store.read.highest_number("SIC") == 0
    desk.document("d1")
    desk.document("d2")
    desk.store.undo(desk.ann)
    with desk.store.step("Remove", desk.ann) as tx:
        tx.delete(desk.store.read.document("d1"))
        tx.delete(desk.store.read.submission("SIC0001"))

    assert desk.store.read.submissions() == []
    assert desk.store.read.highest_number("SIC") == 2


def test_the_highest_number_is_not_the_last_in_the_alphabet(desk) -> None:
    with desk.store.step("Import", desk.ann) as tx:
        for ref in ("SIC10000", "SIC9999", "SIC0002"):
            tx.put(Submission(ref, ref))

    assert desk.store.read.highest_number("SIC") == 10_000


def test_submissions_come_in_the_order_of_their_numbers(desk) -> None:
    with desk.store.step("Import", desk.ann) as tx:
        for n in (10000, 2, 9999):
            tx.put(Submission(f"s{n}", f"SIC{n:04}"))

    assert [one.ref for one in desk.store.read.submissions()] == ["SIC0002", "SIC9999", "SIC10000"]


def test_a_submission_is_found_by_reference_in_any_case_and_by_id(desk) -> None:
    desk.document()
    found = [desk.store.read.submission(name) for name in ("SIC0001", "sic0001", "s-d")]

    assert {one.ref for one in found} == {"SIC0001"}
    with pytest.raises(NotFound, match="SIC0002"):
        desk.store.read.submission("SIC0002")


def test_lists_are_light_and_documents_are_whole(desk) -> None:
    document = desk.document("d", "One 🎉.", "Two.")

    [header] = desk.store.read.documents()

    assert header == replace(document, text="", paragraphs=())
    assert desk.store.read.document("d") == document
    assert desk.store.read.lengths() == {"d": len(document.text)}


def test_a_transcript_is_a_line_and_a_paragraph_for_each_segment(desk) -> None:
    desk.document()
    with desk.store.step("Hear", desk.ann) as tx:
        tx.put(Document("t", "s-d", 1, "t", DocumentKind.TRANSCRIPT, source_id="d"))
        tx.put(Segment("g1", "t", 0, 0, 900, "Hi 🎉"))
        tx.put(Segment("g2", "t", 1, 900, 1500, "there"))

    transcript = desk.store.read.transcript_of("d")

    assert transcript.text == "Hi 🎉\nthere"
    assert [(p.number, transcript.text[p.start : p.end]) for p in transcript.paragraphs] == [
        ("1", "Hi 🎉"),
        ("2", "there"),
    ]
    assert desk.store.read.lengths()["t"] == len(transcript.text)


def test_what_is_not_there(desk) -> None:
    read = desk.store.read

    assert (read.code("x"), read.coding("x"), read.original("x")) == (None,) * 3
    assert read.transcript_of("x") is None
    with pytest.raises(NotFound, match="no longer"):
        read.document("x")


def test_codings_are_counted_by_code_and_by_submission(desk) -> None:
    first, second = desk.document("d1"), desk.document("d2")
    desk.code()
    for key, document in (("k1", first), ("k2", first), ("k3", second)):
        desk.coding(key, document)

    assert desk.store.read.code_counts() == {"c": (3, 2)}
    tagged = desk.store.read.tagged("nobody")
    assert {one: counts.all for one, counts in tagged.items()} == {"s-d1": 2, "s-d2": 1}


def test_receipts_come_in_the_order_of_their_moments(desk) -> None:
    with desk.store.step("Import", desk.ann) as tx:
        tx.put(Receipt("r1", "2020", "a.txt", "unreadable", original="ab"))
        tx.put(Receipt("r3", "2022", "c.txt", "imported", "s2", "ab"))
        tx.put(Receipt("r2", "2021", "b.txt", "imported", "s1", "ab"))

    assert [one.id for one in desk.store.read.receipts()] == ["r1", "r2", "r3"]
