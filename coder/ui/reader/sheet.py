"""The sheet: what is painted on the paper, under the words and around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from coder.domain.model import Paragraph
from coder.ui.reader.doubt_marks import DoubtMarks, paint_gaps
from coder.ui.reader.handles import KNOB
from coder.ui.reader.marks import Mark
from coder.ui.reader.paint import paint_folds, paint_grounds, paint_handles, painting
from coder.ui.reader.paper import Paper
from coder.ui.reader.pauses import in_view, paint_bars
from coder.ui.reader.rows import Row

SEEN_MS = 150
"""How long after it was painted it is told how far a text has been read."""

_KNOB = round(KNOB) + 2
"""How far a handle's knob stands out of its line, with its rim."""

_SLACK = 0.25
"""As much of a view may be passed over, by a step that is longer than the view, and still count as
read on."""

_FAR = 100_000


class Sheet(Paper):
    """Paper with codings, selection and other lights painted on it."""

    read_on_to = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spoken: tuple[int, int] | None = None
        self.drawn: tuple[int, int] | None = None
        self.pointed = ""
        self.active = ""
        self.additions: Sequence[tuple[int, int]] = ()
        self.found: Sequence[tuple[int, int]] = ()
        self._doubtful: Sequence[tuple[int, int]] = ()
        self.doubt_marks = DoubtMarks()
        self._read = 0
        self._told = 0
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(SEEN_MS)
        self._looking.timeout.connect(self._tell_read)
        self.updateRequest.connect(self._update_margins)

    def load(self, text: str, paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> None:
        """Shows another text from its beginning."""
        self.spoken = self.drawn = None
        self.additions = self.found = self._doubtful = ()
        self.active = ""
        self.doubt_marks = DoubtMarks()
        self._read = self._told = 0
        super().load(text, paragraphs, marks)

    def reword(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        """Sets another wording of the text that is shown."""
        self.found = ()
        super().reword(text, paragraphs)

    def go_on_from(self, point: int) -> None:
        """Takes the text up to `point` as read before."""
        self._read = max(self._read, point)

    def read_on(self) -> int:
        """The code point up to which the text has been read: in view, each part of it reached by
        going on from the one before. What a jump flew over, and what lies behind it, is not."""
        below = (row.start for row in self.rows() if row.baseline > 0)
        top, end = self.map.to_points(next(below, 0)), self.read_to()
        if self.isVisible() and top <= self._behind_folds(self._read) + _SLACK * (end - top):
            self._read = max(self._read, end)
        return self._read

    def _behind_folds(self, point: int) -> int:
        """The end of the closed fold that begins at or before this place and hides what follows it;
        the place itself where there is none."""
        ends = (
            fold.end
            for index, fold in enumerate(self.folds)
            if self.is_closed(index) and fold.start <= point <= fold.end
        )
        return next(ends, point)

    def set_doubtful(self, spans: Sequence[tuple[int, int]]) -> None:
        """The words to be underlined as doubtful."""
        self._doubtful = sorted(spans)
        self.viewport().update()

    def set_doubts(self, marks: DoubtMarks) -> None:
        """What is marked beside the text as doubtful."""
        if marks != self.doubt_marks:
            self.doubt_marks = marks
            self.viewport().update()
            self.moved.emit()

    def set_additions(self, spans: Sequence[tuple[int, int]]) -> None:
        """The words to be tinted as the text's own."""
        self.additions = spans
        self.viewport().update()

    def set_found(self, spans: Sequence[tuple[int, int]]) -> None:
        """The places found, ascending, to be tinted."""
        self.found = spans
        self.viewport().update()
        self.moved.emit()

    def set_active(self, mark_id: str) -> None:
        """The mark that has handles, if it is there and its coder's own."""
        if mark_id != self.active:
            self.active = mark_id
            self.viewport().update()
            self.moved.emit()

    def found_within(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The places found that touch `[start, end)`."""
        return _within(self.found, start, end)

    def is_found(self, start: int, end: int) -> bool:
        """Whether just this is one of the places found."""
        place = bisect_left(self.found, (start, end))
        return place < len(self.found) and self.found[place] == (start, end)

    def doubtful_within(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The doubtful words that touch `[start, end)`."""
        return _within(self._doubtful, start, end)

    def doubtful_beside(self, point: int, forward: bool) -> tuple[int, int] | None:
        """The next doubtful word that begins after `point`, or the last one before it."""
        if forward:
            return next((span for span in self._doubtful if span[0] > point), None)
        return next((span for span in reversed(self._doubtful) if span[0] < point), None)

    def update_span(self, start: int, end: int) -> None:
        """Repaints the lines that `[start, end)` touches, if any are in view, and the margins;
        where a mark has handles, also what these stand out of the lines."""
        one, other = self.map.to_units(start), self.map.to_units(end)
        touched = [row for row in self.rows() if row.start <= other and row.end >= one]
        if not touched:
            return
        aside = _KNOB if self.active else 0
        top = min(row.top for row in touched) - aside
        bottom = max(row.bottom for row in touched) + aside
        self.viewport().update(0, top, self.viewport().width(), bottom - top)
        self.moved.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the grounds, then lets Qt paint the words over them."""
        area = event.rect()
        frame = self.frame()
        rows = [
            row
            for row in frame.rows
            if row.bottom >= area.top() and row.top - row.room <= area.bottom()
        ]
        with painting(self.viewport()) as painter:
            painter.setClipRect(area)
            painter.fillRect(area, QColor(self.colours.page))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            paint_grounds(painter, self, frame, rows)
            paint_gaps(painter, self)
        super().paintEvent(_whole_rows(event, rows))
        with painting(self.viewport()) as painter:
            paint_folds(painter, self, rows)
            if self.pauses:
                paint_bars(painter, self, in_view(self, QFontMetricsF(self.font())))
            paint_handles(painter, self, frame)
        self.read_on()
        if not self._looking.isActive():
            self._looking.start()

    def _update_margins(self, area: QRect, shift: int) -> None:
        if shift or area.height() >= self.viewport().height():
            self.moved.emit()

    def _tell_read(self) -> None:
        read = self.read_on()
        if read > self._told:
            self._told = read
            self.read_on_to.emit(read)


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    first = bisect_right(spans, start, key=lambda span: span[1])
    return spans[first : bisect_left(spans, (end,))]


def _whole_rows(event: QPaintEvent, rows: Sequence[Row]) -> QPaintEvent:
    """The event; where cells stand side by side, one for all heights: Qt, which looks for the lines
    to be painted from above, would miss some."""
    if all(row.cell < 0 for row in rows):
        return event
    area = event.rect()
    return QPaintEvent(QRect(area.left(), -_FAR, area.width(), 2 * _FAR))
