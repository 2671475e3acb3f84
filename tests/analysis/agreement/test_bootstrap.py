"""Intervals: the same each time, as wide as they should be, and none where nothing can be told."""

from __future__ import annotations

import numpy as np
import pytest

from coder.analysis.agreement import nominal
from coder.analysis.agreement.bootstrap import Bootstrap, interval
from coder.analysis.agreement.measures import distances, of_categories, of_sets
from coder.analysis.agreement.runs import Runs, Table, Text, union
from coder.domain.agreement import Coefficient
from coder.domain.errors import Cancelled
from tests.analysis.agreement.test_oracles import KRIPPENDORFF_2011

ALPHA = Coefficient.ALPHA


def bootstrap(samples: int = 1_000, *, in_blocks: bool = False, seed: int = 1) -> Bootstrap:
    return Bootstrap(samples, seed, "units", in_blocks, lambda: None)


def rows(values: np.ndarray, categories: int = 2) -> Table:
    number = np.arange(len(values))
    return Table(values, np.ones(len(values)), number, number, categories)


def krippendorff() -> Table:
    ratings = KRIPPENDORFF_2011
    return rows(np.repeat(ratings.patterns, ratings.counts.astype(int), axis=0), 5)


def test_the_interval_of_krippendorffs_example() -> None:
    measure = of_categories(krippendorff(), bootstrap(4_000))[ALPHA]
    assert measure.value == pytest.approx(0.7434, abs=5e-5)
    assert measure.low == pytest.approx(0.419, abs=0.02)
    assert measure.high == pytest.approx(1, abs=1e-9)


def test_the_same_seed_gives_the_same_interval() -> None:
    one, again, other = (
        of_categories(krippendorff(), bootstrap(200, seed=seed))[ALPHA] for seed in (7, 7, 8)
    )
    assert one == again
    assert one != other


def test_blocks_are_drawn_whole() -> None:
    """A table of single characters in blocks, drawn as runs, is drawn as block for block."""
    text = Text(
        1_000, None, np.array([0]), np.ones((1, 2), dtype=np.bool_), np.arange(0, 1_000, 50)
    )
    marked = [union([0, 300, 700], [120, 410, 760]), union([20, 300, 640], [120, 390, 700])]
    table = text.table(marked)
    ratings, places = table.grouped()
    [counts] = bootstrap(300, in_blocks=True).counts(table, ratings, places)
    assert (counts.sum(axis=1) == 1_000).all()
    blocks = np.zeros((20, len(ratings.counts)))
    np.add.at(blocks, (table.blocks, places), table.weights)
    drawn = bootstrap(300, in_blocks=True)._blocks(0, 20)
    assert counts == pytest.approx(drawn @ blocks)


def test_more_units_make_a_narrower_interval() -> None:
    dice = np.random.default_rng(2)
    first = dice.integers(0, 2, 4_000)
    both = np.stack([first, np.where(dice.random(4_000) < 0.2, 1 - first, first)], axis=1)
    few, many = (
        of_categories(rows(both[:number]), bootstrap(300))[ALPHA] for number in (40, 4_000)
    )
    assert few.high is not None
    assert few.low is not None
    assert many.high is not None
    assert many.low is not None
    assert many.high - many.low < (few.high - few.low) / 5


def test_what_is_undefined_says_why() -> None:
    nobody = of_categories(rows(np.zeros((30, 3), dtype=np.int64)), bootstrap(50))
    assert {kind for kind, one in nobody.items() if one.value is None} == set(nobody) - {
        Coefficient.PERCENT
    }
    assert "Only one answer" in nobody[ALPHA].why
    assert nobody[Coefficient.PERCENT].low is None
    apart = of_categories(rows(np.array([[0, -1], [-1, 1]] * 5)), bootstrap(50))
    assert "No unit was rated by two" in apart[Coefficient.PERCENT].why


def test_why_there_is_no_interval() -> None:
    some = np.array([[0, 0], [1, 1], [0, 1]])
    assert "too few units" in of_categories(rows(some), bootstrap())[ALPHA].why
    assert "No samples" in of_categories(rows(np.tile(some, (9, 1))), bootstrap(0))[ALPHA].why
    once = np.zeros((40, 2), dtype=np.int64)
    once[0] = 1
    rare = of_categories(rows(once), bootstrap())[ALPHA]
    assert (rare.value, rare.low) == (1, None)
    assert "too many samples" in rare.why


def test_an_interval_holds_the_middle_95_per_cent() -> None:
    assert interval(np.arange(1_001.0)) == pytest.approx((25, 975))
    assert interval(np.full(9, np.nan)) is None


def test_sets_have_intervals_too() -> None:
    runs = [[union([0, 60], [30, 90])], [union([5, 60], [30, 80])]]
    blocks = np.arange(0, 200, 10)
    text = Text(200, None, np.array([0]), np.ones((1, 2), dtype=np.bool_), blocks)
    table, members = text.sets(runs)
    found = of_sets(table, distances(members), bootstrap(200, in_blocks=True))
    one_code = text.table([own[0] for own in runs])
    alpha = of_categories(one_code, bootstrap(200, in_blocks=True))[ALPHA]
    assert found[Coefficient.JACCARD].value == pytest.approx(alpha.value)
    assert found[Coefficient.JACCARD].low == pytest.approx(alpha.low)


def test_it_can_be_stopped() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        of_categories(krippendorff(), Bootstrap(100, 1, "units", in_blocks=False, check=stop))


def test_nothing_marked_is_no_run() -> None:
    assert len(union([], [])) == 0
    assert isinstance(union([4], [4]), Runs)
    assert np.isnan(nominal.cohen(rows(np.zeros((2, 2), dtype=np.int64)).grouped()[0]))
