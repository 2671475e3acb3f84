"""Walks the body of a Word file and gives what a reader of Word sees, once and in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from coder.domain.model import Style
from coder.ingest.beside import Part, note_mark
from coder.ingest.field_code import shown
from coder.ingest.packed.package import Element
from coder.ingest.word.chart import chart_parts
from coder.ingest.word.math import linear
from coder.ingest.word.names import (
    ALTERNATIVES,
    CHART,
    CHOICE,
    DIAGRAM,
    FALLBACK,
    IMAGE,
    OFF,
    SPACE,
    VAL,
    WORD_ART,
    a,
    m,
    r,
    w,
)
from coder.ingest.word.numbering import Numbering
from coder.ingest.word.package import Package
from coder.ingest.word.styles import Styles, number, switched_on, value
from coder.ingest.word.symbols import symbol

_LONGEST_HEADING = 250
_WRAP = re.compile(r"[\r\n]+[ \t]*")
_MARKED_OUT = ("del", "moveFrom")

_IGNORED = frozenset(
    map(
        w,
        (
            *("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr"),
            *("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr"),
            *("del", "moveFrom", "delText", "delInstrText"),
        ),
    )
)
_UNDERSTOOD = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "urn:schemas-microsoft-com:",
)


@dataclass
class Findings:
    """What a walk came upon beside the text: notes in the order of their marks, things not read."""

    notes: list[tuple[str, str]] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)


@dataclass
class _Field:
    """A field that is open: its code, until its result begins, and where that begins in the line;
    below 0 where it goes on in another paragraph."""

    code: list[str] = field(default_factory=list)
    coding: bool = True
    result: int = -1


class Walk:
    """One pass over the blocks of one part. `parts` holds the paragraphs met so far."""

    def __init__(
        self, package: Package, part: str, styles: Styles, numbering: Numbering, findings: Findings
    ) -> None:
        self.parts: list[Part] = []
        self._package = package
        self._part = part
        self._styles = styles
        self._numbering = numbering
        self._findings = findings
        self._line: list[str] = []
        self._boxes: list[Part] = []
        self._carried = ""
        self._hidden = False
        self._fields: list[_Field] = []
        self._inline: dict[str, Callable[[Element], None]] = self._handlers()

    def gather(self, parent: Element) -> list[Part]:
        """The paragraphs of a story of its own: a body, a cell, a text box, a note."""
        kept = self.parts, self._carried, self._boxes, self._line, self._hidden
        self.parts, self._carried, self._boxes, self._line = [], "", [], []
        self._blocks(parent)
        self._flush()
        found = self.parts
        self.parts, self._carried, self._boxes, self._line, self._hidden = kept
        return found

    def _blocks(self, parent: Element) -> None:
        for element in _children(parent):
            if element.tag == w("p"):
                self._paragraph(element)
            elif element.tag == w("tbl"):
                self._table(element)
            elif element.tag == w("altChunk"):
                self._chunk(element)
            elif element.tag == w("r"):
                self._stray(element)
            else:
                self._blocks(element)

    def _paragraph(self, paragraph: Element) -> None:
        """Word shows a paragraph whose mark was deleted as the beginning of the next, and so it
        does a large first letter, which is a paragraph of its own."""
        properties = paragraph.find(w("pPr"))
        self._hidden = self._styles.hidden(value(properties, "pStyle") or "")
        joins = _mark_deleted(properties) or _dropped_capital(properties)
        label = "" if joins else self._label(properties)
        text = self._carried + self._text_of(paragraph)
        self._carried = text if joins else ""
        if text.strip() and not joins:
            style = self._style(properties, label, text)
            self.parts.append((f"{label}\t{text}" if label else text, style))
        self._fields = [_Field(coding=False) for _ in self._fields]
        self.parts += self._boxes
        self._boxes = []

    def _stray(self, run: Element) -> None:
        """A run outside any paragraph: not allowed, but not to be lost either."""
        self._line = []
        self._run(run)
        self.parts.append(("".join(self._line), Style.BODY))

    def _text_of(self, paragraph: Element) -> str:
        self._line = []
        self._runs(paragraph)
        return "".join(self._line).strip("\n")

    def _flush(self) -> None:
        """Text whose paragraph mark was deleted and that nothing followed."""
        if self._carried.strip():
            self.parts.append((self._carried, Style.BODY))
        self._carried = ""

    def _label(self, properties: Element | None) -> str:
        style = value(properties, "pStyle") or ""
        own = value(properties, "numPr", "numId")
        list_id = self._styles.number_id(style) if own is None else own
        if list_id is None:
            return ""
        levels: list[int | None] = [number(value(properties, "numPr", "ilvl"))]
        levels += [
            self._numbering.level_of_style(list_id, name) for name, _ in self._styles.chain(style)
        ]
        levels.append(self._styles.level(style) if own is None else None)
        return self._numbering.label(list_id, next((at for at in levels if at is not None), 0))

    def _style(self, properties: Element | None, label: str, text: str) -> Style:
        """A whole paragraph that is set as a heading, only to be numbered, stays a paragraph."""
        outline = number(value(properties, "outlineLvl"))
        name = value(properties, "pStyle") or ""
        heading = self._styles.heading(name) if outline is None else outline < 9
        if heading and len(text) <= _LONGEST_HEADING:
            return Style.HEADING
        return Style.LIST if label else Style.BODY

    def _table(self, table: Element) -> None:
        """A row is a paragraph; the only cell of a row is a frame around paragraphs."""
        self._flush()
        for row in _of_kind(table, w("tr")):
            if _marked_out(row.find(w("trPr")), "del"):
                continue
            cells = [cell for cell in _of_kind(row, w("tc")) if not _left_out(cell)]
            if len(cells) == 1:
                self.parts += [] if _continues(cells[0]) else self.gather(cells[0])
                continue
            texts = ["" if _continues(cell) else self._cell(cell) for cell in cells]
            self.parts.append(("\t".join(texts).rstrip("\t"), Style.TABLE))

    def _cell(self, cell: Element) -> str:
        return "\n".join(text.strip() for text, _ in self.gather(cell) if text.strip())

    def _chunk(self, element: Element) -> None:
        """Leaves a place for a document of another kind that Word shows as part of this one."""
        self._flush()
        link = self._package.relations(self._part).get(element.get(r("id"), ""))
        if link is None or link.external:
            self._findings.unread["linked document"] += 1
            return
        from coder.ingest.word.chunk import chunk_parts

        data = self._package.data(link.target) or b""
        found = (
            None if self._package.inner else chunk_parts(link.target, data, self._findings.unread)
        )
        if found is None:
            self._findings.unread["inserted document"] += 1
        else:
            self.parts += found

    def _runs(self, parent: Element) -> None:
        for element in _children(parent):
            self._inline.get(element.tag, self._runs)(element)

    def _handlers(self) -> dict[str, Callable[[Element], None]]:
        return {
            w("r"): self._run,
            w("t"): self._text,
            m("oMath"): lambda element: self._put(linear(element)),
            w("tab"): lambda _: self._put("\t"),
            w("ptab"): lambda _: self._put("\t"),
            w("br"): lambda _: self._put("\n"),
            w("cr"): lambda _: self._put("\n"),
            w("noBreakHyphen"): lambda _: self._put("\N{NON-BREAKING HYPHEN}"),
            w("softHyphen"): lambda _: self._put("\N{SOFT HYPHEN}"),
            w("sym"): self._symbol,
            w("fldChar"): self._field,
            w("instrText"): self._code,
            w("ruby"): self._ruby,
            w("footnoteReference"): lambda element: self._note("footnotes", element),
            w("endnoteReference"): lambda element: self._note("endnotes", element),
            w("txbxContent"): self._box,
            w("subDoc"): lambda _: self._unread("linked document"),
            w("object"): self._object,
            a("p"): self._drawn_text,
            a("blip"): lambda _: self._unread("picture"),
            IMAGE: lambda _: self._unread("picture"),
            CHART: self._chart,
            DIAGRAM: self._diagram,
            WORD_ART: lambda element: self._boxes.append((element.get("string", ""), Style.BODY)),
        }

    def _put(self, text: str) -> None:
        if not any(one.coding for one in self._fields):
            self._line.append(text)

    def _unread(self, what: str) -> None:
        self._findings.unread[what] += 1

    def _run(self, run: Element) -> None:
        properties = run.find(w("rPr"))
        hidden = switched_on(properties, "vanish")
        if hidden is None:
            hidden = self._hidden or self._styles.hidden(value(properties, "rStyle") or "")
        if not hidden:
            self._runs(run)

    def _text(self, element: Element) -> None:
        """Line ends inside the XML are layout, and spaces beside them only where preserved."""
        text = "".join([element.text or "", *(child.tail or "" for child in element)])
        if "\n" in text or "\r" in text:
            text = _WRAP.sub(" ", text)
            text = text if element.get(SPACE) == "preserve" else text.strip(" ")
        self._put(text)

    def _symbol(self, element: Element) -> None:
        found = symbol(element.get(w("font"), ""), element.get(w("char"), ""))
        if found:
            self._put(found)
        else:
            self._unread("symbol")

    def _field(self, element: Element) -> None:
        """A field's code lies between `begin` and `separate`, its result up to `end`."""
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._put(_form_field(element.find(w("ffData"))))
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].coding = False
            self._fields[-1].result = len(self._line)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if ended.coding or not "".join(self._line[ended.result :]).strip():
                self._put(shown("".join(ended.code)))

    def _code(self, element: Element) -> None:
        if self._fields and self._fields[-1].coding:
            self._fields[-1].code.append(element.text or "")

    def _ruby(self, element: Element) -> None:
        """A reading aid stands above its base; on a line it follows in brackets."""
        for base in element.findall(w("rubyBase")):
            self._runs(base)
        for above in element.findall(w("rt")):
            self._put("(")
            self._runs(above)
            self._put(")")

    def _note(self, kind: str, element: Element) -> None:
        self._findings.notes.append((kind, element.get(w("id"), "")))
        if element.get(w("customMarkFollows"), "0") in OFF:
            self._put(note_mark(len(self._findings.notes)))

    def _box(self, element: Element) -> None:
        self._boxes += self.gather(element)

    def _object(self, element: Element) -> None:
        """An embedded file is shown by a picture of it, which is not counted a second time."""
        pictures = self._findings.unread["picture"]
        self._runs(element)
        self._findings.unread["picture"] = pictures
        self._unread("embedded file")

    def _drawn_text(self, element: Element) -> None:
        text = "".join(piece.text or "" for piece in element.iter(a("t")))
        self._boxes.append((text, Style.BODY))

    def _chart(self, element: Element) -> None:
        link = self._package.relations(self._part).get(element.get(r("id"), ""))
        root = None if link is None or link.external else self._package.tree(link.target)
        found = [] if root is None else chart_parts(root)
        self._boxes += found
        if not found:
            self._unread("chart")

    def _diagram(self, element: Element) -> None:
        link = self._package.relations(self._part).get(element.get(r("dm"), ""))
        root = None if link is None or link.external else self._package.tree(link.target)
        for paragraph in () if root is None else root.iter(a("p")):
            self._drawn_text(paragraph)


