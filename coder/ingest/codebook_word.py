"""Reads a codebook in a Word file: as headings and lists, or as the tables in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coder.domain.draft import Source
from coder.ingest.codebook_lines import Kind, Line
from coder.ingest.packed.package import Element
from coder.ingest.word.names import VAL, w
from coder.ingest.word.package import Package
from coder.ingest.word.styles import number, value

_HEADING = re.compile(r"heading ([1-9])")
_ASIDE = re.compile(r".*quote.*|attribution.*|pack.*|kicker|subtitle|toc.*|caption|header|footer")
_GONE = frozenset(map(w, ("del", "moveFrom", "delText", "instrText", "txbxContent", "rPr")))

Table = list[list[str]]


def word_parts(source: Source) -> tuple[list[Line], list[Table]]:
    """The paragraphs of a Word file's body as lines, and its tables. Raises Unreadable for a file
    that is damaged, locked, or no Word document."""
    with Package(source) as package:
        main = package.main_part()
        root = package.tree(main)
        styles = _styles(package, main)
        body = None if root is None else root.find(w("body"))
        lines: list[Line] = []
        tables: list[Table] = []
        for element in () if body is None else _blocks(body):
            if element.tag == w("p"):
                lines.append(_line(element, styles))
            else:
                tables.append(_table(element))
    return lines, tables


def _blocks(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables, also those inside content controls."""
    for element in parent:
        if element.tag in (w("p"), w("tbl")):
            yield element
        elif isinstance(element.tag, str) and element.tag not in _GONE:
            yield from _blocks(element)


def _styles(package: Package, main: str) -> dict[str, str]:
    """The names of the styles, in lower case, by id."""
    part = next(
        (one.target for one in package.relations(main).values() if one.kind == "styles"), ""
    )
    root = package.tree(part) if part else None
    found = () if root is None else root.findall(w("style"))
    return {one.get(w("styleId"), ""): (value(one, "name") or "").lower() for one in found}


def _line(paragraph: Element, styles: dict[str, str]) -> Line:
    properties = paragraph.find(w("pPr"))
    style = styles.get(value(properties, "pStyle") or "", "")
    text = "".join(_said(paragraph))
    heading = _HEADING.fullmatch(style)
    if heading:
        return Line(Kind.HEADING, int(heading[1]), text)
    if style == "title":
        return Line(Kind.TITLE, 0, text)
    if _ASIDE.fullmatch(style):
        return Line(Kind.ASIDE, 0, text)
    outline = number(value(properties, "outlineLvl"))
    if outline is not None and outline < 9:
        return Line(Kind.HEADING, outline + 1, text)
    level = None if properties is None else properties.find(f"{w('numPr')}/{w('ilvl')}")
    if level is not None or style.startswith("list"):
        return Line(Kind.ITEM, number(level.get(VAL)) or 0 if level is not None else 0, text)
    return Line(Kind.BODY, 0, text)


def _said(element: Element) -> Iterator[str]:
    """The words of a paragraph as they stand now: without what was deleted from it."""
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == w("t"):
            yield child.text or ""
        elif child.tag == w("tab"):
            yield "\t"
        elif child.tag in (w("br"), w("cr")):
            yield "\n"
        elif child.tag == w("noBreakHyphen"):
            yield "-"
        elif isinstance(child.tag, str):
            yield from _said(child)


def _table(table: Element) -> Table:
    return [
        [
            "\n".join("".join(_said(one)) for one in cell.iter(w("p")))
            for cell in row.findall(w("tc"))
        ]
        for row in table.findall(w("tr"))
    ]
