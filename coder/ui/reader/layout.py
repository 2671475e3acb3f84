"""How blocks are set: leading, the space between paragraphs, indents, and a face for each style.

QPlainTextEdit's layout, the fast one, packs lines tight and knows no block formats. Here each
block that comes into view is set once more: its lines are moved onto a grid of baselines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout

from coder.domain.model import Style
from coder.ui.reader import tables
from coder.ui.reader.colours import ReaderColours
from coder.ui.reader.display import Kind

FACES = [
    "Source Serif 4",
    "Source Serif Pro",
    "Charter",
    "Iowan Old Style",
    "Georgia",
    "Noto Serif",
    "DejaVu Serif",
]
LEADING = 1.5
_TABLE = 400
MEASURE = 72
"""Characters on a full line, about: the column's width. Ragged lines come out at nearly 70."""

_SAMPLE = "the volunteers who came in the first week are still coming to us, and we need them "


@dataclass(frozen=True)
class Look:
    """How blocks of a style are set; lengths in pixels, `above` and `below` from the baseline.

    `between` stands for `after` where a paragraph of the same style follows.
    """

    format: QTextCharFormat | None
    above: int
    below: int
    before: int
    after: int
    between: int
    indent: int = 0
    hang: int = 0


def reading_font(points: float) -> QFont:
    """The face for reading, at `points`: the first of `FACES` that is installed."""
    font = QFont()
    font.setFamilies(FACES)
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(points)
    return font


def measure_width(font: QFont) -> int:
    """The width in pixels of a line of about `MEASURE` characters of English."""
    return round(QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MEASURE)


