"""The map beside the scroll bar: how densely each stretch of the whole document is coded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QToolTip

from coder.domain.paragraphs import index_at
from coder.ui.reader.margins import Margin
from coder.ui.reader.marks import Mark, Marks
from coder.ui.reader.paint import painting
from coder.ui.reader.sheet import Sheet

WIDTHS = (0, 3, 5, 7, 9, 11)
"""How wide a stretch is painted, in pixels, by the number of codings on it; more are as the last:
density is told by shape and not by colour."""

_LEAST_VIEW = 10.0
_LEFT = 2.0


class Density(Margin):
    """The whole document as a slim map: codings as a silhouette, places found as ticks, and a frame
    round what is in view. A click goes there."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._counts: list[int] = []
        self._of: Marks | None = None
        self._version = -1
        self._length = 0
        self._picture: QPixmap | None = None
        self._ticks: list[int] = []
        self._ticked: Sequence[tuple[int, int]] = ()
        self.setAccessibleName(self.tr("Map of the document"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def counts(self) -> list[int]:
        """How many codings lie on each stretch of the document, one for each pixel of height."""
        sheet, height = self._sheet, self.height()
        current = self._of is sheet.marks and self._version == sheet.marks.version
        if not current or len(self._counts) != height or self._length != len(sheet.text):
            steps = [0] * (height + 1)
            self._of, self._version, self._length = (
                sheet.marks,
                sheet.marks.version,
                len(sheet.text),
            )
            for mark in sheet.marks:
                first, last = self._stretch(mark)
                steps[first] += 1
                steps[last + 1] -= 1
            self._counts = list(accumulate(steps[:height]))
            self._picture = None
        return self._counts

    def changed(self, mark: Mark, by: int) -> None:
        """Takes note that a mark has come (1) or gone (-1), without counting all anew."""
        marks = self._sheet.marks
        if self._of is not marks or self._version != marks.version - 1 or not self._counts:
            return
        self._version = marks.version
        first, last = self._stretch(mark)
        for y in range(first, last + 1):
            self._counts[y] += by
        if self._picture is not None:
            with painting(self._picture) as painter:
                self._paint_counts(painter, first, last + 1)
        self.update()

    def y_of(self, point: int) -> int:
        """The height, in pixels from the top, at which a code point is shown."""
        return min(self.height() - 1, point * self.height() // max(1, len(self._sheet.text)))

    def point_at(self, y: float) -> int:
        """The code point that is shown at a height."""
        length = len(self._sheet.text)
        return min(max(0, round(y * length / max(1, self.height()))), length)

    def tip_at(self, y: float) -> str:
        """What is said about a height: the paragraph there, and how many codings touch it."""
        sheet = self._sheet
        index = index_at(sheet.paragraphs, self.point_at(y))
        if index < 0:
            return ""
        paragraph = sheet.paragraphs[index]
        count = len(sheet.marks.over(paragraph.start, paragraph.end))
        where = self.tr("Paragraph {}").format(paragraph.number or index + 1)
        if paragraph.page:
            where = self.tr("{}, page {}").format(where, paragraph.page)
        tags = self.tr("1 tag") if count == 1 else self.tr("{} tags").format(f"{count:,}")
        return f"{where} · {tags if count else self.tr('no tags')}"

    def _stretch(self, mark: Mark) -> tuple[int, int]:
        first = self.y_of(mark.start)
        return first, max(first, self.y_of(max(mark.start, mark.end - 1)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the map, with a frame round what is in view unless that is all."""
        counts = self.counts()
        sheet = self._sheet
        with painting(self) as painter:
            painter.fillRect(event.rect(), QColor(sheet.colours.page))
            if not sheet.text:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            view = self.view()
            partly = view.height() < self.height() - 1
            if partly:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(sheet.colours.tint))
                painter.drawRoundedRect(view, 3, 3)
            painter.drawPixmap(0, 0, self._drawn(counts))
            for y in self._ticks_now():
                painter.fillRect(QRectF(1, y, self.width() - 2, 2), QColor(sheet.colours.tick))
            if partly:
                painter.setPen(QColor(sheet.colours.muted))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(view.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def view(self) -> QRectF:
        """The part of the map that stands for what is in view."""
        frame = self._sheet.frame()
        top = self.y_of(frame.start)
        height = max(_LEAST_VIEW, self.y_of(frame.end) + 1 - top)
        return QRectF(0, min(top, self.height() - height), self.width() - 1, height)

    def _drawn(self, counts: Sequence[int]) -> QPixmap:
        ratio = self.devicePixelRatio()
        size = self.size() * ratio
        if self._picture is None or self._picture.size() != size:
            self._picture = QPixmap(size)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            with painting(self._picture) as painter:
                self._paint_counts(painter, 0, len(counts))
        return self._picture

    def _paint_counts(self, painter: QPainter, first: int, last: int) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(
            QRectF(0, first, self.width(), last - first), QColor(Qt.GlobalColor.transparent)
        )
        muted = QColor(self._sheet.colours.muted)
        y = first
        for count, run in groupby(self._counts[first:last]):
            long = len(list(run))
            width = WIDTHS[min(count, len(WIDTHS) - 1)]
            if width:
                painter.fillRect(QRectF(_LEFT, y, width, long), muted)
            y += long

    def _ticks_now(self) -> list[int]:
        if self._ticked is not self._sheet.found:
            self._ticked = self._sheet.found
            last, length = self.height() - 1, max(1, len(self._sheet.text))
            heights = {start * (last + 1) // length for start, _ in self._ticked}
            self._ticks = sorted(min(last, height) for height in heights)
        return self._ticks

    def restyle(self) -> None:
        """Takes on the colours of the page."""
        self._picture = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to the place under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes on with the pointer while it is held down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        sheet = self._sheet
        point = self.point_at(event.position().y())
        sheet.open_at(point, point)
        sheet.go_to(point, lines_above=len(sheet.rows()) // 2)

    def event(self, event: QEvent) -> bool:
        """Names the paragraph under the pointer and how many codings it has."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().y()), self)
            return True
        return super().event(event)
