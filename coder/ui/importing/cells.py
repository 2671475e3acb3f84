"""How the rows of the preview are drawn and changed: bold names, marks as small badges, choices."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder.ui import theme
from coder.ui.importing import words
from coder.ui.importing.tree import ROW, Column, PlanModel, Row
from coder.ui.importing.words import Badge, Tone
from coder.ui.names import PERMISSIONS, TYPES

Index = QModelIndex | QPersistentModelIndex

_CHOICES: dict[Column, dict[str, str]] = {
    Column.TYPE: {str(value): shown for value, shown in TYPES.items()},
    Column.PERMISSION: {str(value): shown for value, shown in PERMISSIONS.items()},
}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Cells(QStyledItemDelegate):
    """Draws the cells of the preview and gives the fields in which they are changed."""

    def __init__(self, model: PlanModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._icons: dict[tuple[str, str], QIcon] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(90, QFontMetrics(option.font).height() + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        painter.save()
        try:
            if index.column() == Column.NAME:
                self._paint_name(painter, option, index, row)
            elif index.column() == Column.MARKS:
                self._paint_badges(painter, option, self._model.badges(row))
            else:
                self._paint_words(painter, option, index, row)
        finally:
            painter.restore()

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Row
    ) -> None:
        look = theme.current()
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        own.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        own.state &= ~QStyle.StateFlag.State_MouseOver
        style = own.widget.style() if own.widget else QApplication.style()
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, own, own.widget)
        name, own.text = own.text, ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, own.widget)
        room.setRight(option.rect.right() - 6)
        whole = bool(row.proposals())
        if not whole:
            icon = self._icon(_drawing_of(row), look.muted)
            icon.paint(painter, QRect(room.left() + 2, room.center().y() - 8, 16, 16))
            room.setLeft(room.left() + 24)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if whole else QFont.Weight.Normal)
        font.setStrikeOut(whole and row.wanted is Qt.CheckState.Unchecked)
        used = _write(painter, room, name, font, look.text if not font.strikeOut() else look.muted)
        if row.is_submission and row.proposal and (made := words.made_of(row.proposal)) != name:
            room.setLeft(room.left() + used + 12)
            if room.width() > 40:
                _write(painter, room, made, option.font, look.muted)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Row
    ) -> None:
        if not row.is_submission or row.proposal is None:
            return
        look = theme.current()
        shown, faint = str(index.data()), row.wanted is Qt.CheckState.Unchecked
        column = Column(index.column())
        if column in _CHOICES and index.data(Qt.ItemDataRole.EditRole) == "unknown":
            shown, faint = shown if column is Column.PERMISSION else "–", True
        named = row.proposal.respondent or row.proposal.organisation
        if column is Column.RESPONDENT and not named:
            shown, faint = "Not known yet", True
        _write(
            painter,
            option.rect.adjusted(6, 0, -6, 0),
            shown,
            option.font,
            look.muted if faint else look.text,
        )

    def _paint_badges(
        self, painter: QPainter, option: QStyleOptionViewItem, badges: list[Badge]
    ) -> None:
        look = theme.current()
        font = QFont(option.font)
        font.setPointSizeF(option.font.pointSizeF() * 0.88)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = option.rect.adjusted(6, 0, -4, 0)
        height = metrics.height() + 4
        x = room.left()
        for place, badge in enumerate(badges):
            sign = 16 if badge.drawing else 0
            width = metrics.horizontalAdvance(badge.words) + 14 + sign
            rest = len(badges) - place
            more = metrics.horizontalAdvance(f"+{rest}") + 12 if rest > 1 else 0
            if place and x + width > room.right() - more:
                _write(
                    painter, room.adjusted(x - room.left(), 0, 0, 0), f"+{rest}", font, look.text
                )
                return
            width = min(width, room.right() - x - (more if rest > 1 else 0))
            box = QRectF(x + 0.5, room.center().y() - height / 2 + 0.5, max(width, 24) - 1, height)
            self._paint_badge(painter, box, badge, metrics)
            x += width + 6

    def _paint_badge(
        self, painter: QPainter, box: QRectF, badge: Badge, metrics: QFontMetrics
    ) -> None:
        look = theme.current()
        colour = {
            Tone.PLAIN: look.muted,
            Tone.NOTICE: look.accent,
            Tone.ALARM: look.danger,
        }[badge.tone]
        painter.setPen(QColor(colour))
        painter.setBrush(QColor(look.raised))
        painter.drawRoundedRect(box, 5, 5)
        inner = box.toRect().adjusted(7, 0, -5, 0)
        if badge.drawing:
            spot = QPoint(inner.left() - 1, inner.center().y() - 6)
            self._icon(badge.drawing, colour).paint(painter, QRect(spot, QSize(13, 13)))
            inner.setLeft(inner.left() + 16)
        end = Qt.TextElideMode.ElideRight
        shown = metrics.elidedText(badge.words, end, inner.width() + 2)
        painter.drawText(inner.adjusted(0, 0, 4, 0), _LEFT, shown)

    def _icon(self, name: str, colour: str) -> QIcon:
        if (name, colour) not in self._icons:
            self._icons[name, colour] = theme.icon(name, colour, 16)
        return self._icons[name, colour]

    # Changing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = Column(index.column())
        if column not in _CHOICES:
            field = QLineEdit(parent)
            field.setAccessibleName(str(self._heading(index)))
            return field
        choice = QComboBox(parent)
        choice.setAccessibleName(str(self._heading(index)))
        for value, shown in _CHOICES[column].items():
            choice.addItem(shown, value)
        choice.setMaxVisibleItems(choice.count())
        choice.activated.connect(lambda _: self._chosen(choice))
        return choice

    def _heading(self, index: Index) -> object:
        return self._model.headerData(index.column(), Qt.Orientation.Horizontal)

    def _chosen(self, choice: QComboBox) -> None:
        self.commitData.emit(choice)
        self.closeEditor.emit(choice)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        box = QRect(option.rect)
        box.setWidth(max(box.width(), 150 if isinstance(editor, QLineEdit) else 200))
        editor.setGeometry(box)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The list of a choice takes the focus from it, which does not end the change."""
        if (
            event.type() is QEvent.Type.FocusOut
            and isinstance(editor, QComboBox)
            and editor.view().isVisible()
        ):
            return False
        return super().eventFilter(editor, event)


def _drawing_of(row: Row) -> str:
    documents = [row.outline] if row.outline else (row.thing.documents if row.thing else ())
    return words.DRAWINGS.get(documents[0].kind, "document") if documents else "document"


def _write(painter: QPainter, room: QRect, text: str, font: QFont, colour: str) -> int:
    """Writes a line into the room, as much as fits; gives the width it took."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(room, _LEFT, shown)
    return metrics.horizontalAdvance(shown)
