"""The Word file: verbatim, valid, and found again by any program that reads Word."""

from __future__ import annotations

import io
import re
import runpy
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from coder import places
from coder.domain.errors import EvidenceError
from coder.domain.model import Permission, Quote, Submission
from coder.domain.quote_id import QuoteId
from coder.export import docx
from coder.export.outline import Pack
from coder.export.wording import printable

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]

TEMPLATE = places.resources() / "pack.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind"
    " contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint"
    " noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect"
    " bdr shd fitText vertAlign rtl cs em lang",
    "pBdr": "top left bottom right between bar",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
    " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc"
    " pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden"
    " unhideWhenUsed qFormat locked pPr rPr tblPr trPr tcPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol"
    " listSeparator",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
}
"""The order of elements in ECMA-376 part 1, annex A (those that a pack could use)."""


def quoted(data: bytes) -> dict[str, Paragraph]:
    """The paragraphs of the quotes, by the id in their bookmark."""
    body = Document(io.BytesIO(data)).element.body
    return {
        str(QuoteId.parse(mark.get(f"{W}name"))): Paragraph(mark.getparent(), None)
        for mark in body.iter(f"{W}bookmarkStart")
        if mark.get(f"{W}name").startswith("q_")
    }


def parts(data: bytes) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            yield name, etree.fromstring(package.read(name))


@pytest.fixture
def full(quote: MakeQuote, submission: MakeSubmission, pack: MakePack) -> Pack:
    """A pack with everything in it that a pack can hold."""
    of = [
        submission(1),
        submission(2, permission=Permission.ANONYMOUS, region="Kent"),
        submission(3, permission=Permission.WITHHELD),
    ]
    quotes = [
        quote(of[0], "One\n\ttwo & <three> 🥖"),
        quote(of[0], "قالت جارتي (2020).", code_id="t2"),
        quote(of[1], "She said שלום to Walsall Food Bank.", machine_draft=True, time_ms=134000),
        quote(of[2]),
    ]
    return pack(quotes, of, "Help & trust")


@settings(max_examples=60)
@given(words=st.text(st.characters(), min_size=1))
@example("\n\na\r\n\tb\x00\x1b\ud800\ufffe\u2028 c \n")
@example("She said שלום twice: שלום, 12.")
@example("قالت hello جارتي")
def test_quotes_read_back_word_for_word(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, words: str
) -> None:
    of = submission()
    one = quote(of, words)
    paragraph = quoted(docx.write(pack([one], [of]), TEMPLATE))[str(one.key)]
    assert paragraph.text == printable(words).replace("\r\n", "\n").replace("\r", "\n")


def test_a_pack_in_full(full: Pack) -> None:
    document = Document(io.BytesIO(docx.write(full, TEMPLATE)))
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("Kicker", "Quote pack"),
        ("Title", "Social infrastructure"),
        ("Subtitle", "Help & trust"),
        ("Pack Summary", "22 November 2020  ·  3 quotes from 2 submissions"),
        ("Pack Note", "1 passage from 1 submission is left out: 1 withheld."),
        ("Pack Note", full.notes()[1]),
        ("Pack Note", full.notes()[2]),
        ("TOC Heading", "Contents\tQuotes"),
        ("toc 1", "Volunteering\t3"),
        ("toc 2", "First-time volunteers\t1"),
        ("Heading 1", "Volunteering"),
        ("Definition", "Unpaid help outside the family."),
        ("Count", "3 quotes from 2 submissions: 2 charities"),
        ("Quote", "One\n\ttwo & <three> 🥖"),
        ("Attribution", "— Walsall Food Bank (SIC0001, para 7)"),
        ("Quote", "She said שלום to [name]."),
        (
            "Attribution",
            f"— {full.sources[1].attribution} (SIC0002, para 7)  ·  unchecked machine transcript",
        ),
        ("Heading 2", "First-time volunteers"),
        ("Definition", "New since March 2020."),
        ("Count", "1 quote from 1 submission: 1 charity"),
        ("Quote from Right", "قالت جارتي (2020)."),
        ("Attribution from Right", "— Walsall Food Bank (SIC0001, para 7)"),
        ("Heading 1", "Sources"),
        ("Count", "2 submissions"),
        ("Pack End", ""),
    ]
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[0] == ["Reference", "Source", "Type", "Received"]
    assert cells[1][:2] == ["SIC0001", "Walsall Food Bank"]
    assert cells[2][3] == "18 September 2020"
    header = document.sections[0].header.paragraphs[0].text
    assert header == "Social infrastructure – Help & trust"


