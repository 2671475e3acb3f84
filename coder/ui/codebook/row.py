"""How a code looks in the tree: swatch, name, key and counts; and how it is renamed in place."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder.domain.palette import shade
from coder.domain.text import counted
from coder.project.codebook import CodeView
from coder.ui import theme

VIEW = Qt.ItemDataRole.UserRole
"""Under which role an item of the tree holds its `CodeView`."""

Index = QModelIndex | QPersistentModelIndex
_NAME_FROM = 20
_CHIP = 18


def spoken(view: CodeView) -> str:
    """The row in words, for screen readers and for finding by typing; it begins with the name."""
    key = f", key {view.code.key}" if view.code.key else ""
    tags, submissions = counted(view.codings, "tag"), counted(view.submissions, "submission")
    used = f"{tags} in {submissions}" if view.codings else "no tags"
    return f"{view.code.name}{key}, {used}"


class CodeDelegate(QStyledItemDelegate):
    """Paints a code, and lets its name be changed in place: `renamed` gives its id and what was
    typed."""

    renamed = Signal(str, str)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(140, max(26, QFontMetrics(option.font).height() + 9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: CodeView = index.data(VIEW)
        look = theme.current()
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = option.rect.adjusted(0, 1, -4, -1)
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(look.chosen))
                painter.drawRoundedRect(box, 5, 5)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QColor(look.accent))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, 5, 5)
            self._paint(painter, box, option.font, view, look)
        finally:
            painter.restore()

    def _paint(
        self, painter: QPainter, box: QRect, font: QFont, view: CodeView, look: theme.Theme
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade(view.code.colour, look.dark)))
        painter.drawRoundedRect(QRect(box.left() + 4, box.center().y() - 5, 10, 10), 2, 2)
        face = QFont(font)
        if view.depth == 0:
            face.setWeight(QFont.Weight.DemiBold)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        room = box.adjusted(_NAME_FROM, 0, -6, 0)
        room.setRight(self._paint_right(painter, room, small, view, look))
        painter.setFont(face)
        painter.setPen(QColor(look.text))
        name = QFontMetrics(face).elidedText(
            view.code.name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, name)

    def _paint_right(
        self, painter: QPainter, room: QRect, small: QFont, view: CodeView, look: theme.Theme
    ) -> int:
        """Counts and key at the right end; gives where the room for the name ends."""
        metrics = QFontMetrics(small)
        count = f"{view.codings:,} in {view.submissions:,}" if view.codings else ""
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        wide = metrics.horizontalAdvance(count)
        if not view.code.key:
            return room.right() - wide - 8
        usual = max(wide, metrics.horizontalAdvance("88 in 88"))
        chip = QRect(QPoint(room.right() - usual - _CHIP - 6, room.center().y() - 9), QSize(18, 18))
        painter.setPen(QColor(look.line))
        painter.setBrush(QColor(look.raised))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(QColor(look.muted))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, view.code.key)
        return chip.left() - 8

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("inplace")
        editor.setAccessibleName("New name")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(VIEW).code.name)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        view: CodeView = index.data(VIEW)
        if isinstance(editor, QLineEdit) and editor.text().strip() not in ("", view.code.name):
            self.renamed.emit(view.code.id, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(_NAME_FROM - 4, 0, -4, 0))
