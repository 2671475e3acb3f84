"""Checking a report against a project: from the file to the commented copy."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as WordDocument

from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused, Unreadable
from coder.domain.model import Document, DocumentKind, Permission, Segment, new_id
from coder.domain.packing import PackOptions
from coder.domain.quote_id import QuoteId
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job
from coder.project import Project
from coder.project.checking import Kind, ReportCheck
from tests.export.checking.reports import Report

Letter = Callable[..., Document]
HALL = "We open the hall every Tuesday evening because people here had nobody to ask."
KETTLE = "My neighbour Ann Tate keeps the kettle warm for anybody who comes to the door."


@pytest.fixture
def letters(project: Project, letter: Letter) -> tuple[Document, Document]:
    """Two letters, SIC0001 by name and SIC0002 without it."""
    both = letter("Dear members,", HALL), letter(KETTLE, "And that is all we wished to say.")
    given = (
        {"permission": Permission.NAMED, "organisation": "Otley Hall"},
        {"permission": Permission.ANONYMOUS, "respondent": "Ann Tate"},
    )
    with project._store.step("Particulars", project.coder) as tx:
        for document, fields in zip(both, given, strict=True):
            tx.put(replace(tx.read.submission(document.submission_id), **fields))
    return both


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., Path]:
    """Writes a report of these paragraphs; gives its path."""

    def write(*paragraphs: str) -> Path:
        word = WordDocument()
        for one in paragraphs:
            word.add_paragraph(one)
        word.save(str(path := tmp_path / "report.docx"))
        return path

    return write


Reporting = Callable[..., Path]


def _kinds(checked: ReportCheck) -> list[list[Kind]]:
    return [[problem.kind for problem in one.problems] for one in checked.found]


def test_true_words_pass_and_changed_ones_are_told_word_by_word(
    project: Project, letters: tuple[Document, Document], report: Reporting
) -> None:
    path = report(
        "“We open the hall every Tuesday evening” (SIC0001, para 2).",
        "“We open the hall every Friday evening because people […] nobody to ask” (SIC0001).",
    )
    checked = project.checking.check(path)
    assert _kinds(checked) == [[], [Kind.ALTERED]]
    right, wrong = checked.found
    assert right.passage is not None
    assert letters[0].text[right.passage.start : right.passage.end] == right.passage.words
    changed = [(one.report, one.evidence) for one in wrong.difference if not one.same]
    assert changed == [("Friday", "Tuesday")]
    assert "“Friday” where the evidence has “Tuesday”" in wrong.problem
    told = checked.as_json()
    assert [one["status"] for one in told["quotes"]] == ["verbatim", "altered"]
    assert told["quotes"][1]["cited"] == "SIC0001"


def test_a_pack_of_ours_is_verbatim(
    project: Project, letters: tuple[Document, Document], tmp_path: Path
) -> None:
    code = project.codebook.add("Neighbours")
    for one, words in zip(letters, (HALL, KETTLE), strict=True):
        start = one.text.index(words)
        project.codings.tag(one, start, start + len(words), [code])
    pack = tmp_path / "pack.docx"
    project.packs.write(QuoteFilter(), pack)
    checked = project.checking.check(pack)
    assert checked.findings.quotations == 2
    assert _kinds(checked) == [[], []]
    assert any("[name]" in one.text for one in checked.found)


def test_words_around_a_quote_of_a_pack_are_no_quotations(
    project: Project, letters: tuple[Document, Document], tmp_path: Path
) -> None:
    code = project.codebook.add("Neighbours")
    for one, words in zip(letters, ("every Tuesday evening", "the kettle warm"), strict=True):
        start = one.text.index(words)
        project.codings.tag(one, start, start + len(words), [code])
    pack = tmp_path / "pack.docx"
    project.packs.write(QuoteFilter(), pack, PackOptions(context=300))
    checked = project.checking.check(pack)
    assert [one.text for one in checked.found] == ["every Tuesday evening", "the kettle warm"]
    assert _kinds(checked) == [[], []]


def test_the_name_of_who_is_quoted_without_it_is_found(
    project: Project, letters: tuple[Document, Document], report: Reporting
) -> None:
    path = report(
        f"“{KETTLE}” (SIC0002)", "Mrs Tate was right: “that is all we wished to say” (SIC0002)."
    )
    assert _kinds(project.checking.check(path)) == [[Kind.NAMED], [Kind.NAMED]]


def test_a_quote_is_known_by_its_id_even_after_a_transcript_was_corrected(
    project: Project, letters: tuple[Document, Document], tmp_path: Path
) -> None:
    transcript = Document(
        new_id(), letters[0].submission_id, 5, "Film", DocumentKind.TRANSCRIPT, machine_draft=True
    )
    lines = ("Good afternoon to you all.", "The library closed its doors on weekdays.")
    with project._store.step("Transcribe", project.coder) as tx:
        tx.put(transcript)
        for place, text in enumerate(lines):
            tx.put(
                Segment(
                    new_id(), transcript.id, float(place), place * 9000, place * 9000 + 5000, text
                )
            )
    key = QuoteId.of("SIC0001", transcript.id, 27, 27 + len(lines[1]))
    project.correcting.rewrite(project.segments(transcript.id)[0].id, "Good afternoon.")
    word = Report()
    word.control(key.tag, lines[1], "")
    word.say("Another sentence stands between.")
    word.control(key.tag, "The whole town lost all of its many kitchens", "")
    path = tmp_path / "report.docx"
    path.write_bytes(word.bytes())
    first, second = project.checking.check(path).found
    assert not first.problems
    assert any("unchecked machine transcript" in one for one in first.remarks)
    assert second.kind is Kind.ALTERED
    assert second.ref == "SIC0001"


def test_what_is_withdrawn_is_known_by_its_reference(
    project: Project, letters: tuple[Document, Document], report: Reporting
) -> None:
    path = report(f"“{HALL}” (SIC0001)")
    project.withdrawal.withdraw("SIC0001")
    assert _kinds(project.checking.check(path)) == [[Kind.WITHDRAWN]]


def test_a_joined_reference_is_told_under_its_new_one(
    project: Project, letters: tuple[Document, Document], report: Reporting
) -> None:
    path = report("“that is all we wished to say” (SIC0002)")
    project.joining.join("SIC0001", "SIC0002")
    [found] = project.checking.check(path).found
    assert [one.kind for one in found.problems] == [Kind.MOVED]
    assert found.ref == "SIC0001"
    assert "cite SIC0001" in found.problem


def test_the_copy_has_the_comments_and_the_report_stays(
    project: Project, letters: tuple[Document, Document], report: Reporting, tmp_path: Path
) -> None:
    path = report("A title", "“We open the hall every Friday evening” (SIC0001).")
    before = path.read_bytes()
    checked = project.checking.check(path)
    copy = tmp_path / "copy.docx"
    project.checking.write_back(checked, copy)
    said = [one.text for one in WordDocument(str(copy)).comments]
    assert said[0].endswith("1 place needs a look: altered 1.")
    assert "“Friday” where the evidence has “Tuesday”" in said[1]
    assert path.read_bytes() == before
    with pytest.raises(Refused, match="never changed"):
        project.checking.write_back(checked, path)
    with pytest.raises(EvidenceError, match="does not end as the report"):
        project.checking.write_back(checked, tmp_path / "copy.pdf")


def test_the_list_holds_every_finding(
    project: Project, letters: tuple[Document, Document], report: Reporting, tmp_path: Path
) -> None:
    checked = project.checking.check(
        report(
            "“We open the hall every <b>Friday</b> evening” (SIC0001).",
            "“Nobody has said this” (SIC0002)",
        )
    )
    project.checking.write_list(checked, tmp_path / "list.csv")
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [one["finding"] for one in rows] == ["Altered", "Not found"]
    project.checking.write_list(checked, tmp_path / "list.html")
    page = (tmp_path / "list.html").read_text(encoding="utf-8")
    assert "<ins>Tuesday</ins>" in page
    assert "<b>" not in page
    with pytest.raises(EvidenceError, match="list of findings"):
        project.checking.write_list(checked, tmp_path / "list.pdf")


def test_files_tell_no_name_and_nothing_that_is_not_for_publication(
    project: Project, letters: tuple[Document, Document], report: Reporting, tmp_path: Path
) -> None:
    project.evidence.change("SIC0001", permission=Permission.WITHHELD)
    path = report(
        "“We open the hall every Friday evening” (SIC0001).",
        "“My neighbour Joan Tuckwell keeps the kettle warm for anybody” (SIC0002).",
    )
    checked = project.checking.check(path)
    assert _kinds(checked) == [[Kind.PERMISSION, Kind.ALTERED], [Kind.ALTERED]]
    project.checking.write_back(checked, tmp_path / "copy.docx")
    project.checking.write_list(checked, tmp_path / "list.csv")
    project.checking.write_list(checked, tmp_path / "list.html")
    told = [one.text for one in WordDocument(str(tmp_path / "copy.docx")).comments]
    told += [(tmp_path / f"list.{ending}").read_text("utf-8") for ending in ("csv", "html")]
    assert all("Tate" not in one and "Tuesday" not in one for one in told)
    assert any("[name]" in one for one in told)


def test_files_tell_nothing_sensitive_and_no_part_of_a_hidden_organisation(
    project: Project, letter: Letter, report: Reporting, tmp_path: Path
) -> None:
    # Given words marked sensitive, an anonymous group, and somebody of whom no name is known
    open_ = letter("Our treasurer stole the Zanzibar money, and we want nobody to know of it.")
    group = letter("The Zanzibar Lunch Club opens on Mondays for everybody who likes to come.")
    nameless = letter("I am Zanzibar Jones, and I come to the club because I have nobody else.")
    with project._store.step("Particulars", project.coder) as tx:
        for document, fields in (
            (open_, {"permission": Permission.NAMED, "organisation": "Otley Hall"}),
            (group, {"permission": Permission.ANONYMOUS, "organisation": "Zanzibar Lunch Club"}),
            (nameless, {"permission": Permission.ANONYMOUS}),
        ):
            tx.put(replace(tx.read.submission(document.submission_id), **fields))
    code = project.codebook.add("Money")
    [coding] = project.codings.tag(open_, 0, 40, [code])
    project.codings.set_sensitive([coding], sensitive=True)
    # When a report quotes each of them wrongly, and names the group besides
    path = report(
        "“Our treasurer stole the borrowed money, and we want nobody to know” (SIC0001).",
        "“The Dudley Lunch Club opens on Mondays for everybody” (SIC0002).",
        "“I am Quentin Jones, and I come to the club” (SIC0003).",
        "We also went to the Zanzibar Lunch Club.",
    )
    checked = project.checking.check(path)
    # Then the window shows the difference and no file does; nor is whose name it is told
    assert [one.altered for one in checked.found] == [True, True, True, False]
    project.checking.write_back(checked, tmp_path / "copy.docx")
    told = " ".join(one.text for one in WordDocument(str(tmp_path / "copy.docx")).comments)
    for ending in (".csv", ".html"):
        project.checking.write_list(checked, tmp_path / f"list{ending}")
        told += (tmp_path / f"list{ending}").read_text("utf-8").replace("Zanzibar Lunch Club", "")
    assert "Altered" in told
    assert "Zanzibar" not in told.replace("“Zanzibar Lunch Club” is named", "")
    assert "SIC0002" not in checked.found[-1].problem


def test_what_cannot_be_checked_is_told(
    project: Project, letters: tuple[Document, Document], report: Reporting, tmp_path: Path
) -> None:
    with pytest.raises(NotFound, match="no file"):
        project.checking.check(tmp_path / "missing.docx")
    (tmp_path / "words.txt").write_text("“We open”")
    with pytest.raises(EvidenceError, match="no Word document"):
        project.checking.check(tmp_path / "words.txt")
    (tmp_path / "broken.docx").write_bytes(b"PK")
    with pytest.raises(Unreadable):
        project.checking.check(tmp_path / "broken.docx")
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        project.checking.check(report("“We open the hall” (SIC0001)"), job)
