"""The table that spreadsheets open."""

from __future__ import annotations

import csv as reader
import io
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Permission, Quote, Submission
from coder.export import csv
from coder.export.outline import Pack

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

    first, second = rows(csv.write(pack(quotes, [named, hidden]).selection))

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
    }
    assert (second["quote"], second["note"], second["document"], second["time"]) == (
        "We, [name]",
        "anonymous: only names are masked",
        "",
        "",
    )


def test_excel_knows_the_encoding_and_the_line_ends(pack: MakePack) -> None:
    data = csv.write(pack([], []).selection)
    assert data.startswith(b"\xef\xbb\xbfref,attribution,")
    assert data.endswith(b",note\r\n")


@given(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝"]), st.text(max_size=20))
def test_no_cell_is_a_formula(sign: str, rest: str) -> None:
    assert csv.harmless(sign + rest) == f"'{sign}{rest}"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1))
def test_other_cells_stay_as_they_are(text: str) -> None:
    kept = csv.harmless(text)
    assert kept.removeprefix("'") == text.removeprefix("'")
    assert not kept.startswith(("=", "+", "-", "@"))


def test_formulas_in_evidence_are_disarmed(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission(organisation="=cmd|' /C calc'!A0")
    (row,) = rows(csv.write(pack([quote(of, "\x00=1+1")], [of]).selection))
    assert row["quote"] == "'=1+1"
    assert row["attribution"].startswith("'=")
