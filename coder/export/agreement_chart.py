"""A picture of agreement: α of each code with its interval, against the thresholds."""

from __future__ import annotations

import io
from collections.abc import Sequence
from textwrap import wrap

from coder.domain.agreement import (
    NAMES,
    RELIABLE,
    TENTATIVE,
    AgreementLine,
    AgreementReport,
    Coefficient,
)
from coder.domain.text import counted, listed
from coder.export.wording import day

INCHES, LINE = 5.6, 0.2
"""How wide the picture is, and how high each line."""

_AROUND = 2
"""So many lines' height goes to the scale and what is said below it."""

ACCENT = "1F5C66"
"""The colour of marks where no template has one of its own."""

_SAID = (
    f"Krippendorff’s α and its 95 % interval. Pale, from {TENTATIVE}: tentative; darker, from"
    f" {RELIABLE:.3f}: reliable."
)
_DOTS = 200
_WIDE = 100
"""So many signs fit into a line below the picture."""
_INK, _QUIET = "#1F2328", "#8A929A"
_SIZE = 8
"""Of the names of codes, in points."""
_LEFT, _MARGIN = 0.42, 0.03
"""How much of the width is left for names, and how much of it stays white."""


def shown(report: AgreementReport, most: int = 0) -> list[AgreementLine]:
    """The codes that the picture shows, those first on which coders agree least: all of which α is
    defined, or `most` of them."""
    told = [one for one in report.codes if _alpha(one) is not None]
    told.sort(key=lambda one: _alpha(one) or 0)
    return told[:most] if most else told


def facts(report: AgreementReport) -> tuple[str, ...]:
    """When which coders were compared, by what, and over how much."""
    return (
        day(report.made),
        listed(report.coders),
        f"by the {report.unit}",
        counted(len(report.refs), "submission"),
    )


def height(lines: Sequence[AgreementLine]) -> float:
    """How high the picture of these lines is, in inches, as wide as `INCHES` is."""
    return LINE * (len(lines) + _AROUND)


def alternative(lines: Sequence[AgreementLine]) -> str:
    """What somebody is told who does not see the picture."""
    alpha = Coefficient.ALPHA
    said = ", ".join(
        f"{one.name} {one.measure(alpha)}"
        + (f" ({one.measure(alpha).interval})" if one.measure(alpha).interval else "")
        for one in lines
    )
    return (
        f"{NAMES[alpha]} of each code with its interval, the lowest first, against the thresholds"
        f" {TENTATIVE} and {RELIABLE:.3f}: {said}."
    )


def draw(
    lines: Sequence[AgreementLine], accent: str = ACCENT, kind: str = "png", about: str = ""
) -> bytes:
    """The picture as `png` (200 dots to the inch) or `svg`, in a colour given as six hexadecimal
    digits; `lines` are at least one. What it is `about`, in lines, stands below a picture that
    stands alone."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    said = about.replace("$", r"\$")
    below = [one for line in said.splitlines() for one in wrap(line, _WIDE)]
    high = height(lines) + LINE * len(below)
    figure = Figure((INCHES, high), facecolor="white")
    base, tall = (_AROUND + len(below) - 0.15) * LINE / high, LINE * len(lines) / high
    axes = figure.add_axes((_LEFT, base, 0.98 - _LEFT, tall))
    colour = f"#{accent}"
    axes.set(xlim=(min(0.0, *map(_lowest, lines)) - 0.05, 1.02), ylim=(len(lines) - 0.5, -0.5))
    for start, end, strength in ((TENTATIVE, RELIABLE, 0.08), (RELIABLE, 1.02, 0.18)):
        axes.axvspan(start, end, color=colour, alpha=strength, linewidth=0)
    axes.axvline(0, color=_QUIET, linewidth=0.6)
    for place, line in enumerate(lines):
        measure = line.measures[Coefficient.ALPHA]
        if measure.low is not None and measure.high is not None:
            axes.plot((measure.low, measure.high), (place, place), color=colour, linewidth=1.4)
        axes.plot(measure.value or 0.0, place, "o", color=colour, markersize=4.5)
    axes.set_yticks(range(len(lines)), [_short(one.name) for one in lines])
    axes.tick_params(labelsize=_SIZE, labelcolor=_INK, length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for up, words in enumerate([_SAID, *below][::-1]):
        at = (up + 0.2) * LINE / high
        figure.text(0.98, at, words, ha="right", fontsize=7.5, color=_INK)
    stream = io.BytesIO()
    fixed = {"Date": None} if kind == "svg" else {"Software": None}
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "agreement"}):
        figure.savefig(stream, format=kind, dpi=_DOTS, metadata=fixed)
    return stream.getvalue()


def _alpha(line: AgreementLine) -> float | None:
    return line.measures[Coefficient.ALPHA].value


def _lowest(line: AgreementLine) -> float:
    measure = line.measures[Coefficient.ALPHA]
    return min(one for one in (measure.value, measure.low, 1.0) if one is not None)


def _short(name: str) -> str:
    """A code's path as far as there is room: its own name, and above it what fits whole. What
    matplotlib would set as a formula stays as it is."""
    shown, above = name, name
    while not _fits(shown) and "/" in above:
        above = above.partition("/")[2]
        shown = f"…/{above}"
    if not _fits(shown):
        above = above[: next(end for end in range(len(above), 0, -1) if _fits(f"{above[:end]}…"))]
        shown = f"{above}…"
    return shown.replace("$", r"\$")


def _fits(words: str) -> bool:
    from matplotlib.textpath import TextPath

    wide = TextPath((0, 0), words.replace("$", r"\$"), size=_SIZE).get_extents().width
    return bool(wide <= 72 * INCHES * (_LEFT - _MARGIN))
