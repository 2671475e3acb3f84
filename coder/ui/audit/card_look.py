"""How a card in a list of the audit is drawn: its ground, its sign, and the room for its words."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from coder.ui import theme

SIGN = 18
"""The side of a sign in pixels."""


def draw_card(
    painter: QPainter, option: QStyleOptionViewItem, drawing: str, colour: str, look: theme.Theme
) -> tuple[QRect, QRect]:
    """Draws an empty card with this drawing as its sign, in a colour; gives the line beside the
    sign, and the room below it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    card = option.rect.adjusted(2, 3, -6, -3)
    chosen = option.state & QStyle.StateFlag.State_Selected
    painter.setPen(QColor(look.accent if chosen else look.line))
    painter.setBrush(QColor(look.chosen if chosen else look.raised))
    painter.drawRoundedRect(card, 7, 7)
    inner = card.adjusted(12, 9, -12, -8)
    high = QFontMetrics(option.font).height()
    sign = QRect(inner.left(), inner.top() + (high - SIGN) // 2, SIGN, SIGN)
    theme.icon(drawing, colour, SIGN).paint(painter, sign)
    head = QRect(inner.left() + SIGN + 8, inner.top(), inner.width() - SIGN - 8, high)
    return head, inner.adjusted(0, high + 6, 0, 0)


def demibold(font: QFont) -> QFont:
    """The face of what a card is called."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
