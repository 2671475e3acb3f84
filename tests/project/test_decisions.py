"""What was decided stands while its transcript is corrected, and comes back where a tag changes."""

from __future__ import annotations

import pytest

from coder.domain.model import Document, DocumentKind, Segment, new_id
from coder.domain.together import AGREED_ID
from coder.project import Project
from coder.project.settling import State
from coder.store import settled
from tests.project.conftest import DATA
from tests.recorded import drafted

LINES = ("We met every Tuesday in the old hall.", "Then the acquire opened its doors.")


@pytest.fixture
def film(project: Project) -> Document:
    """A transcript on whose second line Asha and Noor differ; Noor is at work and settled it."""
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    made = drafted(project.evidence.one("SIC0001").documents[0])
    with project._store.step("Hear", project.coder, "machine") as tx:
        tx.put(made)
        for n, text in enumerate(LINES):
            tx.put(Segment(new_id(), made.id, n, n * 9_000, n * 9_000 + 5_000, text))
    document = project.document(made.id)
    assert document.kind is DocumentKind.TRANSCRIPT
    start, end = document.text.index("acquire"), len(document.text)
    for who, path in (("Asha", "Music"), ("Noor", "Places")):
        project.as_coder(who)
        project.tag_with_new_code(document, start, end, path)
    [case] = project.settling.queue().cases
    project.settling.accept(case, case.place.sides[0])
    return document


def state(project: Project) -> State:
    [case] = project.settling.queue().cases
    return case.state


def decided(project: Project, film: Document) -> str:
    """The words over which was decided, where the decision says they stand."""
    [decision] = settled.decisions(project._store.reader)
    return project.document(film.id).text[decision.start : decision.end]


def test_it_stands_while_the_words_are_corrected(project: Project, film: Document) -> None:
    first, second = project.segments(film.id)
    project.correcting.rewrite(first.id, "We met on every single Tuesday in the old hall.")
    project.correcting.rewrite(second.id, "Then the choir opened its doors.")
    assert state(project) is State.SETTLED
    assert decided(project, film) == "choir opened its doors."
    agreed = [one for one in project.codings.of(film.id) if one.coder_id == AGREED_ID]
    assert [one.quote for one in agreed] == ["choir opened its doors."]
    assert project.verify() == []


def test_it_stands_when_a_correction_is_undone(project: Project, film: Document) -> None:
    second = project.segments(film.id)[1]
    project.correcting.rewrite(second.id, "Then the choir opened its doors.")
    project.undo()
    assert state(project) is State.SETTLED
    assert decided(project, film) == "acquire opened its doors."


def test_it_is_undone_after_somebody_corrected_the_words(project: Project, film: Document) -> None:
    first = project.segments(film.id)[0]
    project.as_coder("Asha")
    project.correcting.rewrite(first.id, "We met on every single Tuesday in the old hall.")
    project.as_coder("Noor")
    assert (project.undo() or "").startswith("Settle")
    assert state(project) is State.OPEN
    project.redo()
    assert state(project) is State.SETTLED
    assert decided(project, film) == "acquire opened its doors."


def test_it_comes_back_where_a_tag_begins_elsewhere(project: Project, film: Document) -> None:
    mine = next(one for one in project.codings.of(film.id) if one.coder_id == project.coder.id)
    project.codings.resize(mine, project.document(film.id), mine.start - 4, mine.end)
    assert state(project) is State.AGAIN
