"""A list that finds as you type: for codes at the selection, and for every command."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder.ui import theme

_SHOWN = 12
_MOST = 400
"""So many matches are listed; more words narrow them."""

_HINT = Qt.ItemDataRole.UserRole + 1
_NAME = Qt.ItemDataRole.UserRole + 2
_WITHIN = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the list: what it stands for, its words, what stands at right, a colour, and words
    by which it is found too. Where `name` is given, the end of `text`, it is shown first and what
    stands before it in `text`, the theme, muted behind it."""

    id: str
    text: str
    hint: str = ""
    colour: str = ""
    also: str = ""
    name: str = ""

    @property
    def within(self) -> str:
        """What stands before the name: the themes it belongs to."""
        return self.text.removesuffix(self.name).rstrip(" /") if self.name else ""


class Picker(QFrame):
    """A pop-up with a field and a list. `chosen` gives the ids chosen; `created` what was typed
    when nothing fits and `create` allows it; `left` says that it was closed with neither.

    Ctrl+Enter ticks one more where `several`, and so does Space until something is typed. Where not
    `eager`, Enter takes a line only once it is chosen or fits what was typed. What is `suggested`
    stands on top until something is typed; it is never taken unless somebody goes there.
    """

    chosen = Signal(list)
    created = Signal(str)
    left = Signal()

    def __init__(
        self,
        parent: QWidget,
        choices: Sequence[Choice],
        hint: str,
        *,
        create: str = "",
        several: bool = False,
        eager: bool = True,
        suggested: Sequence[Choice] = (),
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = {choice.id for choice in choices}
        self._choices = [*choices, *(one for one in suggested if one.id not in known)]
        self._suggested = suggested
        self._taken = False
        self._create = create
        self._several = several
        self._eager = eager
        self._ticked: list[str] = []
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Matches")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(12, 12))
        self.list.setItemDelegate(_LineDelegate(self.list))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        if several:
            note = QLabel("Enter applies · Ctrl+Enter ticks one more · Esc closes", self)
            note.setObjectName("muted")
            layout.addWidget(note)
        self.resize(460, 380)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._accept())
        self._fill()

    def open_at(self, place: QPoint) -> None:
        """Shows the list at a place on the screen, kept wholly on it, ready to type."""
        screen = self.screen().availableGeometry()
        x = min(max(place.x(), screen.left()), screen.right() - self.width())
        y = min(max(place.y(), screen.top()), screen.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.field.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._taken:
            self._taken = True
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _SHOWN,
            Qt.Key.Key_PageUp: -_SHOWN,
        }.get(Qt.Key(key))
        if step is not None:
            self._go(step)
            return True
        if key == Qt.Key.Key_Space and self._several and not self.field.text():
            self._tick()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._several:
                self._tick()
            else:
                self._accept()
            return True
        return False

    def _go(self, step: int) -> None:
        """Goes on by so many lines, past headings."""
        lines = [row for row in range(self.list.count()) if self._can_choose(row)]
        if lines:
            here = bisect_left(lines, max(self.list.currentRow(), 0))
            if self.list.currentRow() < 0 and step > 0:
                here -= 1
            self.list.setCurrentRow(lines[min(max(here + step, 0), len(lines) - 1)])
            if self.list.currentRow() == lines[0]:
                self.list.scrollToTop()

    def _can_choose(self, row: int) -> bool:
        item = self.list.item(row)
        return item is not None and bool(item.flags() & Qt.ItemFlag.ItemIsSelectable)

    def _fill(self) -> None:
        words = self.field.text().casefold().split()
        found = [c for c in self._choices if _holds(c, words)]
        found.sort(key=lambda c: _rank(c, words))
        self.list.clear()
        if self._suggested and not words:
            self._head("Suggested")
            for choice in self._suggested:
                self._line(choice)
            self._head("All codes")
        first = self.list.count()
        for choice in found[:_MOST]:
            self._line(choice)
        if len(found) > _MOST:
            self._head(f"… and {len(found) - _MOST:,} more: type to find")
        typed = self.field.text().strip()
        exact = any(choice.text.casefold() == typed.casefold() for choice in found)
        if self._create and typed and not exact:
            item = QListWidgetItem(f"{self._create} “{typed}”", self.list)
            item.setIcon(theme.icon("add", size=12))
        sure = self._eager or (bool(words) and bool(found) and _rank(found[0], words) < 2)
        self.list.setCurrentRow(first if sure else -1)

    def _line(self, choice: Choice) -> None:
        ticked = "✓ " if choice.id in self._ticked else ""
        item = QListWidgetItem(f"{ticked}{choice.text}", self.list)
        item.setData(Qt.ItemDataRole.UserRole, choice.id)
        item.setToolTip(choice.text)
        if choice.colour:
            item.setIcon(theme.swatch(choice.colour))
        item.setData(_HINT, choice.hint)
        item.setData(_NAME, f"{ticked}{choice.name or choice.text}")
        item.setData(_WITHIN, choice.within)

    def _head(self, words: str) -> None:
        """A line that says what follows and cannot be chosen."""
        item = QListWidgetItem(words, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _current(self) -> str | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _tick(self) -> None:
        current = self._current()
        if current is None:
            return
        if current in self._ticked:
            self._ticked.remove(current)
        else:
            self._ticked.append(current)
        row = self.list.currentRow()
        if self.field.text():
            self.field.clear()
        else:
            self._fill()
            self.list.setCurrentRow(row)

    def _accept(self) -> None:
        current = self._current()
        typed = self.field.text().strip()
        ids = list(dict.fromkeys([*self._ticked, *([current] if current else [])]))
        made = current is None and bool(typed) and bool(self._create)
        if self._ticked and not self.field.text():
            ids = list(self._ticked)
        self._taken = made or bool(ids)
        self.close()
        if made:
            self.created.emit(typed)
        elif ids:
            self.chosen.emit(ids)


class _LineDelegate(QStyledItemDelegate):
    """A line with its hint at the right end; a name with the theme it belongs to behind it."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, option.fontMetrics.height() + 10)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look = theme.current()
        box = option.rect
        painter.save()
        try:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(box, QColor(look.chosen))
            icon = index.data(Qt.ItemDataRole.DecorationRole)
            if icon:
                icon.paint(painter, box.left() + 6, box.center().y() - 6, 12, 12)
            hint = index.data(_HINT) or ""
            room = box.adjusted(26 if icon else 10, 0, -10, 0)
            painter.setPen(QColor(look.muted))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, hint)
            room.setRight(room.right() - option.fontMetrics.horizontalAdvance(hint) - 12)
            told = not option.state & QStyle.StateFlag.State_Enabled
            painter.setPen(QColor(look.muted if told else look.text))
            name = option.fontMetrics.elidedText(
                index.data(_NAME) or index.data(), Qt.TextElideMode.ElideMiddle, room.width()
            )
            left = Qt.AlignmentFlag.AlignLeft | middle
            painter.drawText(room, left, name)
            room.setLeft(room.left() + option.fontMetrics.horizontalAdvance(name) + 10)
            within = option.fontMetrics.elidedText(
                index.data(_WITHIN) or "", Qt.TextElideMode.ElideRight, max(0, room.width())
            )
            painter.setPen(QColor(look.muted))
            painter.drawText(room, left, within)
        finally:
            painter.restore()


def _holds(choice: Choice, words: Sequence[str]) -> bool:
    there = f"{choice.text} {choice.also}".casefold()
    return all(word in there for word in words)


def _rank(choice: Choice, words: Sequence[str]) -> int:
    """How well a line fits: words of it that begin as typed first, then those found by its other
    words, then those that hold what was typed anywhere."""
    if all(_begins(choice.text, word) for word in words):
        return 0
    return 1 if all(_begins(f"{choice.text} {choice.also}", word) for word in words) else 2


def _begins(text: str, word: str) -> bool:
    return any(part.startswith(word) for part in re.split(r"[\s/(“‘\"']+", text.casefold()))
