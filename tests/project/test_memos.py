"""Memos and the journal: who may write what, what they say they are about, and what leaves."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as Word

from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import About
from coder.domain.query import parse
from coder.domain.sight import Others, Sight
from coder.jobs import Job
from coder.project import Project
from coder.project.memos import GONE, TAG
from tests.store.test_erasure import found


def test_a_memo_says_what_it_is_about_and_where_to_jump(project: Project, letter) -> None:
    document = letter("I was alone on Sundays.")
    project.evidence.change("SIC0001", organisation="Sunday Club")
    owner = document.submission_id
    code = project.codebook.add("Connection")

    for about, of_id in (
        (About.PROJECT, ""),
        (About.SUBMISSION, owner),
        (About.DOCUMENT, document.id),
        (About.CODE, code.id),
        (About.JOURNAL, ""),
    ):
        project.memos.write(about, of_id, f" On the {about}. ")

    views = {view.kind: view for view in project.memos.all()}
    assert {kind: (view.subject, view.detail) for kind, view in views.items()} == {
        "project": ("The inquiry", "Loneliness"),
        "submission": ("SIC0001", "Sunday Club"),
        "document": ("SIC0001 · letter.txt", ""),
        "code": ("Connection", ""),
        "journal": ("Journal", ""),
    }
    assert (views["document"].submission_id, views["document"].document_id) == (owner, document.id)
    assert {view.coder for view in views.values()} == {"Noor"}
    assert views["journal"].text == "On the journal."


def test_the_history_says_what_was_written_on(project: Project, letter) -> None:
    document = letter("I was alone.")
    code = project.codebook.add("Connection")

    labels = []
    for about, of_id in (
        (About.SUBMISSION, document.submission_id),
        (About.CODE, code.id),
        (About.PROJECT, ""),
        (About.JOURNAL, ""),
    ):
        memo = project.memos.write(about, of_id, "A thought.")
        labels.append(project.next_labels()[0])
    project.memos.change(memo.id, "Another.")
    labels.append(project.next_labels()[0])

    assert labels == [
        "Write a memo on SIC0001",
        "Write a memo on “Connection”",
        "Write a memo on the inquiry",
        "Write in the journal",
        "Change the entry in the journal",
    ]


def test_several_memos_stand_on_one_thing_oldest_first(project: Project, letter) -> None:
    owner = letter("I was alone.").submission_id
    for text in ("First.", "Second."):
        project.memos.write(About.SUBMISSION, owner, text)

    assert [view.text for view in project.memos.of(About.SUBMISSION, owner)] == [
        "First.",
        "Second.",
    ]
    assert project.memos.of(About.DOCUMENT, owner) == []


def test_an_empty_text_removes_a_memo_and_undo_brings_it_back(project: Project, letter) -> None:
    owner = letter("I was alone.").submission_id
    memo = project.memos.write(About.SUBMISSION, owner, "A thought.")

    assert project.memos.change(memo.id, " \n")

    assert project.memos.all() == []
    assert project.undo() == "Remove the memo on SIC0001"
    assert [view.text for view in project.memos.all()] == ["A thought."]
    assert not project.memos.change(memo.id, "A thought. ")


def test_only_ones_own_memo_can_be_changed(project: Project, letter) -> None:
    document = letter("I was alone.")
    memo = project.memos.write(About.SUBMISSION, document.submission_id, "A thought.")
    coding = project.tag_with_new_code(document, 0, 5, "Loneliness")
    project.codings.write_memo(coding, "On these words.")
    project.as_coder("Asha")

    for one in (memo.id, coding.id):
        with pytest.raises(Refused, match="Noor's"):
            project.memos.change(one, "Mine.")
    assert {view.text for view in project.memos.all()} == {"A thought.", "On these words."}


def test_what_cannot_be_written_is_refused(project: Project) -> None:
    with pytest.raises(Refused, match="empty"):
        project.memos.write(About.JOURNAL, "", " ")
    for about in (About.SUBMISSION, About.DOCUMENT, About.CODE):
        with pytest.raises(NotFound, match="no such"):
            project.memos.write(about, "nothing", "A thought.")
    with pytest.raises(NotFound, match="no longer there"):
        project.memos.change("nothing", "A thought.")


def test_the_memo_in_a_coding_is_listed_and_changed_beside_the_others(
    project: Project, letter
) -> None:
    document = letter("I was alone on Sundays.")
    late = project.tag_with_new_code(document, 15, 22, "Days")
    early = project.tag_with_new_code(document, 0, 5, "Loneliness")
    for coding in (late, early):
        project.codings.write_memo(coding, f"On “{coding.quote}”.")
    project.memos.write(About.DOCUMENT, document.id, "The letter.")

    around = project.memos.around(document.id)

    assert [(view.kind, view.text) for view in around] == [
        ("document", "The letter."),
        (TAG, "On “I was”."),
        (TAG, "On “Sundays”."),
    ]
    assert (around[2].subject, around[2].detail) == ("SIC0001 · Days", "“Sundays”")
    assert (around[2].start, around[2].end) == (15, 22)
    assert project.memos.one(late.id) == around[2]
    project.memos.change(early.id, "")
    assert project.memos.one(early.id) is None
    assert len(project.memos.all()) == 2


def test_a_blind_coder_sees_others_memos_on_tags_only_where_they_declared_the_document(
    project: Project, letter
) -> None:
    documents = [letter("I was alone."), letter("I was not.")]
    for document in documents:
        project.codings.write_memo(
            project.tag_with_new_code(document, 0, 5, "Loneliness"), f"On {document.id}."
        )
    project.memos.write(About.JOURNAL, "", "For all.")
    project.as_coder("Asha")
    project.progress.declare([documents[1].id])

    seen = {
        others: {view.text for view in project.memos.all(Sight(project.coder.id, others))}
        for others in Others
    }

    assert seen[Others.BLIND] == {"For all.", f"On {documents[1].id}."}
    assert seen[Others.HIDDEN] == {"For all."}
    assert len(seen[Others.SHOWN]) == project.memos.count() == 3
    blind = Sight(project.coder.id, Others.BLIND)
    assert project.memos.around(documents[0].id, blind) == []
    assert len(project.memos.around(documents[0].id)) == 1


def test_a_memo_on_a_code_that_was_deleted_is_kept_and_says_so(project: Project) -> None:
    code = project.codebook.add("Connection")
    project.memos.write(About.CODE, code.id, "A thought.")
    with project._store.step("Delete", project.coder) as tx:
        tx.delete(code)

    assert [(view.subject, view.text) for view in project.memos.all()] == [(GONE, "A thought.")]


def test_a_memo_on_a_submission_stays_beside_its_documents_when_that_is_joined_with_another(
    project: Project, letter
) -> None:
    first, second, third = letter("We sang."), letter("We met."), letter("We stayed.")
    for document, text in ((first, "On the first."), (second, "On the second.")):
        project.memos.write(About.SUBMISSION, document.submission_id, text)
    project.memos.write(About.SUBMISSION, third.submission_id, "On the third.")

    project.joining.join("SIC0001", "SIC0002")

    assert [view.text for view in project.memos.around(second.id)] == [
        "On the first.", "On the second.",
    ]  # fmt: skip


def test_memos_are_found_by_their_words(project: Project, letter) -> None:
    owner = letter("I was alone.").submission_id
    project.memos.write(About.SUBMISSION, owner, "Compare with the quetzal.")

    assert [hit.kind for hit in project.find("quetzal")] == ["memo"]


def test_undoing_an_import_is_refused_while_another_coders_memo_is_on_it(
    project: Project, letter
) -> None:
    owner = letter("I was alone.").submission_id
    project.as_coder("Asha")
    project.memos.write(About.SUBMISSION, owner, "A thought.")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="memo by Asha"):
        project.undo()

    assert project.evidence.count() == 1
    assert project.verify() == []


def test_undo_and_redo_take_an_import_and_the_memo_on_it_one_after_the_other(
    project: Project, letter
) -> None:
    owner = letter("I was alone.").submission_id
    project.memos.write(About.SUBMISSION, owner, "A thought.")

    project.undo()
    project.undo()
    assert (project.evidence.count(), project.memos.all()) == (0, [])
    project.redo()
    project.redo()

    assert [view.subject for view in project.memos.all()] == ["SIC0001"]
    assert project.verify() == []


def test_a_withdrawal_takes_the_memos_on_the_submission_from_every_file(
    project: Project, letter
) -> None:
    document = letter("I was alone.")
    letter("I was not.")
    words = {"submission": "Zugzwangphrase", "document": "Quetzalcoatl", "journal": "Wolpertinger"}
    first = project.memos.write(About.SUBMISSION, document.submission_id, words["submission"])
    project.memos.write(About.DOCUMENT, document.id, words["document"])
    project.memos.write(About.JOURNAL, "", words["journal"])
    project.memos.change(first.id, f"Not {words['submission']}")
    project.progress.declare([document.id])

    project.withdrawal.withdraw("SIC0001")

    assert found(project.folder, words) == {"journal"}
    assert [view.kind for view in project.memos.all()] == ["journal"]
    assert project._store.read.readings(project.coder.id) == {}
    assert project.verify() == []


@pytest.mark.parametrize("ending", [".docx", ".csv", ".md"])
def test_a_file_of_memos_says_at_its_head_that_it_is_internal(
    project: Project, letter, tmp_path: Path, ending: str
) -> None:
    owner = letter("I was alone.").submission_id
    project.memos.write(About.SUBMISSION, owner, "=A *thought*\n\nof two paragraphs.")
    project.memos.write(About.JOURNAL, "", "Today.")
    path = tmp_path / f"memos{ending}"

    assert project.memos.export(project.memos.all(), path) == 2

    if ending == ".docx":
        lines = [paragraph.text for paragraph in Word(str(path)).paragraphs]
        assert {"=A *thought*", "of two paragraphs.", "SIC0001", "Today."} <= set(lines)
        head = lines[3]
    elif ending == ".md":
        text = path.read_text(encoding="utf-8")
        assert "### SIC0001" in text
        assert r"A \*thought\*" in text
        head = text.split("\n\n")[2]
    else:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
        assert rows[3][0] == "On a submission"
        assert rows[3][5] == "'=A *thought*\n\nof two paragraphs."
        head = rows[0][0]
    assert "Internal, not for publication" in head


def test_memos_are_not_exported_to_a_kind_of_file_they_cannot_be(
    project: Project, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="no memo"):
        project.memos.export([], tmp_path / "memos.md")
    project.memos.write(About.JOURNAL, "", "Today.")
    with pytest.raises(EvidenceError, match=r"Use \.docx, \.csv or \.md"):
        project.memos.export(project.memos.all(), tmp_path / "memos.pdf")


def test_who_codes_blind_sees_others_memos_on_evidence_once_it_is_declared(
    project: Project, letter
) -> None:
    document, code = letter("I was alone."), project.codebook.add("Connection")
    owner = document.submission_id
    for about, of_id in (
        (About.DOCUMENT, document.id),
        (About.SUBMISSION, owner),
        (About.CODE, code.id),
        (About.PROJECT, ""),
    ):
        project.memos.write(about, of_id, f"A quetzal on the {about}.")
    project.as_coder("Asha")
    project.memos.write(About.DOCUMENT, document.id, "My own quetzal.")
    blind = Sight(project.coder.id, Others.BLIND)

    def seen() -> list[set[str]]:
        found = project.finding.all_hits(parse("quetzal"), Job(), blind)
        return [
            {view.text for view in project.memos.around(document.id, blind)},
            {view.text for view in project.memos.all(blind)},
            {hit.excerpt for hit in found},
        ]

    common = {"My own quetzal.", "A quetzal on the code.", "A quetzal on the project."}
    assert seen() == [{"My own quetzal."}, common, common]
    project.progress.declare([document.id])
    evidence = {"A quetzal on the document.", "A quetzal on the submission."}
    assert seen() == [{"My own quetzal."} | evidence, common | evidence, common | evidence]


def test_a_memo_on_a_submission_waits_until_all_its_documents_are_declared(
    project: Project, letter
) -> None:
    first = letter("I was alone.")
    second = replace(first, id="second", position=1)
    with project._store.step("Add", project.coder) as tx:
        tx.put(second)
    project.memos.write(About.SUBMISSION, first.submission_id, "A thought.")
    project.as_coder("Asha")
    blind = Sight(project.coder.id, Others.BLIND)

    project.progress.declare([first.id])
    assert project.memos.around(first.id, blind) == []
    project.progress.declare([second.id])
    assert [view.text for view in project.memos.around(first.id, blind)] == ["A thought."]


def test_nothing_is_written_on_a_withdrawn_submission(project: Project, letter) -> None:
    owner = letter("I was alone.").submission_id
    project.withdrawal.withdraw("SIC0001")

    with pytest.raises(Refused, match="SIC0001 is withdrawn"):
        project.memos.write(About.SUBMISSION, owner, "She said she was alone.")
    with pytest.raises(Refused, match="SIC0001 is withdrawn"):
        project.evidence.change("SIC0001", respondent="Ada Marsh")
    with pytest.raises(Refused, match="SIC0001 is withdrawn"):
        project.evidence.set_flags("SIC0001", ("Ada Marsh",))
    assert project.memos.all() == []
