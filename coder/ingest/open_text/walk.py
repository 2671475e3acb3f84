"""Walks an OpenDocument text and gives what a reader of it sees, once and in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat

from coder.domain.model import Style
from coder.ingest.beside import Part, comment, note_mark
from coder.ingest.open_text.names import q
from coder.ingest.open_text.styles import Count, Styles, whole
from coder.ingest.packed.package import Element

_SPACE = re.compile(r"[ \t\r\n]+")
_LONGEST_HEADING = 250
_WIDEST = 1000
_COLUMNS = "table:number-columns-repeated"
_MOST_REPEATED = 1_000_000
"""Characters that a text may have by saying that something stands there several times."""

_UNSEEN = frozenset(
    map(
        q,
        (
            *("text:tracked-changes", "text:number", "text:script", "office:annotation-end"),
            *("office:forms", "office:scripts", "svg:title", "svg:desc", "office:event-listeners"),
            *("text:table-of-content-source", "text:alphabetical-index-source"),
            *("text:illustration-index-source", "text:table-index-source"),
            *("text:object-index-source", "text:user-index-source", "text:bibliography-source"),
            *("text:section-source", "office:dde-source", "text:ruby-text", "draw:glue-point"),
            *("draw:image-map", "draw:enhanced-geometry", "table:table-source"),
        ),
    )
)
_SHAPES = frozenset(
    map(
        q,
        (
            *("draw:frame", "draw:g", "draw:custom-shape", "draw:rect", "draw:ellipse"),
            *("draw:circle", "draw:line", "draw:polyline", "draw:polygon", "draw:regular-polygon"),
            *("draw:path", "draw:connector", "draw:caption", "draw:measure", "draw:control"),
        ),
    )
)


@dataclass
class Findings:
    """What a walk came upon beside the text: notes in the order of their marks, each with its
    mark, comments, and things not read."""

    notes: list[Part] = field(default_factory=list)
    comments: list[Part] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)


@dataclass
class _Item:
    """An item of a list whose number no paragraph has taken yet."""

    count: Count
    style: str
    level: int
    start: int | None


class Walk:
    """One pass over one part. `embedded` gives the root of an object inside the file by its name,
    or None."""

    def __init__(
        self, styles: Styles, findings: Findings, embedded: Callable[[str], Element | None]
    ) -> None:
        self._styles = styles
        self._findings = findings
        self._embedded = embedded
        self._parts: list[Part] = []
        self._boxes: list[Part] = []
        self._line: list[str] = []
        self._item: _Item | None = None
        self._lists: list[tuple[Count, str]] = []
        self._known: dict[str, tuple[Count, str]] = {}
        self._outline = Count()
        self._spare = _MOST_REPEATED

    def gather(self, parent: Element) -> list[Part]:
        """The paragraphs of a story of its own: a body, a cell, a text box, a note."""
        kept = self._parts, self._boxes, self._line, self._item, self._lists
        self._parts, self._boxes, self._line, self._item, self._lists = [], [], [], None, []
        self._blocks(parent)
        found = self._parts
        self._parts, self._boxes, self._line, self._item, self._lists = kept
        return found

    def text(self, parent: Element) -> str:
        """The paragraphs of a story as lines."""
        return "\n".join(text.strip() for text, _ in self.gather(parent) if text.strip())

    def _blocks(self, parent: Element) -> None:
        for element in _seen(parent):
            if element.tag in (q("text:p"), q("text:h")):
                self._paragraph(element)
            elif element.tag == q("text:list"):
                self._list(element)
            elif element.tag == q("text:numbered-paragraph"):
                self._numbered_paragraph(element)
            elif element.tag == q("table:table"):
                self._table(element)
            elif element.tag in _SHAPES:
                self._shape(element)
                self._parts += self._boxes
                self._boxes = []
            else:
                self._blocks(element)

    def _paragraph(self, element: Element) -> None:
        name = element.get(q("text:style-name"), "")
        hidden = any(
            mark.get(q("text:is-hidden")) == "true"
            for mark in element.iter(q("text:hidden-paragraph"))
        )
        if hidden or self._styles.hidden("paragraph", name):
            return
        label = self._label(element, name)
        self._line = []
        self._inline(element)
        text = "".join(self._line).strip("\n").rstrip(" ")
        heads = element.tag == q("text:h") or self._styles.heading(name)
        if text.strip():
            short = heads and len(text) <= _LONGEST_HEADING
            style = Style.HEADING if short else Style.LIST if label else Style.BODY
            self._parts.append((f"{label}\t{text}" if label else text, style))
        self._parts += self._boxes
        self._boxes = []

    def _label(self, element: Element, name: str) -> str:
        """The number of a paragraph in a list, or of a heading by the outline."""
        item, self._item = self._item, None
        written = element.find(q("text:number"))
        if item:
            levels = self._styles.levels(item.style or self._styles.list_of(name))
            label = item.count.label(levels, item.level, item.start)
        elif element.tag == q("text:h") and not self._lists and _numbered(element):
            level = whole(element, "text:outline-level", 1)
            label = self._outline.label(self._styles.outline, level)
        else:
            label = ""
        return label if written is None else (written.text or "").strip()

    def _list(self, element: Element) -> None:
        """A list inside another goes on one level deeper, in its count."""
        style = element.get(q("text:style-name"), "")
        if self._lists:
            count, outer = self._lists[-1]
            one = count, style or outer
        else:
            one = self._continued(element, style) or (Count(), style)
        self._known[element.get(q("xml:id"), "")] = self._known[f" {one[1]}"] = one
        self._lists.append(one)
        for item in _seen(element):
            start = whole(item, "text:start-value", -1)
            if item.tag == q("text:list-item"):
                self._item = _Item(*one, len(self._lists), start if start >= 0 else None)
            self._blocks(item)
            self._item = None
        self._lists.pop()

    def _numbered_paragraph(self, element: Element) -> None:
        """An item of a list that has no element of its own (ODF 1.3 part 3, 5.3.6)."""
        style = element.get(q("text:style-name"), "")
        name = f"#{element.get(q('text:list-id'), '')}"
        count, known = self._known.setdefault(name, (Count(), style))
        start = whole(element, "text:start-value", -1)
        level = whole(element, "text:level", 1)
        self._item = _Item(count, style or known, level, start if start >= 0 else None)
        self._blocks(element)
        self._item = None

    def _continued(self, element: Element, style: str) -> tuple[Count, str] | None:
        earlier = self._known.get(element.get(q("text:continue-list")) or "-")
        if earlier is None and element.get(q("text:continue-numbering")) == "true":
            earlier = self._known.get(f" {style}")
        return (earlier[0], style or earlier[1]) if earlier else None

    def _table(self, table: Element) -> None:
        """A row is a paragraph; the only cell of a row is a frame around paragraphs."""
        for row in _rows(table):
            cells = list(_cells(row))
            if len(cells) == 1 and (cells[0] is None or not whole(cells[0], _COLUMNS)):
                self._parts += [] if cells[0] is None else self.gather(cells[0])
                continue
            joined = "\t".join(self._cell_texts(cells)).rstrip("\t")
            if joined.strip():
                times = whole(row, "table:number-rows-repeated", 1)
                self._parts += [(joined, Style.TABLE)] * self._times(joined, times)

    def _cell_texts(self, cells: Iterable[Element | None]) -> Iterator[str]:
        """The texts of cells, of a repeated one as often as it stands there."""
        for cell in cells:
            text = "" if cell is None else self.text(cell)
            times = 1 if cell is None else whole(cell, _COLUMNS, 1)
            yield from repeat(text, self._times(f"{text}\t", times))

    def _times(self, text: str, times: int) -> int:
        """How often a text that is said to stand there `times` times is put there."""
        more = max(0, min(times - 1, self._spare // len(text)))
        self._spare -= more * len(text)
        return 1 + more

    def _inline(self, parent: Element) -> None:
        self._write(parent.text)
        for element in parent:
            if isinstance(element.tag, str) and not _left_out(element):
                self._piece(element)
            self._write(element.tail)

    def _write(self, text: str | None) -> None:
        """White space is one space, and none at the start of a line (ODF 1.3 part 3, 6.1.2)."""
        text = _SPACE.sub(" ", text or "")
        if not self._line or self._line[-1][-1:] in (" ", "\n", "\t"):
            text = text.lstrip(" ") if not self._line or self._line[-1][-1:] != "\t" else text
        if text:
            self._line.append(text)

    def _piece(self, element: Element) -> None:
        tag = element.tag
        if tag == q("text:s"):
            self._line.append(" " * self._times(" ", whole(element, "text:c", 1)))
        elif tag == q("text:tab"):
            self._line.append("\t")
        elif tag == q("text:line-break"):
            self._line.append("\n")
        elif tag == q("text:note"):
            self._note(element)
        elif tag == q("office:annotation"):
            self._comment(element)
        elif tag == q("text:ruby"):
            self._ruby(element)
        elif tag in _SHAPES:
            self._shape(element)
        elif tag != q("text:span") or not self._styles.hidden(
            "text", element.get(q("text:style-name"), "")
        ):
            self._inline(element)

    def _note(self, element: Element) -> None:
        citation = element.find(q("text:note-citation"))
        own = "" if citation is None else citation.get(q("text:label"), "")
        place = len(self._findings.notes)
        mark = own or note_mark(place + 1)
        self._line.append(mark)
        self._findings.notes.append(("", Style.NOTE))
        body = element.find(q("text:note-body"))
        text = "" if body is None else self.text(body)
        self._findings.notes[place] = (f"{mark} {text}" if text else "", Style.NOTE)

    def _comment(self, element: Element) -> None:
        author = (element.findtext(q("dc:creator")) or "").strip()
        for told in (q("dc:creator"), q("dc:date")):
            for one in element.findall(told):
                element.remove(one)
        text = self.text(element)
        if text:
            self._findings.comments.append(comment(author, text))

    def _ruby(self, element: Element) -> None:
        """A reading aid stands above its base; on a line it follows in brackets."""
        self._inline(element)
        above = "".join(element.findtext(q("text:ruby-text")) or "").strip()
        if above:
            self._line.append(f"({above})")

    def _shape(self, element: Element) -> None:
        """A drawing, of which the words are read: a box's, a shape's own, those of a chart."""
        if element.tag == q("draw:control"):
            self._findings.unread["form field"] += 1
        elif element.tag != q("draw:frame"):
            self._boxes += self.gather(element)
        else:
            self._frame(element)

    def _frame(self, frame: Element) -> None:
        """What is in a frame comes in one or more forms, the best first (10.4.2)."""
        kinds = {child.tag: child for child in reversed(frame) if child.tag not in _UNSEEN}
        if q("draw:text-box") in kinds:
            self._boxes += self.gather(kinds[q("draw:text-box")])
        elif q("draw:object") in kinds:
            self._object(kinds[q("draw:object")])
        elif q("table:table") in kinds:
            self._boxes += self.gather(frame)
        elif q("draw:image") in kinds:
            self._findings.unread["picture"] += 1
            self._boxes += self.gather(kinds[q("draw:image")])
        elif kinds:
            self._findings.unread["embedded file"] += 1

    def _object(self, element: Element) -> None:
        """A formula as it was typed, the words and figures of a chart; other files are counted."""
        inside = element.find(f"{q('office:document')}")
        if inside is None:
            inside = element.find(q("math:math"))
        root = self._embedded(element.get(q("xlink:href"), "")) if inside is None else inside
        if root is not None and root.tag == q("math:math"):
            typed = root.findtext(f".//{q('math:annotation')}")
            self._write(typed or "".join(root.itertext()))
            return
        chart = None if root is None else root.find(f".//{q('office:chart')}")
        if chart is None:
            self._findings.unread["embedded file"] += 1
        else:
            self._boxes += self.gather(chart)


def _left_out(element: Element) -> bool:
    if element.tag in _UNSEEN:
        return True
    hidden = element.get(q("text:is-hidden")) == "true"
    return hidden or bool(element.get(q("text:display")) == "none")


def _seen(parent: Element) -> Iterator[Element]:
    for child in parent:
        if isinstance(child.tag, str) and not _left_out(child):
            yield child


def _numbered(heading: Element) -> bool:
    return bool(heading.get(q("text:is-list-header")) != "true")


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, also those in groups and among its headings."""
    for child in _seen(table):
        if child.tag == q("table:table-row"):
            yield child
        elif child.tag != q("table:table-column"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element | None]:
    """The cells of a row, a repeated one once; None for one that a cell above covers. One that a
    cell on its left covers is left out."""
    covered = 0
    for cell in _seen(row):
        if cell.tag == q("table:covered-table-cell"):
            columns = max(1, min(_WIDEST, whole(cell, _COLUMNS, 1)))
            above = max(0, columns - covered)
            covered = max(0, covered - columns)
            yield from [None] * above
        elif cell.tag == q("table:table-cell"):
            covered = whole(cell, "table:number-columns-spanned", 1) - 1
            yield cell
