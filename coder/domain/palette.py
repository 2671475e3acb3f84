"""Colours for codes that colour-blind readers can tell apart and that stand out on the page.

Each colour has a variant for light and for dark pages. Every one has a contrast of at least 3:1
against its page and the grounds of the panels beside it (WCAG 2.2, 1.4.11); hues follow Paul Tol's
and Okabe and Ito's published sets, darkened or lightened until they do, and until any two lie at
least 7 apart (CIE 1976 colour difference) as people without red, green or blue cones see them. A
colour is never alone: stripes carry the code's name.
"""

from __future__ import annotations

import re
from math import cbrt, dist

_HEX = re.compile("#?[0-9a-f]{6}")

LIGHT_PAGE = "#fffdf8"
DARK_PAGE = "#1d2023"

COLOURS: dict[str, tuple[str, str]] = {
    "blue": ("#2082d1", "#6fb5f2"),
    "vermilion": ("#bc4603", "#ee8854"),
    "green": ("#3c906a", "#4bc792"),
    "purple": ("#844ca5", "#b977c4"),
    "ochre": ("#9e7e2f", "#daa730"),
    "cyan": ("#00596e", "#48d0e6"),
    "rose": ("#ab2e5c", "#f58daf"),
    "olive": ("#464e01", "#b3ca51"),
    "indigo": ("#404dae", "#9599f5"),
    "brown": ("#844f37", "#cd977e"),
    "teal": ("#1e6f6c", "#72c9bf"),
    "grey": ("#7d7e7d", "#969797"),
}


def colour_for(index: int) -> str:
    """The name of the colour for the `index`-th (from 0) theme; they begin again after twelve."""
    names = list(COLOURS)
    return names[index % len(names)]


def called(words: str) -> str:
    """The colour of the palette that a name or `#rrggbb` means: the nearest in Oklab (Ottosson,
    2020) for the latter; empty where it means none."""
    name = words.strip().casefold()
    if name in COLOURS:
        return name
    if not _HEX.fullmatch(name):
        return ""
    wanted = _oklab(f"#{name.removeprefix('#')}")
    return min(COLOURS, key=lambda one: dist(wanted, _oklab(COLOURS[one][0])))


def shade(name: str, dark: bool) -> str:
    """The colour as `#rrggbb` for a light or a dark page; grey where the name is not known."""
    return COLOURS.get(name, COLOURS["grey"])[dark]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1…21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, ...]:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
