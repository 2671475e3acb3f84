"""Charts of a Word pack: of each type of respondent, how many raised it out of how many could."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from coder.domain.model import RespondentType
from coder.export.counting import Raised
from coder.export.wording import kind_of_group, printable

FEWEST_TYPES, FEWEST_RAISED = 2, 5
"""So many types, and so many respondents, must have raised something before a picture helps."""

_INCHES, LINE, _DOTS = 5.6, 0.235, 200
"""How wide the picture is, how high each bar with its room, and dots to the inch."""

_NAMES, _BARS = 0.23, 0.64
"""Where bars begin, and how long the longest is, of the width."""

_INK, _PALE = "#1F2328", 0.8
"""The colour of words, and how much white is in the bars of all who addressed a theme."""

_EMU = 914400
"""English metric units to the inch (ECMA-376 part 1 §20.1.2.1)."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One type of respondent: how many raised it, and how many addressed the theme."""

    name: str
    raised: int
    of: int


def bars(raised: Raised) -> list[Bar]:
    """What a chart shows, those first of whom most raised it; empty where it would not help."""
    if len(raised.types) < FEWEST_TYPES or raised.raised < FEWEST_RAISED:
        return []
    kinds = [kind for kind in RespondentType if raised.addressed.get(kind)]
    kinds.sort(key=lambda kind: (-raised.types.get(kind, 0), -raised.addressed[kind]))
    return [
        Bar(kind_of_group(kind), raised.types.get(kind, 0), raised.addressed[kind])
        for kind in kinds
    ]


def alternative(name: str, found: list[Bar]) -> str:
    """What somebody is told who does not see the chart."""
    said = ", ".join(f"{bar.name} {bar.raised:,} of {bar.of:,}" for bar in found)
    return f"Bar chart of who raised “{name}”, by type of respondent: {said}."


def draw(found: list[Bar], accent: str) -> bytes:
    """The chart as a PNG of 200 dots to the inch, in a colour given as six hexadecimal digits. It
    reads in grey too, and by its numbers."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    figure = Figure((_INCHES, LINE * len(found)), facecolor="white")
    dark = tuple(int(accent[place : place + 2], 16) / 255 for place in (0, 2, 4))
    pale = tuple(one + (1 - one) * _PALE for one in dark)
    longest = max(bar.of for bar in found)
    height = 1 / len(found)
    for place, bar in enumerate(found):
        base = 1 - (place + 0.86) * height
        middle = base + 0.36 * height
        for number, colour in ((bar.of, pale), (bar.raised, dark)):
            size = (_BARS * number / longest, 0.72 * height)
            figure.add_artist(Rectangle((_NAMES, base), *size, color=colour, linewidth=0))
        words: dict[str, Any] = {"va": "center_baseline", "fontsize": 8, "color": _INK}
        figure.text(0, middle, bar.name, **words)
        end = _NAMES + _BARS * bar.of / longest + 0.01
        figure.text(end, middle, f"{bar.raised:,} of {bar.of:,}", **words)
    stream = io.BytesIO()
    figure.savefig(
        stream,
        format="png",
        dpi=_DOTS,
        metadata={"Software": None},
        pil_kwargs={"compress_level": 1},
    )
    return stream.getvalue()


def picture(key: str, number: int, told: str, inches: float, width: int) -> str:
    """The XML of a paragraph with a picture so many inches high, in a text `width` twentieths of a
    point wide; `told` is its alternative text and `number` tells it from other pictures."""
    across = min(int(_INCHES * _EMU), width * _EMU // 1440)
    high = int(across * inches / _INCHES)
    size = f'cx="{across}" cy="{high}"'
    said = quoteattr(printable(told))
    return (
        '<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr={said}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        "<a:graphic><a:graphicData"
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Chart {number}" descr={said}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
