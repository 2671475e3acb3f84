"""How a passage in doubt looks in its list: when, its words, and why."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coder.domain.doubt import Kind
from coder.domain.text import clock
from coder.ui import theme
from coder.ui.evidence.passages import Passage
from coder.ui.reader.doubt_marks import paint_sign

PASSAGE = Qt.ItemDataRole.UserRole
"""The role under which a line has its `Passage`."""

_SIGN = 18
_SIGN_SIZE = 9.4
_SHORT = {
    Kind.LOOP: "a loop",
    Kind.SILENCE: "nobody speaking?",
    Kind.UNLIKELY: "unsure sentence",
    Kind.GUESSED: "second try",
    Kind.WORDS: "unsure words",
}
Index = QModelIndex | QPersistentModelIndex


class DoubtLook(QStyledItemDelegate):
    """Two lines: the sign that stands in the margin too with the time and the reason, and the
    words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, QFontMetrics(option.font).lineSpacing() * 2 + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        passage: Passage = index.data(PASSAGE)
        look = theme.current()
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(look.chosen))
                bar = QRect(option.rect)
                bar.setWidth(3)
                painter.fillRect(bar, QColor(look.accent))
            _paint(painter, option.rect.adjusted(10, 6, -10, -6), passage, look)
        finally:
            painter.restore()


def told(passage: Passage) -> str:
    """A passage in words, for the list's reader and the row's tip."""
    when = f"{clock(passage.start_ms)} to {clock(passage.end_ms)}"
    return f"{when}. {passage.why}.{f' “{passage.words}”' if passage.words else ''}"


def _paint(painter: QPainter, box: QRect, passage: Passage, look: theme.Theme) -> None:
    line = painter.fontMetrics().lineSpacing()
    middle = QPointF(box.left() + 6, box.top() + line / 2)
    _paint_sign(painter, middle, passage, look)
    bold = QFont(painter.font())
    bold.setWeight(QFont.Weight.DemiBold)
    plain = QFont(painter.font())
    first = QRect(box.left() + _SIGN, box.top(), box.width() - _SIGN, line)
    when = clock(passage.start_ms)
    if not passage.segment_id:
        when += f"–{clock(passage.end_ms)}"
    painter.setFont(bold)
    painter.setPen(QColor(look.text))
    painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, when)
    first.setLeft(first.left() + painter.fontMetrics().horizontalAdvance(when) + 10)
    painter.setFont(plain)
    metrics = painter.fontMetrics()
    painter.setPen(QColor(look.muted))
    why = " · ".join(_SHORT[kind] for kind in passage.kinds) or "no speech found"
    why = metrics.elidedText(why, Qt.TextElideMode.ElideRight, first.width())
    painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, why)
    second = QRect(box.left() + _SIGN, box.top() + line + 2, box.width() - _SIGN, line)
    painter.setPen(QColor(look.text if passage.words else look.muted))
    words = f"“{passage.words}”" if passage.words else "A transcribes it anyway"
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, second.width())
    painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, words)


def _paint_sign(painter: QPainter, middle: QPointF, passage: Passage, look: theme.Theme) -> None:
    """The sign of the margin, or a dotted line for silence."""
    if passage.segment_id:
        loops = Kind.LOOP in passage.kinds
        ink = QColor(look.text if loops else look.muted)
        paint_sign(painter, middle, _SIGN_SIZE, ink, strong=loops)
        return
    painter.save()
    painter.setPen(QPen(QColor(look.muted), 1.6, Qt.PenStyle.DotLine))
    painter.drawLine(middle - QPointF(6, 0), middle + QPointF(6, 0))
    painter.restore()
