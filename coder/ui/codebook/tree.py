"""The tree of codes: dragged, moved, renamed and applied with mouse or keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from coder.project.codebook import CodeView
from coder.ui import trees
from coder.ui.codebook.row import VIEW, CodeDelegate, spoken
from coder.ui.reader import CODE_MIME

_Where = QAbstractItemView.DropIndicatorPosition
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFTS: dict[int, str] = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Right: "in",
    Qt.Key.Key_Left: "out",
}
_PLAIN: dict[int, str] = {Qt.Key.Key_Insert: "add", Qt.Key.Key_Delete: "delete"}
_ADD = QKeySequence("Ctrl+Shift+N")


class CodeTree(QTreeWidget):
    """Codes that are dragged onto words, or among one another, several at once. Selected words can
    be dropped on it.

    `moved` gives ids of codes, their new parent's (empty: on top) and that of the code they come
    before (empty: last); `taken` the code that words fell on; `renamed` a code and its new name;
    `wanted` what a key asks for (`add`, `delete`, `up`, `down`, `in`, `out`); `menu_wanted` a place
    on the screen.
    """

    moved = Signal(list, str, str)
    taken = Signal(str)
    renamed = Signal(str, str)
    wanted = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        delegate = CodeDelegate(self)
        delegate.renamed.connect(self.renamed)
        self.setItemDelegate(delegate)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAccessibleName("Themes and codes")

    def show_tree(self, views: Sequence[CodeView]) -> None:
        """Shows the codebook as it is now, keeping what is chosen, folded and in view."""
        shown = {code_id(item): item for item in trees.walk(self)}
        if _shape(views) == _shape([item.data(0, VIEW) for item in shown.values()]):
            for view in views:
                if shown[view.code.id].data(0, VIEW) != view:
                    _fill(shown[view.code.id], view)
            return
        current, chosen = self.current(), set(self.chosen())
        folded = {one for one, item in shown.items() if item.childCount() and not item.isExpanded()}
        place = self.verticalScrollBar().value()
        self.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for view in views:
            above = items.get(view.code.parent_id or "")
            item = QTreeWidgetItem(above) if above else QTreeWidgetItem(self)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            _fill(item, view)
            items[view.code.id] = item
        for one, item in items.items():
            item.setExpanded(one not in folded)
        if current in items:
            self.setCurrentItem(items[current])
        for one in chosen & items.keys():
            items[one].setSelected(True)
        self.verticalScrollBar().setValue(place)

    def current(self) -> str:
        """The id of the code at hand, or nothing."""
        item = self.currentItem()
        return code_id(item) if item else ""

    def chosen(self) -> list[str]:
        """The ids of all codes that are chosen, from top to bottom."""
        return [code_id(item) for item in trees.walk(self) if item.isSelected()]

    def choose(self, wanted: str) -> None:
        """Chooses the code with this id, where it is there."""
        for item in trees.walk(self):
            if code_id(item) == wanted:
                self.setCurrentItem(item)
                self.scrollToItem(item)

    def rename_current(self) -> None:
        """Lets the name of the code at hand be changed in place."""
        item = self.currentItem()
        if item is not None:
            self.editItem(item)

    def narrow(self, words: str) -> None:
        """Hides what does not match; a code that matches shows those above it too."""
        wanted = words.casefold()
        for item in reversed(list(trees.walk(self))):
            fits = wanted in item.data(0, VIEW).path.casefold()
            below = any(not child.isHidden() for child in trees.children(item))
            item.setHidden(not (fits or below))

    def place_of_current(self) -> QPoint:
        """Where the code at hand stands on the screen: below its row."""
        item = self.currentItem()
        box = self.visualItemRect(item) if item else self.viewport().rect()
        return self.viewport().mapToGlobal(box.bottomLeft() if item else box.center())

    # Qt

    def mimeTypes(self) -> list[str]:
        return [*super().mimeTypes(), "text/plain"]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        data = super().mimeData(items)
        data.setData(CODE_MIME, self.current().encode())
        return data

    def dropEvent(self, event: QDropEvent) -> None:
        target = self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        self.dragLeaveEvent(QDragLeaveEvent())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if event.source() is not self:
            if target is not None:
                self.taken.emit(code_id(target))
            return
        ids = self.chosen()
        parent, before = _spot(self, target, where)
        if ids and not _goes_along(parent, set(ids)):
            places = (code_id(item) if item else "" for item in (parent, before))
            self.moved.emit(ids, *places)

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
        if not by_key and self.itemAt(self.viewport().mapFromGlobal(event.globalPos())) is None:
            return
        self.menu_wanted.emit(self.place_of_current() if by_key else event.globalPos())


def code_id(item: QTreeWidgetItem) -> str:
    """The id of the code that an item of the tree shows."""
    return str(item.data(0, VIEW).code.id)


def _asks(event: QKeyEvent) -> str:
    """What a key asks for in the tree; empty for all others."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == _ALT:
        return _SHIFTS.get(event.key(), "")
    if QKeySequence(event.keyCombination()) == _ADD:
        return "add"
    return "" if held else _PLAIN.get(event.key(), "")


def _shape(views: Sequence[CodeView]) -> list[tuple[str, str | None]]:
    return [(view.code.id, view.code.parent_id) for view in views]


def _fill(item: QTreeWidgetItem, view: CodeView) -> None:
    item.setData(0, VIEW, view)
    item.setText(0, spoken(view))
    path = view.path.replace("/", " / ")
    item.setToolTip(0, "\n".join(filter(None, (path, view.code.definition))))


def _goes_along(item: QTreeWidgetItem | None, ids: set[str]) -> bool:
    """Whether an item is one of these codes or below one."""
    while item is not None:
        if code_id(item) in ids:
            return True
        item = item.parent()
    return False


def _spot(
    tree: QTreeWidget, target: QTreeWidgetItem | None, where: _Where
) -> tuple[QTreeWidgetItem | None, QTreeWidgetItem | None]:
    """The parent and the code to come before that a drop means; below an unfolded code means before
    the first one in it, which is where the line is drawn."""
    if target is None or where is _Where.OnViewport:
        return None, None
    if where is _Where.OnItem:
        return target, None
    if where is _Where.AboveItem:
        return target.parent(), target
    if target.isExpanded() and target.childCount():
        return target, target.child(0)
    above = target.parent()
    beside = trees.children(above) if above else trees.tops(tree)
    following = beside[beside.index(target) + 1 :]
    return above, following[0] if following else None
