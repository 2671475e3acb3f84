"""A table of counts that is put in order by any of its columns, and its look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from coder.ui import theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it is of a row, and how that is written. `number` stands at
    right and is put in order from the largest."""

    heading: str
    of: Callable[[Any], Any]
    told: Callable[[Any], str] = str
    number: bool = False
    tip: str = ""


class Rows(QAbstractTableModel):
    """The rows that hold certain words, in the order of a column."""

    def __init__(self, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: list[Any] = []
        self._all: Sequence[Any] = ()
        self._words = ""
        self.largest = 1
        self.order: tuple[int, Qt.SortOrder] | None = None

    def show(self, rows: Sequence[Any]) -> None:
        """Shows other rows, in the same order as before."""
        self._all = rows
        last = self.columns[-1].of
        self.largest = max((last(row) for row in rows), default=1)
        self._fill()

    def narrow(self, words: str) -> None:
        """Shows only rows with a word that holds what was typed."""
        self._words = words.strip().casefold()
        self._fill()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.order = (column, order)
        self._fill()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.told(column.of(self.rows[index.row()]))
        if role == Qt.ItemDataRole.TextAlignmentRole and column.number:
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole and not column.number:
            return column.told(column.of(self.rows[index.row()]))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if self.order is None or self.order[0] != section or not column.heading:
                return column.heading
            up = self.order[1] is Qt.SortOrder.AscendingOrder
            return f"{column.heading} {'↑' if up else '↓'}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else Qt.AlignmentFlag.AlignLeft
        return None

    def cells(self, rows: Sequence[int]) -> list[list[str]]:
        """The written cells of these rows, in columns that have a heading."""
        named = [column for column in self.columns if column.heading]
        return [[one.told(one.of(self.rows[row])) for one in named] for row in rows]

    def _fill(self) -> None:
        self.beginResetModel()
        named = [column for column in self.columns if not column.number]
        rows = [
            row
            for row in self._all
            if not self._words or any(self._words in str(one.of(row)) for one in named)
        ]
        if self.order is not None:
            column, order = self.order
            rows.sort(key=self.columns[column].of, reverse=order is Qt.SortOrder.DescendingOrder)
        self.rows = rows
        self.endResetModel()


class BarDelegate(QStyledItemDelegate):
    """A bar as long as the row's number is large, beside that of the other rows."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, Rows):
            return
        look = theme.current()
        share = model.columns[index.column()].of(model.rows[index.row()]) / model.largest
        painter.save()
        try:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(look.chosen))
            room = option.rect.adjusted(16, 0, -12, 0)
            bar = QRectF(room.left(), room.center().y() - 3, max(2, room.width() * share), 7)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent))
            painter.drawRoundedRect(bar, 2, 2)
        finally:
            painter.restore()


def dress(view: QTableView, name: str, widths: Sequence[int], wide: Sequence[int] = (0,)) -> None:
    """Gives a table the look of the window, a name for screen readers, and columns of these widths
    of which the `wide` ones take what room is left."""
    view.setObjectName("account")
    view.setAccessibleName(name)
    view.setShowGrid(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().lineSpacing() + 10)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsClickable(True)
    for place, width in enumerate(widths):
        if place in wide:
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        else:
            header.resizeSection(place, width)


def chosen_rows(view: QTableView) -> list[int]:
    """The rows that are selected, from top to bottom."""
    return sorted({index.row() for index in view.selectionModel().selectedRows()})
