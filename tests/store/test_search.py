"""Full-text search: every text and memo, in any form of the word, at exact places."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.model import Document, DocumentKind, Segment
from coder.store.finding import Hit
from tests.effort import tries

TEXT = (
    "My neighbour volunteers at the café every week.",
    "Volunteering keeps us going, says the community café’s founder.",
    "No bus runs after six; nobody can come to the hall.",
)


def hits(desk, query: str) -> list[Hit]:
    return desk.store.read.find(query)


@pytest.mark.parametrize(("query", "found"), [
    ("volunteer", ["volunteers", "Volunteering"]),
    ("VOLUNTEERED", ["volunteers", "Volunteering"]),
    ("cafe", ["café", "café"]),
    ("cafe\u0301", ["café", "café"]),
    ("café week", ["café"]),
    ('"after six"', ["after six"]),
    ('"six after"', []),
    ("neigh*", ["neighbour"]),
    ("bus OR founder", ["bus", "founder"]),
    ("café NOT founder", ["café"]),
    ("NEAR(bus six, 3)", ["bus"]),
    ("NEAR(bus six, 1)", []),
    ("bus café", []),
    ("founder's", []),
    ("six;", ["six"]),
    ("going,", ["going"]),
    ("—", []),
    ("   ", []),
])  # fmt: skip
def test_what_is_found(desk, query: str, found: list[str]) -> None:
    document = desk.document("d", *TEXT)

    answers = hits(desk, query)

    assert sorted(document.text[hit.start : hit.end] for hit in answers) == sorted(found)
    assert all(f"«{document.text[hit.start : hit.end]}»" in hit.snippet for hit in answers)


@settings(
    max_examples=tries(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.text("ab .,🎉👩‍👧e\u0301\u200fאבñ\x02\x03\0\r\u2028", max_size=8), max_size=4),
    st.text("ab 🎉\u0301אב\r\x02", max_size=8),
    st.data(),
)
def test_places_are_exact_in_any_script(
    desk, others: list[str], before: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(others)))
    key = f"d{desk.store.read.highest_number('SIC')}"
    word = "Zettelkasten"
    document = desk.document(key, *others[:place], f"{before} {word} 🎉", *others[place:])

    [hit] = [hit for hit in hits(desk, word) if hit.document_id == key]

    assert document.text[hit.start : hit.end] == word
    assert (hit.ref, hit.submission_id) == (f"SIC{int(key[1:]) + 1:04}", f"s-{key}")
    assert (hit.document, hit.kind) == (f"{key}.txt", "text")


def test_a_memo_is_found_at_the_words_it_is_about(desk) -> None:
    document = desk.document("d", *TEXT)
    desk.code()
    coding = desk.coding("k", document, span=(3, 12), memo="Compare with the library visit")

    [hit] = hits(desk, "libraries")

    assert (hit.kind, hit.start, hit.end) == ("memo", coding.start, coding.end)
    assert hit.snippet == "Compare with the «library» visit"


def test_a_transcript_is_found_by_its_segments(desk) -> None:
    desk.document("d", *TEXT)
    transcript = Document(
        "t", "s-d", 1, "t", DocumentKind.TRANSCRIPT, source_id="d", original="", machine_draft=True
    )
    with desk.store.step("Hear", desk.ann) as tx:
        tx.put(transcript)
        tx.put(Segment("g1", "t", 0, 0, 900, "Good 🎉 morning."))
        tx.put(Segment("g2", "t", 1, 900, 2000, "The trampoline broke."))

    [hit] = hits(desk, "trampolines")

    assert desk.store.read.document("t").text[hit.start : hit.end] == "trampoline"


def test_the_index_follows_change_undo_and_redo(desk) -> None:
    document = desk.document("d", *TEXT)
    desk.code()
    coding = desk.coding("k", document, memo="zebra")
    with desk.store.step("Memo", desk.ann) as tx:
        tx.put(replace(coding, memo="giraffe"))

    def found() -> tuple[int, int]:
        return len(hits(desk, "zebra")), len(hits(desk, "giraffe"))

    assert found() == (0, 1)
    desk.store.undo(desk.ann)
    assert found() == (1, 0)
    desk.store.undo(desk.ann)
    assert found() == (0, 0)
    desk.store.redo(desk.ann)
    desk.store.redo(desk.ann)
    assert found() == (0, 1)


def test_the_undo_of_an_import_is_no_longer_found(desk) -> None:
    desk.document("d", *TEXT)
    desk.store.undo(desk.ann)

    assert hits(desk, "café") == []
    desk.store.redo(desk.ann)
    assert len(hits(desk, "café")) == 2


@pytest.mark.parametrize("harm", [
    "DELETE FROM passages",
    "DELETE FROM passages WHERE kind = 'memo'",
    "UPDATE passages SET text = 'Something else.' WHERE start = 0",
    "UPDATE passages SET start = start + 1",
    "INSERT INTO passages (owner, kind, document_id, start, text) VALUES ('x', 'text', 'd', 0, '')",
    "INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')",
])  # fmt: skip
def test_an_index_that_does_not_hold_the_texts_is_found(desk, folder, harm: str) -> None:
    document = desk.document("d", *TEXT)
    desk.code()
    desk.coding("k", document, memo="zebra")
    assert desk.store.verify() == []

    with closing(sqlite3.connect(folder / "project.db")) as database, database:
        database.execute(harm)

    [finding] = desk.store.verify()
    assert "search index" in finding


def test_no_more_than_asked_for(desk) -> None:
    desk.document("d", *TEXT)

    assert len(desk.store.read.find("café", limit=1)) == 1
