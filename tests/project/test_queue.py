"""What waits to be transcribed, in which order and how, and that it outlives the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, NotFound, Refused
from coder.domain.model import Document, Hearing, Standing
from coder.jobs import Job
from coder.project import Project
from coder.project.manner import Manner, manner_of
from tests.recorded import bring_films

DATA = Path(__file__).parents[1] / "data"
SYNTHETIC = Manner(model="whisper-synthetic")


@pytest.fixture
def films(project: Project, tmp_path: Path) -> list[Document]:
    """Four recordings of the same words."""
    return bring_films(project, tmp_path, DATA / "evidence_offset2.mp4", 4)


def queued(project: Project, films: list[Document]) -> list[Hearing]:
    return project.queue.add([film.id for film in films], SYNTHETIC)


def media(project: Project) -> list[str]:
    return [one.media_id for one in project.queue.all()]


def begun(project: Project, film: Document) -> None:
    """A transcript that was stopped after its first piece with words."""
    job = Job()
    project.watch(lambda done: job.cancel() if done.touches("segments") else None)
    with pytest.raises(Cancelled):
        project.transcripts.make(film.id, SYNTHETIC, job)


def test_recordings_wait_in_the_order_in_which_they_were_put_in_and_how_is_kept(
    project: Project, films: list[Document]
) -> None:
    manner = Manner("faster-whisper", "whisper-synthetic", "en", 1, True, "Tarn Street")

    project.queue.add([films[2].id], manner)
    project.queue.add([films[0].id, films[1].id], SYNTHETIC)
    project.close()

    with Project.open(project.folder, "Noor") as again:
        assert media(again) == [films[2].id, films[0].id, films[1].id]
        assert manner_of(again.queue.all()[0]) == manner
        assert {one.standing for one in again.queue.all()} == {Standing.WAITING}
        assert again.verify() == []


def test_the_order_is_changed_by_hand(project: Project, films: list[Document]) -> None:
    a, b, c, d = queued(project, films)

    project.queue.move([d.id, b.id], before=a.id)
    assert [one.id for one in project.queue.all()] == [d.id, b.id, a.id, c.id]

    project.queue.move([d.id])
    assert [one.id for one in project.queue.all()] == [b.id, a.id, c.id, d.id]


def test_one_can_be_held_back_released_and_given_up(
    project: Project, films: list[Document]
) -> None:
    [one] = queued(project, films[:1])

    project.queue.hold([one.id])
    assert project.queue.one(one.id).standing is Standing.HELD
    project.queue.give_up(one.id, "The model is damaged.")
    failed = project.queue.one(one.id)
    assert (failed.standing, failed.problem) == (Standing.FAILED, "The model is damaged.")
    project.queue.release([one.id])
    assert project.queue.one(one.id).problem == ""
    assert project.queue.one(one.id).standing is Standing.WAITING


def test_what_is_put_in_twice_waits_once_in_the_manner_asked_for_last(
    project: Project, films: list[Document]
) -> None:
    queued(project, films[:2])

    project.queue.add([films[0].id], Manner(model="whisper-synthetic", hotwords="Ffion"))

    assert media(project) == [films[0].id, films[1].id]
    assert project.queue.all()[0].hotwords == "Ffion"


def test_the_manner_of_one_that_waits_can_be_changed_until_it_is_begun(
    project: Project, films: list[Document]
) -> None:
    [one] = queued(project, films[:1])
    project.queue.change(one.id, Manner(model="whisper-synthetic", track=1))
    assert project.queue.one(one.id).track == 1
    project.queue.remove([one.id])

    begun(project, films[1])
    [hearing] = project.queue.add([films[1].id], Manner(model="whisper-synthetic", apart=True))

    assert hearing.apart is False, "it goes on as it was begun"
    with pytest.raises(Refused, match="begun already"):
        project.queue.change(hearing.id, SYNTHETIC)


def test_what_leaves_the_queue_keeps_what_was_heard_and_can_be_gone_on_with(
    project: Project, films: list[Document]
) -> None:
    begun(project, films[0])
    [hearing] = project.queue.add([films[0].id], SYNTHETIC)
    heard = project.segments(hearing.transcript_id)

    project.queue.remove([hearing.id])
    assert project.queue.all() == []
    assert project.segments(hearing.transcript_id) == heard
    assert project.transcripts.pending("SIC0001") == [films[0]]

    [again] = project.queue.add([films[0].id], SYNTHETIC)
    done = project.transcripts.hear(again, Job())
    assert project.segments(done.id)[: len(heard)] == heard
    assert project.queue.all() == []


def test_a_transcript_that_gives_way_leaves_the_queue(
    project: Project, films: list[Document]
) -> None:
    begun(project, films[0])
    project.queue.add([films[0].id], SYNTHETIC)

    project.queue.add([films[0].id], SYNTHETIC, again=True)

    [hearing] = project.queue.all()
    assert (hearing.again, hearing.transcript_id) == (True, "")
    old = project.transcripts.of(films[0].id)
    new = project.transcripts.hear(hearing, Job())
    assert new.id != old.id
    assert project.undo() == f"Transcribe “{films[0].title}” again"
    assert project.transcripts.of(films[0].id) == old
    assert project.verify() == []


def test_what_cannot_be_transcribed_is_refused_and_nothing_is_queued(
    project: Project, films: list[Document], tmp_path: Path
) -> None:
    project.intake.bring([DATA / "no_audio.mp4"])
    [silent] = project.evidence.one("SIC0005").documents
    made = project.transcripts.make(films[0].id, SYNTHETIC)

    for wrong, told in (
        (silent.id, "has no sound track"),
        (films[0].id, "has a transcript already"),
        (made.id, "not a recording"),
        ("nothing", "not a recording"),
    ):
        with pytest.raises(Refused, match=told):
            project.queue.add([films[1].id, wrong], SYNTHETIC)
    assert project.queue.all() == []
    with pytest.raises(NotFound):
        project.queue.one("nothing")


def test_the_queue_is_no_act_of_a_person_on_the_evidence(
    project: Project, films: list[Document]
) -> None:
    before = project.next_labels()

    queued(project, films)

    assert project.next_labels() == before


def test_what_was_finished_or_taken_out_meanwhile_does_not_come_back(
    project: Project, films: list[Document]
) -> None:
    [finished, begun_one] = queued(project, films[:2])
    project.transcripts.hear(finished, Job())
    begun(project, films[1])
    project.queue.remove([begun_one.id])

    project.queue.hold([finished.id])
    project.queue.release([finished.id])
    project.queue.give_up(begun_one.id, "The worker broke down.")

    assert project.queue.all() == []


def test_an_import_that_is_undone_leaves_no_recording_waiting(
    project: Project, films: list[Document]
) -> None:
    queued(project, films)

    project.undo()

    assert media(project) == [film.id for film in films[:3]]
    project.redo()
    assert media(project) == [film.id for film in films], "redo brings back all that undo took"
    assert project.verify() == []


def test_a_withdrawn_recording_leaves_the_queue_with_the_names_it_expected(
    project: Project, films: list[Document]
) -> None:
    project.queue.add([films[0].id], Manner(model="whisper-synthetic", hotwords="Ffion Hughes"))

    project.withdrawal.withdraw("SIC0001")

    assert project.queue.all() == []
    assert project.verify() == []
    everything = (project.folder / "project.db").read_bytes()
    assert b"Ffion Hughes" not in everything


def test_a_transcript_that_may_not_go_is_refused_before_anything_waits(
    project: Project, films: list[Document]
) -> None:
    transcript = project.transcripts.make(films[0].id, SYNTHETIC)
    code = project.codebook.add("Trust")
    project.codings.tag(transcript, 0, 6, [code])

    with pytest.raises(Refused, match="1 tag lies on"):
        project.queue.add([films[0].id], SYNTHETIC, again=True)

    assert project.queue.all() == []


def test_one_that_was_given_up_waits_again_in_another_manner(
    project: Project, films: list[Document]
) -> None:
    [one] = queued(project, films[:1])
    project.queue.give_up(one.id, "It broke.")

    changed = project.queue.change(one.id, Manner(model="whisper-synthetic", hotwords="Tarn"))

    assert (changed.standing, changed.problem) == (Standing.WAITING, "")
