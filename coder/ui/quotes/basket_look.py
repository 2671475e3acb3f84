"""How what is in a basket looks: headings apart, quotes as cards with badges and notes; and how
words are changed in place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QTextLayout
from PySide6.QtWidgets import (
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder.domain.baskets import ItemKind
from coder.domain.text import Utf16Map
from coder.project.baskets import Entry
from coder.ui import theme
from coder.ui.quoted import quoted
from coder.ui.quotes.basket_model import ENTRY, Badge, Index, badges_of
from coder.ui.quotes.cards import by_line

MOST_LINES = 9
"""So many lines of a quote are shown; of a longer one the preview shows all."""

_ROLES = {"note": "muted"}
_PAD = 10
_GAP = 5


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of a card, wrapped to its width, with the colour's role; `lines` 0 for all of them."""

    words: str
    font: QFont
    role: str
    lines: int = 0


class BasketLook(QStyledItemDelegate):
    """Paints an entry. `reworded` gives an item's id and what was typed in place of a heading, a
    text or a quote's note."""

    reworded = Signal(str, str)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        wide = view.viewport().width() if isinstance(view, QListView) else 280
        return QSize(160, self._height(index.data(ENTRY), option.font, wide, index.row() == 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, option, entry, index.row() == 0, theme.current())
        finally:
            painter.restore()

    def _height(self, entry: Entry, font: QFont, wide: int, first: bool) -> int:
        room = _inner(entry, QRect(0, 0, wide, 0), first=first)
        heights = [_height_of(part, room.width()) for part in _parts(entry, font)]
        rows = _badge_rows(badges_of(entry), _small(font), room.width())
        badges = len(rows) * (QFontMetrics(_small(font)).height() + 6)
        inside = sum(heights) + _GAP * max(0, len(heights) - 1) + (badges and badges + _GAP)
        top, bottom = _margins(entry, first=first)
        return max(24, inside + top + bottom)

    def _paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        entry: Entry,
        first: bool,
        look: theme.Theme,
    ) -> None:
        self._paint_ground(painter, option, entry, first, look)
        room = _inner(entry, option.rect, first=first)
        top = room.top()
        for part in _parts(entry, option.font):
            if part.role == "note":
                top = self._paint_badges(painter, option.font, entry, room, top, look)
            painter.setPen(QColor(getattr(look, _ROLES.get(part.role, part.role))))
            painter.setFont(part.font)
            top += _draw(painter, QPoint(room.left(), top), part, room.width()) + _GAP
        if not entry.item.note:
            self._paint_badges(painter, option.font, entry, room, top, look)

    def _paint_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        entry: Entry,
        first: bool,
        look: theme.Theme,
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        above, _ = _margins(entry, first=first)
        card = option.rect.adjusted(2, above - (_PAD if entry.quote else 4), -4, -2)
        if entry.quote or chosen:
            ground = look.chosen if chosen else look.raised
            painter.setBrush(QColor(ground))
            painter.setPen(QColor(look.accent if focused else ground if chosen else look.line))
            painter.drawRoundedRect(card, 7, 7)
        if entry.item.kind is ItemKind.HEADING and not chosen:
            painter.setPen(QColor(look.line))
            painter.drawLine(card.bottomLeft(), card.bottomRight())

    def _paint_badges(
        self,
        painter: QPainter,
        font: QFont,
        entry: Entry,
        room: QRect,
        top: int,
        look: theme.Theme,
    ) -> int:
        small = _small(font)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        for row in _badge_rows(badges_of(entry), small, room.width()):
            left = room.left()
            for badge in row:
                wide = min(metrics.horizontalAdvance(badge.text) + 14, room.width())
                pill = QRect(left, top, wide, metrics.height() + 3)
                painter.setPen(QColor(look.danger if badge.warns else look.edge))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
                painter.setPen(QColor(look.danger if badge.warns else look.muted))
                told = metrics.elidedText(badge.text, Qt.TextElideMode.ElideRight, wide - 12)
                painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, told)
                left += wide + 6
            top += metrics.height() + 6
        return top + (_GAP if badges_of(entry) else 0)

    # Changing words in place

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        entry: Entry = index.data(ENTRY)
        editor = QPlainTextEdit(parent)
        editor.setObjectName("plain")
        editor.setTabChangesFocus(True)
        if entry.item.kind is ItemKind.HEADING:
            editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names = {ItemKind.QUOTE: "Note", ItemKind.HEADING: "Heading", ItemKind.TEXT: "Text"}
        editor.setAccessibleName(names[entry.item.kind])
        if entry.quote:
            editor.setPlaceholderText("A note for yourself; it never leaves the project")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        entry: Entry = index.data(ENTRY)
        lines = 1 if entry.item.kind is ItemKind.HEADING else 3
        tall = max(34, lines * editor.fontMetrics().lineSpacing() + 20)
        box = option.rect.adjusted(4, 0, -6, -4)
        bottom = max(box.bottom(), box.top() + tall)
        editor.setGeometry(QRect(box.left(), bottom - tall, box.width(), tall))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QPlainTextEdit):
            words = editor.toPlainText().strip()
            if words != index.data(Qt.ItemDataRole.EditRole):
                self.reworded.emit(index.data(ENTRY).item.id, words)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter keeps what was typed; with Shift it begins a new line."""
        if (
            isinstance(editor, QPlainTextEdit)
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        return super().eventFilter(editor, event)


def _parts(entry: Entry, font: QFont) -> list[_Part]:
    item, quote = entry.item, entry.quote
    note = [_Part(f"✎ {item.note}", _small(font, italic=True), "note")] if item.note else []
    if item.kind is ItemKind.HEADING:
        return [_Part(item.text, _heading(font), "text"), *note]
    if quote is None:
        return [_Part(item.text, _small(font, by=1.0), "text"), *note]
    who = _Part(
        f"{by_line(quote)} {quote.citation}",
        _small(font),
        "muted" if quote.attribution else "danger",
    )
    return [_Part(quoted(item.shown), _face(font), "text", MOST_LINES), who, *note]


def _margins(entry: Entry, *, first: bool) -> tuple[int, int]:
    """What is left free above the words of an entry and below them."""
    if entry.quote:
        return _PAD + 3, _PAD + 2
    if entry.item.kind is ItemKind.HEADING:
        return 6 if first else 18, 6
    return 8, 6


def _inner(entry: Entry, box: QRect, *, first: bool) -> QRect:
    top, bottom = _margins(entry, first=first)
    return box.adjusted(_PAD + 2, top, -_PAD - 4, -bottom)


def _badge_rows(badges: list[Badge], font: QFont, wide: int) -> list[list[Badge]]:
    """The badges in rows that fit."""
    metrics = QFontMetrics(font)
    rows: list[list[Badge]] = []
    left = wide + 1
    for badge in badges:
        needed = min(metrics.horizontalAdvance(badge.text) + 14, wide)
        if left + needed > wide:
            rows.append([])
            left = 0
        rows[-1].append(badge)
        left += needed + 6
    return rows


def _height_of(part: _Part, wide: int) -> int:
    return _draw(None, QPoint(), part, wide)


def _draw(painter: QPainter | None, at: QPoint, part: _Part, wide: int) -> int:
    """Draws words on as many lines as they take, or as there may be; gives how high they are."""
    metrics = QFontMetrics(part.font)
    number = 0
    for paragraph in part.words.split("\n"):
        layout = QTextLayout(paragraph, part.font)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(wide)
            top = at.y() + number * metrics.lineSpacing()
            number += 1
            if painter is not None and number == part.lines:
                rest = paragraph[Utf16Map(paragraph).to_points(line.textStart()) :]
                shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, wide)
                painter.drawText(QPoint(at.x(), top + metrics.ascent()), shown)
            elif painter is not None:
                line.draw(painter, QPointF(at.x(), top))
            if number == part.lines:
                break
        layout.endLayout()
    return number * metrics.lineSpacing()


def _face(font: QFont) -> QFont:
    face = QFont(font)
    face.setFamilies(["Source Serif 4", "Charter", "Georgia", "Noto Serif", "DejaVu Serif"])
    face.setPointSizeF(font.pointSizeF() * 1.04)
    return face


def _heading(font: QFont) -> QFont:
    face = QFont(font)
    face.setPointSizeF(font.pointSizeF() * 1.12)
    face.setWeight(QFont.Weight.DemiBold)
    return face


def _small(font: QFont, by: float = 0.9, *, italic: bool = False) -> QFont:
    face = QFont(font)
    face.setPointSizeF(font.pointSizeF() * by)
    face.setItalic(italic)
    return face
