"""Writes a copy of a report with comments beside what a check found.

Comments lie in a part of their own and are tied to the text by marks around its runs (ECMA-376 part
1, 17.13.4). Everything else in the file, earlier comments too, stays as it was. Word allows no
comments in notes, text boxes, headers and footers; they stand at the mark of the note, at the text
box, and at the beginning of the report.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from coder.domain.errors import Unreadable
from coder.export.checking.reading import (
    DAMAGED,
    RELATIONS,
    Element,
    Opened,
    Run,
    open_report,
    parsed,
    w,
)
from coder.export.checking.reading import relations as links_of
from coder.export.checking.story import Part, Stretch
from coder.export.wording import printable

AUTHOR, INITIALS = "Evidence Coder", "EC"

_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_W = w("")[1:-1]
_LENGTHS = {w(name): 1 for name in ("tab", "ptab", "br", "cr", "noBreakHyphen")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Note:
    """A comment: what it is beside, None for the report as a whole, and its paragraphs."""

    stretch: Stretch | None
    lines: tuple[str, ...]


def commented(data: bytes, name: str, notes: Sequence[Note], moment: str) -> bytes:
    """A copy of a Word file with these comments. `moment` is ISO 8601. Raises Unreadable."""
    opened = open_report(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            writer = _Writer(opened, archive)
            for note in notes:
                writer.add(note, moment)
            return writer.written()
    except DAMAGED as problem:
        told = f"A part of “{name}”, such as a picture, is damaged."
        raise Unreadable(told, "Open it in Word and save it anew.") from problem


class _Writer:
    def __init__(self, opened: Opened, archive: zipfile.ZipFile) -> None:
        self._opened = opened
        self._archive = archive
        self._runs = [list(runs) for runs in opened.runs]
        self._links = links_of(archive, opened.main)
        part = [target for kind, target in self._links.values() if kind == "comments"]
        self._is_new = not part
        folder = posixpath.dirname(opened.main)
        self._part = part[0] if part else posixpath.join(folder, "comments.xml")
        self._comments = self._earlier()
        body = opened.parts[opened.main]
        marked = [*self._comments, *body.iter(w("commentRangeStart"), w("commentReference"))]
        taken = [int(one.get(w("id"), "0")) for one in marked if one.get(w("id"), "").isdigit()]
        self._next = max(taken, default=-1) + 1
        self._styles = self._known_styles()

    def add(self, note: Note, moment: str) -> None:
        """Puts a comment beside its stretch."""
        first, last = self._ends(note.stretch)
        if first is None or last is None:
            return
        number = str(self._next)
        self._next += 1
        first.addprevious(_element("commentRangeStart", id=number))
        end = _element("commentRangeEnd", id=number)
        last.addnext(end)
        reference = _element("r")
        self._look(reference, "rPr", "rStyle", "annotation reference")
        reference.append(_element("commentReference", id=number))
        end.addnext(reference)
        self._comments.append(self._comment(note, number, moment))

    def written(self) -> bytes:
        """The bytes of the copy."""
        changed = {self._opened.main: self._opened.parts[self._opened.main]}
        changed[self._part] = self._comments
        if self._is_new:
            changed[_TYPES] = self._types()
            folder, own = posixpath.split(self._opened.main)
            rels = posixpath.join(folder, "_rels", f"{own}.rels")
            changed[rels] = self._relations(rels)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in self._archive.infolist():
                tree = changed.pop(entry.filename, None)
                data = self._archive.read(entry) if tree is None else _bytes(tree)
                copy.writestr(entry, data, entry.compress_type)
            for part, tree in changed.items():
                copy.writestr(part, _bytes(tree))
        return stream.getvalue()

    # Below: where a comment goes

    def _ends(self, stretch: Stretch | None) -> tuple[Element | None, Element | None]:
        """The first and the last run of a stretch, split where it begins or ends within one."""
        if stretch is None:
            return self._whole_report()
        said = self._opened.story.paragraphs[stretch.first]
        if said.note:
            return self._around(self._opened.marks.get(said.note))
        if said.part is Part.MARGIN:
            return self._whole_report()
        if stretch.first in self._opened.hosts:
            return self._around(self._opened.hosts[stretch.first])
        last = stretch.last
        while last > stretch.first and last in self._opened.hosts:
            last -= 1
        start = self._cut(stretch.first, stretch.start, begins=True)
        end = self._cut(last, stretch.end if last == stretch.last else 10**9, begins=False)
        if stretch.first == stretch.last:  # the cut for the end may have parted the first run
            start = self._cut(stretch.first, stretch.start, begins=True)
        return start, end

    def _whole_report(self) -> tuple[Element | None, Element | None]:
        for place, said in enumerate(self._opened.story.paragraphs):
            runs = self._runs[place]
            if said.part in (Part.BODY, Part.TABLE) and said.text.strip() and runs:
                return runs[0].element, runs[-1].element
        return None, None

    def _around(self, run: Element | None) -> tuple[Element | None, Element | None]:
        """A run, or of one inside a text box the run that the box hangs on."""
        while (
            run is not None and (box := next(run.iterancestors(w("txbxContent")), None)) is not None
        ):
            run = next(box.iterancestors(w("r")), None)
        return run, run

    def _cut(self, place: int, at: int, *, begins: bool) -> Element | None:
        """The run of a paragraph that begins, or ends, at a place in its text."""
        runs = self._runs[place]
        if not runs:
            return None
        for number, run in enumerate(runs):
            inside = run.start <= at < run.end if begins else run.start < at <= run.end
            if not inside:
                continue
            edge = run.start if begins else run.end
            if at != edge and _splits(run):
                runs[number : number + 1] = _split(run, at)
                return runs[number + begins].element
            return run.element
        return runs[-1].element

    # Below: the parts

    def _earlier(self) -> Element:
        from lxml import etree

        if self._is_new:
            return etree.Element(w("comments"), nsmap={"w": _W})
        return parsed(self._archive.read(self._part))

    def _known_styles(self) -> dict[str, str]:
        """The ids of styles by their names."""
        part = next((target for kind, target in self._links.values() if kind == "styles"), "")
        root = self._opened.parts.get(part)
        found = {}
        for style in () if root is None else root.findall(w("style")):
            name = style.find(w("name"))
            if name is not None:
                found[name.get(w("val"), "").lower()] = style.get(w("styleId"), "")
        return found

    def _look(self, of: Element, properties: str, kind: str, style: str) -> None:
        if style in self._styles:
            look = _element(properties)
            look.append(_element(kind, val=self._styles[style]))
            of.append(look)

    def _comment(self, note: Note, number: str, moment: str) -> Element:
        comment = _element("comment", id=number, author=AUTHOR, date=moment, initials=INITIALS)
        for place, line in enumerate(note.lines):
            paragraph = _element("p")
            self._look(paragraph, "pPr", "pStyle", "annotation text")
            if not place:
                mark = _element("r")
                self._look(mark, "rPr", "rStyle", "annotation reference")
                mark.append(_element("annotationRef"))
                paragraph.append(mark)
            run, text = _element("r"), _element("t")
            text.text = " ".join(printable(line).split())
            text.set(_SPACE, "preserve")
            run.append(text)
            paragraph.append(run)
            comment.append(paragraph)
        return comment

    def _types(self) -> Element:
        from lxml import etree

        root = parsed(self._archive.read(_TYPES))
        etree.SubElement(
            root,
            f"{{{_TYPES_SPACE}}}Override",
            PartName=f"/{self._part}",
            ContentType=_CONTENT,
        )
        return root

    def _relations(self, part: str) -> Element:
        from lxml import etree

        try:
            root = parsed(self._archive.read(part))
        except KeyError:
            root = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})
        taken = {link.get("Id") for link in root}
        key = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        etree.SubElement(
            root,
            f"{{{RELATIONS}}}Relationship",
            Id=key,
            Type=_KIND,
            Target=f"/{self._part}",
        )
        return root


def _element(name: str, **values: str) -> Element:
    from lxml import etree

    element: Any = etree.Element(w(name), nsmap={"w": _W})
    for key, value in values.items():
        element.set(w(key), value)
    return element


def _bytes(root: Element) -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _length(child: Element) -> int:
    return len(child.text or "") if child.tag == w("t") else _LENGTHS.get(child.tag, 0)


def _splits(run: Run) -> bool:
    """Whether the run holds nothing but words, so that it can be parted anywhere."""
    return sum(map(_length, run.element)) == run.end - run.start


def _split(run: Run, at: int) -> list[Run]:
    """The run as two, the second of which begins at `at`."""
    rest = deepcopy(run.element)
    rest.tail = None
    place = run.start
    for child, twin in zip(list(run.element), list(rest), strict=True):
        length = _length(child)
        if child.tag == w("rPr"):
            continue
        if place + length <= at and (length or place < at):
            rest.remove(twin)
        elif place >= at:
            run.element.remove(child)
        else:
            text = child.text or ""
            child.text, twin.text = text[: at - place], text[at - place :]
            for one in (child, twin):
                one.set(_SPACE, "preserve")
        place += length
    run.element.addnext(rest)
    return [Run(run.start, at, run.element), Run(at, run.end, rest)]
