"""How a submission looks in the list: two lines of words, and how many letters are like it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder.project.evidence import State
from coder.ui import theme
from coder.ui.evidence.badges import LETTER, short_badges
from coder.ui.evidence.listing import (
    BADGES,
    FAR,
    ROW,
    TAGS,
    VIEW,
    Far,
    Index,
    Row,
    kinds,
    tags,
)

_INDENT = 16
_PILL = 24
"""The least height of the pill, so that it can be hit."""

_BAR = QSize(38, 4)
_ASIDE = Far(State.ASIDE)


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
            self._paint(painter, option, index, theme.current())
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
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, look: theme.Theme
    ) -> None:
        row: Row = index.data(ROW)
        far: Far = index.data(FAR) or _ASIDE
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, row, look)
        _, small = self._fonts(option)
        pill = self.pill(option, row)
        inner = _inner(option, row)
        height = QFontMetrics(option.font).height()
        top = QRect(inner.left(), inner.top(), inner.width(), height)
        low = QRect(inner.left(), inner.bottom() - height + 1, inner.width(), height)
        if row.letters:
            top.setRight(pill.left() - 10)
            low.setRight(pill.left() - 10)
            self._paint_pill(painter, pill, row, look)
        _paint_dot(painter, QPointF(_box(option, row).left() + 6, top.center().y() + 1), far, look)
        self._paint_far(painter, top, far, look)
        self._paint_name(painter, option, top, row, look)
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        seen = index.data(TAGS)
        count = tags(row.view.codings if seen is None else seen) if row.view.documents else ""
        painter.drawText(low, Qt.AlignmentFlag.AlignRight, count)
        left = low.width() - QFontMetrics(small).horizontalAdvance(count) - 12
        words = " · ".join(second_line(row, index.data(BADGES)))
        words = QFontMetrics(small).elidedText(words, Qt.TextElideMode.ElideRight, left)
        painter.drawText(low, Qt.AlignmentFlag.AlignLeft, words)

    def _paint_name(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        top: QRect,
        row: Row,
        look: theme.Theme,
    ) -> None:
        bold, _ = self._fonts(option)
        painter.setFont(bold)
        painter.setPen(QColor(look.text))
        ref = row.view.submission.ref
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, ref)
        gone = QFontMetrics(bold).horizontalAdvance(ref) + 10
        painter.setFont(option.font)
        name = QFontMetrics(option.font).elidedText(
            row.view.title, Qt.TextElideMode.ElideRight, top.width() - gone
        )
        painter.drawText(top.adjusted(gone, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, name)

    def _paint_far(
        self,
        painter: QPainter,
        top: QRect,
        far: Far,
        look: theme.Theme,
    ) -> None:
        """A check where a submission is declared coded, half of one where only some of its
        documents are, and a bar of what was read unless all is coded and, in it, how far it is
        tagged; `top` is left without the room that this takes."""
        if far.state is State.CODED or far.coded[0]:
            middle = top.center().y() + 1
            begin, foot, end = (
                QPointF(top.right() - 12, middle),
                QPointF(top.right() - 8, middle + 4),
                QPointF(top.right() - 1, middle - 5),
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            rest = look.accent if far.state is State.CODED else look.line
            for colour, ends in ((rest, (foot, end)), (look.accent, (begin, foot))):
                painter.setPen(QPen(QColor(colour), 2.2, c=Qt.PenCapStyle.RoundCap))
                painter.drawLine(*ends)
            top.setRight(top.right() - 22)
        if far.state in (State.BEGUN, State.READ):
            bar = QRect(QPoint(top.right() - _BAR.width() + 1, top.center().y()), _BAR)
            painter.setPen(Qt.PenStyle.NoPen)
            for share, colour in (
                (1.0, look.line),
                (far.read, look.muted),
                (far.tagged, look.accent),
            ):
                part = QRect(bar)
                part.setWidth(round(bar.width() * min(1.0, share)))
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(part, 2, 2)
            top.setRight(bar.left() - 10)

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


def _paint_dot(painter: QPainter, middle: QPointF, far: Far, look: theme.Theme) -> None:
    """A full dot before what is unread, and a ring before what is begun."""
    if far.state not in (State.UNREAD, State.BEGUN):
        return
    accent = QColor(look.accent)
    painter.setPen(QPen(accent, 1.4))
    painter.setBrush(accent if far.state is State.UNREAD else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, 2.8, 2.8)


def second_line(row: Row, badges: Sequence[str] | None = None) -> list[str]:
    """What is said below the name: first what a reader should not miss, then what there is."""
    every = short_badges(row.view, {}) if badges is None else badges
    told = [one for one in every if not (row.below and one == LETTER)]
    return list(filter(None, [*told, kinds(row.view)]))


def _box(option: QStyleOptionViewItem, row: Row) -> QRect:
    return option.rect.adjusted(6 + _INDENT * row.below, 2, -6, -2)


def _inner(option: QStyleOptionViewItem, row: Row) -> QRect:
    return _box(option, row).adjusted(12, 6, -10, -6)


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
