"""The ends of the active coding, by which a person draws it longer or shorter with the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer

from coder.domain.text import whole_words
from coder.ui.reader.characters import whole_characters
from coder.ui.reader.frame import Frame
from coder.ui.reader.rows import place_on, row_at

if TYPE_CHECKING:
    from coder.ui.reader.sheet import Sheet

TARGET = 24.0
"""Height and width of what can be taken hold of, in pixels (WCAG 2.2, 2.5.8)."""

KNOB = 5.5
_ON_MS = 60


@dataclass(frozen=True)
class Handle:
    """One end, `"start"` or `"end"`, of the active mark: a stem at `x` of the viewport between
    `top` and `bottom`, with a knob above the start and below the end."""

    edge: str
    x: float
    top: float
    bottom: float
    colour: str

    @property
    def knob(self) -> QPointF:
        """The middle of the knob."""
        return QPointF(self.x, self.top if self.edge == "start" else self.bottom)

    @property
    def target(self) -> QRectF:
        """Where a press takes hold of it."""
        knob = self.knob
        return QRectF(knob.x() - TARGET / 2, knob.y() - TARGET / 2, TARGET, TARGET)


def handles_in_view(sheet: Sheet, frame: Frame) -> Iterator[Handle]:
    """The handles of the active mark that are in view; none for a mark that is not its coder's own
    to change."""
    mark = sheet.marks.get(sheet.active)
    if mark is None or not mark.own:
        return
    start, end = sheet.drawn or (mark.start, mark.end)
    for edge, unit in (("start", sheet.map.to_units(start)), ("end", sheet.map.to_units(end))):
        place = row_at(frame.rows, unit if edge == "start" else unit - 1)
        if place < 0 or unit > frame.rows[place].end:
            continue
        row = frame.rows[place]
        x = row.left + min(
            place_on(row.line, unit - row.origin), row.line.naturalTextRect().right()
        )
        yield Handle(edge, x, row.top, row.bottom, mark.colour)


class Drawing(QObject):
    """One end of a coding being drawn elsewhere, from the press to the release."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._edge = ""
        self._off = QPointF()
        self._last = QPointF()
        self._exact = False
        self._onward = QTimer(self)
        self._onward.setInterval(_ON_MS)
        self._onward.timeout.connect(self._scroll_on)

    @property
    def holds(self) -> bool:
        """Whether an end is held."""
        return bool(self._edge)

    def handle_at(self, place: QPointF) -> Handle | None:
        """The handle under a place in the viewport."""
        handles = handles_in_view(self._sheet, self._sheet.frame())
        return next((handle for handle in handles if handle.target.contains(place)), None)

    def take(self, place: QPointF) -> bool:
        """Takes hold of the handle at this place; False where there is none."""
        handle = self.handle_at(place)
        if handle is None:
            return False
        self._edge = handle.edge
        self._off = QPointF(handle.x, (handle.top + handle.bottom) / 2) - place
        self._onward.start()
        self._last = place
        return True

    def draw_to(self, place: QPointF, *, exact: bool) -> None:
        """Shows the coding as it would reach to this place: to whole words, or exactly."""
        self._last, self._exact = place, exact
        mark = self._sheet.marks.get(self._sheet.active)
        if mark is None:
            self.let_go()
            return
        drawn = self._reaching(self._sheet.point_near(place + self._off), mark.start, mark.end)
        if drawn != self._sheet.drawn:
            self._sheet.drawn = drawn
            self._sheet.viewport().update()

    def _reaching(self, point: int, start: int, end: int) -> tuple[int, int]:
        text = self._sheet.text
        if self._edge == "start":
            start = min(point, end - 1)
        else:
            end = max(point, start + 1)
        words = (start, end) if self._exact else whole_words(text, start, end)
        whole = whole_characters(text, *words)
        return (whole[0], end) if self._edge == "start" else (start, whole[1])

    def let_go(self) -> tuple[int, int] | None:
        """Ends the drawing, and gives the span it has come to; None where it did not move."""
        drawn, self._sheet.drawn = self._sheet.drawn, None
        self._edge = ""
        self._onward.stop()
        self._sheet.viewport().update()
        return drawn

    def _scroll_on(self) -> None:
        """Goes on scrolling while the pointer is held beyond the edge of the view."""
        height = self._sheet.viewport().height()
        y = self._last.y()
        if self._sheet.drawn is not None and not 0 <= y < height:
            bar = self._sheet.verticalScrollBar()
            bar.setValue(bar.value() + (1 if y > 0 else -1))
            self.draw_to(self._last, exact=self._exact)
