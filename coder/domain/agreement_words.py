"""What figures of agreement mean in plain words, with where each threshold comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.domain.agreement import (
    RELIABLE,
    TENTATIVE,
    AgreementLine,
    AgreementOptions,
    Coefficient,
    LeftOut,
    Measure,
    Unit,
    per_cent,
)
from coder.domain.text import counted, listed

FEW_UNITS = 10
"""In fewer units than these a code is used too seldom for its figures to be trusted."""

RARE = 0.05
"""A code in a smaller share of the units is called rare."""

MOSTLY = 0.5
"""Where a larger share of the units is untagged, they swamp the figures."""

_KAPPA = ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"))

LANDIS_KOCH = (
    "J. R. Landis and G. G. Koch, “The measurement of observer agreement for categorical data”,"
    " Biometrics 33 (1977): κ below 0 poor, up to .20 slight, .40 fair, .60 moderate, .80"
    " substantial, above that almost perfect."
)
KRIPPENDORFF = (
    "K. Krippendorff, Content Analysis: An Introduction to Its Methodology (2nd edition, 2004):"
    " rely on variables with α of .800 or more; between .667 and .800 draw only tentative"
    " conclusions."
)
CONVENTION = (
    "These thresholds are conventions, not laws: what is enough depends on what rests on the codes."
)
SOURCES = (KRIPPENDORFF, LANDIS_KOCH, CONVENTION)


def strength(kappa: float) -> str:
    """What Landis & Koch (1977), who give two places, call a κ of this size."""
    shown = round(kappa, 2)
    if shown < 0:
        return "poor"
    return next((name for most, name in _KAPPA if shown <= most), "almost perfect")


RELIANCES = ("good enough to rely on", "fit for tentative conclusions only", "too low to rely on")
"""What α allows, from the highest down."""


def reliance(alpha: float) -> str:
    """What Krippendorff (2004) lets one conclude from an α of this size."""
    reliable, tentative, too_low = RELIANCES
    if alpha >= RELIABLE:
        return reliable
    return tentative if alpha >= TENTATIVE else too_low


NOUNS = {
    Unit.CHARACTER: ("character", "characters"),
    Unit.SENTENCE: ("sentence", "sentences"),
    Unit.PARAGRAPH: ("paragraph", "paragraphs"),
    Unit.SUBMISSION: ("submission", "submissions"),
}
"""What units are called, one and several."""

_DECISIONS = ("code of a submission", "codes of submissions")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a report is about, as far as its sentences speak of it: `undeclared` is how many of the
    submissions each coder has tagged in but not declared coded, `drawn` what samples are of."""

    coders: tuple[str, ...]
    submissions: int
    characters: int
    left_out: tuple[LeftOut, ...]
    undeclared: Mapping[str, int]
    options: AgreementOptions
    drawn: str


def of_line(line: AgreementLine, unit: Unit, *, single: bool) -> tuple[str, tuple[str, ...]]:
    """What a line means in a sentence or two, and what must be known beside it. `single`
    says that it is of one code or theme, not of all codes together."""
    noun = NOUNS[unit] if single or unit is not Unit.SUBMISSION else _DECISIONS
    return _reading(line.measures), tuple(_doubts(line, unit, noun))


def _reading(measures: Mapping[Coefficient, Measure]) -> str:
    alpha, kappa = measures[Coefficient.ALPHA], measures[Coefficient.KAPPA]
    if alpha.value is None:
        return f"Agreement beyond chance cannot be told. {alpha.why}"
    said = f"By Krippendorff’s thresholds α ({_exact(alpha.value)}) is {reliance(alpha.value)}"
    if kappa.value is not None:
        said += f"; in Landis & Koch’s words κ ({kappa}) is {strength(kappa.value)}"
    if alpha.low is not None and reliance(alpha.low) != reliance(alpha.value):
        said += f". The interval of α, {alpha.interval}, begins where it is {reliance(alpha.low)}"
    return f"{said}."


def _doubts(line: AgreementLine, unit: Unit, noun: tuple[str, str]) -> list[str]:
    """What makes a line's figures weaker than they look."""
    found = []
    users = sum(share > 0 for share in line.by_coder)
    if line.codings and users == 1:
        found.append("Only one of the coders tagged anything here.")
    few = line.codings if unit is Unit.CHARACTER else line.used
    if 0 < few < FEW_UNITS:
        several = "passages" if unit is Unit.CHARACTER else noun[1]
        found.append(
            f"It rests on fewer than {FEW_UNITS} {several}: one tag more or less changes the"
            " figures."
        )
    if 0 < line.prevalence < RARE:
        found.append(
            f"Rare, in less than {100 * RARE:.0f} % of the {noun[1]}. Coders agree mostly on where"
            " it is not, which lifts the percentage and AC1, and lets κ and α swing."
        )
    if 1 - RARE < line.prevalence < 1:
        found.append(
            f"In nearly all of the {noun[1]}. Coders agree mostly on that, which lifts the"
            " percentage and AC1, and lets κ and α swing."
        )
    return found


