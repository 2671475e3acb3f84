"""How the window looks: named roles in a light and a dark set, and the style made of them."""

from __future__ import annotations

from dataclasses import dataclass

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
    return f"""
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QToolTip {{ border: 1px solid {theme.line}; padding: 4px 6px; }}
    QMainWindow::separator, QSplitter::handle {{ background: {theme.line}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}
    QStatusBar {{ border-top: 1px solid {theme.line}; }}
    QStatusBar::item {{ border: none; }}
    #rail {{ background: {theme.window}; border-right: 1px solid {theme.line}; }}
    #rail QToolButton {{ border: none; border-radius: 8px; padding: 8px 4px; margin: 2px 6px;
        min-width: 60px; font-size: 9pt; color: {theme.muted}; }}
    #rail QToolButton:hover {{ background: {theme.raised}; }}
    #rail QToolButton:checked {{ background: {theme.chosen}; color: {theme.text}; }}
    #rail QToolButton:focus {{ border: 2px solid {theme.accent}; }}
    #panel {{ background: {theme.window}; }}
    #page {{ background: {theme.base}; }}
    QLabel#heading {{ font-size: 15pt; font-weight: 600; }}
    QLabel#title {{ font-size: 22pt; font-weight: 600; }}
    QLabel#section {{ font-weight: 600; padding: 2px 0; qproperty-indent: 0; }}
    QLabel#muted {{ color: {theme.muted}; }}
    QLabel#danger {{ color: {theme.danger}; }}
    QLineEdit, QComboBox, QDateEdit, QPlainTextEdit#plain {{ border: 1px solid {theme.line};
        border-radius: 6px; padding: 5px 8px; background: {theme.base};
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit#plain:focus {{
        border: 2px solid {theme.accent}; padding: 4px 7px; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url({_drawing("arrow", theme)}); width: 10px; height: 10px; }}
    QComboBox QAbstractItemView {{ background: {theme.raised}; border: 1px solid {theme.line};
        selection-background-color: {theme.chosen}; selection-color: {theme.text}; }}
    QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 6px 14px;
        background: {theme.raised}; min-height: 18px; }}
    QPushButton:hover {{ border-color: {theme.accent}; }}
    QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 5px 13px; }}
    QPushButton:disabled {{ color: {theme.muted}; }}
    QPushButton:default, QPushButton#primary {{ background: {theme.accent};
        color: {theme.on_accent}; border-color: {theme.accent}; }}
    QPushButton#flat {{ border: none; background: transparent; color: {theme.accent};
        padding: 4px 8px; text-align: left; }}
    QPushButton#flat:hover {{ background: {theme.chosen}; }}
    QPushButton#flat:focus {{ border: 2px solid {theme.accent}; padding: 2px 6px; }}
    QPushButton#choice {{ text-align: left; padding: 14px 18px; font-size: 11pt; }}
    QTreeView::item {{ padding: 3px 0; }}
    QTreeView::indicator, QCheckBox::indicator {{ width: 14px; height: 14px; border-radius: 3px;
        border: 1px solid {theme.muted}; background: {theme.base}; }}
    QTreeView::indicator:checked, QCheckBox::indicator:checked {{ background: {theme.accent};
        border-color: {theme.accent}; image: url({_drawing("check", theme)}); }}
    QListView, QTreeView {{ border: none; background: transparent; outline: none; }}
    QTreeView {{ show-decoration-selected: 0; }}
    QTabBar::tab {{ padding: 7px 12px; border: none; border-bottom: 2px solid transparent;
        background: transparent; color: {theme.muted}; }}
    QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}
    QTabBar::tab:focus {{ color: {theme.accent}; }}
    QMenu {{ border: 1px solid {theme.line}; background: {theme.raised}; padding: 4px; }}
    QMenu::item {{ padding: 5px 24px 5px 14px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {theme.chosen}; color: {theme.text}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
    QProgressBar {{ border: none; border-radius: 3px; background: {theme.line}; height: 6px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    QFrame#card {{ background: {theme.raised}; border: 1px solid {theme.line};
        border-radius: 8px; }}
    QScrollBar:vertical {{ width: 12px; background: transparent; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px; min-height: 32px;
        margin: 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar:horizontal {{ height: 12px; background: transparent; }}
    QScrollBar::handle:horizontal {{ background: {theme.line}; border-radius: 4px;
        min-width: 32px; margin: 2px; }}
    """
