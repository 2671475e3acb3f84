"""Every record comes back from its row as it was."""

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.model import Coding, Document, Paragraph, Segment, Style, Submission, Word
from coder.store.rows import TABLES, Record, columns, dumps, from_row, to_row
from tests.effort import tries

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
WHOLE = st.integers(0, 2**53)
WORKED_OUT = (Segment, "start")
REAL = st.floats(0, 1)
RECORDS = st.one_of(
    *(st.from_type(kind) for kind in (Submission, Coding)),
    st.builds(
        Document,
        text=TEXT,
        paragraphs=st.lists(
            st.builds(Paragraph, TEXT, WHOLE, WHOLE, st.sampled_from(Style), WHOLE), max_size=3
        ).map(tuple),
        problems=st.lists(TEXT, max_size=3).map(tuple),
    ),
    st.builds(
        Segment,
        confidence=REAL,
        no_speech=REAL,
        compression=REAL,
        temperature=REAL,
        words=st.lists(st.builds(Word, WHOLE, WHOLE, WHOLE, WHOLE, REAL), max_size=3).map(tuple),
        start=st.just(0),
    ),
)


@settings(max_examples=tries(60), deadline=None)
@given(RECORDS)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    row = to_row(record)

    assert from_row(type(record), row) == record
    assert list(row) == list(columns(type(record)))


@pytest.mark.parametrize("kind", get_args(Record), ids=lambda kind: kind.__name__)
def test_every_kind_of_record_has_a_table_with_its_fields(kind: type) -> None:
    assert kind in TABLES
    assert columns(kind) == tuple(f.name for f in fields(kind) if (kind, f.name) != WORKED_OUT)


def test_the_same_value_always_gives_the_same_json() -> None:
    assert dumps({"b": [1, "é🎉"], "a": None}) == dumps({"a": None, "b": [1, "é🎉"]})
    assert dumps({"b": [1, "é🎉"], "a": None}) == '{"a":null,"b":[1,"é🎉"]}'
