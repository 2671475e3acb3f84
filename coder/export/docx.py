"""Writes a quote pack as a Word document: quiet on the page, every quote verbatim and traceable.

The body is built as one XML string and parsed once; adding paragraph by paragraph takes minutes
for a large pack. Element order follows ECMA-376 part 1: Word refuses files that break it. All looks
come from the styles of the template, so a reader may restyle a pack as a whole.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from coder.domain.errors import EvidenceError
from coder.domain.text import counted
from coder.export.outline import Pack, received_day
from coder.export.sections import Section, remarks, source_line
from coder.export.selection import Released
from coder.export.wording import day, printable

_SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LTR = "A-Za-z\u00aa-\u058f\u0900-\u1fff\u2c00-\ud7ff\uf900-\ufaff"
_RTL_LETTER = re.compile(f"[{_RTL}]")
_STRONG = re.compile(f"[{_LTR}{_RTL}]")
_RTL_STRETCH = re.compile(f"([{_RTL}](?:[^{_LTR}]*[{_RTL}])?)")
_LTR_STRETCH = re.compile(f"([{_LTR}](?:[^{_RTL}]*[{_LTR}])?)")
_COLUMNS = (("Reference", 1350), ("Source", 3254), ("Type", 1900), ("Received", 2000))


def write(pack: Pack, template: Path) -> bytes:
    """The pack as a `.docx`, made from the Word file `template`.

    Raises EvidenceError where the template is missing or is no Word file.
    """
    return assemble(template, "".join(_body(pack)), pack.heading, "Quote pack", pack.created)


def assemble(template: Path, content: str, title: str, subject: str, created: date) -> bytes:
    """A Word file with this content, which is the XML of paragraphs and tables, in the looks of the
    template. Raises EvidenceError as `write` does."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    try:
        document = Document(str(template))
    except (PackageNotFoundError, KeyError, ValueError) as problem:
        raise EvidenceError(
            f"The Word template “{template.name}” cannot be used.", "Install the program again."
        ) from problem
    xml = f"<w:body {_SPACES}>{printable(content)}</w:body>"
    parsed = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
    document.element.body[:0] = list(parsed)
    document.sections[0].header.paragraphs[0].add_run(printable(title))
    _set_properties(document.core_properties, printable(title), subject, created)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_properties(properties: Any, title: str, subject: str, created: date) -> None:
    """Title and date; Word allows 255 characters. Nobody is named as the author."""
    made = datetime.combine(created, time(), UTC)
    properties.title = title[:255]
    properties.subject = subject
    properties.language = "en-GB"
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = made
    properties.revision = 1


def _body(pack: Pack) -> Iterator[str]:
    found = pack.sections
    numbers = count(1)
    yield from _front(pack)
    if len(found) > 1:
        yield from _contents(found)
    for index, section in enumerate(found):
        yield from _section(section, index, numbers)
    if pack.sources:
        yield from _sources(pack, len(found), numbers)


def _front(pack: Pack) -> Iterator[str]:
    yield paragraph("Kicker", "Quote pack")
    yield paragraph("Title", pack.inquiry or pack.heading)
    if pack.title and pack.inquiry:
        yield paragraph("Subtitle", pack.title)
    yield paragraph("PackSummary", f"{day(pack.created)}  ·  {pack.summary()}")
    for note in pack.notes():
        yield paragraph("PackNote", note)


def _contents(found: Sequence[Section]) -> Iterator[str]:
    """A list that links to the headings: a field would be empty until someone updates it."""
    yield paragraph("TOCHeading", "Contents\tQuotes")
    for index, section in enumerate(found):
        said = f"{runs(section.theme.name)}<w:r><w:tab/></w:r>{runs(f'{section.number:,}')}"
        yield (
            f'<w:p><w:pPr><w:pStyle w:val="TOC{_level(section)}"/></w:pPr>'
            f'<w:hyperlink w:anchor="section_{index}" w:history="1">{said}</w:hyperlink></w:p>'
        )


