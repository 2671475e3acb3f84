"""Quotes as cards in a list: the words, who said them, where, and under which code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder.domain.citation import PUBLISHABLE
from coder.domain.model import Quote
from coder.ui import theme
from coder.ui.names import PERMISSIONS_TOLD
from coder.ui.quoted import quoted
from coder.ui.quotes.carried import QUOTES_MIME, pack

Index = QModelIndex | QPersistentModelIndex

QUOTE = Qt.ItemDataRole.UserRole
COLOUR = Qt.ItemDataRole.UserRole + 1
LINES = 2
"""Every card shows this many lines of the words, so that a list of any length lays out at once; the
preview shows all of them."""


class QuoteModel(QAbstractListModel):
    """The quotes that the filters let through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.quotes: list[Quote] = []
        self._colours: dict[str, str] = {}

    def show(self, quotes: list[Quote], colours: dict[str, str]) -> None:
        """Takes these quotes, and the colour of each code by id."""
        self.beginResetModel()
        self.quotes = quotes
        self._colours = colours
        self.endResetModel()

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [QUOTES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return pack(self.quotes[row] for row in sorted(index.row() for index in indexes))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.quotes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        quote = self.quotes[index.row()]
        if role == QUOTE:
            return quote
        if role == COLOUR:
            return self._colours.get(quote.code_id, "#808080")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            guarded = ", sensitive" * quote.sensitive
            return f"{quote.quote} {quote.citation}, {quote.code}, {by_line(quote)}{guarded}"
        return None


def by_line(quote: Quote) -> str:
    """Who may be named for this quote, or that nobody may."""
    if quote.attribution:
        return quote.attribution
    if quote.permission in PUBLISHABLE:
        return "not for publication"
    return PERMISSIONS_TOLD[quote.permission]


class QuoteDelegate(QStyledItemDelegate):
    """Paints a card."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        words = LINES * QFontMetrics(_face(option.font)).lineSpacing()
        return QSize(300, words + option.fontMetrics.height() + 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        quote: Quote = index.data(QUOTE)
        painter.save()
        try:
            self._paint(painter, option, quote, QColor(index.data(COLOUR)), theme.current())
        finally:
            painter.restore()

    def _paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        quote: Quote,
        colour: QColor,
        look: theme.Theme,
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(2, 4, -6, -4)
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.setPen(QColor(look.accent if chosen else look.line))
        painter.setBrush(QColor(look.chosen if chosen else look.raised))
        painter.drawRoundedRect(card, 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRect(card.left() + 8, card.top() + 9, 4, card.height() - 18), 2, 2)
        inner = card.adjusted(22, 8, -12, -8)
        face = _face(option.font)
        low = option.fontMetrics.height() + 4
        room = inner.adjusted(0, 0, 0, -low)
        painter.setFont(face)
        painter.setPen(QColor(look.text))
        _draw_lines(painter, room, quoted(quote.quote))
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.92)
        painter.setFont(small)
        painter.setPen(QColor(look.text if quote.attribution else look.danger))
        foot = QRect(inner.left(), inner.bottom() - low + 5, inner.width(), low)
        star = "★ " * quote.marked + "⚑ " * quote.sensitive
        code = quote.code.rsplit("/", 1)[-1]
        left = QFontMetrics(small).elidedText(
            f"{star}{by_line(quote)} {quote.citation}",
            Qt.TextElideMode.ElideMiddle,
            round(inner.width() * 0.62),
        )
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, left)
        painter.setPen(QColor(look.muted))
        right = QFontMetrics(small).elidedText(
            f"{code} · {quote.coder}", Qt.TextElideMode.ElideRight, round(inner.width() * 0.36)
        )
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)


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
