"""Reads a report, a Word file, into paragraphs, and remembers which runs its words stand in.

An own walk (ECMA-376 part 1): python-docx passes over content controls, text boxes, tracked
insertions and notes. Tracked deletions and hidden words are left out, as a reader of the report
does not see them.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from coder.domain.errors import Unreadable
from coder.domain.quote_id import QuoteId
from coder.export.checking.story import Named, NoteMark, Part, Said, Story

Element = Any
"""An lxml element; lxml carries no types of its own."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = "http://purl.oclc.org/ooxml/"
_OLE, _LOCKED = bytes.fromhex("d0cf11e0a1b11ae1"), "EncryptedPackage".encode("utf-16-le")
"""How an old kind of file begins, in which Word also wraps a document with a password (MS-OFFCRYPTO
2.3.4.4), and the name that it gives it there."""

DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, ValueError, RuntimeError,
    SyntaxError,
)  # fmt: skip
"""What reading a file raises that is no Word document or not a whole one."""

_REMEDY = "Open it in Word and save it as a Word Document (.docx) without a password."
_MOST = 400 * 1024 * 1024
_MOST_XML = 64 * 1024 * 1024
"""Bytes of a part of XML, which takes thirty times as many in memory."""

_OFF = ("0", "false", "off", "none")
_SHOWN_INDENT = 250
"""Twentieths of a point from the margin beyond which a paragraph is set in."""

_GONE = frozenset(
    f"{{{W}}}{name}"
    for name in (
        *("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr"),
        *("sdtPr", "sdtEndPr", "delText", "delInstrText", "instrText", "rt"),
    )
)
_SINGLE = str.maketrans("“”", "‘’")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def w(name: str) -> str:
    """A name of the main vocabulary, as lxml writes it."""
    return f"{{{W}}}{name}"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words in the file: `[start, end)` of its paragraph's text."""

    start: int
    end: int
    element: Element


@dataclass(frozen=True, slots=True)
class Opened:
    """A report as it was read. `runs` are those of each paragraph, in the order of `story`; the
    trees of its parts may be changed and written anew."""

    story: Story
    runs: tuple[tuple[Run, ...], ...]
    hosts: dict[int, Element]
    marks: dict[str, Element]
    parts: dict[str, Element]
    main: str


