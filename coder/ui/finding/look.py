"""How places and passages are painted: words among others, with those found in bold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from coder.domain.text import Utf16Map
from coder.ui import theme

BOX = 16
"""The side of a tick box in pixels; the place to click is larger."""


def draw_words(
    painter: QPainter,
    room: QRect,
    font: QFont,
    text: str,
    marked: Sequence[tuple[int, int]],
    colour: str,
    *,
    lines: int = 2,
) -> None:
    """Draws a text in the room it has, in so many lines at most, with the marked words (code
    points) in bold; what does not fit is told by an ellipsis."""
    words = _laid(text, marked, font, room.width(), lines)
    painter.setPen(QColor(colour))
    words.draw(painter, QPointF(room.topLeft()))


def _laid(
    text: str, marked: Sequence[tuple[int, int]], font: QFont, width: int, lines: int
) -> QTextLayout:
    layout, end = _layout(text, marked, font, width, lines)
    for less in (2, 6, 12, 24):
        if end >= len(layout.text()):
            break
        kept = text[: max(0, Utf16Map(text).to_points(end) - less)]
        kept = kept[: kept.rfind(" ") + 1] or kept
        layout, end = _layout(kept.rstrip(" ,;:") + "…", marked, font, width, lines)
    return layout


def _layout(
    text: str, marked: Sequence[tuple[int, int]], font: QFont, width: int, lines: int
) -> tuple[QTextLayout, int]:
    """The text in lines, and how many UTF-16 units of it there was room for."""
    units = Utf16Map(text)
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption())
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    formats = []
    for start, end in marked:
        span = QTextLayout.FormatRange()
        span.start = units.to_units(min(start, len(text)))
        span.length = units.to_units(min(end, len(text))) - span.start
        span.format = bold
        formats.append(span)
    layout.setFormats(formats)
    layout.beginLayout()
    top, reached = 0.0, 0
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height()
        reached = line.textStart() + line.textLength()
    layout.endLayout()
    return layout, reached


def draw_box(painter: QPainter, place: QRect, *, ticked: bool, allowed: bool = True) -> None:
    """A tick box, greyed where it cannot be ticked."""
    look = theme.current()
    painter.save()
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = ticked and allowed
        painter.setPen(
            QPen(QColor(look.accent if filled else look.muted if allowed else look.line))
        )
        painter.setBrush(QColor(look.accent) if filled else Qt.BrushStyle.NoBrush)
        box = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.setPen(QPen(QColor(look.on_accent if allowed else look.muted), 2))
            x, y, side = box.left(), box.top(), box.width()
            painter.drawPolyline(
                [
                    QPointF(x + side * 0.22, y + side * 0.52),
                    QPointF(x + side * 0.43, y + side * 0.74),
                    QPointF(x + side * 0.8, y + side * 0.28),
                ]
            )
    finally:
        painter.restore()
