"""The lines of a concordance, with the words found one below another."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coder.project.words import Concordance, Line
from coder.ui import theme
from coder.ui.words.table import Index

HEADINGS = ("Reference", "Words before", "Found", "Words after")
REF, BEFORE, FOUND, AFTER = range(4)
_NOWHERE = QModelIndex()
_KEPT = 400
_TIPS = {
    REF: "In the order of the evidence",
    BEFORE: "By the words before",
    AFTER: "By the words after",
}


class Lines(QAbstractTableModel):
    """A line for each place; made when it comes into view."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.concordance: Concordance | None = None
        self.by = REF
        self.line = lru_cache(_KEPT)(self._line)

    def show(self, concordance: Concordance | None) -> None:
        """Shows another concordance, or none."""
        self.beginResetModel()
        self.concordance = concordance
        self.line.cache_clear()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.concordance is None else len(self.concordance)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return cells_of(self.line(index.row()))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            line = self.line(index.row())
            return f"{line.ref}, {line.document}\n… {line.before}{line.words}{line.after} …"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{HEADINGS[section]} ↓" if section == self.by else HEADINGS[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _TIPS.get(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            sides = {BEFORE: Qt.AlignmentFlag.AlignRight, FOUND: Qt.AlignmentFlag.AlignHCenter}
            return sides.get(section, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return None

    def _line(self, row: int) -> Line:
        if self.concordance is None:
            raise IndexError(row)
        return self.concordance.line(row)


class LineDelegate(QStyledItemDelegate):
    """The words before end where the words found begin; whatever is too long is cut on the far
    side."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        column = index.column()
        painter.save()
        try:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(look.chosen))
            pad = 3 if column in (BEFORE, FOUND, AFTER) else 8
            box = option.rect.adjusted(pad, 0, -pad, 0)
            font = QFont(option.font)
            if column == FOUND:
                font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            colours = {REF: look.muted, FOUND: look.accent}
            painter.setPen(QColor(colours.get(column, look.text)))
            cut = Qt.TextElideMode.ElideLeft if column == BEFORE else Qt.TextElideMode.ElideRight
            side = {BEFORE: Qt.AlignmentFlag.AlignRight, FOUND: Qt.AlignmentFlag.AlignHCenter}.get(
                column, Qt.AlignmentFlag.AlignLeft
            )
            text = str(index.data()).strip()
            words = QFontMetrics(font).elidedText(text, cut, box.width())
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, words)
        finally:
            painter.restore()


def cells_of(line: Line) -> tuple[str, str, str, str]:
    """The written cells of a line."""
    return line.ref, line.before, line.words, line.after
