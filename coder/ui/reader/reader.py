"""The reading widget: shows a document with its codings and tells what a person does on it.

Knows nothing of the project. All places are Unicode code points of the document's text.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from coder.domain.model import Paragraph
from coder.domain.paragraphs import index_at
from coder.domain.pauses import Pause
from coder.ui.reader.colours import LIGHT, ReaderColours
from coder.ui.reader.density import Density
from coder.ui.reader.doubt_marks import Beside, DoubtMarks, Gap
from coder.ui.reader.margins import Numbers
from coder.ui.reader.marks import Mark, Marks
from coder.ui.reader.page import CODE_MIME, Page
from coder.ui.reader.sentences import Sentences
from coder.ui.reader.stripe_margin import Stripes

__all__ = ["CODE_MIME", "Reader"]

SMALLEST, LARGEST = 8, 40
"""The range of the zoom, in points."""


class Reader(QWidget):
    """A document set for reading, with paragraph numbers, tints and stripes.

    Keys that neither move the caret nor select are left to the window. A click on a highlight
    tells at once, so whatever opens then should not take the mouse: a double or triple click may
    follow.
    """

    selection_changed = Signal(int, int)
    coding_activated = Signal(str)
    coding_menu_wanted = Signal(list, QPoint)
    code_dropped = Signal(str, int, int)
    seek_wanted = Signal(int)
    zoom_changed = Signal(int)
    offer_taken = Signal()
    resize_wanted = Signal(str, int, int)
    read_on_to = Signal(int)
    doubts_over = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = max(SMALLEST, QApplication.font().pointSize() + 3)
        self._colours = LIGHT
        self._page = Page(self)
        self._page.setAccessibleName(self.tr("Text of the document"))
        self._stripes = Stripes(self._page)
        self._density = Density(self._page)
        self._page.set_margins(Numbers(self._page), self._stripes, self._density)
        self._make_blank()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._blank)
        self._stack.addWidget(self._page)
        self.setFocusProxy(self._page)
        self._connect()
        self._restyle()

    def _make_blank(self) -> None:
        self._blank = QWidget(self)
        self._blank.setAutoFillBackground(True)
        self._message = QLabel(self._blank)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._offer = QPushButton(self._blank)
        self._offer.clicked.connect(self.offer_taken)
        column = QVBoxLayout(self._blank)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(24)
        column.addStretch(1)
        column.addWidget(self._message)
        column.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)

    def _connect(self) -> None:
        page, stripes = self._page, self._stripes
        page.span_changed.connect(self.selection_changed)
        page.span_changed.connect(self._describe)
        page.activated.connect(self.coding_activated)
        page.menu_wanted.connect(self.coding_menu_wanted)
        page.code_dropped.connect(self.code_dropped)
        page.seek_wanted.connect(self.seek_wanted)
        page.doubts_over.connect(self.doubts_over)
        page.resize_wanted.connect(self.resize_wanted)
        page.read_on_to.connect(self.read_on_to)
        page.zoomed.connect(lambda step: self.set_zoom(self._points + step))
        stripes.activated.connect(self._choose)
        stripes.menu_wanted.connect(self.coding_menu_wanted)
        stripes.pointed.connect(self._point_at)

    def show_document(
        self, text: str, paragraphs: Sequence[Paragraph], marks: Sequence[Mark]
    ) -> None:
        """Shows a document from its beginning, with the caret there."""
        self._page.times = ()
        self._page.load(text, paragraphs, marks)
        self._stack.setCurrentWidget(self._page)

    def show_nothing(self, message: str, offer: str = "") -> None:
        """Shows a sentence in place of a document, and below it a button that offers to do
        something about it, where there is something to do (`offer_taken`)."""
        self._page.load("", (), ())
        self._message.setText(message)
        self._offer.setText(offer)
        self._offer.setVisible(bool(offer))
        self._stack.setCurrentWidget(self._blank)

    def append_text(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        """Adds `text` at the end, a line break before it included where there is one.

        `paragraphs` are those of the new text, placed in the whole; one that begins where an
        earlier one did replaces it. Selection, marks and view stay.
        """
        self._page.append(text, paragraphs)
        self._stack.setCurrentWidget(self._page)

    def change_text(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        """Sets another wording of the text. Selection and view stay on their words; marks behind
        the change are to be set anew by whoever knows where they are now."""
        self._page.reword(text, paragraphs)
        self._stack.setCurrentWidget(self._page)

    def set_speakers(self, turns: Sequence[tuple[int, str]]) -> None:
        """Names in the margin who speaks from which code point on, ascending; an empty name is
        somebody who is not known."""
        self._page.set_speakers(turns)

    def set_pauses(self, pauses: Sequence[Pause]) -> None:
        """Marks these pauses, ascending, beside the text and in the spaces between words; none of
        the marks is part of the text."""
        self._page.set_pauses(pauses)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Puts these marks in place of all."""
        self._page.marks = Marks(marks, self._page.paragraphs)
        self._page.viewport().update()
        self._page.moved.emit()

    def add_mark(self, mark: Mark) -> None:
        """Adds a mark, or replaces the one with the same id; repaints only its lines."""
        self.remove_mark(mark.id)
        self._page.marks.add(mark)
        self._density.changed(mark, 1)
        self._page.update_span(mark.start, mark.end)

    def remove_mark(self, mark_id: str) -> None:
        """Takes a mark away, if it is there; repaints only its lines."""
        mark = self._page.marks.remove(mark_id)
        if mark is not None:
            self._density.changed(mark, -1)
            self._page.update_span(mark.start, mark.end)

    def ids_at(self, point: int) -> list[str]:
        """The ids of the marks on the code point at `point`, the shortest mark first."""
        return [mark.id for mark in self._page.marks.at(point)]

    def selection(self) -> tuple[int, int]:
        """The selected span, ordered; `(p, p)` at the caret when nothing is selected."""
        return self._page.span()

    def selected_text(self) -> str:
        """The selected words, exactly as they stand in the text."""
        start, end = self.selection()
        return self._page.text[start:end]

    def select(self, start: int, end: int, reveal: bool = True) -> None:
        """Selects `[start, end)`, clipped to the text, and brings it into view if asked."""
        last = len(self._page.text)
        start, end = (min(max(place, 0), last) for place in (start, end))
        self._page.set_ends(start, end)
        if reveal:
            self._page.reveal(start, end)

    def reveal(self, start: int, end: int) -> None:
        """Brings `[start, end)` into view, unless it is; the selection stays."""
        self._page.reveal(start, end)

    def copy(self) -> None:
        """Puts the selected words on the clipboard."""
        self._page.copy()

    def select_all(self) -> None:
        """Selects the whole text."""
        self._page.set_ends(0, len(self._page.text))

    def toggle_folds(self) -> None:
        """Opens what is folded away (earlier mails, signatures), or folds it again."""
        self._page.toggle_folds()

    def select_sentence_forward(self) -> None:
        """Takes the sentence at the caret, or one more sentence, into the selection."""
        self._page.sentence_forward()

    def select_sentence_back(self) -> None:
        """Lets go of the selection's last sentence, or takes in one before it."""
        self._page.sentence_back()

    def select_paragraph(self) -> None:
        """Selects the whole paragraph at the caret."""
        self._page.select_paragraph()

    def select_next_coding(self, forward: bool = True) -> str:
        """Selects the passage of the next coding, or the one before; gives its id, or an empty
        string where there is none."""
        mark = self._page.marks.beside(self.selection()[0], forward)
        if mark is None:
            return ""
        self.select(mark.start, mark.end)
        return mark.id

    def select_word(self) -> None:
        """Selects the word at the caret; where none is, the one character behind it."""
        self._page.select_word()

    def set_active(self, mark_id: str) -> None:
        """Shows handles at both ends of this mark, if it is `own`, by which a person can draw it
        longer or shorter (`resize_wanted`); an empty id takes them away."""
        self._page.set_active(mark_id)

    def set_stripes_by(self, by: str) -> None:
        """Groups and colours the stripes by `"code"` or by `"coder"`."""
        self._stripes.set_by(by)

    def set_found(self, spans: Sequence[tuple[int, int]]) -> None:
        """Paints these places, found in the text and in ascending order, softly, and the one that
        is selected strongly; an empty sequence takes them away."""
        self._page.set_found(spans)

    def caret_paragraph(self) -> int:
        """The index of the paragraph at the caret, or of the last one before it; -1 for none."""
        return index_at(self._page.paragraphs, self._page.ends()[1])

    def go_to_paragraph(self, index: int) -> None:
        """Puts the caret at the beginning of a paragraph and brings it into view."""
        if 0 <= index < len(self._page.paragraphs):
            start = self._page.paragraphs[index].start
            self.select(start, start)

    def read_to(self) -> int:
        """The code point at which the last line that is wholly in view ends."""
        return self._page.read_to()

    def read_on(self) -> int:
        """The code point up to which the text has been read by going on from its beginning, or from
        where `go_on_from` said; what a jump flew over does not count (`read_on_to` tells of it)."""
        return self._page.read_on()

    def go_on_from(self, point: int) -> None:
        """Takes the text up to `point` as read before."""
        self._page.go_on_from(point)

    def set_sentences(self, sentences: Sentences) -> None:
        """How a paragraph's text is parted into sentences."""
        self._page.sentences = sentences

    def set_times(self, times: Sequence[tuple[int, int]]) -> None:
        """When each word or segment is spoken: `(code point, ms)`, ascending. Until another
        document is shown, Ctrl+click and double click ask to hear."""
        self._page.times = times

    def set_spoken(self, span: tuple[int, int] | None) -> None:
        """Lights the sentence that is being spoken, or none, and keeps it in view unless a person
        has just moved elsewhere in the text."""
        before, self._page.spoken = self._page.spoken, span
        if span == before:
            return
        for touched in (before, span):
            if touched is not None:
                self._page.update_span(*touched)
        if span is not None and self._page.at_rest():
            self._page.reveal(*span)

    def set_doubtful(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underlines the words that the recogniser was unsure of."""
        self._page.set_doubtful(spans)

    def set_doubts(self, beside: Sequence[Beside], gaps: Sequence[Gap]) -> None:
        """Marks beside the text the sentences that are in doubt, and where no speech was found."""
        self._page.set_doubts(DoubtMarks(beside, gaps))

    def set_additions(self, spans: Sequence[tuple[int, int]]) -> None:
        """Tints what this text has and the one that it is like has not."""
        self._page.set_additions(spans)

    def line_height(self) -> int:
        """How high a line of the text is, in pixels."""
        rows = self._page.rows()
        return round(max((row.bottom - row.top for row in rows), default=0))

    def below_selection(self) -> QPoint:
        """A place on the screen right below the caret's line, for what opens at the selection."""
        corner = self._page.cursorRect().bottomLeft()
        return self._page.viewport().mapToGlobal(corner + QPoint(0, 8))

    def place(self) -> int:
        """The code point at the top of the view, to come back to with `go_to`."""
        return self._page.place()

    def go_to(self, point: int) -> None:
        """Scrolls so that the line of `point` is at the top."""
        self._page.go_to(point)

    def zoom(self) -> int:
        """The size of the type in points."""
        return self._points

    def set_zoom(self, points: int) -> None:
        """Sets the size of the type, within `SMALLEST` … `LARGEST` points."""
        points = min(max(points, SMALLEST), LARGEST)
        if points != self._points:
            self._points = points
            self._restyle()
            self.zoom_changed.emit(points)

    def zoom_in(self) -> None:
        """Makes the type a point larger."""
        self.set_zoom(self._points + 1)

    def zoom_out(self) -> None:
        """Makes the type a point smaller."""
        self.set_zoom(self._points - 1)

    def set_colours(self, colours: ReaderColours) -> None:
        """Sets the page in these colours."""
        self._colours = colours
        self._restyle()

    def _restyle(self) -> None:
        self._page.set_look(self._points, self._colours)
        self._density.restyle()
        palette = self._blank.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._colours.page))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(self._colours.muted))
        for widget in (self._blank, self._message):
            widget.setPalette(palette)
        self._message.setFont(self._page.font())

    def _point_at(self, mark_id: str) -> None:
        before, self._page.pointed = self._page.pointed, mark_id
        if before == mark_id:
            return
        for touched in (self._page.marks.get(before), self._page.marks.get(mark_id)):
            if touched is not None:
                self._page.update_span(touched.start, touched.end)

    def _choose(self, mark_id: str) -> None:
        """Selects the passage of a stripe that was clicked, and tells of the coding."""
        mark = self._page.marks.get(mark_id)
        if mark is not None:
            self.select(mark.start, mark.end, reveal=False)
            self.coding_activated.emit(mark_id)

    def _describe(self, start: int, end: int) -> None:
        """Tells a screen reader which codes lie at the caret: painted stripes say nothing."""
        names = [mark.name for mark in self._page.marks.over(start, max(end, start + 1))]
        said = self.tr("Coded: {}").format(", ".join(dict.fromkeys(names))) if names else ""
        if said == self._page.accessibleDescription():
            return
        self._page.setAccessibleDescription(said)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(
                QAccessibleAnnouncementEvent(self._page, said or self.tr("No tags here"))
            )
