"""Where a sentence finds room among others."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Document, Segment, Stretch, new_id
from coder.project import Project
from coder.project.lines import Lines, spread_between
from tests.recorded import drafted

DATA = Path(__file__).parents[1] / "data"

_ENDS = st.one_of(st.none(), st.floats(-1e6, 1e6))


@given(_ENDS, _ENDS, st.integers(0, 40))
def test_positions_ascend_between_two_others_where_there_is_room(low, high, count) -> None:
    if low is not None and high is not None:
        low, high = sorted((low, high))
    roomy = low is None or high is None or high - low > 1e-3

    found = spread_between(low, high, count)

    assert len(found) == count
    if roomy:
        around = [*([] if low is None else [low]), *found, *([] if high is None else [high])]
        assert all(one < other for one, other in pairwise(around))


def test_behind_all_others_they_are_whole_as_the_machine_counts_on() -> None:
    assert spread_between(4.5, None, 3) == [5, 6, 7]
    assert spread_between(None, None, 2) == [0, 1]
    assert spread_between(None, 0, 2) == [-2, -1]


def test_where_there_is_no_room_some_are_the_same() -> None:
    tight = spread_between(1.0, 1.0000000000000002, 3)
    assert len(set(tight)) < 3 or tight[-1] >= 1.0000000000000002


@pytest.fixture
def film(project: Project) -> Document:
    """A transcript of four sentences, ten seconds apart, as far as a machine has come."""
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0001").documents
    made = drafted(media)
    with project._store.step("Hear", project.coder, "machine") as tx:
        tx.put(made)
        for number, text in enumerate(("We met.", "Nobody came.", "Then some.", "The end.")):
            tx.put(_sentence(made, number, number * 10_000, text))
    return made


def _sentence(film: Document, position: float, start_ms: int, text: str) -> Segment:
    return Segment(new_id(), film.id, position, start_ms, start_ms + 3_000, text)


def _hear_on(project: Project, film: Document, text: str, line: str) -> None:
    with project._store.step("Hear on", project.coder, "machine") as tx:
        made = _sentence(film, int(tx.read.last_position(film.id)) + 1, 40_000, text)
        tx.put(replace(made, id=line))
        tx.put(Stretch(new_id(), film.id, 40_000, 45_000))


def _number_anew(project: Project, film: Document) -> None:
    with project._store.step("Number", project.coder, "machine") as tx:
        Lines(tx, project.segments(film.id)[0]).number(tx)


def _texts(project: Project, film: Document) -> list[str]:
    """The sentences in order, each of which has a position of its own."""
    lines = project.segments(film.id)
    assert all(one.position < other.position for one, other in pairwise(lines))
    assert project.verify() == []
    return [one.text for one in lines]


@pytest.mark.parametrize("act", ["join", "delete"])
@pytest.mark.parametrize("line", ["0" * 32, "f" * 32], ids=["lowest id", "highest id"])
def test_a_sentence_that_comes_back_stands_before_what_was_heard_meanwhile(
    project: Project, film: Document, act: str, line: str
) -> None:
    before = _texts(project, film)
    place = 2 if act == "join" else 3
    getattr(project.correcting, act)(project.segments(film.id)[place].id)
    _hear_on(project, film, "And more.", line)

    project.undo()

    assert _texts(project, film) == [*before, "And more."]
    project.redo()
    assert _texts(project, film)[-1] == "And more."
    project.undo()
    assert _texts(project, film) == [*before, "And more."]


def test_sentences_that_come_back_find_their_place_by_time_when_all_were_numbered_anew(
    project: Project, film: Document
) -> None:
    before = _texts(project, film)
    for place in (2, 0):
        project.correcting.delete(project.segments(film.id)[place].id)
    _number_anew(project, film)

    project.undo()
    project.undo()

    assert _texts(project, film) == before


def test_where_sentences_do_not_stand_in_the_order_of_time_one_comes_back_where_it_was(
    project: Project, film: Document
) -> None:
    with project._store.step("Write down", project.coder, "machine") as tx:
        for line in project.segments(film.id):
            tx.put(replace(line, start_ms=40_000 - line.start_ms, end_ms=43_000 - line.start_ms))
    before = _texts(project, film)
    project.correcting.delete(project.segments(film.id)[1].id)

    project.undo()

    assert _texts(project, film) == before


def test_a_correction_can_be_undone_after_all_were_numbered_anew(
    project: Project, film: Document
) -> None:
    before = _texts(project, film)
    first, second, *_ = project.segments(film.id)
    project.correcting.insert(first.id, "Wait.")
    project.correcting.rewrite(second.id, "Nobody was there.")
    _number_anew(project, film)

    project.undo()

    assert _texts(project, film) == [before[0], "Wait.", *before[1:]]
    project.undo()
    assert _texts(project, film) == before
