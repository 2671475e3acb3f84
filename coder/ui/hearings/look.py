"""How a recording looks in the queue: what it is, how it is heard, what becomes of it, and a thin
bar that shows how far it is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coder.project.recordings import Listed
from coder.ui import theme
from coder.ui.hearings import words
from coder.ui.hearings.queue_model import LISTED, Index, QueueModel

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BAR = 4
_SIGNS = {
    words.WAITS: "…",
    words.HEARD: "▸",
    words.HELD: "‖",
    words.FAILED: "!",
    words.DONE: "✓",
}
"""So that colour is never alone; what they mean is said in words beside them."""


class QueueLook(QStyledItemDelegate):
    """Paints a recording in three lines and a bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(280, QFontMetrics(option.font).height() * 3 + _BAR + 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, QueueModel):
            return
        painter.save()
        try:
            self._paint(painter, option, model, index.data(LISTED))
        finally:
            painter.restore()

    def _paint(
        self, painter: QPainter, option: QStyleOptionViewItem, model: QueueModel, row: Listed
    ) -> None:
        look, now = theme.current(), words.doing(model.crew, row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(3, 3, -5, -3)
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.setPen(QColor(look.accent if chosen else look.line))
        painter.setBrush(QColor(look.chosen if chosen else look.raised))
        painter.drawRoundedRect(card, 7, 7)
        inner = card.adjusted(12, 7, -12, -7)
        height = QFontMetrics(option.font).height() + 2
        bold, small = QFont(option.font), QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        lines = [
            QRect(inner.left(), inner.top() + n * height, inner.width(), height) for n in (0, 1, 2)
        ]
        aside = _draw(painter, small, look.muted, lines[0], words.length(row), _RIGHT)
        first = lines[0].adjusted(0, 0, -aside - 10, 0)
        ref = _draw(painter, bold, look.text, first, row.ref, _LEFT)
        rest = first.adjusted(ref + 8 if ref else 0, 0, 0, 0)
        _draw(painter, option.font, look.text, rest, row.title, _LEFT)
        _draw(painter, small, look.muted, lines[1], words.manner(row), _LEFT)
        colour = {words.FAILED: look.danger, words.HEARD: look.accent}.get(now, look.text)
        told = f"{_SIGNS[now]}  {words.state(model.crew, row)}"
        _draw(painter, small, colour, lines[2], told, _LEFT)
        bar = QRectF(inner.left(), lines[2].bottom() + 6, inner.width(), _BAR)
        share = words.share(model.crew, row)
        if now == words.HEARD or share > 0:
            _draw_bar(painter, bar, share, now)


def _draw(
    painter: QPainter,
    font: QFont,
    colour: str,
    room: QRect,
    text: str,
    where: Qt.AlignmentFlag,
) -> int:
    """Draws words in a line, cut short where there is no room, and gives their width."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, where, shown)
    return metrics.horizontalAdvance(shown)


def _draw_bar(painter: QPainter, room: QRectF, share: float, now: int) -> None:
    look = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.line))
    painter.drawRoundedRect(room, _BAR / 2, _BAR / 2)
    if share > 0:
        colours = {words.HEARD: look.accent, words.DONE: look.accent, words.FAILED: look.danger}
        painter.setBrush(QColor(colours.get(now, look.muted)))
        done = QRectF(room.left(), room.top(), max(_BAR, room.width() * share), room.height())
        painter.drawRoundedRect(done, _BAR / 2, _BAR / 2)
