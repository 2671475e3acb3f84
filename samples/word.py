"""Writes a Word file from a few lines of plain text, with the parts that real evidence has.

Each line is one thing: `= Title`, `# Heading`, `## Smaller heading`, `- bullet`, `1. numbered`,
`1.1 numbered under its heading`, `| a | b |` a table's row, `[box] text` a text box beside the next
paragraph, `[^1]: text` a footnote, and anything else a paragraph. Inside a line stand `**bold**`,
`*italic*`, `[^1]` for a footnote's mark, and `[-out-]` and `{+in+}` for a tracked change. Word
counts the numbers itself: those in the text only show where they will stand.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph

MOMENT = datetime(2020, 9, 1, 9, 0, tzinfo=UTC)
"""The moment at which every file says it was written, so that it is the same each time."""

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_NS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
_W = f'xmlns:w="{_SPACES["w"]}"'
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|\[\^(?P<note>\d+)\]"
    r"|\[-(?P<out>.+?)-\]|\{\+(?P<in>.+?)\+\}|(?P<plain>(?:(?!\*|\[\^|\[-|\{\+).)+)"
)
_BULLETS, _NUMBERS, _SECTIONS = 1, 2, 3


def word_file(text: str, author: str) -> bytes:
    """The bytes of a `.docx` with this text by this author; the same bytes each time."""
    document = docx.Document()
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    _numbering(document)
    lines = [line for line in text.splitlines() if line.strip()]
    sections = any(re.match(r"\d+\.\d+ ", line) for line in lines)
    notes: list[tuple[str, str]] = []
    box = ""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            _table(document, rows)
            rows = []
        if line.startswith("[box] "):
            box = line.removeprefix("[box] ")
        elif note := re.match(r"\[\^(\d+)\]: (.+)", line):
            notes.append((note[1], note[2]))
        elif line:
            paragraph = _block(document, line, sections)
            if box:
                paragraph._p.append(_text_box(box))  # noqa: SLF001
                box = ""
    if notes:
        _footnotes(document, notes)
    return _fixed(document, author)


def _block(document: Document, line: str, sections: bool) -> Paragraph:
    if line.startswith("= "):
        return _written(document.add_paragraph(style="Title"), line[2:])
    if line.startswith("# "):
        heading = _written(document.add_paragraph(style="Heading 1"), line[2:])
        return _listed(heading, _SECTIONS, 0) if sections else heading
    if line.startswith("## "):
        return _written(document.add_paragraph(style="Heading 2"), line[3:])
    if line.startswith("- "):
        return _listed(_written(document.add_paragraph(), line[2:]), _BULLETS, 0)
    if number := re.match(r"(\d+\.|\d+\.\d+) ", line):
        paragraph = _written(document.add_paragraph(), line[number.end() :])
        return _listed(paragraph, *((_SECTIONS, 1) if sections else (_NUMBERS, 0)))
    return _written(document.add_paragraph(), line)


def _listed(paragraph: Paragraph, number: int, level: int) -> Paragraph:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number
    return paragraph


def _written(paragraph: Paragraph, text: str) -> Paragraph:
    for element in _runs(text):
        paragraph._p.append(parse_xml(element))  # noqa: SLF001
    return paragraph


def _runs(text: str) -> Iterator[str]:
    for match in _INLINE.finditer(text):
        kind, words = str(match.lastgroup), escape(match[str(match.lastgroup)])
        by = f'w:id="9{match.start()}" w:author="R. Tansley" w:date="{MOMENT:%Y-%m-%dT%H:%M:%SZ}"'
        yield {
            "plain": f"<w:r {_W}>{_t(words)}</w:r>",
            "bold": f"<w:r {_W}><w:rPr><w:b/></w:rPr>{_t(words)}</w:r>",
            "italic": f"<w:r {_W}><w:rPr><w:i/></w:rPr>{_t(words)}</w:r>",
            "out": f'<w:del {_W} {by}><w:r><w:delText xml:space="preserve">{words}</w:delText>'
            "</w:r></w:del>",
            "in": f"<w:ins {_W} {by}><w:r>{_t(words)}</w:r></w:ins>",
            "note": f'<w:r {_W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{words}"/></w:r>',
        }[kind]


def _t(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>'


def _table(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _written(cell.paragraphs[0], text)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    document.add_paragraph()


def _text_box(text: str) -> object:
    """A box at the right, written twice as Word does: as it is now, and for old readers."""
    words = "".join(_runs(text))
    content = (
        f"<w:txbxContent><w:p><w:pPr><w:jc w:val='left'/></w:pPr>{words}</w:p></w:txbxContent>"
    )
    return parse_xml(
        f"<w:r {_NS}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        "<wp:anchor distT='0' distB='0' distL='114300' distR='114300' simplePos='0'"
        " relativeHeight='2' behindDoc='0' locked='0' layoutInCell='1' allowOverlap='1'>"
        "<wp:simplePos x='0' y='0'/><wp:positionH relativeFrom='margin'><wp:align>right</wp:align>"
        "</wp:positionH><wp:positionV relativeFrom='paragraph'><wp:posOffset>0</wp:posOffset>"
        "</wp:positionV><wp:extent cx='1980000' cy='1800000'/><wp:wrapSquare wrapText='left'/>"
        "<wp:docPr id='7' name='Text box'/><a:graphic>"
        f"<a:graphicData uri='{_SPACES['wps']}'><wps:wsp><wps:cNvSpPr txBox='1'/><wps:spPr>"
        "<a:xfrm><a:off x='0' y='0'/><a:ext cx='1980000' cy='1800000'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:ln w='9525'><a:solidFill>"
        "<a:srgbClr val='5E646B'/></a:solidFill></a:ln></wps:spPr>"
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        "<v:rect style='position:absolute;width:156pt;height:142pt;mso-position-horizontal:right'>"
        f"<v:textbox>{content}</v:textbox></v:rect></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def _numbering(document: Document) -> None:
    """Puts our three lists in the place of the template's: bullets, numbers, numbered sections."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    lists = {
        _BULLETS: [("bullet", "•", 360)],
        _NUMBERS: [("decimal", "%1.", 480)],
        _SECTIONS: [("decimal", "%1.", 600), ("decimal", "%1.%2", 600)],
    }
    for number, levels in lists.items():
        inside = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{form}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
            for level, (kind, form, indent) in enumerate(levels)
        )
        root.append(
            parse_xml(f'<w:abstractNum {_W} w:abstractNumId="{number}">{inside}</w:abstractNum>')
        )
    for number in lists:
        root.append(
            parse_xml(f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )


def _footnotes(document: Document, notes: list[tuple[str, str]]) -> None:
    rules = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>"
    )
    inside = "".join(
        f'<w:footnote w:id="{mark}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f"<w:footnoteRef/></w:r><w:r>{_t(' ' + escape(text))}</w:r></w:p></w:footnote>"
        for mark, text in notes
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {_W}>{rules}{inside}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _fixed(document: Document, author: str) -> bytes:
    about = document.core_properties
    about.author = about.last_modified_by = author
    about.created = about.modified = MOMENT
    about.title = about.comments = ""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(second, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return second.getvalue()
