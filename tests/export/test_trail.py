"""The paper of the trail says what it is, and is whole in both kinds of file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from coder.domain.errors import EvidenceError
from coder.export.trail import COLUMNS, NOTE, PARTLY, Entry, Sheet, write_trail

SHEET = Sheet(
    "Streets",
    datetime(2020, 9, 18, 17, 4, tzinfo=UTC),
    "by Noor, only tags",
    1,
    {"Noor": 1},
    "1-9F3A-27C1-8B02-55DE",
)
ENTRY = Entry(
    7,
    "2020-09-18T16:04:05.000000Z",
    "Noor",
    "tagged “a…” with “Trust”",
    [("tagged “a…” with “Trust”", "", "all of it"), ("+wrote\x00 a memo", "-", "@now")],
)


def rows(sheet: Sheet, path: Path) -> list[list[str]]:
    write_trail(sheet, [ENTRY], path)
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_a_table_has_a_row_for_each_change_below_what_must_not_be_missed(tmp_path: Path) -> None:
    found = rows(SHEET, tmp_path / "trail.csv")
    head = found[: found.index(list(COLUMNS))]
    assert ["Trail of the work", "Streets"] in head
    assert ["18 September 2020, 17:04 · 1 step · by Noor, only tags"] in head
    assert [NOTE] in head
    assert ["Noor", "1"] in head
    assert any(SHEET.fingerprint in row[0] for row in head)
    assert found[-2:] == [
        ["7", ENTRY.at, "Noor", ENTRY.words, ENTRY.words, "", "all of it"],
        ["7", ENTRY.at, "Noor", ENTRY.words, "'+wrote a memo", "'-", "'@now"],
    ]


def test_it_says_where_not_all_was_seen_and_where_all_was_asked_for(tmp_path: Path) -> None:
    found = rows(replace(SHEET, whole=False, asked=""), tmp_path / "trail.csv")
    assert [PARTLY] in found
    assert found[1][0].endswith("· everything")


def test_a_word_file_tells_below_a_step_what_its_words_leave_out(tmp_path: Path) -> None:
    write_trail(SHEET, [ENTRY], tmp_path / "trail.docx")
    document = Document(str(tmp_path / "trail.docx"))
    assert NOTE in [one.text for one in document.paragraphs]
    told = [row.cells[-1].text for row in document.tables[1].rows]
    assert told == [
        "What",
        "18 September 2020",
        ENTRY.words,
        "after: all of it",
        "– +wrote a memo",
    ]


def test_both_say_how_many_changes_of_a_step_are_not_told(tmp_path: Path) -> None:
    many = replace(ENTRY, changes=ENTRY.changes[:1], more=1_234)
    write_trail(SHEET, [many], tmp_path / "trail.csv")
    text = (tmp_path / "trail.csv").read_text(encoding="utf-8-sig")
    last = list(csv.reader(io.StringIO(text)))[-1]
    assert last == ["7", ENTRY.at, "Noor", ENTRY.words, "and 1,234 more changes", "", ""]
    write_trail(SHEET, [many], tmp_path / "trail.docx")
    document = Document(str(tmp_path / "trail.docx"))
    assert document.tables[1].rows[-1].cells[-1].text == "– and 1,234 more changes"


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"trail\.pdf"):
        write_trail(SHEET, [ENTRY], tmp_path / "trail.pdf")
    assert list(tmp_path.iterdir()) == []