def test_word_accepts_the_order_of_everything(full: Pack) -> None:
    for name, root in parts(docx.write(full, TEMPLATE)):
        for element in root.iter():
            kind = etree.QName(element).localname
            allowed = ORDER.get(kind, "").split()
            if allowed and element.tag.startswith(W):
                found = [allowed.index(etree.QName(child).localname) for child in element]
                assert found == sorted(found), (name, kind)


def test_ids_names_and_links_agree(full: Pack) -> None:
    every = dict(parts(docx.write(full, TEMPLATE)))
    root, styles = every["word/document.xml"], every["word/styles.xml"]
    marks = list(root.iter(f"{W}bookmarkStart"))
    for attribute in (f"{W}id", f"{W}name"):
        values = [mark.get(attribute) for mark in marks]
        assert len(values) == len(set(values))
    names = {mark.get(f"{W}name") for mark in marks}
    assert all(re.fullmatch(r"[a-z]\w{0,39}", name) for name in names)
    assert {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")} <= names
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    for kind in ("pStyle", "rStyle", "tblStyle"):
        assert {use.get(f"{W}val") for use in root.iter(f"{W}{kind}")} <= known
    for kind in ("basedOn", "next"):
        assert {use.get(f"{W}val") for use in styles.iter(f"{W}{kind}")} <= known


def test_text_from_right_to_left_is_marked_so(full: Pack) -> None:
    root = dict(parts(docx.write(full, TEMPLATE)))["word/document.xml"]
    leftward = [
        "".join(run.itertext())
        for run in root.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}rtl") is not None
    ]
    assert leftward == ["שלום", "قالت جارتي (2020)."]


def test_the_file_says_its_title_and_names_nobody(full: Pack) -> None:
    data = docx.write(full, TEMPLATE)
    properties = Document(io.BytesIO(data)).core_properties
    assert properties.title == "Social infrastructure – Help & trust"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.date() == full.created
    assert sorted(name for name, _ in parts(data) if name.startswith("docProps")) == [
        "docProps/app.xml",
        "docProps/core.xml",
    ]


def test_a_pack_without_quotes_says_so(pack: MakePack) -> None:
    document = Document(io.BytesIO(docx.write(pack([], []), TEMPLATE)))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[-1] == "22 November 2020  ·  There is nothing to quote here yet."
    assert document.tables == []


def test_titles_of_any_length_and_kind_are_taken(pack: MakePack) -> None:
    data = docx.write(pack([], [], "\x00<&>" + "long " * 99), TEMPLATE)
    assert len(Document(io.BytesIO(data)).core_properties.title) == 255


def test_five_thousand_quotes_stand_in_order(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = [submission(number) for number in range(1, 101)]
    quotes = [quote(of[n % 100], f"Passage {n}", code_id=f"t{1 + n % 3}") for n in range(5000)]

    found = quoted(docx.write(pack(quotes, of), TEMPLATE))

    assert {key: paragraph.text for key, paragraph in found.items()} == {
        str(one.key): one.quote for one in quotes
    }


def test_a_missing_or_broken_template_is_told(pack: MakePack, tmp_path: Path) -> None:
    broken = tmp_path / "pack.docx"
    for _ in range(2):
        with pytest.raises(EvidenceError, match=r"template “pack\.docx” cannot be used"):
            docx.write(pack([], []), broken)
        broken.write_bytes(b"no zip")


def test_the_template_is_the_one_that_its_script_makes(tmp_path: Path) -> None:
    script = runpy.run_path(str(places.resources() / "make_pack_template.py"))
    script["write"](tmp_path / "pack.docx")
    assert dict(_texts(tmp_path / "pack.docx")) == dict(_texts(TEMPLATE))


def _texts(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            yield name, package.read(name)


def test_a_quote_stays_on_one_page_with_who_said_it() -> None:
    for name in ("Quote", "Quote from Right"):
        style = Document(str(TEMPLATE)).styles[name]
        while style.paragraph_format.keep_with_next is None:
            style = style.base_style
        assert style.paragraph_format.keep_with_next
