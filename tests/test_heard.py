"""What was heard once is given again as it was, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError
from coder.jobs import Job
from coder.project.manner import Manner, way_of
from coder.transcribe import run
from coder.transcribe.child import converse
from coder.transcribe.run import Way
from tests.effort import SOAK
from tests.heard import Heard, Message

FILM = Path(__file__).parent / "data" / "evidence_offset2.mp4"


class Counting:
    """Has a process listen, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, module: str, request: Message, *more: object) -> Generator[Message]:
        self.times += 1
        yield from converse(module, request, *more)


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """How often a process listens, where nothing was heard before."""
    counting = Counting()
    monkeypatch.setattr(run, "served", Heard(counting))
    return counting


@pytest.fixture
def way() -> Way:
    return way_of(Manner(model="whisper-synthetic"))


def hear(film: Path, way: Way, spans: tuple[tuple[int, int], ...] = ((2_300, 5_000),)) -> list:
    return run.hear(film, way, spans, job=Job())


def test_the_same_sound_is_heard_once_wherever_it_lies(
    listening: Counting, way: Way, tmp_path: Path
) -> None:
    first = hear(FILM, way)
    copy = Path(shutil.copy(FILM, tmp_path / FILM.name))

    assert hear(copy, way) == first
    assert [one.text for one in first[0].segments] == ["Please do not use my real name."]
    assert listening.times == 1


def test_another_sound_span_or_way_is_heard_in_earnest(
    listening: Counting, way: Way, tmp_path: Path
) -> None:
    other = tmp_path / FILM.name
    other.write_bytes(FILM.read_bytes() + b"\0")

    hear(FILM, way)
    hear(other, way)
    hear(FILM, way, ((4_900, 7_000),))
    hear(FILM, replace(way, threads=1))

    assert listening.times == 4


def test_what_was_stopped_is_not_taken_for_the_whole(listening: Counting, way: Way) -> None:
    with closing(run.transcribe(FILM, way, job=Job())) as pieces:
        next(pieces)
    whole = list(run.transcribe(FILM, way, job=Job()))

    assert len(whole) > 1
    assert list(run.transcribe(FILM, way, job=Job())) == whole
    assert listening.times == 2


def test_a_stop_is_heeded_between_any_two_words_of_it(listening: Counting, way: Way) -> None:
    whole = list(run.transcribe(FILM, way, job=Job()))
    job = Job()

    with closing(run.transcribe(FILM, way, job=job)) as pieces:
        assert next(pieces) == whole[0]
        job.cancel()
        with pytest.raises(Cancelled):
            next(pieces)

    assert listening.times == 1


def test_an_error_comes_again_from_who_made_it(
    listening: Counting, way: Way, tmp_path: Path
) -> None:
    broken = tmp_path / "film.mp4"
    broken.write_bytes(b"no film")

    for _ in range(2):
        with pytest.raises(EvidenceError):
            hear(broken, way)

    assert listening.times == 2


@pytest.mark.listens
def test_a_test_can_ask_for_ears(machine_heard: Heard) -> None:
    assert machine_heard.anew


def test_otherwise_only_a_soak_listens_anew(machine_heard: Heard) -> None:
    assert machine_heard.anew is SOAK
