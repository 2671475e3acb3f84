"""Words as the XML of a Word file: paragraphs, runs and headings, in any direction of writing.

Element order follows ECMA-376 part 1: Word refuses files that break it. All looks come from styles,
given by their ids in our own template.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
"""The names of the XML vocabularies by the prefixes that are used here."""

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LTR = "A-Za-z\u00aa-\u058f\u0900-\u1fff\u2c00-\ud7ff\uf900-\ufaff"
_RTL_LETTER = re.compile(f"[{_RTL}]")
_STRONG = re.compile(f"[{_LTR}{_RTL}]")
_RTL_STRETCH = re.compile(f"([{_RTL}](?:[^{_LTR}]*[{_RTL}])?)")
_LTR_STRETCH = re.compile(f"([{_LTR}](?:[^{_RTL}]*[{_LTR}])?)")


def paragraph(style: str, text: str, lead: str = "", properties: str = "", after: str = "") -> str:
    """The XML of a paragraph in a style, given by its id; `lead` stands before the text, bold.
    `properties` and `after` (XML too) come before and after the direction of writing."""
    from_right = is_from_right(text)
    bidi = "<w:bidi/>" if from_right else ""
    said = runs(f"{lead}  ", "<w:b/>") if lead else ""
    said += runs(text, from_right=from_right)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}{bidi}{after}</w:pPr>{said}</w:p>'


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


def heading(level: int, text: str, index: int, number: int) -> str:
    """The XML of a heading in a bookmark `section_{index}`; `number` is the bookmark's own."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>'
        f'<w:bookmarkStart w:id="{number}" w:name="section_{index}"/>{runs(text)}'
        f'<w:bookmarkEnd w:id="{number}"/></w:p>'
    )
