"""How blocks are set: leading, the space between paragraphs, indents, and a face for each style.

QPlainTextEdit's layout, the fast one, packs lines tight and knows no block formats. Here each
block that comes into view is set once more: its lines are moved onto a grid of baselines.
"""

from __future__ import annotations

import re
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
from PySide6.QtWidgets import QApplication, QPlainTextDocumentLayout

from coder.domain.model import Style
from coder.domain.text import Utf16Map
from coder.ui.reader import tables
from coder.ui.reader.colours import ReaderColours
from coder.ui.reader.display import Kind
from coder.ui.reader.tables import Column

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
_FULL, _FEWEST, _TRIES = 0.87, 3, 4
_ITEM = re.compile(r"\s*(?:[•◦▪‣·*–—-]|\(?[0-9A-Za-z]{1,4}[.)]) +")
"""The mark of a list's item, as those who write put it: `•`, `2.`, `(b)`."""
_NUMBERED = re.compile(r"(\S{1,7})\t")
"""The same, or the number of a paragraph, with a tab behind it."""
MEASURE = 72
"""Characters on a full line, about: the column's width. Ragged lines come out at nearly 70."""

_SAMPLE = "the volunteers who came in the first week are still coming to us, and we need them "


@dataclass(frozen=True)
class Look:
    """How blocks of a style are set; lengths in pixels, `above` and `below` from the baseline.

    `between` stands for `after` where a paragraph of the same style follows; `gap` is room above
    the first of several.
    """

    format: QTextCharFormat | None
    above: int
    below: int
    before: int
    after: int
    between: int
    indent: int = 0
    hang: int = 0
    gap: int = 0


_SMALL = 0.78


def reading_font(points: float) -> QFont:
    """The face for reading, at `points`: the first of `FACES` that is installed."""
    font = QFont()
    font.setFamilies(FACES)
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(points)
    return font


