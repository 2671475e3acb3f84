"""The sheet: a text set for reading, where its lines lie, and what is painted under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from coder.domain.model import Paragraph
from coder.domain.text import Utf16Map
from coder.ui.reader import display
from coder.ui.reader.colours import LIGHT, ReaderColours
from coder.ui.reader.folds import Fold, folds
from coder.ui.reader.layout import MEASURE, PageLayout, looks_for, measure_width, reading_font
from coder.ui.reader.marks import Mark, Marks
from coder.ui.reader.paint import paint_folds, paint_grounds, painting
from coder.ui.reader.rows import Row, is_mixed

NUMBERS = (40, 64)
STRIPES = (72, 220)
"""The least and the greatest width of each margin, in pixels."""


class Sheet(QPlainTextEdit):
    """Shows a text with its marks. Positions are code points; `map` converts to Qt's units."""

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.map = display.PlaceMap("")
        self._shown = ""
        self.folds: list[Fold] = []
        self._closed: set[int] = set()
        self.paragraphs: Sequence[Paragraph] = ()
        self.marks = Marks()
        self.spoken: tuple[int, int] | None = None
        self.pointed = ""
        self.colours = LIGHT
        self._doubtful: Sequence[tuple[int, int]] = ()
        self.additions: Sequence[tuple[int, int]] = ()
        self._anchor = 0
        self._settling = False
        self._margins: tuple[QWidget, QWidget] | None = None
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        self._layout = PageLayout(document)
        document.setDocumentLayout(self._layout)
        self.setDocument(document)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.updateRequest.connect(self._update_margins)

    def set_margins(self, numbers: QWidget, stripes: QWidget) -> None:
        """The two widgets that stand left and right of the column, children of this one."""
        self._margins = (numbers, stripes)
        self._arrange()

    def load(self, text: str, paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> None:
        """Shows another text from its beginning."""
        self.marks = Marks(marks, paragraphs)
        self.spoken = None
        self._doubtful = ()
        self.additions = ()
        self._take(text, paragraphs)
        self._layout.closed = set()
        self._closed = set()
        self.setPlainText(self._shown)
        self.folds = folds(text, paragraphs)
        for index, fold in enumerate(self.folds):
            if not self.marks.over(fold.start, fold.end):
                self._set_closed(index, closed=True)
        self._estimate()
        self._anchor = 0
        self.verticalScrollBar().setValue(0)

    def append(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        """Adds `text` at the end. `paragraphs` has places in the whole text; those that begin at
        or after its first one are replaced by it. Selection and place stay."""
        first = paragraphs[0].start if paragraphs else len(self.text)
        kept = [paragraph for paragraph in self.paragraphs if paragraph.start < first]
        anchor, caret = self.ends()
        before = self._shown
        self._take(self.text + text, [*kept, *paragraphs])
        self.marks.go_on_with(self.paragraphs)
        same = display.same_start(before, self._shown)
        cursor = QTextCursor(self.document())
        cursor.setPosition(Utf16Map(before).to_units(same))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(self._shown[same:])
        self.set_ends(anchor, caret)
        self._estimate()
        self.viewport().update()

    def _take(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        shown = display.shown(text, paragraphs)
        self.text = text
        self.map = display.PlaceMap(text, shown.inserted)
        self.paragraphs = tuple(paragraphs)
        self._shown = shown.text
        self._layout.set_kinds(display.kinds(shown, paragraphs))

    def is_closed(self, index: int) -> bool:
        """Whether the fold of this index is closed."""
        return index in self._closed

    def fold_of(self, row: Row) -> int:
        """The index of the fold that begins with this line, or -1."""
        point = self.map.to_points(row.start)
        found = (index for index, fold in enumerate(self.folds) if fold.start == point)
        return next(found, -1)

    def set_closed(self, indexes: Iterable[int], *, closed: bool) -> None:
        """Closes or opens folds; what was at the top stays there."""
        changed = [index for index in indexes if self.is_closed(index) is not closed]
        if not changed:
            return
        with self._staying():
            for index in changed:
                self._set_closed(index, closed=closed)
            self._estimate()
        self.viewport().update()
        self.moved.emit()

    def _set_closed(self, index: int, *, closed: bool) -> None:
        fold = self.folds[index]
        block = self.document().findBlock(self.map.to_units(fold.start))
        last = self.map.to_units(fold.end)
        (self._closed.add if closed else self._closed.discard)(index)
        (self._layout.closed.add if closed else self._layout.closed.discard)(block.blockNumber())
        first = True
        while block.isValid() and block.position() < last:
            block.layout().clearLayout()
            block.setVisible(first or not closed)
            first = False
            block = block.next()

    def open_at(self, start: int, end: int) -> None:
        """Opens the folds that hide some of `[start, end)`, or the place `start` where that is
        empty."""
        hiding = [
            index
            for index in self._closed
            if self.folds[index].start < max(start, end - 1) and start <= self.folds[index].end
        ]
        self.set_closed(hiding, closed=False)

    def ends(self) -> tuple[int, int]:
        """Where the selection was begun, and where the caret is."""
        cursor = self.textCursor()
        return self.map.to_points(cursor.anchor()), self.map.to_points(cursor.position())

    def set_ends(self, anchor: int, caret: int) -> None:
        """Selects from `anchor` to `caret`, without scrolling; a fold that hides `caret` opens."""
        self.open_at(caret, caret)
        cursor = self.textCursor()
        cursor.setPosition(self.map.to_units(anchor))
        cursor.setPosition(self.map.to_units(caret), QTextCursor.MoveMode.KeepAnchor)
        with self._staying():
            self.setTextCursor(cursor)
        self.viewport().update()

    def set_doubtful(self, spans: Sequence[tuple[int, int]]) -> None:
        """The words to be underlined as doubtful."""
        self._doubtful = sorted(spans)
        self.viewport().update()

    def set_additions(self, spans: Sequence[tuple[int, int]]) -> None:
        """The words to be tinted as the text's own."""
        self.additions = spans
        self.viewport().update()

    def doubtful_within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The doubtful words that touch `[start, end)`."""
        return [span for span in self._doubtful if span[0] < end and span[1] > start]

    def doubtful_beside(self, point: int, forward: bool) -> tuple[int, int] | None:
        """The next doubtful word that begins after `point`, or the last one before it."""
        if forward:
            return next((span for span in self._doubtful if span[0] > point), None)
        return next((span for span in reversed(self._doubtful) if span[0] < point), None)

    def set_look(self, points: float, colours: ReaderColours) -> None:
        """The size of the type and the colours; what was at the top stays there."""
        self.colours = colours
        palette = self.palette()
        text, page = QColor(colours.text), QColor(colours.page)
        palette.setColor(QPalette.ColorRole.Base, page)
        palette.setColor(QPalette.ColorRole.Text, text)
        palette.setColor(QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.HighlightedText, text)
        self.setPalette(palette)
        font = reading_font(points)
        self._layout.set_looks(looks_for(font, colours))
        with self._staying():
            self.setFont(font)
            self.setTabStopDistance(measure_width(font) / MEASURE * 16)
            self.document().markContentsDirty(0, self.document().characterCount())
            self._arrange()
            self._estimate()
        self.viewport().update()

    def place(self) -> int:
        """The code point at which the uppermost line in view begins."""
        return self._anchor

    def go_to(self, point: int, lines_above: int = 0) -> None:
        """Scrolls so that the line of `point` is the uppermost, or has some lines above it."""
        unit = self.map.to_units(point)
        block = self.document().findBlock(unit)
        self._layout.blockBoundingRect(block)
        line = block.layout().lineForTextPosition(unit - block.position())
        number = max(0, line.lineNumber()) if line.isValid() else 0
        before = block.previous()
        missing = lines_above - number
        while missing > 0 and before.isValid():
            self._layout.blockBoundingRect(before)  # an estimate would not do to count back by
            missing -= before.lineCount()
            before = before.previous()
        self.verticalScrollBar().setValue(block.firstLineNumber() + number - lines_above)

    def rows(self, clip: QRect | None = None) -> list[Row]:
        """The lines in view, from above; `clip` narrows it to a part of the viewport."""
        clip = clip or self.viewport().rect()
        offset = self.contentOffset()
        block = self.firstVisibleBlock()
        top = offset.y()
        found: list[Row] = []
        while block.isValid() and top <= clip.bottom():
            if not block.isVisible():
                block = block.next()
                continue
            height = self._layout.blockBoundingRect(block).height()
            if top + height >= clip.top():
                found += self._rows_of(block, top, offset.x(), clip)
            top += height
            block = block.next()
        return found

    def _rows_of(self, block: QTextBlock, top: float, left: float, clip: QRect) -> list[Row]:
        kind = self._layout.kind(block)
        look = self._layout.look(kind)
        layout = block.layout()
        origin = block.position()
        mixed = is_mixed(block.text())
        found = []
        for index in range(layout.lineCount()):
            line = layout.lineAt(index)
            baseline = round(top + line.y() + line.ascent())
            if baseline + look.below < clip.top() or baseline - look.above > clip.bottom():
                continue
            start = origin + line.textStart()
            found.append(
                Row(
                    start,
                    start + line.textLength(),
                    baseline - look.above,
                    baseline + look.below,
                    baseline,
                    left,
                    origin,
                    line,
                    mixed,
                    kind.style,
                )
            )
        return found

    def nearest_row(self, y: float) -> Row | None:
        """The line nearest to a height in the viewport."""
        return min(
            self.rows(), key=lambda row: max(row.top - y, y - row.bottom + 1, 0), default=None
        )

    def point_under(self, place: QPoint | QPointF) -> int | None:
        """The code point under a place in the viewport; None beside or between the words."""
        row = self.nearest_row(place.y())
        if row is None or not row.top <= place.y() < row.bottom:
            return None
        words = row.line.naturalTextRect()
        x = place.x() - row.left
        if not words.left() <= x < words.right():
            return None
        return self.map.to_points(
            row.origin + row.line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        )

    def update_span(self, start: int, end: int) -> None:
        """Repaints the lines that `[start, end)` touches, if any are in view, and the margins."""
        one, other = self.map.to_units(start), self.map.to_units(end)
        touched = [row for row in self.rows() if row.start <= other and row.end >= one]
        if not touched:
            return
        top, bottom = touched[0].top, touched[-1].bottom
        self.viewport().update(0, top, self.viewport().width(), bottom - top)
        self.moved.emit()

    def event(self, event: QEvent) -> bool:
        """Keeps the column to its measure, and the text where it is, when the size changes."""
        if event.type() != QEvent.Type.Resize:
            return super().event(event)
        with self._staying():
            self._arrange()
            return super().event(event)

    @contextmanager
    def _staying(self) -> Iterator[None]:
        """Keeps what is at the top there while lines are broken anew."""
        within, self._settling = self._settling, True
        try:
            yield
        finally:
            self._settling = within
            if not within:
                self.go_to(self._anchor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follows the viewport, which hears of its size late where the page was hidden: lines not
        yet broken are estimated, so the scroll bar is true."""
        with self._staying():
            super().resizeEvent(event)
            if event.oldSize().width() != event.size().width():
                self._estimate()
            self._place_margins()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the grounds, then lets Qt paint the words over them."""
        rows = self.rows(event.rect())
        with painting(self.viewport()) as painter:
            painter.setClipRect(event.rect())
            painter.fillRect(event.rect(), QColor(self.colours.page))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            paint_grounds(painter, self, rows)
        super().paintEvent(event)
        if self.folds:
            with painting(self.viewport()) as painter:
                paint_folds(painter, self, rows)

    def _arrange(self) -> None:
        """Centres the column between its margins, which give way a little in a narrow window."""
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        numbers = _within(NUMBERS, room * 0.07)
        stripes = _within(STRIPES, room * 0.24)
        column = measure_width(self.font()) + 2 * round(self.document().documentMargin())
        free = max(0, room - numbers - column - stripes)
        left = numbers + free // 2
        right = stripes + free - free // 2
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (left, right):
            self.setViewportMargins(left, 0, right, 0)
        self._place_margins()

    def _place_margins(self) -> None:
        if self._margins is None:
            return
        view = self.viewport().geometry()
        before, after = self._margins
        before.setGeometry(0, view.top(), view.left(), view.height())
        right = self.viewportMargins().right()
        after.setGeometry(view.right() + 1, view.top(), right, view.height())

    def _estimate(self) -> None:
        """Tells Qt about how many lines each block will have that is not laid out yet; rather too
        few, since a place beyond a block's last line would be shown as its first."""
        block = self.document().begin()
        while block.isValid():
            if not block.isVisible():
                block.setLineCount(0)
            elif block.blockNumber() in self._layout.closed:
                block.setLineCount(1)
            elif not block.layout().lineCount():
                block.setLineCount(max(1, int(block.length() / (MEASURE * 1.15))))
            block = block.next()
        self._layout.documentSizeChanged.emit(self._layout.documentSize())

    def _scrolled(self) -> None:
        if not self._settling:
            below = (row.start for row in self.rows() if row.baseline > 0)
            self._anchor = self.map.to_points(next(below, 0))
            bar = self.verticalScrollBar()
            if bar.value() == bar.maximum():  # the end was estimated, and is known now
                self._layout.documentSizeChanged.emit(self._layout.documentSize())
        self.moved.emit()

    def _update_margins(self, area: QRect, shift: int) -> None:
        if shift or area.height() >= self.viewport().height():
            self.moved.emit()


def _within(bounds: tuple[int, int], wanted: float) -> int:
    return max(bounds[0], min(bounds[1], round(wanted)))
