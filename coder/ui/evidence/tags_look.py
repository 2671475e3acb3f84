"""How a tag looks in the list of tags: its code and whose it is, below it the first words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coder.domain.dates import day_shown, moment_shown
from coder.domain.model import Coding, now
from coder.domain.palette import shade
from coder.ui import theme
from coder.ui.evidence.tags_model import CODING, Index, TagsModel, initials, shown_words
from coder.ui.session import Session, signs_of

_MARGIN = 8
_SWATCH = 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TagLook(QStyledItemDelegate):
    """Paints a tag in two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        session = model.session if isinstance(model, TagsModel) else None
        if session is None:
            return
        painter.save()
        try:
            self._paint(painter, option, index.data(CODING), session)
        finally:
            painter.restore()

    def _paint(
        self, painter: QPainter, option: QStyleOptionViewItem, coding: Coding, session: Session
    ) -> None:
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(2, 1, -4, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(look.chosen))
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QColor(look.accent) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 5, 5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(look.raised))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 5, 5)
        inner = box.adjusted(_MARGIN, 4, -_MARGIN, -4)
        height = inner.height() // 2
        top = QRect(inner.left(), inner.top(), inner.width(), height)
        low = QRect(inner.left(), inner.top() + height, inner.width(), height)
        self._paint_code(painter, option.font, top, coding, session)
        painter.setFont(_smaller(option.font))
        painter.setPen(QColor(look.muted))
        words = painter.fontMetrics().elidedText(
            f"“{shown_words(coding)}”", Qt.TextElideMode.ElideRight, low.width()
        )
        painter.drawText(low, _LEFT, words)

    def _paint_code(
        self, painter: QPainter, font: QFont, top: QRect, coding: Coding, session: Session
    ) -> None:
        look = theme.current()
        code = session.codes[coding.code_id]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade(code.colour, look.dark)))
        middle = top.center().y() - _SWATCH // 2
        painter.drawRoundedRect(QRect(top.left(), middle, _SWATCH, _SWATCH), 2, 2)
        who = initials(session.coder_name(coding.coder_id))
        told = "  ".join(filter(None, (signs_of(coding), f"{who} · {_when(coding)}")))
        small = _smaller(font)
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        painter.drawText(top, _RIGHT, told)
        room = top.adjusted(_SWATCH + 8, 0, 0, 0)
        room.setRight(top.right() - QFontMetrics(small).horizontalAdvance(told) - 10)
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        name = QFontMetrics(font).elidedText(code.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, name)


def row_height(font: QFont) -> int:
    """The height of a row, in pixels."""
    return QFontMetrics(font).height() * 2 + 14


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    return small


def _when(coding: Coding) -> str:
    """The time of a tag of today, the day of an older one."""
    shown, today = moment_shown(coding.created_at), moment_shown(now())
    day = day_shown(coding.created_at)
    same = shown.rpartition(" ")[0] == today.rpartition(" ")[0]
    return shown.rpartition(" ")[2] if same else day
