"""How far coders agree: what is asked, and the figures that come of it, ready to be shown.

Nothing here names a respondent: submissions go by their references.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import floor


class Unit(StrEnum):
    """Of what it is asked whether coders agree: of every character, sentence or paragraph, or
    whether a code is in a submission at all."""

    CHARACTER = "character"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SUBMISSION = "submission"


class Coefficient(StrEnum):
    """A measure of agreement, by the key that scripts rely on."""

    PERCENT = "percent"
    KAPPA = "kappa"
    CONGER = "conger"
    FLEISS = "fleiss"
    SCOTT = "pi"
    BRENNAN_PREDIGER = "s"
    AC1 = "ac1"
    ALPHA = "alpha"
    MASI = "alpha_masi"
    JACCARD = "alpha_jaccard"
    U_ALPHA = "u_alpha"
    U_ALPHA_1995 = "u_alpha_1995"
    U_BINARY = "u_alpha_binary"
    CU_ALPHA = "cu_alpha"
    KU_ALPHA = "ku_alpha"


NAMES = {
    Coefficient.PERCENT: "Agreement",
    Coefficient.KAPPA: "Cohen’s κ",
    Coefficient.CONGER: "Conger’s κ",
    Coefficient.FLEISS: "Fleiss’ κ",
    Coefficient.SCOTT: "Scott’s π",
    Coefficient.BRENNAN_PREDIGER: "Brennan–Prediger",
    Coefficient.AC1: "Gwet’s AC1",
    Coefficient.ALPHA: "Krippendorff’s α",
    Coefficient.MASI: "α, MASI",
    Coefficient.JACCARD: "α, Jaccard",
    Coefficient.U_ALPHA: "uα",
    Coefficient.U_ALPHA_1995: "uα, 1995",
    Coefficient.U_BINARY: "|uα",
    Coefficient.CU_ALPHA: "cuα",
    Coefficient.KU_ALPHA: "(k)uα",
}
"""How people call them."""

SHORT = NAMES | {
    Coefficient.PERCENT: "Alike",
    Coefficient.KAPPA: "κ",
    Coefficient.BRENNAN_PREDIGER: "S",
    Coefficient.AC1: "AC1",
    Coefficient.ALPHA: "α",
}
"""How narrow columns call them."""

MEANINGS = {
    Coefficient.PERCENT: "how often two coders agree, chance not taken out",
    Coefficient.KAPPA: "each coder’s own habits taken for chance (Cohen 1960); of more than two,"
    " the mean of all pairs of whom it is defined (Light 1971)",
    Coefficient.CONGER: "as Cohen’s, for more than two coders (Conger 1980)",
    Coefficient.FLEISS: "the habits of all together taken for chance (Fleiss 1971)",
    Coefficient.SCOTT: "the same for two coders (Scott 1955)",
    Coefficient.BRENNAN_PREDIGER: "every answer equally likely by chance (Brennan & Prediger 1981)",
    Coefficient.AC1: "steady where a code is rare or everywhere (Gwet 2008)",
    Coefficient.ALPHA: "corrected for few units, allows for gaps (Krippendorff 2004)",
    Coefficient.MASI: "sets of codes, part of a set counts for something (Passonneau 2006)",
    Coefficient.JACCARD: "sets of codes, by the share that they have in common",
    Coefficient.U_ALPHA: "where passages begin and end, and under which code (Krippendorff and"
    " others 2016)",
    Coefficient.U_ALPHA_1995: "how far ends of passages lie apart (Krippendorff 1995)",
    Coefficient.U_BINARY: "where anything is tagged, whatever the code (2016)",
    Coefficient.CU_ALPHA: "which code, where both tagged (2016)",
    Coefficient.KU_ALPHA: "how reliably this code is told from the theme’s others (2016)",
}
"""What each is, in a few words, with its source."""


TENTATIVE, RELIABLE = 0.667, 0.8
"""From which α on Krippendorff (2004) lets one draw tentative conclusions, and rely on them."""
_BARS = TENTATIVE, RELIABLE


@dataclass(frozen=True, slots=True)
class Measure:
    """A coefficient: its `value`, at most 1, and the interval `low`…`high` in which it lies with 95
    per cent confidence. None is what cannot be told; `why` says why in a sentence."""

    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""

    def __str__(self) -> str:
        """The value to two places, as tables show it; a dash where there is none."""
        return "–" if self.value is None else _places(self.value)

    @property
    def interval(self) -> str:
        """The interval as `0.41 to 0.93`; empty where there is none."""
        if self.low is None or self.high is None:
            return ""
        return f"{_places(self.low)} to {_places(self.high)}"


def _places(value: float) -> str:
    return f"{value:.2f}".replace("-", "−").replace("−0.00", "0.00")


def per_cent(share: float) -> str:
    """A share, 0…1, in per cent; with a place behind the point where it is near nought or all, so
    that only what is all is called so."""
    near = 0 < share < 0.1 or 0.99 <= share < 1
    return f"{min(100 * share, 99.9):.1f} %" if near else f"{100 * share:.0f} %"


def told(kind: Coefficient, measure: Measure) -> str:
    """A measure as people read it: agreement in per cent, all else to two places, or α to three
    where two would lift it over a threshold that it does not reach."""
    value = measure.value
    if kind is Coefficient.PERCENT and value is not None:
        return per_cent(value)
    lifted = value is not None and any(value < bar <= round(value, 2) for bar in _BARS)
    if kind is Coefficient.ALPHA and value is not None and lifted:
        return f"{floor(value * 1000) / 1000:.3f}"
    return str(measure)


@dataclass(frozen=True, slots=True)
class AgreementOptions:
    """What is compared: `coders` by name (two or more; none: everyone who has coded), and
    `submissions` by reference (none: all that each of these coders has coded).

    Intervals come of `samples` samples (0: no intervals), drawn from `seed` on, so that they are
    the same each time.
    """

    coders: tuple[str, ...] = ()
    unit: Unit = Unit.CHARACTER
    submissions: tuple[str, ...] = ()
    samples: int = 1_000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class CoderChoice:
    """A coder who can be compared: in how many submissions they count as having coded, and how many
    of these they have declared coded."""

    name: str
    submissions: int
    declared: int


@dataclass(frozen=True, slots=True)
class SubmissionChoice:
    """A submission that two coders or more have coded: its reference, whose it is (empty where
    nobody is named), and who has coded it."""

    ref: str
    title: str
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A line of the result: a code, a theme, a submission, a pair of coders, or all together.

    `id` is that of the code or submission; `name` the path, the reference, or the coders' names.
    `units` is how many units are compared, `used` in how many of these anybody has the code (any
    code), `shared` in how many everybody has. `prevalence` is the mean share of the units in which
    a coder has it, 0…1, and `by_coder` each coder's own, in the order of `coders`, which is empty
    where all of the report are meant. `codings` counts the passages. `children` tells that codes
    below are counted in.
    """

    id: str
    name: str
    units: int
    used: int
    shared: int
    codings: int
    prevalence: float
    by_coder: tuple[float, ...]
    measures: Mapping[Coefficient, Measure]
    reading: str = ""
    caveats: tuple[str, ...] = ()
    children: bool = False
    coders: tuple[str, ...] = ()

    def measure(self, coefficient: Coefficient) -> Measure:
        """The coefficient; without a value where this line has none of that kind."""
        return self.measures.get(coefficient, NONE)


NONE = Measure(None, why="This is not told of such a line.")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A submission that is not compared, and who of the coders has not coded it."""

    ref: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """The agreement of some coders over some submissions.

    `coders` are names in order, `refs` the submissions compared. `columns` are the coefficients in
    the order of tables. `codes` are all codes that any of the coders used, in the order of the
    codebook, `themes` those that have codes below them, which are counted in. `drawn` says what the
    intervals are drawn from (`paragraphs`). `method` tells in sentences what was compared and how,
    `sources` where the thresholds come from.
    """

    inquiry: str
    made: date
    options: AgreementOptions
    coders: tuple[str, ...]
    refs: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    columns: tuple[Coefficient, ...]
    overall: AgreementLine
    codes: tuple[AgreementLine, ...]
    themes: tuple[AgreementLine, ...]
    submissions: tuple[AgreementLine, ...]
    pairs: tuple[AgreementLine, ...]
    drawn: str = ""
    reading: str = ""
    caveats: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(default_factory=tuple)

    @property
    def unit(self) -> Unit:
        """Of what it is asked whether the coders agree."""
        return self.options.unit
