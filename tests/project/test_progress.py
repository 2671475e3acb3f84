"""How far a coder is: read, declared coded, and what is left to be tagged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.errors import NotFound
from coder.domain.model import Coding, Document, DocumentKind, Paragraph, Status, Style
from coder.domain.paragraphs import lay_out
from coder.project import Project
from coder.project.evidence import State
from coder.project.progress import Overview, paragraphs_to_tag, untagged


def states(project: Project) -> dict[str, str]:
    return {view.submission.ref: view.state.value for view in project.evidence.all()}


def test_a_submission_goes_from_unread_over_begun_and_read_to_coded(
    project: Project, letter
) -> None:
    document = letter("I was alone.")
    seen = [states(project)["SIC0001"]]

    project.tag_with_new_code(document, 0, 5, "Loneliness")
    seen.append(states(project)["SIC0001"])
    project.progress.mark_read([document.id])
    seen.append(states(project)["SIC0001"])
    project.progress.declare([document.id])
    seen.append(states(project)["SIC0001"])

    assert seen == ["unread", "begun", "read", "coded"]
    assert project.evidence.one("SIC0001").state is State.CODED


def test_each_coder_reads_for_themselves(project: Project, letter) -> None:
    document = letter("I was alone.")
    project.progress.declare([document.id])

    project.as_coder("Asha")

    assert states(project) == {"SIC0001": "unread"}
    assert not project.progress.is_read(document.id)
    assert project.progress.reading(document.id) is None


def test_what_is_declared_coded_is_read_and_stays_so_when_that_is_taken_back(
    project: Project, letter
) -> None:
    document = letter("I was alone.")

    project.progress.declare([document.id])
    assert project.next_labels()[0] == "Declare SIC0001 coded"
    assert project.progress.declared(document.id)
    project.progress.declare([document.id], coded=False)

    assert project.next_labels()[0] == "Take back that SIC0001 is coded"
    assert project.progress.is_read(document.id)
    assert not project.progress.declared(document.id)


def test_undo_takes_a_declaration_back(project: Project, letter) -> None:
    document = letter("I was alone.")
    project.progress.mark_read([document.id])
    project.progress.declare([document.id])

    project.undo()
    assert states(project) == {"SIC0001": "read"}
    project.undo()
    assert states(project) == {"SIC0001": "unread"}


def test_what_is_marked_as_unread_is_not_coded_either(project: Project, letter) -> None:
    document = letter("I was alone.")
    project.progress.declare([document.id])

    project.progress.mark_read([document.id], read=False)

    assert states(project) == {"SIC0001": "unread"}
    assert project.next_labels()[0] == "Mark SIC0001 as unread"


def test_coming_to_the_end_is_noted_once_and_is_no_act_to_be_undone(
    project: Project, letter
) -> None:
    document = letter("I was alone.")
    before = project.next_labels()[0]

    assert project.progress.came_to_end(document.id)
    assert not project.progress.came_to_end(document.id)

    assert states(project) == {"SIC0001": "read"}
    assert project.next_labels()[0] == before
    assert len(project._store.read.readings(project.coder.id)) == 1


def test_what_was_said_by_hand_is_not_said_again_by_the_program(project: Project, letter) -> None:
    document = letter("I was alone.")
    project.progress.mark_read([document.id])
    project.progress.mark_read([document.id], read=False)

    assert not project.progress.came_to_end(document.id)
    assert project.undo() == "Mark SIC0001 as unread"


def test_a_declaration_can_be_made_again_after_the_end_was_seen(project: Project, letter) -> None:
    document = letter("I was alone.")
    project.progress.declare([document.id])
    project.undo()

    assert project.progress.came_to_end(document.id)
    assert project.redo() == "Declare SIC0001 coded"
    assert project.progress.declared(document.id)
    assert project.verify() == []


def test_a_project_open_for_reading_only_notes_nothing(project: Project, letter) -> None:
    document = letter("I was alone.")

    with Project.open(project.folder, "Noor", read_only=True) as looking:
        assert not looking.progress.came_to_end(document.id)

    assert project.progress.reading(document.id) is None


def test_of_several_documents_each_counts(project: Project, letter) -> None:
    first = letter("I was alone.")
    second = replace(first, id="second", position=1, title="More.txt")
    with project._store.step("Attach", project.coder) as tx:
        tx.put(second)

    project.progress.mark_read([first.id])
    assert project.next_labels()[0] == "Mark “letter.txt” of SIC0001 as read"
    assert states(project) == {"SIC0001": "begun"}
    project.progress.mark_read([second.id])
    assert states(project) == {"SIC0001": "read"}


def test_a_transcript_is_read_in_place_of_its_recording(project: Project, letter) -> None:
    document = letter("I was alone.")
    film = Document("film", document.submission_id, 1, "film.mp4", DocumentKind.MEDIA)
    heard = Document(
        "heard", document.submission_id, 1, "film.mp4", DocumentKind.TRANSCRIPT, source_id="film"
    )
    with project._store.step("Film", project.coder) as tx:
        tx.put(film)
        tx.put(heard)

    view = project.evidence.one("SIC0001")

    assert [one.id for one in view.to_read] == [document.id, "heard"]
    project.progress.mark_read([document.id, "heard"])
    assert states(project) == {"SIC0001": "read"}


def test_what_is_set_aside_does_not_count(project: Project, letter) -> None:
    documents = [letter(f"I was alone, {number}.") for number in range(5)]
    project.evidence.change("SIC0004", status=Status.BLANK)
    project.joining.set_same("SIC0005", "SIC0001")
    project.progress.mark_read([documents[0].id])
    project.progress.declare([documents[1].id])

    assert project.progress.overview() == Overview(3, 2, 1)
    assert str(project.progress.overview()) == "2 of 3 read · 1 coded"


def test_a_document_that_is_not_there_cannot_be_read(project: Project) -> None:
    with pytest.raises(NotFound):
        project.progress.mark_read(["nothing"])


def test_undo_of_an_import_takes_what_is_known_of_reading_it_and_redo_brings_it_back(
    project: Project, letter
) -> None:
    document = letter("I was alone.")
    project.progress.came_to_end(document.id)
    project.as_coder("Asha")
    project.progress.declare([document.id])
    project.as_coder("Noor")

    project.undo()
    assert project._store.read.readings_of(document.id) == []
    assert project.verify() == []
    project.redo()

    assert len(project._store.read.readings_of(document.id)) == 2
    assert project.verify() == []


def test_which_submissions_a_step_concerns_is_known_also_of_tags_that_have_gone(
    project: Project, letter
) -> None:
    document = letter("I was alone.")
    coding = project.tag_with_new_code(document, 0, 5, "Loneliness")
    project.codings.untag([coding])

    assert project.evidence.holding({("codings", coding.id)}) == {document.submission_id}
    assert project.evidence.holding({("codings", "nothing"), ("codes", "x")}) == set()


def test_only_what_a_respondent_says_is_to_be_tagged() -> None:
    looks = [Style.HEADING, Style.BODY, Style.LIST, Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER]
    text, spans = lay_out((f"As {style}.", style) for style in looks)

    found = paragraphs_to_tag(Document("d", "s", 0, "", DocumentKind.EMAIL, text, spans))

    assert [one.style for one in found] == [Style.BODY, Style.LIST]


@given(
    st.lists(st.integers(1, 12), max_size=12),
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), max_size=8),
)
def test_a_paragraph_is_untagged_just_where_no_coding_touches_it(
    lengths: list[int], places: list[tuple[int, int]]
) -> None:
    paragraphs, start = [], 0
    for length in lengths:
        paragraphs.append(Paragraph("", start, start + length))
        start += length + 1
    codings = [Coding("", "d", "c", "k", at, at + long, "", "") for at, long in places]

    left = untagged(paragraphs, codings)

    assert left == [
        one
        for one in paragraphs
        if not any(c.start < one.end and one.start < c.end for c in codings)
    ]
