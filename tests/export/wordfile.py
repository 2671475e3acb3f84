"""Word files as tests read them: their parts, their quotes, and whether Word would take them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from coder.domain.quote_id import QuoteId

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_NOTES = "pos numFmt numStart numRestart footnote endnote"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind"
    " contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint"
    " noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect"
    " bdr shd fitText vertAlign rtl cs em lang",
    "pBdr": "top left bottom right between bar",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
    " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc"
    " pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi"
    " rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden"
    " unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr"
    " tcPr tblStylePr",
    "settings": "writeProtection view zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter"
    " activeWritingStyle proofState attachedTemplate stylePaneFormatFilter defaultTabStop"
    " evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing"
    " displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery characterSpacingControl"
    " savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent"
    " alwaysShowPlaceholderText hdrShapeDefaults footnotePr endnotePr compat rsids mathPr"
    " themeFontLang clrSchemeMapping doNotAutoCompressPictures shapeDefaults decimalSymbol"
    " listSeparator",
    "footnotePr": _NOTES,
    "endnotePr": _NOTES,
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding",
}
"""The order of elements in ECMA-376 part 1, annex A (those that a pack could use)."""


def every_part(data: bytes) -> dict[str, Any]:
    """The parts of a file by name, XML as trees."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        return {
            name: etree.fromstring(package.read(name))
            if name.endswith((".xml", ".rels"))
            else package.read(name)
            for name in names
        }


def words_of(element: Any) -> str:
    """The words in an element, with its line breaks and tabs."""
    return "".join(
        {f"{W}br": "\n", f"{W}tab": "\t"}.get(one.tag) or one.text or ""
        for one in element.iter(f"{W}t", f"{W}br", f"{W}tab")
        if one.getparent().tag == f"{W}r"
    )


def quoted(data: bytes) -> list[tuple[str, str]]:
    """The quotes in their order: the id in the tag of each, and its words."""
    body = every_part(data)["word/document.xml"]
    return [
        (
            str(QuoteId.parse(one.find(f"{W}sdtPr/{W}tag").get(f"{W}val"))),
            words_of(one.find(f"{W}sdtContent")),
        )
        for one in body.iter(f"{W}sdt")
    ]


def refuse_disorder(data: bytes) -> None:
    """Fails where Word would refuse the file: elements out of order, a part that is linked and not
    there or not said of what kind, or a picture or note that is shown and not linked."""
    every = every_part(data)
    for name, root in every.items():
        for element in root.iter() if not isinstance(root, bytes) else ():
            if not isinstance(element.tag, str) or not element.tag.startswith(W):
                continue
            allowed = ORDER.get(etree.QName(element).localname, "").split()
            if allowed:
                found = [
                    allowed.index(etree.QName(child).localname)
                    for child in element
                    if isinstance(child.tag, str) and child.tag.startswith(W)
                ]
                assert found == sorted(found), (name, element.tag)
    kinds = every["[Content_Types].xml"]
    parts = {one.get("PartName") for one in kinds if one.get("PartName")}
    endings = {one.get("Extension").lower() for one in kinds if one.get("Extension")}
    for name in every:
        assert f"/{name}" in parts or name.rsplit(".", 1)[-1].lower() in endings, name
    links = {one.get("Id"): one for one in every["word/_rels/document.xml.rels"]}
    assert len(links) == len(every["word/_rels/document.xml.rels"])
    for one in links.values():
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/word", one.get("Target")))
            assert target.lstrip("/") in every, target
    used = {
        value
        for element in every["word/document.xml"].iter()
        for key, value in element.attrib.items()
        if key.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
    }
    assert used <= set(links)
