"""How suggested codes, and the passages that speak for them, look in their list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

from coder.domain.palette import shade
from coder.domain.text import counted
from coder.project.suggestions import Reason, Suggestion
from coder.ui import theme

WHAT = Qt.ItemDataRole.UserRole
"""The role under which a line has its `Suggestion` or `Reason`."""

_LINES = 3
_BAR = 4
Index = QModelIndex | QPersistentModelIndex


class SimilarDelegate(QStyledItemDelegate):
    """A code with a bar for its weight; below it passages in their own words."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        what = index.data(WHAT)
        if isinstance(what, Suggestion):
            return QSize(160, line + _BAR + 22)
        return QSize(160, line * (_LINES + 1) + 16 if isinstance(what, Reason) else line + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        what = index.data(WHAT)
        painter.save()
        try:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(look.chosen))
            box = option.rect.adjusted(6, 6, -10, -6)
            if isinstance(what, Suggestion):
                _paint_code(painter, box, what)
            elif isinstance(what, Reason):
                _paint_reason(painter, box, what)
            else:
                painter.setPen(QColor(look.muted))
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        finally:
            painter.restore()


def told(suggestion: Suggestion) -> str:
    """How many passages speak for a code."""
    return counted(len(suggestion.reasons), "similar passage")


def _paint_code(painter: QPainter, box: QRect, suggestion: Suggestion) -> None:
    look = theme.current()
    colour = QColor(shade(suggestion.code.colour, look.dark))
    line = painter.fontMetrics().lineSpacing()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(box.left(), box.top() + (line - 12) / 2, 12, 12), 2, 2)
    row = QRect(box.left() + 20, box.top(), box.width() - 20, line)
    hint = str(len(suggestion.reasons))
    painter.setPen(QColor(look.muted))
    painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hint)
    row.setRight(row.right() - painter.fontMetrics().horizontalAdvance(hint) - 10)
    font = painter.font()
    font.setWeight(font.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(look.text))
    name = painter.fontMetrics().elidedText(
        suggestion.code.name, Qt.TextElideMode.ElideRight, row.width()
    )
    painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, name)
    bar = QRectF(row.left(), box.top() + line + 5, box.right() - row.left(), _BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.line))
    painter.drawRoundedRect(bar, 2, 2)
    bar.setWidth(max(_BAR, bar.width() * suggestion.weight))
    painter.setBrush(colour)
    painter.drawRoundedRect(bar, 2, 2)


def _paint_reason(painter: QPainter, box: QRect, reason: Reason) -> None:
    look = theme.current()
    painter.setPen(QColor(look.text))
    words = " ".join(reason.quote.split())
    line = painter.fontMetrics().lineSpacing()
    for row, text in enumerate(_lines(painter, f"“{words}”", box.width())):
        painter.drawText(
            QRect(box.left(), box.top() + row * line, box.width(), line),
            Qt.AlignmentFlag.AlignVCenter,
            text,
        )
    painter.setPen(QColor(look.muted))
    foot = QRect(box.left(), box.bottom() - line + 1, box.width(), line)
    about = painter.fontMetrics().elidedText(
        f"{reason.ref} · {reason.coder}", Qt.TextElideMode.ElideRight, box.width()
    )
    painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, about)


def _lines(painter: QPainter, text: str, width: int) -> list[str]:
    """The text on as many lines as there is room for, the last of them cut short."""
    layout = QTextLayout(text, painter.font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    found: list[str] = []
    layout.beginLayout()
    while len(found) < _LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        found.append(text[start : start + line.textLength()])
        if len(found) == _LINES and start + line.textLength() < len(text):
            found[-1] = painter.fontMetrics().elidedText(
                text[start:], Qt.TextElideMode.ElideRight, width
            )
    layout.endLayout()
    return found
