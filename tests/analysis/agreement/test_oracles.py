"""Published figures of agreement, to the digits in which they were published."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
import pytest

from coder.analysis.agreement import nominal
from coder.analysis.agreement.alpha import Interval, Ordinal, Ratio, alpha
from coder.analysis.agreement.ratings import Ratings, from_labels
from coder.analysis.agreement.runs import Runs, Text, union
from coder.analysis.agreement.unitised import Units, coincidences, unitised_1995, units

Function = Callable[[Ratings], np.ndarray]
PERCENT, COHEN, CONGER = nominal.percent, nominal.cohen, nominal.conger
FLEISS, S, AC1, ALPHA = nominal.fleiss, nominal.brennan_prediger, nominal.ac1, nominal.alpha
PI = FLEISS
"""Of two coders without gaps it is Scott's."""


def pairs(*rows: tuple[int, Hashable, Hashable]) -> Ratings:
    """Ratings of two coders, given as how many units have which two labels."""
    return from_labels([(one, other) for count, one, other in rows for _ in range(count)])


def crossed(*rows: Sequence[int]) -> Ratings:
    """Ratings of two coders, given as a table of counts."""
    return pairs(*((n, i, j) for i, row in enumerate(rows) for j, n in enumerate(row)))


def lines(*coders: str) -> Ratings:
    """Ratings of a line of labels for each coder; `*` is none."""
    return from_labels(list(zip(*(one.split() for one in coders), strict=True)), missing="*")


def spaced(*coders: str) -> Ratings:
    return lines(*(" ".join(one) for one in coders))


COHEN_45 = crossed((88, 14, 18), (10, 40, 10), (2, 6, 12))
COHEN_37 = crossed((25, 12, 3), (13, 2, 15), (12, 16, 2))
POESIO_2 = pairs((20, "S", "S"), (20, "I", "S"), (10, "S", "I"), (50, "I", "I"))
POESIO_3 = pairs((46, "S", "S"), (6, "I", "S"), (32, "I", "I"), (6, "I", "C"), (10, "C", "C"))
BRENNAN = pairs((50, 1, 1), (10, 2, 1), (10, 2, 2), (10, 2, 3), (20, 3, 1))
KRIPPENDORFF_224 = spaced("1100000000", "0110010100")
KRIPPENDORFF_227 = spaced("aabbbbbccccc", "abbbbbcccccc")
KRIPPENDORFF_2011 = lines(
    "1 2 3 3 2 1 4 1 2 * * *",
    "1 2 3 3 2 2 4 1 2 5 * 3",
    "* 3 3 3 2 3 4 2 2 5 1 *",
    "1 2 3 3 2 4 4 1 2 5 1 *",
)
THREE_BY_15 = lines(
    "* * * * * 3 4 1 2 1 1 3 3 * 3",
    "1 * 2 1 3 3 4 3 * * * * * * *",
    "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
)
KRIPPENDORFF_139 = from_labels(["111", "122", "222", "444", "144", "222", "123", "333", "222"])
FLEISS_TABLE = from_labels(
    [
        [category for category, count in enumerate(row) for _ in range(count)]
        for row in (
            (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
            (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
        )
    ]
)  # fmt: skip
GWET = crossed((80, 7), (8, 5))
ONE_SIDED = crossed((50, 150), (0, 800))
EVEN = crossed((50, 75), (75, 800))


@pytest.mark.parametrize(
    ("ratings", "function", "published"),
    [
        (COHEN_45, PERCENT, ".70"), (COHEN_45, COHEN, ".4915"), (COHEN_45, PI, ".4872"),
        (COHEN_45, S, ".55"), (COHEN_45, ALPHA, ".4885"),
        (COHEN_37, COHEN, "-.0923"), (COHEN_37, PI, "-.1008"), (COHEN_37, S, "-.065"),
        (POESIO_2, COHEN, ".3478"), (POESIO_2, PI, ".3407"), (POESIO_2, S, ".40"),
        (POESIO_3, PERCENT, ".88"), (POESIO_3, COHEN, ".8013"), (POESIO_3, PI, ".7995"),
        (POESIO_3, S, ".82"), (POESIO_3, ALPHA, ".8005"),
        (BRENNAN, COHEN, ".2727"), (BRENNAN, S, ".40"),
        (KRIPPENDORFF_224, PERCENT, ".60"), (KRIPPENDORFF_224, COHEN, ".0909"),
        (KRIPPENDORFF_224, ALPHA, ".0952"),
        (KRIPPENDORFF_227, ALPHA, ".7341"),
        (KRIPPENDORFF_2011, ALPHA, ".7434"), (KRIPPENDORFF_2011, FLEISS, ".76117"),
        (KRIPPENDORFF_2011, CONGER, ".76207"), (KRIPPENDORFF_2011, S, ".77273"),
        (KRIPPENDORFF_2011, AC1, ".77544"),
        (THREE_BY_15, ALPHA, ".6914"),
        (KRIPPENDORFF_139, ALPHA, ".6417"), (KRIPPENDORFF_139, FLEISS, ".628"),
        (FLEISS_TABLE, FLEISS, ".2099"), (FLEISS_TABLE, S, ".2225"),
        (GWET, AC1, ".808"),
        (ONE_SIDED, PERCENT, ".85"), (ONE_SIDED, COHEN, ".3478"), (EVEN, COHEN, ".3143"),
    ],
)  # fmt: skip
def test_categories(ratings: Ratings, function: Function, published: str) -> None:
    digits = len(published.partition(".")[2])
    assert round(float(function(ratings)), digits) == float(published)


@pytest.mark.parametrize(
    ("ratings", "distance", "published"),
    [
        (KRIPPENDORFF_2011, Ordinal, 0.8154),
        (KRIPPENDORFF_2011, Interval, 0.8491),
        (KRIPPENDORFF_2011, Ratio, 0.7974),
        (THREE_BY_15, Interval, 0.8108),
    ],
)
def test_values(
    ratings: Ratings, distance: Callable[[Sequence[float]], Ordinal], published: float
) -> None:
    numbers = range(1, ratings.categories + 1)
    assert round(float(alpha(ratings, distance(list(numbers)))), 4) == published


def characters(*coders: Sequence[tuple[int, int]], length: int = 1000) -> Ratings:
    """What coders' passages `[start, end)` with one code make of the characters of a text."""
    rated = np.ones((1, len(coders)), dtype=np.bool_)
    text = Text(length, None, np.array([0]), rated, np.array([0]))
    return text.table([_runs(one) for one in coders]).grouped()[0]


def _runs(spans: Sequence[tuple[int, int]]) -> Runs:
    return union([start for start, _ in spans], [end for _, end in spans])


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ([(0, 500)], [(250, 750)], 0.0),
        ([(0, 100)], [(50, 150)], 0.4444),
        ([(0, 100), (0, 100)], [], 0.0),
        ([(0, 100), (20, 60)], [(0, 100)], 1.0),
    ],
)
def test_passages_by_the_character(
    one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]], published: float
) -> None:
    assert round(float(COHEN(characters(one, other))), 4) == published


