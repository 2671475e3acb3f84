"""A hostile file ends only its own reader: the others are read, in order, and the program lives."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from coder.domain.draft import Draft, Source
from coder.domain.errors import Cancelled, Unreadable
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