def headline(overall: AgreementLine) -> str:
    """The most important of a report in one sentence, with where its threshold comes from."""
    alpha = overall.measures[Coefficient.ALPHA]
    if alpha.value is None:
        return f"Agreement beyond chance cannot be told. {alpha.why}"
    return (
        f"Agreement over all codes is {reliance(alpha.value)}: α is {_exact(alpha.value)}, and"
        f" Krippendorff (2004) asks for {_exact(RELIABLE)} to rely on codes and"
        f" {_exact(TENTATIVE)} for tentative conclusions."
    )


def of_report(overall: AgreementLine, codes: Sequence[AgreementLine], unit: Unit) -> str:
    """What a report says, in plain words."""
    return " ".join(one for one in (alike(overall, unit), overall.reading, tally(codes)) if one)


def alike(overall: AgreementLine, unit: Unit) -> str:
    """How often two coders said the same; nothing where it cannot be told."""
    percent = overall.measures[Coefficient.PERCENT].value
    if percent is None:
        return ""
    several = len(overall.by_coder) > 2
    who = "any two coders" if several else "the two coders"
    said = _ALIKE[unit].format(who, " on average" if several else "", per_cent(percent))
    return said[0].upper() + said[1:]


def tally(codes: Sequence[AgreementLine]) -> str:
    """Of how many codes the figures allow what."""
    values = [one.measures[Coefficient.ALPHA].value for one in codes]
    told = [reliance(value) for value in values if value is not None]
    parts = [f"{told.count(words)} {words}" for words in RELIANCES if words in told]
    parts += [f"{len(codes) - len(told)} cannot be told"] if len(told) < len(codes) else []
    return f"Of {counted(len(codes), 'code')}: {', '.join(parts)}."


_ALIKE = {
    unit: f"{{}} put the same codes, or none,{{}} on {{}} of the {several}."
    for unit, (_, several) in NOUNS.items()
} | {Unit.SUBMISSION: "whether a code is in a submission, {} say alike{} in {} of all cases."}


def caveats(overall: AgreementLine, compared: Compared) -> tuple[str, ...]:
    """What must be known beside a whole report."""
    unit, found = compared.options.unit, list(overall.caveats)
    untagged = 1 - overall.used / overall.units if overall.units else 0
    if untagged > MOSTLY and unit is not Unit.SUBMISSION:
        found.append(
            f"Nobody tagged {per_cent(untagged)} of the {NOUNS[unit][1]}. Agreement on that is"
            " easy and counts too; look at larger units, and at passages (uα), beside it."
        )
    if compared.submissions < FEW_UNITS:
        found.append(
            f"Only {counted(compared.submissions, 'submission')} could be compared; another choice"
            " may give other figures."
        )
    if compared.left_out:
        many = len(compared.left_out)
        were, them = ("was", "it") if many == 1 else ("were", "them")
        found.append(
            f"{counted(many, 'submission')} {were} left out, since not every coder has coded"
            f" {them}."
        )
    loose = [f"{number} by {name}" for name, number in compared.undeclared.items() if number]
    if loose:
        found.append(
            "Some submissions count as coded because something in them is tagged, though they are"
            f" not declared coded: {listed(loose)}."
        )
    return tuple(found)


def method(compared: Compared) -> tuple[str, ...]:
    """What was compared and how, as a report's method section tells it."""
    unit, options = compared.options.unit, compared.options
    who = f"{counted(len(compared.coders), 'coder')} ({listed(compared.coders)})"
    size = f"{counted(compared.submissions, 'submission')} of {compared.characters:,} characters"
    said = [f"{who} were compared on {size}. {_RULE}", _UNITS[unit], _NESTED]
    if options.samples:
        said.append(
            f"Intervals hold 95 % of {options.samples:,} samples in which whole {compared.drawn}"
            f" are drawn again, with replacement (bootstrap percentiles, seed {options.seed})."
            f" Where there are few {compared.drawn}, such intervals come out somewhat narrow."
        )
    return tuple(said)


_RULE = (
    "A coder has coded a submission where they declared all its texts coded, or else tagged"
    " anything in it."
)
_NESTED = (
    "Tagging the same words twice, or within a passage with the same code, counts once. Passages"
    " are half-open: the character behind one is not in it."
)
_UNITS = {
    Unit.CHARACTER: "Every character of the texts is a unit. Overall, a unit’s category is the set"
    " of codes that a coder put on it.",
    Unit.SENTENCE: "Every sentence is a unit; it has a code where a passage with the code touches"
    " it. Overall, a unit’s category is the set of codes that a coder put on it.",
    Unit.PARAGRAPH: "Every paragraph is a unit; it has a code where a passage with the code touches"
    " it. Overall, a unit’s category is the set of codes that a coder put on it.",
    Unit.SUBMISSION: "Every submission with every code that was used is a unit: the code is in it,"
    " or not. The distances of MASI and Jaccard compare a submission’s sets of codes.",
}


def _exact(value: float) -> str:
    """Three places, as the thresholds have."""
    return f"{value:.3f}".replace("-", "−")
