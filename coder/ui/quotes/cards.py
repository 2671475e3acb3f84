"""Quotes as cards in a list: the words, who said them, where, and under which code."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coder.domain.citation import PUBLISHABLE
from coder.domain.quotes import Quote
from coder.ui import theme
from coder.ui.names import PERMISSIONS_TOLD
from coder.ui.quoted import quoted

Index = QModelIndex | QPersistentModelIndex

QUOTE = Qt.ItemDataRole.UserRole
COLOUR = Qt.ItemDataRole.UserRole + 1
GROUP = Qt.ItemDataRole.UserRole + 2
USED = Qt.ItemDataRole.UserRole + 3
"""What a row holds: a quote with the colour of its code and the baskets that have words of it, or a
heading."""

_GAP, _LEAST = 14, 4
"""Pixels between what stands on one line, and how many letters of a name are worth showing."""

LINES = 2
"""Every card shows this many lines of the words, so that a list of any length lays out at once; the
preview shows all of them."""


def by_line(quote: Quote) -> str:
    """Who may be named for this quote, or that nobody may."""
    if quote.attribution:
        return quote.attribution
    if quote.permission in PUBLISHABLE:
        return "not for publication"
    return PERMISSIONS_TOLD[quote.permission]


def card_height(font: QFont) -> int:
    """How high a card is with letters like these."""
    words = LINES * QFontMetrics(_face(font)).lineSpacing()
    return words + QFontMetrics(font).height() + 34


def heading_height(font: QFont) -> int:
    """How high a heading is with letters like these."""
    return QFontMetrics(font).height() + 22


class QuoteDelegate(QStyledItemDelegate):
    """Paints a card, or a heading over some."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, card_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            group, quote = index.data(GROUP), index.data(QUOTE)
            if group is not None:
                paint_heading(painter, option.rect, option.font, index.data())
            elif quote is None:
                self._paint_blank(painter, option.rect, theme.current())
            else:
                colour = QColor(index.data(COLOUR))
                self._paint(painter, option, quote, index.data(USED), colour, theme.current())
        finally:
            painter.restore()

    def _paint_blank(self, painter: QPainter, rect: QRect, look: theme.Theme) -> None:
        """A card whose words are being read."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.line))
        painter.setBrush(QColor(look.raised))
        painter.drawRoundedRect(rect.adjusted(2, 4, -6, -4), 7, 7)

    def _paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        quote: Quote,
        used: tuple[str, ...],
        colour: QColor,
        look: theme.Theme,
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(2, 4, -6, -4)
        chosen = option.state & QStyle.StateFlag.State_Selected
        focused = chosen and option.state & QStyle.StateFlag.State_HasFocus
        painter.setPen(QColor(look.accent if chosen else look.line))
        painter.setBrush(QColor(look.chosen if chosen else look.raised))
        painter.drawRoundedRect(card, 7, 7)
        if focused:
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRect(card.left() + 8, card.top() + 9, 4, card.height() - 18), 2, 2)
        inner = card.adjusted(22, 8, -12, -8)
        low = option.fontMetrics.height() + 4
        painter.setFont(_face(option.font))
        painter.setPen(QColor(look.text))
        _draw_lines(painter, inner.adjusted(0, 0, 0, -low), quoted(quote.quote))
        foot = QRect(inner.left(), inner.bottom() - low + 5, inner.width(), low)
        self._paint_foot(painter, option.font, foot, quote, used, look)

    def _paint_foot(
        self,
        painter: QPainter,
        font: QFont,
        foot: QRect,
        quote: Quote,
        used: tuple[str, ...],
        look: theme.Theme,
    ) -> None:
        """The line below the words: who and where, in which basket, under which code, by whom."""
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.92)
        painter.setFont(small)
        metrics, middle = QFontMetrics(small), Qt.AlignmentFlag.AlignVCenter
        told = foot_of(metrics, foot.width(), quote, used)
        painter.setPen(QColor(look.muted))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | middle, told.right)
        if told.badge:
            right = metrics.horizontalAdvance(told.right) + _GAP
            width = metrics.horizontalAdvance(told.badge) + _GAP
            pill = QRect(foot.right() - right - width, foot.top() + 2, width, foot.height() - 4)
            painter.setPen(QColor(look.edge))
            painter.setBrush(QColor(look.base))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(QColor(look.text))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, told.badge)
        painter.setPen(QColor(look.text if quote.attribution else look.danger))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | middle, told.left)


@dataclass(frozen=True, slots=True)
class Foot:
    """What the line below the words says: at left who and where, then in which basket, at right
    under which code and by whom."""

    left: str
    badge: str
    right: str


def foot_of(metrics: QFontMetrics, width: int, quote: Quote, used: tuple[str, ...]) -> Foot:
    """The line below the words as it fits into so many pixels: of reference and paragraph nothing
    is ever cut, and the name goes first."""
    end, wide = Qt.TextElideMode.ElideRight, metrics.horizontalAdvance
    where = "★ " * quote.marked + "⚑ " * quote.sensitive + quote.citation
    room = max(0, width - wide(where) - _GAP)
    code = quote.code.rsplit("/", 1)[-1]
    right = metrics.elidedText(f"{code} · {quote.coder}", end, min(round(width * 0.38), room))
    right = right if len(right) > _LEAST else ""
    room -= (wide(right) + _GAP) if right else 0
    most = min(round(width * 0.3), room - 2 * _GAP)
    badge = metrics.elidedText(f"used in {', '.join(used)}", end, most) if used and most > 0 else ""
    badge = badge if len(badge) > _LEAST else ""
    room -= (wide(badge) + 2 * _GAP) if badge else 0
    name = metrics.elidedText(by_line(quote), end, room - wide(" "))
    marks, citation = where[: -len(quote.citation)], quote.citation
    left = f"{marks}{name} {citation}" if len(name) > _LEAST else where
    return Foot(left, badge, right)


def paint_heading(painter: QPainter, rect: QRect, font: QFont, words: str) -> None:
    """Draws a heading over quotes: its title strong, and how many behind it."""
    look, middle = theme.current(), Qt.AlignmentFlag.AlignVCenter
    room = rect.adjusted(4, 4, -10, -2)
    title, _, count = words.rpartition(": ")
    if QFontMetrics(font).horizontalAdvance(words) * 1.2 > room.width():
        count = count.partition(" from ")[0]
    small = QFontMetrics(font).horizontalAdvance(count)
    painter.setFont(font)
    painter.setPen(QColor(look.muted))
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, count)
    strong = QFont(font)
    strong.setBold(True)
    strong.setPointSizeF(font.pointSizeF() * 1.08)
    painter.setFont(strong)
    painter.setPen(QColor(look.text))
    shown = QFontMetrics(strong).elidedText(
        title, Qt.TextElideMode.ElideRight, room.width() - small - 16
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, shown)


def _face(font: QFont) -> QFont:
    face = QFont(font)
    face.setFamilies(["Source Serif 4", "Charter", "Georgia", "Noto Serif", "DejaVu Serif"])
    face.setPointSizeF(font.pointSizeF() * 1.08)
    return face


def _draw_lines(painter: QPainter, room: QRect, words: str) -> None:
    """Draws the words on `LINES` lines, the last one elided where they go on."""
    metrics = painter.fontMetrics()
    layout = QTextLayout(words, painter.font())
    layout.beginLayout()
    for number in range(LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        rest = words[line.textStart() :]
        last = number == LINES - 1
        shown = rest[: line.textLength()]
        if last:
            shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
        top = room.top() + number * metrics.lineSpacing()
        painter.drawText(QPoint(room.left(), top + metrics.ascent()), shown)
    layout.endLayout()
