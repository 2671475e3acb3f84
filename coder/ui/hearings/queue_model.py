"""The queue as a list that views show, and in which recordings are dragged to another place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from coder.project.recordings import Listed
from coder.ui.hearings import words
from coder.ui.hearings.crew import Crew

Index = QModelIndex | QPersistentModelIndex

LISTED = Qt.ItemDataRole.UserRole
DRAGGED = "application/x-evidence-hearings"


class QueueModel(QAbstractListModel):
    """The recordings of the queue in order, with those done lately behind them. `moved` gives the
    ids of hearings that were dragged, and the one before which they were dropped (empty for the
    end)."""

    moved = Signal(list, str)

    def __init__(self, crew: Crew, parent: QWidget) -> None:
        super().__init__(parent)
        self.crew = crew
        self.rows: list[Listed] = []
        crew.progressed.connect(self._repaint)

    def take(self, rows: Sequence[Listed]) -> None:
        """Lists these from now on. Where they are the same recordings in the same order, what is
        chosen and the place stay."""
        same = [one.hearing.id for one in rows] == [one.hearing.id for one in self.rows]
        if same:
            self.rows = list(rows)
            self._repaint_all()
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def row_of(self, hearing_id: str) -> int:
        """The row of a hearing, or −1."""
        places = (n for n, one in enumerate(self.rows) if one.hearing.id == hearing_id)
        return next(places, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == LISTED:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.ref} {row.title}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.ref, row.title, words.length(row), words.manner(row))
            return ", ".join((*filter(None, parts), words.state(self.crew, row)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{words.manner(row)}\n{words.state(self.crew, row)}"
        return None

    # Dragging

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        if not index.isValid():
            return usual | Qt.ItemFlag.ItemIsDropEnabled
        if words.doing(self.crew, self.rows[index.row()]) == words.DONE:
            return usual
        return usual | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [self.rows[n].hearing.id for n in sorted(index.row() for index in indexes)]
        data = QMimeData()
        data.setData(DRAGGED, QByteArray(" ".join(ids).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Asks for the move; the rows follow when it is done in the project, so Qt has nothing to
        remove."""
        if not data.hasFormat(DRAGGED):
            return False
        ids = bytes(data.data(DRAGGED).data()).decode().split()
        before = self.rows[row].hearing if 0 <= row < len(self.rows) else None
        self.moved.emit(ids, before.id if before else "")
        return False

    def _repaint(self, hearing_id: str) -> None:
        row = self.row_of(hearing_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _repaint_all(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
