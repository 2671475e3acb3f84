"""Undo and redo where somebody else has corrected a transcript or coded on it since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.errors import Refused
from coder.domain.model import Coding, Document, DocumentKind, Segment, new_id
from coder.project import Project

LINES = ("We met in the hall.", "Then the acquire opened.", "Nobody sat alone.")


@pytest.fixture
def film(project: Project, letter) -> Document:
    """A transcript of three lines, which another document came before."""
    before = letter("A covering note.")
    made = Document(new_id(), before.submission_id, 1, "film (transcript)", DocumentKind.TRANSCRIPT)
    with project._store.step("Hear", project.coder, "machine") as tx:
        tx.put(made)
        for n, text in enumerate(LINES):
            tx.put(Segment(new_id(), made.id, n, n * 9_000, n * 9_000 + 5_000, text))
    return project.document(made.id)


def tag(project: Project, film: Document, words: str) -> Coding:
    text = project.document(film.id).text
    start = text.index(words)
    return project.tag_with_new_code(project.document(film.id), start, start + len(words), "Places")


def correct(project: Project, film: Document, coder: str = "Asha") -> None:
    """Another coder makes the first line longer, and the first coder goes on."""
    me = project.coder.name
    project.as_coder(coder)
    first = project.segments(film.id)[0]
    project.correcting.rewrite(first.id, "We met every Tuesday in the old hall.")
    project.as_coder(me)


def test_a_tag_that_a_correction_carried_along_can_still_be_undone(project: Project, film) -> None:
    made = tag(project, film, "sat alone")
    correct(project, film)

    assert project.undo() == "Tag “Places”"
    assert project.codings.find(made.id) is None
    assert project.verify() == []

    project.redo()
    text = project.document(film.id).text
    back = project.codings.one(made.id)
    assert text[back.start : back.end] == back.quote == "sat alone"
    assert project.verify() == []


def test_a_mark_is_taken_back_where_the_tag_stands_now(project: Project, film) -> None:
    made = tag(project, film, "sat alone")
    project.codings.mark([made], marked=True)
    correct(project, film)
    carried = project.codings.one(made.id)

    project.undo()

    now = project.codings.one(made.id)
    assert not now.marked
    assert (now.start, now.end) == (carried.start, carried.end) != (made.start, made.end)
    assert project.verify() == []


def test_what_was_resized_before_a_correction_stays_resized(project: Project, film) -> None:
    made = tag(project, film, "sat alone")
    project.codings.resize(made, film, made.start, made.end - 6)
    correct(project, film)

    with pytest.raises(Refused, match="changed since"):
        project.undo()

    assert project.verify() == []


def test_a_correction_is_not_undone_under_tags_put_behind_it_since(project: Project, film) -> None:
    first = project.segments(film.id)[0]
    project.correcting.rewrite(first.id, "We met every Tuesday in the old hall.")
    me = project.coder.name
    project.as_coder("Ben")
    theirs = tag(project, film, "sat alone")
    project.as_coder(me)
    text = project.document(film.id).text

    with pytest.raises(Refused, match="no longer stand on their words"):
        project.undo()

    assert project.document(film.id).text == text
    assert project.codings.one(theirs.id) == theirs
    assert project.verify() == []


def test_a_removed_tag_does_not_come_back_on_other_words(project: Project, film) -> None:
    made = tag(project, film, "sat alone")
    project.codings.untag([made])
    correct(project, film)

    with pytest.raises(Refused, match="tag it again"):
        project.undo()

    assert project.codings.find(made.id) is None
    assert project.verify() == []


@pytest.fixture
def made(project: Project, film: Document) -> Document:
    """The same transcript as a machine's draft of a recording."""
    media = replace(film, id=new_id(), kind=DocumentKind.MEDIA, text="", paragraphs=())
    with project._store.step("Import", project.coder, "machine") as tx:
        tx.put(media)
        tx.put(replace(film, source_id=media.id, machine_draft=True, text="", paragraphs=()))
    return project.document(film.id)


def check(project: Project, made: Document, coder: str, *, checked: bool = True) -> None:
    me = project.coder.name
    project.as_coder(coder)
    project.set_checked(made.id, checked=checked)
    project.as_coder(me)


def test_what_somebody_has_checked_is_not_changed_by_undo_nor_redo(
    project: Project, made: Document
) -> None:
    correct(project, made, project.coder.name)
    check(project, made, "Asha")

    with pytest.raises(Refused, match="checked by a person since"):
        project.undo()

    check(project, made, "Asha", checked=False)
    project.undo()
    check(project, made, "Asha")
    with pytest.raises(Refused, match="checked by a person since"):
        project.redo()
    assert project.document(made.id).text == "\n".join(LINES)
    assert project.verify() == []


def test_undo_does_not_call_words_checked_that_came_later(project: Project, made: Document) -> None:
    check(project, made, "Asha")
    check(project, made, project.coder.name, checked=False)
    correct(project, made)

    with pytest.raises(Refused, match="changed since it was checked"):
        project.undo()

    assert project.document(made.id).machine_draft


def test_what_was_corrected_after_the_check_is_undone_and_done_again(
    project: Project, made: Document
) -> None:
    me = project.coder.name
    check(project, made, me)
    correct(project, made, me)
    check(project, made, me, checked=False)
    correct(project, made, me)

    done = 0
    while project.undo():
        done += project.document(made.id).machine_draft
        if project.next_labels()[0] == f"Mark “{made.title}” as checked":
            break
    assert not project.document(made.id).machine_draft
    assert project.document(made.id).text == "\n".join(LINES)
    while project.redo():
        pass
    assert project.document(made.id).machine_draft
    assert project.verify() == []


def test_a_checked_transcript_that_was_removed_comes_back_checked(
    project: Project, made: Document
) -> None:
    check(project, made, project.coder.name)
    project.transcripts.remove(made.source_id)

    project.undo()

    assert project.document(made.id) == replace(made, machine_draft=False)
