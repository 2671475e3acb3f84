"""Findings of consistency as a file: a row a passage, a note that it is for the team alone."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from coder.domain.errors import EvidenceError
from coder.export.consistency import COLUMNS, ENDINGS, NOTE, write_findings

TAG = {"coding": "c1", "code": "Food/Parcels", "coder": "Ada", "at": "2021-01-04T09:00:00Z"}
PASSAGE = {
    "ref": "PLN0001", "document": "letter", "start": 4, "end": 9, "quote": "=soup", "side": "First",
    "tags": [TAG],
}  # fmt: skip


def finding(**fields: Any) -> dict[str, Any]:
    told = {
        "id": "f1", "kind": "drift", "title": "Use drifts over time", "what": "It drifts.",
        "do": "Look.", "codes": ["Food/Parcels"], "coders": ["Ada"], "passages": [PASSAGE] * 2,
        "dismissed": None, "before": None,
    }  # fmt: skip
    return told | fields


DAY = date(2020, 9, 18)
FINDINGS = [
    finding(),
    finding(title="Unused", what="Nobody uses it.", passages=[], dismissed={
        "reason": "Waiting for films.", "at": "2021-02-01T09:00:00Z"}),
]  # fmt: skip


def test_a_spreadsheet_has_a_row_for_each_passage(tmp_path: Path) -> None:
    write_findings("Streets", FINDINGS, path := tmp_path / "odd.csv", DAY)

    note, columns, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    assert note == [NOTE]
    assert tuple(columns) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    first, _, last = (dict(zip(columns, row, strict=True)) for row in rows)
    assert (first["ref"], first["start"], first["quote"]) == ("PLN0001", "4", "'=soup")
    assert first["tags"] == "Food/Parcels (Ada, 4 Jan 2021)"
    assert (last["ref"], last["dismissed"]) == ("", "Waiting for films.")


def test_a_word_file_tells_them_kind_by_kind(tmp_path: Path) -> None:
    long = PASSAGE | {"quote": "word " * 1_000}
    write_findings(
        "Streets", [finding(passages=[long]), *FINDINGS], path := tmp_path / "odd.docx", DAY
    )

    document = Document(str(path))
    heads = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    words = [one.text for one in document.paragraphs]
    assert heads == ["Use drifts over time", "Unused"]
    assert NOTE in words
    assert "18 September 2020 · 3 findings" in words
    assert "“=soup”" in words
    assert "Dismissed, 1 Feb 2021: Waiting for films." in words
    assert max(map(len, words)) < 1_300


def test_another_ending_is_refused(tmp_path: Path) -> None:
    assert ENDINGS == (".docx", ".csv")
    with pytest.raises(EvidenceError, match=r"Use \.docx or \.csv"):
        write_findings("Streets", FINDINGS, tmp_path / "odd.pdf", DAY)
