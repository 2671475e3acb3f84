"""The paper: a text set for reading, its folds, and where its lines lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractSlider, QFrame, QPlainTextEdit, QWidget

from coder.domain.model import Paragraph
from coder.domain.pauses import Pause
from coder.domain.text import Utf16Map
from coder.ui.reader import display
from coder.ui.reader.colours import LIGHT, ReaderColours
from coder.ui.reader.folds import Fold, folds
from coder.ui.reader.frame import Frame
from coder.ui.reader.layout import (
    MEASURE,
    PageLayout,
    looks_for,
    measure_width,
    reading_font,
    small_font,
)
from coder.ui.reader.marks import Mark, Marks
from coder.ui.reader.rows import Row, lines_in_view

NUMBERS = (40, 64)
PAUSED = (72, 84)
NAMES = (104, 190)
STRIPES = (72, 220)
"""The least and the greatest width of each margin, in pixels; `PAUSED` where pauses are marked, and
`NAMES` where speakers are named, which long names may take more of."""

_LEAST_COLUMN = 0.55
"""How much of its full width the text keeps where long names take more of theirs."""

NAME_GAP = 32
"""What stands beside names and numbers in their margin, in pixels."""

NAMED = 340
"""The width up to which the room that is left beside the column goes to the stripes, for the names
of codes, before the column is centred in the rest."""

DENSITY = 16
"""The width of the map of the whole document, in pixels."""

_STEPS = [
    action.value
    for action in (
        QAbstractSlider.SliderAction.SliderSingleStepAdd,
        QAbstractSlider.SliderAction.SliderSingleStepSub,
        QAbstractSlider.SliderAction.SliderMove,
    )
]
_MOST_STEPS = 50
_MOST_MOVES = 3
"""Breaking lines may move those that are in view: as often they are looked for again."""


class Paper(QPlainTextEdit):
    """A text with its marks, set for reading between its margins. Positions are code points; `map`
    converts to Qt's units. `moved` tells that something in view has changed its place."""

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.map = display.PlaceMap("")
        self._shown = ""
        self.folds: list[Fold] = []
        self._closed: set[int] = set()
        self.paragraphs: Sequence[Paragraph] = ()
        self.speakers: Sequence[tuple[int, str]] = ()
        self.pauses: Sequence[Pause] = ()
        self.marks = Marks()
        self.colours = LIGHT
        self._anchor = 0
        self._settling = False
        self._frame = Frame((), self.map, self.marks)
        self._framed: tuple[object, ...] = ()
        self._margins: tuple[QWidget, QWidget, QWidget] | None = None
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        self._layout = PageLayout(document)
        document.setDocumentLayout(self._layout)
        self.setDocument(document)
        self.setReadOnly(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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
        self.verticalScrollBar().actionTriggered.connect(self._step)

    def set_margins(self, numbers: QWidget, stripes: QWidget, density: QWidget) -> None:
        """The widgets that stand left of the column and right of it, children of this one."""
        self._margins = (numbers, stripes, density)
        self._arrange()

    def set_speakers(self, turns: Sequence[tuple[int, str]]) -> None:
        """Who speaks from which place on: named in the margin, which is wider for it."""
        self.speakers = turns
        self._arrange()
        self.moved.emit()

    def set_pauses(self, pauses: Sequence[Pause]) -> None:
        """The pauses to be marked, ascending: in the margin, which may be wider for it."""
        self.pauses = pauses
        self._arrange()
        self.viewport().update()
        self.moved.emit()

    def load(self, text: str, paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> None:
        """Shows another text from its beginning."""
        self.marks = Marks(marks, paragraphs)
        self.speakers, self.pauses = (), ()
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

    def reword(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        """Sets another wording of the text that is shown: only what differs is laid out anew, and
        selection and place stay on their words."""
        before, old = self._shown, self.text
        self._take(text, paragraphs)
        self.marks.go_on_with(self.paragraphs)
        head = display.same_start(before, self._shown)
        tail = display.same_start(before[head:][::-1], self._shown[head:][::-1])
        units = Utf16Map(before)
        same = display.same_start(old, text)
        if self._anchor > same:
            self._anchor = max(same, self._anchor + len(text) - len(old))
        with self._staying():
            cursor = QTextCursor(self.document())
            cursor.setPosition(units.to_units(head))
            cursor.setPosition(units.to_units(len(before) - tail), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(self._shown[head : len(self._shown) - tail])
            self._layout.documentSizeChanged.emit(self._layout.documentSize())
        self.viewport().update()
        self.moved.emit()

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
        with self._staying():
            self._layout.set_looks({})  # what is laid out until all is known need not look well
            self.setFont(font)
            self.setTabStopDistance(measure_width(font) / MEASURE * 16)
            self._arrange()
            self._layout.set_looks(looks_for(font, colours))
            self.document().markContentsDirty(0, self.document().characterCount())
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
        cells = self._layout.cells(block)
        if cells:  # a line of another cell than the first stands beside one of the first
            number = min(number - cells.index(cells[number]), cells.count(0) - 1)
        before = block.previous()
        missing = lines_above - number
        while missing > 0 and before.isValid():
            self._layout.blockBoundingRect(before)  # an estimate would not do to count back by
            missing -= before.lineCount()
            before = before.previous()
        self.verticalScrollBar().setValue(block.firstLineNumber() + number - lines_above)

    def read_to(self) -> int:
        """The code point at which the last line that is wholly in view ends."""
        height = self.viewport().height()
        ends = [row.end for row in self.rows() if row.baseline > 0 and row.bottom <= height]
        return self.map.to_points(ends[-1]) if ends else self._anchor

    def frame(self) -> Frame:
        """The lines in view and what lies on them; found anew only where something has moved."""
        key = self._frame_key()
        for _ in range(_MOST_MOVES):
            if key == self._framed:
                break
            self._frame = Frame(lines_in_view(self, self._layout), self.map, self.marks)
            before, key = key, self._frame_key()
            self._framed = (*before[:-1], key[-1])
        return self._frame

    def _frame_key(self) -> tuple[object, ...]:
        size = self.viewport().size()
        top = self.contentOffset().y()
        return (
            self.firstVisibleBlock().position(), top, size.width(), size.height(),
            id(self.marks), self.marks.version, self._layout.version,
        )  # fmt: skip

    def rows(self) -> Sequence[Row]:
        """The lines in view, in the order of the text."""
        return self.frame().rows

    def nearest_row(self, place: QPoint | QPointF) -> Row | None:
        """The line nearest to a place in the viewport; in a table, of the cell it lies in."""
        rows = self.rows()
        found = _nearest(rows, place.y())
        if found is None or found.cell < 0:
            return found
        beside = [row for row in rows if row.origin == found.origin]
        before = [row.line.x() for row in beside if row.left + row.line.x() <= place.x()]
        left = max(before, default=min(row.line.x() for row in beside))
        return _nearest([row for row in beside if row.line.x() == left], place.y())

    def point_under(self, place: QPoint | QPointF) -> int | None:
        """The code point under a place in the viewport; None beside or between the words."""
        row = self.nearest_row(place)
        if row is None or not row.top <= place.y() < row.bottom:
            return None
        words = row.line.naturalTextRect()
        x = place.x() - row.left
        if not words.left() <= x < words.right():
            return None
        return self.map.to_points(
            row.origin + row.line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        )

    def point_near(self, place: QPoint | QPointF) -> int:
        """The place between two characters that is nearest to a place in the viewport."""
        row = self.nearest_row(place)
        if row is None:
            return 0
        return self.map.to_points(row.origin + row.line.xToCursor(place.x() - row.left))

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

    def _arrange(self) -> None:
        """Centres the column between its margins, which give way a little in a narrow window."""
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        numbers = _within(PAUSED if self.pauses else NUMBERS, room * 0.07)
        stripes = _within(STRIPES, room * 0.25)
        column = measure_width(self.font()) + 2 * round(self.document().documentMargin())
        if self.speakers:
            spare = room - stripes - DENSITY - round(column * _LEAST_COLUMN)
            numbers = self._room_for_names(room, spare)
        free = max(0, room - numbers - column - stripes - DENSITY)
        more = min(free, NAMED - stripes)
        stripes, free = stripes + more, free - more
        left = numbers + free // 2
        right = stripes + free - free // 2 + DENSITY
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (left, right):
            self.setViewportMargins(left, 0, right, 0)
        self._place_margins()

    def _room_for_names(self, room: int, spare: int) -> int:
        """The width in which the longest of the speakers' names is not cut, up to a third of the
        whole, and beyond a fifth only as far as the text can spare it."""
        font = small_font(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        digits = "0" * len(str(len(self.paragraphs)))
        names = {name for _, name in self.speakers}
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        wanted = longest + metrics.horizontalAdvance(digits) + NAME_GAP
        usual = _within(NAMES, room * 0.19)
        return max(usual, _within((0, min(room // 3, spare)), wanted))

    def _place_margins(self) -> None:
        if self._margins is None:
            return
        view = self.viewport().geometry()
        before, after, last = self._margins
        before.setGeometry(0, view.top(), view.left(), view.height())
        right = self.viewportMargins().right()
        after.setGeometry(view.right() + 1, view.top(), right - DENSITY, view.height())
        last.setGeometry(view.right() + 1 + right - DENSITY, view.top(), DENSITY, view.height())

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

    def _step(self, action: int) -> None:
        """Keeps a step of the wheel or the scroll bar to lines as they are seen: Qt counts those of
        each cell of a table, though they stand side by side."""
        bar = self.verticalScrollBar()
        steps = bar.sliderPosition() - bar.value()
        if bar.isSliderDown() or action not in _STEPS or abs(steps) > _MOST_STEPS:
            return
        place = bar.value()
        for _ in range(abs(steps)):
            place = self._next_line(place, on=steps > 0)
        bar.setSliderPosition(place)

    def _next_line(self, number: int, *, on: bool) -> int:
        """The number of the line that is seen below the one of this number, or above it."""
        after = number + (1 if on else -1)
        block = self.document().findBlockByLineNumber(max(0, after))
        within = after - block.firstLineNumber()
        cells = self._layout.cells(block)
        if not cells or within < cells.count(0):
            return after
        return block.firstLineNumber() + (len(cells) if on else cells.count(0) - 1)

    def _scrolled(self) -> None:
        if not self._settling:
            below = (row.start for row in self.rows() if row.baseline > 0)
            self._anchor = self.map.to_points(next(below, 0))
            bar = self.verticalScrollBar()
            if bar.value() == bar.maximum():  # the end was estimated, and is known now
                self._layout.documentSizeChanged.emit(self._layout.documentSize())
        self.moved.emit()


def _nearest(rows: Sequence[Row], y: float) -> Row | None:
    return min(rows, key=lambda row: max(row.top - y, y - row.bottom + 1, 0), default=None)


def _within(bounds: tuple[int, int], wanted: float) -> int:
    return max(bounds[0], min(bounds[1], round(wanted)))
