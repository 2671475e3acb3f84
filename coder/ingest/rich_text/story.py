"""The paragraphs, cells and boxes of one story of an RTF file, as they come."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from coder.domain.model import Style
from coder.ingest.beside import Part

_LONGEST_HEADING = 250
_DEEPEST = 50
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f]")


@dataclass
class _Table:
    """A table at one depth: the row at hand and the paragraphs of its cell at hand."""

    cells: list[list[Part]] = field(default_factory=list)
    cell: list[Part] = field(default_factory=list)


@dataclass
class Story:
    """A body, a note, a text box: `parts` holds its paragraphs so far. A row of a table is one
    paragraph with tabs between its cells; the only cell of a row is a frame around paragraphs."""

    parts: list[Part] = field(default_factory=list)
    boxes: list[Part] = field(default_factory=list)
    label: str = ""

    def __post_init__(self) -> None:
        self._line: list[str] = []
        self._tables: list[_Table] = []

    def write(self, text: str) -> None:
        """Goes on with the paragraph."""
        self._line.append(text)

    def end_paragraph(self, depth: int = 0, *, heading: bool = False) -> None:
        """Ends the paragraph, which lies in so many tables."""
        text = _whole("".join(self._line)).strip("\n")
        label, self.label = self.label, ""
        self._line.clear()
        into = self._at(depth)
        if text.strip():
            heads = heading and len(text) <= _LONGEST_HEADING
            style = Style.HEADING if heads else Style.LIST if label else Style.BODY
            into.append((f"{label}\t{text.lstrip()}" if label else text, style))
        into += self.boxes
        self.boxes.clear()

    def end_cell(self, depth: int) -> None:
        """Ends a cell of a table at this depth, from 1."""
        depth = min(depth, _DEEPEST)
        self.end_paragraph(depth)
        for inner in range(len(self._tables), depth, -1):
            self.end_row(inner)
        table = self._tables[depth - 1]
        table.cells.append(table.cell)
        table.cell = []

    def end_row(self, depth: int) -> None:
        """Ends a row of a table at this depth, from 1."""
        depth = min(depth, _DEEPEST)
        if self._line:
            self.end_paragraph(depth)
        if len(self._tables) < depth:
            return
        for inner in range(len(self._tables), depth, -1):
            self.end_row(inner)
        table = self._tables[depth - 1]
        cells = [*table.cells, table.cell] if table.cell else table.cells
        del self._tables[depth - 1 :]
        above = self._at(depth - 1)
        if len(cells) == 1:
            above += cells[0]
            return
        texts = ["\n".join(text.strip() for text, _ in cell) for cell in cells]
        row = "\t".join(texts).rstrip("\t")
        if row.strip():
            above.append((row, Style.TABLE))

    def close(self) -> None:
        """Ends whatever is still open."""
        self.end_paragraph(len(self._tables))
        while self._tables:
            self.end_row(len(self._tables))

    def text(self) -> str:
        """The paragraphs as lines, where the story stands beside the text."""
        self.close()
        return "\n".join(text.strip() for text, _ in self.parts)

    def _at(self, depth: int) -> list[Part]:
        """Where a paragraph goes that lies in so many tables; rows that were left open further
        in are kept for the cell they lie in."""
        if depth <= 0:
            while self._tables:
                self.end_row(len(self._tables))
            return self.parts
        depth = min(depth, _DEEPEST)
        while len(self._tables) < depth:
            self._tables.append(_Table())
        return self._tables[depth - 1].cell


def _whole(text: str) -> str:
    """With whole characters where there are surrogates, and without control characters."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("", text)
