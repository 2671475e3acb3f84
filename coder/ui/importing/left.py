"""The things that will not come in, by what is the matter with them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from coder.project.plan import Fate, Plan
from coder.ui import theme
from coder.ui.importing import words
from coder.ui.importing.words import Left

Index = QModelIndex | QPersistentModelIndex

_FEW = 40
"""Up to so many duplicates are unfolded from the start."""


class LeftModel(QAbstractItemModel):
    """What is left behind in two columns, name and reason, below a line for each fate."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.groups: list[tuple[Fate, list[Left]]] = []

    def show(self, plan: Plan) -> None:
        """Shows what the plan leaves behind."""
        self.beginResetModel()
        self.groups = list(words.left_behind(plan).items())
        self.endResetModel()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        if parent.internalId() or parent.column():
            return 0
        return len(self.groups[parent.row()][1])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 2

    def left(self, index: Index) -> Left | None:
        """What a row is about; None for the line of a fate."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1][1][index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        left = self.left(index)
        if left is None:
            return self._of_group(index, role)
        name, why = left.name, left.why
        if role == Qt.ItemDataRole.DisplayRole:
            return name if index.column() == 0 else why
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}: {why}" if index.column() == 0 else why
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{name}\n{why}"
        if role == Qt.ItemDataRole.ForegroundRole and index.column():
            look = theme.current()
            fate = self.groups[index.internalId() - 1][0]
            return QColor(look.danger if fate is Fate.UNREADABLE else look.muted)
        return None

    def _of_group(self, index: Index, role: int) -> object:
        if not index.isValid() or index.column():
            return None
        fate, things = self.groups[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{words.FATES[fate]} ({len(things):,})"
        if role == Qt.ItemDataRole.FontRole:
            bold = QFont()
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        return None


class LeftTree(QTreeView):
    """Shows what will not come in; what is left out as a matter of course is folded. `chosen` gives
    the `Left` whose row became the current one."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.model_ = LeftModel(self)
        self.setModel(self.model_)
        self.selectionModel().currentChanged.connect(self._changed)
        self.setAccessibleName("Will not come in")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_plan(self, plan: Plan) -> int:
        """Shows what the plan leaves behind; gives how many things that are."""
        self.model_.show(plan)
        for place, (fate, things) in enumerate(self.model_.groups):
            self.setFirstColumnSpanned(place, QModelIndex(), True)
            few = len(things) <= _FEW or fate is Fate.UNREADABLE
            self.setExpanded(self.model_.index(place, 0), few and fate is not Fate.SKIPPED)
        return sum(len(things) for _, things in self.model_.groups)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the names two fifths of the width."""
        super().resizeEvent(event)
        self.setColumnWidth(0, max(160, self.viewport().width() * 2 // 5))

    def _changed(self, current: Index, previous: Index) -> None:
        left = self.model_.left(current)
        if left is not None:
            self.chosen.emit(left)
