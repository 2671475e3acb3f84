"""The palette to choose a code's colour from: twelve swatches, each with its name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu

from coder.domain.palette import COLOURS, shade
from coder.ui import theme

_SIDE = 16


def swatch(colour: str) -> QIcon:
    """A square of a colour of the palette, as it is in the theme in use."""
    return theme.swatch(shade(colour, theme.current().dark), _SIDE)


def fill(menu: QMenu, current: str, choose: Callable[[str], object]) -> None:
    """Puts the palette into a menu; the current colour says so."""
    for name in COLOURS:
        action = menu.addAction(swatch(name), f"{name} (now)" if name == current else name)
        action.setIconVisibleInMenu(True)
        action.triggered.connect(lambda _=False, name=name: choose(name))
