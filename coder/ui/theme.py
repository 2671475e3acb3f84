"""How the window looks: named roles in a light and a dark set, and the style made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from coder import places
from coder.domain.palette import DARK_PAGE, LIGHT_PAGE
from coder.ui import reader


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, each `#rrggbb`. On `window`, `base` and `raised` text has 4.5:1 or more,
    and an `edge`, by which a field or a box is known, 3:1; a `line` only parts things."""

    dark: bool
    window: str
    base: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    chosen: str
    danger: str

    @property
    def page(self) -> reader.ReaderColours:
        """The colours of the reading page that goes with this theme."""
        return reader.DARK if self.dark else reader.LIGHT


LIGHT = Theme(
    dark=False,
    window="#f3f0e9",
    base=LIGHT_PAGE,
    raised="#ffffff",
    text="#22252a",
    muted="#5d626a",
    line="#d9d4c7",
    edge="#888376",
    accent="#0b5a96",
    on_accent="#ffffff",
    chosen="#dbe7f2",
    danger="#a8321d",
)
DARK = Theme(
    dark=True,
    window="#15171a",
    base=DARK_PAGE,
    raised="#262a2e",
    text="#e1e3e6",
    muted="#a0a7af",
    line="#363b41",
    edge="#757c84",
    accent="#6cb4ee",
    on_accent="#0d1418",
    chosen="#24405c",
    danger="#ff9d85",
)

_RATIOS = (1, 1.5, 2, 3)
"""Pixels of the screen to one of ours, as screens have them."""

_SIZES = {"small": 0.9, "larger": 1.1, "heading": 1.5, "title": 2.2}
"""Sizes of letters by role, to the system's own."""

_current = LIGHT
_points = 0.0


def current() -> Theme:
    """The theme in use."""
    return _current


def fits_font() -> bool:
    """Whether the letters are as large as the system wants them now."""
    return QApplication.font().pointSizeF() == _points


def apply(app: QApplication, appearance: str) -> Theme:
    """Puts the application into `light`, `dark`, or what the `system` asks for; gives the theme."""
    global _current, _points  # noqa: PLW0603
    scheme = {
        "light": Qt.ColorScheme.Light,
        "dark": Qt.ColorScheme.Dark,
    }.get(appearance, Qt.ColorScheme.Unknown)
    app.styleHints().setColorScheme(scheme)
    dark = appearance == "dark" or (appearance == "system" and _wants_dark(app))
    _current = DARK if dark else LIGHT
    _points = app.font().pointSizeF()
    app.setStyleSheet("")  # to put one in the place of another takes Qt five times as long
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(_current))
    app.setStyleSheet(_style(_current, _points))
    return _current


def _wants_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def icon(name: str, colour: str = "", size: int = 20) -> QIcon:
    """A drawing of `resources/icons` in a colour of the theme (its text colour unless given)."""
    return _drawn(name, colour or _current.text, size)


@cache
def _drawn(name: str, colour: str, size: int) -> QIcon:
    path = places.resources() / "icons" / f"{name}.svg"
    drawing = path.read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    return _sharp(size, renderer.render)


@cache
def swatch(colour: str, size: int = 12) -> QIcon:
    """A small square in a colour `#rrggbb`, which stands beside a name."""

    def draw(painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box, size / 5, size / 5)

    return _sharp(size, draw)


def _sharp(size: int, draw: Callable[[QPainter, QRectF], object]) -> QIcon:
    """A square picture of `size` by `size` that is sharp on every screen."""
    made = QIcon()
    for ratio in _RATIOS:
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        try:
            draw(painter, QRectF(0, 0, size, size))
        finally:
            painter.end()
        made.addPixmap(pixmap)
    return made


def _drawing(name: str, theme: Theme) -> str:
    """Where the drawing for this theme lies, as style sheets want it."""
    shade = "dark" if theme.dark else "light"
    return (places.resources() / "icons" / f"{name}-{shade}.svg").as_posix()


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.base),
        (roles.AlternateBase, theme.window),
        (roles.Text, theme.text),
        (roles.PlaceholderText, theme.muted),
        (roles.Button, theme.raised),
        (roles.ButtonText, theme.text),
        (roles.ToolTipBase, theme.raised),
        (roles.ToolTipText, theme.text),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.Link, theme.accent),
        (roles.Light, theme.raised),
        (roles.Mid, theme.line),
        (roles.Dark, theme.line),
        (roles.Accent, theme.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette


def _style(theme: Theme, points: float) -> str:
    """The style sheet; `points` is the size of the system's letters, from which all others go."""
    template = Template((places.resources() / "style.qss").read_text(encoding="utf-8"))
    drawings = {name: _drawing(name, theme) for name in ("arrow", "check")}
    sizes = {name: f"{points * by:.1f}pt" for name, by in _SIZES.items()}
    return template.substitute(asdict(theme), **drawings, **sizes)
