"""`check`: in either order, with its fixed keys, and never changing the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordDocument

from tests.cli.conftest import Command


@pytest.fixture
def report(tmp_path: Path, project: Path, cli: Command) -> Path:
    """A report with one true quotation, one altered, one from nowhere."""
    assert (
        cli("set", project, "SIC0001", "--permission", "named", "--organisation", "Otley").code == 0
    )
    word = WordDocument()
    word.add_paragraph("“I had never volunteered before” (SIC0001).")
    word.add_paragraph("“We need trams in the evening” (SIC0001), they say.")
    word.add_paragraph("Nobody wrote “the moon is made of the finest cheese”.")
    word.save(str(path := tmp_path / "report.docx"))
    return path


def test_the_json_has_the_fixed_keys_in_either_order(
    cli: Command, project: Path, report: Path
) -> None:
    done = cli("check", project, report, "--json")
    assert done.code == 1
    found = done.json["quotes"]
    assert [one["status"] for one in found] == ["verbatim", "altered", "not-found"]
    assert {"text", "status", "ref", "cited", "problem"} <= set(found[0])
    assert [one["ref"] for one in found] == ["SIC0001", "SIC0001", ""]
    assert cli("check", report, project, "--json").json == done.json


def test_people_see_the_difference_and_a_summary(cli: Command, project: Path, report: Path) -> None:
    done = cli("check", project, report)
    assert "Paragraph 2: Altered" in done.out
    assert "We need [-trams-] {+buses+} in the evening" in done.out
    assert "never volunteered" not in done.out
    assert "never volunteered" in cli("check", project, report, "--all").out
    assert "3 quotations and 2 citations checked. 2 places need a look" in done.err


def test_a_copy_is_written_only_on_request(
    cli: Command, project: Path, report: Path, tmp_path: Path
) -> None:
    before = report.read_bytes(), sorted(tmp_path.iterdir())
    cli("check", project, report)
    assert (report.read_bytes(), sorted(tmp_path.iterdir())) == before
    copy, table = tmp_path / "copy.docx", tmp_path / "list.csv"
    assert cli("check", project, report, "-o", copy, "--list", table).code == 1
    assert len(list(WordDocument(str(copy)).comments)) == 3
    assert "Not found" in table.read_text(encoding="utf-8-sig")
    assert cli("check", project, report, "-o", report).refuses("never changed")


def test_a_report_without_faults_gives_nought(cli: Command, project: Path, report: Path) -> None:
    word = WordDocument()
    word.add_paragraph("“We need buses” (SIC0001).")
    word.save(str(report))
    done = cli("check", project, report)
    assert (done.code, done.out) == (0, "")
    assert "Nothing is wrong." in done.err


def test_bad_requests_are_told(cli: Command, project: Path, report: Path, tmp_path: Path) -> None:
    assert cli("check", project, project).refuses("folder")
    assert cli("check", project, tmp_path / "missing.docx").refuses("missing.docx")
    assert cli("check", tmp_path / "nowhere", report).refuses("nowhere")
