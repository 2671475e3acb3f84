"""Several recordings at once, each of which can be stopped and gone on with."""

from __future__ import annotations

import json
import queue
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path

import psutil
import pytest

from coder import places
from coder.domain.errors import EvidenceError
from coder.domain.model import Document, Standing
from coder.project import Project
from coder.project.manner import Manner
from coder.project.workforce import News, Workforce, room_for
from coder.transcribe import install, machine, models
from coder.transcribe.run import Way
from tests.recorded import bring_films

DATA = Path(__file__).parents[1] / "data"
FILM = DATA / "evidence_offset2.mp4"
SYNTHETIC = Manner(model="whisper-synthetic")
TRUTH = json.loads((DATA / "evidence_offset2.truth.json").read_text("utf-8"))


class Listener:
    """Keeps the news, and lets a test wait for some of it."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self._came = threading.Condition()

    def __call__(self, news: News) -> None:
        with self._came:
            self.news.append(news)
            self._came.notify_all()

    def wait_for(self, what: Callable[[News], bool], seconds: float = 60) -> None:
        with self._came:
            came = self._came.wait_for(lambda: any(what(one) for one in self.news), seconds)
        assert came, [one for one in self.news if not one.progress]

    def ended(self) -> dict[str, str]:
        return {one.hearing_id: str(one.problem or "") for one in self.news if one.ended}


@pytest.fixture
def films(project: Project, tmp_path: Path) -> list[Document]:
    """Three recordings of four sentences, that differ in their bytes."""
    return bring_films(project, tmp_path, FILM, 3)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def force(project: Project, listener: Listener) -> Iterator[Workforce]:
    """Two recordings at once."""
    force = Workforce(project.transcripts, project.queue, at_once=2, tell=listener)
    yield force
    force.close()
    assert workers() == []


def is_hearing(news: News) -> bool:
    """Whether a worker is at it: the first piece is heard."""
    return news.progress is not None and news.progress.done > 0


def workers() -> list[psutil.Process]:
    """The processes that listen for this test."""
    return [
        one
        for one in psutil.Process().children(recursive=True)
        if one.status() != psutil.STATUS_ZOMBIE and "coder.transcribe.worker" in one.cmdline()
    ]


def standings(project: Project) -> list[Standing]:
    return [one.standing for one in project.queue.all()]


def test_all_that_waits_is_heard_two_at_once_in_the_order_of_the_queue(
    project: Project, films: list[Document], force: Workforce, listener: Listener
) -> None:
    line = project.queue.add([film.id for film in films], SYNTHETIC)
    project.queue.move([line[2].id], before=line[0].id)

    force.start()
    listener.wait_for(lambda one: one.began)
    assert force.wait(120)

    began = [one.hearing_id for one in listener.news if one.began]
    assert set(began[:2]) == {line[2].id, line[0].id}
    assert began[2] == line[1].id
    assert project.queue.all() == []
    texts = {project.transcripts.of(film.id).text for film in films}
    assert texts == {"\n".join(one["text"] for one in TRUTH)}
    assert set(listener.ended().values()) == {""}
    assert force.running == {}


def test_what_is_put_in_while_others_are_heard_is_heard_too(
    project: Project, films: list[Document], force: Workforce, listener: Listener
) -> None:
    project.queue.add([films[0].id], SYNTHETIC)
    force.start()
    listener.wait_for(is_hearing)

    project.queue.add([films[1].id], SYNTHETIC)
    force.start()

    assert force.wait(120)
    assert project.transcripts.pending() == [films[2]]


@pytest.mark.listens
def test_pause_stops_within_five_seconds_and_going_on_repeats_nothing(
    project: Project, films: list[Document], force: Workforce, listener: Listener
) -> None:
    project.queue.add([film.id for film in films], SYNTHETIC)
    heard = threading.Event()
    project.watch(lambda done: heard.set() if done.touches("segments") else None)
    force.start()
    assert heard.wait(60)
    assert workers()

    began = time.monotonic()
    force.pause()
    assert force.wait(5)
    assert time.monotonic() - began < 5
    assert workers() == []
    assert standings(project) == [Standing.WAITING] * 3
    kept = [project.segments(one.transcript_id) for one in project.queue.all() if one.transcript_id]

    force.start()
    assert not force.paused
    assert force.wait(120)
    finished = [project.segments(project.transcripts.of(film.id).id) for film in films]
    assert [one.text for one in finished[0]] == [one.text for one in finished[2]]
    for before in kept:
        assert any(after[: len(before)] == before for after in finished)
    for segments in finished:
        assert len({one.start_ms for one in segments}) == len(segments)


@pytest.mark.listens
def test_one_is_held_back_while_the_others_go_on(
    project: Project, films: list[Document], force: Workforce, listener: Listener
) -> None:
    line = project.queue.add([film.id for film in films[:2]], SYNTHETIC)
    force.start()
    listener.wait_for(lambda one: one.hearing_id == line[0].id and is_hearing(one))

    project.queue.hold([line[0].id])
    force.stop(line[0].id)

    assert force.wait(120)
    assert [(one.id, one.standing) for one in project.queue.all()] == [(line[0].id, Standing.HELD)]
    assert project.transcripts.pending() == [films[0], films[2]]
    project.queue.release([line[0].id])
    force.start()
    assert force.wait(120)
    assert project.transcripts.pending() == [films[2]]


@pytest.mark.listens
@pytest.mark.parametrize(
    ("number", "told"),
    [(signal.SIGKILL, "ran out of memory"), (signal.SIGSEGV, "crashed (SIGSEGV)")],
)
def test_a_worker_that_dies_is_told_beside_its_recording_and_the_others_are_heard(
    project: Project,
    films: list[Document],
    force: Workforce,
    listener: Listener,
    number: signal.Signals,
    told: str,
) -> None:
    line = project.queue.add([film.id for film in films[:2]], SYNTHETIC)
    force.start()
    listener.wait_for(is_hearing)

    victim = workers()[0]
    victim.send_signal(number)

    assert force.wait(120)
    [failed] = project.queue.all()
    assert failed.id in {one.id for one in line}
    assert failed.standing is Standing.FAILED
    assert told in failed.problem
    assert "Try again, or choose a smaller model." in failed.problem
    project.queue.release([failed.id])
    force.start()
    assert force.wait(120)
    assert project.transcripts.pending() == [films[2]]
    assert project.verify() == []


def test_a_removed_model_a_damaged_one_and_a_lost_recording_are_a_sentence_each(
    project: Project, films: list[Document], force: Workforce, own_home: Path
) -> None:
    shipped = places.samples() / "whisper-synthetic"
    install.add(shipped, own_home, "gone")
    damaged = install.add(shipped, own_home, "damaged").path
    lines = [
        project.queue.add([film.id], manner)[0]
        for film, manner in zip(
            films, (Manner(model="gone"), Manner(model="damaged"), SYNTHETIC), strict=True
        )
    ]
    shutil.rmtree(models.home_folder(own_home) / "gone")
    weights = bytearray((damaged / "model.bin").read_bytes())
    weights[5_000_000] ^= 0xFF
    (damaged / "model.bin").write_bytes(weights)
    project.evidence.original_path(films[2]).unlink()

    force.start()
    assert force.wait(60)

    problems = [project.queue.one(line.id).problem for line in lines]
    assert "no model “gone” on this machine" in problems[0]
    assert "“damaged” is damaged: model.bin" in problems[1]
    assert "“film-2.mp4” is missing" in problems[2]
    assert standings(project) == [Standing.FAILED] * 3


def test_a_full_disk_is_a_sentence_and_what_was_heard_stays(
    project: Project, films: list[Document], force: Workforce, listener: Listener
) -> None:
    project.queue.add([films[0].id], SYNTHETIC)
    writer = project._store._writer

    def fill(done) -> None:
        if done.touches("segments"):
            pages = writer.execute("PRAGMA page_count").fetchone()[0]
            writer.execute(f"PRAGMA max_page_count = {pages}")

    project.watch(fill)
    force.start()
    assert force.wait(60)

    [problem] = listener.ended().values()
    assert "full" in problem
    writer.execute("PRAGMA max_page_count = 1000000")
    project._store.watchers.remove(fill)
    kept = project.segments(project.transcripts.of(films[0].id).id)
    assert kept
    project.queue.release([one.id for one in project.queue.all()])
    force.start()
    assert force.wait(120)
    assert project.segments(project.transcripts.of(films[0].id).id)[: len(kept)] == kept
    assert project.verify() == []


@pytest.mark.listens
def test_closing_leaves_neither_thread_nor_process(
    project: Project, films: list[Document], listener: Listener
) -> None:
    force = Workforce(project.transcripts, project.queue, at_once=2, tell=listener)
    project.queue.add([film.id for film in films], SYNTHETIC)
    force.start()
    listener.wait_for(is_hearing)

    force.close()

    assert workers() == []
    assert [one for one in threading.enumerate() if one.name == "evidence-hearing"] == []


def test_as_many_are_heard_at_once_as_cores_and_memory_allow(monkeypatch) -> None:
    [model] = [one for one in models.shipped() if one.id == "whisper-synthetic"]
    for cores, free, room in ((1, 8e9, 1), (4, 8e9, 1), (5, 8e9, 2), (9, 8e9, 4), (9, 1.3e9, 2)):
        monkeypatch.setattr(machine, "cores", lambda cores=cores: cores)
        monkeypatch.setattr(machine, "free_memory", lambda free=free: int(free))

        assert room_for(model) == room


class Slow(Executor):
    """Workers elsewhere that take what they are given and do not come to an end with it."""

    def __init__(self) -> None:
        self.ways: queue.Queue[Way] = queue.Queue()

    def submit(self, work, block, way) -> Future:
        self.ways.put(way)
        return Future()


def test_for_workers_elsewhere_few_recordings_are_decoded_at_once_and_each_minds_its_own_cores(
    project: Project, tmp_path: Path
) -> None:
    films = bring_films(project, tmp_path, FILM, 6)
    project.queue.add([film.id for film in films], SYNTHETIC)
    office = Slow()
    force = Workforce(project.transcripts, project.queue, executor=office)

    force.start()
    ways = [office.ways.get(timeout=60) for _ in range(4)]

    assert len(force.running) == 4
    force.close()
    assert office.ways.empty()
    assert [way.threads for way in ways] == [0] * 4


def test_a_mistake_of_ours_is_told_too_and_stops_no_other(
    project: Project, films: list[Document], listener: Listener, monkeypatch
) -> None:
    hear = project.transcripts.hear

    def stumble(hearing, job, **more):
        if hearing.media_id == films[0].id:
            raise ZeroDivisionError("a mistake")
        return hear(hearing, job, **more)

    monkeypatch.setattr(project.transcripts, "hear", stumble)
    force = Workforce(project.transcripts, project.queue, at_once=1, tell=listener)
    project.queue.add([film.id for film in films[:2]], SYNTHETIC)
    force.start()
    assert force.wait(120)

    assert [type(one.problem) for one in listener.news if one.ended] == [
        ZeroDivisionError,
        type(None),
    ]
    assert "a mistake" in project.queue.all()[0].problem
    assert not issubclass(ZeroDivisionError, EvidenceError)
