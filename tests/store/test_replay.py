"""What stood in a project is replayed from its journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.model import (
    Code,
    Coder,
    Document,
    DocumentKind,
    Segment,
    Submission,
    new_id,
    now,
)
from coder.store import replay
from coder.store.store import Store

NOOR = Coder(new_id(), "Noor", now())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.create(tmp_path / "project", "Streets", "STR", "", NOOR)) as made:
        yield made


def put(store: Store, *records: object) -> int:
    """Puts these in one step; gives its number."""
    with store.step("Put", NOOR) as tx:
        for record in records:
            tx.put(record)  # type: ignore[arg-type]
    return replay.last_step(store.reader)


def test_a_transcript_reads_as_its_lines_then_stood(store: Store) -> None:
    owner = Submission(new_id(), "STR0001")
    film = Document(new_id(), owner.id, 0, "film.mp4", DocumentKind.MEDIA)
    heard = Document(new_id(), owner.id, 1, "film", DocumentKind.TRANSCRIPT, source_id=film.id)
    lines = [Segment(new_id(), heard.id, place, 0, 9, f"Line {place}") for place in range(3)]
    first = put(store, owner, film, heard, *lines)
    second = put(store, replace(lines[1], text="Other"), replace(lines[2], position=-1.0))
    with store.step("Delete", NOOR) as tx:
        tx.delete(lines[0])

    def text(seq: int) -> str:
        return replay.submission_at(store.reader, owner.id, seq).documents[1].text

    assert text(first) == "Line 0\nLine 1\nLine 2"
    assert text(second) == "Line 2\nLine 0\nOther"
    assert text(second + 1) == "Line 2\nOther" == store.read.document(heard.id).text


def test_a_document_is_where_it_then_belonged(store: Store) -> None:
    one, other = Submission(new_id(), "STR0001"), Submission(new_id(), "STR0002")
    letter = Document(new_id(), other.id, 0, "letter", DocumentKind.DOCUMENT, "Words")
    first = put(store, one, other, letter)
    second = put(store, replace(letter, submission_id=one.id))

    def documents(of: Submission, seq: int) -> int:
        return len(replay.submission_at(store.reader, of.id, seq).documents)

    assert (documents(one, first), documents(other, first)) == (0, 1)
    assert (documents(one, second), documents(other, second)) == (1, 0)
    assert replay.submission_at(store.reader, one.id, first - 1).submission is None


def test_moments_codes_and_links(store: Store) -> None:
    code = Code(new_id(), "Trust")
    first = put(store, code)
    at = store.read.history(1)[0].at
    put(store, replace(code, name="Ties"))
    assert [one.name for one in replay.codes_at(store.reader, first)[0]] == ["Trust"]
    assert replay.last_step(store.reader, at) == first
    assert replay.last_step(store.reader, "2000") == 0
    assert replay.made_by(store.reader, "codes", code.id) == first
    assert replay.made_by(store.reader, "codes", "nothing") == 0
    assert len(replay.sealed_by(store.reader, first)) == 64
    assert replay.sealed_by(store.reader, 99) == ""
