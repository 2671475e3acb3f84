"""How the window looks: named roles in a light and a dark set, and the style made of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
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
    """Colours by role, each `#rrggbb`. Text on `window`, `base` and `raised` has 4.5:1 or more."""

    dark: bool
    window: str
    base: str
    raised: str
    text: str
    muted: str
    line: str
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
    accent="#6cb4ee",
    on_accent="#0d1418",
    chosen="#24405c",
    danger="#ff9d85",
)

_current = LIGHT


def current() -> Theme:
    """The theme in use."""
    return _current


def apply(app: QApplication, appearance: str) -> Theme:
    """Puts the application into `light`, `dark`, or what the `system` asks for; gives the theme."""
    global _current  # noqa: PLW0603
    scheme = {
        "light": Qt.ColorScheme.Light,
        "dark": Qt.ColorScheme.Dark,
    }.get(appearance, Qt.ColorScheme.Unknown)
    hints = app.styleHints()
    hints.setColorScheme(scheme)
    system_dark = hints.colorScheme() is Qt.ColorScheme.Dark
    _current = DARK if appearance == "dark" or (appearance == "system" and system_dark) else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(_current))
    app.setStyleSheet(_style(_current))
    return _current


def icon(name: str, colour: str = "", size: int = 20) -> QIcon:
    """A drawing of `resources/icons` in a colour of the theme (its text colour unless given)."""
    path = places.resources() / "icons" / f"{name}.svg"
    drawing = path.read_text(encoding="utf-8").replace("currentColor", colour or _current.text)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    ratio = 2
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    finally:
        painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)


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


def _style(theme: Theme) -> str:
    template = Template((places.resources() / "style.qss").read_text(encoding="utf-8"))
    drawings = {name: _drawing(name, theme) for name in ("arrow", "check")}
    return template.substitute(asdict(theme), **drawings)
