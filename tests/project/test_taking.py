"""What becomes of a transcript where something happens to its recording while it is heard."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError, Refused
from coder.domain.model import About, Document, Standing
from coder.domain.quiet import Quiet
from coder.jobs import Job
from coder.project import Project
from coder.project.manner import Manner, manner_of
from coder.project.workforce import Workforce
from coder.transcribe import run
from coder.transcribe.engine import Heard, Piece
from tests.project.conftest import WORDS

DATA = Path(__file__).parents[1] / "data"
SYNTHETIC = Manner(model="whisper-synthetic")
NAMED = Manner(model="whisper-synthetic", hotwords="Ffion Hughes")


@pytest.fixture
def film(project: Project) -> Document:
    """Four spoken sentences, imported."""
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0001").documents
    return media


@pytest.fixture
def beside(project: Project, write) -> str:
    """The reference of a letter."""
    project.intake.bring([write("letter.txt", WORDS)])
    return "SIC0002"


def once(project: Project, table: str, act: Callable[[], object]) -> None:
    """Does something as soon as rows of a table were written, once."""
    waiting = [act]
    project.watch(lambda done: waiting.pop()() if waiting and done.touches(table) else None)


def at_the_first_sound(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Does something when the worker has begun and before anything is kept."""
    from coder.project import transcripts

    real = transcripts._pieces

    def pieces(*asked):
        for number, piece in enumerate(real(*asked)):
            if number == 0:
                act()
            yield piece

    monkeypatch.setattr(transcripts, "_pieces", pieces)


def corrected(project: Project, film: Document) -> str:
    """Has a person correct the first sentence; gives what they wrote."""
    transcript = project.transcripts.of(film.id)
    project.correcting.rewrite(project.segments(transcript.id)[0].id, "By hand.")
    return "By hand."


def stopped(project: Project, film: Document, manner: Manner = SYNTHETIC) -> None:
    """A transcript that was stopped after its first piece with words."""
    job = Job()
    once(project, "segments", job.cancel)
    with pytest.raises(Cancelled):
        project.transcripts.make(film.id, manner, job)


def work_through(project: Project) -> None:
    """Hears all that waits in the queue."""
    force = Workforce(project.transcripts, project.queue)
    force.start()
    force.wait()
    force.close()


def first(project: Project, film: Document) -> str:
    return project.segments(project.transcripts.of(film.id).id)[0].text


def test_a_submission_joined_with_another_takes_along_the_transcript_being_made(
    project: Project, film: Document, beside: str
) -> None:
    once(project, "segments", lambda: project.joining.join(beside, "SIC0001"))

    made = project.transcripts.make(film.id, SYNTHETIC)

    assert made.submission_id == project.submission(beside).id
    assert len(project.segments(made.id)) == 4
    assert project.verify() == []


def test_a_transcript_begins_where_its_recording_stands_by_then(
    project: Project, film: Document, beside: str, monkeypatch
) -> None:
    at_the_first_sound(monkeypatch, lambda: project.joining.join(beside, "SIC0001"))

    made = project.transcripts.make(film.id, SYNTHETIC)

    assert made.submission_id == project.submission(beside).id


def test_a_recording_withdrawn_before_its_first_word_leaves_nothing(
    project: Project, film: Document, monkeypatch
) -> None:
    at_the_first_sound(monkeypatch, lambda: project.withdrawal.withdraw("SIC0001"))

    with pytest.raises(EvidenceError):
        project.transcripts.make(film.id, NAMED)

    _nothing_left(project)


def test_a_recording_withdrawn_while_it_is_heard_leaves_nothing(
    project: Project, film: Document
) -> None:
    project.queue.add([film.id], NAMED)

    def withdraw() -> None:
        project.back_up()
        project.withdrawal.withdraw("SIC0001")

    once(project, "segments", withdraw)

    work_through(project)

    _nothing_left(project)
    assert project.queue.all() == []


def _nothing_left(project: Project) -> None:
    assert project.verify() == []
    kept = b"".join(one.read_bytes() for one in project.folder.rglob("*") if one.is_file())
    assert not [word for word in (b"offset2", b"Ffion", b"real name") if word in kept]


def test_what_waits_in_the_queue_is_not_heard_twice(project: Project, film: Document) -> None:
    [waiting] = project.queue.add([film.id], SYNTHETIC)

    project.transcripts.make(film.id, NAMED)

    assert project.queue.all() == []
    made_by = project.queue.of(project.transcripts.of(film.id))
    assert made_by.id == waiting.id
    assert manner_of(made_by).hotwords == "Ffion Hughes"


def test_the_queue_goes_on_with_what_was_begun_beside_it(project: Project, film: Document) -> None:
    project.queue.add([film.id], SYNTHETIC)
    stopped(project, film)
    wrote = corrected(project, film)

    work_through(project)

    assert project.transcripts.finished(film.id)
    assert first(project, film) == wrote
    assert project.queue.all() == []


def test_how_it_is_heard_is_noted_as_it_was_when_it_began(
    project: Project, film: Document, monkeypatch
) -> None:
    [waiting] = project.queue.add([film.id], SYNTHETIC)
    at_the_first_sound(monkeypatch, lambda: project.queue.change(waiting.id, NAMED))

    work_through(project)

    assert manner_of(project.queue.of(project.transcripts.of(film.id))) == SYNTHETIC


def test_a_transcript_that_comes_back_takes_its_recording_out_of_the_queue(
    project: Project, film: Document
) -> None:
    project.transcripts.make(film.id, SYNTHETIC)
    wrote = corrected(project, film)
    project.transcripts.remove(film.id)
    [waiting] = project.queue.add([film.id], SYNTHETIC)

    project.undo()

    assert project.queue.all() == []
    work_through(project)
    assert first(project, film) == wrote
    project.redo()
    assert project.queue.all() == [waiting], "redo brings back all that undo took"
    assert project.verify() == []