def _section(section: Section, index: int, numbers: Iterator[int]) -> Iterator[str]:
    yield heading(_level(section), section.theme.name, index, next(numbers))
    if section.theme.definition.strip():
        yield paragraph("Definition", section.theme.definition.strip())
    yield paragraph("Count", section.count)
    for quote in section.quotes:
        yield _quote(quote, section, next(numbers))


def _level(section: Section) -> int:
    return min(section.theme.depth + 1, 3)


def heading(level: int, text: str, index: int, number: int) -> str:
    """The XML of a heading in a bookmark `section_{index}`; `number` is the bookmark's own."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>'
        f'<w:bookmarkStart w:id="{number}" w:name="section_{index}"/>{runs(text)}'
        f'<w:bookmarkEnd w:id="{number}"/></w:p>'
    )


def _quote(quote: Released, section: Section, number: int) -> str:
    """The words in a bookmark named by the quote's id, so that they can be found and checked
    later, and under them who said so."""
    from_right = is_from_right(quote.quote)
    side = "FromRight" if from_right else ""
    bookmark = f"q_{quote.id}".replace("-", "_")
    line = runs(f"— {source_line(quote)}")
    for remark in remarks(quote, section):
        line += runs("  ·  ") + runs(remark, '<w:rStyle w:val="Remark"/>')
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Quote{side}"/></w:pPr>'
        f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(bookmark)}/>'
        f'{runs(quote.quote, from_right=from_right)}<w:bookmarkEnd w:id="{number}"/></w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="Attribution{side}"/></w:pPr>{line}</w:p>'
    )


def _sources(pack: Pack, index: int, numbers: Iterator[int]) -> Iterator[str]:
    yield heading(1, "Sources", index, next(numbers))
    yield paragraph("Count", counted(len(pack.sources), "submission"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width in _COLUMNS)
    total = sum(width for _, width in _COLUMNS)
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Sources"/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    yield _row("SourceHead", [name for name, _ in _COLUMNS], "<w:cantSplit/><w:tblHeader/>")
    for source in pack.sources:
        cells = [source.ref, source.attribution, source.type, received_day(source)]
        yield _row("SourceCell", cells, "<w:cantSplit/>")
    yield "</w:tbl>" + paragraph("PackEnd", "")


def _row(style: str, cells: list[str], properties: str) -> str:
    return (
        f"<w:tr><w:trPr>{properties}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(style, cell)}</w:tc>"
            for cell, (_, width) in zip(cells, _COLUMNS, strict=True)
        )
        + "</w:tr>"
    )


def paragraph(style: str, text: str, lead: str = "", properties: str = "") -> str:
    """The XML of a paragraph in a style, given by its id; `lead` stands before the text, bold, and
    `properties` (XML too) follow the style."""
    from_right = is_from_right(text)
    bidi = "<w:bidi/>" if from_right else ""
    said = runs(f"{lead}  ", "<w:b/>") if lead else ""
    said += runs(text, from_right=from_right)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}{bidi}</w:pPr>{said}</w:p>'


def is_from_right(text: str) -> bool:
    """Whether the text runs from right to left: its first letter does (UAX #9, rules P2 and P3)."""
    first = _STRONG.search(text)
    return first is not None and _RTL_LETTER.match(first[0]) is not None


def runs(text: str, properties: str = "", *, from_right: bool = False) -> str:
    """The text as runs (XML), with line breaks and tabs. Letters from right to left are marked so,
    and in a paragraph from right to left also the signs between and after them, as Word needs."""
    if not _RTL_LETTER.search(text):
        return _run(text, properties)
    stretches = (_LTR_STRETCH if from_right else _RTL_STRETCH).split(text)
    return "".join(
        _run(part, properties if place % 2 == from_right else f"{properties}<w:rtl/>")
        for place, part in enumerate(stretches)
        if part
    )


def _run(text: str, properties: str) -> str:
    said = escape(text.replace("\r\n", "\n").replace("\r", "\n"))
    said = said.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    said = said.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    inside = f'<w:t xml:space="preserve">{said}</w:t>'.replace(
        '<w:t xml:space="preserve"></w:t>', ""
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"