def _children(parent: Element) -> Iterator[Element]:
    """The child elements that Word shows: insertions in, deletions out, one of alternatives."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _IGNORED:
            continue
        if child.tag == ALTERNATIVES:
            chosen = _chosen(child)
            if chosen is not None:
                yield from _children(chosen)
        else:
            yield child


def _chosen(alternatives: Element) -> Element | None:
    """The first choice whose vocabulary we know, else the fallback (ECMA-376 part 3, 7.6)."""
    choices = alternatives.findall(CHOICE)
    for choice in choices:
        spaces = [choice.nsmap.get(name) or "" for name in choice.get("Requires", "").split()]
        if all(space.startswith(_UNDERSTOOD) for space in spaces):
            return choice
    fallback = alternatives.find(FALLBACK)
    return choices[0] if fallback is None and choices else fallback


def _of_kind(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those inside content controls and the like."""
    for child in _children(parent):
        if child.tag == tag:
            yield child
        else:
            yield from _of_kind(child, tag)


def _mark_deleted(properties: Element | None) -> bool:
    mark = None if properties is None else properties.find(w("rPr"))
    return any(_marked_out(mark, name) for name in _MARKED_OUT)


def _dropped_capital(properties: Element | None) -> bool:
    """Whether a paragraph is a large first letter ([ECMA-376] part 1, 17.3.1.11)."""
    frame = None if properties is None else properties.find(w("framePr"))
    return frame is not None and frame.get(w("dropCap"), "none") != "none"


