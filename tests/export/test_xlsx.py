"""The workbook, read back by another program's reader and by its own XML."""

from __future__ import annotations

import errno
import io
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from coder.domain.cells import FORMULA
from coder.domain.model import Permission, Submission
from coder.domain.quotes import Quote
from coder.export import xlsx
from coder.export.outline import Pack
from coder.export.wording import printable
from coder.export.workbook import CELL
from tests.export.conftest import written
from tests.export.whole import whole_pack

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]

_MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def rows(data: bytes, sheet: str = "Quotes") -> list[dict[str, Any]]:
    """The rows of a sheet by the headings of their columns."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    head, *found = book.get_sheet_by_name(sheet).to_python()
    return [dict(zip(head, row, strict=True)) for row in found]


def part(data: bytes, name: str) -> Any:
    """The XML of a part of the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def test_a_row_for_each_quote_with_values_of_their_own_kind(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    named = submission(1)
    hidden = submission(2, permission=Permission.ANONYMOUS, region="Kent", received="a Monday")
    quotes = [
        quote(named, "“Yes”, she said, \n“no”.", time_ms=134000, machine_draft=True),
        quote(hidden, "We, Walsall Food Bank", code_id="t2", paragraph="1.10"),
    ]

    first, second = rows(written(xlsx.write, pack(quotes, [named, hidden])))

    assert first == {
        "Reference": "SIC0001",
        "Source": "Walsall Food Bank",
        "Quote": "“Yes”, she said, \n“no”.",
        "Code": "Volunteering",
        "Citation": "(SIC0001, para 7)",
        "Note": "unchecked machine transcript",
        "Theme": "Volunteering",
        "Type": "Charity or community group",
        "Region": "",
        "Permission": "named",
        "Document": "Evidence.docx",
        "Paragraph": "7",
        "Time": timedelta(minutes=2, seconds=14),
        "Speaker": "",
        "Question": "",
        "Received": date(2020, 9, 18),
        "Words": 4,
        "Names masked": False,
        "Machine draft": True,
        "Coder": "Ada",
        "Id": str(quotes[0].key),
    }
    assert (second["Quote"], second["Names masked"], second["Document"]) == ("We, [name]", True, "")
    assert (second["Theme"], second["Paragraph"]) == ("Volunteering", "1.10")
    assert second["Received"] == "a Monday"


ODD = ["", "'", "<r>", "_x0041_", "https://", "1e5", "2020-01-01", *FORMULA]


@settings(max_examples=30)
@given(first=st.sampled_from(ODD), words=st.text(st.characters(codec="utf-8"), max_size=40))
@example(first="<r>", words="<t>evil</t></r>")
@example(first="=", words='HYPERLINK("https://example.org")')
def test_quotes_read_back_word_for_word_and_none_is_a_formula(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, first: str, words: str
) -> None:
    of = submission(organisation=f"{first}{words}.")
    said = f"{first}{words}</r>"

    data = written(xlsx.write, pack([quote(of, said)], [of], inquiry=said))

    sheet = part(data, "xl/worksheets/sheet1.xml")
    assert shown(sheet, "C2") == lined(said)
    assert shown(sheet, "B2") == lined(of.organisation)
    for name in ("sheet1", "sheet2", "sheet3"):
        found = part(data, f"xl/worksheets/{name}.xml")
        assert found.xpath("//m:f | //m:hyperlink", namespaces=_MAIN) == []
    assert guarded(data, sheet, "C2") == lined(said).startswith((*FORMULA, "'"))


def lined(text: str) -> str:
    return printable(text).replace("\r\n", "\n").replace("\r", "\n")


def shown(sheet: Any, cell: str) -> str:
    """What a cell holds, as Excel reads its escapes (ECMA-376 part 1 §22.9.2.19, ST_Xstring)."""
    (found,) = sheet.xpath(f"//m:c[@r='{cell}']", namespaces=_MAIN)
    assert found.get("t") == "inlineStr"
    said = "".join(found.xpath(".//m:t/text()", namespaces=_MAIN))
    return said.replace("_x005F_", "_").replace("_x000D_", "\r")


def guarded(data: bytes, sheet: Any, cell: str) -> bool:
    """Whether the cell stays a text when somebody edits it."""
    (found,) = sheet.xpath(f"//m:c[@r='{cell}']", namespaces=_MAIN)
    shapes = part(data, "xl/styles.xml").xpath("//m:cellXfs/m:xf", namespaces=_MAIN)
    return shapes[int(found.get("s"))].get("quotePrefix") == "1"


def test_a_quote_longer_than_a_cell_goes_on_beside_it(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission()
    long = "🥖é" * 25_000  # 75,000 UTF-16 code units
    data = written(xlsx.write, pack([quote(of, long), quote(of)], [of]))
    first, second = rows(data)
    found = [first[name] for name in ("Quote", "Quote, part 2", "Quote, part 3")]
    assert "".join(found) == long
    assert max(len(one.encode("utf-16-le")) // 2 for one in found) <= CELL
    assert (second["Quote"], second["Quote, part 2"]) == ("We open on Tuesdays.", "")
    assert any("goes on in the columns" in str(row) for row in about(data))


def test_another_text_longer_than_a_cell_says_that_it_is_cut(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission(organisation="Ode " * 10_000)
    (row,) = rows(written(xlsx.write, pack([quote(of)], [of])))
    assert row["Source"].startswith("Ode Ode")
    assert row["Source"].endswith("[… longer than a cell can hold]")


def about(data: bytes) -> list[list[Any]]:
    found: list[list[Any]] = (
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("About").to_python()
    )
    return found


def test_what_it_is_and_what_is_left_out_is_told(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = [submission(1), submission(2, permission=Permission.WITHHELD)]
    made = pack([quote(of[0]), quote(of[1])], of, "Trust")
    data = written(xlsx.write, made)
    told = about(data)
    assert told[:3] == [
        ["Quote pack", "Social infrastructure"],
        ["Quotes on", "Trust"],
        ["Made on", date(2020, 11, 22)],
    ]
    assert ["Note", made.notes()[0]] in told
    assert rows(data, "Sources") == [
        {
            "Reference": "SIC0001",
            "Source": "Walsall Food Bank",
            "Type": "Charity or community group",
            "Received": date(2020, 9, 18),
        }
    ]


def test_counts_are_numbers() -> None:
    data = written(xlsx.write, whole_pack())
    theme, code, _ = rows(data, "Counts")
    assert theme | {"In a sentence": ""} == {
        "Heading": "Volunteering | hours",
        "Code": "Volunteering | hours",
        "Level": 1,
        "Quotes": 3,
        "Raised by": 4,
        "Out of": 4,
        "Share": 1.0,
        "In a word": "",
        "In a sentence": "",
        "More letters of campaigns": 0,
        "Individual": 2,
        "Charity or community group": 1,
        "Council": 1,
        "Region: Essex": 1,
        "Region: Kent": 2,
    }
    assert (code["Level"], code["Share"], code["Individual"]) == (2, 0.25, 0)
    assert rows(data, "Account")[-1] == {
        "What it counts as": "Received",
        "Submissions": 4,
        "Other files": 0,
        "In all": 4,
    }
    assert rows(data)[-1]["Words before"] == "When the café closed nobody had anywhere to sit."


def test_it_is_ready_to_be_filtered_and_printed_and_names_no_author(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission()
    data = written(xlsx.write, pack([quote(of), quote(of)], [of], inquiry="Streets & squares"))
    sheet = part(data, "xl/worksheets/sheet1.xml")
    ask = lambda path: sheet.xpath(path, namespaces=_MAIN)  # noqa: E731
    assert ask("//m:pane/@state") == ["frozen"]
    assert ask("//m:autoFilter/@ref") == ["A1:U3"]
    assert ask("//m:pageSetup/@orientation") == ["landscape"]
    assert "Streets && squares" in ask("//m:oddHeader/text()")[0]
    book = part(data, "xl/workbook.xml")
    names = [(one.get("name"), one.text) for one in book.iterfind(".//m:definedName", _MAIN)]
    assert ("_xlnm.Print_Titles", "Quotes!$1:$1") in names
    assert ("_xlnm.Print_Area", "Quotes!$A$1:$F$3") in names
    core = part(data, "docProps/core.xml")
    said = {etree.QName(one).localname: one.text for one in core}
    assert said["title"] == "Streets & squares"
    assert said["created"] == "2020-11-22T00:00:00Z"
    assert not said.get("creator")
    assert not said.get("lastModifiedBy")


def test_a_pack_without_quotes_has_its_headings(pack: MakePack) -> None:
    assert rows(written(xlsx.write, pack([], []))) == []


class FullDisk(io.BytesIO):
    """A stream on a disk without room."""

    def write(self, data: Any) -> int:
        raise OSError(errno.ENOSPC, "no room")


def test_a_full_disk_is_told_and_nothing_of_the_evidence_is_left_behind(
    quote: MakeQuote,
    submission: MakeSubmission,
    pack: MakePack,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    of = submission()
    with pytest.raises(OSError, match="no room"):
        xlsx.write(pack([quote(of)], [of]), FullDisk())
    assert list(tmp_path.iterdir()) == []
