"""The page: what mouse and keys do on the sheet, and what leaves it by copy, drag and drop."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from coder.domain.paragraphs import index_at
from coder.domain.text import whole_words
from coder.ui.reader import sentences
from coder.ui.reader.characters import whole_characters
from coder.ui.reader.handles import Drawing
from coder.ui.reader.marks import Mark
from coder.ui.reader.sheet import Sheet
from coder.ui.reader.stripe_margin import tip

CODE_MIME = "application/x-evidence-code"
"""What a dragged code carries: its id in UTF-8."""

_Standard = QKeySequence.StandardKey
_OWN_KEYS = [
    _Standard.Copy,
    _Standard.SelectAll,
    *(
        getattr(_Standard, f"{act}{where}")
        for act in ("MoveTo", "Select")
        for where in (
            "NextChar",
            "PreviousChar",
            "NextWord",
            "PreviousWord",
            "NextLine",
            "PreviousLine",
            "NextPage",
            "PreviousPage",
            "StartOfLine",
            "EndOfLine",
            "StartOfBlock",
            "EndOfBlock",
            "StartOfDocument",
            "EndOfDocument",
        )
    ),
]
"""The keys that Qt handles on the page; all others go to the window."""

REST_MS = 5_000
"""How long after a person moved in the text it is theirs, and nothing else scrolls it."""

_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Page(Sheet):
    """A sheet that can be read, selected and clicked. Places are code points."""

    activated = Signal(str)
    menu_wanted = Signal(list, QPoint)
    code_dropped = Signal(str, int, int)
    seek_wanted = Signal(int)
    zoomed = Signal(int)
    span_changed = Signal(int, int)
    doubts_over = Signal()
    resize_wanted = Signal(str, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentences: sentences.Sentences = sentences.plain_sentences
        self.times: Sequence[tuple[int, int]] = ()
        self._no_further: tuple[int, int] | None = None
        self._pressed: QPointF | None = None
        self._doubled: tuple[int, QPointF] | None = None
        self._span = (0, 0)
        self._ends_before = (0, 0)
        self._muted = False
        self._drawing = Drawing(self)
        self._carries = False
        self._moved = QElapsedTimer()
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().actionTriggered.connect(lambda _: self._moved.start())
        self.selectionChanged.connect(self._tell_span)
        self.cursorPositionChanged.connect(self._tell_span)
        self.cursorPositionChanged.connect(self._show_caret, Qt.ConnectionType.QueuedConnection)

    def span(self) -> tuple[int, int]:
        """The selection, ordered; `(p, p)` at the caret when nothing is selected."""
        anchor, caret = self.ends()
        return min(anchor, caret), max(anchor, caret)

    def reveal(self, start: int, end: int) -> None:
        """Scrolls, where `[start, end)` is not in view, until it stands in the upper third."""
        self.open_at(start, end)
        height = self.viewport().height()
        rows = [row for row in self.rows() if row.baseline > 0 and row.bottom <= height]
        if rows:
            first, last = self.map.to_units(start), self.map.to_units(end)
            if rows[0].start <= first and last <= rows[-1].end:
                return
        self.go_to(start, lines_above=len(rows) // 4)

    def at_rest(self) -> bool:
        """Whether nobody has scrolled, clicked or moved the caret within `REST_MS`."""
        return not self._moved.isValid() or self._moved.hasExpired(REST_MS)

    def sentence_forward(self) -> None:
        """Takes the sentence at the caret, or one more sentence, into the selection."""
        self._by_sentence(sentences.forward)

    def sentence_back(self) -> None:
        """Lets go of the selection's last sentence, or takes in one before it."""
        self._by_sentence(sentences.back)

    def _by_sentence(self, step: sentences.Step) -> None:
        anchor, caret = self.ends()
        spans = sentences.around(self.text, self.paragraphs, caret, self.sentences)
        with self._silent():
            self.set_ends(*step(spans, anchor, caret))
            self._take_whole_characters()
        self.ensureCursorVisible()

    def select_paragraph(self) -> None:
        """Selects the whole paragraph at the caret."""
        index = index_at(self.paragraphs, self.ends()[1])
        if index >= 0:
            paragraph = self.paragraphs[index]
            self.set_ends(paragraph.start, paragraph.end)

    def select_word(self) -> None:
        """Selects the word at the caret; where none is, the one character behind it."""
        caret = self.ends()[1]
        with self._silent():
            self.set_ends(*whole_words(self.text, caret, min(caret + 1, len(self.text))))
            self._take_whole_characters()

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected words exactly as they stand in the text."""
        start, end = self.span()
        words = self.text[start:end]
        data = QMimeData()
        data.setText(words)
        if data.text() != words:  # a byte order mark at the start is taken for one, and lost
            data.setText(f"\ufeff{words}")
        return data

    def event(self, event: QEvent) -> bool:
        """Claims only the keys that the page handles, so that the window's shortcuts work."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            cancels = self._drawing.holds and event.key() == Qt.Key.Key_Escape
            event.setAccepted(cancels or _own(event) or self._chord(event) is not None)
            return event.isAccepted()
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Goes to the next word in doubt where there are any; where there is none further it says
        so, and only then lets the focus go on."""
        if not self.doubtful_within(0, len(self.text) + 1) or self._no_further == self.ends():
            self._no_further = None
            return super().focusNextPrevChild(forward)
        span = self.doubtful_beside(self.span()[0], forward)
        if span is None:
            self._no_further = self.ends()
            self.doubts_over.emit()
        else:
            self.set_ends(*span)
            self.reveal(*span)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves and selects; every other key is left to the window."""
        self._moved.start()
        chord = self._chord(event)
        if self._drawing.holds:
            if event.key() == Qt.Key.Key_Escape:
                self._drawing.let_go()
        elif chord is not None:
            chord()
        elif _own(event):
            with self._silent():
                super().keyPressEvent(event)
                self._take_whole_characters()
        else:
            event.ignore()

    def _chord(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != _CHORD:
            return None
        match event.key():
            case Qt.Key.Key_Period | Qt.Key.Key_Greater:
                return self.sentence_forward
            case Qt.Key.Key_Comma | Qt.Key.Key_Less:
                return self.sentence_back
            case Qt.Key.Key_P:
                return self.select_paragraph
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a selection; a third click takes the paragraph, Ctrl+click asks for the time."""
        self._moved.start()
        self._pressed = event.position()
        self._ends_before = self.ends()
        if event.button() == Qt.MouseButton.LeftButton:
            if self._drawing.take(event.position()):
                self._carries = True
                self.setFocus()
                return
            if self._is_third(event):
                self.select_paragraph()
                self._doubled = self._pressed = None
                return
            if event.modifiers() == Qt.KeyboardModifier.ControlModifier and self.times:
                self._seek(event)
                self._pressed = None
                return
        with self._silent():
            super().mousePressEvent(self._snapped(event))
            keeps = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._carries = self.textCursor().hasSelection() and not keeps
            if not self._carries:
                self._put_caret(event, keeps_anchor=bool(keeps))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes on selecting, or drawing an end of the active coding."""
        exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self._drawing.holds:
            if self.drawn is not None or self._has_moved(event):
                self._drawing.draw_to(event.position(), exact=exact)
            return
        over = not event.buttons() and self._drawing.handle_at(event.position()) is not None
        self.viewport().setCursor(
            Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.IBeamCursor
        )
        with self._silent():
            super().mouseMoveEvent(self._snapped(event))
            if event.buttons() & Qt.MouseButton.LeftButton and not self._carries:
                self._put_caret(event, keeps_anchor=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a selection, which takes in the words it has cut unless Alt is held; a mere click on
        a highlight activates its coding."""
        self._moved.start()
        if self._drawing.holds:
            self._finish_drawing(event)
            return
        exact = event.modifiers() & Qt.KeyboardModifier.AltModifier
        with self._silent():
            super().mouseReleaseEvent(self._snapped(event))
            if self._carries and not self.textCursor().hasSelection():
                self._put_caret(event, keeps_anchor=False)
            if not exact and self.ends() != self._ends_before:
                self._take_whole_words()
            self._take_whole_characters()
        clicked = self._pressed is not None and not self._has_moved(event)
        self._pressed = None
        if not clicked or event.button() != Qt.MouseButton.LeftButton:
            return
        if not self.textCursor().hasSelection():
            self._clicked(event)

    def _finish_drawing(self, event: QMouseEvent) -> None:
        """Asks for the active coding to reach as far as it was drawn; without a move it was a
        click."""
        drawn = self._drawing.let_go()
        mark = self.marks.get(self.active)
        if drawn is None:
            point = self.point_near(event.position())
            self.set_ends(point, point)
            self._clicked(event)
        elif mark is not None and drawn != (mark.start, mark.end):
            self.resize_wanted.emit(mark.id, *drawn)

    def _has_moved(self, event: QMouseEvent) -> bool:
        if self._pressed is None:
            return False
        distance = (event.position() - self._pressed).manhattanLength()
        return distance >= QApplication.startDragDistance()

    def _clicked(self, event: QMouseEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and self._turn_fold(
            event.position()
        ):
            return
        marks = self.marks_under(event.position())
        if marks and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.activated.emit(marks[0].id)

    def toggle_folds(self) -> None:
        """Opens all folds, or closes all where every one is open."""
        every = range(len(self.folds))
        self.set_closed(every, closed=not any(self.is_closed(index) for index in every))

    def _turn_fold(self, place: QPointF) -> bool:
        """Opens the closed fold whose line was clicked, or closes the open one whose triangle was;
        False where it was neither."""
        row = self.nearest_row(place)
        index = -1 if row is None or not row.top <= place.y() < row.bottom else self.fold_of(row)
        if index < 0 or not (self.is_closed(index) or place.x() < 24):
            return False
        self.set_closed([index], closed=not self.is_closed(index))
        return True

    def _show_caret(self) -> None:
        caret = self.ends()[1]
        self.open_at(caret, caret)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects a word, and in a transcript asks to hear it."""
        with self._silent():
            super().mouseDoubleClickEvent(self._snapped(event))
            point = self.point_under(event.position())
            if point is not None:
                self.set_ends(*whole_words(self.text, point, point + 1))
            self._take_whole_characters()
        self._doubled = (event.timestamp(), event.position())
        self._pressed = None
        self._seek(event)

    def marks_under(self, place: QPoint | QPointF) -> list[Mark]:
        """The marks at a place in the viewport, the shortest first."""
        point = self.point_under(place)
        return [] if point is None else self.marks.at(point)

    def tip_at(self, place: QPoint) -> str:
        """What is said about a place in the viewport; empty for nothing."""
        heard = bool(self.times) and self.point_under(place) is not None
        hint = self.tr("Double-click a word to hear it.") if heard else ""
        return "<br>".join(filter(None, (tip(self.marks_under(place)), hint)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu for the codings at the pointer, or at the caret from the keyboard."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            marks = self.marks.at(self.ends()[1])
            place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        else:
            marks = self.marks_under(event.pos())
            place = event.globalPos()
        self.menu_wanted.emit([mark.id for mark in marks], place)

    def viewportEvent(self, event: QEvent) -> bool:
        """Names the codes of the highlight under the pointer, and tells how a word is heard."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls, or zooms with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.zoomed.emit(1 if turned > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Lets a code come in; what else is dragged here is the window's."""
        event.setAccepted(event.mimeData().hasFormat(CODE_MIME))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """A code may be dropped when words are selected."""
        code = event.mimeData().hasFormat(CODE_MIME)
        event.setAccepted(code and self.textCursor().hasSelection())

    def dropEvent(self, event: QDropEvent) -> None:
        """Puts the dropped code on the selection."""
        data = event.mimeData()
        if not data.hasFormat(CODE_MIME) or not self.textCursor().hasSelection():
            event.ignore()
            return
        event.acceptProposedAction()
        self.code_dropped.emit(bytes(data.data(CODE_MIME).data()).decode(), *self.span())

    @contextmanager
    def _silent(self) -> Iterator[None]:
        """Says what is selected only when what happens is over: Qt's word of it may be mended."""
        before, self._muted = self._muted, True
        try:
            yield
        finally:
            self._muted = before
            self._tell_span()

    def _put_caret(self, event: QMouseEvent, *, keeps_anchor: bool) -> None:
        """Puts the caret into the cell that was pointed at: Qt knows none that stand side by
        side."""
        row = self.nearest_row(event.position())
        if row is None or row.cell < 0 or not event.buttons() | event.button():
            return
        caret = self.point_near(event.position())
        self.set_ends(self.ends()[0] if keeps_anchor else caret, caret)

    def _take_whole_characters(self) -> None:
        """Moves the ends of a selection that lie inside a character as it is seen (an emoji, a
        letter with its accents) out to its edges, and a bare caret before it."""
        anchor, caret = self.ends()
        start, end = whole_characters(self.text, min(anchor, caret), max(anchor, caret))
        if (start, end) != self.span():
            self.set_ends(*((start, end) if anchor <= caret else (end, start)))

    def _take_whole_words(self) -> None:
        anchor, caret = self.ends()
        start, end = whole_words(self.text, *self.span())
        self.set_ends(*((start, end) if anchor <= caret else (end, start)))

    def _is_third(self, event: QMouseEvent) -> bool:
        if self._doubled is None:
            return False
        when, where = self._doubled
        return (
            event.timestamp() - when < QApplication.doubleClickInterval()
            and (event.position() - where).manhattanLength() < QApplication.startDragDistance()
        )

    def _seek(self, event: QMouseEvent) -> None:
        point = self.point_under(event.position())
        if point is None:
            return
        index = index_of(self.times, point)
        if index >= 0:
            self.seek_wanted.emit(self.times[index][1])

    def _snapped(self, event: QMouseEvent) -> QMouseEvent:
        """The event moved onto the nearest line: between lines Qt knows only their ends."""
        row = self.nearest_row(event.position())
        if row is None:
            return event
        return QMouseEvent(
            event.type(),
            QPointF(event.position().x(), row.baseline - 1),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
            event.pointingDevice(),
        )

    def _tell_span(self) -> None:
        self.viewport().update()
        if self._muted:
            return
        span = self.span()
        if span != self._span:
            self._span = span
            self.span_changed.emit(*span)


def _own(event: QKeyEvent) -> bool:
    return any(event.matches(key) for key in _OWN_KEYS)


def index_of(pairs: Sequence[tuple[int, int]], point: int) -> int:
    """The index of the last pair that begins at or before `point`, or -1."""
    return bisect_right(pairs, point, key=lambda pair: pair[0]) - 1