def test_krippendorff_1995_by_the_unit() -> None:
    ratings = characters([(2, 10), (14, 20)], [(4, 8), (15, 17)], length=24)
    assert [round(float(of(ratings)), 3) for of in (COHEN, PI, ALPHA)] == [0.385, 0.314, 0.329]


def test_krippendorff_1995_unitised() -> None:
    def coder(*placed: tuple[int, int]) -> Units:
        return units((start - 150, start - 150 + length, 1) for start, length in placed)

    k = [coder((180, 60), (300, 50))] * 2
    c = [coder((225, 70), (370, 30)), coder((220, 80), (355, 20), (400, 20))]
    of_c, of_k, of_both = (unitised_1995(codes, 300) for codes in ([c], [k], [c, k]))
    assert (round(of_c.observed, 5), round(of_c.expected, 5)) == (0.01444, 0.05322)
    assert (round(of_c.alpha, 4), of_k.alpha) == (0.7286, 1)
    assert round(of_both.alpha, 4) == 0.8587
    assert of_both.alpha == pytest.approx(0.8591, abs=5e-4)


def test_krippendorff_2016_unitised() -> None:
    alex = units([(2, 5, 1), (9, 11, 1), (12, 20, 2)])
    paul, susan = units([(2, 5, 1), (7, 15, 2)]), units([(2, 5, 1), (10, 15, 2)])
    found = coincidences([alex, paul, susan], 20, 2)
    assert round(found.u_alpha(), 4) == 0.4739
    assert round(found.binary(), 4) == 0.4328
    assert round(found.cu_alpha(), 4) == 0.7789
    assert round(found.coverage, 4) == 0.3833
    assert [round(found.ku_alpha(one), 3) for one in (1, 2)] == [0.769, 0.787]