def small_font(text: QFont) -> QFont:
    """The face of what stands beside the text: the window's own, smaller than that of the text."""
    font = QFont(QApplication.font())
    font.setPointSizeF(text.pointSizeF() * _SMALL)
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
        Style.NOTE: _look(font, scale=0.85, colour=muted, after=gap, between=gap // 3, gap=gap),
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
    gap: int = 0,
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
    return Look(shape, above, pitch - above, before, after, between, indent, hang, gap)


class PageLayout(QPlainTextDocumentLayout):
    """Lays out a document whose blocks are of the given kinds, each when it is first asked for.

    `version` goes up whenever lines are broken anew.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.version = 0
        self._page_gap = 0
        self._kinds: Sequence[Kind] = ()
        self._tables: dict[tuple[int, float], list[Column] | None] = {}
        self._cells: dict[int, list[int]] = {}
        self._known: dict[int, QRectF] = {}
        self._looks: dict[Style, Look] = {}
        self.closed: set[int] = set()

    def set_kinds(self, kinds: Sequence[Kind]) -> None:
        """The kind of each block, by block number; to be told before the text changes."""
        self._kinds = kinds
        self._forget()

    def set_looks(self, looks: dict[Style, Look]) -> None:
        """The look of each style; holds for blocks laid out from now on. Without looks they are
        laid out plainly."""
        self._looks = looks
        body = looks.get(Style.BODY)
        self._page_gap = round((body.above + body.below) * 1.4) if body else 0
        self._forget()

    def _forget(self) -> None:
        self.version += 1
        self._tables = {}
        self._cells = {}
        self._known = {}

    def kind(self, block: QTextBlock) -> Kind:
        """The kind of a block."""
        number = block.blockNumber()
        return self._kinds[number] if number < len(self._kinds) else Kind()

    def look(self, kind: Kind) -> Look:
        """The look of a kind of block."""
        return self._looks[kind.style]

    def room_above(self, kind: Kind) -> int:
        """The room above the first line of a kind of block, in pixels."""
        look = self._looks[kind.style]
        room = look.before if kind.begins else 0
        return room + (look.gap if kind.first else 0) + (self._page_gap if kind.page else 0)

    def cells(self, block: QTextBlock) -> list[int]:
        """The cell of each line of a table's row whose cells stand side by side; else empty."""
        return self._cells.get(block.blockNumber(), [])

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """A block's rectangle, space between paragraphs included; lays the block out when it has
        not been."""
        number = block.blockNumber()
        known = self._known.get(number)
        if known is not None and _is_set(block.layout()):
            return known
        if not self._looks or not block.isValid() or not block.isVisible():
            return super().blockBoundingRect(block)
        kind = self.kind(block)
        look = self._looks[kind.style]
        layout = block.layout()
        if look.format is not None and not layout.lineCount():
            _format(layout, look.format, block.length() - 1)
        rect = super().blockBoundingRect(block)
        if not layout.lineCount():
            return rect
        if not _is_set(layout):
            self._set(block, kind, look)
        rect.setHeight(self._height(block, kind, look))
        self._known[number] = rect
        return rect

    def _set(self, block: QTextBlock, kind: Kind, look: Look) -> None:
        """Breaks the block's lines as its style wants it, and puts them in their places."""
        self.version += 1
        layout = block.layout()
        closed = block.blockNumber() in self.closed
        cells: list[int] = []
        mirrored = _mirrored(block)
        if closed:
            _set_closed(layout, look, mirrored=mirrored)
        elif kind.parts:
            cells = self._line_up(block, kind, look)
        else:
            _set_lines(layout, look, kind, self._hang(block, look), mirrored=mirrored)
        self._cells[block.blockNumber()] = cells
        _spread(layout, look, self.room_above(kind), cells, mirrored)
        count = layout.lineCount()
        if block.lineCount() != count:
            block.setLineCount(count)
            self.documentSizeChanged.emit(self.documentSize())

    def _height(self, block: QTextBlock, kind: Kind, look: Look) -> int:
        layout = block.layout()
        closed = block.blockNumber() in self.closed
        bottom = _lower_edge(layout, layout.lineCount() - 1, look)
        if self.cells(block):
            bottom = max(_lower_edge(layout, at, look) for at in range(layout.lineCount()))
        if not block.next().isValid():
            bottom += look.above + look.below
        elif kind.ends or closed:
            same = not closed and self.kind(block.next()).style is kind.style
            bottom += look.between if same else look.after
        return bottom

    def _line_up(self, block: QTextBlock, kind: Kind, look: Look) -> list[int]:
        """Sets a row of a table so that its cells stand below those of the rows around it, and
        gives the cell of each line; where they cannot, one below the other."""
        metrics = self._metrics(look)
        layout = block.layout()
        width = layout.lineAt(0).width()
        here = (block.blockNumber(), width)
        if here not in self._tables:
            table = self._table_around(block)
            rows = [tables.parted(row.text(), self.kind(row).parts) for row in table]
            found = tables.columns(rows, metrics, width)
            self._tables |= dict.fromkeys(((row.blockNumber(), width) for row in table), found)
        places = self._tables[here]
        units = Utf16Map(block.text())
        parts = [units.to_units(part) for part in kind.parts]
        if places is not None and kind.begins and kind.ends:
            cells = tables.set_cells(layout, parts, places)
            if cells:
                return cells
        tables.stack_cells(layout, parts, 2 * tables.GAP * metrics.height())
        return []

    def _hang(self, block: QTextBlock, look: Look) -> int:
        """How far lines after the first stand in: as far as the words behind the item's mark, or
        behind the number of a paragraph and its tab."""
        while not self.kind(block).begins and block.previous().isValid():
            block = block.previous()
        text = block.text()
        metrics = self._metrics(look)
        number = _NUMBERED.match(text)
        if number:
            wide = metrics.horizontalAdvance(number[1]) + metrics.height() / 2
            return round(max(2 * metrics.height(), wide))
        mark = _ITEM.match(text) if look.hang else None
        return round(metrics.horizontalAdvance(mark[0])) if mark else look.hang

    def _metrics(self, look: Look) -> QFontMetricsF:
        font = QFont(self.document().defaultFont())
        if look.format is not None:
            font.setPointSizeF(look.format.fontPointSize())
            font.setWeight(QFont.Weight(look.format.fontWeight()))
        return QFontMetricsF(font)

    def _table_around(self, block: QTextBlock) -> list[QTextBlock]:
        """The rows of the table that the block is in: all, or in a very long one those nearby."""
        rows = [block]
        for step in (QTextBlock.previous, QTextBlock.next):
            row = step(block)
            while row.isValid() and self.kind(row).style is Style.TABLE and len(rows) < _TABLE:
                rows.append(row)
                row = step(row)
        return rows


@dataclass(frozen=True)
class _Measure:
    """How a block's lines are broken: between which edges, in pixels."""

    edge: float
    whole: float
    first: float
    later: float
    mirrored: bool

    def broken(self, layout: QTextLayout, cuts: tuple[float, float] = (0, 0), many: int = 0) -> int:
        """Breaks the text into lines, the first `many` narrower by the first of the cuts and the
        others by the second; how many there are."""
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            cut = cuts[0] if line.lineNumber() < many else cuts[1]
            indent = self.later if line.textStart() else self.first
            line.setLeadingIncluded(True)
            line.setLineWidth(max(self.whole - indent, self.whole / 2) - cut)
            line.setPosition(QPointF(self.edge + (cut if self.mirrored else indent), 0))
        layout.endLayout()
        return layout.lineCount()


def _set_lines(layout: QTextLayout, look: Look, kind: Kind, hang: int, *, mirrored: bool) -> None:
    """Breaks the block's lines anew where they are to be moved in, or to be full to the last. Of a
    list's item the first line is moved in less, and the tab behind its mark ends where the other
    lines begin."""
    if not (look.indent or hang) and kind.ends:
        return
    if hang:
        option = layout.textOption()
        option.setTabStopDistance(hang)
        layout.setTextOption(option)
    later = look.indent + hang
    first = look.indent if kind.begins else later
    line = layout.lineAt(0)
    measure = _Measure(line.x(), line.width(), first, later, mirrored)
    if look.indent or hang:
        measure.broken(layout)
    if not kind.ends:
        _fill(layout, measure)


def _fill(layout: QTextLayout, measure: _Measure) -> None:
    """Makes the lines of a text that goes on in the next block a little narrower, so that the last
    is about as long as the others and nothing tells where the text was parted."""
    count = layout.lineCount()
    if count < _FEWEST or _is_full(layout):
        return
    little, much = 0.0, measure.whole * 2 / (count + 1)
    cut = measure.whole * (1 - _fullness(layout)) / count
    for _ in range(_TRIES):
        if measure.broken(layout, (cut, cut)) > count:
            much = cut
        elif _is_full(layout):
            return
        else:
            little = cut
        cut = (little + much) / 2
    few, many = 0, count
    while many - few > 1:  # where lines are alike, a little less width moves words in all of them
        some = (few + many) // 2
        if measure.broken(layout, (much, little), some) > count:
            many = some
        elif _is_full(layout):
            return
        else:
            few = some
    measure.broken(layout, (much, little), few)


def _fullness(layout: QTextLayout) -> float:
    last = layout.lineAt(layout.lineCount() - 1)
    return last.naturalTextWidth() / last.width()


def _is_full(layout: QTextLayout) -> bool:
    return _fullness(layout) > _FULL


def _set_closed(layout: QTextLayout, look: Look, *, mirrored: bool) -> None:
    """Leaves of the block that begins a closed fold only a part of its first line, with room for a
    label behind it."""
    edge, whole = layout.lineAt(0).x(), layout.lineAt(0).width()
    layout.beginLayout()
    line = layout.createLine()
    line.setLeadingIncluded(True)
    line.setLineWidth(whole / 2)
    line.setPosition(QPointF(edge if mirrored else edge + look.indent, 0))
    layout.endLayout()


def _mirrored(block: QTextBlock) -> bool:
    return block.textDirection() == Qt.LayoutDirection.RightToLeft


def _format(layout: QTextLayout, shape: QTextCharFormat, length: int) -> None:
    whole = QTextLayout.FormatRange()
    whole.start = 0
    whole.length = length
    whole.format = shape
    layout.setFormats([whole])


def _is_set(layout: QTextLayout) -> bool:
    """Whether lines are broken and in their places: no first line stays at 0."""
    return layout.lineCount() > 0 and layout.lineAt(0).y() != 0


def _lower_edge(layout: QTextLayout, index: int, look: Look) -> int:
    line = layout.lineAt(index)
    return round(line.y() + line.ascent()) + look.below


def _spread(
    layout: QTextLayout, look: Look, before: int, cells: Sequence[int], mirrored: bool
) -> None:
    """Moves the lines onto baselines `above + below` apart, mirrored ones to the right edge, those
    of each cell from the top on. A line with taller characters than the face's own gets the room it
    needs.
    """
    top = float(before)
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        if cells and index and cells[index] != cells[index - 1]:
            top = float(before)
        ascent = line.ascent()
        baseline = top + max(look.above, round(ascent) + 1)
        left = line.x() + (line.width() - line.naturalTextWidth() if mirrored else 0)
        line.setPosition(QPointF(left, baseline - ascent))
        top = baseline + max(look.below, round(line.height() - ascent))
