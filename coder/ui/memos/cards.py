"""Memos as a list of cards: what each is about, by whom and when, and its first words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder.domain.dates import day_shown
from coder.domain.model import About
from coder.project.memos import TAG, MemoView
from coder.ui import theme

Index = QModelIndex | QPersistentModelIndex

MEMO = Qt.ItemDataRole.UserRole
LINES = 2
"""So many lines of a memo are shown on its card."""

KINDS = {
    About.JOURNAL.value: "Journal",
    About.PROJECT.value: "Inquiry",
    About.SUBMISSION.value: "Submission",
    About.DOCUMENT.value: "Document",
    About.CODE.value: "Code",
    TAG: "Tag",
}
"""The kinds of memo, as lists call them."""


class MemoModel(QAbstractListModel):
    """The memos that are listed. `called` says what a card calls the thing it is about."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.memos: list[MemoView] = []
        self.called = called

    def show(self, memos: Sequence[MemoView]) -> None:
        """Takes what is to be listed now."""
        self.beginResetModel()
        self.memos = list(memos)
        self.endResetModel()

    def row_of(self, memo_id: str) -> int:
        """The row of a memo, or -1."""
        return next((row for row, memo in enumerate(self.memos) if memo.id == memo_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.memos)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.memos):
            return None
        memo = self.memos[index.row()]
        if role == MEMO:
            return memo
        if role == Qt.ItemDataRole.DisplayRole:
            return self.called(memo)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = ", ".join(filter(None, (self.called(memo), memo.detail, about_line(memo))))
            return f"{told}. {memo.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (memo.detail, memo.text[:600])))
        return None


class MemoList(QListView):
    """The cards. Where there is none, it says `empty` in their place."""

    def __init__(self, parent: QWidget, empty: str) -> None:
        super().__init__(parent)
        self.empty = empty
        self.cards = MemoModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(MemoLook(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Memos")

    def current(self) -> MemoView | None:
        """The memo that is chosen, or None."""
        memo = self.currentIndex().data(MEMO)
        return memo if isinstance(memo, MemoView) else None

    def choose(self, memo_id: str) -> bool:
        """Makes a memo the chosen one; False where it is not listed."""
        row = self.cards.row_of(memo_id)
        if row < 0:
            self.selectionModel().clear()
            return False
        self.setCurrentIndex(self.cards.index(row))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to what the memo is about, on every system."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.cards.memos:
            return
        painter = QPainter(self.viewport())
        try:
            painter.setPen(theme.current().muted)
            room = self.viewport().rect().adjusted(14, 18, -14, -14)
            painter.drawText(room, Qt.TextFlag.TextWordWrap, self.empty)
        finally:
            painter.end()


class MemoLook(QStyledItemDelegate):
    """Paints a card."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(200, option.fontMetrics.lineSpacing() * (LINES + 2) + 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index, theme.current())
        finally:
            painter.restore()

    def _paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        look: theme.Theme,
    ) -> None:
        memo: MemoView = index.data(MEMO)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(3, 3, -5, -3)
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.setPen(look.accent if chosen else look.line)
        painter.setBrush(look.chosen if chosen else look.raised)
        painter.drawRoundedRect(card, 7, 7)
        inner = card.adjusted(12, 8, -12, -8)
        line = option.fontMetrics.lineSpacing()
        bold, small = QFont(option.font), QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        top = QRect(inner.left(), inner.top(), inner.width(), line)
        painter.setFont(small)
        painter.setPen(look.muted)
        painter.drawText(
            top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, memo.coder
        )
        top.setRight(top.right() - QFontMetrics(small).horizontalAdvance(memo.coder) - 10)
        painter.setFont(bold)
        painter.setPen(look.text)
        _draw(painter, top, index.data())
        painter.setFont(small)
        painter.setPen(look.muted)
        _draw(painter, QRect(inner.left(), inner.top() + line, inner.width(), line), _below(memo))
        painter.setFont(option.font)
        painter.setPen(look.text)
        _draw_lines(painter, inner.adjusted(0, line * 2 + 4, 0, 0), " ".join(memo.text.split()))


def about_line(memo: MemoView) -> str:
    """The kind of a memo, who wrote it and when, in a line."""
    return " · ".join((KINDS[memo.kind], memo.coder, day_shown(memo.at)))


def called(memo: MemoView) -> str:
    """What a card calls the thing that a memo is about; an entry of the journal, its day."""
    return day_shown(memo.at) if memo.kind == About.JOURNAL else memo.subject


def _below(memo: MemoView) -> str:
    return " · ".join(filter(None, (memo.detail, KINDS[memo.kind], day_shown(memo.at))))


def _draw(painter: QPainter, room: QRect, words: str) -> None:
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _draw_lines(painter: QPainter, room: QRect, words: str) -> None:
    """Draws the words on `LINES` lines, the last one elided where they go on."""
    metrics = painter.fontMetrics()
    layout = QTextLayout(words, painter.font())
    layout.beginLayout()
    for number in range(LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        rest = words[line.textStart() :]
        shown = rest[: line.textLength()]
        if number == LINES - 1:
            shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
        top = room.top() + number * metrics.lineSpacing()
        painter.drawText(QPoint(room.left(), top + metrics.ascent()), shown)
    layout.endLayout()