def _marked_out(properties: Element | None, name: str) -> bool:
    return properties is not None and properties.find(w(name)) is not None


def _left_out(cell: Element) -> bool:
    """Whether a cell was deleted, or is the rest of one that was merged across (legacy)."""
    properties = cell.find(w("tcPr"))
    return _marked_out(properties, "cellDel") or _merge(properties, "hMerge") == "continue"


def _continues(cell: Element) -> bool:
    return _merge(cell.find(w("tcPr")), "vMerge") == "continue"


def _merge(properties: Element | None, name: str) -> str:
    """How a cell takes part in a merge; without a value it continues one."""
    merge = None if properties is None else properties.find(w(name))
    return "" if merge is None else merge.get(VAL, "continue")


def _form_field(data: Element | None) -> str:
    """What a form shows for a legacy tick box or drop-down list, which have no result text."""
    if data is None:
        return ""
    box = data.find(w("checkBox"))
    if box is not None:
        ticked = switched_on(box, "checked")
        return "☒" if (switched_on(box, "default") if ticked is None else ticked) else "☐"
    choices = data.find(w("ddList"))
    if choices is None:
        return ""
    entries = [entry.get(VAL, "") for entry in choices.findall(w("listEntry"))]
    place = number(value(choices, "result")) or number(value(choices, "default")) or 0
    return entries[place] if place < len(entries) else ""
