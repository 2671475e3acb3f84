"""The trail as a list: a heading for each day, and below it who did what at what time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder.project.trail import Line
from coder.ui import theme
from coder.ui.finding.look import draw_words

Index = QModelIndex | QPersistentModelIndex

LINE = Qt.ItemDataRole.UserRole
LINES = 2


def when(at: str) -> datetime:
    """A moment in ISO 8601 by this machine's clock."""
    return datetime.fromisoformat(at).astimezone()


class TrailModel(QAbstractListModel):
    """The lines that have been read so far, newest first, with the days between them. `more_wanted`
    asks for the next page."""

    more_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[str | Line] = []
        self.ended = True

    @property
    def last(self) -> Line | None:
        """The oldest line that is here."""
        return next((one for one in reversed(self.rows) if isinstance(one, Line)), None)

    def show(self, lines: Sequence[Line]) -> None:
        """Takes these lines in place of all others."""
        self.beginResetModel()
        self.rows = []
        self.ended = not lines
        self.rows = self._with_days(lines)
        self.endResetModel()

    def add(self, lines: Sequence[Line]) -> None:
        """Takes another page; an empty one is the end."""
        self.ended = not lines
        fresh = self._with_days(lines)
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(fresh) - 1)
            self.rows += fresh
            self.endInsertRows()

    def row_of(self, seq: int) -> int:
        """Where the line of this step is, or the first line; −1 where there is none."""
        found = [row for row, one in enumerate(self.rows) if isinstance(one, Line)]
        return next((row for row in found if self._seq(row) == seq), found[0] if found else -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self.ended

    def fetchMore(self, parent: Index) -> None:
        self.more_wanted.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.rows[index.row()]
        if role == LINE:
            return one if isinstance(one, Line) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return one if isinstance(one, str) else f"{when(one.at):%H:%M} {one.sentence}"
        return None

    def _seq(self, row: int) -> int:
        one = self.rows[row]
        return one.seq if isinstance(one, Line) else 0

    def _with_days(self, lines: Sequence[Line]) -> list[str | Line]:
        day = when(self.last.at).date() if self.last else None
        rows: list[str | Line] = []
        for line in lines:
            at = when(line.at)
            if at.date() != day:
                day = at.date()
                rows.append(f"{at:%A}, {at.day} {at:%B} {at.year}")
            rows.append(line)
        return rows


class LineDelegate(QStyledItemDelegate):
    """Paints a day, or a line as a card."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        high = QFontMetrics(option.font).lineSpacing()
        day = index.data(LINE) is None
        return QSize(280, high + 22 if day else (LINES + 1) * high + 32)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            line = index.data(LINE)
            if line is None:
                self._paint_day(painter, option, str(index.data()))
            else:
                self._paint_line(painter, option, line, theme.current())
        finally:
            painter.restore()

    def _paint_day(self, painter: QPainter, option: QStyleOptionViewItem, day: str) -> None:
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(theme.current().muted))
        room = option.rect.adjusted(4, 8, -6, -2)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, day)

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, line: Line, look: theme.Theme
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(2, 3, -6, -3)
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.setPen(QColor(look.accent if chosen else look.line))
        painter.setBrush(QColor(look.chosen if chosen else look.raised))
        painter.drawRoundedRect(card, 7, 7)
        inner = card.adjusted(12, 8, -12, -7)
        high = QFontMetrics(option.font).height()
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.92)
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        head = QRect(inner.left(), inner.top(), inner.width(), high)
        clock = f"{when(line.at):%H:%M}"
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | middle, clock)
        painter.setFont(bold)
        painter.setPen(QColor(look.text))
        left = inner.width() - QFontMetrics(small).horizontalAdvance(clock) - 14
        name = QFontMetrics(bold).elidedText(line.coder, Qt.TextElideMode.ElideRight, left)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | middle, name)
        words = f"{line.words[:1].upper()}{line.words[1:]}"
        colour = look.muted if line.erased else look.text
        room = inner.adjusted(0, high + 4, 0, 0)
        draw_words(painter, room, option.font, words, (), colour, lines=LINES)
