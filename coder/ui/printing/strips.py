"""What of a text must not be torn where a page ends: lines, rows, and what belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextDocument, QTextFormat, QTextTable

_KEEP = "keep"
"""The name of the anchor that `coder.domain.printed.KEEP` is."""

_WHOLE, _WHOLE_QUOTE, _ENDS = 4, 12, 2
"""A paragraph and a quote of so many lines are never torn apart; of longer ones so many lines stay
together at either end."""


@dataclass(frozen=True, slots=True)
class Strip:
    """What is never torn: a line of text or a row of a table, by where it stands in its document.
    `glued` says that the next one must stay on the same page; `head` is where the headings of its
    table stand, None outside of tables and for the headings themselves."""

    top: float
    bottom: float
    glued: bool
    head: tuple[float, float] | None = None


def strips(document: QTextDocument) -> Iterator[Strip]:
    """What of a document must not be torn, from top to bottom."""
    at = document.rootFrame().begin()
    while not at.atEnd():
        frame, block = at.currentFrame(), at.currentBlock()
        if isinstance(frame, QTextTable):
            yield from _rows(document, frame)
        elif block.isValid() and block.text():
            yield from _lines(document, block)
        at += 1


def _lines(document: QTextDocument, block: QTextBlock) -> Iterator[Strip]:
    document.documentLayout().blockBoundingRect(block)  # sets it, where it is not set yet
    layout, shape = block.layout(), block.blockFormat()
    number = layout.lineCount()
    quoted = shape.intProperty(QTextFormat.Property.BlockQuoteLevel) > 0
    kept = quoted or shape.headingLevel() > 0 or _KEEP in _names(block)
    whole = number <= (_WHOLE_QUOTE if quoted else _WHOLE)
    for place in range(number):
        line = layout.lineAt(place)
        top = layout.position().y() + line.y()
        last = place == number - 1
        end = place < _ENDS - 1 or place >= number - _ENDS
        yield Strip(top, top + line.height(), kept if last else whole or end)


def _rows(document: QTextDocument, table: QTextTable) -> Iterator[Strip]:
    layout = document.documentLayout()
    heads, rows = table.format().headerRowCount(), table.rows()
    rect, padding = layout.frameBoundingRect(table), table.format().cellPadding()
    tops = [
        min(
            layout.blockBoundingRect(table.cellAt(row, place).firstCursorPosition().block()).top()
            for place in range(table.columns())
        )
        - padding
        for row in range(rows)
    ]
    bottoms = [*tops[1:], rect.bottom()]
    head = (tops[0], bottoms[heads - 1]) if heads else None
    for row in range(rows):
        glued = row < heads or row == rows - 2
        yield Strip(tops[row], bottoms[row], glued, head if row >= heads else None)


def chunks(found: Iterable[Strip]) -> Iterator[list[Strip]]:
    """The strips in groups that must stay on one page."""
    chunk: list[Strip] = []
    for strip in found:
        chunk.append(strip)
        if not strip.glued:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def anchors(document: QTextDocument) -> Iterator[tuple[float, str]]:
    """Where in a document its anchors stand."""
    block = document.begin()
    while block.isValid():
        for name in _names(block):
            if name != _KEEP:
                yield document.documentLayout().blockBoundingRect(block).top(), name
        block = block.next()


def _names(block: QTextBlock) -> Iterator[str]:
    at = block.begin()
    while not at.atEnd():
        yield from at.fragment().charFormat().anchorNames()
        at += 1
