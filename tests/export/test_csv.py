"""The table that spreadsheets open."""

from __future__ import annotations

import csv as reader
import io
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.cells import FORMULA, unguarded
from coder.domain.model import Permission, Submission
from coder.domain.quotes import Quote
from coder.export import csv
from coder.export.outline import Pack
from coder.export.wording import printable
from tests.export.conftest import written

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]


def rows(data: bytes) -> list[dict[str, Any]]:
    return list(reader.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_row_for_each_quote(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    named = submission(1)
    hidden = submission(2, permission=Permission.ANONYMOUS, region="Kent")
    quotes = [
        quote(named, "“Yes”, she said, \n“no”.", time_ms=134000, machine_draft=True),
        quote(hidden, "We, Walsall Food Bank", code_id="t2"),
    ]

    first, second = rows(written(csv.write, pack(quotes, [named, hidden])))

    assert first == {
        "ref": "SIC0001",
        "attribution": "Walsall Food Bank",
        "citation": "(SIC0001, para 7)",
        "quote": "“Yes”, she said, \n“no”.",
        "code": "Volunteering",
        "coder": "Ada",
        "document": "Evidence.docx",
        "paragraph": "7",
        "time": "02:14",
        "speaker": "",
        "permission": "named",
        "type": "charity",
        "note": "unchecked machine transcript",
        "id": str(quotes[0].key),
        "region": "",
        "question": "",
        "before": "",
        "after": "",
    }
    assert (second["quote"], second["note"], second["document"], second["time"]) == (
        "We, [name]",
        "anonymous: only names are masked",
        "",
        "",
    )


def test_excel_knows_the_encoding_and_the_line_ends(pack: MakePack) -> None:
    data = written(csv.write, pack([], []))
    assert data.startswith(b"\xef\xbb\xbfref,attribution,")
    assert data.endswith(b",before,after\r\n")


@settings(max_examples=60)
@given(
    first=st.sampled_from(["", "'", *FORMULA]),
    words=st.text(st.characters(codec="utf-8"), max_size=40),
)
def test_quotes_read_back_word_for_word_and_none_is_a_formula(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, first: str, words: str
) -> None:
    of = submission()
    (row,) = rows(written(csv.write, pack([quote(of, f"{first}{words}z")], [of])))
    assert unguarded(row["quote"]) == printable(f"{first}{words}z")
    assert not row["quote"].startswith(FORMULA)


def test_formulas_in_evidence_are_disarmed(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission(organisation="=cmd|' /C calc'!A0")
    (row,) = rows(written(csv.write, pack([quote(of, "\x00=1+1")], [of])))
    assert row["quote"] == "'=1+1"
    assert row["attribution"].startswith("'=")