def looks_for(font: QFont, colours: ReaderColours) -> dict[Style, Look]:
    """The look of each style when the body is set in `font`."""
    em = QFontMetricsF(font).height()
    gap, step = round(em * 0.7), round(em)
    muted = QColor(colours.muted)
    set_apart = _look(font, scale=0.94, colour=muted, after=gap, between=gap // 2, indent=step)
    return {
        Style.BODY: _look(font, after=gap, between=gap),
        Style.HEADING: _look(
            font, scale=1.2, leading=1.3, bold=True, before=gap, after=gap // 2, between=0
        ),
        Style.LIST: _look(font, after=gap, between=gap // 3, indent=step, hang=2 * step),
        Style.TABLE: _look(font, scale=0.94, after=gap, between=0),
        Style.NOTE: _look(font, scale=0.85, colour=muted, after=gap, between=gap // 3),
        Style.REPLY: set_apart,
        Style.SIGNATURE: set_apart,
        Style.DISCLAIMER: set_apart,
    }


def _look(
    body: QFont,
    *,
    after: int,
    between: int,
    before: int = 0,
    indent: int = 0,
    hang: int = 0,
    scale: float = 1,
    leading: float = LEADING,
    bold: bool = False,
    colour: QColor | None = None,
) -> Look:
    font = QFont(body)
    font.setPointSizeF(body.pointSizeF() * scale)
    font.setBold(bold)
    metrics = QFontMetricsF(font)
    pitch = round(metrics.height() * leading)
    above = round((pitch - metrics.height()) / 2 + metrics.ascent())
    shape = None
    if font != body or colour is not None:
        shape = QTextCharFormat()
        shape.setFontPointSize(font.pointSizeF())
        shape.setFontWeight(font.weight())
        if colour is not None:
            shape.setForeground(colour)
    return Look(shape, above, pitch - above, before, after, between, indent, hang)


class PageLayout(QPlainTextDocumentLayout):
    """Lays out a document whose blocks are of the given kinds, each when it is first asked for."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._kinds: Sequence[Kind] = ()
        self._stops: dict[tuple[int, float], list[float] | None] = {}
        self._looks: dict[Style, Look] = {}
        self.closed: set[int] = set()

    def set_kinds(self, kinds: Sequence[Kind]) -> None:
        """The kind of each block, by block number; to be told before the text changes."""
        self._kinds = kinds
        self._stops = {}

    def set_looks(self, looks: dict[Style, Look]) -> None:
        """The look of each style; holds for blocks laid out from now on."""
        self._looks = looks
        self._stops = {}

    def kind(self, block: QTextBlock) -> Kind:
        """The kind of a block."""
        number = block.blockNumber()
        return self._kinds[number] if number < len(self._kinds) else Kind()

    def look(self, kind: Kind) -> Look:
        """The look of a kind of block."""
        return self._looks[kind.style]

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """A block's rectangle, space between paragraphs included; lays the block out when it has
        not been."""
        if not self._looks or not block.isValid() or not block.isVisible():
            return super().blockBoundingRect(block)
        closed = block.blockNumber() in self.closed
        kind = self.kind(block)
        look = self._looks[kind.style]
        layout = block.layout()
        if look.format is not None and not layout.lineCount():
            _format(layout, look.format, block.length() - 1)
        rect = super().blockBoundingRect(block)
        count = layout.lineCount()
        if not count:
            return rect
        if layout.lineAt(0).y() == 0:
            if look.indent:
                _indent(block, layout, look, kind, only_first=closed)
            elif kind.style is Style.TABLE:
                self._line_up(block, look)
            _spread(layout, look, look.before if kind.begins else 0, _mirrored(block))
            count = layout.lineCount()
            if block.lineCount() != count:
                block.setLineCount(count)
                self.documentSizeChanged.emit(self.documentSize())
        last = layout.lineAt(count - 1)
        bottom = round(last.y() + last.ascent()) + look.below
        if not block.next().isValid():
            bottom += look.above + look.below
        elif kind.ends or closed:
            same = not closed and self.kind(block.next()).style is kind.style
            bottom += look.between if same else look.after
        rect.setHeight(bottom)
        return rect

    def _line_up(self, block: QTextBlock, look: Look) -> None:
        """Sets a row of a table so that its columns stand below those of the rows around it."""
        font = QFont(self.document().defaultFont())
        if look.format is not None:
            font.setPointSizeF(look.format.fontPointSize())
        metrics = QFontMetricsF(font)
        width = block.layout().lineAt(0).width()
        here = (block.blockNumber(), width)
        if here not in self._stops:
            table = self._table_around(block)
            found = tables.stops([row.text() for row in table], metrics, width)
            self._stops |= dict.fromkeys(((row.blockNumber(), width) for row in table), found)
        places = self._stops[here]
        if places is None:
            own = tables.own_stops(block.text(), metrics)
            tables.set_stops(block.layout(), own, 2 * tables.GAP * metrics.height())
        else:
            tables.set_stops(block.layout(), places, places[-1] if places else 0)

    def _table_around(self, block: QTextBlock) -> list[QTextBlock]:
        """The rows of the table that the block is in: all, or in a very long one those nearby."""
        rows = [block]
        for step in (QTextBlock.previous, QTextBlock.next):
            row = step(block)
            while row.isValid() and self.kind(row).style is Style.TABLE and len(rows) < _TABLE:
                rows.append(row)
                row = step(row)
        return rows


def _indent(
    block: QTextBlock, layout: QTextLayout, look: Look, kind: Kind, *, only_first: bool
) -> None:
    """Breaks the block's lines anew, narrower and moved in. Of a hanging one the first line is less
    so, and the tab behind its number ends where the other lines begin. Of the block that begins a
    closed fold only a part of the first line is shown, with room for a label behind it."""
    edge = layout.lineAt(0).x()
    whole = layout.lineAt(0).width()
    mirrored = _mirrored(block)
    if look.hang:
        option = layout.textOption()
        option.setTabStopDistance(look.hang)
        layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        first = line.textStart() == 0 and kind.begins
        indent = look.indent if first else look.indent + look.hang
        line.setLeadingIncluded(True)
        line.setLineWidth(whole / 2 if only_first else max(whole - indent, whole / 2))
        line.setPosition(QPointF(edge if mirrored else edge + indent, 0))
        if only_first:
            break
    layout.endLayout()


def _mirrored(block: QTextBlock) -> bool:
    return block.textDirection() == Qt.LayoutDirection.RightToLeft


def _format(layout: QTextLayout, shape: QTextCharFormat, length: int) -> None:
    whole = QTextLayout.FormatRange()
    whole.start = 0
    whole.length = length
    whole.format = shape
    layout.setFormats([whole])


def _spread(layout: QTextLayout, look: Look, before: int, mirrored: bool) -> None:
    """Moves the lines onto baselines `above + below` apart, mirrored ones to the right edge.

    A line with taller characters than the face's own gets the room it needs. No first line stays
    at 0, which means "not yet spread".
    """
    top = float(before)
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        ascent = line.ascent()
        baseline = top + max(look.above, round(ascent) + 1)
        left = line.x() + (line.width() - line.naturalTextWidth() if mirrored else 0)
        line.setPosition(QPointF(left, baseline - ascent))
        top = baseline + max(look.below, round(line.height() - ascent))
