"""The list of the queue: recordings that are chosen, moved by keys or dragged; empty, it says what
to do."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from coder.project.recordings import Listed
from coder.ui import theme
from coder.ui.hearings.crew import Crew
from coder.ui.hearings.look import QueueLook
from coder.ui.hearings.queue_model import LISTED, QueueModel

_ADD = QItemSelectionModel.SelectionFlag.Select
_CURRENT = QItemSelectionModel.SelectionFlag.NoUpdate
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect
"""Said outright, since Qt would take a key that is held down for a wish to choose otherwise."""


class QueueList(QListView):
    """The recordings. Where there is none, `empty` stands in their place."""

    def __init__(self, crew: Crew, parent: QWidget) -> None:
        super().__init__(parent)
        self.empty = ""
        self.queue = QueueModel(crew, self)
        self.setModel(self.queue)
        self.setItemDelegate(QueueLook(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName("Recordings to transcribe, in order")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)

    def show_rows(self, rows: list[Listed]) -> None:
        """Lists these; what was chosen stays chosen, and the place stays."""
        chosen = {one.hearing.id for one in self.chosen()}
        current, top = self.current(), self.verticalScrollBar().value()
        self.queue.take(rows)
        if self.selectionModel().hasSelection() or not rows:
            return
        self.doItemsLayout()
        self.verticalScrollBar().setValue(top)
        for one in chosen:
            if (row := self.queue.row_of(one)) >= 0:
                self.selectionModel().select(self.queue.index(row), _ADD)
        row = self.queue.row_of(current.hearing.id) if current else -1
        at = self.queue.index(max(0, row))
        if self.selectionModel().hasSelection():
            self.selectionModel().setCurrentIndex(at, _CURRENT)
        else:
            self.selectionModel().setCurrentIndex(at, _ALONE)

    def chosen(self) -> list[Listed]:
        """The recordings that are chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.queue.rows[row] for row in rows]

    def current(self) -> Listed | None:
        """The recording that the text below is of, or None."""
        row = self.currentIndex().data(LISTED)
        return row if isinstance(row, Listed) else None

    def choose(self, hearing_id: str) -> None:
        """Makes a recording the chosen one, where it is listed."""
        row = self.queue.row_of(hearing_id)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self.queue.index(row), _ALONE)

    def keyboardSearch(self, search: str) -> None:
        del search

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the recording in the evidence, on every system."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped on the lower half of a recording comes behind it. The list itself moves
        nothing; it follows the project."""
        at = self.indexAt(event.position().toPoint())
        row = at.row() if at.isValid() else -1
        if at.isValid() and event.position().y() > self.visualRect(at).center().y():
            row += 1
        self.queue.dropMimeData(
            event.mimeData(), Qt.DropAction.MoveAction, row, 0, self.rootIndex()
        )
        event.setDropAction(Qt.DropAction.CopyAction)  # or Qt would remove what it believes moved
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.queue.rows:
            return
        painter = QPainter(self.viewport())
        try:
            painter.setPen(theme.current().muted)
            room = self.viewport().rect().adjusted(16, 18, -16, -14)
            painter.drawText(room, Qt.TextFlag.TextWordWrap, self.empty)
        finally:
            painter.end()
