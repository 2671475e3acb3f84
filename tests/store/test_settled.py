"""Who coded what, and which agreed codings only repeat somebody's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Reading,
    Submission,
    new_id,
)
from coder.domain.sight import Others, Sight
from coder.domain.together import AGREED, AGREED_ID
from coder.store import settled
from coder.store.store import Store

ASHA, NOOR = Coder("asha", "Asha"), Coder("noor", "Noor")
BUS = Code("bus", "Bus")
LETTER = Document("letter", "one", 0, "letter.txt", DocumentKind.DOCUMENT, "The bus went.")
TAG = Coding("a", "letter", "bus", "asha", 0, 7, "The bus", "2020-09-18T10:00:00.000000Z")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Asha tagged a letter; what was agreed says the same, and one thing more."""
    with closing(Store.create(tmp_path / "inquiry", "Loneliness", "SIC", "", ASHA)) as store:
        with store.step("Fill", ASHA) as tx:
            for record in (NOOR, Coder(AGREED_ID, AGREED), BUS, Submission("one", "SIC0001")):
                tx.put(record)
            for record in (LETTER, TAG, replace(TAG, id=new_id(), coder_id=AGREED_ID)):
                tx.put(record)
            tx.put(replace(TAG, id=new_id(), coder_id=AGREED_ID, start=4, quote="bus"))
            tx.put(Reading("r", "letter", "noor", "2020-09-18T10:00:00.000000Z"))
        yield store


def test_who_tagged_or_declared_has_coded_and_agreed_is_nobody(store: Store) -> None:
    assert settled.who_coded(store.reader, read=False) == {"letter": {"asha"}}
    assert settled.who_coded(store.reader, read=True) == {"letter": {"asha", "noor"}}


def test_an_agreed_coding_counts_where_nobody_says_the_same(store: Store) -> None:
    assert settled.repeated_codes(store.reader, Sight()) == {"bus": 1}
    assert store.read.code_counts() == {"bus": (2, 1)}
    assert store.read.tagged("asha")["one"].all == 2
    assert settled.repeated_codes(store.reader, Sight("noor", Others.HIDDEN)) == {}


def test_what_is_declared_is_counted_alike_for_who_codes_blind(store: Store) -> None:
    assert store.read.tagged("noor")["one"].unblinded == 0
    with store.step("Declare", NOOR) as tx:
        tx.put(Reading("r", "letter", "noor", "2020", "2020"))
    assert settled.declared_by(store.reader, "noor") == {"letter"}
    assert store.read.tagged("noor")["one"].unblinded == 2
    assert store.read.code_counts(Sight("noor", Others.BLIND)) == {"bus": (2, 1)}
