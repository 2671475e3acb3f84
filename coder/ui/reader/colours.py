"""The colours of the page, for light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from coder.domain.palette import COLOURS, DARK_PAGE, LIGHT_PAGE

_CODERS = ("blue", "vermilion", "green", "purple", "ochre", "cyan", "rose")


@dataclass(frozen=True, slots=True)
class ReaderColours:
    """What the page is painted in, each as `#rrggbb`.

    `text` has a contrast of at least 7:1 against the page and 4.5:1 against every ground it stands
    on (`tint`, `strong`, `selection`, `spoken`, `found`, `found_now`); `muted` has 4.5:1 against
    the page and the tint. `tick` and `coders`, the colours of stripes by coder, have 3:1 against
    the page.
    """

    page: str
    text: str
    muted: str
    rule: str
    tint: str
    strong: str
    selection: str
    spoken: str
    found: str
    found_now: str
    tick: str
    coders: tuple[str, ...]


def _coders(*, dark: bool) -> tuple[str, ...]:
    return tuple(COLOURS[name][dark] for name in _CODERS)


LIGHT = ReaderColours(
    page=LIGHT_PAGE,
    text="#22252a",
    muted="#62676e",
    rule="#ded9cd",
    tint="#f1e9d4",
    strong="#e2d5b4",
    selection="#b9d4f1",
    spoken="#d5ecd2",
    found="#ffe9a8",
    found_now="#ffc95c",
    tick="#b06000",
    coders=_coders(dark=False),
)
DARK = ReaderColours(
    page=DARK_PAGE,
    text="#dfe1e4",
    muted="#9aa1a9",
    rule="#3a3f45",
    tint="#2d3034",
    strong="#41464d",
    selection="#2c4f76",
    spoken="#2a4a3a",
    found="#4f4620",
    found_now="#7a5a12",
    tick="#ffc95c",
    coders=_coders(dark=True),
)
