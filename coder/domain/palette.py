"""Colours for codes that colour-blind readers can tell apart and that stand out on the page.

Each colour has a variant for light and for dark pages. Every one has a contrast of at least 3:1
against its page (WCAG 2.2, 1.4.11); hues follow Paul Tol's and Okabe and Ito's published sets,
darkened or lightened until they do, and until any two lie at least 7 apart (CIE 1976 colour
difference) as people without red or green cones see them. A colour is never alone: stripes carry
the code's name.
"""

from __future__ import annotations

LIGHT_PAGE = "#fffdf8"
DARK_PAGE = "#1d2023"

COLOURS: dict[str, tuple[str, str]] = {
    "blue": ("#2082d1", "#6fb5f2"),
    "vermilion": ("#bc4603", "#ee8854"),
    "green": ("#3c906a", "#4bc792"),
    "purple": ("#844ca5", "#b977c4"),
    "ochre": ("#ac8b3b", "#daa730"),
    "cyan": ("#006f83", "#48d0e6"),
    "rose": ("#ab2e5c", "#f58daf"),
    "olive": ("#464e01", "#b3ca51"),
    "indigo": ("#404dae", "#9599f5"),
    "brown": ("#844f37", "#cd977e"),
    "teal": ("#276a65", "#72c9bf"),
    "grey": ("#7d7e7d", "#969797"),
}


def colour_for(index: int) -> str:
    """The name of the colour for the `index`-th (from 0) theme; they begin again after twelve."""
    names = list(COLOURS)
    return names[index % len(names)]


def shade(name: str, dark: bool) -> str:
    """The colour as `#rrggbb` for a light or a dark page; grey where the name is not known."""
    return COLOURS.get(name, COLOURS["grey"])[dark]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1…21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
