"""What figures of agreement mean in words: the thresholds as their authors drew them."""

from __future__ import annotations

import pytest

from coder.domain.agreement import Coefficient, Measure, told
from coder.domain.agreement_words import SOURCES, reliance, strength


@pytest.mark.parametrize(
    ("kappa", "words"),
    [
        (-0.2, "poor"), (-0.01, "poor"), (0.0, "slight"), (0.2, "slight"), (0.21, "fair"),
        (0.4, "fair"), (0.41, "moderate"), (0.6, "moderate"), (0.604, "moderate"),
        (0.61, "substantial"), (0.8, "substantial"), (0.81, "almost perfect"),
        (1.0, "almost perfect"),
    ],
)  # fmt: skip
def test_kappa_in_landis_and_kochs_words(kappa: float, words: str) -> None:
    assert strength(kappa) == words


@pytest.mark.parametrize(
    ("alpha", "words"),
    [
        (0.9, "good enough to rely on"), (0.8, "good enough to rely on"),
        (0.7999, "fit for tentative conclusions only"),
        (0.667, "fit for tentative conclusions only"),
        (0.6669, "too low to rely on"), (-1.0, "too low to rely on"),
    ],
)  # fmt: skip
def test_alpha_by_krippendorffs_thresholds(alpha: float, words: str) -> None:
    assert reliance(alpha) == words


def test_thresholds_are_told_with_their_sources_and_as_conventions() -> None:
    said = " ".join(SOURCES)
    for words in ("Landis", "1977", "Krippendorff", "2004", ".667", ".800", "conventions"):
        assert words in said


def test_measures_as_people_read_them() -> None:
    assert str(Measure(-0.0312, -0.5, 0.25)) == "−0.03"
    assert Measure(-0.0312, -0.5, 0.25).interval == "−0.50 to 0.25"
    assert str(Measure(-0.001)) == "0.00"
    assert (str(Measure(None)), Measure(None).interval) == ("–", "")
    assert told(Coefficient.PERCENT, Measure(0.853)) == "85 %"
    assert told(Coefficient.PERCENT, Measure(0.0421)) == "4.2 %"
    assert told(Coefficient.PERCENT, Measure(0.9962)) == "99.6 %"
    assert told(Coefficient.PERCENT, Measure(0.99999)) == "99.9 %"
    assert told(Coefficient.PERCENT, Measure(1.0)) == "100 %"
