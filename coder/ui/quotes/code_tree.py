"""The codes to filter by: each is wanted, not wanted, near or overlapping, and says so in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from coder.domain.palette import shade
from coder.domain.quotes import QuoteFilter
from coder.project.codebook import CodeView
from coder.ui import theme, trees
from coder.ui.quotes.told import WORDS

Index = QModelIndex | QPersistentModelIndex

_VIEW = Qt.ItemDataRole.UserRole
_HOW = Qt.ItemDataRole.UserRole + 1
_CYCLE = {"": "codes", "codes": "without"}
_CHOICES = {
    "": "Does not matter",
    "codes": "Wanted: passages with this code",
    "without": "Not: no passages that this code overlaps",
    "near": "Near: passages with this code close by",
    "overlapping": "Overlapping: passages with this code across them",
}


class CodeTree(QTreeWidget):
    """A click or Space goes from code wanted to not wanted to neither; the menu has the other ways.
    `changed` says that a person asks for something else."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Filter by theme")
        self.setItemDelegate(_Look(self))
        self.itemClicked.connect(self._cycle)

    def fill(self, views: Sequence[CodeView]) -> None:
        """Shows these codes, each with how many tags it and the codes below it have."""
        folded = {one.data(0, _VIEW).code.id for one in trees.walk(self) if not one.isExpanded()}
        chosen, at = self.asked(), self.currentItem()
        here = at.data(0, _VIEW).code.id if at else ""
        self.clear()
        items: dict[str, QTreeWidgetItem] = {}
        tags = _with_those_below(views)
        for view in views:
            above = items.get(view.code.parent_id or "")
            item = QTreeWidgetItem(above) if above else QTreeWidgetItem(self)
            count = f"  ({tags[view.code.id]:,})" if tags[view.code.id] else ""
            item.setText(0, view.code.name + count)
            item.setData(0, _VIEW, view)
            items[view.code.id] = item
            self._set(item, "")
        for item in items.values():
            item.setExpanded(item.data(0, _VIEW).code.id not in folded)
        self.ask(chosen)
        if here in items:
            self.setCurrentItem(items[here])

    def asked(self) -> dict[str, tuple[str, ...]]:
        """The ids of the codes by how they are asked for: `codes`, `without`, `near` and
        `overlapping`, as a filter calls them."""
        found: dict[str, list[str]] = {how: [] for how in WORDS}
        for item in trees.walk(self):
            if item.data(0, _HOW):
                found[item.data(0, _HOW)].append(item.data(0, _VIEW).code.id)
        return {how: tuple(ids) for how, ids in found.items()}

    def ask(self, asked: Mapping[str, Sequence[str]]) -> None:
        """Asks for these codes, as far as they are there, without telling anybody."""
        how = {one: name for name, ids in asked.items() for one in ids}
        for item in trees.walk(self):
            self._set(item, how.get(item.data(0, _VIEW).code.id, ""))
        self.viewport().update()

    def ask_for(self, wanted: QuoteFilter) -> None:
        """Shows what a filter asks of codes."""
        self.ask({how: getattr(wanted, how) for how in WORDS})

    def menu_for(self, item: QTreeWidgetItem) -> QMenu:
        """The ways in which a code can be asked for."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for how, words in _CHOICES.items():
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(item.data(0, _HOW) == how)
            action.triggered.connect(partial(self._change, item, how))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._cycle(item)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_key else self.itemAt(event.pos())
        if item is None:
            return
        place = self.visualItemRect(item).bottomLeft() if by_key else event.pos()
        menu = self.menu_for(item)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place + QPoint(0, 2)))

    def _cycle(self, item: QTreeWidgetItem) -> None:
        self._change(item, _CYCLE.get(item.data(0, _HOW), ""))

    def _change(self, item: QTreeWidgetItem, how: str) -> None:
        self._set(item, how)
        self.changed.emit()

    def _set(self, item: QTreeWidgetItem, how: str) -> None:
        view: CodeView = item.data(0, _VIEW)
        item.setData(0, _HOW, how)
        told = f"{item.text(0)}, {WORDS[how]}" if how else item.text(0)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)
        about = view.code.definition or view.path
        item.setToolTip(0, f"{about}\nClick: wanted, not, neither. Right-click: near, overlapping.")


class _Look(QStyledItemDelegate):
    """Paints a code with its colour, and at right how it is asked for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, option.fontMetrics.height() + 11)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index)
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, how = theme.current(), index.data(_HOW)
        view: CodeView = index.data(_VIEW)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(0, 1, -4, -1)
        chosen = option.state & QStyle.StateFlag.State_Selected
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.chosen if chosen else look.raised))
            painter.drawRoundedRect(row, 5, 5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(look.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row, 5, 5)
        right = row.right()
        if how:
            right = self._pill(painter, option, row, how) - 6
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade(view.code.colour, look.dark)))
        painter.drawRoundedRect(QRect(row.left() + 4, row.center().y() - 4, 9, 9), 2, 2)
        room = QRect(row.left() + 19, row.top(), right - row.left() - 19, row.height())
        font = option.font
        font.setBold(bool(how))
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        words = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _pill(self, painter: QPainter, option: QStyleOptionViewItem, row: QRect, how: str) -> int:
        """Draws the word; gives where it begins."""
        look, words = theme.current(), WORDS[how]
        width = option.fontMetrics.horizontalAdvance(words) + 14
        pill = QRect(row.right() - width - 1, row.top() + 2, width, row.height() - 4)
        ground = {"codes": look.accent, "without": look.danger}.get(how, look.base)
        ink = look.on_accent if how in ("codes", "without") else look.text
        painter.setPen(QColor(look.edge) if ground == look.base else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        return pill.left()


def _with_those_below(views: Sequence[CodeView]) -> dict[str, int]:
    """How many tags each code has together with the codes below it, by id."""
    tags = {view.code.id: view.codings for view in views}
    for view in reversed(views):
        if view.code.parent_id in tags:
            tags[view.code.parent_id] += tags[view.code.id]
    return tags
