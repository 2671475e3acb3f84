"""The list of models: name, size, languages, speed on this machine, and how each stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from coder.project.models import Entry, size
from coder.ui import theme
from coder.ui.models import words
from coder.ui.words.table import dress

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_NAME = 0
_COLUMNS: tuple[tuple[str, Callable[[Entry], str]], ...] = (
    ("Model", words.name),
    ("Size", lambda entry: size(entry.bytes) if entry.bytes else ""),
    ("Languages", words.languages),
    ("An hour takes", words.speed),
    ("State", words.state),
)
_SIZE = 1
_STATE = 4
_WIDTHS = (200, 90, 110, 150, 230)


class ModelRows(QAbstractTableModel):
    """The models as rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def called(self, entry: Entry) -> str:
        """What a model is called among these."""
        alike = [one for one in self.entries if words.name(one) == words.name(entry)]
        return words.name(entry, doubled=len(alike) > 1)

    def show(self, entries: Sequence[Entry]) -> None:
        """Shows these models."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry, column = self.entries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._told(entry, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = self._told(entry, column)
            return f"{_COLUMNS[column][0]}: {told}" if column else told
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _SIZE:
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(entry, column)
        if role == Qt.ItemDataRole.FontRole and entry.default:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section][0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == _SIZE else _LEFT
        return None

    def _told(self, entry: Entry, column: int) -> str:
        return self.called(entry) if column == _NAME else _COLUMNS[column][1](entry)

    def _ink(self, entry: Entry, column: int) -> QColor | None:
        look = theme.current()
        if entry.problem and column == _STATE:
            return QColor(look.danger)
        return None if entry.model else QColor(look.muted)


class ModelList(QTableView):
    """The list of models, of which one is chosen. `chosen` says that it is another, or stands
    otherwise; `removal_wanted` that it is to go (Del)."""

    chosen = Signal()
    removal_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = ModelRows(self)
        self.setModel(self.rows)
        dress(self, "Models", _WIDTHS, (_STATE,))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())

    def current(self) -> Entry | None:
        """The chosen model."""
        row = self.currentIndex().row()
        return self.rows.entries[row] if 0 <= row < len(self.rows.entries) else None

    def show_entries(self, entries: Sequence[Entry], wanted: str = "") -> None:
        """Shows the models and chooses the one called `wanted`, the one chosen before, or at first
        the default or the one that suits this machine."""
        before = self.current()
        self.rows.show(entries)
        order = (
            lambda one: one.id == wanted and one.own,
            lambda one: before is not None and _same(one, before),
            lambda one: before is not None and (one.id, one.format) == (before.id, before.format),
            lambda one: one.default,
            lambda one: one.recommended,
        )
        row = next((n for fits in order for n, one in enumerate(entries) if fits(one)), 0)
        self.setCurrentIndex(self.rows.index(row, 0))
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
            return
        super().keyPressEvent(event)


def _same(one: Entry, other: Entry) -> bool:
    return (one.id, one.format, one.own) == (other.id, other.format, other.own)
