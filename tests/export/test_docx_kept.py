"""What a template hides does not go out with a pack."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from coder.domain.errors import EvidenceError
from coder.export.docx_package import assemble
from coder.export.docx_template import OFFICE, W
from coder.export.docx_words import paragraph
from tests.export.test_docx_template import rewritten
from tests.export.wordfile import every_part, refuse_disorder, words_of

_XML = f'xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}"'
_NOTE = "<w:{0} {1}><w:{2} w:type='separator' w:id='0'><w:p/></w:{2}><w:{2} w:id='2'><w:p><w:r>"
_HIDDEN = {
    "word/footnotes.xml": ("footnotes", _NOTE.format("footnotes", _XML, "footnote")),
    "word/endnotes.xml": ("endnotes", _NOTE.format("endnotes", _XML, "endnote")),
    "customXml/item9.xml": ("customXml", "<a>SECRET data</a>"),
    "word/old.bin": ("oleObject", "SECRET sheet"),
    "word/chunk.mht": ("aFChunk", "SECRET chunk"),
    "word/media/unused.png": ("image", "SECRET picture"),
    "word/vbaData.xml": ("wordVbaData", "SECRET macro"),
    "word/header99.xml": ("header", f"<w:hdr {_XML}><!-- SECRET --><w:p/></w:hdr>"),
}  # fmt: skip
_ENDS = {
    f"word/{one}s.xml": f"<w:t>SECRET note</w:t></w:r></w:p></w:{one}></w:{one}s>"
    for one in ("footnote", "endnote")
}
_SETTINGS = (
    f'<w:attachedTemplate xmlns:r="{OFFICE}" r:id="rId1"/>'
    '<w:mailMerge><w:query w:val="SECRET"/></w:mailMerge>'
    '<w:docVars><w:docVar w:name="a" w:val="SECRET"/></w:docVars>'
    '<w:rsids><w:rsid w:val="SECRET"/></w:rsids><w:documentProtection w:hash="SECRET"/>'
)
_ATTACHED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" TargetMode="External"'
    ' Target="file:///C:/Users/SECRET/House.dotm"/></Relationships>'
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A template with a logo in its head, and much that nobody sees."""
    from matplotlib.figure import Figure

    logo = io.BytesIO()
    Figure((1, 1)).savefig(logo, format="png", dpi=10)
    document = Document()
    head = document.sections[0].header.paragraphs[0]
    head.add_run("House of Kent")
    head.add_run().add_picture(logo)
    document.save(str(tmp_path / "plain.docx"))
    return rewritten(tmp_path / "plain.docx", tmp_path / "House.docx", _with_secrets)


def _with_secrets(name: str, data: bytes) -> bytes:
    if name == "word/_rels/document.xml.rels":
        links = "".join(
            f'<Relationship Id="rIdX{number}" Type="{OFFICE}/{kind}" Target="/{part}"/>'
            for number, (part, (kind, _)) in enumerate(_HIDDEN.items())
        )
        away = f'<Relationship Id="rIdY" Type="{OFFICE}/hyperlink" Target="https://SECRET"'
        return _before_end(data, f'{links}{away} TargetMode="External"/>')
    if name == "word/settings.xml":
        return re.sub(rb"(<w:settings[^>]*>)", rb"\1" + _SETTINGS.encode(), data, count=1)
    if name == "word/document.xml":
        return data.replace(b"<w:body>", b"<!-- SECRET --><w:body>")
    if name.startswith("word/header"):
        gone = "<w:p><w:del w:id='1' w:author='SECRET'><w:r><w:delText>SECRET</w:delText></w:r>"
        put = "<w:ins w:id='2' w:author='SECRET'><w:r><w:t> and Sussex</w:t></w:r></w:ins></w:p>"
        return _before_end(data, f"{gone}</w:del>{put}")
    return data


def _before_end(data: bytes, put: str) -> bytes:
    before, _, after = data.rpartition(b"</")
    return before + put.encode() + b"</" + after


def _hiding(path: Path) -> Path:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/_rels/settings.xml.rels", _ATTACHED)
        for part, (_, data) in _HIDDEN.items():
            package.writestr(part, data + _ENDS.get(part, ""))
    return path


def _made(template: Path) -> bytes:
    return assemble(template, paragraph("Normal", "Hello"), "Title", "", date(2020, 11, 22))


def test_nothing_that_a_template_hides_goes_out_with_a_pack(house: Path) -> None:
    data = _made(_hiding(house))
    refuse_disorder(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        telling = [n for n in package.namelist() if b"SECRET" in package.read(n) + n.encode()]
        links = b"".join(package.read(n) for n in package.namelist() if n.endswith(".rels"))
    assert not telling
    assert b"External" not in links
    head = Document(io.BytesIO(data)).sections[0].header
    assert "".join(words_of(one._p) for one in head.paragraphs) == "House of Kent and Sussex"
    assert any(name.startswith("word/media/") for name in _names(data))


def _names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()


def test_every_part_is_of_a_kind_that_the_package_tells(house: Path) -> None:
    data = _made(_hiding(house))
    told = every_part(data)["[Content_Types].xml"]
    names = {one.get("PartName", "").lstrip("/") for one in told} - {""}
    assert names <= set(_names(data))


@pytest.mark.parametrize("kind", ["image", "oleObject"])
def test_a_head_that_fetches_something_from_elsewhere_is_refused(
    house: Path, tmp_path: Path, kind: str
) -> None:
    """Word would fetch such a picture whenever the pack is opened, and so tell by whom."""

    def away(name: str, data: bytes) -> bytes:
        if not name.startswith("word/_rels/header"):
            return data
        target = b'Target="https://example.org/logo.png" TargetMode="External"'
        data = re.sub(rb'Target="[^"]*"', target, data)
        return data.replace(b"relationships/image", f"relationships/{kind}".encode())

    path = rewritten(house, tmp_path / "Away.docx", away)
    with pytest.raises(EvidenceError, match="outside the file") as told:
        _made(path)
    assert "plain pictures" in (told.value.remedy or "")
