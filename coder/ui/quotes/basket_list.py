"""The list of a basket: put in order by dragging and with keys, and filled by dropping quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QKeyCombination,
    QMimeData,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from coder.project.baskets import Entry
from coder.ui.actions import BASKET
from coder.ui.quotes.basket_look import BasketLook
from coder.ui.quotes.basket_model import ENTRY, ITEMS_MIME, BasketModel
from coder.ui.quotes.carried import QUOTES_MIME

_Where = QAbstractItemView.DropIndicatorPosition
_KEYS = {keys.toString(): act.id for act in BASKET for keys in act.sequences}


class BasketList(QListView):
    """Shows a `BasketModel`. `wanted` gives what a key or the mouse asks for, by the ids of
    `actions.BASKET`; `moved` the ids of items and that of the one they come before (empty: last);
    `dropped` what came from elsewhere, and the same; `menu_wanted` a place on the screen."""

    wanted = Signal(str)
    moved = Signal(list, str)
    dropped = Signal(QMimeData, str)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = BasketModel(self)
        self.look = BasketLook(self)
        self.setModel(self.entries)
        self.setItemDelegate(self.look)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAccessibleName("What is in the basket")
        self.doubleClicked.connect(lambda _: self.wanted.emit("edit"))

    def current(self) -> Entry | None:
        """The entry at hand."""
        index = self.currentIndex()
        return cast("Entry", index.data(ENTRY)) if index.isValid() else None

    def chosen(self) -> list[Entry]:
        """The entries chosen, in their order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.entries.entries[row] for row in rows]

    def choose(self, item_id: str) -> None:
        """Goes to an item, where it is here."""
        row = self.entries.row_of(item_id)
        if row >= 0:
            self.setCurrentIndex(self.entries.index(row))

    def choose_all(self, ids: Sequence[str], row: int) -> None:
        """Chooses these items again; where none of them is here any more, what stands at the row
        at hand."""
        rows = [found for one in ids if (found := self.entries.row_of(one)) >= 0]
        rows = rows or [min(row, self.entries.rowCount() - 1)][: row >= 0]
        for number, one in enumerate(rows):
            self.selectionModel().setCurrentIndex(
                self.entries.index(one),
                QItemSelectionModel.SelectionFlag.Select
                if number
                else QItemSelectionModel.SelectionFlag.ClearAndSelect,
            )

    def place_of_current(self) -> QPoint:
        """Where the entry at hand stands on the screen: below its row."""
        box = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(box.bottomLeft() if box.isValid() else QPoint(8, 8))

    # Qt

    def keyboardSearch(self, search: str) -> None:
        del search

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def dropEvent(self, event: QDropEvent) -> None:
        before = self._before(event.position().toPoint(), self.dropIndicatorPosition())
        self.dragLeaveEvent(QDragLeaveEvent())
        inside = event.source() is self and event.mimeData().hasFormat(ITEMS_MIME)
        if inside:
            event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if inside:
            self.moved.emit([one.item.id for one in self.chosen()], before)
        elif event.mimeData().hasFormat(QUOTES_MIME):
            self.dropped.emit(event.mimeData(), before)

    def event(self, event: QEvent) -> bool:
        """Takes keys that are the window's elsewhere."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _asks(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = _asks(event)
        if wanted:
            self.wanted.emit(wanted)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.place_of_current() if by_key else event.globalPos())

    def _before(self, at: QPoint, where: _Where) -> str:
        """The id of the item that what is dropped here comes before; empty for the end."""
        index = self.indexAt(at)
        if not index.isValid() or where is _Where.OnViewport:
            return ""
        row = index.row() + (where is _Where.BelowItem)
        entries = self.entries.entries
        return entries[row].item.id if row < len(entries) else ""


def _asks(event: QKeyEvent) -> str:
    """What a key asks for in the list; empty for all others."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    return _KEYS.get(QKeySequence(QKeyCombination(held, key)).toString(), "")
