"""What a machine can bear."""

import pytest

from coder.transcribe import machine


@pytest.mark.parametrize(
    ("cores", "workers", "threads"),
    [(1, 1, 1), (2, 1, 1), (4, 1, 3), (8, 1, 4), (8, 2, 3), (4, 3, 1), (2, 4, 1)],
)
def test_a_core_is_left_to_the_person_and_four_threads_are_enough(
    monkeypatch, cores, workers, threads
):
    monkeypatch.setattr(machine, "cores", lambda: cores)

    assert machine.threads(workers) == threads


def test_what_is_free_is_part_of_what_there_is():
    assert machine.cores() >= 1
    assert 0 < machine.free_memory() <= machine.memory()
