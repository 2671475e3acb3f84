"""Whatever is killed while recordings are heard, every transcript ends whole and says nothing
twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from coder import places
from coder.domain.model import Document, Segment
from coder.jobs import Job
from coder.project import Project
from coder.project.manner import Manner
from coder.project.workforce import Workforce
from tests.effort import SOAK, tries
from tests.recorded import bring_films

LONG = places.samples() / "evidence" / "14-margaret-lunch-club.mp4"
SHORT = Path(__file__).parents[1] / "data" / "evidence_offset2.mp4"
SYNTHETIC = Manner(model="whisper-synthetic")
KILLS = tries(4, 25)
"""For the program and for its workers each."""

HEARING = """
import sys
from pathlib import Path

from coder.jobs import Job
from coder.project import Project
from coder.project.batch import hear_all

project = Project.open(Path(sys.argv[1]), "Noor")
print("open", flush=True)
project.watch(lambda done: print("heard", flush=True) if done.touches("stretches") else None)
hear_all(project.transcripts, project.queue, project.queue.all(), Job(), at_once=2)
print("done", flush=True)
"""

pytestmark = [
    pytest.mark.listens,
    pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there"),
]


@pytest.fixture
def films(project: Project, tmp_path: Path) -> list[Document]:
    """A recording heard without a break, and others of the same words that wait."""
    return bring_films(project, tmp_path, LONG if SOAK else SHORT, tries(8, 12))


def said(project: Project, film: Document) -> list[tuple]:
    segments = project.segments(project.transcripts.of(film.id).id)
    return [_without_id(one) for one in segments]


def _without_id(one: Segment) -> tuple:
    return one.start, one.start_ms, one.end_ms, one.text, one.words, one.confidence


def listening(process: int) -> list[psutil.Process]:
    """The workers below a process."""
    found = []
    for child in psutil.Process(process).children(recursive=True):
        try:
            if "coder.transcribe.worker" in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found


def test_the_program_is_killed_at_random_moments(project: Project, films: list[Document]) -> None:
    whole = project.transcripts.make(films[0].id, SYNTHETIC)
    project.queue.add([film.id for film in films[1:]], SYNTHETIC)
    folder = project.folder
    project.close()
    chance = random.Random(5)
    root = Path(__file__).parents[2]
    left_behind: list[psutil.Process] = []

    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", HEARING, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        ) as program:
            assert program.stdout
            for _ in range(chance.choice((1, 2, 2, 3, 5))):
                assert program.stdout.readline() != "done\n", "more recordings are needed"
            left_behind += listening(program.pid)
            program.kill()

    _, alive = psutil.wait_procs(left_behind, timeout=5)
    assert alive == [], "a worker ends with the program that started it"
    with Project.open(folder, "Noor") as again:
        begun = [one for one in again.queue.all() if one.transcript_id]
        assert begun, "the last was killed in the middle"
        finished = [film for film in films if again.transcripts.finished(film.id)]
        for hearing in begun:
            again.transcripts.hear(hearing, Job())
        finished += [film for film in films if film.id in {one.media_id for one in begun}]
        assert len(finished) > 1
        for film in finished:
            assert said(again, film) == said(again, films[0])
        assert said(again, films[0])[-1][3] in whole.text
        assert again.verify() == []


def test_workers_are_killed_at_random_moments(project: Project, films: list[Document]) -> None:
    project.transcripts.make(films[0].id, SYNTHETIC)
    project.queue.add([film.id for film in films[1:]], SYNTHETIC)
    chance = random.Random(7)
    kept = threading.Semaphore(0)
    project.watch(lambda done: kept.release() if done.touches("stretches") else None)
    force = Workforce(project.transcripts, project.queue, at_once=2)
    force.start()
    killed = 0

    while killed < KILLS:
        for _ in range(chance.choice((0, 1, 1, 2, 4))):
            assert kept.acquire(timeout=60)
        for worker in listening(os.getpid())[: chance.choice((1, 1, 2))]:
            worker.send_signal(signal.SIGKILL)
            killed += 1
        force.wait(chance.random())
        failed = [one.id for one in project.queue.all() if one.problem]
        if failed:
            project.queue.release(failed)
        force.start()
        assert project.queue.all(), "more recordings are needed"

    force.close()
    begun = [one for one in project.queue.all() if one.transcript_id]
    for hearing in begun:
        project.transcripts.hear(hearing, Job())
    finished = [film for film in films if project.transcripts.finished(film.id)]
    assert len(finished) > 1
    for film in finished:
        assert said(project, film) == said(project, films[0])
    assert project.verify() == []
