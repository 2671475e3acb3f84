"""Twelve colours that stand out on the page and can be told apart, also by the colour-blind."""

from itertools import combinations

import pytest

from coder.domain.palette import COLOURS, DARK_PAGE, LIGHT_PAGE, called, colour_for, contrast, shade

Vector = tuple[float, float, float]

DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
TRITANOPIA = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
"""Severity 1.0 on linear RGB: Machado, Oliveira and Fernandes (2009), table 1."""


def linear(colour: str) -> Vector:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return tuple(
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    )


def times(matrix: tuple[Vector, ...], vector: Vector) -> Vector:
    return tuple(
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, vector, strict=True)))) for row in matrix
    )


def lab(rgb: Vector) -> Vector:
    """CIE L*a*b* under D65 (CIE 15:2004), from linear sRGB (IEC 61966-2-1)."""
    r, g, b = rgb
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: Vector, other: Vector) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", COLOURS)
def test_every_colour_stands_out_on_its_page(name: str, dark: bool) -> None:
    assert contrast(shade(name, dark), DARK_PAGE if dark else LIGHT_PAGE) >= 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_can_be_told_apart_by_most(dark: bool) -> None:
    shades = {name: lab(linear(shade(name, dark))) for name in COLOURS}
    near = {
        pair: round(distance(shades[pair[0]], shades[pair[1]]), 1)
        for pair in combinations(shades, 2)
    }
    assert min(near.values()) >= 10, sorted(near.items(), key=lambda one: one[1])[:5]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "matrix",
    [DEUTERANOPIA, PROTANOPIA, TRITANOPIA],
    ids=["deuteranopia", "protanopia", "tritanopia"],
)
def test_all_can_be_told_apart_by_the_colour_blind(matrix: tuple[Vector, ...], dark: bool) -> None:
    names = list(COLOURS)
    shades = {name: lab(times(matrix, linear(shade(name, dark)))) for name in names}
    near = {pair: distance(shades[pair[0]], shades[pair[1]]) for pair in combinations(names, 2)}
    assert min(near.values()) >= 7, sorted(near.items(), key=lambda one: one[1])[:5]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_thirteenth_theme_begins_again() -> None:
    assert len({colour_for(n) for n in range(12)}) == 12
    assert colour_for(12) == colour_for(0)


@pytest.mark.parametrize("matrix", [DEUTERANOPIA, PROTANOPIA, TRITANOPIA])
def test_the_simulation_leaves_greys_and_takes_hues_away(matrix: tuple[Vector, ...]) -> None:
    grey = linear("#808080")
    assert distance(lab(grey), lab(times(matrix, grey))) < 1
    told = {DEUTERANOPIA: ("#c00000", "#606000"), PROTANOPIA: ("#c00000", "#403800")}
    one, other = told.get(matrix, ("#0090a0", "#008fb0"))
    before = distance(lab(linear(one)), lab(linear(other)))
    after = distance(lab(times(matrix, linear(one))), lab(times(matrix, linear(other))))
    assert after < before / 1.5


@pytest.mark.parametrize(
    ("words", "name"),
    [("Teal", "teal"), ("#844ca5", "purple"), ("ff0000", "vermilion"), ("#888888", "grey"),
     ("mauve", ""), ("#12", ""), ("", "")],
)  # fmt: skip
def test_a_colour_is_known_by_its_name_or_by_what_is_nearest(words: str, name: str) -> None:
    assert called(words) == name


def test_an_unknown_colour_is_grey() -> None:
    assert shade("mauve", dark=False) == COLOURS["grey"][0]
