"""Makes `pack.docx`, the Word template of quote packs: styles, header and footer, no text.

Run `python resources/make_pack_template.py` after a change. Element order follows ECMA-376 part 1
(17.3.1.26 pPr, 17.3.2.28 rPr, 17.7 styles): Word refuses files that break it.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TEXT, PLAIN = "Georgia", "Calibri"
INK, ACCENT, MUTED, HAIR = "1F2328", "1F5C66", "5B646C", "C9D3D6"


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="Arial"/>'


def style(
    key: str,
    name: str,
    ppr: str = "",
    rpr: str = "",
    based: str = "Normal",
    following: str = "",
    priority: int = 10,
) -> str:
    """A paragraph style; `ppr` and `rpr` are the inner XML in schema order."""
    custom = "" if name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/><w:qFormat/>'
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def sign(key: str, name: str) -> str:
    """The style of the number that refers to a note."""
    return (
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:rPr>'
        f'{fonts(PLAIN)}<w:color w:val="{ACCENT}"/><w:vertAlign w:val="superscript"/></w:rPr>'
        "</w:style>"
    )


BUILT_IN = {
    "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "Quote", "toc 1", "toc 2", "toc 3",
    "TOC Heading", "header", "footer", "caption", "footnote text", "endnote text",
}  # fmt: skip


def spacing(before: int, after: int, line: int = 0) -> str:
    """Space in twentieths of a point; `line` in 240ths of a line."""
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def letters(
    font: str = "", bold: bool = False, colour: str = "", wide: int = 0, half_points: int = 0
) -> str:
    """Run properties in the order of the schema."""
    return (
        (fonts(font) if font else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (f'<w:spacing w:val="{wide}"/>' if wide else "")
        + (f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else "")
    )


def edges(**sides: str) -> str:
    """Borders by side (top, left, bottom, right), as the schema orders them."""
    return f"<w:pBdr>{''.join(f'<w:{side} {line}/>' for side, line in sides.items())}</w:pBdr>"


def line(size: int, gap: int, colour: str) -> str:
    """A rule of `size` eighths of a point, `gap` points away from the text."""
    return f'w:val="single" w:sz="{size}" w:space="{gap}" w:color="{colour}"'


KEEP = "<w:keepNext/>"
LINES = "<w:keepLines/>"
COUNT_TAB = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8504"/></w:tabs>'
COUNT_HEAD = '<w:tabs><w:tab w:val="right" w:pos="8504"/></w:tabs>'
RULE = line(12, 14, ACCENT)
QUOTE_INDENT = '<w:ind w:left="397"/>'

PARAGRAPH_STYLES = [
    style(
        "Kicker",
        "Kicker",
        KEEP + spacing(0, 80),
        letters(PLAIN, True, ACCENT, 24, 20),
        following="Title",
    ),
    style(
        "Title",
        "Title",
        KEEP + LINES + spacing(0, 60, 252) + "<w:contextualSpacing/>",
        letters(TEXT, colour=INK, half_points=52),
        following="Subtitle",
    ),
    style(
        "Subtitle",
        "Subtitle",
        KEEP + spacing(0, 120, 264),
        letters(TEXT, colour=MUTED, half_points=28),
    ),
    style(
        "PackSummary",
        "Pack Summary",
        spacing(160, 160),
        letters(PLAIN, colour=INK, half_points=22),
    ),
    style(
        "PackNote",
        "Pack Note",
        spacing(0, 60, 264),
        letters(PLAIN, colour=MUTED, half_points=20),
    ),
    style(
        "Heading1",
        "heading 1",
        KEEP
        + LINES
        + edges(top=line(6, 12, HAIR))
        + spacing(480, 80, 252)
        + '<w:outlineLvl w:val="0"/>',
        letters(TEXT, colour=ACCENT, half_points=36),
        following="Normal",
        priority=9,
    ),
    style(
        "Heading2",
        "heading 2",
        KEEP + LINES + spacing(240, 60, 252) + '<w:outlineLvl w:val="1"/>',
        letters(TEXT, colour=INK, half_points=27),
        following="Normal",
        priority=9,
    ),
    style(
        "Heading3",
        "heading 3",
        KEEP + LINES + spacing(200, 40, 252) + '<w:outlineLvl w:val="2"/>',
        letters(PLAIN, True, INK, half_points=23),
        following="Normal",
        priority=9,
    ),
    style(
        "Definition",
        "Definition",
        KEEP + spacing(0, 60, 276),
        letters(PLAIN, colour=MUTED, half_points=21),
    ),
    style(
        "Count",
        "Count",
        KEEP + spacing(0, 60),
        letters(PLAIN, colour=ACCENT, half_points=20),
    ),
    style(
        "Held",
        "Held",
        KEEP + spacing(0, 200),
        letters(PLAIN, colour=MUTED, half_points=19),
    ),
    style("Figure", "Figure", KEEP + spacing(120, 20)),
    style(
        "Caption",
        "caption",
        KEEP + spacing(0, 120),
        letters(PLAIN, colour=MUTED, half_points=17),
        priority=35,
    ),
    style(
        "Turn",
        "Turn",
        KEEP + spacing(160, 20),
        letters(PLAIN, colour=ACCENT, half_points=19),
        following="Normal",
    ),
    style(
        "Quote",
        "Quote",
        KEEP + LINES + edges(left=RULE) + spacing(0, 0, 300) + QUOTE_INDENT,
        "<w:noProof/>" + letters(colour=INK, half_points=21),
        following="Attribution",
        priority=29,
    ),
    style(
        "QuoteFromRight",
        "Quote from Right",
        edges(left='w:val="nil"', right=RULE) + "<w:bidi/>",
        based="Quote",
        following="Attribution",
        priority=29,
    ),
    style(
        "Attribution",
        "Attribution",
        LINES + spacing(60, 300, 264) + QUOTE_INDENT,
        letters(PLAIN, colour=MUTED, half_points=19),
        following="Quote",
        priority=30,
    ),
    style(
        "AttributionFromRight",
        "Attribution from Right",
        '<w:ind w:left="0" w:right="397"/><w:jc w:val="right"/>',
        based="Attribution",
        following="Quote",
        priority=30,
    ),
    style(
        "Context",
        "Context",
        LINES + spacing(80, 80, 276) + QUOTE_INDENT,
        "<w:i/><w:iCs/>" + letters(colour=MUTED, half_points=19),
        priority=30,
    ),
    style(
        "FootnoteText",
        "footnote text",
        spacing(0, 40, 252),
        letters(PLAIN, colour=MUTED, half_points=18),
        priority=99,
    ),
    style(
        "EndnoteText",
        "endnote text",
        spacing(0, 60, 252),
        letters(PLAIN, colour=MUTED, half_points=19),
        priority=99,
    ),
    style(
        "TOCHeading",
        "TOC Heading",
        KEEP + COUNT_HEAD + spacing(480, 120),
        letters(PLAIN, True, MUTED, 24, 19),
    ),
    style("TOC1", "toc 1", COUNT_TAB + spacing(80, 20), letters(PLAIN, half_points=21)),
    style(
        "TOC2",
        "toc 2",
        COUNT_TAB + spacing(0, 20) + '<w:ind w:left="284"/>',
        letters(PLAIN, colour=MUTED, half_points=20),
    ),
    style(
        "TOC3",
        "toc 3",
        COUNT_TAB + spacing(0, 20) + '<w:ind w:left="567"/>',
        letters(PLAIN, colour=MUTED, half_points=20),
    ),
    style("SourceCell", "Source Cell", spacing(50, 50), letters(PLAIN, half_points=19)),
    style(
        "SourceHead",
        "Source Head",
        KEEP + spacing(50, 50),
        letters(PLAIN, True, MUTED, half_points=18),
    ),
    style(
        "SourceBand",
        "Source Band",
        KEEP + spacing(180, 50),
        letters(PLAIN, True, ACCENT, half_points=19),
    ),
    style("SourceTotal", "Source Total", spacing(50, 50), letters(PLAIN, True, half_points=19)),
    style(
        "PackEnd",
        "Pack End",
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
        letters(half_points=2),
    ),
    style("Header", "header", spacing(0, 0), letters(PLAIN, colour=MUTED, half_points=17)),
    style(
        "Footer",
        "footer",
        spacing(0, 0) + '<w:jc w:val="right"/>',
        letters(PLAIN, colour=MUTED, half_points=17),
    ),
]

SOURCES_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0"'
    ' w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '</w:style><w:style w:type="table" w:customStyle="1" w:styleId="Sources">'
    '<w:name w:val="Sources"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:tblPr>'
    f'<w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{HAIR}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{HAIR}"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)

STYLES = (
    f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(TEXT)}'
    f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault>'
    f"<w:pPr>{spacing(0, 120, 288)}</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
    "<w:unhideWhenUsed/></w:style>"
    '<w:style w:type="character" w:customStyle="1" w:styleId="Remark"><w:name w:val="Remark"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="31"/><w:qFormat/>'
    '<w:rPr><w:i/><w:iCs/><w:color w:val="8A4B14"/></w:rPr></w:style>'
    f"{sign('FootnoteReference', 'footnote reference')}"
    f"{sign('EndnoteReference', 'endnote reference')}"
    f"{''.join(PARAGRAPH_STYLES)}{SOURCES_TABLE}</w:styles>"
)

A4 = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
    '<w:headerReference w:type="first" r:id="rId5"/>'
    '<w:footerReference w:type="default" r:id="rId6"/>'
    '<w:footerReference w:type="first" r:id="rId6"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1588" w:right="1701" w:bottom="1474" w:left="1701" w:header="737"'
    ' w:footer="680" w:gutter="0"/><w:titlePg/></w:sectPr>'
)

PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)

FONT_TABLE = (
    f'{HEAD}<w:fonts xmlns:w="{W}">'
    '<w:font w:name="Georgia"><w:altName w:val="Gelasio"/><w:family w:val="roman"/>'
    '<w:pitch w:val="variable"/></w:font>'
    '<w:font w:name="Calibri"><w:altName w:val="Carlito"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)

SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>'
    '<w:listSeparator w:val=","/></w:settings>'
)

TYPES = {
    "/word/document.xml": f"{WORD}.document.main+xml",
    "/word/styles.xml": f"{WORD}.styles+xml",
    "/word/settings.xml": f"{WORD}.settings+xml",
    "/word/fontTable.xml": f"{WORD}.fontTable+xml",
    "/word/header1.xml": f"{WORD}.header+xml",
    "/word/header2.xml": f"{WORD}.header+xml",
    "/word/footer1.xml": f"{WORD}.footer+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": f"{OFFICE}.extended-properties+xml",
}

RELATED = ["styles", "settings", "fontTable", "header1", "header2", "footer1"]


def content_types() -> str:
    parts = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in TYPES.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def relations(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def parts() -> dict[str, str]:
    """Every part of the package by its name."""
    spaces = f'xmlns:w="{W}" xmlns:r="{R}"'
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(
            (f"{R}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{R}/extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": f"{HEAD}<w:document {spaces}><w:body>{A4}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            *((f"{R}/{name.rstrip('12')}", f"{name}.xml") for name in RELATED)
        ),
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONT_TABLE,
        "word/header1.xml": f'{HEAD}<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/>'
        "</w:pPr></w:p></w:hdr>",
        "word/header2.xml": f'{HEAD}<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/>'
        "</w:pPr></w:p></w:hdr>",
        "word/footer1.xml": f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f"</w:pPr>{PAGE}</w:p></w:ftr>",
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/'
        'core-properties"/>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="{OFFICE_PROPERTIES}">'
        "<Application>Evidence Coder</Application></Properties>",
    }


OFFICE_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def write(path: Path) -> None:
    """Writes the template to `path`, the same bytes each time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts().items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)


if __name__ == "__main__":
    write(Path(__file__).with_name("pack.docx"))
