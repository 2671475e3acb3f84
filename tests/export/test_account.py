"""The account as files: the same cells every time, and text that is only text."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from coder.domain.account import Standing, account
from coder.domain.errors import EvidenceError
from coder.domain.model import Receipt, RespondentType, Status, Submission
from coder.export.account import as_json, write_account

TABLE = account(
    [
        Submission("s1", "SIC0001", type=RespondentType.FAITH, status=Status.INCLUDED),
        Submission("s2", "SIC0002", type=RespondentType.FAITH, flags=("late",)),
        Submission("s3", "SIC0003", type=RespondentType.COUNCIL, status=Status.WITHDRAWN),
    ],
    [Receipt("r1", "2020-09-18T10:00:00Z", "a.docx", "unreadable", None, "11")],
)


def _written(tmp_path: Path, ending: str, inquiry: str = "Neighbours Again") -> Path:
    path = tmp_path / f"account{ending}"
    write_account(TABLE, inquiry, date(2020, 11, 22), path)
    return path


def test_a_spreadsheet_has_a_row_for_each_standing_and_a_column_for_each_type(
    tmp_path: Path,
) -> None:
    text = _written(tmp_path, ".csv").read_bytes().decode("utf-8-sig")

    head, *rows = list(csv.reader(io.StringIO(text)))

    assert len(rows) == len(Standing) + 1
    assert head[:4] == ["What it counts as", "Submissions", "Other files", "In all"]
    assert rows[-1][:4] == ["Received", "3", "1", "4"]
    faith = head.index("Faith group")
    assert [row[faith] for row in rows if row[faith] != "0"] == ["1", "1", "2"]
    for place in range(1, len(head)):
        assert sum(int(row[place]) for row in rows[:-1]) == int(rows[-1][place])


def test_markdown_shows_what_is_there_and_the_title_as_text(tmp_path: Path) -> None:
    text = _written(tmp_path, ".md", "# <b>Neighbours</b>").read_text(encoding="utf-8")

    assert text.startswith("# \\# \\<b\\>Neighbours\\</b\\>\n\nAccount of evidence · 22 November")
    assert "| Included | 1 | 0 | 1 |\n| Late | 1 | 0 | 1 |\n| Unreadable | 0 | 1 | 1 |" in text
    assert "| Faith group | 2 |" in text
    assert "Blank" not in text


def test_word_shows_both_tables_in_the_looks_of_a_pack(tmp_path: Path) -> None:
    from docx import Document

    document = Document(str(_written(tmp_path, ".docx", "Neigh\x0bbours")))

    first, second = document.tables
    assert [cell.text for cell in first.rows[-1].cells] == ["Received", "3", "1", "4"]
    assert [cell.text for cell in second.rows[1].cells] == ["Faith group", "2"]
    assert first.style.name == "Sources"
    assert document.core_properties.author == ""
    assert "Neighbours" in [paragraph.text for paragraph in document.paragraphs]


def test_json_holds_every_row_and_says_of_what_and_when(tmp_path: Path) -> None:
    told = json.loads(_written(tmp_path, ".json").read_text(encoding="utf-8"))

    assert (told["inquiry"], told["created"]) == ("Neighbours Again", "2020-11-22")
    assert {key: told[key] for key in as_json(TABLE)} == as_json(TABLE)
    assert [row["counts_as"] for row in told["rows"]] == list(Standing)
    assert told["rows"][0]["types"] == {"faith": 1}


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"“account\.csv” could not be written"):
        write_account(TABLE, "Neighbours", date(2020, 11, 22), tmp_path / "no" / "account.csv")
