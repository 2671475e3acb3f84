"""How a submission looks in the list: two lines of words, and how many letters are like it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder.ui import theme
from coder.ui.evidence.listing import LETTER, ROW, VIEW, Index, Row, badges, kinds, tags

_INDENT = 16
_PILL = 24
"""The least height of the pill, so that it can be hit."""


class RowLook(QStyledItemDelegate):
    """Paints a submission. `unfold_wanted` gives the id of one whose number of letters was
    clicked."""

    unfold_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._font: QFont | None = None
        self._bold = QFont()
        self._small = QFont()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(220, QFontMetrics(option.font).height() * 2 + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index.data(ROW), theme.current())
        finally:
            painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on the number of letters opens or folds them."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            row: Row = index.data(ROW)
            if self.pill(option, row).contains(event.position().toPoint()):
                self.unfold_wanted.emit(index.data(VIEW).submission.id)
                return True
        return super().editorEvent(event, model, option, index)

    def pill(self, option: QStyleOptionViewItem, row: Row) -> QRect:
        """Where the number of letters stands, empty where there are none."""
        if not row.letters:
            return QRect()
        metrics = QFontMetrics(self._fonts(option)[1])
        width = metrics.horizontalAdvance(f"{row.letters:,}") + 34
        height = max(_PILL, metrics.height() + 4)
        inner = _inner(option, row)
        top = inner.center().y() - height // 2 + 1
        return QRect(inner.right() - width + 1, top, width, height)

    def _fonts(self, option: QStyleOptionViewItem) -> tuple[QFont, QFont]:
        """The fonts for references and for small words, that go with the list's own."""
        if self._font != option.font:
            self._font = QFont(option.font)
            self._bold = QFont(option.font)
            self._bold.setWeight(QFont.Weight.DemiBold)
            self._small = QFont(option.font)
            self._small.setPointSizeF(option.font.pointSizeF() * 0.88)
        return self._bold, self._small

    def _paint(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, look: theme.Theme
    ) -> None:
        view = row.view
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, row, look)
        bold, small = self._fonts(option)
        pill = self.pill(option, row)
        inner = _inner(option, row)
        height = QFontMetrics(option.font).height()
        top = QRect(inner.left(), inner.top(), inner.width(), height)
        low = QRect(inner.left(), inner.bottom() - height + 1, inner.width(), height)
        if row.letters:
            top.setRight(pill.left() - 10)
            low.setRight(pill.left() - 10)
            self._paint_pill(painter, pill, row, look)
        painter.setFont(bold)
        painter.setPen(QColor(look.text))
        ref = view.submission.ref
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, ref)
        gone = QFontMetrics(bold).horizontalAdvance(ref) + 10
        painter.setFont(option.font)
        name = QFontMetrics(option.font).elidedText(
            view.title, Qt.TextElideMode.ElideRight, top.width() - gone
        )
        painter.drawText(top.adjusted(gone, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        count = tags(view) if view.documents else ""
        painter.drawText(low, Qt.AlignmentFlag.AlignRight, count)
        left = low.width() - QFontMetrics(small).horizontalAdvance(count) - 12
        words = " · ".join(second_line(row))
        words = QFontMetrics(small).elidedText(words, Qt.TextElideMode.ElideRight, left)
        painter.drawText(low, Qt.AlignmentFlag.AlignLeft, words)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, look: theme.Theme
    ) -> None:
        """The ground of a chosen row or of the one below the mouse, and the line that holds letters
        together with the one that they repeat."""
        box = _box(option, row)
        if row.below:
            painter.setPen(QColor(look.line))
            x = box.left() - 6
            painter.drawLine(x, option.rect.top(), x, option.rect.bottom())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(look.chosen))
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QColor(look.accent) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 7, 7)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(look.raised))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 7, 7)

    def _paint_pill(self, painter: QPainter, pill: QRect, row: Row, look: theme.Theme) -> None:
        painter.setBrush(QColor(look.raised))
        painter.setPen(QColor(look.line))
        round_by = pill.height() / 2
        painter.drawRoundedRect(pill.adjusted(0, 1, -1, -2), round_by - 1, round_by - 1)
        painter.setFont(self._small)
        painter.setPen(QColor(look.text))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(pill.adjusted(10, 0, 0, -1), middle, f"{row.letters:,}")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.muted))
        painter.drawPath(_arrow(QPoint(pill.right() - 13, pill.center().y()), down=row.opened))


def second_line(row: Row) -> list[str]:
    """What is said below the name: first what a reader should not miss, then what there is."""
    told = [one for one in badges(row.view) if not (row.below and one == LETTER)]
    return list(filter(None, [*told, kinds(row.view)]))


def _box(option: QStyleOptionViewItem, row: Row) -> QRect:
    return option.rect.adjusted(6 + _INDENT * row.below, 2, -6, -2)


def _inner(option: QStyleOptionViewItem, row: Row) -> QRect:
    return _box(option, row).adjusted(10, 6, -10, -6)


def _arrow(middle: QPoint, *, down: bool) -> QPainterPath:
    path = QPainterPath()
    for place, (x, y) in enumerate(((-2, -4), (-2, 4), (3, 0))):
        at = (
            QPoint(middle.x() - y, middle.y() + x)
            if down
            else QPoint(middle.x() + x, middle.y() + y)
        )
        if place:
            path.lineTo(at)
        else:
            path.moveTo(at)
    path.closeSubpath()
    return path
