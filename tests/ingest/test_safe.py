"""A hostile file ends only its own reader: the others are read, in order, and the program lives."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from coder.domain.draft import Draft, Source
from coder.domain.errors import Cancelled, Unreadable
from coder.ingest import safe
from coder.ingest.safe import Limits, attempt, read_many
from coder.jobs import Job, Progress

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs what only POSIX has")


class Arriving:
    """Bytes that do something when they reach the worker."""

    def __init__(self, *act: Any) -> None:
        self._act = act

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self._act[0], self._act[1:]


def hostile(name: str, *act: Any) -> Source:
    return Source(name, data=Arriving(*act))  # type: ignore[arg-type]


def text(name: str) -> Source:
    return Source(name, data=f"The words of {name}.".encode())


def test_files_come_back_in_order_with_drafts_or_errors() -> None:
    sources = [text("a.txt"), Source("b.txt", data=b""), text("c.txt"), text("d.txt")]

    outcomes = list(read_many(sources, Job(), limits=Limits(workers=2)))

    assert [source for source, _ in outcomes] == sources
    drafts = [outcome for _, outcome in outcomes if isinstance(outcome, Draft)]
    assert [draft.documents[0].title for draft in drafts] == ["a.txt", "c.txt", "d.txt"]
    assert isinstance(outcomes[1][1], Unreadable)


@posix
def test_a_crash_costs_one_file() -> None:
    sources = [text("a.txt"), hostile("bad.txt", os._exit, 9), text("c.txt"), text("d.txt")]

    outcomes = [outcome for _, outcome in read_many(sources, Job(), limits=Limits(workers=1))]

    assert [type(outcome) for outcome in outcomes] == [Draft, Unreadable, Draft, Draft]
    assert "bad.txt" in str(outcomes[1])


@posix
def test_a_file_that_never_ends_is_given_up() -> None:
    sources = [hostile("endless.txt", time.sleep, 60), text("b.txt")]
    limits = Limits(seconds=3, workers=2)

    outcomes = [outcome for _, outcome in read_many(sources, Job(), limits=limits)]

    assert "took too long" in str(outcomes[0])
    assert isinstance(outcomes[1], Draft)


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not enforce the limit")
def test_a_file_that_asks_for_too_much_memory_is_given_up() -> None:
    sources = [hostile("huge.txt", bytearray, 3 * 1024**3), text("b.txt")]
    limits = Limits(memory=1024**3, workers=1)

    outcomes = [outcome for _, outcome in read_many(sources, Job(), limits=limits)]

    assert "too much memory" in str(outcomes[0])
    assert isinstance(outcomes[1], Draft)


@posix
def test_a_crash_costs_none_of_the_files_that_wait_behind_it(tmp_path: Path) -> None:
    paths = [tmp_path / f"{count}.txt" for count in range(12)]
    for path in paths:
        path.write_text(f"The words of {path.name}.")
    sources = [*map(Source.of, paths)]
    sources[5] = hostile("bad.txt", os._exit, 9)

    outcomes = [outcome for _, outcome in read_many(sources, Job(), limits=Limits(workers=1))]

    drafts = [one.documents[0].title for one in outcomes if isinstance(one, Draft)]
    assert drafts == [f"{count}.txt" for count in range(12) if count != 5]


def test_workers_are_replaced_after_many_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(safe, "_MOST_READ", 3)
    for count in range(10):
        (tmp_path / f"{count}.txt").write_text("Words.")
    started: list[object] = []
    first = safe._Worker.__init__

    def counted(self: safe._Worker, *arguments: Any) -> None:
        started.append(self)
        first(self, *arguments)

    monkeypatch.setattr(safe._Worker, "__init__", counted)
    sources = [Source.of(path) for path in sorted(tmp_path.iterdir())]

    outcomes = list(read_many(sources, Job(), limits=Limits(workers=1)))

    assert all(isinstance(outcome, Draft) for _, outcome in outcomes)
    assert len(started) == 4


def test_nothing_is_read_far_ahead_of_its_turn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(safe, "_AHEAD", 2)
    sources = []
    for count in range(6):
        path = tmp_path / f"{count}.txt"
        path.write_text("Words.")
        sources.append(Source.of(path))
    pool = safe._Pool(sources, Limits(workers=2), None)

    for _ in pool.outcomes(Job()):
        assert len(pool._ready) < 2


def test_a_large_file_has_more_time(tmp_path: Path) -> None:
    large = tmp_path / "film.mp4"
    with large.open("wb") as file:
        file.truncate(2 * 1024**3)

    assert Limits().seconds_for(Source.of(large)) > 150
    assert Limits().seconds_for(text("a.txt")) == 60


def test_progress_is_told_and_a_cancelled_job_stops() -> None:
    heard: list[Progress] = []
    job = Job(listener=heard.append)
    outcomes = read_many([text("a.txt"), text("b.txt"), text("c.txt")], job)

    next(outcomes)
    job.cancel()

    with pytest.raises(Cancelled):
        list(outcomes)
    assert [(one.done, one.total, one.label) for one in heard] == [(1, 3, "a.txt")]


def test_any_executor_will_do() -> None:
    sources = [text(f"{count}.txt") for count in range(40)]
    with ThreadPoolExecutor(2) as executor:
        outcomes = list(read_many(sources, Job(), executor))

    assert [source for source, _ in outcomes] == sources
    assert all(isinstance(outcome, Draft) for _, outcome in outcomes)


def test_nothing_to_read_needs_no_worker() -> None:
    assert list(read_many([], Job())) == []


def test_a_known_error_is_an_answer() -> None:
    assert isinstance(attempt(Source("a.txt", data=b"")), Unreadable)
