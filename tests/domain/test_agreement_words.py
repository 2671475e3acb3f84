"""What figures of agreement mean in words: the thresholds as their authors drew them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.agreement import AgreementLine, Coefficient, Measure, Unit, told
from coder.domain.agreement_words import SOURCES, alike, headline, reliance, strength, tally


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
    near = [Measure(one) for one in (0.7996, 0.8, 0.6651, 0.668)]
    assert [told(Coefficient.ALPHA, one) for one in near] == ["0.799", "0.80", "0.665", "0.67"]
    assert [told(Coefficient.KAPPA, one) for one in near] == ["0.80", "0.80", "0.67", "0.67"]
    assert (str(Measure(None)), Measure(None).interval) == ("–", "")
    assert told(Coefficient.PERCENT, Measure(0.853)) == "85 %"
    assert told(Coefficient.PERCENT, Measure(0.0421)) == "4.2 %"
    assert told(Coefficient.PERCENT, Measure(0.9962)) == "99.6 %"
    assert told(Coefficient.PERCENT, Measure(0.99999)) == "99.9 %"
    assert told(Coefficient.PERCENT, Measure(1.0)) == "100 %"


def _line(alpha: float | None, percent: float | None = None) -> AgreementLine:
    measures = {
        Coefficient.ALPHA: Measure(alpha, why="Nobody tagged anything." * (alpha is None)),
        Coefficient.PERCENT: Measure(percent),
    }
    return AgreementLine("", "All codes", 10, 4, 2, 6, 0.3, (0.3, 0.3), measures)


def test_the_headline_tells_the_reading_and_its_source() -> None:
    assert headline(_line(0.699)).startswith(
        "Agreement over all codes is fit for tentative conclusions only: α is 0.699, and"
        " Krippendorff (2004) asks for 0.800"
    )
    undefined = headline(_line(None))
    assert undefined == "Agreement beyond chance cannot be told. Nobody tagged anything."


def test_how_often_two_said_the_same_is_told_where_it_is_known() -> None:
    said = "The two coders put the same codes, or none, on 93 % of the sentences."
    two = _line(0.7, 0.93)
    assert alike(two, Unit.SENTENCE) == said
    three = replace(two, by_coder=(0.3, 0.3, 0.3))
    assert alike(three, Unit.SENTENCE).startswith(
        "Any two coders put the same codes, or none, on a"
    )
    assert alike(three, Unit.SUBMISSION) == (
        "Whether a code is in a submission, any two coders say alike on average in 93 % of all"
        " cases."
    )
    assert alike(_line(0.7), Unit.SENTENCE) == ""


def test_codes_are_counted_by_what_their_figures_allow() -> None:
    lines = [_line(one) for one in (0.9, 0.7, 0.2, 0.1, None)]
    assert tally(lines) == (
        "Of 5 codes: 1 good enough to rely on, 1 fit for tentative conclusions only,"
        " 2 too low to rely on, 1 cannot be told."
    )
