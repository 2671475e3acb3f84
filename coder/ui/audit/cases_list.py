"""Disagreements as cards in a list: of which kind, where, over which words, and who put what."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder.project.settling import Case
from coder.ui import theme
from coder.ui.actions import SETTLING
from coder.ui.audit.card_look import demibold, draw_card
from coder.ui.audit.case_words import SIGNS, kind_of, sides_of, title_of
from coder.ui.finding.look import draw_words
from coder.ui.quoted import quoted
from coder.ui.session import Session

Index = QModelIndex | QPersistentModelIndex

CASE = Qt.ItemDataRole.UserRole
SIDES = Qt.ItemDataRole.UserRole + 1

_KEYS = [(act.id, keys) for act in SETTLING for keys in act.sequences]
_SHORT = 300


def wanted_by(event: QKeyEvent) -> str:
    """The id of the act of a disagreement that a key asks for; empty where it asks for none."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
    return next((name for name, keys in _KEYS if keys == pressed), "")


class CasesModel(QAbstractListModel):
    """The cases that the filters let through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cases: list[Case] = []
        self._session: Session | None = None

    def show(self, cases: list[Case], session: Session | None) -> None:
        """Takes these cases."""
        self.beginResetModel()
        self.cases, self._session = cases, session
        self.endResetModel()

    def row_of(self, case_id: str) -> int:
        """In which row a case is; -1 where it is not shown."""
        return next((row for row, case in enumerate(self.cases) if case.id == case_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cases)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._session is None:
            return None
        case = self.cases[index.row()]
        if role == CASE:
            return case
        if role == SIDES:
            return sides_of(case, self._session)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = quoted(case.words[:_SHORT])
            return f"{title_of(case)}, {case.ref}: {words}. {sides_of(case, self._session)}"
        return None


class CasesList(QListView):
    """The list; `wanted` gives what a key asks for."""

    wanted = Signal(str)

    def __init__(self, model: CasesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(CaseDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Disagreements")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if name := wanted_by(event):
            self.wanted.emit(name)
        else:
            super().keyPressEvent(event)


class CaseDelegate(QStyledItemDelegate):
    """Paints a card."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(280, 4 * QFontMetrics(option.font).lineSpacing() + 40)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        case = index.data(CASE)
        if case is None:
            return
        painter.save()
        try:
            self._paint(painter, option, case, index.data(SIDES))
        finally:
            painter.restore()

    def _paint(
        self, painter: QPainter, option: QStyleOptionViewItem, case: Case, sides: str
    ) -> None:
        look = theme.current()
        high = QFontMetrics(option.font).height()
        line = QFontMetrics(option.font).lineSpacing()
        drawing = SIGNS[kind_of(case.place)] if case.open else "fine"
        colour = look.accent if case.open else look.muted
        head, room = draw_card(painter, option, drawing, colour, look)
        painter.setFont(demibold(option.font))
        painter.setPen(QColor(look.text if case.open else look.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | middle, title_of(case))
        painter.setFont(option.font)
        painter.setPen(QColor(look.muted))
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | middle, case.ref)
        words = quoted(case.words[:_SHORT])
        draw_words(painter, room, option.font, words, (), look.text, lines=2)
        foot = QRect(room.left(), room.bottom() - high, room.width(), high)
        shown = QFontMetrics(option.font).elidedText(
            sides, Qt.TextElideMode.ElideRight, foot.width()
        )
        painter.setPen(QColor(look.muted))
        painter.drawText(
            foot.translated(0, line - high), Qt.AlignmentFlag.AlignLeft | middle, shown
        )
