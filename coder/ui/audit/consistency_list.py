"""Findings of consistency as cards in a list: what is odd, of what, and in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder.project.consistency import Judged, Kind
from coder.ui import theme
from coder.ui.audit.card_look import demibold, draw_card
from coder.ui.finding.look import draw_words

Index = QModelIndex | QPersistentModelIndex

JUDGED = Qt.ItemDataRole.UserRole
LINES = 2

_SIGNS = {
    Kind.ALIKE: "twice",
    Kind.CAMPAIGN: "twice",
    Kind.LACKING: "missing",
    Kind.NOTHING: "missing",
    Kind.UNUSED: "missing",
    Kind.UNDEFINED: "missing",
    Kind.DRIFT: "changed",
    Kind.SENSE: "changed",
    Kind.RATE: "changed",
}


def sign_of(judged: Judged) -> str:
    """The drawing that stands beside what a finding is called."""
    return "fine" if judged.dismissal else _SIGNS.get(judged.finding.kind, "misplaced")


class ConsistencyModel(QAbstractListModel):
    """The findings that the filters let through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.judged: list[Judged] = []

    def show(self, judged: list[Judged]) -> None:
        """Takes these findings."""
        self.beginResetModel()
        self.judged = judged
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.judged)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        judged = self.judged[index.row()]
        if role == JUDGED:
            return judged
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            dismissed = ", dismissed" if judged.dismissal else ""
            return f"{judged.finding.title}{dismissed}: {judged.finding.said}"
        return None


class ConsistencyDelegate(QStyledItemDelegate):
    """Paints a card."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, (LINES + 1) * QFontMetrics(option.font).lineSpacing() + 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index.data(JUDGED), theme.current())
        finally:
            painter.restore()

    def _paint(
        self, painter: QPainter, option: QStyleOptionViewItem, judged: Judged, look: theme.Theme
    ) -> None:
        colour = look.muted if judged.dismissal else look.accent
        head, room = draw_card(painter, option, sign_of(judged), colour, look)
        ink = look.muted if judged.dismissal else look.text
        bold = demibold(option.font)
        painter.setFont(bold)
        painter.setPen(QColor(ink))
        end = Qt.TextElideMode.ElideRight
        title = QFontMetrics(bold).elidedText(judged.finding.title, end, head.width())
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        draw_words(painter, room, option.font, judged.finding.said, (), ink, lines=LINES)