def test_a_stopped_transcript_that_was_removed_comes_back_and_goes_on(
    project: Project, film: Document
) -> None:
    stopped(project, film)
    heard = project.segments(project.transcripts.of(film.id).id)
    project.transcripts.remove(film.id)

    project.undo()
    made = project.transcripts.make(film.id, SYNTHETIC)

    assert project.segments(made.id)[: len(heard)] == heard
    assert len(project.segments(made.id)) == 4


def test_what_an_earlier_version_began_is_not_pushed_aside_by_the_queue(
    project: Project, film: Document
) -> None:
    stopped(project, film)
    wrote = corrected(project, film)
    transcript = project.transcripts.of(film.id)
    with project._store.step("As it was", project.coder, "machine") as tx:
        tx.delete(tx.read.hearing_of(transcript.id))
        for stretch in tx.read.stretches(transcript.id):
            tx.delete(stretch)
    project.queue.add([film.id], SYNTHETIC)

    work_through(project)

    [failed] = project.queue.all()
    assert failed.standing is Standing.FAILED
    assert "begun by an earlier version" in failed.problem
    assert first(project, film) == wrote
    with project._store.step("As nobody corrected it", project.coder, "machine") as tx:
        tx.put(replace(tx.read.segments(transcript.id)[0], text="As heard.", checked=False))
    project.queue.add([film.id], SYNTHETIC, again=True)
    work_through(project)
    assert project.transcripts.finished(film.id), "it does as it was told to do"
    assert project.queue.all() == []


def test_nobody_listens_in_a_project_that_is_open_for_reading_only(
    project: Project, film: Document, monkeypatch
) -> None:
    project.close()
    monkeypatch.setattr(run, "transcribe", lambda *_, **__: pytest.fail("somebody listens"))

    with (
        Project.open(project.folder, "Noor", read_only=True) as seen,
        pytest.raises(Refused, match="open for reading only"),
    ):
        seen.transcripts.make(film.id, SYNTHETIC)


def test_what_was_corrected_while_the_model_was_loaded_stays(
    project: Project, film: Document, monkeypatch
) -> None:
    project.transcripts.make(film.id, SYNTHETIC)
    at_the_first_sound(monkeypatch, lambda: corrected(project, film))

    with pytest.raises(Refused, match="1 sentence was worked on by hand"):
        project.transcripts.make_again(film.id, SYNTHETIC)

    assert first(project, film) == "By hand."


def test_what_was_not_heard_yet_is_not_heard_with_the_last_sentence(
    project: Project, film: Document, monkeypatch
) -> None:
    stopped(project, film)
    transcript = project.transcripts.of(film.id)
    until = project._store.read.heard_until(transcript.id)
    last = replace(project.segments(transcript.id)[-1], end_ms=until - 50)
    with project._store.step("Hear up to the end", project.coder, "machine") as tx:
        tx.put(last)
    asked: list[run.Span] = []

    def hear(path: Path, way: run.Way, spans: list[run.Span], **_: object) -> list[Piece]:
        asked.extend(spans)
        return [Piece(start, end, True) for start, end in spans]

    monkeypatch.setattr(run, "hear", hear)

    project.relistening.hear_again([last.id])

    assert [end for _, end in asked] == [until]


def test_speech_of_which_nothing_came_is_listed_and_can_be_heard_by_itself(
    project: Project, film: Document, monkeypatch
) -> None:
    said = Heard(500, 1_500, "We met in the hall.", 0.9, 0.1, 1.0, 0.0)
    pieces = [
        Piece(0, 9_000, True, (said,), missed=((2_000, 6_000),)),
        Piece(9_000, 15_000, True, (replace(said, start_ms=9_500, end_ms=14_000),)),
    ]
    monkeypatch.setattr(run, "transcribe", lambda *_, **__: (one for one in pieces))

    transcript = project.transcripts.make(film.id, SYNTHETIC)

    assert project.relistening.quiet(transcript.id) == [Quiet(2_000, 6_000)]
    assert project.transcripts.heard_until(transcript) == 15_000
    monkeypatch.setattr(run, "hear", lambda *_, **__: [Piece(2_000, 6_000, True)])
    project.relistening.hear_anyway(transcript.id, 2_000, 6_000)
    assert project.relistening.quiet(transcript.id) == []
    assert project.verify() == []


@pytest.mark.skipif(sys.platform != "linux", reason="there is no file there that cannot be read")
def test_a_recording_that_cannot_be_read_is_named_without_its_place(
    project: Project, film: Document
) -> None:
    path = project.evidence.original_path(film)
    path.unlink()
    path.symlink_to("/proc/self/mem")

    with pytest.raises(EvidenceError, match=r"“evidence_offset2\.mp4” cannot be read") as told:
        project.transcripts.make(film.id, SYNTHETIC)

    assert "originals" not in str(told.value)


def test_a_memo_on_a_transcript_keeps_it_and_who_read_it_goes_with_it(
    project: Project, film: Document
) -> None:
    made = project.transcripts.make(film.id, SYNTHETIC)
    memo = project.memos.write(About.DOCUMENT, made.id, "She speaks slowly.")

    for act in (project.transcripts.remove, project.transcripts.may_replace):
        with pytest.raises(Refused, match="There is a memo by Noor on"):
            act(film.id)

    project.memos.change(memo.id, "")
    project.progress.came_to_end(made.id)
    read = project._store.read.readings_of(made.id)
    assert read
    project.transcripts.remove(film.id)
    assert project._store.read.readings_of(made.id) == []
    project.undo()
    assert project._store.read.readings_of(made.id) == read