def open_report(data: bytes, name: str) -> Opened:
    """Reads a Word file. Raises Unreadable where it is none, damaged, or locked."""
    if data.startswith(_OLE):
        told = "is locked with a password" if _LOCKED in data else "is no Word Document (.docx)"
        raise Unreadable(f"“{name}” {told}.", _REMEDY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST:
                raise Unreadable(f"“{name}” unpacks to an unreasonable size.")
            return _Reader(archive).opened()
    except DAMAGED as problem:
        raise Unreadable(f"“{name}” cannot be read as a Word document.", _REMEDY) from problem


def parsed(data: bytes) -> Element:
    """The root of a part's XML. Raises SyntaxError (lxml's) where it is damaged."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    return etree.fromstring(data, parser)


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part links to inside the file: kind and part name, by id."""
    folder, own = posixpath.split(part)
    try:
        root = parsed(archive.read(posixpath.join(folder, "_rels", f"{own}.rels")))
    except KeyError:
        return {}
    found = {}
    for link in root:
        if isinstance(link.tag, str) and link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            kind = link.get("Type", "").rpartition("/")[2]
            found[link.get("Id", "")] = (kind, target.lstrip("/"))
    return found


class _Styles:
    """Names and indents of paragraph styles."""

    def __init__(self, root: Element | None) -> None:
        self._found: dict[str, tuple[str, str, int | None, bool]] = {}
        self._default = ""
        for style in () if root is None else root.findall(w("style")):
            key = style.get(w("styleId"), "")
            based = style.find(w("basedOn"))
            name = style.find(w("name"))
            self._found[key] = (
                "" if name is None else name.get(w("val"), "").lower(),
                "" if based is None else based.get(w("val"), ""),
                _indent(style.find(w("pPr"))),
                _is_on(style.find(w("rPr")), "vanish"),
            )
            if style.get(w("type")) == "paragraph" and style.get(w("default"), "0") not in _OFF:
                self._default = key

    def chain(self, key: str) -> Iterator[tuple[str, int | None, bool]]:
        key, seen = key or self._default, set()
        while key in self._found and key not in seen:
            seen.add(key)
            name, based, indent, hidden = self._found[key]
            yield name, indent, hidden
            key = based


class _Reader:
    """One file while it is read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        own = relations(archive, "").values()
        self.main = next((target for kind, target in own if kind == "officeDocument"), "")
        self.parts: dict[str, Element] = {}
        self._links = relations(archive, self.main)
        styles = self._linked("styles")
        self.styles = _Styles(self._tree(styles[0]) if styles else None)
        self.said: list[Said] = []
        self.runs: list[tuple[Run, ...]] = []
        self.hosts: dict[int, Element] = {}
        self.marks: dict[str, Element] = {}
        self.notes: dict[str, int] = {}

    def opened(self) -> Opened:
        root = self._tree(self.main)
        if root.tag.startswith(f"{{{_STRICT}"):
            raise Unreadable(
                "The report is a Strict Open XML Document, which cannot be checked.",
                "Save it in Word as a Word Document (.docx).",
            )
        if root.tag != w("document"):
            raise ValueError(root.tag)
        _Walk(self, Part.BODY).blocks(root)
        for kind, part, tag in (
            ("footnotes", Part.FOOTNOTE, "footnote"),
            ("endnotes", Part.ENDNOTE, "endnote"),
        ):
            for target in self._linked(kind):
                self._read_notes(self._tree(target), part, tag)
        for kind in ("header", "footer"):
            for target in self._linked(kind):
                _Walk(self, Part.MARGIN).blocks(self._tree(target))
        story = Story(tuple(_placed(self.said, self.notes)), self.notes)
        return Opened(story, tuple(self.runs), self.hosts, self.marks, self.parts, self.main)

    def _read_notes(self, root: Element, part: Part, tag: str) -> None:
        notes = {note.get(w("id"), ""): note for note in root.findall(w(tag))}
        known = [key for key in self.notes if key.startswith(tag)]
        for key in known:
            note = notes.get(key.partition(":")[2])
            if note is not None:
                _Walk(self, part, key).blocks(note)

    def _linked(self, kind: str) -> list[str]:
        return [target for found, target in self._links.values() if found == kind]

    def _tree(self, part: str) -> Element:
        if part not in self.parts:
            if self._archive.getinfo(part).file_size > _MOST_XML:
                raise Unreadable(
                    "The report holds more text than can be checked.", "Check it in several parts."
                )
            self.parts[part] = parsed(self._archive.read(part))
        return self.parts[part]


class _Walk:
    """One pass over the blocks of a part or of a text box."""

    def __init__(self, reader: _Reader, part: Part, note: str = "") -> None:
        self._reader = reader
        self._part = part
        self._note = note
        self._cell = (-1, -1)
        self._heads: dict[int, str] = {}
        self._open: dict[str, tuple[str, int, int]] = {}
        self._controls: list[tuple[str, int, int]] = []
        self._line: list[str] = []
        self._length = 0
        self._runs: list[Run] = []
        self._marks: list[NoteMark] = []
        self._named: list[Named] = []
        self._boxes: list[tuple[Element, Element]] = []
        self._fields: list[bool] = []
        self._host: Element | None = None
        self._joins = False

    def blocks(self, parent: Element) -> None:
        """Reads everything in this element."""
        self._blocks(parent)
        if self._joins:
            self._finish(())

    def _blocks(self, parent: Element) -> None:
        for child in _children(parent):
            if child.tag == w("p"):
                self._paragraph(child)
            elif child.tag == w("tbl"):
                self._table(child)
            elif child.tag == w("sdt"):
                self._control(child, self._blocks)
            elif child.tag in (w("bookmarkStart"), w("bookmarkEnd")):
                self._bookmark(child)
            else:
                self._blocks(child)

    def _table(self, table: Element) -> None:
        outer = self._cell, self._part, self._heads
        heads: dict[int, str] = {}
        self._part = Part.TABLE if self._part is Part.BODY else self._part
        rows = [row for row in table.iter(w("tr")) if _nearest(row, w("tbl")) is table]
        for row in rows:
            key = len(self._reader.said)
            cells = [cell for cell in row.iter(w("tc")) if _nearest(cell, w("tr")) is row]
            self._heads = {} if row is rows[0] else heads
            for number, cell in enumerate(cells):
                self._cell = (key, number)
                begins = len(self._reader.said)
                self._blocks(cell)
                if row is rows[0]:
                    heads[number] = " ".join(one.text for one in self._reader.said[begins:])
        self._cell, self._part, self._heads = outer

    def _paragraph(self, paragraph: Element) -> None:
        self._runs_in(paragraph)
        properties = paragraph.find(w("pPr"))
        mark = None if properties is None else properties.find(w("rPr"))
        gone = mark is not None and any(
            mark.find(w(name)) is not None for name in ("del", "moveFrom")
        )
        self._joins = gone
        if not gone:
            self._finish(_look(properties, self._reader.styles))

    def _finish(self, look: tuple[Any, ...]) -> None:
        styles, indented = look or ((), False)
        reader = self._reader
        index = len(reader.said)
        for name, first, start in [*self._open.values(), *self._controls]:
            if quote := _quote_id(name):
                begins = start if first == index else 0
                self._named.append(Named(quote, begins, self._length))
        reader.said.append(
            Said(
                "".join(self._line),
                self._part,
                styles,
                indented,
                tuple(self._marks),
                tuple(dict.fromkeys(self._named)),
                *self._cell,
                self._heads.get(self._cell[1], ""),
                self._note,
            )
        )
        reader.runs.append(tuple(self._runs))
        boxes, self._boxes = self._boxes, []
        self._line, self._length, self._joins = [], 0, False
        self._runs, self._marks, self._named = [], [], []
        for host, content in boxes:
            first = len(reader.said)
            part = Part.BOX if self._part in (Part.BODY, Part.TABLE) else self._part
            _Walk(reader, part, self._note).blocks(content)
            reader.hosts.update(dict.fromkeys(range(first, len(reader.said)), host))

    def _runs_in(self, parent: Element) -> None:
        for child in _children(parent):
            if child.tag == w("r"):
                self._run(child)
            elif child.tag == w("sdt"):
                self._control(child, self._runs_in)
            elif child.tag in (w("bookmarkStart"), w("bookmarkEnd")):
                self._bookmark(child)
            else:
                self._runs_in(child)

    def _control(self, control: Element, read: Any) -> None:
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        name = "" if tag is None else tag.get(w("val"), "")
        first, start = len(self._reader.said), self._length
        if _quote_id(name):
            self._controls.append((name, first, start))
        content = control.find(w("sdtContent"))
        if content is not None:
            read(content)
        if quote := _quote_id(name):
            self._controls.pop()
            if self._length:
                begins = start if first == len(self._reader.said) else 0
                self._named.append(Named(quote, begins, self._length))

    def _bookmark(self, mark: Element) -> None:
        key = mark.get(w("id"), "")
        if mark.tag == w("bookmarkStart"):
            self._open[key] = (mark.get(w("name"), ""), len(self._reader.said), self._length)
            return
        name, first, start = self._open.pop(key, ("", 0, 0))
        quote = _quote_id(name)
        if quote and self._length:
            begins = start if first == len(self._reader.said) else 0
            self._named.append(Named(quote, begins, self._length))

    def _run(self, run: Element) -> None:
        if _is_on(run.find(w("rPr")), "vanish"):
            return
        self._host = run
        begins = self._length
        self._pieces(run)
        if self._length > begins or self._holds_mark(run):
            self._runs.append(Run(begins, self._length, run))

    def _holds_mark(self, run: Element) -> bool:
        return bool(self._marks) and any(
            self._reader.marks.get(mark.note) is run for mark in self._marks
        )

    def _pieces(self, parent: Element) -> None:
        for child in _children(parent):
            name = child.tag.rpartition("}")[2]
            if child.tag == w("t"):
                self._put(child.text or "")
            elif child.tag == w(name) and name in _SIGNS:
                self._put(_SIGNS[name])
            elif child.tag == w("fldChar"):
                self._field(child.get(w("fldCharType")))
            elif child.tag in (w("footnoteReference"), w("endnoteReference")):
                self._note_mark(child, name.removesuffix("Reference"))
            elif child.tag == w("txbxContent"):
                self._boxes.append((self._host, child))
            else:
                self._pieces(child)

    def _put(self, text: str) -> None:
        if not any(self._fields):
            self._line.append(text)
            self._length += len(text)

    def _field(self, kind: str | None) -> None:
        """What stands between `begin` and `separate` is a code that nobody sees."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note_mark(self, mark: Element, kind: str) -> None:
        key = f"{kind}:{mark.get(w('id'), '')}"
        same_kind = sum(known.startswith(kind) for known in self._reader.notes)
        self._reader.notes.setdefault(key, same_kind + 1)
        if self._host is not None:
            self._reader.marks.setdefault(key, self._host)
        self._marks.append(NoteMark(self._length, key))


def _children(parent: Element) -> Iterator[Element]:
    """The child elements that a reader sees; of alternatives the first."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _GONE:
            continue
        if child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            chosen = child.find(f"{_MC}Fallback") if choice is None else choice
            if chosen is not None:
                yield from _children(chosen)
        else:
            yield child


def _nearest(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


def _is_on(properties: Element | None, name: str) -> bool:
    switch = None if properties is None else properties.find(w(name))
    return switch is not None and switch.get(w("val"), "1") not in _OFF


def _indent(properties: Element | None) -> int | None:
    indent = None if properties is None else properties.find(w("ind"))
    if indent is None:
        return None
    given = indent.get(w("left"), indent.get(w("start")))
    try:
        return None if given is None else int(given)
    except ValueError:
        return None


def _look(properties: Element | None, styles: _Styles) -> tuple[tuple[str, ...], bool]:
    """The names of a paragraph's styles, and whether it is set in from the margin."""
    style = None if properties is None else properties.find(w("pStyle"))
    chain = list(styles.chain("" if style is None else style.get(w("val"), "")))
    indents = [_indent(properties), *(indent for _, indent, _ in chain)]
    indent = next((one for one in indents if one is not None), 0)
    listed = properties is not None and properties.find(w("numPr")) is not None
    return tuple(name for name, _, _ in chain), indent > _SHOWN_INDENT and not listed


def _quote_id(name: str) -> str:
    """The id of a quote that the name of a bookmark or control bears; empty where it is none."""
    return str(QuoteId.parse(name) or "")


def _placed(said: list[Said], notes: dict[str, int]) -> Iterator[Said]:
    """The paragraphs with where each stands, for people: `paragraph 12, under “Volunteers”`."""
    heading, count = "", 0
    for one in said:
        if one.note:
            yield replace(one, where=f"{one.part} {notes[one.note]}")
            continue
        if one.heading and one.text.strip():
            heading = " ".join(one.text.split())[:60].translate(_SINGLE)
        count += one.part is Part.BODY and bool(one.text.strip())
        under = f", under “{heading}”" if heading and not one.heading else ""
        what = f"paragraph {count}" if one.part is Part.BODY else f"{one.part}"
        yield replace(one, where=what if one.part is Part.MARGIN else what + under)
