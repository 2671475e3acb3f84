from random import Random

import pytest

from coder.analysis.consistency.near import near
from coder.jobs import Cancelled, Job

VOCABULARY = [*(f"word{number}" for number in range(500)), "not", "don't"]
NOT, DO_NOT = 500, 501
SHARE = 0.85


def _rows(many: int) -> list[tuple[int, ...]]:
    dice = Random(1)
    return [tuple(dice.choices(range(500), k=20)) for _ in range(many)]


def test_rows_with_a_word_or_two_changed_are_together_however_far_apart_they_lie() -> None:
    rows = _rows(1_200)
    rows[1_190] = (*rows[3][:10], 7, *rows[3][11:])
    rows[700] = (*rows[3][:4], *rows[3][5:])
    rows[1_191] = (*rows[600], 9, 9)
    several = [one for one in near(rows, VOCABULARY, SHARE, Job()) if len(one) > 1]
    assert several == [[3, 700, 1_190], [600, 1_191]]


def test_every_row_is_in_one_group() -> None:
    assert near(_rows(40), VOCABULARY, SHARE, Job()) == [[one] for one in range(40)]
    assert near([(), (1,), (1, 2)], VOCABULARY, SHARE, Job()) == [[0], [1], [2]]
    assert near([], VOCABULARY, SHARE, Job()) == []


def test_rows_of_which_one_denies_are_apart() -> None:
    row = _rows(1)[0]
    denied, otherwise = (*row[:9], NOT, *row[9:]), (*row[:9], DO_NOT, *row[9:])
    assert near([row, denied, otherwise], VOCABULARY, SHARE, Job()) == [[0], [1, 2]]


def test_words_of_one_row_do_not_run_on_in_the_next() -> None:
    row = _rows(1)[0]
    rows = [row, row[:1], row[1:2], row[2:3]]
    assert near(rows, VOCABULARY, 0.05, Job()) == [[0], [1], [2], [3]]


def test_it_stops_when_it_is_told_to() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        near([(1, 2, 3, 4), (1, 2, 3, 5)], VOCABULARY, SHARE, job)
