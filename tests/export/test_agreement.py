"""A report on agreement as files: Word with a told picture, a table with all figures, pictures."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from docx import Document

from coder.domain.agreement import (
    AgreementLine,
    AgreementOptions,
    AgreementReport,
    Coefficient,
    LeftOut,
    Measure,
)
from coder.domain.errors import EvidenceError, Refused
from coder.export import agreement_chart as chart
from coder.export.agreement import write_agreement
from coder.export.agreement_chart import alternative, shown
from coder.export.agreement_lines import as_json
from tests.export.wordfile import refuse_disorder

PERCENT, KAPPA, ALPHA = Coefficient.PERCENT, Coefficient.KAPPA, Coefficient.ALPHA
WHY = "Only one answer was ever given, so that nothing can be told from chance."


def _line(name: str, alpha: Measure, **given: object) -> AgreementLine:
    measures = {PERCENT: Measure(0.9, 0.8, 0.95), KAPPA: alpha, ALPHA: alpha}
    line = AgreementLine("i", name, 40, 12, 6, 20, 0.25, (0.2, 0.3), measures, "So it is.")
    return replace(line, **given)  # type: ignore[arg-type]


BUSES = _line("Services/Buses & $trams$", Measure(0.71, 0.52, 0.84))
HALLS = _line("=Halls", Measure(-0.1), caveats=("Only one of the coders tagged anything here.",))
NONE = _line("Warmth", Measure(None, why=WHY), reading=f"It cannot be told. {WHY}")
REPORT = AgreementReport(
    "Neighbours <Again>",
    date(2020, 11, 22),
    AgreementOptions(),
    ("Ada", "Bo"),
    ("SIC0001", "SIC0004"),
    (LeftOut("SIC0002", ("Bo",)),),
    (PERCENT, KAPPA, ALPHA),
    _line("All codes", Measure(0.68, 0.62, 0.74)),
    (BUSES, HALLS, NONE),
    (replace(BUSES, name="Services", children=True),),
    (replace(BUSES, name="SIC0001"),),
    (replace(BUSES, name="Ada and Bo", coders=("Ada", "Bo")),),
    "paragraphs",
    "In plain words.",
    ("Much is untagged.",),
    ("How it was done.",),
    ("Krippendorff 2004.",),
)


def _written(tmp_path: Path, ending: str, report: AgreementReport = REPORT) -> Path:
    write_agreement(report, path := tmp_path / f"agreement{ending}")
    return path


def test_word_tells_shows_and_lists(tmp_path: Path) -> None:
    path = _written(tmp_path, ".docx")
    refuse_disorder(path.read_bytes())
    word = Document(str(path))
    said = [one.text for one in word.paragraphs]
    assert said[:2] == ["Agreement of coders", "Neighbours <Again>"]
    assert said[2] == "22 November 2020  ·  Ada and Bo  ·  by the character  ·  2 submissions"
    for words in ("In plain words.", "Much is untagged.", "How it was done.", "Krippendorff 2004."):
        assert words in said
    assert f"Warmth:  It cannot be told. {WHY}" in said
    assert "=Halls:  Only one of the coders tagged anything here." in said
    assert any("SIC0002 (Bo)" in one for one in said)
    codes = word.tables[0]
    assert [cell.text for cell in codes.rows[0].cells][:4] == ["Code", "Tags", "Found in", "Alike"]
    assert {cell.text for cell in codes.rows[1].cells} == {"Services"}
    assert [cell.text for cell in codes.rows[2].cells] == [
        "Buses & $trams$", "20", "25\u00a0%", "90\u00a0%", "0.71", "0.71", "0.52 to 0.84",
    ]  # fmt: skip
    assert codes.rows[4].cells[0].text == "The theme’s own code"
    assert [cell.text for cell in codes.rows[6].cells][4:] == ["–", "–", ""]


def test_the_picture_in_word_is_told_to_who_does_not_see_it(tmp_path: Path) -> None:
    word = Document(str(_written(tmp_path, ".docx")))
    [told] = word.element.xpath("//pic:cNvPr/@descr")
    assert told == alternative(shown(REPORT))
    assert "=Halls −0.10, Services/Buses & $trams$ 0.71 (0.52 to 0.84)" in told
    assert "Warmth" not in told


def test_a_table_has_a_row_for_everything_and_only_text_and_numbers(tmp_path: Path) -> None:
    text = _written(tmp_path, ".csv").read_bytes().decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(text)))
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [one["what"] for one in found] == [
        "overall", "theme", "code", "code", "code", "submission", "coders",
    ]  # fmt: skip
    buses, halls, warmth = found[2:5]
    assert (buses["alpha"], buses["alpha_low"], buses["prevalence: Ada"]) == ("0.71", "0.52", "0.2")
    assert halls["name"] == "'=Halls"
    assert (warmth["alpha"], warmth["reading"]) == ("", f"It cannot be told. {WHY}")


@pytest.mark.parametrize(("ending", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml")])
def test_pictures_are_the_same_each_time(tmp_path: Path, ending: str, begins: bytes) -> None:
    data = _written(tmp_path, ending).read_bytes()
    assert data.startswith(begins)
    assert _written(tmp_path, ending).read_bytes() == data


def test_a_picture_that_stands_alone_says_what_it_is_of(tmp_path: Path) -> None:
    drawn = unescape(_written(tmp_path, ".svg").read_text("utf-8"))
    for one in (REPORT.inquiry, *REPORT.coders, f"by the {REPORT.unit}"):
        assert one in drawn


def test_what_cannot_be_written_is_refused_and_nothing_stands_there(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"\.docx, \.csv, \.png or \.svg"):
        _written(tmp_path, ".pdf")
    with pytest.raises(Refused, match="undefined for every code"):
        _written(tmp_path, ".png", replace(REPORT, codes=(NONE,)))
    assert list(tmp_path.iterdir()) == []
    refuse_disorder(_written(tmp_path, ".docx", replace(REPORT, codes=(NONE,))).read_bytes())


def test_scripts_get_fixed_names() -> None:
    told = as_json(REPORT)
    assert {"unit", "coders", "overall", "codes"} <= set(told)
    buses, _, warmth = told["codes"]
    assert (buses["code"], buses["n"], buses["percent"]) == ("Services/Buses & $trams$", 40, 90)
    assert (buses["kappa"], buses["alpha"], buses["prevalence"]) == (0.71, 0.71, 0.25)
    assert buses["intervals"]["alpha"] == [0.52, 0.84]
    assert buses["by_coder"] == {"Ada": 0.2, "Bo": 0.3}
    assert warmth["alpha"] is None
    assert warmth["undefined"]["alpha"] == WHY
    assert told["pairs"][0]["coders"] == ["Ada", "Bo"]
    assert told["left_out"] == [{"ref": "SIC0002", "missing": ["Bo"]}]


def test_what_is_said_of_most_codes_names_those_of_which_it_is_not(tmp_path: Path) -> None:
    rare = [replace(HALLS, name=f"Code {number}", caveats=("Rare.",)) for number in range(5)]
    path = _written(tmp_path, ".docx", replace(REPORT, codes=(*rare, BUSES)))
    said = [one.text for one in Document(str(path)).paragraphs]
    assert "Every code but Services/Buses & $trams$:  Rare." in said
    path = _written(tmp_path, ".docx", replace(REPORT, codes=tuple(rare)))
    assert "Every code:  Rare." in [one.text for one in Document(str(path)).paragraphs]


def test_names_in_the_picture_are_cut_at_a_theme_and_fit() -> None:
    assert chart._short("Volunteering/Being needed") == "Volunteering/Being needed"
    cut = chart._short("Social connection and infrastructure/Loneliness and grief")
    assert cut == "…/Loneliness and grief"
    long = chart._short("A code with a name that goes on and on where nobody has room for it")
    assert long.startswith("A code with a name")
    assert long.endswith("…")
    assert chart._fits(long)
