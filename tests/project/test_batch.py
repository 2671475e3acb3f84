"""A batch of recordings, heard by this machine's processes, by any executor, by a cluster."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError
from coder.domain.model import Document, Segment, Standing
from coder.jobs import Job, Progress
from coder.project import Project, cluster
from coder.project.batch import Pace, hear_all
from coder.project.manner import Manner
from coder.project.workforce import News
from coder.transcribe import spread
from tests.recorded import bring_films

DATA = Path(__file__).parents[1] / "data"
SYNTHETIC = Manner(model="whisper-synthetic")


@pytest.fixture
def films(project: Project, tmp_path: Path) -> list[Document]:
    """Three recordings of four sentences, that differ in their bytes."""
    return bring_films(project, tmp_path, DATA / "evidence_offset2.mp4", 3)


def heard(project: Project, films: list[Document], **how) -> list[list[tuple]]:
    """What is said in each of the recordings, and when, by which measures."""
    line = project.queue.add([film.id for film in films], SYNTHETIC)
    outcomes = hear_all(project.transcripts, project.queue, line, Job(), **how)
    assert [one.problem for one in outcomes] == [""] * len(films)
    return [
        [_without_ids(one) for one in project.segments(outcome.transcript.id)]
        for outcome in outcomes
    ]


def _without_ids(one: Segment) -> tuple:
    return one.start_ms, one.end_ms, one.text, one.words, one.confidence, one.no_speech


@pytest.fixture
def processes() -> Iterator[Executor]:
    """Two processes of this machine, as any program may have them."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as found:
        yield found


def test_any_executor_gives_what_one_process_gives(
    project: Project, films: list[Document], processes: Executor
) -> None:
    alone = heard(project, films[:1])

    spread_out = heard(project, films[1:], executor=processes)

    assert len(alone[0]) == 4
    assert spread_out == alone * 2
    assert project.verify() == []


@pytest.mark.cluster
def test_the_workers_of_a_cluster_give_what_one_process_gives(
    project: Project, films: list[Document], tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    alone = heard(project, films[:1])

    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=str(tmp_path / "dask"),
        ) as office,
        cluster.executor(office.scheduler_address) as executor,
    ):
        spread_out = heard(project, films[1:], executor=executor)
        with distributed.Client(office, set_as_default=False) as client:
            loaded = client.run(lambda: spread.loaded.cache_info().currsize)

    assert spread_out == alone * 2
    assert set(loaded.values()) == {1}, "each of the two workers has loaded the model"


@pytest.mark.cluster
def test_a_cluster_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "PATIENCE", "1s")

    with (
        pytest.raises(EvidenceError, match="No cluster answers"),
        cluster.executor("tcp://127.0.0.1:9"),
    ):
        pass


def test_a_worker_that_dies_is_a_sentence_and_what_was_heard_stays(
    project: Project, films: list[Document], processes: Executor
) -> None:
    line = project.queue.add([films[0].id], SYNTHETIC)
    for process in _started(processes):
        process.kill()

    [outcome] = hear_all(project.transcripts, project.queue, line, Job(), executor=processes)

    assert outcome.transcript is None
    assert "a worker failed" in outcome.problem
    assert project.queue.one(line[0].id).standing is Standing.FAILED


def _started(processes: ProcessPoolExecutor) -> list[multiprocessing.Process]:
    processes.submit(int).result()
    return list(processes._processes.values())


def test_one_that_fails_stops_no_other_and_is_told_beside_them(
    project: Project, films: list[Document]
) -> None:
    project.evidence.original_path(films[1]).unlink()
    line = project.queue.add([film.id for film in films], SYNTHETIC)

    outcomes = hear_all(project.transcripts, project.queue, line, Job())

    assert [one.transcript is None for one in outcomes] == [False, True, False]
    assert "“film-1.mp4” is missing" in outcomes[1].problem


def test_one_whose_transcript_was_tagged_meanwhile_is_told_of_and_waits_no_more(
    project: Project, films: list[Document]
) -> None:
    transcript = project.transcripts.make(films[0].id, SYNTHETIC)
    line = project.queue.add([films[0].id], SYNTHETIC, again=True)
    project.codings.tag(transcript, 0, 6, [project.codebook.add("Trust")])

    [outcome] = hear_all(project.transcripts, project.queue, line, Job())

    assert outcome.transcript is None
    assert "1 tag lies on" in outcome.problem
    assert project.queue.all() == []


@pytest.mark.listens
def test_a_stop_holds_back_what_is_left_and_the_next_time_it_goes_on(
    project: Project, films: list[Document]
) -> None:
    job = Job()
    project.watch(lambda done: job.cancel() if done.touches("segments") else None)
    line = project.queue.add([film.id for film in films[:2]], SYNTHETIC)

    with pytest.raises(Cancelled):
        hear_all(project.transcripts, project.queue, line, job, at_once=1)

    assert [one.standing for one in project.queue.all()] == [Standing.HELD] * 2
    kept = project.segments(project.queue.all()[0].transcript_id)
    assert kept
    project._store.watchers.clear()
    [first, _] = heard(project, films[:2])
    assert [one[2] for one in first][: len(kept)] == [one.text for one in kept]
    assert len(first) == 4


def test_the_pace_of_a_batch_tells_how_much_of_all_is_done_and_what_is_left() -> None:
    passed = 1.0
    pace = Pace({"a": 60_000, "b": 30_000}, lambda: passed)

    assert pace.take(News("a", began=True)).fraction == 0
    early = pace.take(News("a", progress=Progress(30_000, 60_000, "Transcribing “a”")))
    assert early.seconds_left is None
    passed = 11.0
    half = pace.take(News("a", progress=Progress(30_000, 60_000, "Transcribing “a”")))
    assert half.fraction == pytest.approx(1 / 3)
    assert half.seconds_left == pytest.approx(20)
    assert pace.take(News("a", ended=True)).done == 60_000
    last = pace.take(News("b", ended=True))
    assert (last.fraction, last.seconds_left) == (1, 0)


def test_a_full_disk_is_told_of_the_recording_that_it_broke_off(
    project: Project, films: list[Document]
) -> None:
    [one] = project.queue.add([films[0].id], SYNTHETIC)
    writer = project._store._writer

    def fill(done) -> None:
        if done.touches("segments"):
            pages = writer.execute("PRAGMA page_count").fetchone()[0]
            writer.execute(f"PRAGMA max_page_count = {pages}")

    project.watch(fill)

    [outcome] = hear_all(project.transcripts, project.queue, [one], Job())

    assert outcome.transcript is None
    assert "full" in outcome.problem
    writer.execute("PRAGMA max_page_count = 1000000")
