"""Findings as cards in a list: what is wrong, where, and the words of the report."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder.project.checking import Finding, Kind, What
from coder.ui import theme
from coder.ui.audit.card_look import demibold, draw_card
from coder.ui.finding.look import draw_words
from coder.ui.quoted import quoted

Index = QModelIndex | QPersistentModelIndex

FINDING = Qt.ItemDataRole.UserRole
LINES = 2

_SIGNS = {
    Kind.WITHDRAWN: "barred",
    Kind.PERMISSION: "barred",
    Kind.NAMED: "barred",
    Kind.SENSITIVE: "barred",
    Kind.NOT_FOUND: "missing",
    Kind.ALTERED: "changed",
    Kind.NO_REFERENCE: "misplaced",
    Kind.REFERENCE: "misplaced",
    Kind.NAME: "misplaced",
    Kind.MOVED: "misplaced",
    Kind.PARAGRAPH: "misplaced",
    Kind.TIME: "misplaced",
    Kind.OMISSION: "changed",
    Kind.SENTENCE: "changed",
    Kind.SPEAKER: "misplaced",
    Kind.UNREAD: "misplaced",
    Kind.OUTSIDE: "missing",
    Kind.UNQUOTED: "missing",
    Kind.TWICE: "twice",
}


def sign_of(finding: Finding) -> str:
    """The drawing that stands beside what a finding is called."""
    return _SIGNS[finding.kind] if finding.kind else "fine"


def colour_of(finding: Finding, look: theme.Theme) -> str:
    """The colour of that drawing: quiet where nothing is wrong for certain."""
    return look.danger if finding.problems and not finding.soft else look.muted


class FindingsModel(QAbstractListModel):
    """The findings that the filters let through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.findings: list[Finding] = []

    def show(self, findings: list[Finding]) -> None:
        """Takes these findings."""
        self.beginResetModel()
        self.findings = findings
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        finding = self.findings[index.row()]
        if role == FINDING:
            return finding
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cited = f" {finding.cited}" if finding.cited else ""
            return f"{finding.titles}, {finding.where}: {finding.text}{cited}"
        return None


class FindingDelegate(QStyledItemDelegate):
    """Paints a card."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(280, (LINES + 1) * QFontMetrics(option.font).lineSpacing() + 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index.data(FINDING), theme.current())
        finally:
            painter.restore()

    def _paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        finding: Finding,
        look: theme.Theme,
    ) -> None:
        colour = colour_of(finding, look)
        head, room = draw_card(painter, option, sign_of(finding), colour, look)
        self._draw_head(painter, option.font, head, finding, look, colour)
        words = quoted(finding.text) if finding.what is What.QUOTATION else finding.text
        draw_words(painter, room, option.font, words, (), look.text, lines=LINES)

    def _draw_head(
        self,
        painter: QPainter,
        font: QFont,
        head: QRect,
        finding: Finding,
        look: theme.Theme,
        colour: str,
    ) -> None:
        bold = demibold(font)
        painter.setFont(bold)
        painter.setPen(QColor(colour))
        end = Qt.TextElideMode.ElideRight
        wide = QFontMetrics(bold)
        title = wide.elidedText(finding.titles, end, round(head.width() * 0.66))
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.92)
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        left = head.width() - wide.horizontalAdvance(title) - 14
        where = QFontMetrics(small).elidedText(finding.where, end, left)
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, where)
