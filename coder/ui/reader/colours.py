"""The colours of the page, for light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from coder.domain.palette import DARK_PAGE, LIGHT_PAGE


@dataclass(frozen=True, slots=True)
class ReaderColours:
    """What the page is painted in, each as `#rrggbb`.

    `text` has a contrast of at least 7:1 against the page and 4.5:1 against every ground it stands
    on (`tint`, `strong`, `selection`, `spoken`); `muted` has 4.5:1 against the page and the tint.
    """

    page: str
    text: str
    muted: str
    rule: str
    tint: str
    strong: str
    selection: str
    spoken: str


LIGHT = ReaderColours(
    page=LIGHT_PAGE,
    text="#22252a",
    muted="#62676e",
    rule="#ded9cd",
    tint="#f1e9d4",
    strong="#e2d5b4",
    selection="#b9d4f1",
    spoken="#d5ecd2",
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
)
