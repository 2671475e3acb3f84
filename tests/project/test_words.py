"""Whose words are counted, and where each stands."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError
from coder.domain.model import (
    Document,
    DocumentKind,
    RespondentType,
    Segment,
    Style,
    Submission,
    new_id,
)
from coder.domain.paragraphs import lay_out
from coder.domain.sight import Others, Sight
from coder.jobs import Job
from coder.project import Project
from coder.project.words import AROUND, Selection, write_table
from tests.project.conftest import Letter


def words(project: Project, selection: Selection = Selection(), **how) -> dict[str, int]:  # noqa: B008
    """How often each word stands, small ones too."""
    counted = project.words.counted(selection, Job(), **how)
    return {one.word: one.count for one in project.words.frequencies(counted, small=True)}


def put(project: Project, *parts: tuple[str, Style], **about) -> Document:
    """A submission with one mail of these paragraphs."""
    text, spans = lay_out(parts)
    number = project._store.read.highest_number("SIC") + 1
    submission = Submission(new_id(), f"SIC{number:04}", **about)
    document = Document(new_id(), submission.id, 0, "mail", DocumentKind.EMAIL, text, spans)
    with project._store.step("Import", project.coder) as tx:
        tx.put(submission)
        tx.put(document)
    return document


def test_all_the_evidence_is_counted_unless_something_is_chosen(
    project: Project, letter: Letter
) -> None:
    letter("The bus.")
    put(project, ("A choir.", Style.BODY), type=RespondentType.FAITH)
    third = letter("Bus, bus!")

    assert words(project) == {"bus": 3, "the": 1, "a": 1, "choir": 1}
    assert words(project, Selection(submissions=("sic0003",))) == {"bus": 2}
    assert words(project, Selection(types=("faith",))) == {"a": 1, "choir": 1}
    assert words(project, Selection(documents=(third.id,))) == {"bus": 2}
    assert words(project, Selection(types=("council",))) == {}


def test_earlier_mails_signatures_and_disclaimers_count_only_on_wish(project: Project) -> None:
    put(
        project,
        ("Our bus.", Style.BODY),
        ("> Your bus?", Style.REPLY),
        ("And the hall.", Style.LIST),
        ("Ada, street", Style.SIGNATURE),
        ("Confidential bus", Style.DISCLAIMER),
    )

    assert words(project) == {"our": 1, "bus": 1, "and": 1, "the": 1, "hall": 1}
    assert words(project, Selection(earlier=True))["bus"] == 3
    counted = project.words.counted(Selection(earlier=True), Job())
    lines = project.words.concordance(counted, "bus")
    starts = [start for _, start, _ in lines.spans()]
    assert starts == sorted(starts)


def test_duplicates_are_not_counted_and_a_campaign_once_unless_asked_for(
    project: Project, letter: Letter
) -> None:
    for _ in range(4):
        letter("Save the bus.")
    project.joining.set_same("SIC0002", "SIC0001")
    project.joining.set_same("SIC0003", "SIC0001", campaign=True)

    assert words(project)["bus"] == 2
    assert words(project, Selection(letters=True))["bus"] == 3
    assert words(project, Selection(submissions=("SIC0003",)))["bus"] == 1


def test_what_is_withdrawn_is_not_counted_any_more(project: Project, letter: Letter) -> None:
    letter("The bus.")
    letter("The hall.")
    assert set(words(project)) == {"the", "bus", "hall"}

    project.withdrawal.withdraw("SIC0001")

    assert set(words(project)) == {"the", "hall"}
    counted = project.words.counted(Selection(), Job())
    assert all(b"bus" not in text.utf8 for text in counted.texts)


def test_of_a_code_only_the_passages_count_each_once_with_those_of_codes_below(
    project: Project, letter: Letter
) -> None:
    document = letter("We run a bus every day and a choir.", "The hall is cold.")
    travel, bus = project.codebook.add("Travel"), project.codebook.add("Travel/Bus")
    project.codings.tag(document, 0, 12, [travel])
    project.codings.tag(document, 7, 18, [bus])
    selection = Selection(codes=(travel.id,))

    assert words(project, selection) == {"we": 1, "run": 1, "a": 1, "bus": 1, "every": 1}
    assert words(project, Selection(codes=(bus.id,))) == {"a": 1, "bus": 1, "every": 1}
    project.undo()
    assert words(project, selection) == {"we": 1, "run": 1, "a": 1, "bus": 1}
    assert words(project, selection, sight=Sight("somebody else", Others.HIDDEN)) == {}


def test_a_transcript_is_counted_across_its_segments_and_as_it_grows(
    project: Project, letter: Letter
) -> None:
    recording = letter("…")
    heard = Document(
        "t", recording.submission_id, 1, "t", DocumentKind.TRANSCRIPT, source_id=recording.id
    )
    with project._store.step("Hear", project.coder) as tx:
        tx.put(heard)
        tx.put(Segment("g1", "t", 0, 0, 900, "We opened the food"))
    assert words(project)["food"] == 1

    with project._store.step("Hear", project.coder) as tx:
        tx.put(Segment("g2", "t", 1, 900, 2000, "bank in May."))

    counted = project.words.counted(Selection(), Job())
    [line] = map(project.words.concordance(counted, "food bank").line, range(1))
    assert (line.before, line.words, line.after) == ("We opened the ", "food bank", " in May.")
    assert project.document("t").text[line.start : line.end] == "food\nbank"


def test_a_line_says_where_it_is_with_the_words_on_either_side_as_they_stand(
    project: Project, letter: Letter
) -> None:
    letter("nothing")
    document = letter("x" * 400 + " 😀 Our  Food\u00a0Bank, “open” daily. " + "y" * 400)
    counted = project.words.counted(Selection(), Job())

    lines = project.words.concordance(counted, "food bank")
    assert (len(lines), lines.submissions()) == (1, 1)
    line = lines.line(0)
    assert (line.ref, line.document_id, line.document) == ("SIC0002", document.id, "letter.txt")
    assert document.text[line.start : line.end] == "Food\u00a0Bank"
    assert line.words == "Food Bank"
    assert line.before.endswith(" 😀 Our ")
    assert line.after.startswith(", “open” daily. y")
    assert len(line.before) <= AROUND >= len(line.after)
    assert lines.spans() == lines.spans([0]) == [(document.id, line.start, line.end)]


def test_what_was_read_once_is_kept_until_it_changes(project: Project, letter: Letter) -> None:
    letter("The bus.")
    first = project.words.counted(Selection(), Job())
    assert project.words.counted(Selection(), Job()) is first

    project.codebook.add("Bus")
    assert project.words.counted(Selection(), Job()) is first
    letter("The hall.")
    second = project.words.counted(Selection(), Job())
    assert second is not first
    assert second.texts[0] is first.texts[0]
    project.words.forget()
    assert project.words.counted(Selection(), Job()).texts[0] is not first.texts[0]


def test_reading_tells_how_far_it_is_and_can_be_stopped(project: Project, letter: Letter) -> None:
    for _ in range(3):
        letter("The bus.")
    told = []
    project.words.counted(Selection(), Job(told.append))
    assert [(one.done, one.total) for one in told] == [(0, 3), (1, 3), (2, 3)]
    assert "SIC0002" in told[1].label

    project.words.forget()
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        project.words.counted(Selection(), job)


def test_a_changed_particular_changes_what_a_type_holds(project: Project, letter: Letter) -> None:
    letter("The bus.")
    assert words(project, Selection(types=("faith",))) == {}

    project.evidence.change("SIC0001", type="faith")

    assert words(project, Selection(types=("faith",))) == {"the": 1, "bus": 1}


def test_pairs_are_counted_in_the_selection(project: Project, letter: Letter) -> None:
    letter(*["Our food bank feeds."] * 4, *(f"word{number}" for number in range(40)))
    counted = project.words.counted(Selection(), Job())

    found = {(one.first, one.second): one.count for one in project.words.pairs(counted, Job())}
    assert found == {("food", "bank"): 4, ("bank", "feeds"): 4}


def test_a_table_is_written_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    write_table(path, ("Word", "Count"), [("bus, late", 3), ("=SUM(A1)", 1)])

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["Word", "Count"],
            ["bus, late", "3"],
            ["'=SUM(A1)", "1"],
        ]
    with pytest.raises(EvidenceError):
        write_table(tmp_path / "none" / "words.csv", ("Word",), [])


def test_the_parts_of_a_document_do_not_run_into_each_other(
    project: Project, letter: Letter
) -> None:
    letter("We need food", "bank holidays")
    counted = project.words.counted(Selection(), Job())

    assert len(project.words.concordance(counted, "food bank")) == 0
