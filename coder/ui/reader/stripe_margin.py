"""The right margin: a stripe for each coding, with the code's or coder's name beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QIcon,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QStaticText,
)
from PySide6.QtWidgets import QMenu, QToolTip

from coder.ui.reader.margins import Margin, margin_font
from coder.ui.reader.marks import Mark
from coder.ui.reader.paint import painting
from coder.ui.reader.sheet import Sheet
from coder.ui.reader.stripes import Arrangement, Rest, Stripe, arrange

DASHES: tuple[tuple[float, ...], ...] = ((), (2.5, 1), (0.8, 0.8), (4, 1, 1, 1), (6, 2))
"""How each coder's bars are drawn, so that colour is never alone: whole, or in dashes whose lengths
count widths of the bar."""

_WIDE = 190
"""Room, in pixels, from which a coder is named in full before the code."""

_TOLD = 12
"""As many marks are named in one tooltip; of further ones only the number is told."""


class Stripes(Margin):
    """A stripe for each coding in view, in the code's colour, with its name beside its top; or by
    coder, in the coder's colour and with both names."""

    activated = Signal(str)
    menu_wanted = Signal(list, QPoint)
    pointed = Signal(str)

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._by = "code"
        self._arranged = Arrangement()
        self._arranged_for: tuple[object, ...] = ()
        self._alike: set[tuple[int, int, str]] = set()
        self._written: dict[tuple[str, str, int], QStaticText] = {}
        self._written_in = ""
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Codings beside the text"))

    def set_by(self, by: str) -> None:
        """Groups the stripes by `"code"` or by `"coder"`. Raises ValueError for anything else."""
        if by not in ("code", "coder"):
            raise ValueError(by)
        self._by = by
        self.update()

    def arrangement(self) -> Arrangement:
        """What stands in the margin now."""
        frame = self._sheet.frame()
        font = margin_font(self._sheet)
        wanted = (frame, self.width(), self._by, font.key())
        if self._arranged_for != wanted:
            metrics = QFontMetricsF(font)
            self._arranged = arrange(frame, self._sheet.marks, self.width(), metrics, self._by)
            self._arranged_for = wanted
            self._alike = _given_by_several(frame.marks)
        return self._arranged

    def stripes(self) -> list[Stripe]:
        """The stripes in view, as they are painted."""
        return self.arrangement().stripes

    def at(self, place: QPoint) -> list[Mark]:
        """The marks whose stripe or name lies under a place, the nearest first; on a “+7”, those
        that it stands for."""
        rest = self._rest_at(place)
        if rest is not None:
            return rest.marks
        return [stripe.mark for stripe in self.stripes() if stripe.holds(QPointF(place))]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints stripes and names."""
        arrangement = self.arrangement()
        font = margin_font(self._sheet)
        if self._written_in != font.key():
            self._written, self._written_in = {}, font.key()
        with painting(self) as painter:
            painter.fillRect(event.rect(), QColor(self._sheet.colours.page))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            for stripe in arrangement.stripes:
                self._paint_bar(painter, stripe)
            for stripe in arrangement.stripes:
                if stripe.label is not None:
                    self._paint_name(painter, stripe, stripe.label)
            for rest in arrangement.rests:
                self._paint_rest(painter, rest)

    def name_of(self, stripe: Stripe) -> str:
        """What stands beside a stripe: the code's name, by coder the coder's before it, of which in
        a narrow margin only the initials are given."""
        mark = stripe.mark
        if stripe.group < 0 or not mark.coder:
            return mark.name
        wide = stripe.label is None or stripe.label.width() >= _WIDE
        return f"{mark.coder if wide else _initials(mark.coder)} · {mark.name}"

    def initials_of(self, stripe: Stripe) -> str:
        """Whose it is, said behind the name where several coders gave one code to one passage."""
        mark = stripe.mark
        alike = stripe.group < 0 and (mark.start, mark.end, mark.name) in self._alike
        return f" · {_initials(mark.coder)}" if alike else ""

    def colour_of(self, stripe: Stripe) -> QColor:
        """The code's colour, or by coder the coder's."""
        coders = self._sheet.colours.coders
        return QColor(
            stripe.mark.colour if stripe.group < 0 else coders[stripe.group % len(coders)]
        )

    def _paint_bar(self, painter: QPainter, stripe: Stripe) -> None:
        pointed = stripe.mark.id in (self._sheet.pointed, self._sheet.active)
        bar = stripe.bar.adjusted(-1, 0, 1, 0) if pointed else stripe.bar
        colour = self.colour_of(stripe)
        if stripe.mark.muted:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
            return
        dashes = DASHES[stripe.group % len(DASHES)] if stripe.group >= 0 else ()
        if dashes:
            pen = QPen(colour, bar.width(), Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(dashes)
            painter.setPen(pen)
            middle = bar.center().x()
            painter.drawLine(QPointF(middle, bar.top()), QPointF(middle, bar.bottom()))
        elif bar.width() < 4:
            painter.fillRect(bar, colour)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(bar, 2, 2)

    def _paint_name(self, painter: QPainter, stripe: Stripe, label: QRectF) -> None:
        colours = self._sheet.colours
        colour = self.colour_of(stripe)
        muted = stripe.mark.muted
        painter.setPen(QPen(colour, 1) if muted else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if muted else colour)
        dot = QRectF(label.left(), label.center().y() - 3.5, 7, 7)
        painter.drawRoundedRect(dot.adjusted(0.5, 0.5, -0.5, -0.5) if muted else dot, 2, 2)
        room = int(label.width()) - 13
        name = self._fitting(painter, self.name_of(stripe), room, self.initials_of(stripe))
        place = QPointF(label.left() + 13, label.center().y() - name.size().height() / 2)
        if stripe.mark.id in (self._sheet.pointed, self._sheet.active):
            edge = place.y() + name.size().height()
            painter.fillRect(QRectF(place.x(), edge, name.size().width(), 1.5), colour)
        painter.setPen(QColor(colours.muted if muted else colours.text))
        painter.drawStaticText(place, name)

    def _paint_rest(self, painter: QPainter, rest: Rest) -> None:
        colours = self._sheet.colours
        chip = rest.place.adjusted(0, 3, 0, -3)
        painter.setPen(QPen(QColor(colours.rule), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(colours.muted))
        count = self._fitting(painter, f"+{len(rest.marks)}", int(chip.width()))
        size = count.size()
        painter.drawStaticText(chip.center() - QPointF(size.width() / 2, size.height() / 2), count)

    def _fitting(self, painter: QPainter, name: str, width: int, behind: str = "") -> QStaticText:
        """The name, cut so that it and the whole of what stands behind it take a width in pixels,
        as it is painted; set once and kept."""
        found = self._written.get((name, behind, width))
        if found is None:
            metrics = painter.fontMetrics()
            room = width - metrics.horizontalAdvance(behind)
            cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            found = QStaticText(f"{cut}{behind}")
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            found.prepare(font=painter.font())
            self._written[name, behind, width] = found
        return found

    def _rest_at(self, place: QPoint) -> Rest | None:
        rests = self.arrangement().rests
        return next((rest for rest in rests if rest.place.contains(QPointF(place))), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells which stripe is pointed at."""
        place = event.position().toPoint()
        found = self.at(place)
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(found[0].id if found and self._rest_at(place) is None else "")

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self.pointed.emit("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the press, so that the text's selection stays."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Activates the coding under the pointer; a “+7” opens a list of those it stands for."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position().toPoint()
        rest = self._rest_at(place)
        if rest is not None:
            self._list(rest, event.globalPosition().toPoint())
            return
        found = self.at(place)
        if found:
            self.activated.emit(found[0].id)

    def _list(self, rest: Rest, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for mark in rest.marks:
            said = f"{mark.name} · {mark.coder}" if mark.coder else mark.name
            act = menu.addAction(_dot(mark.colour), said.replace("&", "&&"))
            act.triggered.connect(lambda _=False, mark_id=mark.id: self.activated.emit(mark_id))
        menu.popup(place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu for the codings under the pointer."""
        self.menu_wanted.emit([mark.id for mark in self.at(event.pos())], event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Shows who put which code where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.at(event.pos())
            several = self._rest_at(event.pos()) is not None
            QToolTip.showText(event.globalPos(), tip(found if several else found[:1]), self)
            return True
        return super().event(event)


def tip(marks: list[Mark]) -> str:
    """A tooltip that tells codes, coders, when, and memos; empty for none."""
    told = [_told(mark) for mark in marks[:_TOLD]]
    if len(marks) > _TOLD:
        told.append(f"and {len(marks) - _TOLD} more")
    return "<br>".join(told)


def _told(mark: Mark) -> str:
    said = " · ".join([f"<b>{escape(mark.name)}</b>", *map(escape, filter(None, _about(mark)))])
    return f"{said}<br><i>{escape(mark.memo)}</i>" if mark.memo else said


def _about(mark: Mark) -> tuple[str, str]:
    return mark.coder, mark.when


def _given_by_several(marks: Sequence[Mark]) -> set[tuple[int, int, str]]:
    """The passages and names of codes that more than one coder has given alike."""
    coders: dict[tuple[int, int, str], set[str]] = {}
    for mark in marks:
        coders.setdefault((mark.start, mark.end, mark.name), set()).add(mark.coder)
    return {key for key, names in coders.items() if len(names) > 1}


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.split())


def _dot(colour: str) -> QIcon:
    picture = QPixmap(QSize(20, 20))
    picture.fill(Qt.GlobalColor.transparent)
    with painting(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(4, 4, 12, 12), 3, 3)
    picture.setDevicePixelRatio(2)
    return QIcon(picture)
