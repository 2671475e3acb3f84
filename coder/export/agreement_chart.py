"""A picture of agreement: α of each code with its interval, against the thresholds."""

from __future__ import annotations

import io
from collections.abc import Sequence

from coder.domain.agreement import NAMES, AgreementLine, AgreementReport, Coefficient
from coder.domain.agreement_words import RELIABLE, TENTATIVE

INCHES, LINE = 5.6, 0.235
"""How wide the picture is, and how high each line."""

AROUND = 4
"""So many lines' height goes to the scale and what stands above it."""

ACCENT = "1F5C66"
"""The colour of marks where no template has one of its own."""

_DOTS = 200
_INK, _QUIET = "#1F2328", "#8A929A"
_LONGEST = 34
_LOWEST = -0.2


def shown(report: AgreementReport, most: int = 0) -> list[AgreementLine]:
    """The codes that the picture shows, those first on which coders agree least: all of which α is
    defined, or `most` of them."""
    told = [one for one in report.codes if _alpha(one) is not None]
    told.sort(key=lambda one: _alpha(one) or 0)
    return told[:most] if most else told


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


def draw(lines: Sequence[AgreementLine], accent: str = ACCENT, kind: str = "png") -> bytes:
    """The picture as `png` (200 dots to the inch) or `svg`, in a colour given as six hexadecimal
    digits; `lines` are at least one."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    high = LINE * (len(lines) + AROUND)
    figure = Figure((INCHES, high), facecolor="white")
    left = 0.36
    axes = figure.add_axes((left, 2.2 * LINE / high, 0.98 - left, LINE * len(lines) / high))
    least = min([_LOWEST, *(_lowest(one) - 0.05 for one in lines)])
    axes.set(xlim=(least, 1.02), ylim=(len(lines) - 0.5, -0.5))
    axes.axvspan(TENTATIVE, RELIABLE, color=f"#{accent}", alpha=0.07, linewidth=0)
    axes.axvspan(RELIABLE, 1.02, color=f"#{accent}", alpha=0.16, linewidth=0)
    axes.axvline(0, color=_QUIET, linewidth=0.6)
    for place, line in enumerate(lines):
        measure = line.measures[Coefficient.ALPHA]
        if measure.low is not None and measure.high is not None:
            axes.plot(
                [measure.low, measure.high], [place, place], color=f"#{accent}", linewidth=1.4
            )
        axes.plot([measure.value], [place], "o", color=f"#{accent}", markersize=4.5)
    axes.set_yticks(range(len(lines)), [_short(one.name) for one in lines])
    axes.tick_params(labelsize=8, labelcolor=_INK, length=0)
    axes.set_xlabel(f"{NAMES[Coefficient.ALPHA]} and its interval", fontsize=8, color=_INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for place, words in ((TENTATIVE, f"{TENTATIVE}\ntentative"), (RELIABLE, "0.800\nreliable")):
        axes.annotate(
            words, (place, -0.5), (2, 3), textcoords="offset points", fontsize=7, color=_INK
        )
    stream = io.BytesIO()
    fixed = {"Date": None} if kind == "svg" else {"Software": None}
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "agreement"}):
        figure.savefig(stream, format=kind, dpi=_DOTS, metadata=fixed)
    return stream.getvalue()


def _alpha(line: AgreementLine) -> float | None:
    return line.measures[Coefficient.ALPHA].value


def _lowest(line: AgreementLine) -> float:
    measure = line.measures[Coefficient.ALPHA]
    return min(measure.value or 0, measure.low if measure.low is not None else 1)


def _short(name: str) -> str:
    """The end of a code's path, which tells it from others, and of the path as much as fits. What
    matplotlib would set as a formula stays as it is."""
    cut = name if len(name) <= _LONGEST else f"…{name[1 - _LONGEST :]}"
    return cut.replace("$", r"\$")
